#ifndef CPIXELS_H
#define CPIXELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Passes over pictures of 8-bit red, green, blue, three bytes a pixel: the two passes of Pillow's
// resampling (src/libImaging/Resample.c of 9.5, 8 bits per channel), the way to floats, and quarter
// turns of a picture's planes. A sample of a pass is `clip((2^21 + sum(byte * weight)) >> 22, 0, 255)`
// in 32-bit integers that wrap. All bodies give the same bytes: the scalar one is the truth. None reads
// or writes a byte outside of what it is given.

typedef enum {
  // The fastest body that this processor has.
  CPIXELS_FASTEST = 0,
  CPIXELS_SCALAR = 1,
  CPIXELS_AVX2 = 2,
  // AVX-512 with byte permutations (VBMI) and byte dot products (VNNI).
  CPIXELS_AVX512 = 3,
} cpixels_body;

// Whether this processor has a body. One that is not there is replaced by the scalar one.
bool cpixels_has(cpixels_body body);

// What each of some samples along one axis is made of: neighbouring inputs and their weights.
typedef struct {
  size_t outputs;
  // Weights held for each output: at least as many as it has inputs, a multiple of 4.
  size_t taps;
  // [outputs]: the first input.
  const int32_t *first;
  // [outputs]: how many inputs.
  const int32_t *count;
  // [outputs, taps]: with 22 fraction bits, at most 1.9 in magnitude; 0 after `count` of them.
  const int32_t *weights;
  // The same in the order in which a body reads them, by `cpixels_pack`; may be NULL.
  const void *packed;
} cpixels_axis;

// How many bytes the packed form of a horizontal axis has, 0 where a body has none.
size_t cpixels_packed_size(cpixels_body body, const cpixels_axis *axis);

// Writes the packed form to memory aligned to 64 bytes. A pass that is given it must be of the same
// body.
void cpixels_pack(cpixels_body body, const cpixels_axis *axis, void *packed);

// Resamples rows: from `in`, `width` pixels each, to `out`, `axis->outputs` pixels each; strides in
// bytes.
void cpixels_horizontal(
    cpixels_body body, const cpixels_axis *axis, const uint8_t *in, size_t in_stride, size_t width,
    uint8_t *out, size_t out_stride, size_t rows);

// Makes one row of `bytes` bytes out of `count` weighted rows.
//
// weights, rows: [taps], `taps` the next multiple of 4; the weights after `count` are 0, the rows
// any that can be read. scratch: [taps], written to.
void cpixels_vertical(
    cpixels_body body, const int32_t *weights, const uint8_t *const *rows, size_t count,
    size_t bytes, uint8_t *out, uint32_t *scratch);

// Looks up every byte: from `pixels` pixels to three planes of floats, which begin `plane` floats
// apart. table: [3, 256], one for each channel.
void cpixels_planes(
    const uint8_t *in, size_t pixels, const float *table, float *out, size_t plane);

// The largest of some bytes; 0 of none.
uint8_t cpixels_largest(const uint8_t *bytes, size_t count);

// Turns a plane of a picture by `quarter_turns` times 90 degrees against the clock, 1 to 3.
//
// in: `height` rows of `width` elements of `size` bytes each (1 to 16); strides in bytes.
// out: `height` elements in each of `width` rows, for 2 turns the shape of `in`. No overlap.
void cpixels_turn(
    const uint8_t *in, ptrdiff_t in_stride, int width, int height, int size, int quarter_turns,
    uint8_t *out, ptrdiff_t out_stride);

#endif
