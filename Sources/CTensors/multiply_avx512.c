#include "bodies.h"

#if CTENSORS_HAS_X86

#define CTENSORS_LANES_AVX512

// 24 registers of sums, two of the panel, one of a.
#define TILE_ROWS 12
#include "multiply_blocks.h"

// How many rows of the panels are asked for ahead: 4 KiB, which memory needs.
enum { AHEAD = 32 };

INLINE void tile_of(
    const size_t rows, size_t k, const float *a, size_t a_stride, const float *b,
    const float *from, size_t from_stride, float *to, size_t to_stride) {
  __m512 sums[TILE_ROWS][2];
#pragma clang loop unroll(full)
  for (size_t r = 0; r < rows; r++) {
    sums[r][0] = _mm512_loadu_ps(from + r * from_stride);
    sums[r][1] = _mm512_loadu_ps(from + r * from_stride + 16);
  }
  // One pointer for three rows: a pointer for each would not fit into registers, and the compiler
  // must not know that they belong together.
  const float *thirds[(TILE_ROWS + 2) / 3];
#pragma clang loop unroll(full)
  for (size_t r = 0; r < rows; r += 3) {
    thirds[r / 3] = a + r * a_stride;
    __asm__("" : "+r"(thirds[r / 3]));
  }
#pragma clang loop unroll_count(4)
  for (size_t i = 0; i < k; i++) {
    const float *row = b + i * CTENSORS_PANEL;
    __m512 left = _mm512_loadu_ps(row), right = _mm512_loadu_ps(row + 16);
    _mm_prefetch((const char *)(row + AHEAD * CTENSORS_PANEL), _MM_HINT_T0);
    _mm_prefetch((const char *)(row + AHEAD * CTENSORS_PANEL + 16), _MM_HINT_T0);
#pragma clang loop unroll(full)
    for (size_t r = 0; r < rows; r++) {
      __m512 x = _mm512_set1_ps(thirds[r / 3][r % 3 * a_stride + i]);
      sums[r][0] = _mm512_fmadd_ps(x, left, sums[r][0]);
      sums[r][1] = _mm512_fmadd_ps(x, right, sums[r][1]);
    }
  }
#pragma clang loop unroll(full)
  for (size_t r = 0; r < rows; r++) {
    _mm512_storeu_ps(to + r * to_stride, sums[r][0]);
    _mm512_storeu_ps(to + r * to_stride + 16, sums[r][1]);
  }
}

#define TILE(ROWS)                                                                        \
  TARGET static void tile_##ROWS(                                                         \
      size_t k, const float *a, size_t a_stride, const float *b, const float *from,       \
      size_t from_stride, float *to, size_t to_stride) {                                  \
    tile_of(ROWS, k, a, a_stride, b, from, from_stride, to, to_stride);                   \
  }
TILE(1)
TILE(2)
TILE(3)
TILE(4)
TILE(5)
TILE(6)
TILE(7)
TILE(8)
TILE(9)
TILE(10)
TILE(11)
TILE(12)

static tile_function *const tiles[TILE_ROWS + 1] = {
  NULL,   tile_1, tile_2, tile_3,  tile_4,  tile_5, tile_6,
  tile_7, tile_8, tile_9, tile_10, tile_11, tile_12,
};

TARGET void ctensors_multiply_avx512(const ctensors_product *product) { multiply_in_blocks(product); }

#else
// ISO C wants something in every file.
typedef int ctensors_multiply_avx512_is_absent;
#endif
