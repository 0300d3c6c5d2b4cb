"""Scores captions with METEOR as pycocoevalcap 1.2 drives it: tokenizer and jar, both Java.

    python3 official_meteor.py captions.json predictions.json

Prints one JSON object: the score, and seconds from the start of METEOR's process to the score.
"""

import contextlib
import json
import sys
import time

from pycocoevalcap.meteor.meteor import Meteor
from pycocoevalcap.tokenizer.ptbtokenizer import PTBTokenizer


def main():
    with open(sys.argv[1]) as file:
        annotations = json.load(file)
    with open(sys.argv[2]) as file:
        predictions = json.load(file)
    references = {image["id"]: [] for image in annotations["images"]}
    for annotation in annotations["annotations"]:
        references[annotation["image_id"]].append({"caption": annotation["caption"]})
    by_image = {item["image_id"]: [{"caption": item["caption"]}] for item in predictions}
    hypotheses = {image: by_image[image] for image in references}

    with contextlib.redirect_stdout(sys.stderr):
        references = PTBTokenizer().tokenize(references)
        hypotheses = PTBTokenizer().tokenize(hypotheses)
        started = time.perf_counter()
        score, _ = Meteor().compute_score(references, hypotheses)
        seconds = time.perf_counter() - started
    print(json.dumps({"scores": {"METEOR": score}, "seconds": seconds}))


main()
