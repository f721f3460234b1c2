/*
 * random: numbers for tests that are the same in every run (splitmix64).
 */
#ifndef JF_RANDOM_H
#define JF_RANDOM_H

#include <stdint.h>

static inline uint64_t next(uint64_t *state)
{
    uint64_t x = *state += 0x9e3779b97f4a7c15;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
    x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
    return x ^ (x >> 31);
}

/* One of 0 to bound - 1; the bound fits an unsigned. */
static inline unsigned below(uint64_t *state, uint64_t bound)
{
    return (unsigned)(next(state) % bound);
}

#endif
