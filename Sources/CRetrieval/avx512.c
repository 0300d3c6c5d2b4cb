#include "bodies.h"

#if CRETRIEVAL_HAS_X86

#include <immintrin.h>

#define TARGET __attribute__((target("avx512f")))
#define INLINE __attribute__((target("avx512f"), always_inline)) static inline

INLINE __mmask16 first_lanes(size_t count) {
  return count < 16 ? (__mmask16)((1u << count) - 1) : (__mmask16)0xFFFF;
}

INLINE __m512 load(__mmask16 lanes, const void *scores, size_t index) {
  return _mm512_maskz_loadu_ps(lanes, (const char *)scores + 4 * index);
}

typedef struct {
  __m512i greater, equal;
  __mmask16 nan;
} counts;

// Counts the scores from one index up to another.
INLINE counts count_span(const void *row, size_t from, size_t to, float truth) {
  const __m512 t = _mm512_set1_ps(truth);
  const __m512i one = _mm512_set1_epi32(1);
  counts c = {_mm512_setzero_si512(), _mm512_setzero_si512(), 0};
  for (size_t i = from; i < to; i += 16) {
    __mmask16 lanes = first_lanes(to - i);
    __m512 x = load(lanes, row, i);
    __mmask16 greater = _mm512_mask_cmp_ps_mask(lanes, x, t, _CMP_GT_OQ);
    __mmask16 equal = _mm512_mask_cmp_ps_mask(lanes, x, t, _CMP_EQ_OQ);
    c.greater = _mm512_mask_add_epi32(c.greater, greater, c.greater, one);
    c.equal = _mm512_mask_add_epi32(c.equal, equal, c.equal, one);
    c.nan |= _mm512_cmp_ps_mask(x, x, _CMP_UNORD_Q);
  }
  return c;
}

TARGET static bool row(
    const void *row, size_t count, float truth, size_t place, uint32_t *ahead, uint32_t *equal) {
  size_t middle = place < count ? place : count;
  counts before = count_span(row, 0, middle, truth);
  counts after = count_span(row, middle, count, truth);
  uint32_t greater = (uint32_t)_mm512_reduce_add_epi32(
      _mm512_add_epi32(before.greater, after.greater));
  uint32_t equal_after = (uint32_t)_mm512_reduce_add_epi32(after.equal);
  *equal = (uint32_t)_mm512_reduce_add_epi32(before.equal) + equal_after;
  // The candidate itself is the first of the second span, and equal to the truth.
  bool is_there = place < count && score_at(row, place) == truth;
  *ahead = greater + equal_after - (is_there ? 1 : 0);
  return (before.nan | after.nan) != 0;
}

TARGET static void columns(
    const void *scores, size_t stride, size_t rows, size_t columns, size_t first,
    const float *truth, const int32_t *place, uint32_t *ahead, uint32_t *equal) {
  const __m512i one = _mm512_set1_epi32(1);
  for (size_t c = 0; c < columns; c += 16) {
    __mmask16 lanes = first_lanes(columns - c);
    __m512 t = load(lanes, truth, c);
    __m512i p = _mm512_maskz_loadu_epi32(lanes, place + c);
    __m512i a = _mm512_maskz_loadu_epi32(lanes, ahead + c);
    __m512i e = _mm512_maskz_loadu_epi32(lanes, equal + c);
    for (size_t r = 0; r < rows; r++) {
      __m512 x = load(lanes, row_at(scores, stride, r), c);
      __m512i index = _mm512_set1_epi32((int32_t)(first + r));
      __mmask16 greater = _mm512_cmp_ps_mask(x, t, _CMP_GT_OQ);
      __mmask16 same = _mm512_cmp_ps_mask(x, t, _CMP_EQ_OQ);
      __mmask16 before = greater | _mm512_mask_cmpgt_epi32_mask(same, index, p);
      a = _mm512_mask_add_epi32(a, before, a, one);
      e = _mm512_mask_add_epi32(e, same, e, one);
    }
    _mm512_mask_storeu_epi32(ahead + c, lanes, a);
    _mm512_mask_storeu_epi32(equal + c, lanes, e);
  }
}

TARGET static void best_of_row(
    const void *row, size_t count, const cretrieval_best *best, size_t query) {
  for (size_t i = 0; i < count; i += 16) {
    __mmask16 lanes = first_lanes(count - i);
    __m512 bound = _mm512_set1_ps(best->bound[query]);
    unsigned found = _mm512_mask_cmp_ps_mask(lanes, load(lanes, row, i), bound, _CMP_GE_OQ);
    for (; found != 0; found &= found - 1) {
      size_t place = i + (size_t)__builtin_ctz(found);
      best_add(best, query, score_at(row, place), (uint32_t)place);
    }
  }
}

TARGET static void best_of_columns(
    const void *scores, size_t stride, size_t rows, size_t columns, size_t first,
    const cretrieval_best *best) {
  for (size_t c = 0; c < columns; c += 16) {
    __mmask16 lanes = first_lanes(columns - c);
    __m512 bound = load(lanes, best->bound, c);
    for (size_t r = 0; r < rows; r++) {
      const void *row = row_at(scores, stride, r);
      unsigned found = _mm512_mask_cmp_ps_mask(lanes, load(lanes, row, c), bound, _CMP_GE_OQ);
      if (found == 0) continue;
      for (; found != 0; found &= found - 1) {
        size_t query = c + (size_t)__builtin_ctz(found);
        best_add(best, query, score_at(row, query), (uint32_t)(first + r));
      }
      bound = load(lanes, best->bound, c);
    }
  }
}

const cretrieval_functions cretrieval_avx512 = {row, columns, best_of_row, best_of_columns};

#else
// ISO C wants something in every file.
typedef int cretrieval_avx512_is_absent;
#endif
