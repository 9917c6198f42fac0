# Everything is done by scripts and by the command; this file only names it.
PYTHON ?= python3
ARGS ?=
BIN := .venv/bin

# Byte code is kept: every process would else compile its three thousand modules for itself, four seconds each.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: setup run test lint docs bench lock clean

setup:  ## Make everything ready; the others call it
	@$(PYTHON) scripts/prepare.py

run: setup  ## Serve the workbench with the worked example
	@$(BIN)/upstream run $(ARGS)

lint: setup  ## Style, types and import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: lint  ## Every check and every test; those that keep records once more on PostgreSQL, where one is given
	$(BIN)/pytest -n 3 $(ARGS)
	@if [ -n "$$UPSTREAM_TEST_POSTGRES" ]; then \
	    UPSTREAM_TEST_DATABASE_URL="$$UPSTREAM_TEST_POSTGRES" $(BIN)/pytest -n 3 $(ARGS); \
	else echo "Not run on PostgreSQL: UPSTREAM_TEST_POSTGRES names no server to test on."; fi

docs: setup  ## Write docs/reference again from the code
	@$(BIN)/python -m upstream_cli.reference docs/reference

bench: setup  ## Measure speed, as ratios, in one run
	@$(BIN)/upstream bench $(ARGS)

lock: setup  ## Choose versions anew and write the locks
	$(BIN)/python scripts/lock.py

clean:  ## Remove what set-up made; data in var/ stay
	rm -rf .venv node_modules src/*.egg-info src/upstream/charts/fonts src/upstream_web/dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
