#ifndef CTENSORS_LANE_FUNCTIONS_H
#define CTENSORS_LANE_FUNCTIONS_H

#include <math.h>

#include "ctensors.h"
#include "lanes.h"
#include "polynomials.h"

// exp, log and the activations of 16 numbers, step by step those of scalar_functions.h.

INLINE floats polynomial(const float *coefficients, int degree, floats x) {
  floats sum = all(coefficients[degree]);
  for (int i = degree - 1; i >= 0; i--) sum = fused(sum, x, all(coefficients[i]));
  return sum;
}

// x cut to an interval; NaN stays.
INLINE floats cut(floats x, float lowest, float highest) {
  x = choose(x < lowest, all(lowest), x);
  return choose(x > highest, all(highest), x);
}

INLINE floats exponential(floats x) {
  x = cut(x, CTENSORS_EXP_LOWEST, CTENSORS_EXP_HIGHEST);
  floats shifted = fused(x, all(CTENSORS_LOG2_E), all(CTENSORS_ROUNDER));
  floats n = shifted - CTENSORS_ROUNDER;
  floats r = fused(n, all(-CTENSORS_LN2_HIGH), x);
  r = fused(n, all(-CTENSORS_LN2_LOW), r);
  floats e = polynomial(ctensors_exp, 6, r);
#if defined(CTENSORS_LANES_AVX512)
  return (floats)_mm512_scalef_ps((__m512)e, (__m512)n);
#else
  integers exponent = (integers)shifted - (integers)all(CTENSORS_ROUNDER);
  integers half = exponent >> 1, rest = exponent - half;
  return e * (floats)((half + 127) << 23) * (floats)((rest + 127) << 23);
#endif
}

// Of 0 ≤ x ≤ 1 and of NaN.
INLINE floats logarithm(floats x) {
  integers is_subnormal = x < 0x1p-126f;
  integers bits = (integers)choose(is_subnormal, x * 0x1p23f, x);
  integers exponent = (bits - (integers)all(0x1.6a09e6p-1f)) >> 23;
  floats f = (floats)(bits - (exponent << 23)) - 1;
  floats n = __builtin_convertvector(exponent - (is_subnormal & 23), floats);
  floats square = f * f;
  floats rest = fused(f * square, polynomial(ctensors_log, 7, f), -0.5f * square);
  rest = fused(n, all(CTENSORS_LN2_LOW), rest);
  floats y = fused(n, all(CTENSORS_LN2_HIGH), f + rest);
  return choose(x != x, x, choose(x == 0, all(-INFINITY), y));
}

INLINE floats gelu(floats x) {
  floats size = __builtin_elementwise_abs(x);
  size = choose(size > CTENSORS_NORMAL_END, all(CTENSORS_NORMAL_END), size);
  floats ratio = polynomial(ctensors_normal_p, 4, size) / polynomial(ctensors_normal_q, 5, size);
  floats tail = exponential(-0.5f * (size * size)) * ratio;
  return x * choose(x < 0, tail, 1 - tail);
}

INLINE floats quick_gelu(floats x) { return x / (1 + exponential(-1.702f * x)); }

// A NaN stays one.
INLINE floats relu(floats x) { return choose(x < 0, all(0), x); }

// What follows a product: 16 results of it.
INLINE floats activated(floats x, ctensors_activation activation) {
  switch (activation) {
    case CTENSORS_GELU:
      return gelu(x);
    case CTENSORS_QUICK_GELU:
      return quick_gelu(x);
    case CTENSORS_RELU:
      return relu(x);
    default:
      return x;
  }
}

#endif
