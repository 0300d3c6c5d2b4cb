#ifndef CTENSORS_H
#define CTENSORS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Kernels over float32 matrices, row-major; a stride is counted in floats. Every function works on
// one thread. All bodies give the same results to the bit: the scalar one is the truth.
//
// Products accumulate over k in ascending order, each step one fused multiply-add, from the bias
// (or zero) on: a result depends on its own row and column alone. Sums over a row run in 16 lanes,
// lane i of the elements i, i + 16, …, and then pairwise over the lanes.

typedef enum {
  // The fastest body that this processor has.
  CTENSORS_FASTEST = 0,
  CTENSORS_SCALAR = 1,
  CTENSORS_AVX2 = 2,
  CTENSORS_AVX512 = 3,
} ctensors_body;

// Whether this processor has a body. One that is not there is replaced by the scalar one.
bool ctensors_has(ctensors_body body);

// What follows a product.
typedef enum {
  CTENSORS_IDENTITY = 0,
  CTENSORS_GELU = 1,       // x·Φ(x), with erf
  CTENSORS_QUICK_GELU = 2, // x·σ(1.702 x)
  CTENSORS_RELU = 3,
} ctensors_activation;

// Columns of a panel.
enum { CTENSORS_PANEL = 32 };

// Packs rows of weights [n, k] (n outputs) into panels [ceil(n/32)][k][32], zeros behind the last.
void ctensors_pack(
    ctensors_body body, size_t n, size_t k, const float *rows, size_t stride, float *panels);

// Packs a matrix [k, n] likewise: panel p holds its columns 32 p …, [ceil(n/32)][k][32].
void ctensors_pack_columns(
    ctensors_body body, size_t n, size_t k, const float *rows, size_t stride, float *panels);

// c[m, n] = activation(bias + a[m, k] · weights) + residual
typedef struct {
  size_t m, n, k;
  const float *a;
  size_t a_stride;
  const float *panels;
  // [n], or NULL.
  const float *bias;
  // [m, n], or NULL; may be c.
  const float *residual;
  size_t residual_stride;
  ctensors_activation activation;
  float *c;
  size_t c_stride;
} ctensors_product;

void ctensors_multiply(ctensors_body body, const ctensors_product *product);

// In each of `rows` rows: exp(scale·(x − max)) in place of the first n elements; what lies behind
// them is left alone. sums[r] is the row's sum. An empty row has the sum 0.
void ctensors_exponentials(
    ctensors_body body, size_t rows, size_t n, float scale, float *x, size_t stride, float *sums);

// Each row divided by a number of its own.
void ctensors_divide_rows(
    ctensors_body body, size_t rows, size_t n, const float *divisors, float *x, size_t stride);

// Per row (x − mean) / sqrt(variance + epsilon) · weight + bias; y may be x.
void ctensors_layer_norm(
    ctensors_body body, size_t rows, size_t n, const float *x, size_t x_stride, const float *weight,
    const float *bias, float epsilon, float *y, size_t y_stride);

// log(softmax(x)) per row, the probability rounded to float32 first: one that underflows gives
// minus infinity.
void ctensors_log_probabilities(
    ctensors_body body, size_t rows, size_t n, const float *x, size_t x_stride, float *y,
    size_t y_stride);

// The activation of each of n elements of each row, in place.
void ctensors_activate(
    ctensors_body body, size_t rows, size_t n, ctensors_activation activation, float *x,
    size_t stride);

// y += x
void ctensors_add(ctensors_body body, size_t count, const float *x, float *y);

// The dot product of two vectors, in 16 lanes.
float ctensors_dot(ctensors_body body, size_t n, const float *x, const float *y);

// One query over keys and values that lie at rows of their own: for each of `heads` heads of
// `depth` channels, softmax(scale · q · keys[rows[j]]) · values[rows[j]], over `count` rows.
// `scratch` holds `count` floats.
void ctensors_attend_rows(
    ctensors_body body, size_t heads, size_t depth, float scale, const float *query,
    const float *keys, size_t key_stride, const float *values, size_t value_stride,
    const uint32_t *rows, size_t count, float *scratch, float *output);

// What numbers are stored as.
typedef enum {
  CTENSORS_FLOAT32 = 0,
  CTENSORS_FLOAT16 = 1,
  CTENSORS_BFLOAT16 = 2,
  CTENSORS_FLOAT64 = 3,
  CTENSORS_INT64 = 4,
  CTENSORS_INT32 = 5,
  CTENSORS_INT16 = 6,
  CTENSORS_INT8 = 7,
  CTENSORS_UINT8 = 8,
  // A byte: 0 is 0, anything else 1.
  CTENSORS_BOOL = 9,
} ctensors_element;

// Converts elements, little-endian and at any address, to float32: exact where float32 has the
// number, otherwise the nearest one (of two the even one), beyond its range infinity. They do not
// overlap.
void ctensors_convert(
    ctensors_body body, ctensors_element element, size_t count, const void *elements,
    float *floats);

// Whether all are finite.
bool ctensors_all_finite(ctensors_body body, size_t count, const float *x);

#endif
