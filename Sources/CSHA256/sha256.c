#include "csha256.h"

#include <string.h>

#include "compress.h"

#if CSHA256_HAS_X86
#include <cpuid.h>

static int detect_x86(void) {
  unsigned a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d)) return 0;
  const unsigned ssse3 = 1u << 9, sse41 = 1u << 19;
  if ((c & ssse3) == 0 || (c & sse41) == 0) return 0;
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d)) return 0;
  return (b >> 29 & 1) != 0;
}

static int has_x86(void) {
  // A virtual machine traps `cpuid`, so ask once: 0 not asked yet, 1 no, 2 yes.
  static int answer;
  int known = __atomic_load_n(&answer, __ATOMIC_RELAXED);
  if (known == 0) {
    known = detect_x86() ? 2 : 1;
    __atomic_store_n(&answer, known, __ATOMIC_RELAXED);
  }
  return known == 2;
}
#else
static int has_x86(void) { return 0; }
#endif

typedef void (*compress_function)(uint32_t state[8], const uint8_t *blocks, size_t count);

static compress_function function_of(csha256_body body) {
#if CSHA256_HAS_X86
  if (body == CSHA256_X86_SHA) return csha256_compress_x86;
#endif
  (void)body;
  return csha256_compress_scalar;
}

void csha256_begin(csha256_context *context, csha256_body body) {
  // The first 32 bits of the fractions of the square roots of the first eight primes.
  static const uint32_t initial[8] = {
      0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
      0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
  };
  memcpy(context->state, initial, sizeof initial);
  context->length = 0;
  context->body = body != CSHA256_SCALAR && has_x86() ? CSHA256_X86_SHA : CSHA256_SCALAR;
}

void csha256_update(csha256_context *context, const void *bytes, size_t count) {
  if (count == 0) return;
  const uint8_t *next = bytes;
  compress_function compress = function_of(context->body);
  size_t held = context->length % 64;
  context->length += count;
  if (held > 0) {
    size_t taken = count < 64 - held ? count : 64 - held;
    memcpy(context->block + held, next, taken);
    next += taken;
    count -= taken;
    if (held + taken < 64) return;
    compress(context->state, context->block, 1);
  }
  if (count >= 64) compress(context->state, next, count / 64);
  memcpy(context->block, next + count / 64 * 64, count % 64);
}

void csha256_finish(csha256_context *context, uint8_t digest[32]) {
  uint64_t bits = context->length * 8;
  // A one bit, zeros to eight bytes before a block's end, the length in bits.
  uint8_t padding[72] = {0x80};
  size_t held = context->length % 64;
  size_t count = (held < 56 ? 56 : 120) - held;
  for (int i = 0; i < 8; i++) padding[count + (size_t)i] = (uint8_t)(bits >> (56 - 8 * i));
  csha256_update(context, padding, count + 8);
  for (int i = 0; i < 8; i++) {
    for (int j = 0; j < 4; j++) digest[4 * i + j] = (uint8_t)(context->state[i] >> (24 - 8 * j));
  }
}
