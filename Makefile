# Two commands are enough: `make demo` to see it work, `make check` before a change is offered.
# Both make their own environment in .venv; all they need is Python 3.11 or later and a C compiler.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet

DEMO_DAY    ?= 2026-09-15
DEMO_NOTICE ?= sample_tenders/real/collecte-verre-papier-2024.xml
DEMO_TENDER ?= sample_tenders/renovation-ecole-six-corps-d-etat.yaml
DEMO_OUT    := build/demo
comma       := ,

.DEFAULT_GOAL := help
.PHONY: help setup demo check lint types floor-plan rules clauses test docs wheel-check bench format clean

help:  ## say what can be made
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# --- environment: a stamp says that it is up to date -------------------------------------------

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "procure needs Python 3.11 or later; try: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) install -c constraints.txt -e .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) install -c constraints.txt -e '.[dev]'
	@touch $(VENV)/.installed $@

$(VENV)/.installed-bench: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) install -c constraints.txt -e '.[dev,bench]'
	@touch $(VENV)/.installed $(VENV)/.installed-dev $@

setup: $(VENV)/.installed-dev  ## create .venv with everything a contributor needs

# --- see it work -------------------------------------------------------------------------------

# `procure score` ends with 1 when a tender breaks the law: that is an answer, not a failure.
define score
	@$(BIN)/procure score $(1) --on $(DEMO_DAY) --format $(2) --out $(DEMO_OUT) || test $$? -eq 1
endef

demo: $(VENV)/.installed  ## score a real notice and a sample tender, say where the reports are
	@rm -rf $(DEMO_OUT)
	$(call score,$(DEMO_NOTICE),html$(comma)json$(comma)xlsx)
	$(call score,$(DEMO_TENDER),terminal$(comma)html$(comma)json$(comma)xlsx)
	@echo
	@echo "Judged on $(DEMO_DAY): $(DEMO_NOTICE), then $(DEMO_TENDER)."

# --- before a change is offered ----------------------------------------------------------------

check: lint types floor-plan rules clauses test docs wheel-check  ## everything that continuous integration checks
	@echo "All checks passed."

lint: $(VENV)/.installed-dev  ## style and formatting of Python and of the rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/yamllint --strict rules

types: $(VENV)/.installed-dev  ## mypy, strict
	$(BIN)/mypy

floor-plan: $(VENV)/.installed-dev  ## who may import whom (docs/adr/0007)
	$(BIN)/lint-imports --no-logo

rules: $(VENV)/.installed-dev  ## the cases written beside the rules
	$(BIN)/procure rules test

clauses: $(VENV)/.installed-dev  ## the clauses of the library: proofs, parameters, references
	$(BIN)/procure clauses lint

test: $(VENV)/.installed-dev  ## the tests of the code
	$(BIN)/python -m pytest -n auto

docs: $(VENV)/.installed-dev  ## are the generated pages current?
	$(BIN)/procure rules docs --check

wheel-check: $(VENV)/.installed-dev  ## build the wheel, install it elsewhere, score a tender with it
	$(BIN)/python tests/packaging/wheel.py $(DEMO_TENDER) $(DEMO_DAY)

bench: $(VENV)/.installed-bench  ## what is measured, against which peers
	$(BIN)/python -m benchmarks

format: $(VENV)/.installed-dev  ## mend what can be mended without thinking
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:  ## remove what the tools leave behind (not .venv)
	rm -rf build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -path ./$(VENV) -prune -o -name __pycache__ -type d -exec rm -rf {} +
