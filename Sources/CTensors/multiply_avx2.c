#include "bodies.h"

#if CTENSORS_HAS_X86

#include <immintrin.h>

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

// 12 registers of sums, two of a half panel, one of a.
#define TILE_ROWS 6
#include "multiply_blocks.h"

// How many rows of the panels are asked for ahead: 4 KiB, which memory needs.
enum { AHEAD = 32 };

// 16 of the columns.
static inline __attribute__((always_inline)) void half_tile_of(
    const size_t rows, size_t k, const float *a, size_t a_stride, const float *b,
    const float *from, size_t from_stride, float *to, size_t to_stride) {
  __m256 sums[TILE_ROWS][2];
#pragma clang loop unroll(full)
  for (size_t r = 0; r < rows; r++) {
    sums[r][0] = _mm256_loadu_ps(from + r * from_stride);
    sums[r][1] = _mm256_loadu_ps(from + r * from_stride + 8);
  }
  // One pointer for three rows, as in the other body.
  const float *thirds[(TILE_ROWS + 2) / 3];
#pragma clang loop unroll(full)
  for (size_t r = 0; r < rows; r += 3) {
    thirds[r / 3] = a + r * a_stride;
    __asm__("" : "+r"(thirds[r / 3]));
  }
#pragma clang loop unroll_count(4)
  for (size_t i = 0; i < k; i++) {
    const float *row = b + i * CTENSORS_PANEL;
    __m256 left = _mm256_loadu_ps(row), right = _mm256_loadu_ps(row + 8);
    _mm_prefetch((const char *)(row + AHEAD * CTENSORS_PANEL), _MM_HINT_T0);
#pragma clang loop unroll(full)
    for (size_t r = 0; r < rows; r++) {
      __m256 x = _mm256_broadcast_ss(thirds[r / 3] + r % 3 * a_stride + i);
      sums[r][0] = _mm256_fmadd_ps(x, left, sums[r][0]);
      sums[r][1] = _mm256_fmadd_ps(x, right, sums[r][1]);
    }
  }
#pragma clang loop unroll(full)
  for (size_t r = 0; r < rows; r++) {
    _mm256_storeu_ps(to + r * to_stride, sums[r][0]);
    _mm256_storeu_ps(to + r * to_stride + 8, sums[r][1]);
  }
}

#define TILE(ROWS)                                                                        \
  static void tile_##ROWS(                                                                \
      size_t k, const float *a, size_t a_stride, const float *b, const float *from,       \
      size_t from_stride, float *to, size_t to_stride) {                                  \
    half_tile_of(ROWS, k, a, a_stride, b, from, from_stride, to, to_stride);              \
    half_tile_of(                                                                         \
        ROWS, k, a, a_stride, b + 16, from + 16, from_stride, to + 16, to_stride);        \
  }
TILE(1)
TILE(2)
TILE(3)
TILE(4)
TILE(5)
TILE(6)

static tile_function *const tiles[TILE_ROWS + 1] = {
  NULL, tile_1, tile_2, tile_3, tile_4, tile_5, tile_6,
};

void ctensors_multiply_avx2(const ctensors_product *product) { multiply_in_blocks(product); }

#pragma clang attribute pop

#else
// ISO C wants something in every file.
typedef int ctensors_multiply_avx2_is_absent;
#endif
