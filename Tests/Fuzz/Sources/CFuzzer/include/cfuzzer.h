#ifndef CFUZZER_H
#define CFUZZER_H

#include <stddef.h>
#include <stdint.h>

// Runs libFuzzer with the arguments of the command line; `callback` takes an input and returns 0, or
// -1 for one that must not go into the corpus.
int LLVMFuzzerRunDriver(
  int *count, char ***arguments, int (*callback)(const uint8_t *data, size_t size));

#endif
