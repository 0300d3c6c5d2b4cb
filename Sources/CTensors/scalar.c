#include "rows.h"

const ctensors_functions ctensors_scalar = {
  .pack = ctensors_pack_scalar,
  .pack_columns = ctensors_pack_columns_scalar,
  .multiply = ctensors_multiply_scalar,
  .exponentials = exponentials,
  .divide_rows = divide_rows,
  .layer_norm = layer_norm,
  .log_probabilities = log_probabilities,
  .add = add,
  .dot = dot,
  .attend_rows = attend_rows,
  .all_finite = all_finite,
};
