#include "bodies.h"

#if CTENSORS_HAS_X86

#include "rows.h"

const ctensors_functions ctensors_avx512 = {
  .pack = ctensors_pack_avx512,
  .pack_columns = ctensors_pack_columns_avx512,
  .multiply = ctensors_multiply_avx512,
  .exponentials = exponentials,
  .divide_rows = divide_rows,
  .layer_norm = layer_norm,
  .log_probabilities = log_probabilities,
  .add = add,
  .dot = dot,
  .attend_rows = attend_rows,
  .all_finite = all_finite,
};

#else
// ISO C wants something in every file.
typedef int ctensors_avx512_is_absent;
#endif
