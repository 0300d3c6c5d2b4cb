// Preloaded, it lets MKL use its AVX-512 kernels on processors of other makers.
int mkl_serv_intel_cpu_true(void) { return 1; }
