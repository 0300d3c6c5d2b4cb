# mplug-eval
#
#   make help          this list (the default)
#   make setup         installs the system packages that are missing, and says which
#   make setup-openblas  installs OpenBLAS, against which tests hold our products; nothing else needs it
#   make setup-meteor  fetches METEOR's data (102 MB, with pip) and adds them for METEOR
#   make build         builds the release binary, .build/release/mplug-eval
#   make eval          runs the embedded model on every benchmark of the mini world, from images and
#                      clips to numbers, and prints the leaderboard
#   make eval-NAME     runs CHECKPOINT=FILE on a benchmark, official files and media under DATA=DIR;
#                      or scores PREDICTIONS=FILE. NAME is any name of `mplug-eval list benchmarks`;
#                      eval-vqa and eval-caption are short for eval-vqav2 and eval-coco-caption
#   make leaderboard   rewrites results/leaderboard.md by the mini world; with RESULTS=DIR prints that
#                      folder's table, published numbers beside it
#   make reproduce     prints the paper's tables with the numbers of results, or of RESULTS=DIR
#   make check         runs the mini world anew and gates it by results/baseline.json
#   make baseline      rewrites results/baseline.json and leaderboard.md, after a change that may
#                      change numbers
#   make test          all tests, in release mode
#   make test-pages    the tests of the HTML pages in Chromium, which it installs where it is missing
#   make lint          formatting and warnings, as CI checks them
#   make format        formats the sources in place
#   make readme        runs every command of the README and of docs
#   make readme-table  rewrites the README's tables of benchmarks and of their status
#   make mini-data     rewrites benchmarks/mini, the embedded set, from its seed
#   make mini-train    makes a training split of SCENES=N pictures a data set in OUTPUT=DIR
#   make mini-checkpoint  rewrites the embedded set's untrained checkpoints and their vocabulary
#   make readme-picture  draws docs/report.png: the page of an embedded run, or of PAGE=FILE
#   make recipes       follows CONTRIBUTING's recipes in a copy and scores with what comes out
#   make bench         times us against the official scorers, Pillow and decord, ours and theirs in turn
#                      (Python, Java, ffmpeg); benchmarks/performance/run NAME for one comparison
#   make cluster-mpirun  runs the mini world in two processes of mpirun and compares bytes with one
#   make cluster-slurm   the same in parts of a Slurm of one node, which is started and stopped (root)
#   make sanitize      walks through media files, whole and damaged, under AddressSanitizer,
#                      LeakSanitizer and ThreadSanitizer; FILES="FOLDER..." for other files
#   make fuzz          throws damaged images and videos at the decoders, SECONDS=60 each
#   make clean         removes what was built
#
# Variables: CHECKPOINT VOCAB OPTIONS PREDICTIONS DATA ANNOTATIONS SPLIT MODEL OUTPUT RESULTS FORMAT
# PAGE FILES SECONDS SCENES.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

MPLUG_EVAL := .build/release/mplug-eval
MINI := benchmarks/mini

# Recipes read these from the environment, where no quoting is lost. Those of the command line count,
# not those that a shell happens to have.
CHECKPOINT =
VOCAB =
OPTIONS =
PREDICTIONS =
DATA =
ANNOTATIONS =
SPLIT =
MODEL =
OUTPUT = runs
RESULTS = $(OUTPUT)
FORMAT = text
FILES =
PAGE =
SECONDS = 60
SCENES =
export CHECKPOINT VOCAB PREDICTIONS DATA ANNOTATIONS SPLIT MODEL OUTPUT RESULTS FORMAT PAGE SCENES

# Programs that the rules call, and the Debian package that brings each.
NEEDS := git:git gzip:gzip
# Headers that the compiler must find, and the Debian package that brings each.
HEADERS := zlib.h:zlib1g-dev jpeglib.h:libjpeg-dev libavformat/avformat.h:libavformat-dev \
  libavcodec/avcodec.h:libavcodec-dev libswscale/swscale.h:libswscale-dev libavutil/avutil.h:libavutil-dev

