/*
 * jf-test - is it all chance?
 *
 * Reads rows of effects with how they hang together (family, cov) and writes a row a family: a test
 * that all its differences are 0, or with --equal that they are one. Rows of different people need
 * no cov (--disjoint). The rows are few and are held; families come out in the order of keys.
 */
#include <math.h>
#include <stdlib.h>

#include "base/heap.h"
#include "base/leave.h"
#include "base/message.h"
#include "base/option.h"
#include "base/slice.h"
#include "number/spectrum.h"
#include "number/wald.h"
#include "stream/ends.h"
#include "stream/rows.h"
#include "stream/sink.h"
#include "stream/table.h"
#include "trial/cell.h"
#include "trial/effect.h"
#include "trial/family.h"
#include "trial/keys.h"
#include "trial/members.h"
#include "trial/sets.h"

static struct {
    struct common common;
    bool equal, disjoint;
    struct list family;
    struct whole digits;
} opt;

static const struct option_row rows[] = {
    OPTION_FLAG(0, "equal", &opt.equal, "whether all effects are the same; else: are 0"),
    OPTION_FLAG(0, "disjoint", &opt.disjoint, "the rows are of different people, without cov"),
    OPTION_LIST(0, "family", "COLS", &opt.family, "with --disjoint: a test for each value of COLS"),
    OPTION_WHOLE(0, "digits", "N", 0, 15, &opt.digits, "round to N decimals, p to N digits"),
    OPTION_END,
};

static const struct option_program program = {
    .usage = "[OPTION]... [FILE]...",
    .purpose = "Test whether the effects of a family are all 0, or all the same.",
    .rows = rows,
    .common = &opt.common,
    .columns = table_columns,
};

struct test {
    struct table table;
    struct sink out;
    size_t diff, se, df;                       /* slots */
    size_t outcome, arm, n_treated, n_control; /* the same, or TABLE_NONE */
    struct families families;                  /* with cov */
    struct sets keys, sets;                    /* with --disjoint: rows, and what they are of */
    struct members members;
    size_t zeros;       /* rows with an se of 0 */
    size_t many, alone; /* families: more rows than df, and nothing to compare with */
};

static void check_options(void)
{
    if (opt.disjoint && !opt.equal)
        misuse("--disjoint goes with --equal; whether one group's effect is 0 is in jf-ci's row");
    if (opt.family.given && !opt.disjoint)
        misuse("--family goes with --disjoint; with cov the families are those of jf-joint "
               "--family");
}

/* Different people: rows alike in these columns are tested together, and all others say who the
 * people are. */
static void plan_sets(struct test *t, const size_t *keys, size_t count)
{
    static const char *const names[] = {"outcome", "arm", "control", "period", "window"};
    struct table *table = &t->table;
    size_t *columns = heap_take(5 + opt.family.count, sizeof *columns), own = 0;
    for (size_t i = 0; i < 5; i++)
        if (table_exact(table, slice_of(names[i])) != TABLE_NONE)
            columns[own++] = table_exact(table, slice_of(names[i]));
    for (size_t i = 0; i < opt.family.count; i++)
        columns[own++] = table_get(table, opt.family.items[i]);
    t->sets = sets_plan(table, columns, own, "key");
    t->keys = sets_plan(table, keys, count, "key");
    free(columns);
}

static void check_columns(const struct table *table)
{
    if (table_exact(table, slice_of("ci_low")) != TABLE_NONE)
        fail_at(table_header(table), "this is what jf-ci wrote, each row by itself; put jf-test "
                                     "before jf-ci");
    if (table_exact(table, slice_of("cov")) == TABLE_NONE && !opt.disjoint)
        fail_at(table_header(table),
                "no column cov, which says how the rows hang together; make them with jf-joint, "
                "or say --equal --disjoint if they are of different people");
}

