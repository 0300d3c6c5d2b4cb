#include "ctensors.h"

#include "bodies.h"

bool ctensors_has(ctensors_body body) {
  switch (body) {
    case CTENSORS_FASTEST:
    case CTENSORS_SCALAR:
      return true;
#if CTENSORS_HAS_X86
    case CTENSORS_AVX2:
      return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    case CTENSORS_AVX512:
      // Its files are compiled for AVX2 and FMA, too.
      return ctensors_has(CTENSORS_AVX2) && __builtin_cpu_supports("avx512f") &&
             __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
             __builtin_cpu_supports("avx512vl");
#endif
    default:
      return false;
  }
}

static const ctensors_functions *functions_of(ctensors_body body) {
#if CTENSORS_HAS_X86
  bool any = body == CTENSORS_FASTEST;
  if ((any || body == CTENSORS_AVX512) && ctensors_has(CTENSORS_AVX512)) return &ctensors_avx512;
  if ((any || body == CTENSORS_AVX2) && ctensors_has(CTENSORS_AVX2)) return &ctensors_avx2;
#endif
  (void)body;
  return &ctensors_scalar;
}

void ctensors_pack(
    ctensors_body body, size_t n, size_t k, const float *rows, size_t stride, float *panels) {
  functions_of(body)->pack(n, k, rows, stride, panels);
}

void ctensors_pack_columns(
    ctensors_body body, size_t n, size_t k, const float *rows, size_t stride, float *panels) {
  functions_of(body)->pack_columns(n, k, rows, stride, panels);
}

void ctensors_multiply(ctensors_body body, const ctensors_product *product) {
  functions_of(body)->multiply(product);
}

void ctensors_exponentials(
    ctensors_body body, size_t rows, size_t n, float scale, float *x, size_t stride, float *sums) {
  functions_of(body)->exponentials(rows, n, scale, x, stride, sums);
}

void ctensors_divide_rows(
    ctensors_body body, size_t rows, size_t n, const float *divisors, float *x, size_t stride) {
  functions_of(body)->divide_rows(rows, n, divisors, x, stride);
}

void ctensors_layer_norm(
    ctensors_body body, size_t rows, size_t n, const float *x, size_t x_stride, const float *weight,
    const float *bias, float epsilon, float *y, size_t y_stride) {
  functions_of(body)->layer_norm(rows, n, x, x_stride, weight, bias, epsilon, y, y_stride);
}

void ctensors_log_probabilities(
    ctensors_body body, size_t rows, size_t n, const float *x, size_t x_stride, float *y,
    size_t y_stride) {
  functions_of(body)->log_probabilities(rows, n, x, x_stride, y, y_stride);
}

void ctensors_activate(
    ctensors_body body, size_t rows, size_t n, ctensors_activation activation, float *x,
    size_t stride) {
  functions_of(body)->activate(rows, n, activation, x, stride);
}

void ctensors_add(ctensors_body body, size_t count, const float *x, float *y) {
  functions_of(body)->add(count, x, y);
}

float ctensors_dot(ctensors_body body, size_t n, const float *x, const float *y) {
  return functions_of(body)->dot(n, x, y);
}

void ctensors_attend_rows(
    ctensors_body body, size_t heads, size_t depth, float scale, const float *query,
    const float *keys, size_t key_stride, const float *values, size_t value_stride,
    const uint32_t *rows, size_t count, float *scratch, float *output) {
  functions_of(body)->attend_rows(
      heads, depth, scale, query, keys, key_stride, values, value_stride, rows, count, scratch,
      output);
}

void ctensors_convert(
    ctensors_body body, ctensors_element element, size_t count, const void *elements,
    float *floats) {
  functions_of(body)->convert(element, count, elements, floats);
}

bool ctensors_all_finite(ctensors_body body, size_t count, const float *x) {
  return functions_of(body)->all_finite(count, x);
}
