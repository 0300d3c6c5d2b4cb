#include "cfuzzer.h"

#include <string.h>

// libFuzzer's own mutations.
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t most);

// Called by libFuzzer to change an input. Half of the time only its head changes: what is parsed by
// our own code stands there, in a few bytes of many.
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned int seed) {
  size_t head = (size_t)64 << (seed / 2 % 4);
  if (seed % 2 == 0 || size <= head) return LLVMFuzzerMutate(data, size, most);
  size_t left = LLVMFuzzerMutate(data, head, head);
  memmove(data + left, data + head, size - head);
  return size - head + left;
}
