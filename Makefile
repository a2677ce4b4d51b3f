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

