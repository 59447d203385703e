# Everything a fresh machine needs is set up by the first target that needs it: Python 3.11+, git and make suffice.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := demo
DEMO_DAY := 2018-11-12

.PHONY: demo test lint docs oracles bench soak lock clean

$(VENV)/.ready: requirements-dev.lock requirements-samples.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; set PYTHON=python3.12 or the like")'
	@echo "Setting up $(VENV) (once) …"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install -qq --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@# Only for the sample calendars inside it: what it needs to run would lower a pin, and it is never run.
	@$(BIN)/pip install -qq --disable-pip-version-check --require-hashes --no-deps -r requirements-samples.lock
	@$(BIN)/pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(VENV)/.ready  ## the main job on real Chicago data, pinned to Monday 12 November 2018
	@rm -rf $(DEMO)
	@$(BIN)/deadlines init $(DEMO) --from chicago --namespace 2f1c6a54-7a5b-5f0e-9d1e-0c7b6a3f4e21
	@echo; $(BIN)/deadlines check $(DEMO) --on $(DEMO_DAY)
	@echo; $(BIN)/deadlines build --folder $(DEMO) --on $(DEMO_DAY)
	@$(BIN)/deadlines digest preview --folder $(DEMO) --for delegate --on $(DEMO_DAY) --out $(DEMO)/digest
	@echo; echo "It is Monday November 12, 2018. What lies ahead of a delegate before the new year:"; echo
	@$(BIN)/deadlines show --folder $(DEMO) --for delegate --on $(DEMO_DAY) --from $(DEMO_DAY) --to 2018-12-31
	@echo
	@echo "The page, for everybody:         $(DEMO)/public/index.html"
	@echo "Calendar feeds to subscribe to:  $(DEMO)/public/feeds/"
	@echo "The weekly digest, as a page:    $(DEMO)/digest/digest-delegate.html"
	@echo "Ask any date why:                $(BIN)/deadlines why 35-4 -C $(DEMO) --on $(DEMO_DAY)"
	@echo "The same for today:              $(BIN)/deadlines build -C $(DEMO)"

test: $(VENV)/.ready lint  ## every test that needs nothing beyond pip
	@$(BIN)/pytest -n auto --dist worksteal -m "not oracle and not soak"

lint: $(VENV)/.ready
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

docs: $(VENV)/.ready  ## what the pages of the documentation show, printed anew; read the diff
	@$(BIN)/python -m tests.docs

oracles: $(VENV)/.ready  ## what is outside: ical.js, libical, khal; nginx, Apache, Caddy; PostgreSQL; Chromium with axe-core
	@sh tests/oracles/setup.sh
	@$(BIN)/pytest -n auto --dist loadfile -m oracle

bench: $(VENV)/.ready  ## ratios, never asserted by a test
	@$(BIN)/python -m bench.run

soak: $(VENV)/.ready
	@$(BIN)/pytest -m soak

lock:  ## renew the lock files; needs uv; no index line is written
	@uv pip compile --universal --generate-hashes --no-header --no-annotate --python-version 3.11 pyproject.toml -o requirements.lock
	@uv pip compile --universal --generate-hashes --no-header --no-annotate --python-version 3.11 --extra test pyproject.toml -o requirements-dev.lock
	@uv pip compile --universal --generate-hashes --no-header --no-annotate --python-version 3.11 tests/oracles/khal.in -o tests/oracles/khal.lock
	@echo 'recurring-ical-events>=3.8,<4' | uv pip compile --no-deps --universal --generate-hashes --no-header --no-annotate --python-version 3.11 - -o requirements-samples.lock

clean:
	@rm -rf $(VENV) $(DEMO) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .oracles node_modules
