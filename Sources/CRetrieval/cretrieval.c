#include "cretrieval.h"

#include "bodies.h"

bool cretrieval_has(cretrieval_body body) {
  switch (body) {
    case CRETRIEVAL_FASTEST:
    case CRETRIEVAL_SCALAR:
      return true;
#if CRETRIEVAL_HAS_X86
    case CRETRIEVAL_AVX2:
      return __builtin_cpu_supports("avx2") != 0;
    case CRETRIEVAL_AVX512:
      return __builtin_cpu_supports("avx512f") != 0;
#endif
    default:
      return false;
  }
}

static const cretrieval_functions *functions_of(cretrieval_body body) {
#if CRETRIEVAL_HAS_X86
  bool any = body == CRETRIEVAL_FASTEST;
  if ((any || body == CRETRIEVAL_AVX512) && cretrieval_has(CRETRIEVAL_AVX512)) {
    return &cretrieval_avx512;
  }
  if ((any || body == CRETRIEVAL_AVX2) && cretrieval_has(CRETRIEVAL_AVX2)) return &cretrieval_avx2;
#endif
  (void)body;
  return &cretrieval_scalar;
}

bool cretrieval_row(
    cretrieval_body body, const void *row, size_t count, float truth, size_t place,
    uint32_t *ahead, uint32_t *equal) {
  return functions_of(body)->row(row, count, truth, place, ahead, equal);
}

void cretrieval_columns(
    cretrieval_body body, const void *scores, size_t stride, size_t rows, size_t columns,
    size_t first, const float *truth, const int32_t *place, uint32_t *ahead, uint32_t *equal) {
  functions_of(body)->columns(scores, stride, rows, columns, first, truth, place, ahead, equal);
}

void cretrieval_best_of_row(
    cretrieval_body body, const void *row, size_t count, const cretrieval_best *best,
    size_t query) {
  functions_of(body)->best_of_row(row, count, best, query);
}

void cretrieval_best_of_columns(
    cretrieval_body body, const void *scores, size_t stride, size_t rows, size_t columns,
    size_t first, const cretrieval_best *best) {
  functions_of(body)->best_of_columns(scores, stride, rows, columns, first, best);
}

void cretrieval_best_add(const cretrieval_best *best, size_t query, float score, uint32_t place) {
  best_add(best, query, score, place);
}
