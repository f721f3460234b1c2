/*
 * Moments against sums on paper. An input is a decimal a line; they are added in two orders
 * and in parts that are merged, and the texts of sum and sum of squares, and mean and
 * variance as doubles, must be those of the sums kept here.
 */
#include "number/moments.h"

#include <string.h>

#include "big.h"
#include "fuzz.h"

enum { VALUES_MOST = 100, PARTS = 3 };

struct sums {
    size_t n;
    struct big sum, squares;
};

static void check_reals(struct arena *arena, const struct moments *m, const struct sums *sums)
{
    bool exact;
    struct big n = big_of_whole(sums->n), square = big_multiply(&sums->sum, &sums->sum);
    struct big minus = big_negate(&square), over = big_multiply(&n, &sums->squares);
    struct big mean = big_divide(&sums->sum, sums->n, &exact);
    fuzz_check(ratio_round(arena, moments_mean(arena, m)) == big_real(&mean),
               "a mean is the nearest double");
    if (sums->n < 2)
        return;
    over = big_add(&over, &minus);
    over = big_divide(&over, sums->n * (sums->n - 1), &exact);
    struct ratio variance =
        ratio_divide(arena, moments_deviation(arena, m), ratio_of(arena, (int128)sums->n - 1, 1));
    fuzz_check(ratio_round(arena, variance) == big_real(&over), "a variance is the nearest double");
}

static void check_state(const struct moments *m, const struct sums *sums)
{
    char sum[BIG_TEXT], squares[BIG_TEXT];
    struct arena arena = {0};
    struct moments again = {0};
    const char *printed_sum = moments_print_sum(&arena, m);
    const char *printed_squares = moments_print_squares(&arena, m);
    big_print(sum, &sums->sum);
    big_print(squares, &sums->squares);
    fuzz_check(m->n == sums->n, "values are counted");
    fuzz_check(strcmp(printed_sum, sum) == 0, "a sum is exact");
    fuzz_check(strcmp(printed_squares, squares) == 0, "a sum of squares is exact");
    fuzz_check(moments_read(&again, m->n, slice_of(sum), slice_of(squares)) && again.n == m->n &&
                   strcmp(moments_print_sum(&arena, &again), sum) == 0 &&
                   strcmp(moments_print_squares(&arena, &again), squares) == 0,
               "sums that are printed are read as the same");
    if (sums->n > 0)
        check_reals(&arena, m, sums);
    arena_free(&arena);
}

/* In parts, which the values choose; and merged both ways. */
static void check_parts(const struct decimal *values, size_t count, const struct sums *sums)
{
    struct moments parts[PARTS] = {0}, whole = {0};
    for (size_t i = 0; i < count; i++)
        moments_add(&parts[(uint64_t)values[i].units % PARTS], values[i]);
    for (size_t i = 0; i < PARTS; i++) {
        moments_merge(&parts[i], &whole);
        whole = (struct moments){0};
        moments_merge(&whole, &parts[i]);
    }
    check_state(&whole, sums);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice rest = {(const char *)data, size};
    struct decimal values[VALUES_MOST];
    struct moments forth = {0}, back = {0};
    struct sums sums = {0};
    while (rest.length > 0 && sums.n < VALUES_MOST) {
        struct decimal value;
        if (decimal_parse(fuzz_cut(&rest, "\n"), '.', &value) != DECIMAL_GOOD)
            continue;
        struct big exact = big_of_decimal(value), square = big_multiply(&exact, &exact);
        sums.sum = big_add(&sums.sum, &exact);
        sums.squares = big_add(&sums.squares, &square);
        values[sums.n++] = value;
        moments_add(&forth, value);
    }
    for (size_t i = sums.n; i-- > 0;)
        moments_add(&back, values[i]);
    check_state(&forth, &sums);
    check_state(&back, &sums);
    check_parts(values, sums.n, &sums);
    return 0;
}
