#!/bin/sh
# Every check, also when an earlier one finds something; non-zero where any did.
set -u
cd "$(dirname "$0")/.." || exit 1
PATH=$PWD/.venv/bin:$PATH
status=0
check() {
    echo "--- $*"
    "$@" || status=1
}
check ruff check --quiet .
check ruff format --check --quiet .
check mypy --no-error-summary
check lint-imports --no-cache --no-logo
check python tools/check_pins.py
exit $status
