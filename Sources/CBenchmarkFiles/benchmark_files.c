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
static const unsigned char msrvtt_qa[] = {
#embed "../../benchmarks/msrvtt-qa.yaml"
};
static const unsigned char msvd_qa[] = {
#embed "../../benchmarks/msvd-qa.yaml"
};
static const unsigned char vatex_caption[] = {
#embed "../../benchmarks/vatex-caption.yaml"
};
static const unsigned char vqav2[] = {
#embed "../../benchmarks/vqav2.yaml"
};
static const unsigned char published_coco_caption[] = {
#embed "../../benchmarks/published/coco-caption.yaml"
};
static const unsigned char published_coco_retrieval[] = {
#embed "../../benchmarks/published/coco-retrieval.yaml"
};
static const unsigned char published_flickr30k_retrieval[] = {
#embed "../../benchmarks/published/flickr30k-retrieval.yaml"
};
static const unsigned char published_msrvtt_qa[] = {
#embed "../../benchmarks/published/msrvtt-qa.yaml"
};
static const unsigned char published_msrvtt_retrieval[] = {
#embed "../../benchmarks/published/msrvtt-retrieval.yaml"
};
static const unsigned char published_msvd_qa[] = {
#embed "../../benchmarks/published/msvd-qa.yaml"
};
static const unsigned char published_nlvr2[] = {
#embed "../../benchmarks/published/nlvr2.yaml"
};
static const unsigned char published_nocaps[] = {
#embed "../../benchmarks/published/nocaps.yaml"
};
static const unsigned char published_refcoco_plus[] = {
#embed "../../benchmarks/published/refcoco+.yaml"
};
static const unsigned char published_refcoco[] = {
#embed "../../benchmarks/published/refcoco.yaml"
};
static const unsigned char published_refcocog[] = {
#embed "../../benchmarks/published/refcocog.yaml"
};
static const unsigned char published_snli_ve[] = {
#embed "../../benchmarks/published/snli-ve.yaml"
};
static const unsigned char published_vatex_caption[] = {
#embed "../../benchmarks/published/vatex-caption.yaml"
};
static const unsigned char published_vqav2[] = {
#embed "../../benchmarks/published/vqav2.yaml"
};

static const struct benchmark_file files[] = {
    {"coco-caption.yaml", coco_caption, sizeof coco_caption},
    {"mini-coco-caption.yaml", mini_coco_caption, sizeof mini_coco_caption},
    {"mini-vqav2.yaml", mini_vqav2, sizeof mini_vqav2},
    {"msrvtt-qa.yaml", msrvtt_qa, sizeof msrvtt_qa},
    {"msvd-qa.yaml", msvd_qa, sizeof msvd_qa},
    {"vatex-caption.yaml", vatex_caption, sizeof vatex_caption},
    {"vqav2.yaml", vqav2, sizeof vqav2},
    {"published/coco-caption.yaml", published_coco_caption, sizeof published_coco_caption},
    {"published/coco-retrieval.yaml", published_coco_retrieval, sizeof published_coco_retrieval},
    {"published/flickr30k-retrieval.yaml", published_flickr30k_retrieval, sizeof published_flickr30k_retrieval},
    {"published/msrvtt-qa.yaml", published_msrvtt_qa, sizeof published_msrvtt_qa},
    {"published/msrvtt-retrieval.yaml", published_msrvtt_retrieval, sizeof published_msrvtt_retrieval},
    {"published/msvd-qa.yaml", published_msvd_qa, sizeof published_msvd_qa},
    {"published/nlvr2.yaml", published_nlvr2, sizeof published_nlvr2},
    {"published/nocaps.yaml", published_nocaps, sizeof published_nocaps},
    {"published/refcoco+.yaml", published_refcoco_plus, sizeof published_refcoco_plus},
    {"published/refcoco.yaml", published_refcoco, sizeof published_refcoco},
    {"published/refcocog.yaml", published_refcocog, sizeof published_refcocog},
    {"published/snli-ve.yaml", published_snli_ve, sizeof published_snli_ve},
    {"published/vatex-caption.yaml", published_vatex_caption, sizeof published_vatex_caption},
    {"published/vqav2.yaml", published_vqav2, sizeof published_vqav2},
};

size_t benchmark_file_count(void) { return sizeof files / sizeof files[0]; }

struct benchmark_file benchmark_file_at(size_t index) { return files[index]; }
