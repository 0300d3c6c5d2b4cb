#ifndef CSHA256_H
#define CSHA256_H

#include <stddef.h>
#include <stdint.h>

// SHA-256 (FIPS 180-4). Two bodies give the same digests: the scalar one, which is the truth, and
// one for x86 processors with the SHA extensions.

typedef enum {
  // The fastest body that this processor has.
  CSHA256_FASTEST = 0,
  CSHA256_SCALAR = 1,
  CSHA256_X86_SHA = 2,
} csha256_body;

typedef struct {
  uint32_t state[8];
  // Bytes taken so far.
  uint64_t length;
  // The bytes that do not fill a block yet.
  uint8_t block[64];
  csha256_body body;
} csha256_context;

// Begins a digest. A body that is not there is replaced by the scalar one.
void csha256_begin(csha256_context *context, csha256_body body);

// Takes count bytes more.
void csha256_update(csha256_context *context, const void *bytes, size_t count);

// Writes the digest, 32 bytes. The context must begin anew after it.
void csha256_finish(csha256_context *context, uint8_t digest[32]);

#endif
