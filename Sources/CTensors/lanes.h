#ifndef CTENSORS_LANES_H
#define CTENSORS_LANES_H

#include <immintrin.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

// 16 floats side by side, in one register or in two. A file that includes this has defined
// CTENSORS_LANES_AVX2 or CTENSORS_LANES_AVX512 before.

#pragma clang fp contract(off)
// Vectors wider than a register are passed to functions that are always inlined only.
#pragma clang diagnostic ignored "-Wpsabi"

#if defined(CTENSORS_LANES_AVX512)
#define TARGET __attribute__((target("avx2,fma,avx512f,avx512bw,avx512dq,avx512vl")))
#else
#define TARGET __attribute__((target("avx2,fma")))
#endif
// Not every file needs all of them.
#define INLINE TARGET __attribute__((always_inline, unused)) static inline

typedef float floats __attribute__((vector_size(64)));
typedef int32_t integers __attribute__((vector_size(64)));

INLINE floats all(float x) { return (floats){x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x}; }

INLINE floats load(const float *from) {
  floats x;
  memcpy(&x, from, sizeof x);
  return x;
}

INLINE void store(float *to, floats x) { memcpy(to, &x, sizeof x); }

// x·y + z, rounded once.
INLINE floats fused(floats x, floats y, floats z) { return __builtin_elementwise_fma(x, y, z); }

// Per lane, the first where the mask is −1, the second where it is 0.
INLINE floats choose(integers mask, floats yes, floats no) {
  return (floats)((mask & (integers)yes) | (~mask & (integers)no));
}

INLINE integers first_lanes(size_t count) {
  const integers index = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  return index < (int32_t)count;
}

// The first lanes, fewer than 16; the others are zero and not read.
INLINE floats load_first(const float *from, size_t count) {
#if defined(CTENSORS_LANES_AVX512)
  return (floats)_mm512_maskz_loadu_ps((__mmask16)((1u << count) - 1), from);
#else
  union { integers all; __m256i halves[2]; } mask = {first_lanes(count)};
  union { __m256 halves[2]; floats all; } x;
  x.halves[0] = _mm256_maskload_ps(from, mask.halves[0]);
  x.halves[1] = _mm256_maskload_ps(from + 8, mask.halves[1]);
  return x.all;
#endif
}

INLINE void store_first(float *to, size_t count, floats x) {
#if defined(CTENSORS_LANES_AVX512)
  _mm512_mask_storeu_ps(to, (__mmask16)((1u << count) - 1), (__m512)x);
#else
  union { integers all; __m256i halves[2]; } mask = {first_lanes(count)};
  union { floats all; __m256 halves[2]; } y = {x};
  _mm256_maskstore_ps(to, mask.halves[0], y.halves[0]);
  _mm256_maskstore_ps(to + 8, mask.halves[1], y.halves[1]);
#endif
}

// The sum of all lanes, pairwise: i + 8, i + 4, i + 2, i + 1.
INLINE float total(floats x) {
  x += __builtin_shufflevector(x, x, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7);
  x += __builtin_shufflevector(x, x, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3);
  x += __builtin_shufflevector(x, x, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1);
  x += __builtin_shufflevector(x, x, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0);
  return x[0];
}

#endif
