# The verbs of this project. `make help` lists them.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export QA_DATA_DIR ?= $(CURDIR)/qa-data
export ANONYMIZED_TELEMETRY := False
export HF_HUB_DISABLE_TELEMETRY := 1
export ORT_DISABLE_TELEMETRY := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help install serve test check fast fuzz format bench train clean browser

help: ## list the verbs
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

# What pip prints is shown only when it fails, under the name of its step: $(call pip,STEP,WHAT TO INSTALL)
define pip
	@echo "$(1) ..."
	@printed=$$($(BIN)/python -m pip install --quiet --no-input --constraint constraints.txt $(2) 2>&1) || { \
		printf '%s\n' "$$printed" >&2; echo "This step failed: $(1). What pip says is above." >&2; exit 1; }
endef

$(VENV)/.installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("On Record needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Name another one with `make PYTHON=python3.12 ...`.")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "Could not make a virtual environment: install your system's python3-venv package." >&2; exit 1; }
	$(call pip,Installing PyTorch into $(VENV) (most of the time goes here),torch==2.13.0)
	$(call pip,Installing On Record with the rest of what it needs,--editable .)
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(call pip,Installing what the tests need,--editable '.[dev]')
	@touch $@

install: $(VENV)/.installed ## make the virtual environment and install what running needs
	@$(BIN)/qa prepare || { echo "This step failed: preparing the encoder (qa prepare)." >&2; exit 1; }

serve: install ## sample articles into qa-data, then http://127.0.0.1:8000; the first time it installs, for minutes
	@echo "Putting the sample articles into $(QA_DATA_DIR) (some ten seconds the first time, less after that) ..."
	@$(BIN)/qa ingest corpus --quiet
	@$(BIN)/qa serve

browser: $(VENV)/.installed-dev
	@bash tests/browser/install.sh $(BIN)/python

test: install $(VENV)/.installed-dev browser ## install what tests need, Chromium included, and pass all of them
	@$(BIN)/python -m pytest -n 2 --durations=10

fast: $(VENV)/.installed-dev ## the fast tests alone
	@$(BIN)/python -m pytest -q -n 2 -m 'not slow and not browser'

fuzz: install $(VENV)/.installed-dev ## attack at length: 5,000 requests, 60 kills, properties twenty times as often
	@ONRECORD_FUZZ=1 $(BIN)/python -m pytest -q -o faulthandler_timeout=7200 tests/hostile tests/properties
	@ONRECORD_FUZZ=1 $(BIN)/python -m pytest -q -m hypothesis tests/qa tests/web

check: install $(VENV)/.installed-dev ## format, lint, strict types, import contracts, fast tests
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(MAKE) --no-print-directory fast

format: $(VENV)/.installed-dev ## put the code into its one format
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: install $(VENV)/.installed-dev ## measure ingestion, answers and memory (articles: ONRECORD_DATA/archive)
	@$(BIN)/python -m qa.evaluation.bench

train: $(VENV)/.installed-dev ## make the shipped weights again from their data, in ONRECORD_DATA: some six hours
	@$(MAKE) --no-print-directory --file qa/training/order.mk

clean: ## remove the virtual environment and build output; the archive in qa-data stays
	rm -rf $(VENV) build dist *.egg-info
