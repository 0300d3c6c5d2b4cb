#!/usr/bin/env python3
"""Writes files of the size and the layout of VQA v2 val, made up but always the same.

    python3 make_vqa.py FOLDER [--questions N] [--seed N]

writes into FOLDER, in a few seconds:

    v2_mscoco_val2014_annotations.json             214,354 questions with 10 answers each, 175 MB
    v2_OpenEnded_mscoco_val2014_questions.json     their texts, 24 MB
    results.json                                   one answer per question, in official form

The keys, their order, the identifiers (image * 1000 + k) and the spacing are those of the official
files; words, proportions of the answer types and the annotators' agreement only resemble them.
For measuring how fast files are read and scored, not for saying anything about a model.
"""

import argparse
import json
import os
import random

IMAGES = 40_504
QUESTIONS = 214_354
LICENSE = '{"url": "http://creativecommons.org/licenses/by/4.0/", "name": "made up"}'
INFO = (
    '{"description": "Made up, in the form of VQA v2 val.", "url": "http://visualqa.org", '
    '"version": "2.0", "year": 2017, "contributor": "make_vqa.py", '
    '"date_created": "2017-04-26 17:00:44"}'
)

# Question type, its share, its answer type.
TYPES = [
    ("is the", 0.093, "yes/no"),
    ("is this", 0.081, "yes/no"),
    ("are the", 0.052, "yes/no"),
    ("is there a", 0.049, "yes/no"),
    ("does the", 0.046, "yes/no"),
    ("is it", 0.035, "yes/no"),
    ("can you", 0.020, "yes/no"),
    ("how many", 0.106, "number"),
    ("what number is", 0.010, "number"),
    ("what time", 0.014, "number"),
    ("what is the", 0.120, "other"),
    ("what color is the", 0.110, "other"),
    ("what kind of", 0.060, "other"),
    ("where is the", 0.050, "other"),
    ("none of the above", 0.080, "other"),
    ("what is the man", 0.040, "other"),
    ("why", 0.034, "other"),
]

COMMON = (
    "white,red,blue,black,brown,green,yellow,gray,orange,pink,silver,tennis,pizza,nothing,dog,cat,"
    "baseball,right,left,wood,grass,umbrella,skateboarding,frisbee,surfing,bus,train,man,woman,"
    "black and white,red and white,can't tell,water,snow,beach,kitchen,table,chair,glasses,"
    "don't know,stop sign,cell phone,living room,nike,banana,broccoli,apple,coca-cola,u.s. flag,"
    'motorcycle,"stop",caf\\u00e9,jalape\\u00f1os,w/o sauce'
).split(",")
SYLLABLES = "ba co da fe gri ho in ka lo mi no pla qui ro sta te un ver wi yo zen tor".split()
CONFIDENCE = ["yes", "yes", "yes", "maybe", "no"]


def pick(rng, items):
    """A uniform choice from `random()` alone, which gives the same numbers in every Python."""
    return items[int(rng.random() * len(items))]


def vocabulary(rng, size):
    words = [json.dumps(word.encode().decode("unicode_escape"))[1:-1] for word in COMMON]
    seen = set(words)
    while len(words) < size:
        count = 2 + int(rng.random() * 3)
        word = "".join(pick(rng, SYLLABLES) for _ in range(count))
        if rng.random() < 0.3:
            word += " " + pick(rng, SYLLABLES) + pick(rng, SYLLABLES)
        if word not in seen:
            seen.add(word)
            words.append(word)
    return words


def answer(rng, kind, words):
    """An answer, JSON-escaped; the frequent ones come first in `words`, roughly as 1/rank."""
    if kind == "yes/no":
        return "yes" if rng.random() < 0.52 else "no"
    if kind == "number":
        return str(int(11 ** rng.random()) if rng.random() < 0.9 else int(rng.random() * 100))
    return words[int(len(words) ** rng.random()) - 1]


def questions(count, seed):
    """Yields (image, question, question type, answer type, text, true answer, ten answers)."""
    rng = random.Random(seed)
    words = vocabulary(rng, 20_000)
    cumulative, total = [], 0.0
    for name, share, kind in TYPES:
        total += share
        cumulative.append((total, name, kind))
    images = max(1, round(count * IMAGES / QUESTIONS))
    image = 42
    for position in range(images):
        for number in range(count * (position + 1) // images - count * position // images):
            draw = rng.random() * total
            name, kind = next((name, kind) for top, name, kind in cumulative if draw < top)
            truth = answer(rng, kind, words)
            agreement = (0.2 if kind == "other" else 0.5) + 0.5 * rng.random()
            given = [
                truth if rng.random() < agreement else answer(rng, kind, words)
                for _ in range(10)
            ]
            text = name + "".join(
                " " + answer(rng, "other", words) for _ in range(3 + int(rng.random() * 4))
            )
            yield image, image * 1000 + number, name, kind, text + "?", truth, given
        image += 1 + int(rng.random() * 28)


def write(folder, count, seed):
    names = [
        "v2_mscoco_val2014_annotations.json",
        "v2_OpenEnded_mscoco_val2014_questions.json",
        "results.json",
    ]
    rng = random.Random(seed + 1)
    os.makedirs(folder, exist_ok=True)
    files = [open(os.path.join(folder, name), "w", encoding="ascii", newline="") for name in names]
    annotations, texts, results = files
    annotations.write(
        f'{{"info": {INFO}, "license": {LICENSE}, "data_subtype": "val2014", "annotations": ['
    )
    texts.write(
        f'{{"info": {INFO}, "task_type": "Open-Ended", "data_type": "mscoco", "license": {LICENSE},'
        ' "data_subtype": "val2014", "questions": ['
    )
    results.write("[")
    separator = ""
    for image, question, name, kind, text, truth, given in questions(count, seed):
        answers = ", ".join(
            f'{{"answer": "{word}", "answer_confidence": "{pick(rng, CONFIDENCE)}", '
            f'"answer_id": {position}}}'
            for position, word in enumerate(given, 1)
        )
        # The most frequent of the ten, and of equals the first: the official files' rule.
        majority = max(given, key=given.count)
        annotations.write(
            f'{separator}{{"question_type": "{name}", "multiple_choice_answer": "{majority}", '
            f'"answers": [{answers}], "image_id": {image}, "answer_type": "{kind}", '
            f'"question_id": {question}}}'
        )
        texts.write(
            f'{separator}{{"image_id": {image}, "question": "{text}", "question_id": {question}}}'
        )
        said = truth if rng.random() < 0.75 else pick(rng, given)
        results.write(f'{separator}{{"question_id": {question}, "answer": "{said}"}}')
        separator = ", "
    annotations.write('], "data_type": "mscoco"}')
    texts.write("]}")
    results.write("]")
    for file in files:
        file.close()


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder")
    parser.add_argument("--questions", type=int, default=QUESTIONS)
    parser.add_argument("--seed", type=int, default=20220524)
    arguments = parser.parse_args()
    write(arguments.folder, arguments.questions, arguments.seed)


if __name__ == "__main__":
    main()
