"""Makes COUNT JPEGs that compress like photos: 640 x 480, quality 90, 4:2:0, 60 to 150 KB each.

    python3 make_photos.py FOLDER [COUNT]

A picture is noise of which every octave has half the amplitude of the one below, as in photos, over
a gradient, with discs for edges and a little grain. Every seventh stands upright (480 x 640), every
twentieth is grey. Seeded: always the same pictures. Needs Pillow and numpy.
"""

import os
import sys

import numpy
from PIL import Image, ImageDraw


def noise(random, width, height, octaves=7):
    total = numpy.zeros((height, width))
    for octave in range(octaves):
        cells = 2 ** octave
        small = random.integers(0, 256, (3 * cells + 1, 4 * cells + 1), dtype=numpy.uint8)
        layer = Image.fromarray(small).resize((width, height), Image.BICUBIC)
        total += (numpy.asarray(layer, dtype=float) - 127.5) / 2 ** octave
    return total


def photo(seed):
    random = numpy.random.default_rng(seed)
    width, height = (480, 640) if seed % 7 == 6 else (640, 480)
    light = noise(random, width, height)
    tint = random.uniform(0.3, 1, 3)
    pixels = numpy.stack([128 + tint[c] * light + 0.25 * noise(random, width, height, 5)
                          for c in range(3)], axis=2)
    pixels += numpy.linspace(-40, 40, height)[:, None, None] * random.uniform(-1, 1, 3)
    picture = Image.fromarray(numpy.clip(pixels, 0, 255).astype(numpy.uint8))
    draw = ImageDraw.Draw(picture, "RGBA")
    for _ in range(12):
        x, y, r = random.integers(0, width), random.integers(0, height), random.integers(8, 90)
        colour = tuple(int(v) for v in random.integers(0, 256, 3)) + (int(random.integers(60, 200)),)
        draw.ellipse((int(x - r), int(y - r), int(x + r), int(y + r)), fill=colour)
    pixels = numpy.asarray(picture, dtype=float) + random.normal(0, random.uniform(3, 9), (height, width, 1))
    picture = Image.fromarray(numpy.clip(pixels, 0, 255).astype(numpy.uint8))
    return picture.convert("L") if seed % 20 == 19 else picture


def main():
    folder = sys.argv[1]
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    os.makedirs(folder, exist_ok=True)
    sizes = []
    for seed in range(count):
        path = os.path.join(folder, f"{seed:06d}.jpg")
        photo(seed).save(path, quality=90, subsampling="4:2:0")
        sizes.append(os.path.getsize(path))
    print(f"{count} pictures, {min(sizes) // 1000} to {max(sizes) // 1000} KB, "
          f"mean {sum(sizes) // len(sizes) // 1000} KB")


main()
