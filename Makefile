# The work is done by .ci/install.py, which Windows calls directly. ARGS goes to the program: make gallery ARGS="--port 9000"
PYTHON ?= $(shell command -v python3 || command -v python3.11 || command -v python)
ARGS ?=

.PHONY: help install gallery lab check test dev lint notebooks constraints clean

help:
	@echo "make gallery      install and open the gallery in the browser"
	@echo "make test         install and run all tests"
	@echo "make lab          install and open the notebooks in JupyterLab"
	@echo "make check        install and check the installation"
	@echo "make notebooks    build both editions of the notebooks"
	@echo "make lint         ruff and the floors"
	@echo "make constraints  resolve constraints.txt anew"
	@echo "make clean        remove .venv and caches"

install gallery lab check test dev:
	@$(PYTHON) .ci/install.py $@ $(ARGS)

lint: dev
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/lint-imports

notebooks: dev
	.venv/bin/crmlab notebooks build $(ARGS)

constraints: dev
	.venv/bin/python .ci/constraints.py

clean:
	rm -rf .venv .pytest_cache .ruff_cache .import_linter_cache .hypothesis build dist
