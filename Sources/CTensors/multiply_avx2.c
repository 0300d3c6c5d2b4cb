#include "bodies.h"

#if CTENSORS_HAS_X86

void ctensors_pack_avx2(
    size_t n, size_t k, const float *rows, size_t stride, float *panels) {
  ctensors_pack_scalar(n, k, rows, stride, panels);
}

void ctensors_pack_columns_avx2(
    size_t n, size_t k, const float *rows, size_t stride, float *panels) {
  ctensors_pack_columns_scalar(n, k, rows, stride, panels);
}

void ctensors_multiply_avx2(const ctensors_product *product) {
  ctensors_multiply_scalar(product);
}

#else
// ISO C wants something in every file.
typedef int ctensors_multiply_avx2_is_absent;
#endif
