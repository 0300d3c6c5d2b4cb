"""Writes sentence pairs that exercise every part of METEOR, a hypothesis and a reference a line.

    python3 make_pairs.py METEOR_FOLDER PAIRS [SEED] [FILE...]

METEOR_FOLDER holds meteor-1.5.jar and data/paraphrase-en.gz: words and phrases of its tables go into
the sentences. Lines of the files given are paired too. Standard library only.
"""

import collections
import gzip
import random
import sys
import zipfile

FUNCTION = "a the of in on with and to is are at by for from as an it this that not".split()
ADVERSE = ["it's", "isn't", "n't", "'s", "...", "..", ".", ",", "u.s.", "e.g.", "3,000", "a-b-c", "x--y",
           "-lrb-", "-rrb-", "\u201cquoted\u201d", "caf\u00e9", "\u00e9t\u00e9s", "na\u00efve", "\u0434\u043e\u043c\u0430",
           "5\u00a01/2", "\u03a3\u03a3", "no. 5", "dr. smith", "can't've", "''", "`", "\u2018tis", "a.b.c", "10's",
           "1,a", "a,1", "!!!", "\u2013", "c5", "k0", "as", "in", "v1", "\u4e2d\u6587", "\U0001f600", "i\u0307", "x.", "--"]


def tables(folder):
    jar = zipfile.ZipFile(f"{folder}/meteor-1.5.jar")
    lines = jar.read("synonym/english.synsets").decode().split("\n")
    groups = collections.defaultdict(list)
    for word, synsets in zip(lines[0::2], lines[1::2]):
        if "_" not in word:
            for synset in synsets.split():
                groups[synset].append(word)
    lines = jar.read("synonym/english.exceptions").decode().split("\n")
    forms = [(base, form) for base, line in zip(lines[0::2], lines[1::2]) for form in line.split()]
    table = gzip.open(f"{folder}/data/paraphrase-en.gz", "rt", encoding="utf-8").read().split("\n")
    return [group for group in groups.values() if len(group) > 1], forms, table[1::3], table[2::3]


def main():
    folder, count = sys.argv[1], int(sys.argv[2])
    draw = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    texts = [line.strip() for name in sys.argv[4:] for line in open(name, encoding="utf-8")]
    groups, forms, phrases, paraphrases = tables(folder)
    endings = ["s", "ed", "ing", "er", "est", "es", "ies", "ly", "ness", "al"]

    def related():
        """Two strings that some module may match."""
        kind = draw.randrange(6)
        if kind == 0:
            word = draw.choice(FUNCTION)
            return word, word
        if kind == 1:
            return tuple(draw.sample(draw.choice(groups), 2))
        if kind == 2:
            base, form = draw.choice(forms)
            other = draw.choice([base, form, base + draw.choice(endings)])
            return form, other
        if kind == 3:
            word = draw.choice(draw.choice(groups))
            return word + draw.choice(endings), word + draw.choice(endings)
        if kind == 4:
            word = draw.choice(ADVERSE)
            return word, draw.choice([word, draw.choice(ADVERSE)])
        entry = draw.randrange(len(phrases))
        return draw.choice([(phrases[entry], paraphrases[entry]), (paraphrases[entry], phrases[entry])])

    for number in range(count):
        if texts and number % 3 == 0:
            left, right = draw.choice(texts), draw.choice(texts)
            if draw.random() < 0.5:
                right = left.split(" ")
                draw.shuffle(right)
                right = " ".join(right)
        elif number % 50 == 1:
            # Few different words, many times: the search is full of paths.
            words = [draw.choice(related()) for _ in range(draw.randint(2, 6))]
            left = " ".join(draw.choice(words) for _ in range(draw.randint(5, 90)))
            right = " ".join(draw.choice(words) for _ in range(draw.randint(5, 90)))
        else:
            pairs = [related() for _ in range(draw.randint(1, 8))]
            first, second = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
            if draw.random() < 0.5:
                draw.shuffle(second)
            for side in (first, second):
                for _ in range(draw.randint(0, 4)):
                    side.insert(draw.randint(0, len(side)), draw.choice(FUNCTION))
            left, right = " ".join(first), " ".join(second)
        for text in (left, right):
            assert "\t" not in text and "\n" not in text
        print(f"{left.replace('|||', '')}\t{right.replace('|||', '')}")


main()
