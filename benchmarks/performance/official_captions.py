"""Scores captions with pycocoevalcap 1.2: tokenizer, BLEU, ROUGE-L and CIDEr-D, as COCOEvalCap does.

    python3 official_captions.py captions.json predictions.json

Prints one JSON object: the four scores, and seconds for the scoring alone (files already read).
"""

import contextlib
import json
import sys
import time

from pycocoevalcap.bleu.bleu import Bleu
from pycocoevalcap.cider.cider import Cider
from pycocoevalcap.rouge.rouge import Rouge
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

    started = time.perf_counter()
    with contextlib.redirect_stdout(sys.stderr):
        references = PTBTokenizer().tokenize(references)
        hypotheses = PTBTokenizer().tokenize(hypotheses)
        bleu, _ = Bleu(4).compute_score(references, hypotheses)
        rouge, _ = Rouge().compute_score(references, hypotheses)
        cider, _ = Cider().compute_score(references, hypotheses)
    seconds = time.perf_counter() - started
    scores = {f"Bleu_{n + 1}": float(value) for n, value in enumerate(bleu)}
    scores |= {"ROUGE_L": float(rouge), "CIDEr": float(cider)}
    print(json.dumps({"scores": scores, "seconds": seconds}))


main()
