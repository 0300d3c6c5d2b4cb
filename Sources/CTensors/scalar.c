#include "bodies.h"
#include "convert.h"
#include "layer_norm.h"
#include "scalar_functions.h"

static float total(const float *lanes) {
  float sums[16];
  for (size_t i = 0; i < 16; i++) sums[i] = lanes[i];
  for (size_t width = 8; width > 0; width /= 2) {
    for (size_t i = 0; i < width; i++) sums[i] += sums[i + width];
  }
  return sums[0];
}

static void exponentials(
    size_t rows, size_t n, float scale, float *x, size_t stride, float *sums) {
  for (size_t r = 0; r < rows; r++) {
    float *row = x + r * stride, lanes[16] = {0}, largest = -INFINITY;
    for (size_t i = 0; i < n; i++) largest = row[i] > largest ? row[i] : largest;
    for (size_t i = 0; i < n; i++) {
      row[i] = exponential(scale * (row[i] - largest));
      lanes[i % 16] += row[i];
    }
    sums[r] = total(lanes);
  }
}

static void divide_rows(size_t rows, size_t n, const float *divisors, float *x, size_t stride) {
  for (size_t r = 0; r < rows; r++) {
    for (size_t i = 0; i < n; i++) x[r * stride + i] /= divisors[r];
  }
}

static void layer_norm(
    size_t rows, size_t n, const float *x, size_t x_stride, const float *weight, const float *bias,
    float epsilon, float *y, size_t y_stride) {
  for (size_t r = 0; r < rows; r++) {
    const float *in = x + r * x_stride;
    float lanes[16] = {0}, *out = y + r * y_stride;
    for (size_t i = 0; i < n; i++) lanes[i % 16] += in[i];
    float mean = total(lanes) / (float)n;
    for (size_t i = 0; i < 16; i++) lanes[i] = 0;
    for (size_t i = 0; i < n; i++) {
      float d = in[i] - mean;
      lanes[i % 16] = fmaf(d, d, lanes[i % 16]);
    }
    float factor = layer_norm_factor(total(lanes) / (float)n, epsilon);
    for (size_t i = 0; i < n; i++) out[i] = fmaf((in[i] - mean) * factor, weight[i], bias[i]);
  }
}

static void log_probabilities(
    size_t rows, size_t n, const float *x, size_t x_stride, float *y, size_t y_stride) {
  for (size_t r = 0; r < rows; r++) {
    float *out = y + r * y_stride, sum;
    for (size_t i = 0; i < n; i++) out[i] = x[r * x_stride + i];
    exponentials(1, n, 1, out, n, &sum);
    for (size_t i = 0; i < n; i++) out[i] = logarithm(out[i] / sum);
  }
}

static void activate(
    size_t rows, size_t n, ctensors_activation activation, float *x, size_t stride) {
  for (size_t r = 0; r < rows; r++) {
    for (size_t i = 0; i < n; i++) x[r * stride + i] = activated(x[r * stride + i], activation);
  }
}

static void add(size_t count, const float *x, float *y) {
  for (size_t i = 0; i < count; i++) y[i] += x[i];
}

static float dot(size_t n, const float *x, const float *y) {
  float lanes[16] = {0};
  for (size_t i = 0; i < n; i++) lanes[i % 16] = fmaf(x[i], y[i], lanes[i % 16]);
  return total(lanes);
}

static void attend_rows(
    size_t heads, size_t depth, float scale, const float *query, const float *keys,
    size_t key_stride, const float *values, size_t value_stride, const uint32_t *rows,
    size_t count, float *scratch, float *output) {
  for (size_t h = 0; h < heads; h++) {
    const float *q = query + h * depth;
    float *out = output + h * depth, sum;
    for (size_t j = 0; j < count; j++) {
      scratch[j] = dot(depth, q, keys + rows[j] * key_stride + h * depth);
    }
    exponentials(1, count, scale, scratch, count, &sum);
    for (size_t i = 0; i < depth; i++) out[i] = 0;
    for (size_t j = 0; j < count; j++) {
      const float *value = values + rows[j] * value_stride + h * depth;
      for (size_t i = 0; i < depth; i++) out[i] = fmaf(scratch[j], value[i], out[i]);
    }
    for (size_t i = 0; i < depth; i++) out[i] /= sum;
  }
}

static bool all_finite(size_t count, const float *x) {
  for (size_t i = 0; i < count; i++) {
    if (!isfinite(x[i])) return false;
  }
  return true;
}

const ctensors_functions ctensors_scalar = {
  .pack = ctensors_pack_scalar,
  .pack_columns = ctensors_pack_columns_scalar,
  .multiply = ctensors_multiply_scalar,
  .exponentials = exponentials,
  .divide_rows = divide_rows,
  .layer_norm = layer_norm,
  .log_probabilities = log_probabilities,
  .activate = activate,
  .add = add,
  .dot = dot,
  .attend_rows = attend_rows,
  .convert = convert,
  .all_finite = all_finite,
};
