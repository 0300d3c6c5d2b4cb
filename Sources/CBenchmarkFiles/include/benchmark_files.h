// The files of benchmarks/ that the binary carries, so that it works from any folder.
#ifndef BENCHMARK_FILES_H
#define BENCHMARK_FILES_H

#include <stddef.h>

/// One embedded file: its path under benchmarks/ and its bytes, without a NUL at the end.
struct benchmark_file {
  const char *path;
  const unsigned char *bytes;
  size_t size;
};

/// How many files are embedded.
size_t benchmark_file_count(void);

/// The file with an index below the count.
struct benchmark_file benchmark_file_at(size_t index);

#endif
