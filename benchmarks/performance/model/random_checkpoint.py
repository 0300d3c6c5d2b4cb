"""Writes a checkpoint of mPLUG's real sizes with random weights, as a training run leaves it.

    python3 random_checkpoint.py FILE.pth --model base|large [--seed N]
        [--names pretraining|finetuned] [--no-retrieval] [--classes N] [--clip-text] [--half]
        [--end-bias X]

The same model and seed give the same numbers, whatever else is asked for. Every weight that the
published models have is there, the unused ones too: all twelve fusion layers, the fusion encoder's
own embeddings, a few momentum copies, short queues, an optimizer. Only the whole momentum model
and, if not asked for, CLIP's text tower are left out. `base` has the names of pretraining files,
`large` those of fine-tuned ones. Scales are those that BERT and CLIP start from, a little wider, so
that activations stay finite and a token is seldom [SEP]: beams last to their maximum, unless a bias
says otherwise.

Needs PyTorch.
"""

import argparse
import zlib

import torch

MODELS = {
    # vision width, layers, patch, rows of the positional embedding, CLIP's text tower: width, names
    "base": {"width": 768, "layers": 12, "patch": 16, "resolution": 256, "clip": 512,
             "names": "pretraining"},
    "large": {"width": 1024, "layers": 24, "patch": 14, "resolution": 336, "clip": 768,
              "names": "finetuned"},
}
HIDDEN, INTERMEDIATE, VOCABULARY, POSITIONS, EMBEDDING = 768, 3072, 30522, 512, 256
SEPARATOR = 102
TEXT_LAYERS, FUSION_LAYERS, DECODER_LAYERS, QUEUE = 6, 12, 12, 64


class Weights:
    """Random tensors by name, each from a seed of its own."""

    def __init__(self, seed, dtype):
        self.seed = seed
        self.dtype = dtype
        self.state = {}

    def normal(self, name, *shape, std, mean=0.0):
        generator = torch.Generator().manual_seed(self.seed * 2**32 + zlib.crc32(name.encode()))
        tensor = torch.empty(shape).normal_(mean, std, generator=generator).to(self.dtype)
        self.state[name] = tensor
        return tensor

    def linear(self, name, outputs, inputs, std=0.03):
        self.normal(name + ".weight", outputs, inputs, std=std)
        self.normal(name + ".bias", outputs, std=0.02)

    def norm(self, name, width):
        self.normal(name + ".weight", width, mean=1.0, std=0.1)
        self.normal(name + ".bias", width, std=0.02)

    def clip_blocks(self, name, width, layers):
        projection = width**-0.5 * (2 * layers)**-0.5
        for layer in range(layers):
            block = f"{name}.resblocks.{layer}"
            self.normal(block + ".attn.in_proj_weight", 3 * width, width, std=width**-0.5)
            self.normal(block + ".attn.in_proj_bias", 3 * width, std=0.02)
            self.linear(block + ".attn.out_proj", width, width, projection)
            self.norm(block + ".ln_1", width)
            self.linear(block + ".mlp.c_fc", 4 * width, width, (2 * width)**-0.5)
            self.linear(block + ".mlp.c_proj", width, 4 * width, projection)
            self.norm(block + ".ln_2", width)

    def bert_embeddings(self, name):
        words = self.normal(name + ".word_embeddings.weight", VOCABULARY, HIDDEN, std=0.05)
        self.normal(name + ".position_embeddings.weight", POSITIONS, HIDDEN, std=0.05)
        self.normal(name + ".token_type_embeddings.weight", 2, HIDDEN, std=0.05)
        self.norm(name + ".LayerNorm", HIDDEN)
        self.state[name + ".position_ids"] = torch.arange(POSITIONS).reshape(1, -1)
        return words

    def bert_layers(self, name, layers, has_cross_attention):
        for layer in range(layers):
            block = f"{name}.layer.{layer}"
            for kind in ["attention"] + ["crossattention"] * has_cross_attention:
                for part in "query", "key", "value":
                    self.linear(f"{block}.{kind}.self.{part}", HIDDEN, HIDDEN)
                self.linear(f"{block}.{kind}.output.dense", HIDDEN, HIDDEN)
                self.norm(f"{block}.{kind}.output.LayerNorm", HIDDEN)
            self.linear(f"{block}.intermediate.dense", INTERMEDIATE, HIDDEN)
            self.linear(f"{block}.output.dense", HIDDEN, INTERMEDIATE)
            self.norm(f"{block}.output.LayerNorm", HIDDEN)


