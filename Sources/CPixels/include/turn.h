#ifndef CPIXELS_TURN_H
#define CPIXELS_TURN_H

#include <stddef.h>
#include <stdint.h>

/// Turns a plane of a picture by `quarter_turns` times 90 degrees against the clock, 1 to 3.
///
/// `source` has `height` rows of `width` elements of `size` bytes (1 to 16), `source_stride` bytes
/// from one row to the next; `target` has `height` elements in each of `width` rows, for 2 turns the
/// source's shape. The two must not overlap.
void cpixels_turn(const uint8_t *source, ptrdiff_t source_stride, int width, int height, int size,
                  int quarter_turns, uint8_t *target, ptrdiff_t target_stride);

#endif
