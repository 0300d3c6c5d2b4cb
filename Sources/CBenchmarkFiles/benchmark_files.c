#include "benchmark_files.h"
