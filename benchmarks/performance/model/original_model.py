"""The original's modules, loaded from a folder of its source, with the weights of a checkpoint.

Nothing of its code is kept here. What it imports and inference does not use (timm, torchvision,
PIL, ftfy) is replaced by empty modules, so that PyTorch and transformers 4.14.1 are enough; its
`from_pretrained`, which fetches BERT's weights only to overwrite them, by a plain construction.
"""

import importlib.abc
import importlib.machinery
import os
import re
import sys
import types

import torch

ABSENT = ("timm", "torchvision", "PIL", "ftfy")
SIZES = {
    "base": {"bert_config": "configs/config_bert_stride3.json", "vision_width": 768, "layers": 12,
             "patch": 16, "image_res": 384},
    "large": {"bert_config": "configs/config_bert.json", "vision_width": 1024, "layers": 24,
              "patch": 14, "image_res": 336},
}


class Absent(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds what is not installed: whatever is asked of such a module is an empty class."""

    def find_spec(self, name, path, target=None):
        if name.split(".")[0] in ABSENT:
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec):
        module = types.ModuleType(spec.name)
        module.__getattr__ = lambda name: type(name, (), {}) if name[0] != "_" else None
        return module

    def exec_module(self, module):
        pass


def fine_tuned_names(state):
    """Pretraining's names made those of fine-tuned models; nothing is dropped."""
    def renamed(name):
        if ("fusion" in name or "bert" in name) and "decode" not in name:
            return name.replace("fusion.", "").replace("bert.", "")
        return name
    return {renamed(name): tensor for name, tensor in state.items()}


def resized_positions(table, resolution, patch):
    grid = int((len(table) - 1)**0.5)
    wanted = int(int(resolution**2 / patch**2)**0.5)
    image = table[1:].reshape(1, grid, grid, -1).permute(0, 3, 1, 2)
    image = torch.nn.functional.interpolate(image, size=(wanted, wanted), mode="bilinear")
    return torch.cat([table[:1], image.permute(0, 2, 3, 1).reshape(wanted * wanted, -1)])


def load(source, model, checkpoint):
    """The VQA and the captioning module over the same weights, and the whole state by name."""
    sizes = SIZES[model]
    import transformers.modeling_utils
    sys.meta_path.append(Absent())
    sys.path.insert(0, source)
    transformers.modeling_utils.PreTrainedModel.from_pretrained = classmethod(
        lambda cls, name, config, **options: cls(config, **options))
    import models.clip.model
    import models.visual_transformers

    def initialize_clip(config):
        # CLIP's text tower is part of the module and never used: one small layer stands for it.
        return models.clip.model.CLIP(
            embed_dim=64, image_resolution=config["image_res"], vision_layers=sizes["layers"],
            vision_width=sizes["vision_width"], vision_patch_size=sizes["patch"], context_length=77,
            vocab_size=64, transformer_width=64, transformer_heads=1, transformer_layers=1), None

    models.visual_transformers.initialize_clip = initialize_clip
    import models.model_caption_mplug
    import models.model_vqa_mplug
    config = {**sizes, "bert_config": os.path.join(source, sizes["bert_config"]),
              "text_encoder": "", "text_decoder": "", "distill": False, "use_checkpoint": False,
              "beam_size": 5, "min_length": 10, "max_length": 10}

    state = fine_tuned_names(torch.load(checkpoint, map_location="cpu", weights_only=True)["model"])
    positions = "visual_encoder.visual.positional_embedding"
    state[positions] = resized_positions(state[positions], sizes["image_res"], sizes["patch"])
    made = []
    for module in models.model_vqa_mplug, models.model_caption_mplug:
        with torch.device("meta"):
            mplug = module.MPLUG(tokenizer=None, config=config)
        mplug.load_state_dict(
            {name: tensor.float() if tensor.is_floating_point() else tensor
             for name, tensor in state.items()
             if not re.match(r"visual_encoder\.(visual\.proj$|(?!visual))", name)},
            strict=False, assign=True)
        unused = re.compile(r"visual_encoder\.(visual\.proj$|(?!visual))|fusion_encoder\.pooler")
        empty = [name for name, tensor in mplug.state_dict().items()
                 if tensor.is_meta and not unused.match(name)]
        if empty:
            sys.exit(f"original: the checkpoint lacks {' '.join(empty[:5])}")
        made.append(mplug.eval())
    return made[0], made[1], state
