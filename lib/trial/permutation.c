#include "trial/permutation.h"

#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "number/extreme.h"
#include "number/studentised.h"
#include "stream/relay.h"
#include "trial/redraw.h"
#include "trial/vectors.h"

enum { PIECE = 64, PIECE_ALL = 4096 }; /* draws, by lot and of all ways */

struct work {
    struct permutation *p;
    struct vectors vectors;
    struct redraw redraw;
    struct hand *hands;
};

/* What a thread has. */
struct hand {
    struct redraw_hand drawn;
    struct arena arena;
    int64_t *sums;                  /* by stratum: of the chosen */
    struct studentised_cell *cells; /* of a row, the treated, then the control */
    struct extreme *t;              /* by row */
    struct extreme *highest;        /* by family */
    struct extreme none;            /* of a t that does not exist */
    uint64_t *reached, *topped, *without;
};

static void add_up(const struct work *w, struct hand *hand)
{
    const struct vectors *v = &w->vectors;
    for (size_t b = 0; b < v->strata; b++) {
        const struct redraw_stratum *s = &v->of[b];
        int64_t *sums = hand->sums + b * v->width;
        if (!hand->drawn.changed[b])
            continue;
        memset(sums, 0, v->width * sizeof *sums);
        for (size_t i = 0; i < redraw_few(s); i++)
            vectors_add(v, sums, s->begin + hand->drawn.chosen[s->begin + i]);
    }
}

static struct studentised_cell less(struct studentised_cell all, const struct studentised_cell *one)
{
    all.n -= one->n;
    all.sum -= one->sum;
    all.squares -= one->squares;
    all.products -= one->products;
    all.members -= one->members;
    all.sizes -= one->sizes;
    return all;
}

/* The cells of a row, of the strata that have values. */
static struct studentised_cells cells_of(const struct work *w, const struct hand *hand, size_t row)
{
    const struct vectors *v = &w->vectors;
    struct studentised_cell *treated = hand->cells, *control = hand->cells + v->strata;
    struct studentised_cells cells = {w->p->kind, treated, control, 0};
    for (size_t b = 0; b < v->strata; b++) {
        const struct redraw_stratum *s = &v->of[b];
        size_t at = b * v->width;
        struct studentised_cell one = vectors_cell(v, hand->sums + at, row, redraw_few(s));
        struct studentised_cell all = vectors_cell(v, v->totals + at, row, s->count);
        struct studentised_cell other = less(all, &one);
        if (all.n == 0)
            continue;
        bool treats = redraw_takes_treated(s);
        treated[cells.strata] = treats ? one : other;
        control[cells.strata++] = treats ? other : one;
    }
    return cells;
}

/* The row's t in this draw. */
static struct extreme take_t(const struct work *w, struct hand *hand, size_t row)
{
    struct studentised_cells cells = cells_of(w, hand, row);
    struct studentised t = studentised_near(&hand->arena, &cells);
    struct extreme extreme = extreme_of(w->p->side, t);
    bool none = studentised_none(t);
    if (studentised_unknown(t) && !studentised_exact(&hand->arena, &cells).exists) {
        none = true;
        extreme = hand->none;
    }
    hand->without[row] += none;
    arena_reset(&hand->arena);
    return extreme;
}

/* Whether the t of a row in this draw reaches that of another, or of the same, in the trial. */
static bool reaches(const struct work *w, struct hand *hand, size_t row,
                    const struct permutation_row *other)
{
    enum extreme_verdict verdict = extreme_compare(hand->t[row], other->observed);
    if (verdict != EXTREME_UNCLEAR)
        return verdict == EXTREME_REACHED;
    struct studentised_cells cells = cells_of(w, hand, row);
    struct studentised_exact t = studentised_exact(&hand->arena, &cells);
    bool reached = extreme_reaches(&hand->arena, w->p->side, t, other->exact);
    arena_reset(&hand->arena);
    return reached;
}

/* Whether the largest t of its family reaches the row's. */
static bool reaches_highest(const struct work *w, struct hand *hand, size_t row)
{
    const struct permutation *p = w->p;
    const struct permutation_row *own = &p->rows[row];
    enum extreme_verdict verdict = extreme_compare(hand->highest[own->family], own->observed);
    bool reached = verdict == EXTREME_REACHED;
    for (size_t i = 0; i < p->count && verdict == EXTREME_UNCLEAR && !reached; i++)
        reached = p->rows[i].tested && p->rows[i].family == own->family && reaches(w, hand, i, own);
    return reached;
}

static void take_rows(const struct work *w, struct hand *hand)
{
    const struct permutation *p = w->p;
    for (size_t f = 0; f < p->families; f++)
        hand->highest[f] = extreme_lowest();
    for (size_t r = 0; r < p->count; r++) {
        struct extreme *highest = &hand->highest[p->rows[r].family];
        if (!p->rows[r].tested)
            continue;
        hand->t[r] = take_t(w, hand, r);
        *highest = extreme_larger(*highest, hand->t[r]);
    }
    for (size_t r = 0; r < p->count; r++) {
        if (!p->rows[r].tested)
            continue;
        bool own = reaches(w, hand, r, &p->rows[r]);
        hand->reached[r] += own;
        hand->topped[r] += own || reaches_highest(w, hand, r);
    }
}

