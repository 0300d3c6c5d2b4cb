"""Compares METEOR's statistics of sentence pairs with those of the original, line by line.

    python3 compare_pairs.py METEOR_FOLDER PAIRS STATISTICS

PAIRS comes from make_pairs.py, STATISTICS from `score-meteor pairs`; METEOR_FOLDER holds
meteor-1.5.jar and data/paraphrase-en.gz. Needs Java.
"""

import os
import subprocess
import sys


def main():
    folder, pairs, statistics = sys.argv[1:]
    jar = subprocess.Popen(
        ["java", "-jar", "-Xmx2G", "meteor-1.5.jar", "-", "-", "-stdio", "-l", "en", "-norm"],
        cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env=dict(os.environ, LC_ALL="C.UTF-8"))
    wrong = count = 0
    with open(pairs, encoding="utf-8") as texts, open(statistics) as ours:
        for pair, line in zip(texts, ours, strict=True):
            hypothesis, reference = pair.rstrip("\n").split("\t")
            jar.stdin.write(f"SCORE ||| {reference} ||| {hypothesis}\n".encode())
            jar.stdin.flush()
            expected = jar.stdout.readline().decode().strip()
            count += 1
            if line.strip() != expected:
                wrong += 1
                if wrong <= 20:
                    print(f"{pair!r}\n  original {expected}\n  ours     {line.strip()}")
    print(f"{count} pairs, {wrong} with other statistics")
    sys.exit(wrong > 0)


main()
