"""Reads the JUnit reports that pytest writes: how many tests passed, failed and were skipped, and their seconds."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

NO_TESTS_COLLECTED = 5


@dataclass(frozen=True)
class Totals:
    """How many tests passed, failed (or broke) and were skipped."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: Totals) -> Totals:
        return Totals(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def read_totals(report: Path, returncode: int) -> Totals:
    """Add up one process's JUnit report; a process that died before writing one counts as one failure."""
    if returncode == NO_TESTS_COLLECTED:
        return Totals()
    try:
        suites = ElementTree.parse(report).getroot().iter("testsuite")
    except (OSError, ElementTree.ParseError):
        return Totals(failed=1)
    total = Totals()
    for suite in suites:
        tests, broken, failed, skipped = (int(suite.get(key, 0)) for key in ("tests", "errors", "failures", "skipped"))
        total += Totals(max(0, tests - broken - failed - skipped), broken + failed, skipped)
    # An error outside every test (a broken conftest, an abort at exit) shows in the exit code alone.
    return total if total.failed or not returncode else total + Totals(failed=1)


def seconds_by_file(report: Path) -> dict[str, float]:
    """Add up the seconds of one process's tests by their files, as `SECONDS` names them."""
    times: dict[str, float] = {}
    for case in ElementTree.parse(report).getroot().iter("testcase"):
        file = "/".join(case.get("classname", "").split(".")[1:]) + ".py"
        times[file] = times.get(file, 0.0) + float(case.get("time", 0))
    return times
