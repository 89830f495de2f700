PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
SHARED ?= ../shared
WORKERS ?= auto

.PHONY: setup demo test lint bench lexicons

setup: $(VENV)/installed

$(VENV)/installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

demo: setup
	$(BIN)/onrecord demo

# Each worker loads the model once and computes on one thread; a worker with nothing left to do takes
# tests from another.
test: setup
	PYTHONDONTWRITEBYTECODE= OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 $(BIN)/pytest -n $(WORKERS) --dist worksteal

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: setup
	$(BIN)/python benchmarks/speed.py
	$(BIN)/python benchmarks/pages.py --shared $(SHARED)
	if test -d $(SHARED)/gold; then \
	  $(BIN)/onrecord eval $(SHARED) --records build/evaluation --out docs/accuracy.md --failures tests && \
	  $(BIN)/python benchmarks/errors.py --shared $(SHARED) --records build/evaluation; \
	fi

lexicons: setup
	$(BIN)/onrecord lexicons
