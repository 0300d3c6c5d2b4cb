#include "bodies.h"
#include "scalar_functions.h"

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
      for (size_t j = 0; j < columns; j++) {
        float y = activated(sums[j], p->activation);
        if (p->residual) y += p->residual[r * p->residual_stride + first + j];
        c[first + j] = y;
      }
    }
  }
}
