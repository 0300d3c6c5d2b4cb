#include <string.h>

#include "cretrieval.h"

static inline float float_of_bits(uint32_t bits) {
  float value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

static inline uint16_t two_bytes(const void *bytes, size_t index) {
  uint16_t value;
  memcpy(&value, (const char *)bytes + 2 * index, sizeof value);
  return value;
}

void cretrieval_from_half(const void *halves, size_t count, float *scores) {
  for (size_t i = 0; i < count; i++) {
    uint32_t half = two_bytes(halves, i);
    uint32_t exponent = half >> 10 & 0x1F, fraction = half & 0x3FF;
    float magnitude;
    if (exponent == 0x1F) {
      magnitude = float_of_bits(0x7F800000u | fraction << 13);
    } else if (exponent == 0) {
      // Subnormal: a multiple of 2^-24.
      magnitude = (float)fraction * 0x1p-24f;
    } else {
      magnitude = float_of_bits((exponent + 112) << 23 | fraction << 13);
    }
    scores[i] = half >> 15 ? -magnitude : magnitude;
  }
}

void cretrieval_from_bfloat(const void *bfloats, size_t count, float *scores) {
  for (size_t i = 0; i < count; i++) {
    scores[i] = float_of_bits((uint32_t)two_bytes(bfloats, i) << 16);
  }
}

void cretrieval_from_double(const void *doubles, size_t count, float *scores) {
  for (size_t i = 0; i < count; i++) {
    double value;
    memcpy(&value, (const char *)doubles + 8 * i, sizeof value);
    scores[i] = (float)value;
  }
}
