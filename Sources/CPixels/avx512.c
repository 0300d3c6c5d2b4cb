#include "bodies.h"

#if CPIXELS_HAS_X86

#include <immintrin.h>

#define FEATURES "avx512f,avx512bw,avx512vl,avx512vbmi,avx512vnni"
#define TARGET __attribute__((target(FEATURES)))
#define INLINE __attribute__((target(FEATURES), always_inline)) static inline

// A weight is d0 + d1 * 2^8 + d2 * 2^16 with digits from -128 to 127: the signed factors of
// _mm512_dpbusd_epi32, which multiplies and adds four taps at once. What wraps on the way wraps
// back: all of it is modulo 2^32.

// The digits of four weights: digit d of all of them in four bytes.
static inline void digits_of(const int32_t *weights, uint32_t digits[3]) {
  digits[0] = digits[1] = digits[2] = 0;
  for (int i = 0; i < 4; i++) {
    // The bytes of the sum are 128 too large each.
    uint32_t bytes = ((uint32_t)weights[i] + 0x808080u) ^ 0x808080u;
    for (int d = 0; d < 3; d++) digits[d] |= (bytes >> 8 * d & 0xFF) << 8 * i;
  }
}

// The sums of the digits, of which the lowest began with one half, as bytes.
INLINE __m128i bytes_of(__m512i s0, __m512i s1, __m512i s2) {
  __m512i sum = _mm512_add_epi32(
      s0, _mm512_add_epi32(_mm512_slli_epi32(s1, 8), _mm512_slli_epi32(s2, 16)));
  __m512i value = _mm512_max_epi32(_mm512_srai_epi32(sum, CPIXELS_BITS), _mm512_setzero_si512());
  return _mm512_cvtusepi32_epi8(value);
}

// The packed form of a horizontal axis. Sixteen bytes of a row are made at once, each in a lane of
// its own, four taps a step: a step loads a window of up to 64 bytes, of which each lane picks four
// bytes.
typedef struct {
  // Where the window begins in the row, and its length.
  uint32_t offset, length;
} window;

typedef struct {
  // Bytes of the window, four a lane, and the digits of their weights.
  uint32_t picks[16], digits[3][16];
} step;

typedef struct {
  uint64_t steps, unused[7];
} header;

static inline size_t blocks_of(const cpixels_axis *axis) { return (3 * axis->outputs + 15) / 16; }

// The steps of a block of sixteen bytes: as many as its pixel with the most taps needs.
static inline size_t steps_of(const cpixels_axis *axis, size_t block) {
  size_t last = smaller((16 * block + 15) / 3, axis->outputs - 1), steps = 0;
  for (size_t x = 16 * block / 3; x <= last; x++) {
    size_t groups = groups_of((size_t)axis->count[x]);
    if (groups > steps) steps = groups;
  }
  return steps;
}

// The bytes that the lanes of a block pick in a step.
static inline window window_of(const cpixels_axis *axis, size_t block, size_t group) {
  size_t first = SIZE_MAX, end = 0;
  size_t from = 16 * block, to = smaller(from + 16, 3 * axis->outputs);
  for (size_t byte = from; byte < to; byte++) {
    size_t x = byte / 3, count = (size_t)axis->count[x];
    if (4 * group >= count) continue;
    size_t start = 3 * ((size_t)axis->first[x] + 4 * group) + byte % 3;
    size_t last = start + 3 * (smaller(count - 4 * group, 4) - 1);
    if (start < first) first = start;
    if (last + 1 > end) end = last + 1;
  }
  return (window){(uint32_t)first, (uint32_t)(end - first)};
}

static size_t packed_size(const cpixels_axis *axis) {
  // So many taps fit the windows of a block of very few pixels only, which would waste its lanes.
  if (axis->taps > 64) return 0;
  size_t blocks = blocks_of(axis), steps = 0;
  for (size_t b = 0; b < blocks; b++) {
    size_t here = steps_of(axis, b);
    for (size_t g = 0; g < here; g++) {
      if (window_of(axis, b, g).length > 64) return 0;
    }
    steps += here;
  }
  return sizeof(header) + steps * (sizeof(step) + sizeof(window)) + blocks * sizeof(uint32_t);
}

