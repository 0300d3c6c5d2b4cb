"""Writes captions in plain English for METEOR: IMAGES images, five references each, one prediction.

    python3 make_captions.py FOLDER [IMAGES]

Every scene is described six times from a seeded grammar with several words for each thing, so that
stems, synonyms and paraphrases all occur. Standard library only.
"""

import json
import os
import random
import sys

PEOPLE = ["man", "woman", "boy", "girl", "child", "person", "guy", "lady", "kid", "player", "skier",
          "surfer", "cyclist", "tourist", "chef", "farmer", "baby", "couple", "family", "crowd"]
ANIMALS = ["dog", "cat", "horse", "cow", "sheep", "bird", "elephant", "giraffe", "zebra", "bear"]
THINGS = ["bicycle", "bike", "motorcycle", "car", "bus", "truck", "train", "boat", "airplane", "plane",
          "sofa", "couch", "table", "chair", "bed", "television", "tv", "laptop", "computer", "phone",
          "umbrella", "kite", "surfboard", "skateboard", "bat", "ball", "racket", "plate", "bowl", "cup",
          "glass", "bottle", "cake", "pizza", "sandwich", "apple", "banana", "vase", "clock", "sign",
          "hydrant", "bench", "suitcase", "bag", "book", "toilet", "sink", "mirror", "lamp", "bridge"]
PLACES = ["street", "road", "beach", "park", "field", "kitchen", "bathroom", "living room", "lake", "ocean",
          "river", "mountain", "hill", "city", "town", "station", "airport", "restaurant", "forest", "snow",
          "grass", "sidewalk", "court", "stadium", "market", "garden", "yard", "building", "house", "zoo"]
VERBS = [("ride", "riding", "rides"), ("hold", "holding", "holds"), ("watch", "watching", "watches"),
         ("carry", "carrying", "carries"), ("use", "using", "uses"), ("look at", "looking at", "looks at"),
         ("stand near", "standing near", "stands near"), ("sit on", "sitting on", "sits on"),
         ("play with", "playing with", "plays with"), ("walk past", "walking past", "walks past"),
         ("eat next to", "eating next to", "eats next to"), ("wait for", "waiting for", "waits for")]
QUALITIES = ["small", "little", "large", "big", "young", "old", "red", "blue", "green", "white", "black",
             "yellow", "brown", "wooden", "colorful", "empty", "busy", "beautiful", "tall", "long"]
RELATIONS = ["on", "in", "near", "next to", "beside", "in front of", "behind", "at", "across from", "along"]
TAILS = ["", "", "", "", ".", " on a sunny day", " at night", " in the background", " and smiling",
         " with other people", " during the day", " in the rain", " and a dog's toy", " that isn't moving"]
ARTICLES = ["a", "a", "a", "the", "one", "some", "two"]


def main():
    folder = sys.argv[1]
    images = int(sys.argv[2]) if len(sys.argv) > 2 else 5000
    draw = random.Random(2026)

    def phrase(noun):
        quality = draw.choice(QUALITIES) + " " if draw.random() < 0.4 else ""
        article = draw.choice(ARTICLES)
        return f"{article} {quality}{noun}{'s' if article in ('two', 'some') else ''}"

    def pick(options, kept, share):
        return kept if draw.random() < share else draw.choice(options)

    def caption(scene):
        who, verb, what, place = scene
        forms = pick(VERBS, verb, 0.7)
        action = draw.choice([f"is {forms[1]}", forms[2], forms[1], f"that {forms[2]}"])
        text = f"{phrase(pick(PEOPLE + ANIMALS, who, 0.7))} {action} {phrase(pick(THINGS, what, 0.7))}"
        if draw.random() < 0.7:
            text += f" {draw.choice(RELATIONS)} {phrase(pick(PLACES, place, 0.7))}"
        return text + draw.choice(TAILS)

    annotations, predictions, listed = [], [], []
    for image in range(1, images + 1):
        scene = (draw.choice(PEOPLE + ANIMALS), draw.choice(VERBS), draw.choice(THINGS), draw.choice(PLACES))
        listed.append({"id": image, "file_name": f"COCO_val2014_{image:012d}.jpg"})
        for _ in range(5):
            annotations.append({"image_id": image, "id": len(annotations) + 1,
                                "caption": caption(scene).capitalize()})
        predictions.append({"image_id": image, "caption": caption(scene)})
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "captions.json"), "w") as file:
        json.dump({"info": {}, "licenses": [], "type": "captions", "images": listed,
                   "annotations": annotations}, file)
    with open(os.path.join(folder, "predictions.json"), "w") as file:
        json.dump(predictions, file)


main()
