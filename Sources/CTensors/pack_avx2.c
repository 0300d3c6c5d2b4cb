#include "bodies.h"

#if CTENSORS_HAS_X86

#include <immintrin.h>

#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)

// Eight numbers of each of eight rows become eight of each of eight columns, CTENSORS_PANEL apart.
static inline void transpose(const __m256 *rows, float *columns) {
  __m256 pairs[8], fours[8];
  for (size_t i = 0; i < 4; i++) {
    pairs[2 * i] = _mm256_unpacklo_ps(rows[2 * i], rows[2 * i + 1]);
    pairs[2 * i + 1] = _mm256_unpackhi_ps(rows[2 * i], rows[2 * i + 1]);
  }
  for (size_t i = 0; i < 2; i++) {
    for (size_t j = 0; j < 2; j++) {
      __m256 low = pairs[4 * i + j], high = pairs[4 * i + j + 2];
      fours[4 * i + 2 * j] = _mm256_shuffle_ps(low, high, _MM_SHUFFLE(1, 0, 1, 0));
      fours[4 * i + 2 * j + 1] = _mm256_shuffle_ps(low, high, _MM_SHUFFLE(3, 2, 3, 2));
    }
  }
  for (size_t i = 0; i < 4; i++) {
    _mm256_storeu_ps(
        columns + i * CTENSORS_PANEL, _mm256_permute2f128_ps(fours[i], fours[i + 4], 0x20));
    _mm256_storeu_ps(
        columns + (i + 4) * CTENSORS_PANEL, _mm256_permute2f128_ps(fours[i], fours[i + 4], 0x31));
  }
}

void ctensors_pack_avx2(
    size_t n, size_t k, const float *rows, size_t stride, float *panels) {
  for (size_t first = 0; first < n; first += 8) {
    float *panel = panels + first / CTENSORS_PANEL * CTENSORS_PANEL * k + first % CTENSORS_PANEL;
    const float *row = rows + first * stride;
    size_t i = 0, count = n - first < 8 ? n - first : 8;
    for (; i + 8 <= k; i += 8) {
      __m256 eight[8];
      for (size_t j = 0; j < 8; j++) {
        eight[j] = j < count ? _mm256_loadu_ps(row + j * stride + i) : _mm256_setzero_ps();
      }
      transpose(eight, panel + i * CTENSORS_PANEL);
    }
    for (; i < k; i++) {
      for (size_t j = 0; j < 8; j++) {
        panel[i * CTENSORS_PANEL + j] = j < count ? row[j * stride + i] : 0;
      }
    }
  }
  size_t filled = (n + 7) / 8 * 8 % CTENSORS_PANEL;
  if (filled == 0) return;
  float *last = panels + n / CTENSORS_PANEL * CTENSORS_PANEL * k;
  for (size_t i = 0; i < k; i++) {
    for (size_t j = filled; j < CTENSORS_PANEL; j++) last[i * CTENSORS_PANEL + j] = 0;
  }
}

void ctensors_pack_columns_avx2(
    size_t n, size_t k, const float *rows, size_t stride, float *panels) {
  size_t whole = n / CTENSORS_PANEL * CTENSORS_PANEL;
  for (size_t first = 0; first < whole; first += CTENSORS_PANEL) {
    for (size_t i = 0; i < k; i++) {
      const float *from = rows + i * stride + first;
      float *to = panels + first * k + i * CTENSORS_PANEL;
      for (size_t j = 0; j < CTENSORS_PANEL; j += 8) {
        _mm256_storeu_ps(to + j, _mm256_loadu_ps(from + j));
      }
    }
  }
  if (whole < n) {
    ctensors_pack_columns_scalar(n - whole, k, rows + whole, stride, panels + whole * k);
  }
}

#pragma clang attribute pop

// Packing waits for memory: wider registers bring nothing.
void ctensors_pack_avx512(
    size_t n, size_t k, const float *rows, size_t stride, float *panels) {
  ctensors_pack_avx2(n, k, rows, stride, panels);
}

void ctensors_pack_columns_avx512(
    size_t n, size_t k, const float *rows, size_t stride, float *panels) {
  ctensors_pack_columns_avx2(n, k, rows, stride, panels);
}

#else
// ISO C wants something in every file.
typedef int ctensors_pack_avx2_is_absent;
#endif
