// SHA-256 (FIPS 180-4), block by block. The scalar body is the truth; on x86-64 a second one uses
// the SHA extensions where the processor has them.
#ifndef CSHA256_H
#define CSHA256_H

#include <stddef.h>
#include <stdint.h>

/// The bodies that exist.
enum csha256_body { CSHA256_SCALAR = 0, CSHA256_SHA_NI = 1 };

/// The fastest body that this processor runs.
enum csha256_body csha256_best(void);

/// Folds `count` blocks of 64 bytes into the eight words of the state. Asking for a body that the
/// processor does not have is the caller's mistake.
void csha256_blocks(enum csha256_body body, uint32_t state[8], const uint8_t *data, size_t count);

#endif
