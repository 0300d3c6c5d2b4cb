#include "peak.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define SUMS 12

// s = c - s·s wanders through its interval for ever: numbers that settle switch fewer transistors, and
// a processor then runs faster than any product lets it.
static const float start[16] = {0.11f, 0.23f, 0.31f, 0.43f, 0.53f, 0.61f, 0.71f, 0.83f,
                                0.97f, 1.03f, 1.13f, 1.27f, 1.39f, 1.49f, 1.57f, 1.63f};

__attribute__((target("avx2,fma"))) double peak_avx2(size_t steps) {
  __m256 sums[SUMS], c = _mm256_set1_ps(1.91f);
  for (int i = 0; i < SUMS; i++) {
    sums[i] = _mm256_mul_ps(_mm256_loadu_ps(start), _mm256_set1_ps(1 - 0.01f * (float)i));
  }
  for (size_t step = 0; step < steps; step++) {
#pragma clang loop unroll(full)
    for (int i = 0; i < SUMS; i++) sums[i] = _mm256_fnmadd_ps(sums[i], sums[i], c);
  }
  for (int i = 0; i < SUMS; i++) __asm__ volatile("" : : "x"(sums[i]));
  return (double)steps * SUMS * 16;
}

__attribute__((target("avx512f"))) double peak_avx512(size_t steps) {
  __m512 sums[SUMS], c = _mm512_set1_ps(1.91f);
  for (int i = 0; i < SUMS; i++) {
    sums[i] = _mm512_mul_ps(_mm512_loadu_ps(start), _mm512_set1_ps(1 - 0.01f * (float)i));
  }
  for (size_t step = 0; step < steps; step++) {
#pragma clang loop unroll(full)
    for (int i = 0; i < SUMS; i++) sums[i] = _mm512_fnmadd_ps(sums[i], sums[i], c);
  }
  for (int i = 0; i < SUMS; i++) __asm__ volatile("" : : "v"(sums[i]));
  return (double)steps * SUMS * 32;
}

__attribute__((target("avx2"))) float peak_read(const float *floats, size_t count) {
  __m256 sums[4] = {_mm256_setzero_ps()};
  for (size_t i = 0; i + 32 <= count; i += 32) {
    for (size_t j = 0; j < 4; j++) {
      sums[j] = _mm256_add_ps(sums[j], _mm256_loadu_ps(floats + i + 8 * j));
    }
    __builtin_prefetch(floats + i + 1024);
    __builtin_prefetch(floats + i + 1040);
  }
  __m256 sum = _mm256_add_ps(_mm256_add_ps(sums[0], sums[1]), _mm256_add_ps(sums[2], sums[3]));
  return _mm256_cvtss_f32(sum);
}

#else

double peak_avx2(size_t steps) { return (void)steps, 0; }
double peak_avx512(size_t steps) { return (void)steps, 0; }
float peak_read(const float *floats, size_t count) {
  float sum = 0;
  for (size_t i = 0; i < count; i++) sum += floats[i];
  return sum;
}

#endif
