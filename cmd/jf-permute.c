/*
 * jf-permute - the test that rests on nothing but the lottery.
 *
 * Reads the list of the lottery that was held and a stream of its people's values, and writes
 * what jf-diff writes; then it draws the lottery again and again and asks how often chance alone
 * does as much, of each row and of the rows together. Values are held, as every draw needs all.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "base/leave.h"
#include "base/map.h"
#include "base/message.h"
#include "base/option.h"
#include "base/slice.h"
#include "base/suggest.h"
#include "number/cluster.h"
#include "number/estimate.h"
#include "number/extreme.h"
#include "number/studentised.h"
#include "stream/ends.h"
#include "stream/relay.h"
#include "stream/sink.h"
#include "stream/table.h"
#include "trial/cell.h"
#include "trial/clusters.h"
#include "trial/compare.h"
#include "trial/design.h"
#include "trial/effect.h"
#include "trial/groups.h"
#include "trial/records.h"
#include "trial/people.h"
#include "trial/permutation.h"

/* GROUPS_SMALL_DROP would leave out people who were drawn. */
#define SMALL_WORDS "pairs|pool"
enum { DRAWS = 1999, DRAWS_MOST = 100000000 };

enum absent { ABSENT_DROP, ABSENT_REFUSED };
#define ABSENT_WORDS "drop"

static struct {
    struct common common;
    struct design_options design;
    enum groups_small small;
    enum absent absent;
    enum extreme_side side;
    struct whole draws;
    struct list family;
    const char *assign, *id, *salt;
} opt = {.design = DESIGN_DEFAULTS,
         .small = GROUPS_SMALL_REFUSED,
         .absent = ABSENT_REFUSED,
         .side = EXTREME_TWO_SIDED};

static const struct option_row rows[] = {
    OPTION_TEXT('a', "assign", "ASSIGN", &opt.assign, "the list of who was drawn, a row a person"),
    OPTION_TEXT(0, "id", "COL[=ASSIGNCOL]", &opt.id, "the id's column (default: the first)"),
    OPTION_TEXT(0, "control", "LABEL", &opt.design.control, "the control arm"),
    OPTION_LIST(0, "treated", "LABELS", &opt.design.treated,
                "the other arms, where there are several"),
    OPTION_LIST('y', "outcome", "COLS", &opt.design.outcomes, "the outcomes (default hours)"),
    OPTION_NONE_OR_LIST(0, "by", "COLS", &opt.design.by,
                        "a result a value (default period; '': one in all)"),
    OPTION_TEXT(0, "arm", "COL", &opt.design.arm, "the arms' column of ASSIGN (default arm)"),
    OPTION_LIST(0, "strata", "COLS", &opt.design.strata, "of ASSIGN, within which lots were drawn"),
    OPTION_CHOICE(0, "small-strata", SMALL_WORDS, &opt.small,
                  "strata with one in an arm (default an error)"),
    OPTION_TEXT(0, "cluster", "COL", &opt.design.cluster, "of ASSIGN, which lots were drawn of"),
    OPTION_TEXT(0, "salt", "TEXT", &opt.salt, "from which the lots are drawn"),
    OPTION_WHOLE(0, "draws", "R", 1, DRAWS_MOST, &opt.draws, "how many draws (default 1999)"),
    OPTION_CHOICE(0, "alternative", EXTREME_SIDE_WORDS, &opt.side,
                  "what is extreme (default two-sided)"),
    OPTION_LIST(0, "family", "COLS", &opt.family,
                "of p_perm_max: alike in these (default outcome)"),
    OPTION_CHOICE(0, "missing", DESIGN_MISSING_WORDS, &opt.design.missing,
                  "leave missing outcomes out, and count them"),
    OPTION_CHOICE(0, "absent", ABSENT_WORDS, &opt.absent,
                  "persons of ASSIGN without a row: draw them"),
    OPTION_WHOLE(0, "min-cell", "K", 1, 1000000, &opt.design.min_cell, "mask counts from 1 to K-1"),
    OPTION_END,
};

static const struct option_program program = {
    .usage = "-a ASSIGN --control LABEL --salt TEXT [OPTION]... [FILE]...",
    .purpose = "Compare the arms, and draw their lottery again to see what chance does.",
    .rows = rows,
    .common = &opt.common,
    .columns = table_columns,
};

struct permute {
    struct table table, list;
    struct sink out;
    struct design design;
    struct people people;
    struct records records;
    struct groups groups;
    struct effects effects;
    struct permutation_row *rows; /* as those of effects */
    struct permutation *runs;     /* by treated arm */
};

