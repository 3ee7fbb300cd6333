# `make run` opens B12 Desk, `make test` runs its tests; both set up what they need the first time.

PYTHON := .venv/bin/python
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run test check format claims bench simulate fuzz oracle statistics screenshots lock fresh-test bundle clean

help:  ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 14

run:  ## open the window
	@tools/need_display.sh
	@tools/setup.sh run
	@$(PYTHON) -m b12desk $(ARGS)

test:  ## run the tests (ARGS="-k plan" chooses)
	@tools/setup.sh dev
	@$(PYTHON) -m pytest $(ARGS)

check:  ## style, types and the walls between rooms
	@tools/setup.sh dev
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m mypy
	@.venv/bin/lint-imports --no-cache

format:  ## bring the files into the common style
	@tools/setup.sh dev
	@$(PYTHON) -m ruff check --fix .
	@$(PYTHON) -m ruff format .

claims:  ## list the claims of the sources that no test shows yet
	@python3 tools/claims.py

bench:  ## measure against the floors and print the table (ARGS="--write" keeps it in docs)
	@tools/setup.sh dev
	@$(PYTHON) -m tests.bench $(ARGS)

statistics:  ## error rate and power of the return of symptoms, simulated (ARGS="--write" keeps it in docs)
	@tools/setup.sh dev
	@$(PYTHON) -m tests.statistics $(ARGS)

oracle:  ## compare the schedule with one written from its rules (ARGS="--cases 10000 --seed 2" chooses)
	@tools/setup.sh dev
	@$(PYTHON) -m tests.oracle $(ARGS)

simulate:  ## 1,000 patient-years of reminders: lost, repeated and moved are counted (ARGS="--years 50")
	@tools/setup.sh dev
	@$(PYTHON) -m tests.simulation $(ARGS)

fuzz:  ## give the readers 100,000 damaged files (ARGS="cda --seed 2" chooses)
	@tools/setup.sh dev
	@$(PYTHON) -m tests.fuzz $(ARGS)

screenshots:  ## photograph every page, light and dark, into docs/pictures
	@tools/setup.sh dev
	@$(PYTHON) -m tools.screenshots $(ARGS)

lock:  ## choose new versions of everything (needs the network)
	@tools/lock.sh

fresh-test:  ## try `make test` and `make run` in a bare Debian (needs root and debootstrap)
	@tools/fresh_root.sh

bundle:  ## freeze the program and try the result
	@packaging/bundle.sh

clean:  ## remove what make made
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
