#include "bodies.h"

static void horizontal(
    const cpixels_axis *axis, const uint8_t *in, size_t in_stride, size_t width, uint8_t *out,
    size_t out_stride, size_t rows) {
  (void)width;
  for (size_t y = 0; y < rows; y++, in += in_stride, out += out_stride) {
    for (size_t x = 0; x < axis->outputs; x++) {
      const int32_t *weights = axis->weights + x * axis->taps;
      const uint8_t *pixel = in + 3 * (size_t)axis->first[x];
      uint32_t red = 1u << (CPIXELS_BITS - 1), green = red, blue = red;
      for (int32_t i = 0; i < axis->count[x]; i++, pixel += 3) {
        uint32_t weight = (uint32_t)weights[i];
        red += pixel[0] * weight;
        green += pixel[1] * weight;
        blue += pixel[2] * weight;
      }
      out[3 * x] = rounded(red);
      out[3 * x + 1] = rounded(green);
      out[3 * x + 2] = rounded(blue);
    }
  }
}

static void vertical(
    const int32_t *weights, const uint8_t *const *rows, size_t count, size_t bytes, uint8_t *out,
    uint32_t *scratch) {
  (void)scratch;
  for (size_t x = 0; x < bytes; x++) {
    uint32_t sum = 1u << (CPIXELS_BITS - 1);
    for (size_t i = 0; i < count; i++) sum += rows[i][x] * (uint32_t)weights[i];
    out[x] = rounded(sum);
  }
}

const cpixels_functions cpixels_scalar = {.horizontal = horizontal, .vertical = vertical};
