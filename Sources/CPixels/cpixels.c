#include "cpixels.h"

#include "bodies.h"

bool cpixels_has(cpixels_body body) {
  switch (body) {
    case CPIXELS_FASTEST:
    case CPIXELS_SCALAR:
      return true;
#if CPIXELS_HAS_X86
    case CPIXELS_AVX2:
      return __builtin_cpu_supports("avx2") != 0;
    case CPIXELS_AVX512:
      return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("avx512f")
          && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl")
          && __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vnni");
#endif
    default:
      return false;
  }
}

static const cpixels_functions *functions_of(cpixels_body body) {
#if CPIXELS_HAS_X86
  bool any = body == CPIXELS_FASTEST;
  if ((any || body == CPIXELS_AVX512) && cpixels_has(CPIXELS_AVX512)) return &cpixels_avx512;
  if ((any || body == CPIXELS_AVX2) && cpixels_has(CPIXELS_AVX2)) return &cpixels_avx2;
#endif
  (void)body;
  return &cpixels_scalar;
}

size_t cpixels_packed_size(cpixels_body body, const cpixels_axis *axis) {
  const cpixels_functions *functions = functions_of(body);
  return functions->packed_size ? functions->packed_size(axis) : 0;
}

void cpixels_pack(cpixels_body body, const cpixels_axis *axis, void *packed) {
  const cpixels_functions *functions = functions_of(body);
  if (functions->pack) functions->pack(axis, packed);
}

void cpixels_horizontal(
    cpixels_body body, const cpixels_axis *axis, const uint8_t *in, size_t in_stride, size_t width,
    uint8_t *out, size_t out_stride, size_t rows) {
  functions_of(body)->horizontal(axis, in, in_stride, width, out, out_stride, rows);
}

void cpixels_vertical(
    cpixels_body body, const int32_t *weights, const uint8_t *const *rows, size_t count,
    size_t bytes, uint8_t *out, uint32_t *scratch) {
  functions_of(body)->vertical(weights, rows, count, bytes, out, scratch);
}
