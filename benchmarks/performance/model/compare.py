"""Runs our stages, the original's as PyTorch comes and those with AVX-512 in turn, and compares.

    python3 compare.py base|large --rounds N --folder FOLDER --ours 'COMMAND' --theirs 'COMMAND'
        --preload LIBRARY [--ask 'COMMAND']

A command is given the path of its outputs as its last word. Of the repetitions of a stage within
one process the median counts; ratios are theirs over ours, within one round. What comes out must
agree, or the comparison fails. Needs numpy and safetensors.
"""

import argparse
import json
import os
import pathlib
import shlex
import statistics
import subprocess
import sys
import time

import numpy
from safetensors.numpy import load_file

# Stage: its name in the table, and what its time is divided by.
STAGES = {
    "visual": ("visual encoder", 1),
    "text16": ("text encoder, 16 ids", 1),
    "fusion16": ("fusion, 16 ids", 1),
    "text30x32": ("text encoder, a text of 32", 32),
    "rerank32": ("re-ranking, a pair of 32", 32),
    "step": ("decoder step, 5 rows, cached", 1),
    "step_original": ("decoder step, the original's", 1),
    "vqa_beam": ("beam search of an answer", 1),
    "caption_beam": ("beam search of a caption", 1),
    "vqa": ("a whole answer, 10 steps", 1),
    "caption": ("a whole caption, 25 steps", 1),
}
# Of the visual encoder, 2 operations for a multiply-add.
GFLOP = {"base": 111.0, "large": 382.8}

# Absolute: those of the golden models.
LIMITS = {"visual": 1e-4, "text": 1e-4, "fusion.image": 1e-3, "fusion.text": 1e-3, "logits": 3e-3,
          "matching": 1e-3, "vqa.scores": 1e-3, "caption.scores": 1e-3}


def run(command, outputs, preload=None):
    environment = {**os.environ, "OMP_NUM_THREADS": "2", "MKL_NUM_THREADS": "2"}
    if preload:
        environment["LD_PRELOAD"] = preload
    done = subprocess.run(
        shlex.split(command) + [str(outputs)], stdout=subprocess.PIPE, env=environment, text=True)
    if done.returncode != 0:
        sys.exit(f"compare: exit {done.returncode}: {command}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def in_words(seconds):
    return f"{seconds:8.3f} s " if seconds >= 1 else f"{seconds * 1000:8.2f} ms"


def report_stages(model, rounds):
    def times(side, stage, divisor):
        return [statistics.median(result[side]["seconds"][stage]) / divisor for result in rounds]
    print(f"  {'':<30}{'ours':>11}  {'as shipped':>11}  {'AVX-512':>11}"
          "   theirs / ours, median (lowest)")
    for stage, (name, divisor) in STAGES.items():
        # The original's step is set against our cached one.
        ours = times("ours", "step" if stage == "step_original" else stage, divisor)
        line = f"  {name:<30}{in_words(statistics.median(ours))}"
        ratios = ""
        for side in "shipped", "forced":
            theirs = times(side, stage, divisor)
            found = sorted(b / a for a, b in zip(ours, theirs))
            line += f"  {in_words(statistics.median(theirs))}"
            ratios += f"   {statistics.median(found):6.2f} ({found[0]:.2f})"
        print(line + ratios)
    speeds = [GFLOP[model] / seconds for seconds in times("ours", "visual", 1)]
    peaks = [result["ours"]["peak_gflops"] for result in rounds]
    share = 100 * statistics.median(speed / peak for speed, peak in zip(speeds, peaks))
    print(f"  visual encoder: {statistics.median(speeds):.0f} GFLOP/s, {share:.0f} % of the"
          f" {statistics.median(peaks):.0f} that two threads reach in registers")


def report_memory(rounds):
    ours = [result["ours"] for result in rounds]
    beyond = max(result["peak_mb"] - result["weights_mb"] for result in ours)
    print(f"  peak memory: ours {max(r['peak_mb'] for r in ours):.0f} MiB, {beyond:.0f} beyond the"
          " weights; at the end"
          f" {max(r['own_mb'] for r in ours):.0f} are no file;"
          f" theirs {max(result['shipped']['peak_mb'] for result in rounds):.0f}")
    print(f"  loading: ours {statistics.median(r['seconds']['load'][0] for r in ours):.2f} s,"
          f" peak while loading {max(r['loaded_mb'] for r in ours):.0f} MiB")


def report_ask(command, rounds):
    walls, peaks = [], []
    for _ in range(rounds + 1):
        started = time.perf_counter()
        process = subprocess.Popen(shlex.split(command), stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        if status != 0:
            sys.exit(f"compare: exit {os.waitstatus_to_exitcode(status)}: {command}")
        walls.append(time.perf_counter() - started)
        peaks.append(usage.ru_maxrss / 1024)
    # The first brings the file into memory.
    print(f"  start to first answer, file cached: median {statistics.median(walls[1:]):.2f} s,"
          f" least {min(walls[1:]):.2f} s, peak {max(peaks):.0f} MiB")


def differences(ours, theirs):
    """Per tensor the largest absolute difference and its limit; then what differs beyond it."""
    found, wrong = [], []
    for name, limit in LIMITS.items():
        a, b = ours[name].reshape(-1).astype(float), theirs[name].reshape(-1).astype(float)
        if a.shape != b.shape or not numpy.isfinite(b).all():
            wrong.append(f"{name} has {a.size} numbers, theirs {b.size}")
            continue
        difference = numpy.abs(a - b).max()
        found.append(f"{name} {difference:.1e}")
        if not difference <= limit:
            wrong.append(f"{name} differs by {difference:.1e}, limit {limit:.1e}")
    for name in "vqa", "caption":
        a, b = ours[name + ".ids"], theirs[name + ".ids"]
        count = sum(numpy.array_equal(x, y) for x, y in zip(a, b)) if a.shape == b.shape else 0
        found.append(f"{name}: {count} of {len(b)} hypotheses equal, {b.shape[1] - 1} tokens")
        if count < len(b):
            wrong.append(f"{name} has other ids")
    return found, wrong


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("model", choices=GFLOP)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--folder", type=pathlib.Path, required=True)
    for name in "ours", "theirs", "preload":
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--ask")
    arguments = parser.parse_args()
    files = {side: arguments.folder / f"{arguments.model}.{side}.safetensors"
             for side in ("ours", "shipped", "forced")}
    rounds = []
    for _ in range(arguments.rounds):
        rounds.append({
            "ours": run(arguments.ours, files["ours"]),
            "shipped": run(arguments.theirs, files["shipped"]),
            "forced": run(arguments.theirs, files["forced"], arguments.preload),
        })
    print(f"{arguments.model}: {arguments.rounds} rounds, load {os.getloadavg()[0]:.1f} on"
          f" {os.cpu_count()} processors; ours {rounds[0]['ours']['with']};"
          f" theirs {rounds[0]['shipped']['with']}")
    report_stages(arguments.model, rounds)
    report_memory(rounds)
    if arguments.ask:
        report_ask(arguments.ask, arguments.rounds)
    tensors = {side: load_file(path) for side, path in files.items()}
    found, wrong = differences(tensors["ours"], tensors["shipped"])
    print("  largest differences: " + "; ".join(found))
    found, _ = differences(tensors["forced"], tensors["shipped"])
    print("  PyTorch with AVX-512 against itself: " + "; ".join(found))
    if wrong:
        sys.exit("compare: the results differ: " + "; ".join(wrong))


main()
