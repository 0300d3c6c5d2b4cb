"""Times two commands in turn, A B A B ..., and prints the ratio B / A pair by pair.

    python3 measure.py --name TEXT [--rounds N] --ours 'COMMAND' --theirs 'COMMAND' [--scores]

Whole processes: wall seconds, processor seconds and peak resident memory as the system counts them
for the process and its children. With --scores both print a JSON object as their last line: ours
that of `score --format json`, theirs `{"scores": {name: value}, "seconds": s}`. Their own seconds,
what remains without start-up and reading files, are then shown too, against our whole process or,
where we print `seconds` too, against those. The scores must agree to 1e-9 relative.
Standard library only.
"""

import argparse
import json
import os
import shlex
import statistics
import subprocess
import sys
import tempfile
import time


def run(command):
    with tempfile.TemporaryFile("w+") as output:
        started = time.perf_counter()
        process = subprocess.Popen(shlex.split(command), stdout=output, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            sys.exit(f"measure: exit {process.returncode}: {command}")
        output.seek(0)
        lines = output.read().strip().splitlines()
    return {"wall": wall, "cpu": usage.ru_utime + usage.ru_stime, "mb": usage.ru_maxrss / 1024,
            "last": lines[-1] if lines else ""}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--name", required=True)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--ours", required=True)
    parser.add_argument("--theirs", required=True)
    parser.add_argument("--scores", action="store_true")
    arguments = parser.parse_args()
    pairs = [(run(arguments.ours), run(arguments.theirs)) for _ in range(arguments.rounds)]

    def line(label, runs):
        wall = [item["wall"] for item in runs]
        print(f"  {label:<8} wall min {min(wall):7.3f} s  median {statistics.median(wall):7.3f} s"
              f"  cpu min {min(item['cpu'] for item in runs):7.3f} s"
              f"  peak {max(item['mb'] for item in runs):7.0f} MB")

    print(f"{arguments.name} ({arguments.rounds} pairs, "
          f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors)")
    line("ours", [pair[0] for pair in pairs])
    line("theirs", [pair[1] for pair in pairs])
    ratios = sorted(theirs["wall"] / ours["wall"] for ours, theirs in pairs)
    print(f"  theirs / ours, whole processes: min {ratios[0]:.1f}  "
          f"median {statistics.median(ratios):.1f}  max {ratios[-1]:.1f}")
    if arguments.scores:
        results = [(json.loads(ours["last"]), json.loads(theirs["last"]), ours["wall"])
                   for ours, theirs in pairs]
        is_inner = "seconds" in results[0][0]
        inner = sorted(theirs["seconds"] / (ours["seconds"] if is_inner else wall)
                       for ours, theirs, wall in results)
        if is_inner:
            print(f"  scoring alone, minima: ours {min(r[0]['seconds'] for r in results):.3f} s  "
                  f"theirs {min(r[1]['seconds'] for r in results):.3f} s")
        print(f"  their scoring alone / {'ours' if is_inner else 'our whole process'}: "
              f"min {inner[0]:.1f}  median {statistics.median(inner):.1f}  max {inner[-1]:.1f}")
        ours, theirs, _ = results[0]
        if "numpy" in theirs:
            print(f"  numpy {theirs['numpy']}, vector code {' '.join(theirs['vector'])}")
        difference = max(abs(ours["metrics"][name]["value"] - value) / max(abs(value), 1e-300)
                         for name, value in theirs["scores"].items())
        print(f"  {len(theirs['scores'])} scores, largest relative difference {difference:.1e}")
        if difference > 1e-9:
            sys.exit("measure: the scores differ")


main()