.PHONY: help setup setup-openblas setup-meteor build eval leaderboard reproduce check baseline test lint format readme readme-table
.PHONY: setup-chromium test-pages readme-picture
.PHONY: recipes bench sanitize fuzz clean eval-vqa eval-caption cluster-mpirun cluster-slurm
.PHONY: mini-data mini-train mini-checkpoint

help:
	@sed -n '3,/^$$/s/^# \{0,1\}//p' Makefile

setup:
	@command -v swift >/dev/null || { \
	  echo "make: swift not found; install Swift 6.2 or later (swift.org/install)" >&2; exit 1; }
	@missing=""; for need in $(NEEDS); do \
	  command -v "$${need%%:*}" >/dev/null || missing="$$missing $${need##*:}"; done; \
	for need in $(HEADERS); do [ -e "/usr/include/$${need%%:*}" ] || \
	  clang -fsyntax-only -x c -include stdio.h -include "$${need%%:*}" /dev/null 2>/dev/null || \
	  missing="$$missing $${need##*:}"; done; \
	if [ -n "$$missing" ]; then echo "installing:$$missing"; \
	  sudo=""; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	  $$sudo apt-get update -qq; \
	  $$sudo apt-get install -y -qq --no-install-recommends $$missing; fi

# It is loaded at run time, where it is: `ask --products openblas`.
setup-openblas:
	@ldconfig -p | grep -q 'libopenblas\.so\.0 ' || { \
	  sudo=""; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	  $$sudo apt-get update -qq; \
	  $$sudo apt-get install -y -qq --no-install-recommends libopenblas0; }

# Only the pages' own tests and the README's picture need it.
setup-chromium:
	@command -v chromium >/dev/null || { \
	  sudo=""; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	  $$sudo apt-get update -qq; \
	  $$sudo apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core; }

# METEOR's data are under LGPL 2.1 and the WordNet licence; the wheel of pycocoevalcap carries them.
setup-meteor: build
	@command -v python3 >/dev/null && python3 -m pip --version >/dev/null 2>&1 || { \
	  echo "make: python3 with pip not found; apt-get install python3-pip" >&2; exit 66; }
	@folder=$$(mktemp -d); trap 'rm -rf "$$folder"' EXIT; \
	python3 -m pip download --quiet --no-deps --dest "$$folder" pycocoevalcap==1.2; \
	$(MPLUG_EVAL) resources add meteor --from "$$folder"/pycocoevalcap-1.2-*.whl

# To standard error: `make eval-vqa FORMAT=json >scores.json` keeps the scores alone.
build: setup
	@swift build -c release --product mplug-eval >&2

# Every embedded benchmark by the embedded checkpoint, from images and clips to numbers, and the
# prediction files of the made-up systems.
EVALUATE_MINI := MPLUG_EVAL=$(MPLUG_EVAL) benchmarks/evaluate-mini

eval: build
	@rm -rf .build/eval; $(EVALUATE_MINI) .build/eval; \
	$(MPLUG_EVAL) leaderboard .build/eval --published --format "$$FORMAT"

eval-vqa: eval-vqav2
eval-caption: eval-coco-caption

# An embedded benchmark has a checkpoint and data of its own; the others ask for theirs.
ifeq ($(PREDICTIONS)$(CHECKPOINT),)
eval-mini-%: CHECKPOINT = $(MINI)/checkpoint/mini.safetensors
eval-mini-nlvr2: CHECKPOINT = $(MINI)/checkpoint/mini-nlvr2.safetensors
endif
ifeq ($(DATA)$(ANNOTATIONS),)
eval-mini-%: DATA = $(MINI)
endif

# Any benchmark; without SPLIT its first split. A checkpoint is run, a prediction file scored.
define EVAL_BENCHMARK
@[ -n "$$DATA$$ANNOTATIONS" ] && { [ -n "$$CHECKPOINT" ] || [ -n "$$PREDICTIONS" ]; } || { \
  echo "usage: make $@ CHECKPOINT=FILE DATA=DIR [SPLIT=NAME] [MODEL=NAME|FILE] [VOCAB=FILE]" >&2; \
  echo "       make $@ PREDICTIONS=FILE DATA=DIR [SPLIT=NAME] [MODEL=NAME]" >&2; \
  echo "       make $@ PREDICTIONS=FILE ANNOTATIONS=FILE" >&2; exit 64; }
