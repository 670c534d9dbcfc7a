# Passerelle: `make run` to see it work, `make test` to prove it. `make help` for the rest.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.PHONY: help run test quick lint typecheck bench bench-ranking install clean

help: ## Say what each verb does
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: install ## Install, load the demo records, serve http://127.0.0.1:8000/ until Ctrl-C
	@$(BIN)/passerelle serve --check --host $(HOST) --port $(PORT)
	@$(BIN)/passerelle demo
	@exec $(BIN)/passerelle serve --demo --host $(HOST) --port $(PORT)

install: $(READY) ## Make .venv with everything pinned in constraints.txt

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else f"Passerelle needs Python 3.11 or newer; {sys.executable} is {sys.version.split()[0]}. Name another one: make PYTHON=python3.11 run")'
	@$(PYTHON) -c 'import shutil, sys; sys.exit(0 if shutil.disk_usage(".").free >= 3e9 else "Passerelle needs 3 GB of free disk space to install; free some and run the command again.")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing Passerelle in $(VENV) (a few minutes the first time)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

test: lint typecheck ## Everything: lint, types, walls, unit, API, interface and browser tests
	@$(BIN)/python -m pytest

quick: lint typecheck ## The part to run before a commit: no browser, no encoder
	@$(BIN)/python -m pytest -m 'not browser and not encoder'

lint: install ## Style (Ruff) and architecture rules (import-linter)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports --no-cache

typecheck: install ## Types (mypy --strict)
	@$(BIN)/mypy

bench: install ## Measure: encoding, latency over HTTP and by stage, memory, import; writes bench.json
	@$(BIN)/python -m tests.benchmarks --out bench.json

bench-ranking: install ## Measure the ranking beside BM25, FAISS, their fusion and txtai; writes bench-ranking.json
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[bench]'
	@$(BIN)/python -m tests.benchmarks.ranking --out bench-ranking.json

clean: ## Remove the environment (records are kept: they are not in this folder)
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache
