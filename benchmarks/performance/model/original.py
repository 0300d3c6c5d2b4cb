"""Times the stages of the original under PyTorch, with two threads, and keeps what comes out.

    python3 original.py SOURCE base|large CHECKPOINT INPUTS.safetensors OUTPUTS.safetensors
        [--repetitions N] [--threads N] [--stages step,rerank,vqa,caption]

SOURCE is a checkout of X-PLUG/mPLUG at c666bfa. The last line is {"seconds": {stage: [s, ...]},
"peak_mb": MiB, "with": versions}. Whole answers are timed from the pixel tensor to the ids of the
beams, and their stages within.
"""

import argparse
import json
import time

import torch
from safetensors.torch import load_file, save_file
from torch.nn import functional

from cached_step import CachedStep
from original_model import load


class Stages:
    """Seconds by stage."""

    def __init__(self):
        self.seconds = {}

    def time(self, name, work):
        started = time.perf_counter()
        result = work()
        self.seconds.setdefault(name, []).append(time.perf_counter() - started)
        return result

    def repeat(self, name, repetitions, work):
        work()
        for _ in range(repetitions):
            result = self.time(name, work)
        return result


class Original:
    def __init__(self, arguments):
        torch.set_num_threads(arguments.threads)
        torch.set_num_interop_threads(1)
        self.vqa, self.caption, self.state = load(
            arguments.source, arguments.model, arguments.checkpoint)
        self.inputs = load_file(arguments.inputs)
        self.repetitions = arguments.repetitions
        self.stages = Stages()
        self.outputs = {}

    def encode_image(self):
        tokens = self.vqa.visual_encoder.visual(
            self.inputs["image"], skip_last_layer=True, use_checkpoint=False)
        return self.vqa.visn_layer_norm(self.vqa.visn_fc(tokens)) if self.vqa.large else tokens

    def encode_text(self, ids, mask):
        return self.vqa.text_encoder(ids, attention_mask=mask, return_dict=True).last_hidden_state

    def fuse(self, text, mask, image):
        return self.vqa.fusion_encoder(
            encoder_embeds=text, attention_mask=mask, encoder_hidden_states=image,
            encoder_attention_mask=torch.ones(image.shape[:2], dtype=torch.long), return_dict=False)

    def beam(self, module, memory, minimum, maximum):
        generator = module.beam_generator
        generator.min_length, generator.max_length = minimum, maximum
        return generator.translate_batch(
            [memory, torch.ones(memory.shape[:2], dtype=torch.long)], out_size=5)

    def keep_beams(self, name, found):
        longest = max(len(ids) for ids in found[0][0])
        self.outputs[name + ".ids"] = torch.stack(
            [functional.pad(ids, (0, longest - len(ids)), value=-1) for ids in found[0][0]]).int()
        self.outputs[name + ".scores"] = torch.stack(list(found[1][0]))

    def visual(self):
        self.image = self.stages.repeat("visual", self.repetitions, self.encode_image)
        self.outputs["visual"] = self.image

    def text_and_fusion(self):
        question = self.inputs["question"].long()[None]
        mask = torch.ones_like(question)
        text = self.stages.repeat(
            "text16", self.repetitions, lambda: self.encode_text(question, mask))
        image, fused = self.stages.repeat(
            "fusion16", self.repetitions, lambda: self.fuse(text, mask, self.image))
        self.outputs.update({"text": text, "fusion.image": image, "fusion.text": fused})
        self.memory = torch.cat([image, fused], 1)

    def step(self):
        prefix = self.inputs["prefix"].long()
        tokens = self.memory.shape[1]
        whole = lambda: self.vqa.text_decoder(
            prefix, encoder_hidden_states=self.memory.expand(5, -1, -1), return_dict=True,
            encoder_attention_mask=torch.ones(5, tokens, dtype=torch.long), reduction="none").logits
        logits = self.stages.repeat("step_original", self.repetitions, whole)
        self.outputs["logits"] = logits[:, -1]
        past = torch.randn(5, 2, 768, generator=torch.Generator().manual_seed(1))
        cached = CachedStep(self.vqa.text_decoder, self.memory, past)
        self.stages.repeat("step", 10 * self.repetitions, lambda: cached(prefix[:, -1]))

    def rerank(self):
        """One image with 32 texts in batches of eight; their features are there already."""
        texts, masks = self.inputs["texts"].long(), self.inputs["masks"].long()
        features = self.stages.time("text30x32", lambda: self.encode_text(texts, masks))

        def score(count):
            scores = []
            for first in range(0, count, 8):
                batch = slice(first, first + 8)
                _, fused = self.fuse(features[batch], masks[batch], self.image.expand(8, -1, -1))
                scores.append(functional.linear(
                    fused[:, 0], self.state["itm_head.weight"].float(),
                    self.state["itm_head.bias"].float())[:, 1])
            return torch.cat(scores)
        score(8)
        for _ in range(self.repetitions):
            self.outputs["matching"] = self.stages.time("rerank32", lambda: score(32))

    def answer(self):
        question = self.inputs["question"].long()[None]
        mask = torch.ones_like(question)

        def whole():
            time = self.stages.time
            image = time("visual", self.encode_image)
            text = time("text16", lambda: self.encode_text(question, mask))
            fused = time("fusion16", lambda: self.fuse(text, mask, image))
            return time("vqa_beam", lambda: self.beam(self.vqa, torch.cat(fused, 1), 10, 10))
        self.keep_beams("vqa", self.stages.time("vqa", whole))

    def describe(self):
        def whole():
            image = self.stages.time("visual", self.encode_image)
            return self.stages.time("caption_beam", lambda: self.beam(self.caption, image, 8, 25))
        self.keep_beams("caption", self.stages.time("caption", whole))


def main():
    parser = argparse.ArgumentParser()
    for name in "source", "model", "checkpoint", "inputs", "outputs":
        parser.add_argument(name)
    parser.add_argument("--repetitions", type=int, default=3)
    parser.add_argument("--stages", default="step,rerank,vqa,caption")
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    stages = arguments.stages.split(",")
    with torch.no_grad():
        original = Original(arguments)
        original.visual()
        original.text_and_fusion()
        if "step" in stages:
            original.step()
        if "rerank" in stages:
            original.rerank()
        if "vqa" in stages:
            original.answer()
        if "caption" in stages:
            original.describe()
        # Copies: where no layer merges, the fused image is the image itself.
        save_file({name: tensor.contiguous().clone() for name, tensor in original.outputs.items()},
                  arguments.outputs)
    with open("/proc/self/status") as file:
        peak = next(int(line.split()[1]) / 1024 for line in file if line.startswith("VmHWM"))
    print(json.dumps({"seconds": original.stages.seconds, "peak_mb": peak,
                      "with": f"PyTorch {torch.__version__}, {torch.get_num_threads()} threads"}))


main()
