#ifndef CTENSORS_BODIES_H
#define CTENSORS_BODIES_H

#include "ctensors.h"

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
  void (*add)(size_t, const float *, float *);
  float (*dot)(size_t, const float *, const float *);
  void (*attend_rows)(
      size_t, size_t, float, const float *, const float *, size_t, const float *, size_t,
      const uint32_t *, size_t, float *, float *);
  bool (*all_finite)(size_t, const float *);
} ctensors_functions;

extern const ctensors_functions ctensors_scalar;

#endif