@set -- "$*$${SPLIT:+/$$SPLIT}" --output "$${OUTPUT:-runs}" --format "$$FORMAT"; \
[ -z "$$MODEL" ] || set -- "$$@" --model "$$MODEL"; \
if [ -n "$$PREDICTIONS" ]; then verb=score; set -- "$$@" --predictions "$$PREDICTIONS"; \
else verb=run; set -- "$$@" --checkpoint "$$CHECKPOINT"; \
  [ -z "$$VOCAB" ] || set -- "$$@" --vocab "$$VOCAB"; fi; \
if [ -z "$$ANNOTATIONS" ]; then set -- "$$@" --data "$$DATA"; \
elif [ -e "$$ANNOTATIONS" ]; then set -- "$$@" --annotations "$$ANNOTATIONS"; \
else set -- "$$@" --annotations $$ANNOTATIONS; fi; \
$(MPLUG_EVAL) $$verb "$$@" $(OPTIONS)
endef

eval-%: build
	$(EVAL_BENCHMARK)

# With RESULTS=DIR (or OUTPUT=DIR) it prints that folder's; without, the committed table is renewed.
leaderboard: build
ifneq ($(filter command,$(origin RESULTS) $(origin OUTPUT)),)
	@$(MPLUG_EVAL) leaderboard "$$RESULTS" --published --format "$$FORMAT"
else
	@rm -rf .build/check; $(EVALUATE_MINI) .build/check --quiet; \
	$(MPLUG_EVAL) leaderboard .build/check --format markdown --output results/leaderboard.md
endif

reproduce: build
ifneq ($(filter command,$(origin RESULTS) $(origin OUTPUT)),)
	@$(MPLUG_EVAL) reproduce "$$RESULTS" --format "$$FORMAT"
else
	@$(MPLUG_EVAL) reproduce --format "$$FORMAT"
endif

# The mini world, anew: no number may be worse than in results/baseline.json, and each stands in
# results/leaderboard.md to the last printed digit.
check: build
	@rm -rf .build/check; $(EVALUATE_MINI) .build/check --quiet; \
	$(MPLUG_EVAL) check .build/check --baseline results/baseline.json \
	  --junit .build/check/junit.xml --summary .build/check/summary.md >.build/check/check.txt || { \
	  status=$$?; cat .build/check/check.txt; exit $$status; }; \
	$(MPLUG_EVAL) leaderboard .build/check --format markdown --output .build/check/leaderboard.md; \
	diff -u results/leaderboard.md .build/check/leaderboard.md || { \
	  echo "make: the numbers changed; if they should, \`make baseline\` and CHANGELOG, Numbers" >&2; \
	  exit 1; }
	@echo "the mini world scores as in results/baseline.json and results/leaderboard.md"

baseline: leaderboard
	@$(MPLUG_EVAL) check .build/check --baseline results/baseline.json --update >.build/check/check.txt

# Tests use package access, not @testable: the objects of `make build` then serve them too.
test: setup
	swift test -c release --disable-testable-imports

# Without Chromium these tests are skipped.
test-pages: setup setup-chromium
	swift test -c release --disable-testable-imports --filter BrowserTests

lint: setup
	swift format lint --strict --recursive --parallel Package.swift Plugins Sources Tests benchmarks/performance
	MPLUG_EVAL_STRICT=1 swift build -c release --build-tests

format: setup
	swift format --in-place --recursive --parallel Package.swift Plugins Sources Tests benchmarks/performance

