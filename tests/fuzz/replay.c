/*
 * replay - a harness without libFuzzer, for `make check`.
 *
 *     replay MUTATIONS FILE...
 *
 * Runs every FILE, then so many simple mutations of them, always the same, and at last
 * every FILE once more in the opposite order: each must come to what it came to before,
 * or something of one input is left for the next.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../random.h"
#include "fuzz.h"

enum { LONGEST = 16 * 1024 };

/* AddressSanitizer asks for it. Memory that nobody has written is no zeros then: a reader who
 * runs on in it does not find the NUL that stops him. libFuzzer goes without, thrice as fast. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "max_malloc_fill_size=1048576";
}

struct seed {
    uint8_t *bytes;
    size_t length;
    uint64_t trace; /* of its run */
};

static struct seed read_seed(const char *path)
{
    struct seed seed = {.bytes = malloc(LONGEST)};
    FILE *file = fopen(path, "rb");
    if (file == NULL || seed.bytes == NULL) {
        perror(path);
        exit(2);
    }
    seed.length = fread(seed.bytes, 1, LONGEST, file);
    fclose(file);
    return seed;
}

/* In a block of its own length, so that a sanitizer sees who reads more. */
static uint64_t run(const uint8_t *bytes, size_t length)
{
    uint8_t *own = malloc(length > 0 ? length : 1);
    if (own == NULL)
        exit(2);
    memcpy(own, bytes, length);
    fuzz_trace();
    LLVMFuzzerTestOneInput(own, length);
    free(own);
    return fuzz_trace();
}

/* The bytes [from, to) become `length` of another seed, or fewer where there is no room. */
static size_t splice(uint8_t *bytes, size_t size, size_t from, size_t to, const uint8_t *other,
                     size_t length)
{
    size_t room = LONGEST - (size - (to - from));
    length = length < room ? length : room;
    memmove(bytes + from + length, bytes + to, size - to);
    memcpy(bytes + from, other, length);
    return size - (to - from) + length;
}

/* One change to the bytes; returns their new number. */
static size_t mutate(uint8_t *bytes, size_t size, const struct seed *other, uint64_t *state)
{
    size_t from = below(state, size + 1), to = from + below(state, size - from + 1);
    size_t start = below(state, other->length + 1);
    size_t length = below(state, other->length - start + 1);
    size_t few = to - from < 8 ? to : from + below(state, 8);
    switch (next(state) % 6) {
    case 0: /* a bit turned */
        if (from < size)
            bytes[from] = (uint8_t)(bytes[from] ^ 1 << below(state, 8));
        return size;
    case 1: /* a byte from elsewhere */
        if (from < size && start < other->length)
            bytes[from] = other->bytes[start];
        return size;
    case 2: /* a few bytes out */
        return splice(bytes, size, from, few, other->bytes, 0);
    case 3: /* cut */
        return from;
    case 4: /* a few bytes in */
        return splice(bytes, size, from, from, other->bytes + start, length < 8 ? length : 8);
    default: /* a part in the place of another */
        return splice(bytes, size, from, to, other->bytes + start, length);
    }
}

static void run_mutations(const struct seed *seeds, size_t count, size_t mutations)
{
    static uint8_t bytes[LONGEST];
    uint64_t state = 20161001;
    for (size_t i = 0; i < mutations; i++) {
        const struct seed *seed = &seeds[i % count];
        size_t size = seed->length;
        memcpy(bytes, seed->bytes, size);
        for (size_t changes = 1 + below(&state, 3); changes > 0; changes--)
            size = mutate(bytes, size, &seeds[below(&state, count)], &state);
        run(bytes, size);
    }
}

int main(int argc, char **argv)
{
    size_t count = argc > 2 ? (size_t)argc - 2 : 0;
    struct seed *seeds = count > 0 ? calloc(count, sizeof *seeds) : NULL;
    if (seeds == NULL) {
        fprintf(stderr, "usage: replay MUTATIONS FILE...\n");
        return 2;
    }
    for (size_t i = 0; i < count; i++)
        seeds[i] = read_seed(argv[2 + i]);
    for (size_t i = 0; i < count; i++)
        seeds[i].trace = run(seeds[i].bytes, seeds[i].length);
    run_mutations(seeds, count, (size_t)atoi(argv[1]));
    for (size_t i = count; i-- > 0;) {
        fuzz_check(run(seeds[i].bytes, seeds[i].length) == seeds[i].trace,
                   "an input comes to the same whatever ran before it");
        free(seeds[i].bytes);
    }
    free(seeds);
    fprintf(stderr, "%zu files, %s mutations\n", count, argv[1]);
    return 0;
}
