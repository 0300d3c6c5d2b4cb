#ifndef CTENSORS_BODIES_H
#define CTENSORS_BODIES_H

#include "ctensors.h"

#if defined(__x86_64__)
#define CTENSORS_HAS_X86 1
#else
#define CTENSORS_HAS_X86 0
#endif

// The functions of one instruction set; the arguments are those of ctensors.h.
typedef struct {
  void (*pack)(size_t, size_t, const float *, size_t, float *);
  void (*pack_columns)(size_t, size_t, const float *, size_t, float *);
  void (*multiply)(const ctensors_product *);
  void (*exponentials)(size_t, size_t, float, float *, size_t, float *);
  void (*divide_rows)(size_t, size_t, const float *, float *, size_t);
  void (*layer_norm)(
      size_t, size_t, const float *, size_t, const float *, const float *, float, float *, size_t);
  void (*log_probabilities)(size_t, size_t, const float *, size_t, float *, size_t);
  void (*activate)(size_t, size_t, ctensors_activation, float *, size_t);
  void (*add)(size_t, const float *, float *);
  float (*dot)(size_t, const float *, const float *);
  void (*attend_rows)(
      size_t, size_t, float, const float *, const float *, size_t, const float *, size_t,
      const uint32_t *, size_t, float *, float *);
  void (*convert)(ctensors_element, size_t, const void *, float *);
  bool (*all_finite)(size_t, const float *);
} ctensors_functions;

extern const ctensors_functions ctensors_scalar;
#if CTENSORS_HAS_X86
extern const ctensors_functions ctensors_avx2;
extern const ctensors_functions ctensors_avx512;
#endif

// What the tables take from the files multiply_*.c.
#define CTENSORS_DECLARE_PRODUCT(BODY)                                                  \
  void ctensors_pack_##BODY(size_t, size_t, const float *, size_t, float *);            \
  void ctensors_pack_columns_##BODY(size_t, size_t, const float *, size_t, float *);    \
  void ctensors_multiply_##BODY(const ctensors_product *);

CTENSORS_DECLARE_PRODUCT(scalar)
#if CTENSORS_HAS_X86
CTENSORS_DECLARE_PRODUCT(avx2)
CTENSORS_DECLARE_PRODUCT(avx512)
#endif

#undef CTENSORS_DECLARE_PRODUCT

#endif
