#ifndef CTENSORS_CONVERT_H
#define CTENSORS_CONVERT_H

#include <string.h>

#include "bodies.h"

// Conversions to float32: plain loops that the compiler turns into vectors of the instruction set
// for which it compiles them (TARGET, which lanes.h defines; none for the scalar body).

#ifndef TARGET
#define TARGET
#endif

#define CONVERT_INLINE __attribute__((always_inline)) static inline

CONVERT_INLINE float float_from_bits(uint32_t bits) {
  float x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

CONVERT_INLINE float float_from_half(uint16_t half) {
  uint32_t bits = (uint32_t)(half & 0x7FFF) << 13, sign = (uint32_t)(half & 0x8000) << 16, scaled;
  // The exponent's bias is 112 less; multiplying sets subnormal numbers right as well.
  float magnitude = float_from_bits(bits) * 0x1p112f;
  memcpy(&scaled, &magnitude, sizeof scaled);
  // Processors make a signalling NaN quiet.
  uint32_t quiet = bits > 0x0F800000 ? 0x00400000 : 0;
  uint32_t special = bits | 0x7F800000 | quiet;
  return float_from_bits(sign | (bits >= 0x0F800000 ? special : scaled));
}

CONVERT_INLINE float float_from_bfloat(uint16_t bfloat) {
  return float_from_bits((uint32_t)bfloat << 16);
}

// Elements lie at any address.
#define CONVERT_EACH(TYPE, EXPRESSION)                                  \
  for (size_t i = 0; i < count; i++) {                                  \
    TYPE x;                                                             \
    memcpy(&x, (const char *)elements + i * sizeof(TYPE), sizeof(TYPE)); \
    floats[i] = (EXPRESSION);                                           \
  }                                                                     \
  return

TARGET static void convert(
    ctensors_element element, size_t count, const void *restrict elements,
    float *restrict floats) {
  switch (element) {
    case CTENSORS_FLOAT32:
      if (count > 0) memcpy(floats, elements, count * sizeof(float));
      return;
    case CTENSORS_FLOAT16:
      CONVERT_EACH(uint16_t, float_from_half(x));
    case CTENSORS_BFLOAT16:
      CONVERT_EACH(uint16_t, float_from_bfloat(x));
    case CTENSORS_FLOAT64:
      CONVERT_EACH(double, (float)x);
    case CTENSORS_INT64:
      CONVERT_EACH(int64_t, (float)x);
    case CTENSORS_INT32:
      CONVERT_EACH(int32_t, (float)x);
    case CTENSORS_INT16:
      CONVERT_EACH(int16_t, (float)x);
    case CTENSORS_INT8:
      CONVERT_EACH(int8_t, (float)x);
    case CTENSORS_UINT8:
      CONVERT_EACH(uint8_t, (float)x);
    case CTENSORS_BOOL:
      CONVERT_EACH(uint8_t, x != 0 ? 1.0f : 0.0f);
  }
}

#endif
