"""Writes a COCO-5k-size retrieval job: IMAGES images with five texts each, and two score matrices.

    python3 make_scores.py FOLDER [IMAGES]

Seeded normal float32 noise, to which the right pairs add 2.5; the text-to-image matrix has noise of
its own. `list.json` is a reference list, `i2t.npy` and `t2i.npy` are for numpy, `scores.safetensors`
holds both. Needs numpy.
"""

import json
import os
import struct
import sys

import numpy


def main():
    folder = sys.argv[1]
    images = int(sys.argv[2]) if len(sys.argv) > 2 else 5000
    texts = 5 * images
    os.makedirs(folder, exist_ok=True)
    generator = numpy.random.default_rng(20221)
    records = [{"image": f"val2014/COCO_val2014_{image:012d}.jpg",
                "caption": [f"text {text}" for text in range(5 * image, 5 * image + 5)]}
               for image in range(images)]
    with open(os.path.join(folder, "list.json"), "w") as file:
        json.dump(records, file)
    right = numpy.arange(texts)
    header, arrays, offset = {}, [], 0
    for name, shape in [("i2t", (images, texts)), ("t2i", (texts, images))]:
        scores = generator.standard_normal(shape, dtype=numpy.float32)
        pairs = (right // 5, right) if name == "i2t" else (right, right // 5)
        scores[pairs] += numpy.float32(2.5)
        numpy.save(os.path.join(folder, f"{name}.npy"), scores)
        header[name] = {"dtype": "F32", "shape": list(shape),
                        "data_offsets": [offset, offset + scores.nbytes]}
        offset += scores.nbytes
        arrays.append(scores)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(os.path.join(folder, "scores.safetensors"), "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for scores in arrays:
            scores.tofile(file)


main()
