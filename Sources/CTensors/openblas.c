#include "ctensors_openblas.h"

#include <dlfcn.h>
#include <string.h>

// Of cblas.h.
enum { ROW_MAJOR = 101, NOT_TRANSPOSED = 111, TRANSPOSED = 112 };

static void *open_library(void) {
  const char *const names[] = {"libopenblas.so.0", "libopenblas.so", "libopenblas.dylib"};
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
    void *handle = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
    if (handle) return handle;
  }
  // What dlerror says is to be about the usual name.
  return dlopen(names[0], RTLD_NOW | RTLD_LOCAL);
}

// A function of the library; an address of data becomes one of a function by way of its bytes.
static bool find(void *handle, const char *name, void *function) {
  void *address = dlsym(handle, name);
  memcpy(function, &address, sizeof address);
  return address != NULL;
}

const char *ctensors_openblas_load(ctensors_openblas *library) {
  void *handle = open_library();
  if (!handle) return dlerror();
  void (*set_threads)(int);
  char *(*core)(void), *(*configuration)(void);
  if (!find(handle, "cblas_sgemm", &library->sgemm) ||
      !find(handle, "openblas_set_num_threads", &set_threads) ||
      !find(handle, "openblas_get_corename", &core) ||
      !find(handle, "openblas_get_config", &configuration)) {
    return dlerror();
  }
  set_threads(1);
  library->core = core();
  library->configuration = configuration();
  return NULL;
}

// A matrix without columns still has a stride.
static int stride_of(size_t stride) { return stride > 0 ? (int)stride : 1; }

void ctensors_openblas_multiply(
    const ctensors_openblas *library, ctensors_body body, const ctensors_product *p,
    const float *b, size_t b_stride, ctensors_layout layout) {
  if (p->m == 0 || p->n == 0) return;
  for (size_t r = 0; r < p->m; r++) {
    if (p->bias) {
      memcpy(p->c + r * p->c_stride, p->bias, p->n * sizeof(float));
    } else {
      memset(p->c + r * p->c_stride, 0, p->n * sizeof(float));
    }
  }
  if (p->k > 0) {
    library->sgemm(
        ROW_MAJOR, NOT_TRANSPOSED, layout == CTENSORS_ROWS_OF_OUTPUTS ? TRANSPOSED : NOT_TRANSPOSED,
        (int)p->m, (int)p->n, (int)p->k, 1, p->a, stride_of(p->a_stride), b, stride_of(b_stride),
        1, p->c, stride_of(p->c_stride));
  }
  if (p->activation != CTENSORS_IDENTITY) {
    ctensors_activate(body, p->m, p->n, p->activation, p->c, p->c_stride);
  }
  if (!p->residual) return;
  for (size_t r = 0; r < p->m; r++) {
    ctensors_add(body, p->n, p->residual + r * p->residual_stride, p->c + r * p->c_stride);
  }
}
