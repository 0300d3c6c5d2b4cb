#ifndef CTENSORS_SCALAR_FUNCTIONS_H
#define CTENSORS_SCALAR_FUNCTIONS_H

#include <math.h>
#include <string.h>

#include "ctensors.h"
#include "polynomials.h"

// exp, log and the activations of one number: the truth that the vectors of lane_functions.h follow
// step by step.

#pragma clang fp contract(off)

static inline float float_of_bits(int32_t bits) {
  float x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

static inline int32_t bits_of_float(float x) {
  int32_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

static inline float polynomial(const float *coefficients, int degree, float x) {
  float sum = coefficients[degree];
  for (int i = degree - 1; i >= 0; i--) sum = fmaf(sum, x, coefficients[i]);
  return sum;
}

static inline float exponential(float x) {
  // Comparisons that leave a NaN as it is.
  x = x < CTENSORS_EXP_LOWEST ? CTENSORS_EXP_LOWEST : x;
  x = x > CTENSORS_EXP_HIGHEST ? CTENSORS_EXP_HIGHEST : x;
  float shifted = fmaf(x, CTENSORS_LOG2_E, CTENSORS_ROUNDER);
  float n = shifted - CTENSORS_ROUNDER;
  float r = fmaf(n, -CTENSORS_LN2_HIGH, x);
  r = fmaf(n, -CTENSORS_LN2_LOW, r);
  float e = polynomial(ctensors_exp, 6, r);
  if (x != x) return e;
  // In two steps: 2^n may lie outside of float32's normal numbers where e·2^n does not.
  int32_t exponent = bits_of_float(shifted) - bits_of_float(CTENSORS_ROUNDER);
  int32_t half = exponent >> 1, rest = exponent - half;
  return e * float_of_bits((half + 127) << 23) * float_of_bits((rest + 127) << 23);
}

// Of 0 ≤ x ≤ 1 and of NaN.
static inline float logarithm(float x) {
  if (x != x) return x;
  if (x == 0) return -INFINITY;
  bool is_subnormal = x < 0x1p-126f;
  int32_t bits = bits_of_float(is_subnormal ? x * 0x1p23f : x);
  int32_t exponent = (bits - bits_of_float(0x1.6a09e6p-1f)) >> 23;
  float f = float_of_bits(bits - exponent * (1 << 23)) - 1;
  float n = (float)(exponent - (is_subnormal ? 23 : 0));
  float square = f * f;
  float rest = fmaf(f * square, polynomial(ctensors_log, 7, f), -0.5f * square);
  rest = fmaf(n, CTENSORS_LN2_LOW, rest);
  return fmaf(n, CTENSORS_LN2_HIGH, f + rest);
}

static inline float gelu(float x) {
  float size = fabsf(x) > CTENSORS_NORMAL_END ? CTENSORS_NORMAL_END : fabsf(x);
  float ratio = polynomial(ctensors_normal_p, 4, size) / polynomial(ctensors_normal_q, 5, size);
  float tail = exponential(-0.5f * (size * size)) * ratio;
  return x * (x < 0 ? tail : 1 - tail);
}

static inline float quick_gelu(float x) { return x / (1 + exponential(-1.702f * x)); }

// A NaN stays one.
static inline float relu(float x) { return x < 0 ? 0 : x; }

static inline float activated(float x, ctensors_activation activation) {
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
