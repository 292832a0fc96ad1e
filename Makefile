# make run      set up what is missing and start the program
# make test     set up what is missing and run every test
# make help     the rest
# PYTHON=...    the interpreter to make .venv with; ARGS="..." is handed on to the program, the tests or the benchmarks

PY := .venv/bin/python
ARGS ?=

SET_UP = @PYTHON="$(PYTHON)" tools/setup.sh

.PHONY: docs screenshots translations fuzz stops mutants coverage run test setup lint format bench models bundle test-bundle installer wheel pin clean help

run: ## start the program; with no display, draw the article's figures and a short film into out/
	$(SET_UP) run
	@$(PY) main.py $(ARGS)

test: ## run every test, or those of one folder: ROOM=map2d; ARGS="--only core", a file, or what pytest takes
	$(SET_UP) test
	@$(PY) tools/run_tests.py $(if $(ROOM),--room "$(ROOM)") $(ARGS)

setup: ## make .venv with what `make run` needs; at once where nothing has changed
	$(SET_UP) run

lint: ## check style, formatting, types, layers and pins
	$(SET_UP) lint
	@tools/lint.sh

format: ## put every file into the one format
	$(SET_UP) lint
	@.venv/bin/ruff check --fix-only --quiet . ; .venv/bin/ruff format .

bench: ## measure what has to be fast, with software drawing, and print ratios
	$(SET_UP) test
	@$(PY) tools/xvfb.py $(PY) -m benchmarks $(ARGS)

fuzz: ## change good files at random and read them; TRIES=20000 for more, SEED=7 draws the same again
	$(SET_UP) test
	@$(PY) tools/fuzz.py --tries $(or $(TRIES),1000) $(if $(SEED),--seed $(SEED)) --keep out/fuzz

stops: ## stop commands at random moments and look at what they leave; TIMES=200 for more, SEED=7 draws the same again
	$(SET_UP) test
	@for each in int kill; do \
		$(PY) tools/stops.py --signal $$each --times $(or $(TIMES),40) $(if $(SEED),--seed $(SEED)) || exit 1; done

mutants: ## make 200 small wrong changes and list those that no test notices; ARGS="--seed 7" draws the same again
	$(SET_UP) mutants
	@$(PY) tools/mutants.py $(ARGS)

coverage: ## tell how many of each module's lines the tests run, in processes of their own too; ROOM and ARGS as for test
	$(SET_UP) mutants
	@rm -rf out/coverage && mkdir -p out/coverage
	@export COVERAGE_FILE="$(CURDIR)/out/coverage/lines"; \
		COVERAGE_PROCESS_START="$(CURDIR)/pyproject.toml" $(PY) tools/run_tests.py $(if $(ROOM),--room "$(ROOM)") $(ARGS); \
		$(PY) -m coverage combine --quiet && $(PY) -m coverage report --show-missing

docs: ## build the user guide into resources/guide, where F1 finds it
	$(SET_UP) docs
	@$(PY) tools/build_guide.py --pages
	@$(PY) tools/build_guide.py

translations: ## list every text of the window in resources/translations, for translators
	$(SET_UP) lint
	@$(PY) tools/translations.py

screenshots: ## take the pictures of guide and README anew from the real program; ARGS="film" only that of the README
	$(SET_UP) test
	@$(PY) tools/xvfb.py $(PY) tools/screenshots.py $(ARGS)

models: ## train what models/ ships again, from the recordings
	$(SET_UP) run
	@$(PY) -m auslan_explorer.ml.make_models $(ARGS)

bundle: docs ## freeze the program with all that it needs into dist/auslan-explorer
	$(SET_UP) bundle
	@$(PY) tools/bundle.py

test-bundle: ## start what `make bundle` made, without Python, and try it
	$(SET_UP) test
	@$(PY) tools/run_tests.py --only bundle $(ARGS)

installer: ## make a .deb and a .tar.gz of what `make bundle` made, with checksums
	$(SET_UP) bundle
	@tools/system_libraries.sh package
	@$(PY) tools/installer.py

wheel: docs ## make a wheel and a source archive of the program with models and guide in dist, for pip, uv and pipx
	@$(PY) -c 'import hatchling' 2>/dev/null || $(PY) -m pip install --quiet --disable-pip-version-check \
		--constraint constraints.txt hatchling
	@$(PY) -m hatchling build -d dist

pin: ## write constraints.txt from what .venv holds
	@$(PY) tools/pin.py

clean: ## remove what was made here, the virtual environment too
	rm -rf .venv .venv.former out build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## this list
	@sed -n 's/^\([a-z-]*\):[^#]*## /make \1\t/p' Makefile | expand -t 16
