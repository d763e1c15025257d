# make run         set up, take the specimen office through the whole path, open the window on the result
# make test        set up, then every check and every test
# make test-pdfa   have every kind of PDF/A we write judged by veraPDF (fetches it, and Java: 140 MB)
# make check       style, types and layers only
# make setup       the program and its tools at .venv/bin, nothing else
# make clean       take away all that was set up
# make kills       kill -9 at 25 moments of the whole path, at 50 of scanning and mending
# make bench       our figures beside OCRmyPDF's, on the same pages in one run
# make bench-sign  figures of signing beside pyHanko's command line
# make bench-marks  where marks are put on real documents, scans read page by page: a quarter of an hour
# make bench-scan  from the last page out of the feeder to named papers, beside recognition alone
# make bench-verify  a folder of signed scans beside one pyHanko process per file
# make hooks       run the checks before every commit
PYTHON ?= python3
BIN := .venv/bin
PROFILE ?= $(shell mktemp -d -t tramso-XXXXXX)
export OMP_THREAD_LIMIT := 1
export UV_SYSTEM_CERTS := true
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup run check test test-pdfa pdfa-checker bench bench-marks bench-scan bench-sign bench-verify kills hooks clean
help:
	@sed -n 's/^# make/make/p' Makefile

setup: .venv/ready

.tools/packages: .ci/packages.txt .ci/install-packages
	@sh .ci/install-packages .ci/packages.txt
	@mkdir -p .tools && touch $@

.tools/bin/uv: .tools/packages .ci/tools.lock
	@$(PYTHON) -m venv .tools
	@.tools/bin/pip install -q --disable-pip-version-check --require-hashes -r .ci/tools.lock
	@touch $@

.venv/ready: requirements.lock pyproject.toml .tools/bin/uv
	@test -x $(BIN)/python || .tools/bin/uv venv -q --python $(PYTHON) .venv
	@.tools/bin/uv pip sync -q --compile-bytecode --python $(BIN)/python --require-hashes requirements.lock
	@.tools/bin/uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q desktop ocr resources signing storage
	@touch $@

# The same without Qt: the libraries, the workflow and the command line must not need it.
.tools/noqt/ready: .venv/ready
	@test -x .tools/noqt/bin/python || .tools/bin/uv venv -q --python $(PYTHON) .tools/noqt
	@.tools/bin/uv pip sync -q --compile-bytecode --python .tools/noqt/bin/python --require-hashes requirements.lock
	@.tools/bin/uv pip uninstall -q --python .tools/noqt/bin/python pyside6-essentials shiboken6 pytest-qt
	@.tools/bin/uv pip install -q --python .tools/noqt/bin/python --no-deps --no-build-isolation -e .
	@touch $@

run: setup
	@$(BIN)/tramso demo --home "$(PROFILE)"
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then TRAMSO_HOME="$(PROFILE)" $(BIN)/tramso; else \
	echo; echo "Không có màn hình. Trên máy có màn hình, mở cửa sổ bằng:  TRAMSO_HOME=$(PROFILE) $(BIN)/tramso"; fi

check: setup
	@$(BIN)/ruff check -q . && $(BIN)/ruff format -q --check .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-cache >.tools/layers.log || { cat .tools/layers.log; exit 1; }

# Two processes, a file in one of them (its costly fixtures), the long integration tests first.
TWO := -n 2 --dist loadfile --no-loadscope-reorder

test: check .tools/noqt/ready
	@.tools/noqt/bin/python -m pytest -q $(TWO) --ignore=tests/gui --ignore=tests/bench
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -q $(TWO) tests/gui

pdfa-checker: .tools/pdfa
.tools/pdfa: .ci/pdfa.lock .ci/pdfa-packages.txt .ci/install-packages .tools/bin/uv
	@sh .ci/install-packages .ci/pdfa-packages.txt
	@.tools/bin/pip download -q --disable-pip-version-check --no-deps --require-hashes -r .ci/pdfa.lock -d .tools
	@touch $@

test-pdfa: .venv/ready pdfa-checker
	@$(BIN)/python -m pytest -q tests/contract

.tools/bench/ready: .ci/bench.lock .ci/bench-packages.txt .ci/install-packages .venv/ready
	@sh .ci/install-packages .ci/bench-packages.txt
	@test -x .tools/bench/bin/python || .tools/bin/uv venv -q --python $(PYTHON) .tools/bench
	@.tools/bin/uv pip sync -q --compile-bytecode --python .tools/bench/bin/python --require-hashes .ci/bench.lock
	@touch $@

# BENCH="--growth" shows how cost grows with the number of pages
bench: .tools/bench/ready
	@$(BIN)/python -m tests.bench $(BENCH)

bench-marks: .venv/ready
	@$(BIN)/python -m tests.bench.marks

bench-scan: .venv/ready
	@$(BIN)/python -m tests.bench.capture $(BENCH)

bench-verify: .venv/ready
	@$(BIN)/python -m tests.bench.verifying $(BENCH)

bench-sign: .tools/bench/ready
	@$(BIN)/python -m tests.bench.signing $(BENCH)

kills: setup
	@TRAMSO_KILLS=25 $(BIN)/python -m pytest -q tests/integration/test_kill.py
	@TRAMSO_KILLS=50 $(BIN)/python -m pytest -q tests/integration/test_scan_kill.py

hooks:
	@git config core.hooksPath .githooks

clean:
	@rm -rf .venv .tools .mypy_cache .ruff_cache .hypothesis
