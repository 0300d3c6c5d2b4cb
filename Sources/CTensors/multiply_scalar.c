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
    for (size_t j = 0; j < p->n; j++) {
      const float *column =
          p->panels + j / CTENSORS_PANEL * CTENSORS_PANEL * p->k + j % CTENSORS_PANEL;
      float sum = p->bias ? p->bias[j] : 0;
      for (size_t i = 0; i < p->k; i++) {
        sum = fmaf(p->a[r * p->a_stride + i], column[i * CTENSORS_PANEL], sum);
      }
      sum = activated(sum, p->activation);
      if (p->residual) sum += p->residual[r * p->residual_stride + j];
      p->c[r * p->c_stride + j] = sum;
    }
  }
}
