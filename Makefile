# `make run` and `make test` need Python 3.11 or later, make, and the package registries; nothing else.
PYTHON ?= python3
PORT ?= 8501
PROCESSES ?= 2
VENV := .venv
BIN := $(VENV)/bin
KVALITET_STORE ?= data/store
export KVALITET_STORE
# A store in a lake (docs/lake.md) takes packages more.
LAKE := $(if $(filter postgres://% postgresql://%,$(KVALITET_STORE)),-lake)

.PHONY: run serve wheel help quick coverage test ready tests nightly check audit programs messages docs guide hooks lock bench simulate clean

SWEDISH := analytics/words/locale/sv/LC_MESSAGES/kvalitetsdialog.po
# Three at a time on two cores, as tests in a browser wait: one has these, and begins with them, for none to be left to run
# alone at the end (tests/scheduling.py). Each more has to find the tests, and has a server of its own.
ALL := -m "not alone" -n 3 --dist loadfile --no-loadscope-reorder --durations=25
# Those that take the time of something come after all others; their files alone are looked through.
ALONE = -m alone --durations=25 $$(grep -rl --include='*.py' 'mark\.alone' tests)
# What Python has compiled it keeps, whatever the machine says: tests start it some thousand times.
PYTHON_HERE := env -u KVALITET_STORE -u PYTHONDONTWRITEBYTECODE $(BIN)/python
PYTEST := $(PYTHON_HERE) -m pytest

# The app, with demo data on the first run; with DATA=own it begins empty, on the page Load data. Where anything of a store lies, `build` refuses and says what helps.
run: $(VENV)/.installed$(LAKE)
ifdef LAKE
	@$(BIN)/kvalitet serve $(if $(filter own,$(DATA)),,--demo) --port $(PORT)
else
	@test ! -e "$(KVALITET_STORE)/CURRENT" || $(BIN)/kvalitet republish --if-old
	@test -e "$(KVALITET_STORE)/CURRENT" || test "$(DATA)" = own || $(BIN)/kvalitet build
	@echo
	@echo "  Kvalitetsdialog: http://localhost:$(PORT)   (stop with Ctrl+C)"
	@$(BIN)/streamlit run app.py --server.port $(PORT)
endif

# Several processes of the app (PROCESSES=4) behind nginx, on one store; else as `make run`.
serve: $(VENV)/.installed$(LAKE)
	@$(BIN)/kvalitet serve $(if $(filter own,$(DATA)),,--demo) --processes $(PROCESSES) --port $(PORT)

# What is installed without a clone: dist/kvalitetsdialog-*.whl, the same to the last byte of the same commit.
wheel: $(VENV)/.installed
	rm -rf build dist
	SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct 2>/dev/null || echo 315532800) \
	  $(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation -w dist .
	rm -rf build
	@ls dist/*.whl

# This list.
help:
	@awk '/^# /{said = said (said ? " " : "") substr($$0, 3); next} \
	  /^[a-z]+:/{if (said) printf "  make %-10s %s\n", substr($$1, 1, index($$1, ":") - 1), said} {said = ""}' Makefile

# The tests without server, browser, loads into stores and long draws, while you work.
quick: $(VENV)/.installed-dev
	$(PYTEST) -m "not costly and not loads and not long and not alone" -n 2

# Which lines run in the tests' own processes, with a floor; what only servers, other commands and browsers run is not
# counted, so the tests of these are left out. Half an hour.
coverage: ready
	$(PYTEST) $(ALL) --ignore=tests/browser --ignore=tests/deploy --cov

# Everything that must hold before a change lands.
test:
	$(MAKE) -j2 ready
	$(MAKE) -j2 check audit tests
	$(PYTEST) $(ALONE)

# What the tests stand on: the packages, a browser, a proxy and object storage.
ready: $(VENV)/.installed-dev $(VENV)/storage/.installed programs

# The tests alone, but for those that take the time of something.
tests: ready
	@$(PYTHON_HERE) -m tests.kept_stores >/dev/null & $(PYTEST) --collect-only -q >/dev/null; wait  # what all would wait for, or compile at once
	$(PYTEST) $(ALL)

# All of it: every school where `make test` takes a sample, and examples that nobody has tried yet.
nightly: ready check audit coverage
	NIGHTLY=1 $(PYTEST) $(ALL)
	NIGHTLY=1 $(PYTEST) $(ALONE)

# Style, import directions and types: some seconds.
check: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/ty check

# Known holes in the packages: fails where there is one, and says so where no database of them can be asked.
audit: $(VENV)/.installed-dev
	@$(BIN)/python -m tests.known_holes

# What tests run that no Python package has: a Chromium, the one that is there, else Debian's; nginx and bubblewrap likewise,
# but only unpacked, as an nginx that is installed begins to serve. Where there is none of these two their tests are skipped.
programs: | $(VENV)/bin/python
	@command -v chromium >/dev/null || test -n "$$CHROMIUM" || { \
	  echo "Installing Chromium from Debian's packages"; \
	  sudo=$$(test "$$(id -u)" = 0 || echo sudo); \
	  $$sudo apt-get update -qq && $$sudo apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core; }
	@for name in nginx:/usr/sbin/nginx bubblewrap:/usr/bin/bwrap; do \
	  test -x $${name#*:} || test -x $(VENV)/debian$${name#*:} || missing="$$missing $${name%%:*}"; done; \
	test -z "$$missing" || { mkdir -p $(VENV)/debian && cd $(VENV)/debian && echo "Unpacking Debian's$$missing" && \
	  { apt-get download -qq $$missing || { test "$$(id -u)" = 0 && apt-get update -qq && apt-get download -qq $$missing; }; } \
	    2>/dev/null && for package in *.deb; do dpkg-deb -x $$package .; done && rm -f *.deb; } || \
	  echo "There is none of$$missing to be had: tests of docs/deploy are skipped"

# Puts the hooks of .pre-commit-config.yaml in place: what is committed has been checked.
hooks: $(VENV)/.installed-dev
	$(BIN)/pre-commit install

# Figures of this machine as a table for docs/performance.md, beside the ordinary app and, where it can be installed, a
# well-made Dash app in an environment of its own. PARTS="loading homes": some of them. Half an hour.
bench: $(VENV)/.installed-dev
	@test -x $(VENV)/dash/bin/gunicorn || { $(PYTHON) -m venv $(VENV)/dash && \
	  $(VENV)/dash/bin/pip install --quiet --disable-pip-version-check dash gunicorn; } || echo "There is no Dash to be had"
	@env -u KVALITET_STORE $(BIN)/python -m tests.bench \
	  $$(test ! -x $(VENV)/dash/bin/gunicorn || echo --dash $(VENV)/dash/bin/python) $(PARTS)

# Whether the rules of the figures keep what they promise: draws schools whose truth is known, data/method/README.md.
simulate: $(VENV)/.installed-dev
	$(BIN)/python -m tests.simulation

# Finds the sentences in the code and puts new ones in the Swedish catalogue, to be translated there.
messages: $(VENV)/.installed-dev
	$(BIN)/pybabel -q extract -k say -k plural:1,2 -k N_ -k NP_:1,2 --no-location --sort-output --no-default-keywords \
	  -o $(VENV)/messages.pot app.py analytics pages
	$(BIN)/pybabel -q update -i $(VENV)/messages.pot -d analytics/words/locale -D kvalitetsdialog -l sv \
	  --no-fuzzy-matching --ignore-pot-creation-date --ignore-obsolete -w 110
	@# Babel's own lines on who and when say nothing, and would change in every commit.
	sed -i.old -E -e '1{/^$$/d;}' -e '/^"(Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date):/d' \
	  -e '/^"(Last-Translator|Language-Team|Generated-By):/d' -e 's/^("Project-Id-Version:) +/\1 /' $(SWEDISH)
	rm -f $(SWEDISH).old

# Writes the tables of docs/files.md anew from the registers' schema.
docs: $(VENV)/.installed
	$(BIN)/python -m analytics.registers.docs

# Takes the pictures of docs/guide anew, from the app with the demo data.
guide: ready
	$(BIN)/python -m tests.browser.guide

# Locks the newest versions that pyproject.toml allows, with hashes and without any registry's address.
lock:
	$(PYTHON) -m venv $(VENV)-lock && $(VENV)-lock/bin/pip install -q uv
	lock() { $(VENV)-lock/bin/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-emit-find-links --no-header --no-annotate "$$@"; } && \
	lock pyproject.toml -o requirements.txt && \
	lock pyproject.toml --extra lake -c requirements.txt -o requirements-lake.txt && \
	lock pyproject.toml --extra lake --extra dev -c requirements-lake.txt -o requirements-dev.txt && \
	lock --group pyproject.toml:installer -o requirements-uv.txt && \
	lock --group pyproject.toml:storage -o requirements-storage.txt
	rm -rf $(VENV)-lock

# Takes away what was installed and what tools have left; not the store.
clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or later is needed; name one with make PYTHON=python3.12 ..." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.installed-lake: requirements-lake.txt $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-lake.txt
	@touch $@

# All in one, as requirements-dev.txt has what requirements.txt has: locked with whatever they need, so that there is nothing
# to look for; and what is never run is not compiled. uv takes a third of pip's time; where it does not get at what it needs
# (an index that only pip has been told of), pip does it.
$(VENV)/.installed-dev: requirements-dev.txt requirements-uv.txt requirements.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-compile -r requirements-uv.txt
	UV_HTTP_TIMEOUT=20 UV_HTTP_RETRIES=1 $(BIN)/uv pip install --python $(BIN)/python --quiet --system-certs --no-cache \
	  --require-hashes --no-deps -r requirements-dev.txt || \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --no-compile \
	  -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(VENV)/.installed $(VENV)/.installed-lake $@

# The packages of a small object storage want others than ours do.
$(VENV)/storage/.installed: requirements-storage.txt $(VENV)/.installed-dev
	$(PYTHON) -m venv $(VENV)/storage
	UV_HTTP_TIMEOUT=20 UV_HTTP_RETRIES=1 $(BIN)/uv pip install --python $(VENV)/storage/bin/python --quiet --system-certs \
	  --no-cache --require-hashes --no-deps -r requirements-storage.txt || \
	$(VENV)/storage/bin/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-storage.txt
	@touch $@
