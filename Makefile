# Every verb does its own set-up; run any of them first. ARGS adds options: make test ARGS="-k status"
.DEFAULT_GOAL := help
.PHONY: help install run test check bench docs lock

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)
VENV := .venv/bin
READY := .venv/.installed
UV := $(VENV)/uv pip
PIP := $(VENV)/python -m pip --disable-pip-version-check install --quiet --no-deps
LOCK := pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links --quiet

# Published vectors and attacks, where somebody put them beside the project.
ifneq ($(wildcard ../shared/vectors),)
export SKILLMARK_SHARED ?= $(realpath ../shared)
endif

help:  ## what can be done here
	@sed -n 's/^\([a-z]*\):.*##  *\(.*\)/make \1\t\2/p' Makefile | expand -t 16

install: $(READY)  ## make .venv with everything, from the hashed lock files
	@echo ".venv is ready"

run: $(READY)  ## start the site with demonstration data and print its address
	$(VENV)/skillmark serve --demo $(ARGS)

test: $(READY)  ## run all tests
	$(VENV)/python -m pytest --numprocesses 2 $(ARGS)

check: $(READY)  ## lint, format, types, import contracts, dependencies
	$(VENV)/ruff check
	$(VENV)/ruff format --check
	$(VENV)/mypy
	$(VENV)/lint-imports --no-logo
	$(VENV)/deptry src

bench: $(READY)  ## measure against other people's software and print the table
	$(VENV)/python -m bench $(ARGS)

docs: $(READY)  ## build the documentation into build/docs
	$(VENV)/mkdocs build --strict --quiet

lock: $(READY)  ## renew the lock files: ARGS=--upgrade takes newer versions
	$(UV) compile $(LOCK) $(ARGS) --extra server -o requirements.lock
	$(UV) compile $(LOCK) $(ARGS) --extra server --group dev -c requirements.lock -o requirements-dev.lock
	grep -A 1000 '^uv==' requirements-dev.lock | awk 'NR > 1 && /^[a-z]/ { exit } { print }' > requirements-uv.lock

# uv is quick; pip, which knows mirrors that uv does not, takes over where uv cannot install.
$(READY): pyproject.toml requirements-dev.lock requirements-uv.lock
	@test -n "$(PYTHON)" || { echo "Skillmark needs Python 3.11 or newer; make PYTHON=/path/to/python3 names one." >&2; exit 1; }
	@$(VENV)/python -m pip --version >/dev/null 2>&1 || "$(PYTHON)" -m venv --clear .venv || \
		{ echo "$(PYTHON) cannot make a virtual environment; on Debian: apt-get install python3-venv" >&2; exit 1; }
	@echo "Installing into .venv"
	@$(PIP) -r requirements-uv.lock
	@$(UV) sync --quiet --python $(VENV)/python --require-hashes requirements-dev.lock || \
		{ echo "uv could not install; pip does"; $(PIP) -r requirements-dev.lock; }
	@$(PIP) --no-build-isolation --editable .
	@touch $@
