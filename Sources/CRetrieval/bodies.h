#ifndef CRETRIEVAL_BODIES_H
#define CRETRIEVAL_BODIES_H

#include <math.h>
#include <string.h>

#include "cretrieval.h"

#if defined(__x86_64__)
#define CRETRIEVAL_HAS_X86 1
#else
#define CRETRIEVAL_HAS_X86 0
#endif

// The functions of one instruction set; the arguments are those of cretrieval.h.
typedef struct {
  bool (*row)(const void *, size_t, float, size_t, uint32_t *, uint32_t *);
  void (*columns)(
      const void *, size_t, size_t, size_t, size_t, const float *, const int32_t *, uint32_t *,
      uint32_t *);
  void (*best_of_row)(const void *, size_t, const cretrieval_best *, size_t);
  void (*best_of_columns)(
      const void *, size_t, size_t, size_t, size_t, const cretrieval_best *);
} cretrieval_functions;

extern const cretrieval_functions cretrieval_scalar;
#if CRETRIEVAL_HAS_X86
extern const cretrieval_functions cretrieval_avx2;
extern const cretrieval_functions cretrieval_avx512;
#endif

// A score at an address of any alignment.
static inline float score_at(const void *scores, size_t index) {
  float score;
  memcpy(&score, (const char *)scores + 4 * index, sizeof score);
  return score;
}

static inline const void *row_at(const void *scores, size_t stride, size_t row) {
  return (const char *)scores + 4 * stride * row;
}

static inline bool comes_first(float score, uint32_t place, float other, uint32_t other_place) {
  return score > other || (score == other && place > other_place);
}

static inline void best_add(
    const cretrieval_best *best, size_t query, float score, uint32_t place) {
  float *scores = best->scores + query * best->limit;
  uint32_t *places = best->places + query * best->limit;
  uint32_t index = best->held[query];
  if (index == best->limit) {
    index--;
    if (!comes_first(score, place, scores[index], places[index])) return;
  } else {
    best->held[query] = index + 1;
  }
  for (; index > 0 && comes_first(score, place, scores[index - 1], places[index - 1]); index--) {
    scores[index] = scores[index - 1];
    places[index] = places[index - 1];
  }
  scores[index] = score;
  places[index] = place;
  if (best->held[query] == best->limit) best->bound[query] = scores[best->limit - 1];
}

#endif
