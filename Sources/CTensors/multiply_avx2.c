#include "bodies.h"

#if CTENSORS_HAS_X86

#define CTENSORS_LANES_AVX2

// 12 registers of sums, two of a half panel, one of a.
#define TILE_ROWS 6
#include "multiply_blocks.h"

// Some of the columns, from one on: all, or half of them.
INLINE void part_of_tile(
    const size_t rows, const size_t first, const size_t columns, const stretch *t) {
  __m256 sums[TILE_ROWS][CTENSORS_PANEL / 8], of_b[CTENSORS_PANEL / 8];
#pragma clang loop unroll(full)
  for (size_t r = 0; r < rows; r++) {
#pragma clang loop unroll(full)
    for (size_t j = 0; j < columns / 8; j++) {
      sums[r][j] = _mm256_loadu_ps(t->from + r * t->from_stride + first + 8 * j);
    }
  }
  // One pointer for three rows, as in the other body.
  const float *thirds[(TILE_ROWS + 2) / 3], *b = t->b + first;
  const size_t k = t->k, a_stride = t->a_stride;
  // A half of the columns asks for a half.
  const size_t ahead_step = t->ahead_step * columns / CTENSORS_PANEL;
  const float *ahead = t->ahead + first / columns * k * ahead_step;
#pragma clang loop unroll(full)
  for (size_t r = 0; r < rows; r += 3) {
    thirds[r / 3] = t->a + r * a_stride;
    __asm__("" : "+r"(thirds[r / 3]));
  }
#pragma clang loop unroll_count(4)
  for (size_t i = 0; i < k; i++) {
    const float *row = b + i * CTENSORS_PANEL;
#pragma clang loop unroll(full)
    for (size_t j = 0; j < columns / 8; j++) {
      of_b[j] = _mm256_loadu_ps(row + 8 * j);
      if (j % 2 == 0) _mm_prefetch((const char *)(ahead + 8 * j), _MM_HINT_T0);
    }
    ahead += ahead_step;
#pragma clang loop unroll(full)
    for (size_t r = 0; r < rows; r++) {
      __m256 x = _mm256_broadcast_ss(thirds[r / 3] + r % 3 * a_stride + i);
#pragma clang loop unroll(full)
      for (size_t j = 0; j < columns / 8; j++) {
        sums[r][j] = _mm256_fmadd_ps(x, of_b[j], sums[r][j]);
      }
    }
    // Loads of the next step stay behind the last sums: others would be spilled for them.
#pragma clang loop unroll(full)
    for (size_t j = 0; j < columns / 8; j++) {
      __asm__ volatile("" : "+x"(sums[rows - 1][j]) : : "memory");
    }
  }
#pragma clang loop unroll(full)
  for (size_t r = 0; r < rows; r++) {
#pragma clang loop unroll(full)
    for (size_t j = 0; j < columns / 8; j++) {
      _mm256_storeu_ps(t->to + r * t->to_stride + first + 8 * j, sums[r][j]);
    }
  }
}

// Few rows have sums of all columns at once, more of them one half after the other.
INLINE void tile_of(const size_t rows, const stretch *t) {
  if (rows <= 2) {
    part_of_tile(rows, 0, CTENSORS_PANEL, t);
  } else {
    part_of_tile(rows, 0, CTENSORS_PANEL / 2, t);
    part_of_tile(rows, CTENSORS_PANEL / 2, CTENSORS_PANEL / 2, t);
  }
}

#define TILE(ROWS) \
  TARGET static void tile_##ROWS(const stretch *t) { tile_of(ROWS, t); }
TILE(1)
TILE(2)
TILE(3)
TILE(4)
TILE(5)
TILE(6)

static tile_function *const tiles[TILE_ROWS + 1] = {
  NULL, tile_1, tile_2, tile_3, tile_4, tile_5, tile_6,
};

TARGET void ctensors_multiply_avx2(const ctensors_product *product) { multiply_in_blocks(product); }

#else
// ISO C wants something in every file.
typedef int ctensors_multiply_avx2_is_absent;
#endif
