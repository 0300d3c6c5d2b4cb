#ifndef CPIXELS_BODIES_H
#define CPIXELS_BODIES_H

#include <string.h>

#include "cpixels.h"

#if defined(__x86_64__)
#define CPIXELS_HAS_X86 1
#else
#define CPIXELS_HAS_X86 0
#endif

// Fraction bits of a weight.
#define CPIXELS_BITS 22

// The functions of one instruction set; the arguments are those of cpixels.h.
typedef struct {
  // NULL both where the weights are used as they are.
  size_t (*packed_size)(const cpixels_axis *);
  void (*pack)(const cpixels_axis *, void *);
  void (*horizontal)(
      const cpixels_axis *, const uint8_t *, size_t, size_t, uint8_t *, size_t, size_t);
  void (*vertical)(
      const int32_t *, const uint8_t *const *, size_t, size_t, uint8_t *, uint32_t *);
} cpixels_functions;

extern const cpixels_functions cpixels_scalar;
#if CPIXELS_HAS_X86
extern const cpixels_functions cpixels_avx2;
extern const cpixels_functions cpixels_avx512;
#endif

// The byte of a sum that began with one half.
static inline uint8_t rounded(uint32_t sum) {
  int32_t value = (int32_t)sum >> CPIXELS_BITS;
  return (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
}

static inline size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

// Groups of four taps that an output has.
static inline size_t groups_of(size_t count) { return (count + 3) / 4; }

#endif