// What stands where in the packed form: in this order, without gaps.
typedef struct {
  step *steps;
  window *windows;
  // [blocks]: how many steps.
  uint32_t *counts;
} layout;

static inline layout layout_of(void *packed, size_t steps) {
  layout l = {.steps = (step *)((char *)packed + sizeof(header))};
  l.windows = (window *)(l.steps + steps);
  l.counts = (uint32_t *)(l.windows + steps);
  return l;
}

static void pack(const cpixels_axis *axis, void *packed) {
  size_t blocks = blocks_of(axis), total = 0;
  for (size_t b = 0; b < blocks; b++) total += steps_of(axis, b);
  *(header *)packed = (header){.steps = total};
  layout l = layout_of(packed, total);
  step *steps = l.steps;
  window *windows = l.windows;
  for (size_t b = 0; b < blocks; b++) {
    l.counts[b] = (uint32_t)steps_of(axis, b);
    for (size_t g = 0; g < l.counts[b]; g++, steps++, windows++) {
      *windows = window_of(axis, b, g);
      memset(steps, 0, sizeof *steps);
      uint32_t digits[3];
      size_t done = SIZE_MAX;
      for (size_t lane = 0; lane < 16 && 16 * b + lane < 3 * axis->outputs; lane++) {
        size_t x = (16 * b + lane) / 3, channel = (16 * b + lane) % 3;
        if (4 * g >= (size_t)axis->count[x]) continue;
        if (x != done) digits_of(axis->weights + x * axis->taps + 4 * g, digits);
        done = x;
        for (int d = 0; d < 3; d++) steps->digits[d][lane] = digits[d];
        // Picks of taps that are not there may be any byte: their weights are 0.
        size_t start = 3 * ((size_t)axis->first[x] + 4 * g) + channel - windows->offset;
        steps->picks[lane] = (uint32_t)start * 0x01010101u + 0x09060300u;
      }
    }
  }
}

// Sixteen bytes of `rows` rows, at most 4.
INLINE void block(
    const step *steps, const window *windows, size_t count, const uint8_t *in, size_t in_stride,
    uint8_t *out, size_t out_stride, int rows, __mmask16 stored) {
  __m512i s0[4], s1[4], s2[4];
  for (int r = 0; r < rows; r++) {
    s0[r] = _mm512_set1_epi32(1 << (CPIXELS_BITS - 1));
    s1[r] = s2[r] = _mm512_setzero_si512();
  }
  for (size_t g = 0; g < count; g++) {
    const __mmask64 there = ~(__mmask64)0 >> (64 - windows[g].length);
    const __m512i picks = _mm512_loadu_si512(steps[g].picks);
    const __m512i d0 = _mm512_loadu_si512(steps[g].digits[0]);
    const __m512i d1 = _mm512_loadu_si512(steps[g].digits[1]);
    const __m512i d2 = _mm512_loadu_si512(steps[g].digits[2]);
    const uint8_t *at = in + windows[g].offset;
    for (int r = 0; r < rows; r++, at += in_stride) {
      __m512i taps = _mm512_permutexvar_epi8(picks, _mm512_maskz_loadu_epi8(there, at));
      s0[r] = _mm512_dpbusd_epi32(s0[r], taps, d0);
      s1[r] = _mm512_dpbusd_epi32(s1[r], taps, d1);
      s2[r] = _mm512_dpbusd_epi32(s2[r], taps, d2);
    }
  }
  for (int r = 0; r < rows; r++) {
    _mm_mask_storeu_epi8(out + (size_t)r * out_stride, stored, bytes_of(s0[r], s1[r], s2[r]));
  }
}

