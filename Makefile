# The commands of the project; `make` alone prints them. Written for GNU Make 3.81, the one on macOS,
# and for a checkout whose path has blanks in it: paths in rules are relative.
#
#   make test FILE=tests/test_tables.py    one test file; the book is built only if that file needs it
#   make test ARGS="-k panel"              options for pytest, as for every other command
#   make test SOURCE=summary.pdf           with the tests that need a copy of the source document
#   make book PYTHON=python3.12            with that Python, when the environment is made
#   make book DATA=../mine                 of another data folder, in _build/other (book, check, tables, lab)

.DEFAULT_GOAL := menu
.DELETE_ON_ERROR:
.NOTPARALLEL:
.SUFFIXES:
include tools/settings.mk

PY := .venv/bin/python
ENV := .venv/.made
PORT ?= 8000
source = $(if $(SOURCE),--source="$(SOURCE)")
files = $(foreach file,$(FILE),$(firstword $(subst ::, ,$(file))))
needed = $(if $(FILE),$(shell grep -rls 'mark[.]needs_book' $(files)),yes)

.PHONY: FORCE menu book rebuild pdf release certify test trial check tables addresses notebooks lab serve lint fuzz bench lock clean
FORCE:

menu:
	@echo "Paragraph 53. Begin with: make book"
	@echo
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

book: $(ENV) ## check the data, execute the notebooks that changed, build the book in _build/html
	@$(PY) -m tools.build $(ARGS)
rebuild: $(ENV) ## build all of the book again, and execute every notebook
	@$(PY) -m tools.build --all
pdf: _build/.made ## make the report, the briefing and the sheets again, in _build/html/paper
	@$(PY) -m tools.paper
release: _build/.made ## write this version, pages and all that is given away, to a folder of its own (ARGS=FOLDER: not in _build/release)
	@$(PY) -m tools.kit $(ARGS)
	@$(PY) -m tools.certify --record
certify: _build/.made ## build all of it again elsewhere and compare every file (PYTHONS="python3.12 …", ARGS="--against FILE")
	@$(PY) -m tools.certify $(if $(PYTHONS),--pythons "$(PYTHONS)") $(ARGS)
test: $(ENV) $(if $(needed),_build/.made) ## run the tests (FILE=tests/test_tables.py for one file, SOURCE=FILE for all)
	@$(PY) -m pytest $(if $(FILE),,--numprocesses auto --dist loadgroup) $(source) $(FILE) $(ARGS)
trial: $(ENV) ## carry out in copies what takes minutes: recipes, edits that must fail, interruptions
	@$(PY) -m pytest --numprocesses auto --dist loadgroup $(source) $(or $(FILE),tests/trial) $(ARGS)
check: $(ENV) ## check the data in data/
	@$(PY) -m analysis check $(ARGS)
tables: $(ENV) ## write every table to _build/tables
	@$(PY) -m analysis tables --out _build/tables --force $(ARGS)
addresses: $(ENV) ## add what is new to the list of published addresses (ARGS=--release: pages, tables, figures, items)
	@$(PY) -m tools.addresses $(ARGS)
notebooks: $(ENV) ## clean the notebooks that JupyterLab saved: outputs, cell ids, versions
	@$(PY) -m tools.notebooks $(ARGS)
lab: $(ENV) ## open the notebooks in JupyterLab, and clean them when it ends
	@sh tools/lab.sh $(ARGS)
serve: _build/.made ## show the built book at http://127.0.0.1:8000 (PORT=8001 for another port)
	@$(PY) -m http.server --bind 127.0.0.1 --directory _build/html $(PORT)
lint: $(ENV) ## check style and types of the code
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy
fuzz: $(ENV) ## look for ten minutes for files that crash a reader (ARGS="--seconds 60")
	@$(PY) tests/fuzz.py $(ARGS)
bench: $(ENV) .venv/peers/.made ## measure time, memory and page weight, and compare readers (SOURCE=FILE)
	@$(PY) -m benchmarks $(source) $(ARGS)
lock: $(if $(wildcard .venv/bin/uv),,$(ENV)) ## rewrite requirements.lock from pyproject.toml (ARGS=--upgrade: newest versions)
	@sh tools/lock.sh $(ARGS)
clean: ## remove what was built and the private environment
	rm -rf _build .venv .hypothesis

# The script changes these files only if there is something to do, so that nothing is built in vain.
$(ENV): FORCE
	@sh tools/environment.sh
.venv/peers/.made: benchmarks/peers.lock benchmarks/package-lock.json $(ENV)
	@sh tools/peers.sh
_build/.made: $(ENV) FORCE
	@$(PY) -m tools.build