static void check_usage(void)
{
    if (opt.assign == NULL)
        misuse("no list of who was drawn; give one with -a FILE");
    if (opt.design.control[0] == '\0')
        misuse("no control arm; give its label with --control");
    if (opt.salt == NULL || opt.salt[0] == '\0')
        misuse("no salt, from which the lots are drawn; give any text with --salt");
    if (opt.design.strata.count == 0 && opt.small != GROUPS_SMALL_REFUSED)
        misuse("--small-strata goes with --strata");
    if (opt.design.cluster != NULL && opt.small != GROUPS_SMALL_REFUSED)
        misuse("--cluster and --small-strata cannot go together; leave one out");
    design_check(&opt.design);
}

/* ---- in ---- */

static void open_tables(struct permute *p, char *const files[], size_t count)
{
    const struct common quiet = {.no_progress = true, .threads = opt.common.threads};
    char *list[] = {(char *)opt.assign};
    struct slice list_id = {0}, id = slice_of(opt.id != NULL ? opt.id : "");
    if (opt.id != NULL) {
        list_id = id;
        id = slice_cut(&list_id, '=');
    }
    table_open(&p->table, files, count, &opt.common);
    table_open(&p->list, list, 1, &quiet);
    table_ids(&p->table, id);
    size_t slot = table_want(&p->list, table_ids(&p->list, list_id));
    opt.design.persons.listed = true;
    p->design = design_plan_listed(&opt.design, &p->table, &p->list);
    design_plan_outcomes(&p->design, &p->table);
    records_plan(&p->records, &p->design, &p->people, &p->table);
    people_read(&p->people, &p->design, &p->list, slot);
}

/* What jf-diff writes. */
static void compare(struct permute *p)
{
    struct clusters clusters = {.design = &p->design, .se = CLUSTER_CR1S};
    struct compare how = {.design = &p->design, .small = opt.small, .clusters = &clusters};
    p->groups = records_groups(&p->records);
    compare_groups(&how, &p->groups, &p->effects);
    effects_mask(&p->effects, opt.design.min_cell.value);
}

/* ---- families of rows, by cells of the output ---- */

/* Of a column of --family; it is an error if there is none. */
static struct slice family_cell(const struct permute *p, size_t row, struct slice name)
{
    struct slice cell;
    struct suggest near = suggest_begin(name);
    if (!effect_cell(&p->effects.rows[row], &p->design, name, &cell, NULL)) {
        effect_cell(&p->effects.rows[row], &p->design, name, &cell, &near);
        fail("--family: no column %s tells the rows apart%s", quoted_given(name),
             suggest_text(&near)[0] != '\0' ? suggest_text(&near)
                                            : "; take columns of --by, outcome or arm");
    }
    return cell;
}

/* Numbers the families, whose names have a tab before each cell; returns how many there are. */
static size_t number_families(struct permute *p)
{
    struct map families = {0};
    const struct list outcomes = {.items = (struct slice[]){{"outcome", 7}}, .count = 1};
    const struct list *columns = opt.family.given ? &opt.family : &outcomes;
    char *name = NULL;
    size_t room = 0, count;
    for (size_t r = 0; r < p->effects.count; r++) {
        size_t length = 0;
        for (size_t i = 0; i < columns->count; i++) {
            struct slice cell = family_cell(p, r, columns->items[i]);
            name = heap_grow(name, &room, length + cell.length + 1, 1);
            name[length++] = '\t';
            memcpy(name + length, cell.bytes, cell.length);
            length += cell.length;
        }
        map_add(&families, (struct slice){name, length}, &p->rows[r].family);
    }
    count = families.count;
    map_free(&families);
    free(name);
    return count;
}

/* ---- the draws ---- */

static struct permutation_row row_of(const struct permute *p, size_t at)
{
    const struct effect *effect = &p->effects.rows[at];
    size_t outcome = map_find(&p->design.outcomes, effect->outcome);
    bool hidden = effect->treated_counts.hidden || effect->control_counts.hidden;
    return (struct permutation_row){.column = records_column(&p->records, effect->key, outcome),
                                    .tested = !hidden && effect->estimate.se > 0};
}

static enum studentised_kind kind_of(void)
{
    if (opt.design.cluster != NULL)
        return STUDENTISED_CLUSTERS;
    return opt.small == GROUPS_SMALL_PAIRS  ? STUDENTISED_PAIRS
           : opt.small == GROUPS_SMALL_POOL ? STUDENTISED_POOL
                                            : STUDENTISED_NEYMAN;
}

