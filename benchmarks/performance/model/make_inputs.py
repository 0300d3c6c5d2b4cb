"""Writes what both sides are asked: base.safetensors, large.safetensors and photo.png in FOLDER.

    python3 make_inputs.py FOLDER

Per model: `image` [1, 3, res, res], as an image looks after normalisation; `question` [16], ids
that begin with [CLS]; `texts` [32, 30] and `masks` [32, 30], texts of 8 to 30 ids padded to 30;
`prefix` [5, 3], the beginnings of five hypotheses with the same first id. Numbers are float32 and
int32. Always the same.
"""

import pathlib
import struct
import sys
import zlib

import numpy
from safetensors.numpy import save_file

RESOLUTIONS = {"base": 384, "large": 336}


def picture(random, size):
    """Soft colours with some grain, 0 to 255, [size, size, 3]."""
    y, x = numpy.mgrid[0:size, 0:size] / size
    waves = [numpy.sin(random.uniform(2, 20) * x + random.uniform(2, 20) * y + phase)
             for phase in (0, 2, 4)]
    grain = random.normal(0, 12, (size, size, 3))
    return numpy.clip(128 + 90 * numpy.stack(waves, -1) + grain, 0, 255)


def ids(random, count):
    return [101] + random.integers(1000, 29000, count - 1).tolist()


def inputs(resolution):
    random = numpy.random.default_rng(7)
    mean = numpy.array([0.48145466, 0.4578275, 0.40821073])
    deviation = numpy.array([0.26862954, 0.26130258, 0.27577711])
    image = (picture(random, resolution) / 255 - mean) / deviation
    lengths = random.integers(8, 31, 32)
    texts = [ids(random, length) + [0] * (30 - length) for length in lengths]
    return {
        "image": numpy.ascontiguousarray(image.transpose(2, 0, 1)[None]).astype(numpy.float32),
        "question": numpy.array(ids(random, 16), numpy.int32),
        "texts": numpy.array(texts, numpy.int32),
        "masks": (numpy.arange(30)[None] < lengths[:, None]).astype(numpy.int32),
        "prefix": numpy.array([ids(random, 3) for _ in range(5)], numpy.int32),
    }


def write_png(path, pixels):
    def chunk(kind, data):
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check
    height, width, _ = pixels.shape
    rows = b"".join(b"\0" + row.tobytes() for row in pixels)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(rows, 6)) + chunk(b"IEND", b""))


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for model, resolution in RESOLUTIONS.items():
        save_file(inputs(resolution), folder / f"{model}.safetensors")
    write_png(folder / "photo.png", picture(numpy.random.default_rng(8), 480).astype(numpy.uint8))


main()