TARGET static void horizontal(
    const cpixels_axis *axis, const uint8_t *in, size_t in_stride, size_t width, uint8_t *out,
    size_t out_stride, size_t rows) {
  // There is no packed form where a window would be longer than a register: where the outputs are
  // many inputs apart.
  if (axis->packed == NULL) {
    return cpixels_avx2.horizontal(axis, in, in_stride, width, out, out_stride, rows);
  }
  const size_t blocks = blocks_of(axis);
  const layout l = layout_of((void *)axis->packed, ((const header *)axis->packed)->steps);
  for (size_t y = 0; y < rows; y += 4, in += 4 * in_stride, out += 4 * out_stride) {
    const step *steps = l.steps;
    const window *windows = l.windows;
    for (size_t b = 0; b < blocks; b++) {
      size_t left = 3 * axis->outputs - 16 * b;
      __mmask16 stored = left < 16 ? (__mmask16)((1u << left) - 1) : (__mmask16)0xFFFF;
      uint8_t *to = out + 16 * b;
      const size_t n = l.counts[b];
      switch (smaller(rows - y, 4)) {
        case 1: block(steps, windows, n, in, in_stride, to, out_stride, 1, stored); break;
        case 2: block(steps, windows, n, in, in_stride, to, out_stride, 2, stored); break;
        case 3: block(steps, windows, n, in, in_stride, to, out_stride, 3, stored); break;
        default: block(steps, windows, n, in, in_stride, to, out_stride, 4, stored);
      }
      steps += n;
      windows += n;
    }
  }
}

TARGET static void vertical(
    const int32_t *weights, const uint8_t *const *rows, size_t count, size_t bytes, uint8_t *out,
    uint32_t *scratch) {
  size_t groups = groups_of(count);
  for (size_t g = 0; g < groups; g++) digits_of(weights + 4 * g, scratch + 3 * g);
  for (size_t x = 0; x < bytes; x += 64) {
    size_t left = bytes - x;
    const __mmask64 there = left < 64 ? ((__mmask64)1 << left) - 1 : ~(__mmask64)0;
    __m512i s0[4], s1[4], s2[4];
    for (int i = 0; i < 4; i++) {
      s0[i] = _mm512_set1_epi32(1 << (CPIXELS_BITS - 1));
      s1[i] = s2[i] = _mm512_setzero_si512();
    }
    for (size_t g = 0; g < groups; g++) {
      __m512i row[4];
      for (int i = 0; i < 4; i++) row[i] = _mm512_maskz_loadu_epi8(there, rows[4 * g + i] + x);
      __m512i below = _mm512_unpacklo_epi8(row[0], row[1]);
      __m512i above = _mm512_unpackhi_epi8(row[0], row[1]);
      __m512i below2 = _mm512_unpacklo_epi8(row[2], row[3]);
      __m512i above2 = _mm512_unpackhi_epi8(row[2], row[3]);
      __m512i taps[4] = {
          _mm512_unpacklo_epi16(below, below2), _mm512_unpackhi_epi16(below, below2),
          _mm512_unpacklo_epi16(above, above2), _mm512_unpackhi_epi16(above, above2)};
      const __m512i d0 = _mm512_set1_epi32((int32_t)scratch[3 * g]);
      const __m512i d1 = _mm512_set1_epi32((int32_t)scratch[3 * g + 1]);
      const __m512i d2 = _mm512_set1_epi32((int32_t)scratch[3 * g + 2]);
      for (int i = 0; i < 4; i++) {
        s0[i] = _mm512_dpbusd_epi32(s0[i], taps[i], d0);
        s1[i] = _mm512_dpbusd_epi32(s1[i], taps[i], d1);
        s2[i] = _mm512_dpbusd_epi32(s2[i], taps[i], d2);
      }
    }
    __m512i whole[4];
    for (int i = 0; i < 4; i++) {
      __m512i sum = _mm512_add_epi32(
          s0[i], _mm512_add_epi32(_mm512_slli_epi32(s1[i], 8), _mm512_slli_epi32(s2[i], 16)));
      whole[i] = _mm512_srai_epi32(sum, CPIXELS_BITS);
    }
    // Packing undoes what unpacking did to the order.
    __m512i below = _mm512_packs_epi32(whole[0], whole[1]);
    __m512i above = _mm512_packs_epi32(whole[2], whole[3]);
    _mm512_mask_storeu_epi8(out + x, there, _mm512_packus_epi16(below, above));
  }
}

const cpixels_functions cpixels_avx512 = {packed_size, pack, horizontal, vertical};

#else
// ISO C wants something in every file.
typedef int cpixels_avx512_is_absent;
#endif
