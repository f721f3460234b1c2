#include "stream/scan.h"

#include <stdbool.h>

#include "stream/scan_plain.h"

/* SCAN_PLAIN builds the toolkit on plain C alone: `make check-plain`. */
#if defined(SCAN_PLAIN)
#define SCAN_X86  0
#define SCAN_NEON 0
#else
#if defined(__x86_64__)
#define SCAN_X86 1
#else
#define SCAN_X86 0
#endif
#if defined(__aarch64__) && defined(__ARM_NEON)
#define SCAN_NEON 1
#else
#define SCAN_NEON 0
#endif
#endif

#if SCAN_X86
#include "stream/scan_avx2.h"
#include "stream/scan_sse2.h"
#endif
#if SCAN_NEON
#include "stream/scan_neon.h"
#endif

#if SCAN_X86
static bool has_avx2(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
           __builtin_cpu_supports("popcnt");
}
#endif

void scan_kinds(struct scan_kind kinds[SCAN_KINDS])
{
#if SCAN_X86
    if (has_avx2())
        *kinds++ = (struct scan_kind){"avx2", row_avx2};
    *kinds++ = (struct scan_kind){"sse2", row_sse2};
#endif
#if SCAN_NEON
    *kinds++ = (struct scan_kind){"neon", row_neon};
#endif
    *kinds++ = (struct scan_kind){"plain", row_plain};
    *kinds = (struct scan_kind){NULL, NULL};
}

scan_row *scan_best(void)
{
    struct scan_kind kinds[SCAN_KINDS];
    scan_kinds(kinds);
    return kinds[0].row;
}
