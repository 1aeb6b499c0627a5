# The commands of the project. `make` alone prints them.
#
# Written for GNU Make 3.81 (the one on macOS) and for a checkout whose path has spaces in it: paths in rules are relative.

.DEFAULT_GOAL := menu
.DELETE_ON_ERROR:
.NOTPARALLEL:
.SUFFIXES:

# Settings: make book PYTHON=python3.12, make test SOURCE=FILE ARGS="-k tables", make serve PORT=8001.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$python" && break; done)
SOURCE ?=
ARGS ?=
PORT ?= 8000

# What could make one machine's result differ from another's is settled here: the order of hashes, the encoding, the time
# zone, and the personal settings of whoever runs it (start-up files, matplotlibrc, kernels of other environments).
# MPLBACKEND stays unset: a notebook kernel then chooses the backend that shows figures. Python may keep its byte code:
# without it every kernel compiles the same libraries anew.
export PYTHONHASHSEED := 0
export PYTHONUTF8 := 1
export PYTHONNOUSERSITE := 1
export PYDEVD_DISABLE_FILE_VALIDATION := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export TZ := UTC
export MPLCONFIGDIR := $(CURDIR)/.venv/settings/matplotlib
export IPYTHONDIR := $(CURDIR)/.venv/settings/ipython
export JUPYTER_PREFER_ENV_PATH := 1
unexport PYTHONPATH PYTHONHOME PYTHONDONTWRITEBYTECODE MPLBACKEND MATPLOTLIBRC JUPYTER_PATH

PY := .venv/bin/python
STEPS := $(if $(filter test,$(MAKECMDGOALS)),4,3)

.PHONY: FORCE menu book test check tables lab serve lint fuzz bench lock clean environment
FORCE:

menu:
	@echo "Paragraph 53. Begin with: make book"
	@echo
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

book: environment ## check the data, execute the notebooks, build the book in _build/html
	$(build_book)
	@echo "The book is built. Open this file in a browser:"
	@echo "$$(pwd)/_build/html/index.html"

test: environment _build/.made ## run every test (SOURCE=FILE adds those that need the source document)
	@echo "[4/$(STEPS)] Running the tests"
	@$(PY) -m pytest --numprocesses auto $(if $(SOURCE),--source="$(SOURCE)") $(ARGS)

check: .venv/.made ## check the data in data/
	@$(PY) -m analysis check $(ARGS)

tables: .venv/.made ## write every table to _build/tables
	@$(PY) -m analysis tables --force --out _build/tables $(ARGS)

lab: .venv/.made ## open the notebooks in JupyterLab
	@$(PY) -m jupyter lab $(ARGS) book

serve: _build/.made ## show the built book at http://127.0.0.1:8000 (PORT=8001 for another port)
	@$(PY) -m http.server --bind 127.0.0.1 --directory _build/html $(PORT)

fuzz: .venv/.made ## look for ten minutes for files that no reader can bear (ARGS="--seconds 60")
	@$(PY) tests/fuzz.py $(ARGS)

lint: .venv/.made ## check the style of the code
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .

bench: .venv/.made .venv/peers/.made ## measure time, memory and page weight, and compare readers (SOURCE=FILE)
	@$(PY) -m benchmarks $(if $(SOURCE),--source="$(SOURCE)") $(ARGS)

# What ours is compared with has an environment of its own, so that none of it is ever needed.
.venv/peers/.made: benchmarks/peers.lock .venv/.made
	@echo "Installing what the reader is compared with into .venv/peers"
	@rm -rf .venv/peers && '$(PYTHON)' -m venv .venv/peers
	@.venv/peers/bin/python -m pip install --quiet --require-hashes --no-deps --only-binary :all: -r benchmarks/peers.lock
	@touch $@

# Versions that still fit stay as they are; make lock ARGS=--upgrade takes the newest.
lock: $(if $(wildcard .venv/bin/uv),,.venv/.made) ## rewrite requirements.lock from pyproject.toml
	@$(compile) pyproject.toml --group dev --output-file requirements.lock $(ARGS)
	@$(compile) --group peers --output-file benchmarks/peers.lock $(ARGS)
	@echo "requirements.lock and benchmarks/peers.lock are written. The next command installs what has changed."

compile = $(PY) -m uv pip compile --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
	--custom-compile-command "make lock" --no-config --quiet

clean: ## remove what was built and the private environment
	rm -rf _build .venv .hypothesis

