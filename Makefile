# The portal's chores. `make` lists them; each installs what it needs into .venv first.
PYTHON ?= python3
HOST ?= localhost
PORT ?= 8000
BIN := .venv/bin
PY := $(BIN)/python
DEV := DJANGO_SETTINGS_MODULE=portal.settings.dev
# The tests start many processes: each is seconds sooner there when what Python has compiled is kept.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help install run test check lint floors types migrations unit bench bench-search audit messages lock clean

help: ## list these targets
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.venv/installed: requirements.txt
	@test -x $(PY) || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/installed-dev: requirements-dev.txt .venv/installed
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

install: .venv/installed ## build .venv, nothing else

run: .venv/installed ## serve the portal with its demo coalition (HOST, PORT)
	@$(DEV) $(PY) manage.py serve_demo --host $(HOST) --port $(PORT)

test: lint floors types migrations unit ## everything that must hold before a change lands

check: .venv/installed-dev ## the fast loop: lint, floors and the tests without a browser or a server
	$(BIN)/ruff check . && $(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache
	$(BIN)/pytest -n 2 --dist loadgroup -m "not browser and not engine and not slow"

lint: .venv/installed-dev ## ruff: mistakes and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

floors: .venv/installed-dev ## which room may import which
	$(BIN)/lint-imports --no-cache

types: .venv/installed-dev ## mypy
	$(BIN)/mypy

migrations: .venv/installed-dev ## models and migrations say the same
	@$(DEV) $(PY) manage.py makemigrations --check --dry-run

unit: .venv/installed-dev ## all tests, on DATABASE_URL (SQLite when unset), or those that TESTS="…" names
	$(BIN)/pytest -n 2 --dist loadgroup $(TESTS)

bench: .venv/installed-dev ## the measurements (needs the real lists, REAL_DATA_DIR)
	@$(PY) -m bench

bench-search: .venv/installed-dev ## the search on SQLite, and on BENCH_POSTGRES_URL and ELASTICSEARCH_URL when set
	@$(PY) -m bench.search

audit: .venv/installed-dev ## known holes in what we depend on (asks PyPI)
	$(BIN)/pip-audit --strict --no-deps --disable-pip -r requirements.txt

messages: .venv/installed-dev ## collect the interface strings and compile the catalogues (needs GNU gettext)
	@$(DEV) $(PY) manage.py makemessages --locale es --no-obsolete --no-wrap --add-location file --ignore ".venv/*" --ignore "node_modules/*" --ignore "var/*" --ignore "*/tests/*"
	@$(DEV) $(PY) manage.py compilemessages --locale es

lock: .venv/installed-dev ## write requirements*.txt anew from requirements*.in
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-header --no-emit-index-url --no-emit-find-links requirements.in -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-header --no-emit-index-url --no-emit-find-links requirements-dev.in -o requirements-dev.txt

clean: ## remove .venv and everything the portal wrote (the demo database too)
	rm -rf .venv var .pytest_cache .mypy_cache .ruff_cache
