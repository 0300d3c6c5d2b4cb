#ifndef PEAK_H
#define PEAK_H

#include <stddef.h>

// Fused multiply-adds over registers alone, 12 sums at once; returns their number of floating-point
// operations. 0 where there is no such loop for the instructions.
double peak_avx2(size_t steps);
double peak_avx512(size_t steps);

// Adds floats up, as fast as memory gives them.
float peak_read(const float *floats, size_t count);

#endif
