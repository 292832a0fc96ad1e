# make run      set up what is missing and start the program
# make test     set up what is missing and run every test
# make help     the rest
# PYTHON=...    the interpreter to make .venv with; ARGS="..." is handed on to the program, the tests or the benchmarks

PY := .venv/bin/python
ARGS ?=

.PHONY: docs screenshots translations run test setup lint format bench models bundle test-bundle installer wheel pin clean help

run: setup ## start the program; with no display, draw the article's figures and a short film into out/
	@tools/system_libraries.sh run
	@$(PY) main.py $(ARGS)

test: setup ## run every test, or those of one folder: ROOM=map2d; ARGS="--only core", a file, or what pytest takes
	@tools/system_libraries.sh test
	@$(PY) tools/run_tests.py $(if $(ROOM),--room "$(ROOM)") $(ARGS)

setup: ## make .venv with the pinned dependencies; at once where nothing has changed
	@PYTHON="$(PYTHON)" tools/setup.sh

lint: setup ## check style, formatting, types and layers
	@tools/lint.sh

format: setup ## put every file into the one format
	@.venv/bin/ruff check --fix-only --quiet . ; .venv/bin/ruff format .

bench: setup ## measure what has to be fast, with software drawing, and print ratios
	@tools/system_libraries.sh test
	@$(PY) tools/xvfb.py $(PY) -m benchmarks $(ARGS)

docs: setup ## build the user guide into resources/guide, where F1 finds it
	@$(PY) tools/build_guide.py

translations: setup ## list every text of the window in resources/translations, for translators
	@$(PY) tools/translations.py

screenshots: setup ## take the guide's pictures from the real program, on a virtual screen
	@tools/system_libraries.sh test
	@$(PY) tools/xvfb.py $(PY) tools/screenshots.py

models: setup ## train what models/ ships again, from the recordings
	@$(PY) -m auslan_explorer.ml.make_models $(ARGS)

bundle: docs ## freeze the program with all that it needs into dist/auslan-explorer (some minutes)
	@$(PY) -c 'import PyInstaller' 2>/dev/null || $(PY) -m pip install --quiet --disable-pip-version-check \
		--constraint constraints.txt --editable '.[train,bundle]'
	@$(PY) tools/bundle.py

test-bundle: setup ## start what `make bundle` made, without Python, and try it
	@tools/system_libraries.sh test
	@$(PY) tools/run_tests.py --only bundle $(ARGS)

installer: setup ## make a .deb and a .tar.gz of what `make bundle` made, with checksums
	@tools/system_libraries.sh package
	@$(PY) tools/installer.py

wheel: docs ## make a wheel and a source archive of the program with models and guide in dist, for pip, uv and pipx
	@$(PY) -c 'import hatchling' 2>/dev/null || $(PY) -m pip install --quiet --disable-pip-version-check \
		--constraint constraints.txt hatchling
	@$(PY) -m hatchling build -d dist

pin: ## write constraints.txt from what .venv holds
	@$(PY) tools/pin.py

clean: ## remove what was made here, the virtual environment too
	rm -rf .venv out build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## this list
	@sed -n 's/^\([a-z-]*\):[^#]*## /make \1\t/p' Makefile | expand -t 16
