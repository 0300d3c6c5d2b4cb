// Turning planes by quarter turns: what FFmpeg's transpose filter does to each plane of a picture.

#include "cpixels.h"

#include <string.h>

// A block of source rows that fits the first cache together with the rows it goes to.
enum { BLOCK = 32 };

// One element of a size known when this is compiled: the copy is then a load and a store.
#define TURN(SIZE)                                                                                 \
  static void turn_##SIZE(const uint8_t *source, ptrdiff_t source_stride, int width, int height,   \
                          uint8_t *target, ptrdiff_t step_x, ptrdiff_t step_y) {                   \
    for (int top = 0; top < height; top += BLOCK)                                                  \
      for (int left = 0; left < width; left += BLOCK) {                                            \
        int bottom = top + BLOCK < height ? top + BLOCK : height;                                  \
        int right = left + BLOCK < width ? left + BLOCK : width;                                   \
        for (int x = left; x < right; x++) {                                                       \
          const uint8_t *from = source + (ptrdiff_t)x * SIZE + top * source_stride;                \
          uint8_t *to = target + x * step_x + top * step_y;                                        \
          for (int y = top; y < bottom; y++, from += source_stride, to += step_y)                  \
            memcpy(to, from, SIZE);                                                                \
        }                                                                                          \
      }                                                                                            \
  }

TURN(1)
TURN(2)
TURN(3)
TURN(4)
TURN(6)
TURN(8)

static void turn_any(const uint8_t *source, ptrdiff_t source_stride, int width, int height,
                     int size, uint8_t *target, ptrdiff_t step_x, ptrdiff_t step_y) {
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      memcpy(target + x * step_x + y * step_y, source + (ptrdiff_t)x * size + y * source_stride,
             (size_t)size);
}

void cpixels_turn(const uint8_t *source, ptrdiff_t source_stride, int width, int height, int size,
                  int quarter_turns, uint8_t *target, ptrdiff_t target_stride) {
  // Where the source's first element goes, and how far apart its neighbours to the right and below
  // come to lie.
  ptrdiff_t step_x, step_y;
  switch (quarter_turns) {
  case 1:
    target += (width - 1) * target_stride;
    step_x = -target_stride;
    step_y = size;
    break;
  case 2:
    target += (height - 1) * target_stride + (ptrdiff_t)(width - 1) * size;
    step_x = -size;
    step_y = -target_stride;
    break;
  default:
    target += (ptrdiff_t)(height - 1) * size;
    step_x = target_stride;
    step_y = -size;
    break;
  }
  switch (size) {
  case 1: turn_1(source, source_stride, width, height, target, step_x, step_y); break;
  case 2: turn_2(source, source_stride, width, height, target, step_x, step_y); break;
  case 3: turn_3(source, source_stride, width, height, target, step_x, step_y); break;
  case 4: turn_4(source, source_stride, width, height, target, step_x, step_y); break;
  case 6: turn_6(source, source_stride, width, height, target, step_x, step_y); break;
  case 8: turn_8(source, source_stride, width, height, target, step_x, step_y); break;
  default: turn_any(source, source_stride, width, height, size, target, step_x, step_y); break;
  }
}
