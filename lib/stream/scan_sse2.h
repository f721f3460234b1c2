/* marks_of for x86-64, which always has SSE2. It compares 16 bytes at a time. */
#include <emmintrin.h>

#include "stream/scan_walk.h"

static inline uint64_t mask_sse2(__m128i hits, unsigned shift)
{
    return (uint64_t)(uint32_t)_mm_movemask_epi8(hits) << shift;
}

static inline struct scan_marks marks_sse2(const char *at)
{
    const __m128i tab = _mm_set1_epi8('\t'), end = _mm_set1_epi8('\n'), nul = _mm_setzero_si128();
    struct scan_marks marks = {0, 0};
    for (unsigned i = 0; i < 64; i += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(at + i));
        __m128i stops = _mm_or_si128(_mm_cmpeq_epi8(bytes, end), _mm_cmpeq_epi8(bytes, nul));
        marks.tabs |= mask_sse2(_mm_cmpeq_epi8(bytes, tab), i);
        marks.stops |= mask_sse2(stops, i);
    }
    return marks;
}

static const char *row_sse2(const char *at, const struct scan_plan *plan, const char **found)
{
    return scan_walk(at, plan, found, marks_sse2);
}
