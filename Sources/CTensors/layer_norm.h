#ifndef CTENSORS_LAYER_NORM_H
#define CTENSORS_LAYER_NORM_H

#include <math.h>

// What a row's differences from its mean are multiplied by. NaN where their squares overflow: the
// plain quotient would be 0 there, the row its bias, and lost numbers would look like an answer.
static inline float layer_norm_factor(float variance, float epsilon) {
  return isinf(variance) ? NAN : 1 / sqrtf(variance + epsilon);
}

#endif
