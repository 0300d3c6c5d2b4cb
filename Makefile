# mplug-eval
#
#   make help          this list (the default)
#   make setup         installs the system packages that are missing, and says which
#   make build         builds the release binary, .build/release/mplug-eval
#   make eval          scores the embedded set and prints the leaderboard
#   make test          all tests, in release mode
#   make lint          formatting and warnings, as CI checks them
#   make format        formats the sources in place
#   make eval-NAME     scores PREDICTIONS=FILE on a benchmark, found under DATA=DIR
#   make leaderboard   prints the table of RESULTS=DIR, published numbers beside it
#   make check         scores the embedded set anew and compares with results/leaderboard.md
#   make bench         times us against the official scorers in one run (Python, Java)
#   make clean         removes what was built
#
# Variables: PREDICTIONS, DATA, SPLIT, MODEL, OUTPUT, RESULTS, FORMAT.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

MPLUG_EVAL := .build/release/mplug-eval
MINI := benchmarks/mini
MINI_MODELS := attentive hasty constant
RUNS := .build/runs
RESULTS ?= $(RUNS)
OUTPUT ?= $(RUNS)
FORMAT ?= text
DATA ?=
PREDICTIONS ?=
ANNOTATIONS ?=
MODEL ?=
SPLIT ?=

# Programs that the rules call, and the Debian package that brings each.
NEEDS := git:git gzip:gzip

.PHONY: help setup setup-bench build eval test lint format leaderboard check bench clean

help:
	@sed -n '2,/^$$/s/^# \{0,1\}//p' Makefile
	@echo "Benchmarks: eval-vqav2 eval-vqa eval-coco-caption eval-caption eval-mini-vqav2 eval-mini-coco-caption"

setup:
	@command -v swift >/dev/null || { echo "make: swift not found; install Swift 6.2 or later from swift.org/install" >&2; exit 1; }
	@missing=""; for need in $(NEEDS); do \
	  command -v "$${need%%:*}" >/dev/null || missing="$$missing $${need##*:}"; done; \
	if [ -n "$$missing" ]; then \
	  echo "installing:$$missing"; \
	  sudo=""; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	  $$sudo apt-get update -qq && $$sudo apt-get install -y -qq --no-install-recommends $$missing; \
	fi

build: setup
	swift build -c release --product mplug-eval

# Scores every embedded prediction file into a results folder: $(call score-mini,FOLDER)
define score-mini
	for model in $(MINI_MODELS); do \
	  $(MPLUG_EVAL) score mini-vqav2/val --data $(MINI) --model $$model --output $(1) --quiet \
	    --predictions $(MINI)/predictions/$$model/vqav2-val.json >/dev/null; \
	  $(MPLUG_EVAL) score mini-coco-caption/test --data $(MINI) --model $$model --output $(1) --quiet \
	    --predictions $(MINI)/predictions/$$model/coco-caption-test.json >/dev/null; \
	done
endef

eval: build
	@$(call score-mini,$(RUNS)/mini)
	@$(MPLUG_EVAL) leaderboard $(RUNS)/mini --published --format $(FORMAT)

eval-vqa: eval-vqav2
eval-caption: eval-coco-caption

.PHONY: eval-vqa eval-caption
eval-%: build
	@$(MPLUG_EVAL) list benchmarks --format json | grep -q '"name":"$*"' || { \
	  echo "make: no benchmark '$*'; \`$(MPLUG_EVAL) list benchmarks\` shows all" >&2; exit 64; }
	@case "$*" in mini-*) if [ -z "$(PREDICTIONS)" ]; then \
	  exec $(MAKE) --no-print-directory eval-embedded NAME=$*; fi;; esac; \
	if [ -z "$(PREDICTIONS)" ] || [ -z "$(DATA)$(ANNOTATIONS)" ]; then \
	  echo "usage: make eval-$* PREDICTIONS=FILE DATA=DIR [SPLIT=NAME] [MODEL=NAME] [OUTPUT=DIR]" >&2; \
	  echo "       make eval-$* PREDICTIONS=FILE ANNOTATIONS=FILE" >&2; exit 64; fi; \
	case "$*" in mini-*) data="$(or $(DATA),$(MINI))";; *) data="$(DATA)";; esac; \
	$(MPLUG_EVAL) score "$*$(addprefix /,$(SPLIT))" --predictions "$(PREDICTIONS)" \
	  $${data:+--data "$$data"} $(if $(ANNOTATIONS),--annotations $(ANNOTATIONS)) \
	  $(if $(MODEL),--model "$(MODEL)") --output "$(OUTPUT)"
