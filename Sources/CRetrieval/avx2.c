#include "bodies.h"

#if CRETRIEVAL_HAS_X86

#include <immintrin.h>

#define TARGET __attribute__((target("avx2")))
#define INLINE __attribute__((target("avx2"), always_inline)) static inline

INLINE __m256 load(const void *scores, size_t index) {
  return _mm256_loadu_ps((const float *)((const char *)scores + 4 * index));
}

INLINE __m256i load_integers(const void *numbers, size_t index) {
  return _mm256_loadu_si256((const __m256i *)((const char *)numbers + 4 * index));
}

// A comparison's true lanes are -1.
INLINE __m256i compare_greater(__m256 a, __m256 b) {
  return _mm256_castps_si256(_mm256_cmp_ps(a, b, _CMP_GT_OQ));
}

INLINE __m256i compare_equal(__m256 a, __m256 b) {
  return _mm256_castps_si256(_mm256_cmp_ps(a, b, _CMP_EQ_OQ));
}

INLINE uint32_t sum(__m256i lanes) {
  uint32_t numbers[8], total = 0;
  _mm256_storeu_si256((__m256i *)numbers, lanes);
  for (int i = 0; i < 8; i++) total += numbers[i];
  return total;
}

typedef struct {
  uint32_t greater, equal;
  bool has_nan;
} counts;

// Counts the scores from one index up to another.
INLINE counts count_span(const void *row, size_t from, size_t to, float truth) {
  const __m256 t = _mm256_set1_ps(truth);
  __m256i greater = _mm256_setzero_si256(), equal = _mm256_setzero_si256();
  __m256 nan = _mm256_setzero_ps();
  size_t i = from;
  for (; i + 8 <= to; i += 8) {
    __m256 x = load(row, i);
    greater = _mm256_sub_epi32(greater, compare_greater(x, t));
    equal = _mm256_sub_epi32(equal, compare_equal(x, t));
    nan = _mm256_or_ps(nan, _mm256_cmp_ps(x, x, _CMP_UNORD_Q));
  }
  counts c = {sum(greater), sum(equal), _mm256_movemask_ps(nan) != 0};
  for (; i < to; i++) {
    float score = score_at(row, i);
    c.greater += score > truth;
    c.equal += score == truth;
    c.has_nan |= score != score;
  }
  return c;
}

TARGET static bool row(
    const void *row, size_t count, float truth, size_t place, uint32_t *ahead, uint32_t *equal) {
  size_t middle = place < count ? place : count;
  counts before = count_span(row, 0, middle, truth);
  counts after = count_span(row, middle, count, truth);
  *equal = before.equal + after.equal;
  // The candidate itself is the first of the second span, and equal to the truth.
  bool is_there = place < count && score_at(row, place) == truth;
  *ahead = before.greater + after.greater + after.equal - (is_there ? 1 : 0);
  return before.has_nan || after.has_nan;
}

TARGET static void columns(
    const void *scores, size_t stride, size_t rows, size_t columns, size_t first,
    const float *truth, const int32_t *place, uint32_t *ahead, uint32_t *equal) {
  size_t c = 0;
  for (; c + 8 <= columns; c += 8) {
    __m256 t = load(truth, c);
    __m256i p = load_integers(place, c);
    __m256i a = load_integers(ahead, c);
    __m256i e = load_integers(equal, c);
    for (size_t r = 0; r < rows; r++) {
      __m256 x = load(row_at(scores, stride, r), c);
      __m256i index = _mm256_set1_epi32((int32_t)(first + r));
      __m256i same = compare_equal(x, t);
      __m256i after = _mm256_and_si256(same, _mm256_cmpgt_epi32(index, p));
      a = _mm256_sub_epi32(a, _mm256_or_si256(compare_greater(x, t), after));
      e = _mm256_sub_epi32(e, same);
    }
    _mm256_storeu_si256((__m256i *)(ahead + c), a);
    _mm256_storeu_si256((__m256i *)(equal + c), e);
  }
  if (c < columns) {
    cretrieval_scalar.columns(
        (const char *)scores + 4 * c, stride, rows, columns - c, first, truth + c, place + c,
        ahead + c, equal + c);
  }
}

TARGET static void best_of_row(
    const void *row, size_t count, const cretrieval_best *best, size_t query) {
  size_t i = 0;
  for (; i + 8 <= count; i += 8) {
    __m256 bound = _mm256_set1_ps(best->bound[query]);
    unsigned found = (unsigned)_mm256_movemask_ps(_mm256_cmp_ps(load(row, i), bound, _CMP_GE_OQ));
    for (; found != 0; found &= found - 1) {
      size_t place = i + (size_t)__builtin_ctz(found);
      best_add(best, query, score_at(row, place), (uint32_t)place);
    }
  }
  for (; i < count; i++) {
    float score = score_at(row, i);
    if (score >= best->bound[query]) best_add(best, query, score, (uint32_t)i);
  }
}

TARGET static void best_of_columns(
    const void *scores, size_t stride, size_t rows, size_t columns, size_t first,
    const cretrieval_best *best) {
  size_t c = 0;
  for (; c + 8 <= columns; c += 8) {
    __m256 bound = load(best->bound, c);
    for (size_t r = 0; r < rows; r++) {
      const void *row = row_at(scores, stride, r);
      unsigned found =
          (unsigned)_mm256_movemask_ps(_mm256_cmp_ps(load(row, c), bound, _CMP_GE_OQ));
      if (found == 0) continue;
      for (; found != 0; found &= found - 1) {
        size_t query = c + (size_t)__builtin_ctz(found);
        best_add(best, query, score_at(row, query), (uint32_t)(first + r));
      }
      bound = load(best->bound, c);
    }
  }
  for (; c < columns; c++) {
    for (size_t r = 0; r < rows; r++) {
      float score = score_at(row_at(scores, stride, r), c);
      if (score >= best->bound[c]) best_add(best, c, score, (uint32_t)(first + r));
    }
  }
}

const cretrieval_functions cretrieval_avx2 = {row, columns, best_of_row, best_of_columns};

#else
// ISO C wants something in every file.
typedef int cretrieval_avx2_is_absent;
#endif