def state_of(sizes, names, seed, dtype, retrieval, classes, clip_text, end_bias):
    weights = Weights(seed, dtype)
    width, patch = sizes["width"], sizes["patch"]
    visual = "visual_encoder.visual"
    weights.normal(visual + ".class_embedding", width, std=width**-0.5)
    weights.normal(visual + ".positional_embedding", 1 + (sizes["resolution"] // patch)**2, width,
                   std=width**-0.5)
    weights.normal(visual + ".proj", width, sizes["clip"], std=width**-0.5)
    weights.normal(visual + ".conv1.weight", width, 3, patch, patch, std=(3 * patch * patch)**-0.5)
    weights.norm(visual + ".ln_pre", width)
    weights.clip_blocks(visual + ".transformer", width, sizes["layers"])
    weights.norm(visual + ".ln_post", width)
    if clip_text:
        tower = sizes["clip"]
        weights.normal("visual_encoder.positional_embedding", 77, tower, std=0.01)
        weights.normal("visual_encoder.text_projection", tower, tower, std=tower**-0.5)
        weights.normal("visual_encoder.logit_scale", mean=4.6, std=0)
        weights.clip_blocks("visual_encoder.transformer", tower, 12)
        weights.normal("visual_encoder.token_embedding.weight", 49408, tower, std=0.02)
        weights.norm("visual_encoder.ln_final", tower)
    if width != HIDDEN:
        for copy in "", "_m":
            weights.linear("visn_fc" + copy, HIDDEN, width)
            weights.norm("visn_layer_norm" + copy, HIDDEN)

    text, fusion = "text_encoder", "fusion_encoder"
    if names == "pretraining":
        text, fusion = text + ".bert", fusion + ".fusion"
    weights.bert_embeddings(text + ".embeddings")
    weights.bert_layers(text + ".encoder", TEXT_LAYERS, has_cross_attention=False)
    weights.norm(text.replace("encoder", "encoder_m", 1) + ".embeddings.LayerNorm", HIDDEN)
    weights.bert_embeddings(fusion + ".embeddings")
    weights.bert_layers(fusion + ".encoder", FUSION_LAYERS, has_cross_attention=True)

    words = weights.bert_embeddings("text_decoder.bert.embeddings")
    weights.bert_layers("text_decoder.bert.encoder", DECODER_LAYERS, has_cross_attention=True)
    head = "text_decoder.cls.predictions"
    bias = weights.normal(head + ".bias", VOCABULARY, std=0.05)
    bias[SEPARATOR] += end_bias
    weights.linear(head + ".transform.dense", HIDDEN, HIDDEN)
    weights.norm(head + ".transform.LayerNorm", HIDDEN)
    weights.state[head + ".decoder.weight"] = words
    weights.state[head + ".decoder.bias"] = bias

    if retrieval:
        for name in "vision_proj", "text_proj":
            weights.linear(name, EMBEDDING, HIDDEN)
            weights.linear(name + "_m", EMBEDDING, HIDDEN)
        weights.linear("itm_head", 2, HIDDEN)
        weights.normal("temp", mean=0.07, std=0)
        for queue in "image_queue", "text_queue":
            weights.normal(queue, EMBEDDING, QUEUE, std=EMBEDDING**-0.5)
        weights.state["idx_queue"] = torch.full((1, QUEUE), -100)
        weights.state["queue_ptr"] = torch.zeros(1, dtype=torch.long)
    if classes:
        weights.linear("cls_head.0", HIDDEN, HIDDEN)
        weights.linear("cls_head.2", classes, HIDDEN)
    return weights.state


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("file")
    parser.add_argument("--model", choices=MODELS, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--names", choices=["pretraining", "finetuned"])
    parser.add_argument("--no-retrieval", action="store_true")
    parser.add_argument("--classes", type=int, default=0, help="3: entailment, 2: NLVR2")
    parser.add_argument("--clip-text", action="store_true")
    parser.add_argument("--end-bias", type=float, default=0, help="[SEP] likelier: shorter texts")
    parser.add_argument("--half", action="store_true", help="float16")
    arguments = parser.parse_args()
    sizes = MODELS[arguments.model]
    state = state_of(
        sizes, arguments.names or sizes["names"], arguments.seed,
        torch.float16 if arguments.half else torch.float32, not arguments.no_retrieval,
        arguments.classes, arguments.clip_text, arguments.end_bias)
    moments = {"step": 1000, "exp_avg": torch.zeros(HIDDEN), "exp_avg_sq": torch.zeros(HIDDEN)}
    torch.save({
        "model": state,
        "optimizer": {"state": {0: moments},
                      "param_groups": [{"lr": 3e-5, "betas": (0.9, 0.98), "params": [0]}]},
        "lr_scheduler": {"base_lr": 3e-5, "cycle_limit": 1},
        "config": {"image_res": sizes["resolution"], "vision_width": sizes["width"],
                   "train_file": ["train.json"], "distill": True},
        "epoch": 7,
    }, arguments.file)
    storages = {tensor.data_ptr(): tensor.numel() for tensor in state.values()}
    parameters = sum(storages.values())
    print(f"{arguments.file}: {len(state)} tensors, {parameters:,} numbers")


main()
