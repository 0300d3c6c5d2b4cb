"""Scores answers with the official evaluator, GT-Vision-Lab/VQA, from a checkout of it.

    python3 official_vqa.py CHECKOUT annotations.json questions.json results.json

The checkout is Python 2; its `print` statements and dictionary calls are converted while loading,
nothing else. Prints one JSON object: the accuracies, and seconds for the evaluation alone (files
already read).
"""

import contextlib
import json
import os
import re
import sys
import time
import types


def load(checkout, path, name):
    with open(os.path.join(checkout, path)) as file:
        source = file.read()
    source = re.sub(r"^(\s*)print\s+(.*)$", r"\1print(\2)", source, flags=re.M)
    source = re.sub(r"^(\s*)print\s*$", r"\1print()", source, flags=re.M)
    source = source.replace(".has_key(", ".__contains__(").replace(".iteritems()", ".items()")
    source = source.expandtabs(4)
    module = types.ModuleType(name)
    sys.modules[name] = module
    exec(compile(source, path, "exec"), module.__dict__)
    return module


def main():
    checkout, annotations, questions, results = sys.argv[1:5]
    tools = load(checkout, "PythonHelperTools/vqaTools/vqa.py", "vqa")
    evaluation = load(checkout, "PythonEvaluationTools/vqaEvaluation/vqaEval.py", "vqaEval")
    with contextlib.redirect_stdout(open(os.devnull, "w")):
        truth = tools.VQA(annotations, questions)
        answers = truth.loadRes(results, questions)
        started = time.perf_counter()
        evaluator = evaluation.VQAEval(truth, answers, n=2)
        evaluator.evaluate()
        seconds = time.perf_counter() - started
    scores = {"accuracy": evaluator.accuracy["overall"]}
    for name, value in evaluator.accuracy["perAnswerType"].items():
        scores["accuracy/" + name.replace("/", "-")] = value
    print(json.dumps({"scores": scores, "seconds": seconds}))


main()