# --- the book ---------------------------------------------------------------------------------------------------

# `book` always builds. `test` and `serve` build when the last build is older than its sources, or did not succeed:
# _build/.made is its last step.
BOOK_SOURCES := $(shell find data analysis book _config.yml _toc.yml *.md CITATION.cff -type f \
	! -path '*/.*' ! -name '*.pyc' ! -name '* *' 2>/dev/null)

_build/.made: $(BOOK_SOURCES) .venv/.made $(if $(wildcard _build/html/index.html),,FORCE)
	$(build_book)

define build_book
	@echo "[2/$(STEPS)] Checking the data"
	@$(PY) -m analysis check
	@echo "[3/$(STEPS)] Executing the notebooks and building the book"
	@rm -rf _build/.made _build/html _build/.doctrees _build/jupyter_execute
	@.venv/bin/jupyter-book build . --all -W -n --keep-going
	@touch _build/.made
endef

# --- the private environment ------------------------------------------------------------------------------------

# .venv is whole when its last step has left .venv/.made, which names the folder that it was made for. It is made again
# when that step was not reached, when the checkout has moved, when its Python has gone, and when the lock has changed.
WHOLE := $(shell test "$$(cat .venv/.made 2>/dev/null)" = "$$(pwd -P)" && $(PY) -c '' 2>/dev/null && echo yes)

environment: .venv/.made
	@echo "[1/$(STEPS)] Environment: .venv is complete"

.venv/.made: requirements.lock pyproject.toml $(if $(WHOLE),,FORCE)
	@if test -z '$(WHOLE)' || ! $(locked) | cmp -s - .venv/made-from.lock; then $(install_lock); fi
	@rm -f .venv/.made
	@$(PY) -m pip install --quiet --no-deps --no-build-isolation --editable .
	@$(PY) -m pip check > .venv/check.log || { cat .venv/check.log >&2; \
		echo "pyproject.toml and requirements.lock do not agree. Run: make lock" >&2; exit 1; }
	@pwd -P > $@

# pip is quiet; the loop in the background shows how far it is. Packages come as wheels only (no compiler is needed, no
# foreign build script runs), and the lock names every one of them (--no-deps). Byte code is made when first needed.
define install_lock
	$(find_python); \
	echo "[1/$(STEPS)] Environment: installing into .venv with $$('$(PYTHON)' --version) (once; some minutes on a slow line)"; \
	rm -rf .venv; '$(PYTHON)' -m venv .venv && mkdir -p '$(MPLCONFIGDIR)' '$(IPYTHONDIR)/profile_default' || exit 1; \
	echo "c.IPKernelApp.log_level = 'ERROR' # every kernel would warn that it is reached over this machine's own network" \
		> '$(IPYTHONDIR)/profile_default/ipython_kernel_config.py'; \
	all=$$(grep -c '^[a-zA-Z0-9].*==' requirements.lock); \
	( while sleep 3 && kill -0 $$$$ 2>/dev/null && test -e .venv/install.log; do \
		echo "      found $$(grep -c -E '^(Collecting|Processing)' .venv/install.log)," \
		"unpacked $$(ls .venv/lib/*/site-packages | grep -c dist-info) of up to $$all packages"; done ) & ticker=$$!; \
	$(PY) -m pip install --require-hashes --no-deps --only-binary :all: --no-compile --progress-bar off \
		-r requirements.lock > .venv/install.log 2>&1; status=$$?; \
	kill $$ticker 2>/dev/null; \
	if test $$status != 0; then \
		tail -n 20 .venv/install.log >&2; \
		echo "The packages could not be installed (see above). Cure that, then run the same command again." >&2; exit 1; fi; \
	$(locked) > .venv/made-from.lock
endef

# The lock without its comments: a new comment is no reason to install again.
locked := grep -v '^ *\#' requirements.lock

define find_python
	'$(or $(PYTHON),python3)' -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Python 3.11 or later is needed, and '$(or $(PYTHON),python3)' is not that." >&2; \
		echo "Install one, or say where one is: make book PYTHON=/path/to/python3.12" >&2; exit 1; }; \
	'$(PYTHON)' -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "'$(PYTHON)' cannot make a private environment: its venv module is missing or incomplete." >&2; \
		echo "On Debian or Ubuntu: apt-get install python3-venv. Otherwise: make book PYTHON=/path/to/python3.12" >&2; exit 1; }
endef