/* The rows of one treated arm, which stand every so many rows apart. */
static void redraw_arm(struct permute *p, size_t arm, size_t families)
{
    size_t arms = p->design.treated_count, count = p->effects.count / arms;
    struct permutation_row *own = heap_take(count, sizeof *own);
    for (size_t i = 0; i < count; i++)
        own[i] = p->rows[i * arms + arm];
    p->runs[arm] = (struct permutation){.people = &p->people,
                                        .rows = own,
                                        .count = count,
                                        .families = families,
                                        .kind = kind_of(),
                                        .side = opt.side,
                                        .salt = slice_of(opt.salt),
                                        .draws = opt.draws.given ? opt.draws.value : DRAWS,
                                        .threads = relay_threads(opt.common.threads.value)};
    if (!permutation_run(&p->runs[arm], arm + 1))
        fail("the sums of the values have too many digits to be redrawn; round the values");
    for (size_t i = 0; i < count; i++)
        p->rows[i * arms + arm] = own[i];
    free(own);
}

static void redraw(struct permute *p)
{
    size_t arms = p->design.treated_count;
    p->rows = heap_take(p->effects.count, sizeof *p->rows);
    p->runs = heap_take(arms, sizeof *p->runs);
    for (size_t r = 0; r < p->effects.count; r++)
        p->rows[r] = row_of(p, r);
    size_t families = number_families(p);
    for (size_t arm = 0; arm < arms; arm++)
        redraw_arm(p, arm, families);
}

/* Draws without a t count as extreme, which is said where they are many. */
static void tell_without(const struct permute *p)
{
    size_t many = 0;
    for (size_t r = 0; r < p->effects.count; r++)
        many += p->rows[r].without * 100 > p->runs[r % p->design.treated_count].draws;
    if (many > 0)
        warn(
            "in %zu of %zu rows there is no t in more than 1 per cent of the draws, which count as "
            "extreme, so that p is too large; merge strata, or leave such rows out",
            many, p->effects.count);
}

/* ---- out ---- */

static double p_of(const struct permutation *run, uint64_t count)
{
    if (run->all)
        return (double)count / (double)run->draws;
    return (double)(count + 1) / (double)(run->draws + 1);
}

static void put_results(void *context, size_t at, struct sink *out)
{
    const struct permute *p = context;
    const struct permutation_row *row = &p->rows[at];
    const struct estimate *estimate = &p->effects.rows[at].estimate;
    const struct permutation *run = &p->runs[at % p->design.treated_count];
    if (!row->tested) {
        for (int i = 0; i < 5; i++)
            sink_text(out, "NA");
        return;
    }
    double value = p_of(run, row->reached);
    cell_put_real(out, estimate->diff / estimate->se);
    cell_put_real(out, value);
    cell_put_real(out, run->all ? 0 : sqrt(value * (1 - value) / (double)run->draws));
    sink_whole(out, run->draws);
    cell_put_real(out, p_of(run, row->highest));
}

static void close_all(struct permute *p)
{
    sink_close(&p->out);
    table_close(&p->table);
    table_close(&p->list);
    groups_free(&p->groups);
    effects_free(&p->effects);
    records_free(&p->records);
    people_free(&p->people);
    design_free(&p->design);
    free(p->rows);
    free(p->runs);
}

int main(int argc, char **argv)
{
    struct permute p = {.effects = {.words = "t_obs p_perm mc_error draws p_perm_max",
                                    .put = put_results,
                                    .context = &p}};
    leave_begin("jf-permute");
    int first = option_parse(&program, argc, argv);
    check_usage();
    p.effects.clustered = opt.design.cluster != NULL;
    ends_check(opt.common.output, argv + first, (size_t)(argc - first), "-a", opt.assign);
    sink_open(&p.out, opt.common.output, &opt.common);
    sink_hold(&p.out);
    open_tables(&p, argv + first, (size_t)(argc - first));
    effects_header(&p.effects, &p.design, &p.out);
    records_read(&p.records, &p.table, opt.common.decimal_comma);
    people_check_absent(&p.people, &p.design, &p.list, opt.absent == ABSENT_DROP);
    compare(&p);
    redraw(&p);
    effects_write(&p.effects, &p.design, &p.out);
    tell_without(&p);
    close_all(&p);
    return leave_end();
}
