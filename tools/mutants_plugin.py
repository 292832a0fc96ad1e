"""What pytest does for `tools/mutants.py`: it notes which test runs which line, and later runs chosen tests in order.

With MUTANTS_NOTES naming a file, a run under coverage.py gives each test a context of its own, in the processes that it
starts too, and writes down how much of a processor's time each test took. A fixture that several tests share has a
context of its own, and counts for all of them. With MUTANTS_TESTS naming a file, only the tests listed there run, in
that order, each as long as the file says.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from coverage import Coverage

# Read by coverage.py in every process that a test starts.
CONTEXT = "MUTANTS_CONTEXT"
NOTES = os.environ.get("MUTANTS_NOTES")
TESTS = os.environ.get("MUTANTS_TESTS")
_seconds: dict[str, float] = {}
_failed: set[str] = set()
_users: dict[str, set[str]] = {}


def _enter(context: str) -> str:
    """Attribute the lines that run from now on; return whom the lines before belonged to."""
    before = os.environ.get(CONTEXT, "")
    os.environ[CONTEXT] = context
    measuring = Coverage.current()
    if measuring is not None:
        measuring.switch_context(context)
    return before


if NOTES:

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(item: pytest.Item) -> Iterator[Any]:
        for definitions in item._fixtureinfo.name2fixturedefs.values():  # type: ignore[attr-defined]
            for definition in definitions:
                _users.setdefault(_context_of(definition), set()).add(item.nodeid)
        _enter(item.nodeid)
        before = sum(os.times()[:4])
        try:
            return (yield)
        finally:
            _seconds[item.nodeid] = sum(os.times()[:4]) - before
            _enter("")

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(fixturedef: Any) -> Iterator[Any]:
        if fixturedef.scope == "function":
            return (yield)
        before = _enter(_context_of(fixturedef))
        try:
            return (yield)
        finally:
            _enter(before)

    def pytest_runtest_logreport(report: pytest.TestReport) -> None:
        if not report.passed:
            _failed.add(report.nodeid)

    def pytest_sessionfinish() -> None:
        notes = {
            "seconds": {test: seconds for test, seconds in _seconds.items() if test not in _failed},
            "users": {context: sorted(tests) for context, tests in _users.items()},
        }
        Path(str(NOTES)).write_text(json.dumps(notes), encoding="utf-8")


def _context_of(fixture: Any) -> str:
    return f"fixture {fixture.baseid}::{fixture.argname}"


if TESTS:

    def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
        seconds: dict[str, float] = json.loads(Path(str(TESTS)).read_text(encoding="utf-8"))
        place = {name: i for i, name in enumerate(seconds)}
        items[:] = sorted((item for item in items if item.nodeid in place), key=lambda item: place[item.nodeid])
        for item in items:
            item.add_marker(pytest.mark.timeout(seconds[item.nodeid]))
