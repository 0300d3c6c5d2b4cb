#include "cpixels.h"

void cpixels_planes(
    const uint8_t *in, size_t pixels, const float *table, float *out, size_t plane) {
  const float *red = table, *green = table + 256, *blue = table + 512;
  float *reds = out, *greens = out + plane, *blues = out + 2 * plane;
  for (size_t i = 0; i < pixels; i++, in += 3) {
    reds[i] = red[in[0]];
    greens[i] = green[in[1]];
    blues[i] = blue[in[2]];
  }
}

uint8_t cpixels_largest(const uint8_t *bytes, size_t count) {
  uint8_t largest = 0;
  for (size_t i = 0; i < count; i++) largest = bytes[i] > largest ? bytes[i] : largest;
  return largest;
}
