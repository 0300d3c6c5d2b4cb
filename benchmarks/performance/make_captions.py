"""Writes a COCO-captions-size job: IMAGES images with five references each and one prediction.

    python3 make_captions.py FOLDER [IMAGES]

Sentences come from a small seeded grammar with a long tail of words, so that n-gram counts, lengths
and document frequencies look like those of real captions. Standard library only.
"""

import json
import os
import random
import sys

ARTICLES = ["a", "A", "the", "The", "two", "Two", "some", "three", "one", "an old", "a young"]
VERBS = ["is", "are", "was seen", "stands", "sits", "walks", "runs", "plays", "rests", "lies"]
PLACES = ["on", "near", "under", "beside", "in front of", "behind", "next to", "across from"]
TAILS = ["", "", "", ".", ".", ".", " at night.", ", smiling.", " (blurred)", "!", " - it's sunny.",
         " with its owner's bag.", " in the U.S.", " at 5 p.m.", " and isn't moving."]


def words(random_, count, suffixes):
    onsets = "b br c ch cl d dr f fl g gr h j k l m n p pl qu r s sh st t tr v w".split()
    vowels = "a e i o u ai ea oo ou".split()
    made = set()
    while len(made) < count:
        syllables = random_.randint(1, 3)
        made.add("".join(random_.choice(onsets) + random_.choice(vowels) for _ in range(syllables))
                 + random_.choice(suffixes))
    return sorted(made)


def main():
    folder = sys.argv[1]
    images = int(sys.argv[2]) if len(sys.argv) > 2 else 5000
    random_ = random.Random(1234)
    nouns = words(random_, 4000, ["n", "t", "k", "rd", "nd", ""])
    adjectives = words(random_, 600, ["y", "ish", "ed", ""])
    noun_weights = [1 / (rank + 3) for rank in range(len(nouns))]
    adjective_weights = [1 / (rank + 3) for rank in range(len(adjectives))]

    def sentence(scene):
        noun, place, adjective = scene
        if random_.random() < 0.35:
            noun = random_.choices(nouns, noun_weights)[0]
        if random_.random() < 0.35:
            place = random_.choices(nouns, noun_weights)[0]
        parts = [random_.choice(ARTICLES)]
        if random_.random() < 0.6:
            parts.append(adjective if random_.random() < 0.5
                         else random_.choices(adjectives, adjective_weights)[0])
        parts += [noun, random_.choice(VERBS), random_.choice(PLACES), "a", place]
        if random_.random() < 0.4:
            parts += ["with", "a", random_.choices(nouns, noun_weights)[0]]
        return " ".join(parts) + random_.choice(TAILS)

    annotations, predictions, listed = [], [], []
    for image in range(1, images + 1):
        scene = (random_.choices(nouns, noun_weights)[0], random_.choices(nouns, noun_weights)[0],
                 random_.choices(adjectives, adjective_weights)[0])
        listed.append({"id": image, "file_name": f"COCO_val2014_{image:012d}.jpg"})
        for _ in range(5):
            annotations.append({"image_id": image, "id": len(annotations) + 1,
                                "caption": sentence(scene)})
        predictions.append({"image_id": image, "caption": sentence(scene).lower().rstrip(".!")})
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "captions.json"), "w") as file:
        json.dump({"info": {}, "licenses": [], "type": "captions", "images": listed,
                   "annotations": annotations}, file)
    with open(os.path.join(folder, "predictions.json"), "w") as file:
        json.dump(predictions, file)


main()