static uint64_t piece_of(const struct work *w)
{
    return w->redraw.all ? PIECE_ALL : PIECE;
}

static void finish(void *context, uint64_t number, unsigned thread)
{
    const struct work *w = context;
    struct hand *hand = &w->hands[thread];
    uint64_t from = number * piece_of(w), to = from + piece_of(w);
    for (uint64_t draw = from; draw < to && draw < w->redraw.draws; draw++) {
        redraw_draw(&w->redraw, &hand->drawn, draw);
        add_up(w, hand);
        take_rows(w, hand);
    }
}

/* ---- the whole ---- */

static void open_hand(const struct work *w, struct hand *hand)
{
    size_t rows = w->p->count;
    const struct studentised_cells nothing = {.strata = 0}; /* of no values there is no t */
    *hand =
        (struct hand){.drawn = redraw_hand(&w->redraw),
                      .sums = heap_apart(w->vectors.strata * w->vectors.width, sizeof *hand->sums),
                      .cells = heap_apart(2 * w->vectors.strata, sizeof *hand->cells),
                      .t = heap_apart(rows, sizeof *hand->t),
                      .highest = heap_apart(w->p->families, sizeof *hand->highest),
                      .none = extreme_of(w->p->side, studentised_near(NULL, &nothing)),
                      .reached = heap_apart(rows, sizeof *hand->reached),
                      .topped = heap_apart(rows, sizeof *hand->topped),
                      .without = heap_apart(rows, sizeof *hand->without)};
}

/* Adds what the thread has counted. */
static void close_hand(const struct work *w, struct hand *hand)
{
    for (size_t r = 0; r < w->p->count; r++) {
        w->p->rows[r].reached += hand->reached[r];
        w->p->rows[r].highest += hand->topped[r];
        w->p->rows[r].without += hand->without[r];
    }
    redraw_hand_free(&hand->drawn);
    arena_free(&hand->arena);
    free(hand->sums);
    free(hand->cells);
    free(hand->t);
    free(hand->reached);
    free(hand->highest);
    free(hand->topped);
    free(hand->without);
}

/* The draw that was held: the same sums of the same units. */
static void observe(const struct work *w, struct arena *exact)
{
    const struct vectors *v = &w->vectors;
    struct hand *hand = &w->hands[0];
    for (size_t b = 0; b < v->strata; b++) {
        const struct redraw_stratum *s = &v->of[b];
        for (size_t i = s->begin; i < s->begin + s->count; i++)
            if (vectors_treated(v, i) == redraw_takes_treated(s))
                vectors_add(v, hand->sums + b * v->width, i);
    }
    for (size_t r = 0; r < w->p->count; r++) {
        struct permutation_row *row = &w->p->rows[r];
        struct studentised_cells cells = cells_of(w, hand, r);
        if (!row->tested)
            continue;
        row->observed = extreme_of(w->p->side, studentised_near(exact, &cells));
        row->exact = studentised_exact(exact, &cells);
    }
}

static void run_draws(struct work *w, unsigned threads)
{
    struct relay relay;
    size_t slots = 2 * (size_t)threads;
    uint64_t pieces = (w->redraw.draws + piece_of(w) - 1) / piece_of(w);
    relay_open(&relay, threads, slots, NULL, finish, w);
    for (uint64_t i = 0; i < pieces; i++) {
        if (relay.put - relay.taken == slots)
            relay_take(&relay);
        relay_put(&relay);
    }
    while (relay.taken < relay.put)
        relay_take(&relay);
    relay_close(&relay);
}

static void redraw_rows(struct work *w)
{
    struct permutation *p = w->p;
    struct arena exact = {0};
    unsigned threads = p->threads;
    w->redraw = redraw_begin(p->salt, p->draws, w->vectors.ids, w->vectors.of, w->vectors.strata);
    w->hands = heap_apart(threads, sizeof *w->hands);
    for (unsigned i = 0; i < threads; i++)
        open_hand(w, &w->hands[i]);
    observe(w, &exact);
    run_draws(w, threads);
    for (unsigned i = 0; i < threads; i++)
        close_hand(w, &w->hands[i]);
    p->draws = w->redraw.draws;
    p->all = w->redraw.all;
    redraw_end(&w->redraw);
    arena_free(&exact);
    free(w->hands);
}

bool permutation_run(struct permutation *p, size_t arm)
{
    struct work w = {.p = p};
    const struct records_column **columns = heap_take(p->count, sizeof *columns);
    for (size_t r = 0; r < p->count; r++)
        columns[r] = p->rows[r].column;
    bool fits = vectors_make(&w.vectors, p->people, arm, columns, p->count);
    if (fits)
        redraw_rows(&w);
    vectors_free(&w.vectors);
    free(columns);
    return fits;
}