static void plan_columns(struct test *t)
{
    struct table *table = &t->table;
    size_t *keys = heap_take(table->columns, sizeof *keys), count = 0;
    check_columns(table);
    for (size_t i = 0; i < table->columns; i++) {
        bool key = effect_column(table->names[i]) == EFFECT_KEY;
        if (key)
            keys[count++] = i;
        if (key || slice_equal(table->names[i], slice_of("family")))
            members_show(&t->members, table_want(table, i));
    }
    t->diff = table_want_name(table, slice_of("diff"));
    t->se = table_want_name(table, slice_of("se"));
    t->df = table_want_name(table, slice_of("df"));
    t->outcome = table_want(table, table_exact(table, slice_of("outcome")));
    t->arm = table_want(table, table_exact(table, slice_of("arm")));
    t->n_treated = table_want(table, table_exact(table, slice_of("n_treated")));
    t->n_control = table_want(table, table_exact(table, slice_of("n_control")));
    families_plan(&t->families, table, opt.common.decimal_comma);
    if (opt.disjoint)
        plan_sets(t, keys, count);
    free(keys);
}

/* The persons of a row whose variance is that of both arms as one; 0 for all other rows. */
static uint64_t pooled_persons(const struct test *t, double df)
{
    uint64_t treated, control;
    if (t->n_treated == TABLE_NONE || t->n_control == TABLE_NONE ||
        !slice_whole(table_cell(&t->table, t->n_treated), &treated) ||
        !slice_whole(table_cell(&t->table, t->n_control), &control))
        return 0;
    return df == (double)(treated + control) - 2 ? treated + control : 0;
}

/* Different people have a row each. */
static size_t set_of_row(struct test *t, const struct table *row)
{
    const struct members *m = &t->members;
    size_t set = sets_of_row(&t->sets, row), key = sets_of_row(&t->keys, row);
    if (key < m->count)
        fail_at(table_row(row), "this row and that of line %llu are of one key; give each once",
                (unsigned long long)m->rows[key].place.line);
    return set;
}

static void take_row(void *context, const struct table *row)
{
    struct test *t = context;
    bool comma = opt.common.decimal_comma;
    struct wald_effect effect = {cell_number(row, t->diff, comma), cell_se(row, t->se, comma),
                                 cell_df(row, t->df, comma)};
    struct member member = {
        .place = table_row(row), .persons = pooled_persons(t, effect.df), .effect = effect};
    if (t->families.known)
        member.family = member.people = families_take(&t->families, row).family;
    if (opt.disjoint)
        member.family = set_of_row(t, row);
    members_add(&t->members, row, &member);
    t->zeros += effect.se == 0;
    if (opt.equal && !members_alike(&t->members, member.family, t->outcome))
        fail_at(table_place(row, t->outcome),
                "another outcome than in line %llu, of the same family: effects in different units "
                "are never equal; make a family of each with jf-joint --family outcome",
                (unsigned long long)t->members.families[member.family].line);
}

/* Rows of one family are the same people, whatever --disjoint says. `lines` are 0, by people. */
static void check_disjoint(const struct member *const *own, size_t count, uint64_t *lines)
{
    for (size_t i = 0; i < count; i++) {
        if (lines[own[i]->people] != 0)
            fail_at(own[i]->place,
                    "--disjoint: this row and that of line %llu are of one family, the same "
                    "people; leave it out",
                    (unsigned long long)lines[own[i]->people]);
        lines[own[i]->people] = own[i]->place.line;
    }
    for (size_t i = 0; i < count; i++)
        lines[own[i]->people] = 0;
}

/* The persons of a family of one arm, whose rows that vary have the same, pooled; else 0. */
static uint64_t family_persons(const struct test *t, const struct member *const *own, size_t count)
{
    uint64_t persons = 0;
    bool met = false;
    for (size_t i = 0; i < count; i++) {
        if (own[i]->effect.se == 0)
            continue;
        if (met && own[i]->persons != persons)
            return 0;
        persons = own[i]->persons;
        met = true;
    }
    return members_alike(&t->members, own[0]->family, t->arm) ? persons : 0;
}

static void check_verdict(enum wald_verdict verdict, struct place place)
{
    if (verdict == WALD_IMPOSSIBLE)
        fail_at(place, "the covariances of this row's family are those of no effects; hand on what "
                       "jf-joint wrote");
    if (verdict == WALD_APART)
        fail_at(place,
                "a row of this one's family follows from others, without an error, and has another "
                "diff than they give; leave it out, or hand on what jf-joint wrote");
}

