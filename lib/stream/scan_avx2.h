/* marks_of for x86-64 with AVX2 and the bit instructions that came with it; the program asks
 * for them when it runs. It compares 32 bytes at a time. */
#include <immintrin.h>

#include "stream/scan_walk.h"

#define AVX2 __attribute__((target("avx2,bmi,popcnt")))

AVX2 static inline uint64_t mask_avx2(__m256i low, __m256i high)
{
    return (uint32_t)_mm256_movemask_epi8(low) | (uint64_t)(uint32_t)_mm256_movemask_epi8(high)
                                                     << 32;
}

AVX2 static inline __m256i stops_avx2(__m256i bytes)
{
    return _mm256_or_si256(_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('\n')),
                           _mm256_cmpeq_epi8(bytes, _mm256_setzero_si256()));
}

AVX2 static inline struct scan_marks marks_avx2(const char *at)
{
    const __m256i tab = _mm256_set1_epi8('\t');
    __m256i low = _mm256_loadu_si256((const __m256i *)(const void *)at);
    __m256i high = _mm256_loadu_si256((const __m256i *)(const void *)(at + 32));
    return (struct scan_marks){mask_avx2(_mm256_cmpeq_epi8(low, tab), _mm256_cmpeq_epi8(high, tab)),
                               mask_avx2(stops_avx2(low), stops_avx2(high))};
}

AVX2 static const char *row_avx2(const char *at, const struct scan_plan *plan, const char **found)
{
    return scan_walk(at, plan, found, marks_avx2);
}
