# The commands of this project. On a fresh machine only Python 3.11+ and make are needed.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
export PORT

.PHONY: browser demo test check faults fuzz bench learn draw clean help

help: ## these commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

demo: $(VENV)/.run ## set up and start the whole service with simulated phones
	@$(BIN)/wellbeing-bot demo

test: $(VENV)/.dev browser ## set up and run every test
	$(BIN)/pytest -n auto --dist loadscope

check: $(VENV)/.dev ## ruff, mypy, import rules, the conversations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/wellbeing-bot check

faults: $(VENV)/.dev ## the promises at full size, with a table
	$(BIN)/python -m benchmarks.faults

fuzz: $(VENV)/.dev ## read anything at all for ten minutes, and say what failed or was slow
	$(BIN)/python -m benchmarks.fuzz --minutes 10

bench: $(VENV)/.dev ## measure, and write benchmarks/RESULTS.md
	$(BIN)/python -m benchmarks

learn: $(VENV)/.dev ## learn the weights of understanding afresh from its examples
	$(BIN)/python -m wellbeing_bot.understanding.learn
	$(BIN)/python -m wellbeing_bot.understanding.urgent_learning tests/understanding/build/crisis.jsonl \
		tests/understanding/build/first_messages.jsonl tests/understanding/build/answers.jsonl

draw: $(VENV)/.run ## draw the conversations and list the desk's actions afresh
	$(BIN)/wellbeing-bot draw
	$(BIN)/python -m wellbeing_bot.web.simulator.describe

browser: $(VENV)/.dev
	@$(BIN)/python scripts/install_browser.py || true

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; run for example: make PYTHON=python3.12 demo"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@ $(VENV)/.run
