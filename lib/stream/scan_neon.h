/* marks_of for 64-bit ARM. It compares 16 bytes at a time. There is no instruction that moves
 * the results to bits: those of four compares are weighted by their bit and added up in pairs. */
#include <arm_neon.h>

#include "stream/scan_walk.h"

static inline uint64_t mask_neon(const uint8x16_t hits[4])
{
    static const uint8_t weights[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    uint8x16_t weight = vld1q_u8(weights);
    uint8x16_t front = vpaddq_u8(vandq_u8(hits[0], weight), vandq_u8(hits[1], weight));
    uint8x16_t back = vpaddq_u8(vandq_u8(hits[2], weight), vandq_u8(hits[3], weight));
    uint8x16_t sums = vpaddq_u8(front, back);
    sums = vpaddq_u8(sums, sums);
    return vgetq_lane_u64(vreinterpretq_u64_u8(sums), 0);
}

static inline struct scan_marks marks_neon(const char *at)
{
    uint8x16_t tabs[4], stops[4];
    for (unsigned i = 0; i < 4; i++) {
        uint8x16_t bytes = vld1q_u8((const uint8_t *)at + 16 * i);
        tabs[i] = vceqq_u8(bytes, vdupq_n_u8('\t'));
        stops[i] = vorrq_u8(vceqq_u8(bytes, vdupq_n_u8('\n')), vceqq_u8(bytes, vdupq_n_u8(0)));
    }
    return (struct scan_marks){mask_neon(tabs), mask_neon(stops)};
}

static const char *row_neon(const char *at, const struct scan_plan *plan, const char **found)
{
    return scan_walk(at, plan, found, marks_neon);
}
