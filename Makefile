# One entry for everything: run it, test it, keep it in shape. `make` alone lists the targets.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
# Tests start hundreds of processes: what the first has compiled, the others find.
unexport PYTHONDONTWRITEBYTECODE

BIN := .venv/bin
GATE := @scripts/gate.sh
# How pytest spreads its work; `make test PYTEST_SPREAD=` runs it serially. Tests that share a server or a port
# name a common @pytest.mark.xdist_group, which keeps them in one worker.
PYTEST_SPREAD ?= -n 2 --dist loadgroup
PYTEST_ARGS ?=
CHAOS_ARGS ?=
LOCK := $(BIN)/uv pip compile pyproject.toml --quiet --generate-hashes --no-emit-index-url --python-version 3.11 \
	--universal --custom-compile-command 'make lock' $(if $(UPGRADE),--upgrade)

.PHONY: help up test check unit chaos bench fmt lock clean setup setup-dev setup-python setup-browser setup-proxy setup-servers python-gates web-check web-gates

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

up: setup ## set up what is missing, then run Frontdesk in one process
	@exec $(BIN)/frontdesk up

test: setup-dev setup-browser setup-proxy setup-servers python-gates web-gates ## every gate, then every test (what CI runs)
	@exec $(BIN)/python -m pytest $(PYTEST_SPREAD) $(PYTEST_ARGS)

check: setup-dev python-gates web-check ## the gates alone: format, lint, types, imports, web

unit: setup-python setup-servers ## the fast tests: unit, contract, sync, architecture
	@exec $(BIN)/python -m pytest $(wildcard tests/unit tests/contract tests/sync tests/architecture) $(PYTEST_ARGS)

chaos: setup-dev ## kill and starve a cluster for minutes, then check its history (CHAOS_ARGS="--help")
	@exec $(BIN)/python -m tests.chaos $(CHAOS_ARGS)

bench: setup-dev setup-servers ## measure; raw results are kept by the bench package
	@exec $(BIN)/python -m bench

fmt: setup-dev ## put code into its canonical form
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format --quiet .
	@npm --prefix web run --silent format

lock: setup-python ## write requirements/*.txt anew from pyproject.toml (UPGRADE=1: newest versions)
	@$(LOCK) --extra demo --extra build --extra test -o requirements/dev.txt
	@$(LOCK) --extra demo --extra build -c requirements/dev.txt -o requirements/demo.txt
	@$(LOCK) --extra build -c requirements/dev.txt -o requirements/runtime.txt

clean: ## remove everything that make made
	@rm -rf .venv .build .pytest_cache .ruff_cache .import_linter_cache .hypothesis build src/*.egg-info web/node_modules
	@find web -type d -name dist -prune -exec rm -rf {} + 2>/dev/null || true
	@find src tests scripts -type d -name __pycache__ -prune -exec rm -rf {} +

setup:
	@scripts/setup.sh up

setup-dev:
	@scripts/setup.sh dev

setup-python:
	@scripts/setup.sh python

setup-browser:
	@scripts/setup.sh browser

setup-proxy:
	@scripts/setup.sh proxy

setup-servers:
	@scripts/setup.sh servers

# Gates run in this order, one after another, and the first that fails ends the run.
python-gates:
	$(GATE) format "Format (ruff)" $(BIN)/ruff format --check .
	$(GATE) lint "Lint (ruff)" $(BIN)/ruff check .
	$(GATE) types "Types (basedpyright)" $(BIN)/basedpyright
	$(GATE) imports "Imports (import-linter)" $(BIN)/lint-imports

web-check:
	$(GATE) web-check "Web: format, lint, types" npm --prefix web run check

web-gates: web-check
	$(GATE) web-test "Web: unit tests" npm --prefix web test
	$(GATE) web-size "Web: size budgets" npm --prefix web run size

.NOTPARALLEL:
