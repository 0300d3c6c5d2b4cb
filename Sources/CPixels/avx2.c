#include "bodies.h"

#if CPIXELS_HAS_X86

#include <immintrin.h>

#define TARGET __attribute__((target("avx2")))
#define INLINE __attribute__((target("avx2"), always_inline)) static inline

// A weight is high * 2^11 + low; both fit the 16-bit factors of _mm256_madd_epi16, which multiplies
// and adds two taps at once. What wraps on the way wraps back: all of it is modulo 2^32.
#define LOW_BITS 11

INLINE __m256i add(__m256i a, __m256i b) { return _mm256_add_epi32(a, b); }

// The sums of both parts, with one half, as whole numbers.
INLINE __m256i whole(__m256i high, __m256i low) {
  __m256i sum = add(_mm256_slli_epi32(high, LOW_BITS), low);
  return _mm256_srai_epi32(add(sum, _mm256_set1_epi32(1 << (CPIXELS_BITS - 1))), CPIXELS_BITS);
}

// Sixteen bytes of a row of `bytes` bytes, from one of them on; 0 for those behind the row.
INLINE __m128i load_within(const uint8_t *row, size_t offset, size_t bytes) {
  static const int8_t shifts[32] = {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10,
                                    11, 12, 13, 14, 15, -1, -1, -1, -1, -1, -1,
                                    -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};
  if (offset + 16 <= bytes) return _mm_loadu_si128((const __m128i *)(row + offset));
  if (bytes >= 16) {
    __m128i last = _mm_loadu_si128((const __m128i *)(row + bytes - 16));
    const int8_t *shift = shifts + (offset + 16 - bytes);
    return _mm_shuffle_epi8(last, _mm_loadu_si128((const __m128i *)shift));
  }
  uint8_t copy[16] = {0};
  memcpy(copy, row + offset, bytes - offset);
  return _mm_loadu_si128((const __m128i *)copy);
}

// One pixel of up to four rows; `inside`: sixteen bytes can be loaded at each group of taps.
INLINE void pixel(
    const cpixels_axis *axis, size_t x, const uint8_t *const in[4], size_t bytes, bool inside,
    int32_t out[4]) {
  // Four pixels of three bytes to pairs of taps, widened: taps 0 and 1 below, 2 and 3 above.
  const __m256i pairs = _mm256_setr_epi8(
      0, -1, 3, -1, 1, -1, 4, -1, 2, -1, 5, -1, -1, -1, -1, -1,  //
      6, -1, 9, -1, 7, -1, 10, -1, 8, -1, 11, -1, -1, -1, -1, -1);
  // Four high parts before four low ones, to the pair of taps of each channel.
  const __m256i high_pairs = _mm256_setr_epi8(
      0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, -1, -1, -1, -1,  //
      4, 5, 6, 7, 4, 5, 6, 7, 4, 5, 6, 7, -1, -1, -1, -1);
  const __m256i low_pairs = _mm256_setr_epi8(
      8, 9, 10, 11, 8, 9, 10, 11, 8, 9, 10, 11, -1, -1, -1, -1,  //
      12, 13, 14, 15, 12, 13, 14, 15, 12, 13, 14, 15, -1, -1, -1, -1);
  const __m128i low_mask = _mm_set1_epi32((1 << LOW_BITS) - 1);
  __m256i high[4], low[4];
  for (int r = 0; r < 4; r++) high[r] = low[r] = _mm256_setzero_si256();
  const int32_t *weights = axis->weights + x * axis->taps;
  size_t groups = groups_of((size_t)axis->count[x]);
  size_t offset = 3 * (size_t)axis->first[x];
  for (size_t g = 0; g < groups; g++, offset += 12) {
    __m128i four = _mm_loadu_si128((const __m128i *)(weights + 4 * g));
    __m256i parts = _mm256_broadcastsi128_si256(
        _mm_packs_epi32(_mm_srai_epi32(four, LOW_BITS), _mm_and_si128(four, low_mask)));
    __m256i high_weights = _mm256_shuffle_epi8(parts, high_pairs);
    __m256i low_weights = _mm256_shuffle_epi8(parts, low_pairs);
    for (int r = 0; r < 4; r++) {
      __m128i loaded = inside ? _mm_loadu_si128((const __m128i *)(in[r] + offset))
                              : load_within(in[r], offset, bytes);
      __m256i taps = _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(loaded), pairs);
      high[r] = add(high[r], _mm256_madd_epi16(taps, high_weights));
      low[r] = add(low[r], _mm256_madd_epi16(taps, low_weights));
    }
  }
  __m256i two[2];
  for (int r = 0; r < 4; r += 2) {
    // The halves hold the same channels of other taps; row r goes below, row r + 1 above.
    __m256i a = high[r], b = high[r + 1], c = low[r], d = low[r + 1];
    __m256i high_sum =
        add(_mm256_permute2x128_si256(a, b, 0x20), _mm256_permute2x128_si256(a, b, 0x31));
    __m256i low_sum =
        add(_mm256_permute2x128_si256(c, d, 0x20), _mm256_permute2x128_si256(c, d, 0x31));
    two[r / 2] = whole(high_sum, low_sum);
  }
  __m256i words = _mm256_packs_epi32(two[0], two[1]);
  __m256i clipped = _mm256_packus_epi16(words, words);
  out[0] = _mm256_extract_epi32(clipped, 0);
  out[1] = _mm256_extract_epi32(clipped, 4);
  out[2] = _mm256_extract_epi32(clipped, 1);
  out[3] = _mm256_extract_epi32(clipped, 5);
}

TARGET static void horizontal(
    const cpixels_axis *axis, const uint8_t *in, size_t in_stride, size_t width, uint8_t *out,
    size_t out_stride, size_t rows) {
  const size_t outputs = axis->outputs, bytes = 3 * width;
  // From the first pixel on whose last load would end behind the row, loads are checked. Windows
  // move to the right only, but a later one may be shorter and end before: the search stops where
  // even the longest window would fit.
  const size_t longest = 12 * (groups_of(axis->taps) - 1) + 16;
  size_t inside = outputs;
  for (size_t x = outputs; x > 0 && 3 * (size_t)axis->first[x - 1] + longest > bytes; x--) {
    size_t groups = groups_of((size_t)axis->count[x - 1]);
    if (3 * (size_t)axis->first[x - 1] + 12 * (groups - 1) + 16 > bytes) inside = x - 1;
  }
  for (size_t y = 0; y < rows; y += 4) {
    const uint8_t *from[4];
    uint8_t *to[4];
    // Fewer than four rows: the last one again, to the same place.
    for (size_t r = 0; r < 4; r++) {
      size_t row = smaller(y + r, rows - 1);
      from[r] = in + row * in_stride;
      to[r] = out + row * out_stride;
    }
    int32_t pixels[4];
    // Four bytes are stored of each pixel but the last, the next pixel overwrites the fourth.
    size_t whole_stores = outputs - 1;
    for (size_t x = 0; x < smaller(inside, whole_stores); x++) {
      pixel(axis, x, from, bytes, true, pixels);
      for (int r = 0; r < 4; r++) memcpy(to[r] + 3 * x, &pixels[r], 4);
    }
    for (size_t x = smaller(inside, whole_stores); x < outputs; x++) {
      pixel(axis, x, from, bytes, x < inside, pixels);
      for (int r = 0; r < 4; r++) memcpy(to[r] + 3 * x, &pixels[r], 3);
    }
  }
}

// Thirty-two bytes of a row.
INLINE void columns(
    const uint32_t *pairs, const uint8_t *const *rows, size_t count, size_t x, uint8_t *out) {
  const __m256i zero = _mm256_setzero_si256();
  __m256i high[4], low[4];
  for (int i = 0; i < 4; i++) high[i] = low[i] = zero;
  for (size_t t = 0; t < count; t += 2) {
    __m256i a = _mm256_loadu_si256((const __m256i *)(rows[t] + x));
    __m256i b = _mm256_loadu_si256((const __m256i *)(rows[t + 1] + x));
    __m256i below = _mm256_unpacklo_epi8(a, b), above = _mm256_unpackhi_epi8(a, b);
    __m256i taps[4] = {
        _mm256_unpacklo_epi8(below, zero), _mm256_unpackhi_epi8(below, zero),
        _mm256_unpacklo_epi8(above, zero), _mm256_unpackhi_epi8(above, zero)};
    __m256i high_weights = _mm256_set1_epi32((int32_t)pairs[t]);
    __m256i low_weights = _mm256_set1_epi32((int32_t)pairs[t + 1]);
    for (int i = 0; i < 4; i++) {
      high[i] = add(high[i], _mm256_madd_epi16(taps[i], high_weights));
      low[i] = add(low[i], _mm256_madd_epi16(taps[i], low_weights));
    }
  }
  // Packing undoes what unpacking did to the order.
  __m256i below = _mm256_packs_epi32(whole(high[0], low[0]), whole(high[1], low[1]));
  __m256i above = _mm256_packs_epi32(whole(high[2], low[2]), whole(high[3], low[3]));
  _mm256_storeu_si256((__m256i *)(out + x), _mm256_packus_epi16(below, above));
}

TARGET static void vertical(
    const int32_t *weights, const uint8_t *const *rows, size_t count, size_t bytes, uint8_t *out,
    uint32_t *scratch) {
  if (bytes < 32) return cpixels_scalar.vertical(weights, rows, count, bytes, out, scratch);
  const uint32_t low_mask = (1 << LOW_BITS) - 1;
  for (size_t t = 0; t < count; t += 2) {
    uint32_t a = (uint32_t)weights[t], b = (uint32_t)weights[t + 1];
    scratch[t] = (uint32_t)(weights[t] >> LOW_BITS & 0xFFFF)
        | (uint32_t)(weights[t + 1] >> LOW_BITS) << 16;
    scratch[t + 1] = (a & low_mask) | (b & low_mask) << 16;
  }
  size_t x = 0;
  for (; x + 32 <= bytes; x += 32) columns(scratch, rows, count, x, out);
  // The last ones together with some that are there already.
  if (x < bytes) columns(scratch, rows, count, bytes - 32, out);
}

const cpixels_functions cpixels_avx2 = {.horizontal = horizontal, .vertical = vertical};

#else
// ISO C wants something in every file.
typedef int cpixels_avx2_is_absent;
#endif
