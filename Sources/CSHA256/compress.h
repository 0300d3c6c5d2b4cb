#ifndef CSHA256_COMPRESS_H
#define CSHA256_COMPRESS_H

#include <stddef.h>
#include <stdint.h>

#if defined(__x86_64__) || defined(__i386__)
#define CSHA256_HAS_X86 1
#else
#define CSHA256_HAS_X86 0
#endif

// The round constants: the first 32 bits of the fractions of the cube roots of the first 64 primes.
extern const uint32_t csha256_constants[64];

// Each takes `count` blocks of 64 bytes into the state.
void csha256_compress_scalar(uint32_t state[8], const uint8_t *blocks, size_t count);
#if CSHA256_HAS_X86
void csha256_compress_x86(uint32_t state[8], const uint8_t *blocks, size_t count);
#endif

#endif
