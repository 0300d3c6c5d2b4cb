"""Scores retrieval as the reference project's evaluation does: numpy's argsort of every row.

    python3 numpy_retrieval.py FOLDER

Written from the description of its `itm_eval`: each row is sorted ascending and reversed, and the
places of the right candidates are looked up. Prints one JSON object: the scores, seconds for the
scoring alone (matrices in memory), numpy's version and the vector code that it found.
"""

import json
import os
import sys
import time

import numpy as np


def recalls(ranks, name):
    scores = {f"{name}_r{k}": 100.0 * len(np.where(ranks < k)[0]) / len(ranks) for k in (1, 5, 10)}
    scores[f"{name}_r_mean"] = sum(scores.values()) / 3
    return scores


def evaluate(i2t, t2i, img2txt, txt2img):
    ranks = np.zeros(i2t.shape[0])
    for index, row in enumerate(i2t):
        order = np.argsort(row)[::-1]
        ranks[index] = min(np.where(order == text)[0][0] for text in img2txt[index])
    scores = recalls(ranks, "txt")
    ranks = np.zeros(t2i.shape[0])
    for index, row in enumerate(t2i):
        order = np.argsort(row)[::-1]
        ranks[index] = np.where(order == txt2img[index])[0][0]
    scores |= recalls(ranks, "img")
    return scores | {"r_mean": (scores["txt_r_mean"] + scores["img_r_mean"]) / 2}


def vector_code():
    try:
        return np.show_config(mode="dicts")["SIMD Extensions"]["found"]
    except (KeyError, TypeError):
        return []


def main():
    i2t, t2i = (np.load(os.path.join(sys.argv[1], f"{name}.npy")) for name in ("i2t", "t2i"))
    img2txt = [list(range(5 * image, 5 * image + 5)) for image in range(i2t.shape[0])]
    txt2img = [text // 5 for text in range(t2i.shape[0])]
    started = time.perf_counter()
    scores = evaluate(i2t, t2i, img2txt, txt2img)
    seconds = time.perf_counter() - started
    print(json.dumps({"scores": scores, "seconds": seconds, "numpy": np.__version__,
                      "vector": vector_code()}))


main()
