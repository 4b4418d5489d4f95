# What a developer starts; `make help` lists it. A real installation starts what lies in bin/.
SHELL := /bin/bash
.DEFAULT_GOAL := help

# What Python compiles is kept, whatever the surroundings say: tests start it some hundred times.
export PYTHONDONTWRITEBYTECODE :=

PYTHON_IN_VENV := .venv/bin/python
PYTEST := $(PYTHON_IN_VENV) -m pytest
# A worker for each core: more would only wait.
PYTEST_PARALLEL := $(PYTEST) -n auto --ignore=tests/browser
# A worker that asks a server is idle meanwhile: half as many more keep every core busy.
PYTEST_POSTGRES := $(PYTEST) -n $$(( $$(nproc) * 3 / 2 )) --ignore=tests/browser
# Some take a minute: handed out one by one, none is left to a worker that has others to do.
PYTEST_BROWSER := $(PYTEST) -n auto --maxschedchunk=1 tests/browser
WITH_POSTGRES := $(PYTHON_IN_VENV) bin/with-postgres
MIGRATE_POSTGRES := $(PYTHON_IN_VENV) -m tests.migrated_on_postgres

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-22s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: ## Set up and start the site with its demonstration, at http://127.0.0.1:8000 (PORT=…)
	@exec bin/run

.PHONY: test
test: ## Run every test: on SQLite, on PostgreSQL, in Chromium
	@bin/prepare test
	@bin/find-chromium >/dev/null
	@$(WITH_POSTGRES) $(MAKE) --no-print-directory test-on-both
	CHROMIUM="$$(bin/find-chromium)" $(PYTEST_BROWSER)

# On SQLite one worker migrates first and the other waits: meanwhile PostgreSQL is made ready.
.PHONY: test-on-both
test-on-both:
	$(MIGRATE_POSTGRES) & \
		env -u DATABASE_URL $(PYTEST_PARALLEL) || { kill $$! 2>/dev/null; exit 1; }; \
		wait; $(PYTEST_POSTGRES)

.PHONY: test-fast
test-fast: ## Run the tests on SQLite, without the browser's
	@bin/prepare test
	$(PYTEST_PARALLEL)

.PHONY: test-postgres
test-postgres: ## Run the tests on PostgreSQL, without the browser's
	@bin/prepare test
	$(WITH_POSTGRES) $(PYTEST_POSTGRES)

.PHONY: test-browser
test-browser: ## Run the browser's tests on SQLite
	@bin/prepare test
	CHROMIUM="$$(bin/find-chromium)" $(PYTEST_BROWSER)

.PHONY: test-browser-postgres
test-browser-postgres: ## Run the browser's tests on PostgreSQL
	@bin/prepare test
	CHROMIUM="$$(bin/find-chromium)" $(WITH_POSTGRES) $(PYTEST_BROWSER)

.PHONY: lint
lint: ## Check style, templates and types
	@bin/prepare test
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	find templates -name '*.html' -print0 | \
		xargs -0 -r .venv/bin/djade --check --target-version 5.2
	.venv/bin/mypy

.PHONY: format
format: ## Put Python and templates into shape
	@bin/prepare test
	.venv/bin/ruff check --fix --exit-zero
	.venv/bin/ruff format
	find templates -name '*.html' -print0 | xargs -0 -r .venv/bin/djade --target-version 5.2

.PHONY: messages
messages: ## Gather what there is to translate, and compile what is translated
	@bin/prepare test
	$(PYTHON_IN_VENV) -m tests.catalogues

.PHONY: bench
bench: ## Measure the site under believable load
	@bin/prepare test
	$(PYTHON_IN_VENV) bin/bench

.PHONY: mutants
mutants: ## Remove each permission check in turn: which does no test miss?
	@bin/prepare test
	$(PYTHON_IN_VENV) bin/mutants

UV_COMPILE := .venv/bin/uv pip compile --quiet --generate-hashes --no-emit-index-url --universal \
	--python-version 3.11 --custom-compile-command "make lock" $(LOCK_OPTIONS) pyproject.toml

.PHONY: lock
lock: ## Write the requirements anew (LOCK_OPTIONS=--upgrade takes newer releases)
	@bin/prepare test
	.venv/bin/python -m pip install -qq --disable-pip-version-check uv
	$(UV_COMPILE) -o requirements.txt
	$(UV_COMPILE) --constraint requirements.txt --group test -o requirements-test.txt
	cd tests/exchange/argdown && PATH="$(CURDIR)/.venv/bin:$$PATH" \
		npm install --package-lock-only --omit-lockfile-registry-resolved --silent
