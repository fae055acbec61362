# Two commands on a fresh machine: `make demo` opens the practice school, `make test` runs the whole suite.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test check format bench lock snapshots clean

demo: $(READY)
	@$(BIN)/portal-wizard --demo

test: $(READY)
	@$(BIN)/pytest

check: $(READY)
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/portal-wizard-admin check --strict

format: $(READY)
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

snapshots: $(READY)
	@$(BIN)/pytest tests/ui --snapshot-update

bench: $(READY)
	@$(BIN)/python -m benchmarks.records
	@$(BIN)/python -m benchmarks.roster
	@$(BIN)/python -m benchmarks.turns
	@$(BIN)/python -m benchmarks.screens

lock: $(READY)
	@$(BIN)/python -m pip install --quiet uv
	@$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
		--no-header --no-emit-index-url --no-annotate --upgrade --quiet --output-file requirements.lock

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "portal-wizard needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12 demo")'
	@$(PYTHON) -m venv $(VENV)
	@echo "Setting up $(VENV) (once, about a minute) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)

clean:
	@rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