static struct wald test_family(const struct test *t, const struct member *const *own, size_t count)
{
    struct wald_effect *effects = heap_take(count, sizeof *effects);
    struct wald w;
    for (size_t i = 0; i < count; i++)
        effects[i] = own[i]->effect;
    if (opt.disjoint) {
        w = wald_disjoint(effects, count);
    } else if (count > SPECTRUM_MOST) {
        fail_at(own[0]->place, "a family of %zu rows, and %d can be tested; give fewer", count,
                SPECTRUM_MOST);
    } else {
        w = wald_joint(&t->families.all[own[0]->family], effects, opt.equal);
        check_verdict(w.verdict, own[0]->place);
        wald_balance(&w, family_persons(t, own, count));
    }
    free(effects);
    return w;
}

static void write_row(struct test *t, size_t family, const struct wald *w)
{
    struct sink *out = &t->out;
    members_put(&t->members, family, out);
    sink_whole(out, w->rows);
    cell_put_real(out, w->rank);
    cell_put_rounded(out, w->chi2, &opt.digits);
    cell_put_p(out, w->p_chi2, &opt.digits);
    cell_put_rounded(out, w->f, &opt.digits);
    cell_put_real(out, w->df1);
    cell_put_rounded(out, w->df2, &opt.digits);
    cell_put_p(out, w->p, &opt.digits);
    cell_put_rounded(out, w->d2, &opt.digits);
    cell_put_p(out, w->p_d2, &opt.digits);
    sink_row(out);
}

static void write_rows(struct test *t)
{
    const struct keys *keys = opt.disjoint ? &t->sets.keys : &t->families.keys;
    size_t count = keys_count(keys), *starts, *order = keys_order(keys);
    size_t *key_order = opt.disjoint ? keys_order(&t->keys.keys) : NULL;
    const struct member **sorted = members_sort(&t->members, key_order, count, &starts);
    uint64_t *lines = heap_take(t->families.room, sizeof *lines);
    for (size_t i = 0; i < count; i++) {
        size_t family = order[i], size = t->members.families[family].rows;
        const struct member *const *own = sorted + starts[family];
        if (opt.disjoint && t->families.known)
            check_disjoint(own, size, lines);
        struct wald w = test_family(t, own, size);
        write_row(t, family, &w);
        t->many += w.verdict == WALD_FEW || (!isnan(w.p_chi2) && isnan(w.p));
        t->alone += opt.equal && w.rows == 1;
    }
    free(lines);
    free(sorted);
    free(starts);
    free(key_order);
    free(order);
}

/* What the numbers alone do not say. */
static void tell(const struct test *t)
{
    if (t->zeros > 0)
        warn("%zu of %zu rows have an se of 0 and are left out of the tests; see whether their "
             "outcomes vary",
             t->zeros, t->members.count);
    if (t->many > 0)
        warn("p of %zu famil%s is NA, as there are more rows than df, or no df; p_chi2, where it "
             "is there, takes no heed of that, so test fewer rows (jf-hours --per)",
             t->many, t->many == 1 ? "y" : "ies");
    if (t->alone > 0)
        warn("%zu famil%s of one row, which is equal to nothing; see the columns of the key, or "
             "--family",
             t->alone, t->alone == 1 ? "y is" : "ies are");
}

static void close_all(struct test *t)
{
    sink_close(&t->out);
    table_close(&t->table);
    if (opt.disjoint) {
        sets_free(&t->sets);
        sets_free(&t->keys);
    }
    families_free(&t->families);
    members_free(&t->members);
}

int main(int argc, char **argv)
{
    struct test t = {0};
    leave_begin("jf-test");
    int first = option_parse(&program, argc, argv);
    check_options();
    ends_check(opt.common.output, argv + first, (size_t)(argc - first), NULL, NULL);
    sink_open(&t.out, opt.common.output, &opt.common);
    sink_hold(&t.out);
    table_open(&t.table, argv + first, (size_t)(argc - first), &opt.common);
    plan_columns(&t);
    members_put_names(&t.members, &t.table, &t.out);
    sink_words(&t.out, "rows rank chi2 p_chi2 f df1 df2 p d2 p_d2");
    sink_header(&t.out);
    rows_each(&t.table, take_row, &t);
    write_rows(&t);
    tell(&t);
    close_all(&t);
    return leave_end();
}
