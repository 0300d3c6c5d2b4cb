#include "bodies.h"

#if CTENSORS_HAS_X86

#define CTENSORS_LANES_AVX512
#include "rows.h"

CTENSORS_TABLE(avx512);

#else
// ISO C wants something in every file.
typedef int ctensors_avx512_is_absent;
#endif
