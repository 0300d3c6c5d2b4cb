#include "benchmark_files.h"

// A card is added by its #embed and its line in the table below.
static const unsigned char coco_caption[] = {
#embed "../../benchmarks/coco-caption.yaml"
};
static const unsigned char mini_coco_caption[] = {
#embed "../../benchmarks/mini-coco-caption.yaml"
};
static const unsigned char mini_vqav2[] = {
#embed "../../benchmarks/mini-vqav2.yaml"
};
static const unsigned char vqav2[] = {
#embed "../../benchmarks/vqav2.yaml"
};

static const struct benchmark_file files[] = {
    {"coco-caption.yaml", coco_caption, sizeof coco_caption},
    {"mini-coco-caption.yaml", mini_coco_caption, sizeof mini_coco_caption},
    {"mini-vqav2.yaml", mini_vqav2, sizeof mini_vqav2},
    {"vqav2.yaml", vqav2, sizeof vqav2},
};

size_t benchmark_file_count(void) { return sizeof files / sizeof files[0]; }

struct benchmark_file benchmark_file_at(size_t index) { return files[index]; }
