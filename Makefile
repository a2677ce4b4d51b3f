# Everything starts here: `make run` and `make test` need Python 3.11 or later, make, and nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501
export KVALITET_STORE ?= data/store

.PHONY: run test check messages lock bench shots clean

run: $(VENV)/.installed
	@test -e $(KVALITET_STORE)/CURRENT || $(BIN)/kvalitet build
	@echo "Kvalitetsdialog: http://localhost:$(PORT)"
	@$(BIN)/streamlit run pages/ui/server.py --server.port $(PORT)

# Finds the sentences in the code and puts new ones in the Swedish catalogue, to be translated there.
messages: $(VENV)/.installed-dev
	$(BIN)/pybabel -q extract -k say -k plural:1,2 --no-location --sort-output --no-default-keywords -o $(VENV)/messages.pot app.py analytics pages
	$(BIN)/pybabel -q update -i $(VENV)/messages.pot -d analytics/locale -D kvalitetsdialog -l sv --no-fuzzy-matching --ignore-pot-creation-date --ignore-obsolete -w 110

