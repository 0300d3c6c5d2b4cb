#include <math.h>

#include "bodies.h"

void ctensors_pack_scalar(
    size_t n, size_t k, const float *rows, size_t stride, float *panels) {
  for (size_t first = 0; first < n; first += CTENSORS_PANEL) {
    float *panel = panels + first * k;
    for (size_t i = 0; i < k; i++) {
      for (size_t j = 0; j < CTENSORS_PANEL; j++) {
        panel[i * CTENSORS_PANEL + j] = first + j < n ? rows[(first + j) * stride + i] : 0;
      }
    }
  }
}

void ctensors_pack_columns_scalar(
    size_t n, size_t k, const float *rows, size_t stride, float *panels) {
  for (size_t first = 0; first < n; first += CTENSORS_PANEL) {
    float *panel = panels + first * k;
    for (size_t i = 0; i < k; i++) {
      for (size_t j = 0; j < CTENSORS_PANEL; j++) {
        panel[i * CTENSORS_PANEL + j] = first + j < n ? rows[i * stride + first + j] : 0;
      }
    }
  }
}

static float activated(float x, ctensors_activation activation) {
  switch (activation) {
    case CTENSORS_GELU:
      return x * 0.5f * (1 + erff(x * 0.70710678118654752440f));
    case CTENSORS_QUICK_GELU:
      return x / (1 + expf(-1.702f * x));
    case CTENSORS_RELU:
      return x > 0 ? x : 0;
    default:
      return x;
  }
}

void ctensors_activate_scalar(ctensors_activation activation, size_t count, float *x) {
  for (size_t i = 0; i < count; i++) x[i] = activated(x[i], activation);
}

void ctensors_multiply_scalar(const ctensors_product *p) {
  for (size_t r = 0; r < p->m; r++) {
    const float *a = p->a + r * p->a_stride;
    float *c = p->c + r * p->c_stride;
    for (size_t first = 0; first < p->n; first += CTENSORS_PANEL) {
      const float *panel = p->panels + first * p->k;
      size_t columns = p->n - first < CTENSORS_PANEL ? p->n - first : CTENSORS_PANEL;
      float sums[CTENSORS_PANEL];
      for (size_t j = 0; j < columns; j++) sums[j] = p->bias ? p->bias[first + j] : 0;
      for (size_t i = 0; i < p->k; i++) {
        for (size_t j = 0; j < columns; j++) {
          sums[j] = fmaf(a[i], panel[i * CTENSORS_PANEL + j], sums[j]);
        }
      }
      ctensors_activate_scalar(p->activation, columns, sums);
      for (size_t j = 0; j < columns; j++) {
        float residual = p->residual ? p->residual[r * p->residual_stride + first + j] : 0;
        c[first + j] = p->residual ? sums[j] + residual : sums[j];
      }
    }
  }
}
