#ifndef CRETRIEVAL_H
#define CRETRIEVAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Ranks of known candidates among float32 scores, by counting instead of sorting, and the best
// candidates of a query. Candidates are in descending order of their scores; of equal scores the
// higher index comes first. Scores need no alignment. All bodies give the same results to the bit:
// the scalar one is the truth.

typedef enum {
  // The fastest body that this processor has.
  CRETRIEVAL_FASTEST = 0,
  CRETRIEVAL_SCALAR = 1,
  CRETRIEVAL_AVX2 = 2,
  CRETRIEVAL_AVX512 = 3,
} cretrieval_body;

// Whether this processor has a body. One that is not there is replaced by the scalar one.
bool cretrieval_has(cretrieval_body body);

// Counts in one row of `count` scores, against the score `truth` of the candidate at `place`:
// `ahead`, the candidates that come before it, and `equal`, those of its score, itself included.
// Returns whether a score is not a number.
bool cretrieval_row(
    cretrieval_body body, const void *row, size_t count, float truth, size_t place,
    uint32_t *ahead, uint32_t *equal);

// Adds to `ahead` and `equal` of each of `columns` columns what the next rows of a matrix hold:
// `rows` rows, `stride` scores apart, of which the first has the index `first`. truth[c] and
// place[c] are the score and the row of column c's candidate.
void cretrieval_columns(
    cretrieval_body body, const void *scores, size_t stride, size_t rows, size_t columns,
    size_t first, const float *truth, const int32_t *place, uint32_t *ahead, uint32_t *equal);

// The best candidates seen so far, best first, of one query or of several that lie one after the
// other.
typedef struct {
  // How many are kept of each query, at least 1.
  uint32_t limit;
  // [queries, limit]
  float *scores;
  // [queries, limit]
  uint32_t *places;
  // [queries]: how many are there; 0 at first.
  uint32_t *held;
  // [queries]: the score from which on a candidate may belong to them; minus infinity at first.
  float *bound;
} cretrieval_best;

// Takes in the scores of one row, the candidates of query `query`.
void cretrieval_best_of_row(
    cretrieval_body body, const void *row, size_t count, const cretrieval_best *best, size_t query);

// Takes in rows of a matrix whose columns are the queries, as `cretrieval_columns`.
void cretrieval_best_of_columns(
    cretrieval_body body, const void *scores, size_t stride, size_t rows, size_t columns,
    size_t first, const cretrieval_best *best);

// Takes in a single candidate of a query.
void cretrieval_best_add(const cretrieval_best *best, size_t query, float score, uint32_t place);

#endif
