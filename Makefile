# make run: set up, take the specimen office through the whole path, open the window on the result
# make test: set up, then every check and test
PYTHON ?= python3
BIN := .venv/bin
HOME_DIR ?= $(shell mktemp -d -t tramso-XXXXXX)
export OMP_THREAD_LIMIT := 1

.PHONY: help setup run test check test-noqt bench hooks clean
help:
	@sed -n 's/^# make /make /p' Makefile

setup: .venv/ready

.tools/packages: packages.txt .ci/packages
	@sh .ci/packages packages.txt
	@mkdir -p .tools && touch $@

.tools/bin/uv: .tools/packages .ci/tools.lock
	@$(PYTHON) -m venv .tools && .tools/bin/pip install -q --require-hashes -r .ci/tools.lock && touch $@

.venv/ready: requirements.lock pyproject.toml .tools/bin/uv
	@test -x $(BIN)/python || .tools/bin/uv venv -q --python $(PYTHON) .venv
	@.tools/bin/uv pip sync -q --python $(BIN)/python --require-hashes requirements.lock
	@.tools/bin/uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

run: setup
	@$(BIN)/tramso demo --home "$(HOME_DIR)"
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then TRAMSO_HOME="$(HOME_DIR)" $(BIN)/tramso; \
	else echo; echo "Không có màn hình. Mở cửa sổ trên máy có màn hình / to open the window: TRAMSO_HOME=$(HOME_DIR) $(BIN)/tramso"; fi

# make check: style, types and layers, without running the program
check: setup
	@$(BIN)/ruff check -q . && $(BIN)/ruff format -q --check .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-cache > .tools/layers.log || (cat .tools/layers.log; exit 1)

test: check test-noqt
	@QT_QPA_PLATFORM=offscreen $(BIN)/pytest -q

# make test-noqt: everything but the window, in an environment where Qt is not installed
test-noqt: .tools/noqt/ready
	@.tools/noqt/bin/python -m pytest -q -p no:pytest-qt tests/architecture/test_without_qt.py tests/unit/desktop

.tools/noqt/ready: .venv/ready
	@test -x .tools/noqt/bin/python || .tools/bin/uv venv -q --python $(PYTHON) .tools/noqt
	@.tools/bin/uv pip sync -q --python .tools/noqt/bin/python --require-hashes requirements.lock
	@.tools/bin/uv pip uninstall -q --python .tools/noqt/bin/python pyside6-essentials shiboken6 pytest-qt
	@.tools/bin/uv pip install -q --python .tools/noqt/bin/python --no-deps --no-build-isolation -e .
	@touch $@

# make hooks: run the same checks before every commit
hooks:
	@git config core.hooksPath .githooks

clean:
	@rm -rf .venv .tools .mypy_cache .ruff_cache .hypothesis
