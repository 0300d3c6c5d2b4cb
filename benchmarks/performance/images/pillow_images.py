"""Decodes, resizes and normalises every JPEG of FOLDER with Pillow and numpy, in one thread.

    python3 pillow_images.py FOLDER SIZE

What the reference does: `Image.open(path).convert("RGB")`, bicubic `resize` to SIZE x SIZE, then
ToTensor and Normalize with CLIP's numbers, in numpy. Prints one JSON object: milliseconds of each
step for one picture, and SHA-256 over all resized pictures and over all tensors.
"""

import hashlib
import json
import os
import sys
import time

import numpy
from PIL import Image, __version__

MEAN = numpy.array([0.48145466, 0.4578275, 0.40821073], numpy.float32).reshape(3, 1, 1)
DEVIATION = numpy.array([0.26862954, 0.26130258, 0.27577711], numpy.float32).reshape(3, 1, 1)


def main():
    folder, size = sys.argv[1], int(sys.argv[2])
    paths = [os.path.join(folder, name) for name in sorted(os.listdir(folder))
             if name.endswith(".jpg")]
    spent = {"decode": 0.0, "resize": 0.0, "tensor": 0.0}
    pixels, tensors = hashlib.sha256(), hashlib.sha256()
    for number, path in enumerate(paths[:5] + paths):
        started = time.perf_counter()
        picture = Image.open(path).convert("RGB")
        decoded = time.perf_counter()
        picture = picture.resize((size, size), Image.BICUBIC)
        resized = time.perf_counter()
        tensor = numpy.ascontiguousarray(numpy.asarray(picture).transpose(2, 0, 1), numpy.float32)
        tensor /= 255
        tensor -= MEAN
        tensor /= DEVIATION
        finished = time.perf_counter()
        if number < 5:
            continue  # a warm-up
        spent["decode"] += decoded - started
        spent["resize"] += resized - decoded
        spent["tensor"] += finished - resized
        pixels.update(picture.tobytes())
        tensors.update(tensor.tobytes())
    milliseconds = {step: 1000 * seconds / len(paths) for step, seconds in spent.items()}
    milliseconds["total"] = sum(milliseconds.values())
    print(json.dumps({
        "milliseconds": milliseconds, "with": f"Pillow {__version__}, numpy {numpy.__version__}",
        "digests": {"pixels": pixels.hexdigest(), "tensors": tensors.hexdigest()}}))


main()
