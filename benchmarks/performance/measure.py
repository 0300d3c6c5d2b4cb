"""Times two commands in turn, A B A B ..., and prints the ratio B / A pair by pair.

    python3 measure.py --name TEXT [--rounds N] --ours 'COMMAND' --theirs 'COMMAND' [--scores | --steps [--memory]]

Whole processes: wall seconds, processor seconds and peak resident memory as the system counts them
for the process and its children. With --scores both print a JSON object as their last line: ours
that of `score --format json`, theirs `{"scores": {name: value}, "seconds": s}`. Their own seconds,
what remains without start-up and reading files, are then shown too, against our whole process or,
where we print `seconds` too, against those. The scores must agree to 1e-9 relative.

With --steps the last line of both is {"milliseconds": {step: ms}, "digests": {name: sha256}, "with":
the versions}, and maybe "videos_per_second". Each step's times and ratio are shown, and the digests
must be the same. With --memory too, what the process itself has in memory (its anonymous pages) is
watched, every 2 ms: peak memory as a whole counts what it touches of its libraries, too.
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
import threading
import time


def watch(process, peak):
    """Keeps the most anonymous memory of a process in peak[0], in MB, until its end."""
    try:
        while True:
            with open(f"/proc/{process}/status") as file:
                for line in file:
                    if line.startswith("RssAnon:"):
                        peak[0] = max(peak[0], int(line.split()[1]) / 1024)
            time.sleep(0.002)
    except OSError:
        return


def run(command, watches=False):
    with tempfile.TemporaryFile("w+") as output:
        own = [0.0]
        started = time.perf_counter()
        process = subprocess.Popen(shlex.split(command), stdout=output, stderr=subprocess.DEVNULL)
        if watches:
            threading.Thread(target=watch, args=(process.pid, own), daemon=True).start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            sys.exit(f"measure: exit {process.returncode}: {command}")
        output.seek(0)
        lines = output.read().strip().splitlines()
    return {"wall": wall, "cpu": usage.ru_utime + usage.ru_stime, "mb": usage.ru_maxrss / 1024,
            "own_mb": own[0],
            "last": lines[-1] if lines else ""}


def ratios(pairs, digits=1):
    """Their number over ours, pair by pair: least, median and greatest."""
    found = sorted(theirs / ours for ours, theirs in pairs)
    return (f"min {found[0]:.{digits}f}  median {statistics.median(found):.{digits}f}  "
            f"max {found[-1]:.{digits}f}")


def report_processes(pairs):
    for label, runs in ("ours", [pair[0] for pair in pairs]), ("theirs", [pair[1] for pair in pairs]):
        wall = [item["wall"] for item in runs]
        print(f"  {label:<8} wall min {min(wall):7.3f} s  median {statistics.median(wall):7.3f} s"
              f"  cpu min {min(item['cpu'] for item in runs):7.3f} s"
              f"  peak {max(item['mb'] for item in runs):7.0f} MB")
    print("  theirs / ours, whole processes: "
          + ratios([(ours["wall"], theirs["wall"]) for ours, theirs in pairs]))


def report_scores(pairs):
    results = [(json.loads(ours["last"]), json.loads(theirs["last"]), ours["wall"])
               for ours, theirs in pairs]
    is_inner = "seconds" in results[0][0]
    if is_inner:
        print(f"  scoring alone, minima: ours {min(r[0]['seconds'] for r in results):.3f} s  "
              f"theirs {min(r[1]['seconds'] for r in results):.3f} s")
    print(f"  their scoring alone / {'ours' if is_inner else 'our whole process'}: "
          + ratios([(ours["seconds"] if is_inner else wall, theirs["seconds"])
                    for ours, theirs, wall in results]))
    ours, theirs, _ = results[0]
    if "numpy" in theirs:
        print(f"  numpy {theirs['numpy']}, vector code {' '.join(theirs['vector'])}")
    difference = max(abs(ours["metrics"][name]["value"] - value) / max(abs(value), 1e-300)
                     for name, value in theirs["scores"].items())
    print(f"  {len(theirs['scores'])} scores, largest relative difference {difference:.1e}")
    if difference > 1e-9:
        sys.exit("measure: the scores differ")


def report_steps(pairs):
    results = [(json.loads(ours["last"]), json.loads(theirs["last"])) for ours, theirs in pairs]
    ours, theirs = results[0]
    for step in (name for name in theirs["milliseconds"] if name in ours["milliseconds"]):
        times = [(a["milliseconds"][step], b["milliseconds"][step]) for a, b in results]
        middle = [statistics.median(side) for side in zip(*times)]
        print(f"  {step:<28} ours {middle[0]:8.2f} ms  theirs {middle[1]:8.2f} ms  "
              f"theirs / ours: {ratios(times, 2)}")
    if "videos_per_second" in theirs:
        rates = [(a["videos_per_second"], b["videos_per_second"]) for a, b in results]
        middle = [statistics.median(side) for side in zip(*rates)]
        print(f"  {'videos in a second':<28} ours {middle[0]:8.1f}     theirs {middle[1]:8.1f}     "
              f"ours / theirs: {ratios([(b, a) for a, b in rates], 2)}")
    print(f"  {'processor time, all':<28} ours {min(a['cpu'] for a, _ in pairs):8.2f} s   "
          f"theirs {min(b['cpu'] for _, b in pairs):8.2f} s   "
          f"theirs / ours: {ratios([(a['cpu'], b['cpu']) for a, b in pairs], 2)}")
    for name, key in ("peak memory", "mb"), ("of it their own", "own_mb"):
        if pairs[0][0][key] > 0:
            print(f"  {name:<28} ours {max(a[key] for a, _ in pairs):8.1f} MB  "
                  f"theirs {max(b[key] for _, b in pairs):8.1f} MB")
    for a, b in results:
        differing = [name for name in b["digests"] if a["digests"].get(name) != b["digests"][name]]
        if differing or not b["digests"]:
            sys.exit(f"measure: the bytes differ: {' '.join(differing)}")
    print(f"  against {theirs['with']}; {len(theirs['digests'])} digests, all equal")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--name", required=True)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--ours", required=True)
    parser.add_argument("--theirs", required=True)
    parser.add_argument("--scores", action="store_true")
    parser.add_argument("--steps", action="store_true")
    parser.add_argument("--memory", action="store_true")
    arguments = parser.parse_args()
    pairs = [(run(arguments.ours, arguments.memory), run(arguments.theirs, arguments.memory))
             for _ in range(arguments.rounds)]
    print(f"{arguments.name} ({arguments.rounds} pairs, "
          f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors)")
    if arguments.steps:
        report_steps(pairs)
    else:
        report_processes(pairs)
    if arguments.scores:
        report_scores(pairs)


main()
