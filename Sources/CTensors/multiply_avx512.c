#include "bodies.h"

#if CTENSORS_HAS_X86

#define CTENSORS_LANES_AVX512

// 24 registers of sums, two of the panel, one of a.
#define TILE_ROWS 12
#include "multiply_blocks.h"

// One row of the panel to the sums: of each row of the tile the number `step` on.
INLINE void add_step(
    const size_t rows, __m512 (*sums)[2], const float *const *thirds, size_t a_stride, size_t step,
    const float *b) {
  __m512 left = _mm512_loadu_ps(b), right = _mm512_loadu_ps(b + 16);
#pragma clang loop unroll(full)
  for (size_t r = 0; r < rows; r++) {
    __m512 x = _mm512_set1_ps(thirds[r / 3][r % 3 * a_stride + step]);
    sums[r][0] = _mm512_fmadd_ps(x, left, sums[r][0]);
    sums[r][1] = _mm512_fmadd_ps(x, right, sums[r][1]);
  }
}

INLINE void tile_of(const size_t rows, const stretch *t) {
  __m512 sums[TILE_ROWS][2];
#pragma clang loop unroll(full)
  for (size_t r = 0; r < rows; r++) {
    sums[r][0] = _mm512_loadu_ps(t->from + r * t->from_stride);
    sums[r][1] = _mm512_loadu_ps(t->from + r * t->from_stride + 16);
  }
  // One pointer for three rows, as a pointer for each does not fit into registers.
  const float *thirds[(TILE_ROWS + 2) / 3], *b = t->b, *ahead = t->ahead;
  const size_t k = t->k, a_stride = t->a_stride, ahead_step = t->ahead_step;
#pragma clang loop unroll(full)
  for (size_t r = 0; r < rows; r += 3) thirds[r / 3] = t->a + r * a_stride;
  enum { AT_ONCE = 4 };
  size_t i = 0;
  for (; i + AT_ONCE <= k; i += AT_ONCE) {
#pragma clang loop unroll(full)
    for (size_t step = 0; step < AT_ONCE; step++) {
      _mm_prefetch((const char *)ahead, _MM_HINT_T0);
      _mm_prefetch((const char *)(ahead + 16), _MM_HINT_T0);
      ahead += ahead_step;
      add_step(rows, sums, thirds, a_stride, step, b + step * CTENSORS_PANEL);
    }
    b += AT_ONCE * CTENSORS_PANEL;
#pragma clang loop unroll(full)
    for (size_t r = 0; r < rows; r += 3) {
      thirds[r / 3] += AT_ONCE;
      // Else the compiler makes pointers of all rows again.
      __asm__("" : "+r"(thirds[r / 3]));
    }
  }
  for (; i < k; i++) {
    add_step(rows, sums, thirds, a_stride, 0, b);
    b += CTENSORS_PANEL;
#pragma clang loop unroll(full)
    for (size_t r = 0; r < rows; r += 3) thirds[r / 3]++;
  }
#pragma clang loop unroll(full)
  for (size_t r = 0; r < rows; r++) {
    _mm512_storeu_ps(t->to + r * t->to_stride, sums[r][0]);
    _mm512_storeu_ps(t->to + r * t->to_stride + 16, sums[r][1]);
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
