#include "bodies.h"

#if CTENSORS_HAS_X86

#define CTENSORS_LANES_AVX2
#include "rows.h"

CTENSORS_TABLE(avx2);

#else
// ISO C wants something in every file.
typedef int ctensors_avx2_is_absent;
#endif
