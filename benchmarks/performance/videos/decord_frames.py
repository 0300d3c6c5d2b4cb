"""Samples 8 frames at 224 x 224 of every video of a list with decord.

    python3 decord_frames.py LIST PASSES one|default|two

`one`: decord with num_threads=1, one video after another. `default`: the number of threads that it
chooses itself. `two`: two threads of Python, each with num_threads=1. Every video is read PASSES
times. Prints one JSON object: milliseconds for a video (with `one`: the least of its passes), videos
in a second, and SHA-256 of each video's frames.
"""

import collections
import concurrent.futures
import hashlib
import json
import os
import sys
import time

import decord
import numpy

COUNT, SIZE = 8, 224


def sample(path, threads):
    started = time.perf_counter()
    video = decord.VideoReader(path, decord.cpu(0), width=SIZE, height=SIZE, num_threads=threads)
    packets = len(video)
    step = packets // COUNT
    frames = video.get_batch(numpy.arange(COUNT) * step).asnumpy()
    return path, time.perf_counter() - started, frames


def main():
    with open(sys.argv[1]) as file:
        paths = file.read().splitlines()
    passes, mode = int(sys.argv[2]), sys.argv[3]
    least, digests = collections.defaultdict(lambda: float("inf")), {}

    def take(path, seconds, frames):
        name = os.path.basename(path)
        least[name] = min(least[name], 1000 * seconds)
        if name not in digests:
            digests[name] = hashlib.sha256(frames.tobytes()).hexdigest()

    started = time.perf_counter()
    if mode == "two":
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            for result in pool.map(lambda path: sample(path, 1), paths * passes):
                take(*result)
    else:
        for path in paths * passes:
            take(*sample(path, 1 if mode == "one" else 0))
    seconds = time.perf_counter() - started
    print(json.dumps({
        "milliseconds": least if mode == "one" else {}, "videos_per_second": passes * len(paths) / seconds,
        "with": f"decord {decord.__version__}", "digests": digests}))


main()
