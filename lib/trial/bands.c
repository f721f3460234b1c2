#include "trial/bands.h"

#include <stdlib.h>

#include "base/heap.h"
#include "base/message.h"
#include "base/option.h"
#include "number/spectrum.h"
#include "stream/relay.h"
#include "stream/table.h"

struct bands_row {
    struct family_place at;
    size_t set; /* the family, or the part of it that the columns make */
    struct band_effect effect;
    struct place place;
};

void bands_plan(struct bands *b, struct table *t, const struct list *columns, bool comma)
{
    families_plan(&b->families, t, comma);
    if (!b->families.known)
        fail_at(table_header(t), "--band: no column cov, which says how the rows hang together; "
                                 "make them with jf-joint, which writes it");
    size_t count = 0;
    b->slots = heap_take(columns->count + 1, sizeof *b->slots);
    if (b->families.slot != TABLE_NONE)
        b->slots[count++] = b->families.slot;
    for (size_t i = 0; i < columns->count; i++)
        b->slots[count++] = table_want(t, table_get(t, columns->items[i]));
    b->keys = keys_begin(t, b->slots, count);
}

void bands_take(struct bands *b, const struct table *row, struct band_effect effect)
{
    b->rows = heap_grow(b->rows, &b->room, b->count + 1, sizeof *b->rows);
    struct bands_row *own = &b->rows[b->count++];
    own->at = families_take(&b->families, row);
    own->effect = effect;
    own->place = table_place(row, b->families.cov);
    keys_of_row(&b->keys, row, &own->set);
}

static void work_share(void *context, uint64_t number, unsigned thread)
{
    (void)thread;
    band_work(context, (size_t)number);
}

static void work(struct band *band, uint64_t asked)
{
    struct relay relay;
    unsigned threads = relay_threads(asked);
    relay_open(&relay, threads, BAND_SHARES, NULL, work_share, band);
    for (size_t i = 0; i < BAND_SHARES; i++)
        relay_put(&relay);
    for (size_t i = 0; i < BAND_SHARES; i++)
        relay_take(&relay);
    relay_close(&relay);
}

/* A family's rows, of which there are `count`; they are rows `members` of all. */
static void settle(struct bands *b, const size_t *members, size_t count,
                   struct interval_level level, uint64_t threads)
{
    struct band band;
    const struct bands_row *first = &b->rows[members[0]];
    struct band_effect *effects = heap_take(count, sizeof *effects);
    size_t *rows = heap_take(count, sizeof *rows);
    for (size_t i = 0; i < count; i++) {
        effects[i] = b->rows[members[i]].effect;
        rows[i] = b->rows[members[i]].at.row;
    }
    switch (band_begin(&band, &b->families.all[first->at.family], effects, rows, count)) {
    case BAND_MANY:
        fail_at(first->place,
                "--band: %zu rows in the family of this one, which are more than %d; say --family "
                "COLS, to make several of it",
                count, SPECTRUM_MOST);
    case BAND_IMPOSSIBLE:
        fail_at(first->place, "the covariances of this row's family are those of no effects; hand "
                              "on what jf-joint wrote");
    case BAND_GOOD:
        break;
    }
    if (band.rank > 1)
        work(&band, threads);
    band_end(&band, level);
    for (size_t i = 0; i < count; i++)
        b->limits[members[i]] = band_limits(&band, &effects[i]);
    band_free(&band);
    free(effects);
    free(rows);
}

void bands_settle(struct bands *b, struct interval_level level, uint64_t threads)
{
    size_t *members = heap_take(b->count, sizeof *members);
    b->limits = heap_take(b->count, sizeof *b->limits);
    for (size_t set = 0; set < keys_count(&b->keys); set++) {
        size_t count = 0;
        for (size_t i = 0; i < b->count; i++)
            if (b->rows[i].set == set)
                members[count++] = i;
        settle(b, members, count, level, threads);
    }
    free(members);
}

void bands_free(struct bands *b)
{
    families_free(&b->families);
    if (b->families.known)
        keys_free(&b->keys);
    free(b->slots);
    free(b->rows);
    free(b->limits);
}
