#ifndef CTENSORS_ROWS_H
#define CTENSORS_ROWS_H

#include "bodies.h"
#include "lane_functions.h"
// Behind the lanes, which define TARGET.
#include "convert.h"
#include "layer_norm.h"

// The kernels over rows in vectors of 16 lanes, compiled once for each instruction set.

INLINE floats larger(floats x, floats largest) { return choose(x > largest, x, largest); }

// A NaN is never the largest.
INLINE float largest_of(size_t n, const float *x) {
  floats a = all(-INFINITY), b = a, c = a, d = a;
  size_t i = 0;
  for (; i + 64 <= n; i += 64) {
    a = larger(load(x + i), a);
    b = larger(load(x + i + 16), b);
    c = larger(load(x + i + 32), c);
    d = larger(load(x + i + 48), d);
  }
  for (; i + 16 <= n; i += 16) a = larger(load(x + i), a);
  if (i < n) a = larger(choose(first_lanes(n - i), load_first(x + i, n - i), a), a);
  a = larger(larger(a, b), larger(c, d));
  float largest = a[0];
  for (int lane = 1; lane < 16; lane++) largest = a[lane] > largest ? a[lane] : largest;
  return largest;
}

// y = exp(scale·(x − max)); returns the sum. y may be x.
INLINE float exponentials_of(size_t n, float scale, const float *x, float *y) {
  float largest = largest_of(n, x);
  floats sum = all(0);
  size_t i = 0;
  for (; i + 16 <= n; i += 16) {
    floats e = exponential(scale * (load(x + i) - largest));
    store(y + i, e);
    sum += e;
  }
  if (i < n) {
    floats e = exponential(scale * (load_first(x + i, n - i) - largest));
    store_first(y + i, n - i, e);
    sum = choose(first_lanes(n - i), sum + e, sum);
  }
  return total(sum);
}

TARGET static void exponentials(
    size_t rows, size_t n, float scale, float *x, size_t stride, float *sums) {
  for (size_t r = 0; r < rows; r++) {
    sums[r] = exponentials_of(n, scale, x + r * stride, x + r * stride);
  }
}

INLINE void divide(size_t n, float divisor, float *x) {
  size_t i = 0;
  for (; i + 16 <= n; i += 16) store(x + i, load(x + i) / divisor);
  if (i < n) store_first(x + i, n - i, load_first(x + i, n - i) / divisor);
}

TARGET static void divide_rows(
    size_t rows, size_t n, const float *divisors, float *x, size_t stride) {
  for (size_t r = 0; r < rows; r++) divide(n, divisors[r], x + r * stride);
}

// `together` rows: their sums, each a chain of additions, run side by side.
INLINE void layer_norm_of(
    const size_t together, size_t n, const float *x, size_t x_stride, const float *weight,
    const float *bias, float epsilon, float *y, size_t y_stride) {
  const size_t whole = n / 16 * 16, rest = n - whole;
  const integers mask = first_lanes(rest);
  floats sums[4] = {0}, last[4] = {0};
  float means[4], factors[4];
  for (size_t i = 0; i < whole; i += 16) {
    for (size_t r = 0; r < together; r++) sums[r] += load(x + r * x_stride + i);
  }
  for (size_t r = 0; r < together; r++) {
    if (rest > 0) {
      last[r] = load_first(x + r * x_stride + whole, rest);
      sums[r] = choose(mask, sums[r] + last[r], sums[r]);
    }
    means[r] = total(sums[r]) / (float)n;
    sums[r] = all(0);
  }
  for (size_t i = 0; i < whole; i += 16) {
    for (size_t r = 0; r < together; r++) {
      floats d = load(x + r * x_stride + i) - means[r];
      sums[r] = fused(d, d, sums[r]);
    }
  }
  for (size_t r = 0; r < together; r++) {
    floats d = last[r] - means[r];
    if (rest > 0) sums[r] = choose(mask, fused(d, d, sums[r]), sums[r]);
    factors[r] = layer_norm_factor(total(sums[r]) / (float)n, epsilon);
  }
  for (size_t i = 0; i < whole; i += 16) {
    floats w = load(weight + i), b = load(bias + i);
    for (size_t r = 0; r < together; r++) {
      floats d = load(x + r * x_stride + i) - means[r];
      store(y + r * y_stride + i, fused(d * factors[r], w, b));
    }
  }
  if (rest == 0) return;
  floats w = load_first(weight + whole, rest), b = load_first(bias + whole, rest);
  for (size_t r = 0; r < together; r++) {
    floats d = last[r] - means[r];
    store_first(y + r * y_stride + whole, rest, fused(d * factors[r], w, b));
  }
}

TARGET static void layer_norm(
    size_t rows, size_t n, const float *x, size_t x_stride, const float *weight, const float *bias,
    float epsilon, float *y, size_t y_stride) {
  size_t r = 0;
  for (; r + 4 <= rows; r += 4) {
    layer_norm_of(
        4, n, x + r * x_stride, x_stride, weight, bias, epsilon, y + r * y_stride, y_stride);
  }
  for (; r < rows; r++) {
    layer_norm_of(
        1, n, x + r * x_stride, x_stride, weight, bias, epsilon, y + r * y_stride, y_stride);
  }
}

