#include "bodies.h"

static bool row(
    const void *row, size_t count, float truth, size_t place, uint32_t *ahead, uint32_t *equal) {
  uint32_t before = 0, same = 0;
  bool has_nan = false;
  for (size_t i = 0; i < count; i++) {
    float score = score_at(row, i);
    before += score > truth || (score == truth && i > place);
    same += score == truth;
    has_nan |= score != score;
  }
  *ahead = before;
  *equal = same;
  return has_nan;
}

static void columns(
    const void *scores, size_t stride, size_t rows, size_t columns, size_t first,
    const float *truth, const int32_t *place, uint32_t *ahead, uint32_t *equal) {
  for (size_t r = 0; r < rows; r++) {
    const void *row = row_at(scores, stride, r);
    int32_t index = (int32_t)(first + r);
    for (size_t c = 0; c < columns; c++) {
      float score = score_at(row, c);
      ahead[c] += score > truth[c] || (score == truth[c] && index > place[c]);
      equal[c] += score == truth[c];
    }
  }
}

static void best_of_row(
    const void *row, size_t count, const cretrieval_best *best, size_t query) {
  for (size_t i = 0; i < count; i++) {
    float score = score_at(row, i);
    if (score >= best->bound[query]) best_add(best, query, score, (uint32_t)i);
  }
}

static void best_of_columns(
    const void *scores, size_t stride, size_t rows, size_t columns, size_t first,
    const cretrieval_best *best) {
  for (size_t r = 0; r < rows; r++) {
    const void *row = row_at(scores, stride, r);
    for (size_t c = 0; c < columns; c++) {
      float score = score_at(row, c);
      if (score >= best->bound[c]) best_add(best, c, score, (uint32_t)(first + r));
    }
  }
}

const cretrieval_functions cretrieval_scalar = {row, columns, best_of_row, best_of_columns};
