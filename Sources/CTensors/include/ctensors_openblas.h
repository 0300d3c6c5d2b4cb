#ifndef CTENSORS_OPENBLAS_H
#define CTENSORS_OPENBLAS_H

#include "ctensors.h"

// OpenBLAS as a second way to make products, loaded at run time: nothing needs it installed. Its
// sums run in an order of its own, so that results agree with those of ctensors_multiply to
// rounding only.

// What is used of the library.
typedef struct {
  // cblas_sgemm
  void (*sgemm)(
      int order, int transpose_a, int transpose_b, int m, int n, int k, float alpha, const float *a,
      int a_stride, const float *b, int b_stride, float beta, float *c, int c_stride);
  // The kernels that it has chosen, for example "Haswell"; it belongs to the library.
  const char *core;
  // Its version and how it was built; it belongs to the library.
  const char *configuration;
} ctensors_openblas;

// Loads the library, which stays until the process ends, and makes it work on the calling thread
// alone. Returns NULL, or why it cannot be had, valid until the thread's next call.
const char *ctensors_openblas_load(ctensors_openblas *library);

// How the second matrix of a product lies in memory.
typedef enum {
  // [n, k], as the weights of a layer.
  CTENSORS_ROWS_OF_OUTPUTS = 0,
  // [k, n]
  CTENSORS_ROWS_OF_INPUTS = 1,
} ctensors_layout;

// ctensors_multiply with the second matrix as it is instead of panels, which are not looked at. No
// size and no stride exceeds INT_MAX; the residual is not c.
void ctensors_openblas_multiply(
    const ctensors_openblas *library, ctensors_body body, const ctensors_product *product,
    const float *b, size_t b_stride, ctensors_layout layout);

#endif