TARGET static void log_probabilities(
    size_t rows, size_t n, const float *x, size_t x_stride, float *y, size_t y_stride) {
  for (size_t r = 0; r < rows; r++) {
    float *out = y + r * y_stride;
    float sum = exponentials_of(n, 1, x + r * x_stride, out);
    size_t i = 0;
    for (; i + 16 <= n; i += 16) store(out + i, logarithm(load(out + i) / sum));
    if (i < n) store_first(out + i, n - i, logarithm(load_first(out + i, n - i) / sum));
  }
}

TARGET static void add(size_t count, const float *x, float *y) {
  size_t i = 0;
  for (; i + 16 <= count; i += 16) store(y + i, load(y + i) + load(x + i));
  if (i < count) {
    store_first(y + i, count - i, load_first(y + i, count - i) + load_first(x + i, count - i));
  }
}

INLINE float dot_of(size_t n, const float *x, const float *y) {
  floats sum = all(0);
  size_t i = 0;
  for (; i + 16 <= n; i += 16) sum = fused(load(x + i), load(y + i), sum);
  if (i < n) {
    floats next = fused(load_first(x + i, n - i), load_first(y + i, n - i), sum);
    sum = choose(first_lanes(n - i), next, sum);
  }
  return total(sum);
}

TARGET static float dot(size_t n, const float *x, const float *y) { return dot_of(n, x, y); }

TARGET static void activate(
    size_t rows, size_t n, ctensors_activation activation, float *x, size_t stride) {
  for (size_t r = 0; r < rows; r++) {
    float *row = x + r * stride;
    size_t i = 0;
    for (; i + 16 <= n; i += 16) store(row + i, activated(load(row + i), activation));
    if (i < n) store_first(row + i, n - i, activated(load_first(row + i, n - i), activation));
  }
}

// Σ weights[j] · values[rows[j]] over j in ascending order: 64 channels at a time in registers.
INLINE void weighted_sum(
    size_t depth, const float *weights, const float *values, size_t stride, const uint32_t *rows,
    size_t count, float *output) {
  size_t i = 0;
  for (; i + 64 <= depth; i += 64) {
    floats a = all(0), b = a, c = a, d = a;
    for (size_t j = 0; j < count; j++) {
      const float *value = values + rows[j] * stride + i;
      floats weight = all(weights[j]);
      a = fused(weight, load(value), a);
      b = fused(weight, load(value + 16), b);
      c = fused(weight, load(value + 32), c);
      d = fused(weight, load(value + 48), d);
    }
    store(output + i, a);
    store(output + i + 16, b);
    store(output + i + 32, c);
    store(output + i + 48, d);
  }
  for (; i < depth; i += 16) {
    size_t lanes = depth - i < 16 ? depth - i : 16;
    floats sum = all(0);
    for (size_t j = 0; j < count; j++) {
      const float *value = values + rows[j] * stride + i;
      sum = fused(all(weights[j]), lanes < 16 ? load_first(value, lanes) : load(value), sum);
    }
    if (lanes < 16) {
      store_first(output + i, lanes, sum);
    } else {
      store(output + i, sum);
    }
  }
}

TARGET static void attend_rows(
    size_t heads, size_t depth, float scale, const float *query, const float *keys,
    size_t key_stride, const float *values, size_t value_stride, const uint32_t *rows,
    size_t count, float *scratch, float *output) {
  for (size_t h = 0; h < heads; h++) {
    size_t first = h * depth;
    for (size_t j = 0; j < count; j++) {
      scratch[j] = dot_of(depth, query + first, keys + rows[j] * key_stride + first);
    }
    float sum = exponentials_of(count, scale, scratch, scratch);
    weighted_sum(depth, scratch, values + first, value_stride, rows, count, output + first);
    divide(depth, sum, output + first);
  }
}

TARGET static bool all_finite(size_t count, const float *x) {
  // The exponent of infinities and NaN: all ones.
  const int32_t exponent = 0x7F800000;
  size_t i = 0;
  while (i + 16 <= count) {
    size_t end = count - i < 1024 ? count / 16 * 16 : i + 1024;
    integers found = {0};
    for (; i < end; i += 16) found |= ((integers)load(x + i) & exponent) == exponent;
    for (int lane = 0; lane < 16; lane++) {
      if (found[lane]) return false;
    }
  }
  for (; i < count; i++) {
    if (!isfinite(x[i])) return false;
  }
  return true;
}

#define CTENSORS_TABLE(BODY)                              \
  const ctensors_functions ctensors_##BODY = {            \
    .pack = ctensors_pack_##BODY,                         \
    .pack_columns = ctensors_pack_columns_##BODY,         \
    .multiply = ctensors_multiply_##BODY,                 \
    .exponentials = exponentials,                         \
    .divide_rows = divide_rows,                           \
    .layer_norm = layer_norm,                             \
    .log_probabilities = log_probabilities,               \
    .activate = activate,                                 \
    .add = add,                                           \
    .dot = dot,                                           \
    .attend_rows = attend_rows,                           \
    .convert = convert,                                   \
    .all_finite = all_finite,                             \
  }

#endif