readme: build
	@for page in README.md docs/*.md; do echo "# $$page"; \
	  sed -n '/^```sh$$/,/^```$$/{/^```/!p}' "$$page"; done >.build/readme.sh
	bash -eux -o pipefail .build/readme.sh

readme-table: build
	@$(MPLUG_EVAL) list benchmarks --format markdown | sed "/^| mini-/d" >.build/benchmarks.md
	@sed -i -e '/^<!-- benchmarks -->$$/,/^<!-- end -->$$/{/^<!--/!d}' \
	  -e '/^<!-- benchmarks -->$$/r .build/benchmarks.md' README.md
	@$(MPLUG_EVAL) list status --format markdown | sed "/^| mini-/d" >.build/status.md
	@sed -i -e '/^<!-- status -->$$/,/^<!-- end -->$$/{/^<!--/!d}' \
	  -e '/^<!-- status -->$$/r .build/status.md' README.md

readme-picture: build setup-chromium
	@folder=$$(mktemp -d); trap 'rm -rf "$$folder"' EXIT; page="$$PAGE"; \
	if [ -z "$$page" ]; then \
	  $(MPLUG_EVAL) score mini-refcoco/val --data $(MINI) --model attentive --output "$$folder" --quiet \
	    --predictions $(MINI)/predictions/attentive/refcoco-val.json >/dev/null; \
	  page=$$(find "$$folder" -name report.html); fi; \
	mkdir -p docs; \
	timeout 120 chromium --headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage \
	  --hide-scrollbars --user-data-dir="$$folder/profile" --virtual-time-budget=8000 \
	  --window-size=1000,1250 --screenshot="$$PWD/docs/report.png" \
	  "file://$$(realpath "$$page")" 2>/dev/null; \
	size=$$(stat -c %s docs/report.png); [ "$$size" -lt 200000 ] || { \
	  echo "make: docs/report.png has $$size bytes; keep it below 200,000" >&2; exit 1; }; \
	echo "docs/report.png: $$size bytes"

recipes: setup
	Tests/Recipes/run

bench: build
	benchmarks/performance/run

# installed PROGRAM PACKAGE...: installs what brings a program, if it is not there.
define INSTALLED
installed() { PATH="$$PATH:/usr/sbin" command -v "$$1" >/dev/null && return; \
  shift; echo "installing: $$*"; sudo=""; [ "$$(id -u)" = 0 ] || sudo=sudo; \
  $$sudo apt-get update -qq; $$sudo apt-get install -y -qq --no-install-recommends "$$@"; }
endef

cluster-mpirun: build
	@$(INSTALLED); installed mpirun openmpi-bin; benchmarks/cluster/check mpirun

# Not part of CI: slurmd starts jobs as root for their users, and takes three ports.
cluster-slurm: build
	@$(INSTALLED); installed munged munge; installed slurmctld slurm-wlm; \
	benchmarks/cluster/with-slurm benchmarks/cluster/check slurm

# Without FILES, Tests/Fixtures/media and the golden media folder where it is at hand.
sanitize: setup
	Tests/Fuzz/sanitize $(FILES)

fuzz: setup
	Tests/Fuzz/fuzz $(SECONDS)

# Beside the old one first: a set that is half new would be none.
mini-data: setup
	@swift build -c release --product mini-world >&2
	@rm -rf .build/mini; .build/release/mini-world data --output .build/mini; \
	for folder in .build/mini/*; do \
	  rm -rf "$(MINI)/$${folder##*/}"; mv "$$folder" "$(MINI)/$${folder##*/}"; done; rmdir .build/mini

mini-train: setup
	@[ -n "$$SCENES" ] || { echo "usage: make mini-train SCENES=N [OUTPUT=DIR]" >&2; exit 64; }
	@swift build -c release --product mini-world >&2
	@.build/release/mini-world train --output "$$OUTPUT" --scenes "$$SCENES"

mini-checkpoint: setup
	@swift build -c release --product mini-world >&2
	@.build/release/mini-world checkpoint --output $(MINI)/checkpoint/mini.safetensors
	@.build/release/mini-world checkpoint --classes 2 \
	  --output $(MINI)/checkpoint/mini-nlvr2.safetensors

clean:
	swift package clean
	rm -rf .build-asan .build-tsan .build-fuzz
	rm -rf .build/check .build/eval .build/recipes .build/readme.sh .build/benchmarks.md .build/status.md
