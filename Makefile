# Every target does its own set-up: a virtual environment in .venv, installed anew only when pyproject.toml changes.
PYTHON ?= python3
VENV ?= .venv
EXTRAS ?= test,torch
PYTEST_FLAGS ?= -n auto --maxprocesses=4
COVERAGE ?=
BIN := $(VENV)/bin

# One thread per worker: the test workers and a BLAS pool in each of them would fight for the cores.
TEST_ENV := OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1

.DEFAULT_GOAL := help
.PHONY: help demo test lint format types docs-check bench clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /make \1  /p' $(MAKEFILE_LIST)

demo: $(VENV)/.installed-demo ## train two networks on handwritten digits
	$(BIN)/python examples/digits.py

test: $(VENV)/.installed-test ## run the test suite on the CPU, then on the simulated device
	$(TEST_ENV) $(BIN)/python -m pytest $(PYTEST_FLAGS) $(COVERAGE)
	$(TEST_ENV) $(BIN)/python -m pytest $(PYTEST_FLAGS) --device=sim

lint: $(VENV)/.installed-test ## check the format, the lint rules and the import contract
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports

format: $(VENV)/.installed-test ## rewrite the sources in the one format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

types: $(VENV)/.installed-test ## check the type hints
	$(BIN)/mypy

docs-check: $(VENV)/.installed-test ## run the code of the README, of docs/ and of the docstrings
	$(TEST_ENV) $(BIN)/python -m pytest tests/docs
	$(TEST_ENV) $(BIN)/python -m pytest --doctest-modules --doctest-ignore-import-errors autograd nn optim

bench: $(VENV)/.installed-test ## measure the overhead per operation, the loader and kernels beside PyTorch
	$(BIN)/python benchmarks/overhead.py
	$(BIN)/python benchmarks/loader.py
	$(BIN)/python benchmarks/kernels.py

clean: ## remove the environment and everything built
	rm -rf $(VENV) build dist *.egg-info .coverage .coverage.* .hypothesis .mypy_cache .pytest_cache .ruff_cache

# Where the distribution splits ensurepip from Python, the pip that came with Python installs one into the environment.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	    || { echo "Python 3.11 or newer is needed; choose one with: make PYTHON=python3.12 ..."; exit 1; }
	$(PYTHON) -m venv $(VENV) \
	    || { rm -rf $(VENV) && $(PYTHON) -m venv --without-pip $(VENV) && $(PYTHON) -m pip --python $(VENV) install pip; }

$(VENV)/.installed-demo: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[examples]'
	@touch $@

# numba and tbb make kernels faster and have no wheel on some machines; the suite passes without them.
$(VENV)/.installed-test: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[$(EXTRAS)]'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary=:all: --editable '.[fast]' \
	    || echo "numba or tbb has no wheel for this machine: going on without the compiled kernels"
	@touch $@
