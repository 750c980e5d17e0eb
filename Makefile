# `make` lists the targets. Everything is installed in .venv, by pip, from a lock with hashes.

PYTHON ?= python3
JOBS ?= 2

RUN := .venv/bin/python
NOTEBOOKS := $(sort $(wildcard notebooks/*.ipynb))
PAGES := $(NOTEBOOKS:notebooks/%.ipynb=build/notebooks/%.html)

# Settings of the caller that would bring in other packages, kernels or ways of drawing.
unexport MPLBACKEND MATPLOTLIBRC PYTHONPATH PYTHONHOME JUPYTER_PATH

.PHONY: help figures test test-oldest lab check verify notebooks lock $(PAGES)

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

figures: .venv/.ready ## check the record, publish every figure, run every notebook
	@$(RUN) -m analysis check
	@$(RUN) -m analysis figures
	@$(MAKE) --no-print-directory notebooks

test: .venv/.ready ## run the tests
	@$(RUN) -m pytest -q

test-oldest: .venv-oldest/.ready ## run the tests with the oldest versions allowed (Python 3.11 to 3.13)
	@.venv-oldest/bin/python -m pytest -q

lab: .venv/.ready ## open JupyterLab on the notebooks
	@$(RUN) -m jupyterlab --ServerApp.root_dir=notebooks

check: .venv/.ready ## check the record against its rules
	@$(RUN) -m analysis check

verify: .venv/.ready ## rebuild the figures elsewhere and compare them with those stored
	@$(RUN) -m analysis verify

notebooks: .venv/.ready ## run every notebook and write it as HTML under build/notebooks/
	@$(MAKE) --no-print-directory -j$(JOBS) $(PAGES)

$(PAGES): build/notebooks/%.html: notebooks/%.ipynb
	@echo "Running $<"
	@$(RUN) -m nbconvert --to html --execute --log-level ERROR \
		--KernelManager.transport_encryption=auto --output-dir $(@D) $<

lock: .venv/.ready ## rebuild both lock files from pyproject.toml
	@$(COMPILE) --all-extras --output-file requirements.lock
	@$(COMPILE) --extra dev --resolution lowest-direct --output-file requirements-oldest.lock

COMPILE := $(RUN) -m uv pip compile pyproject.toml --universal --python-version 3.11 \
	--generate-hashes --upgrade --quiet --custom-compile-command "make lock"

.venv/.ready: requirements.lock pyproject.toml
	$(install)

.venv-oldest/.ready: requirements-oldest.lock pyproject.toml
	$(install)

# The stamp is written last, so that an interrupted installation starts again.
define install
@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	echo "$(PYTHON) is not Python 3.11 or later: install one, or name it, as in: make PYTHON=python3.12"; \
	exit 1; }
@echo "Installing $< into $(@D) (about a minute, once)"
@$(PYTHON) -m venv --clear $(@D)
@$(@D)/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r $<
@$(@D)/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
@touch $@
endef
