"""Runs the tests in separate processes and adds up what they say.

TensorFlow and Mesa's OpenGL crash in one process, so several take turns:

core    everything without a window system: Qt draws off screen
ml      tests/ml: TensorFlow
gui     tests/gui: real windows with OpenGL, in an X server without a screen
bundle  tests/bundle: the frozen program in such a server; skipped where `make bundle` has not made it

`python tools/run_tests.py [--only core|ml|gui|bundle] [pytest arguments]`
"""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from xvfb import NoServer, virtual_display

TESTS = Path(__file__).parents[1] / "tests"
# A process that hangs past pytest's own limit for one test is ended.
LIMIT_SECONDS = 40 * 60
NO_TESTS_COLLECTED = 5
GROUPS = ["core", "ml", "gui", "bundle"]


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


@contextlib.contextmanager
def group_environment(group: str, folder: Path) -> Iterator[dict[str, str]]:
    """The environment variables that a group of tests runs with; what they leave behind lies in `folder`."""
    variables = {
        **os.environ,
        "TMPDIR": str(folder),
        "QT_API": "pyside6",
        "PYTEST_QT_API": "pyside6",
        "TF_CPP_MIN_LOG_LEVEL": "2",
        "CUDA_VISIBLE_DEVICES": "-1",
    }
    in_windows = group in ("gui", "bundle")
    if in_windows and sys.platform.startswith("linux"):
        variables.pop("WAYLAND_DISPLAY", None)
        with virtual_display() as display:
            yield {**variables, **display}
    elif in_windows:
        yield variables
    else:
        variables.pop("DISPLAY", None)
        yield {**variables, "QT_QPA_PLATFORM": "offscreen"}


def arguments_of(group: str) -> list[str] | None:
    """Which tests a group has, as pytest arguments; None where there are none yet."""
    apart = [TESTS / "ml", TESTS / "gui", TESTS / "bundle"]
    if group == "core":
        files = [file for file in TESTS.rglob("test_*.py") if not any(file.is_relative_to(folder) for folder in apart)]
        arguments = [str(TESTS), *(f"--ignore={folder}" for folder in apart)]
    else:
        files = list((TESTS / group).rglob("test_*.py"))
        # pytest-qt would bring Qt into TensorFlow's process.
        arguments = [str(TESTS / group), *(["-p", "no:pytest-qt"] if group == "ml" else [])]
    return arguments if files else None


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


def run_group(group: str, extra: list[str], folder: Path) -> Totals:
    """Run one group's pytest process; what it counted."""
    arguments = arguments_of(group)
    if arguments is None:
        print(f"--- {group}: no tests yet", flush=True)
        return Totals()
    report = folder / f"{group}.xml"
    command = [sys.executable, "-m", "pytest", "-q", "-r", "fEs", f"--junitxml={report}", *arguments, *extra]
    start = time.monotonic()
    print(f"--- {group}", flush=True)
    try:
        with group_environment(group, folder) as variables:
            returncode = subprocess.run(
                command, cwd=TESTS.parent, env=variables, timeout=LIMIT_SECONDS, check=False
            ).returncode
    except NoServer as error:
        print(f"The tests of {group} cannot run: {error}.")
        return Totals(failed=1)
    except subprocess.TimeoutExpired:
        print(f"The tests of {group} were stopped after {LIMIT_SECONDS // 60} minutes.")
        return Totals(failed=1)
    if returncode < 0:
        print(f"The process that tested {group} died of signal {-returncode}.")
    totals = read_totals(report, returncode)
    print(f"--- {group}: {totals} in {time.monotonic() - start:.0f} s", flush=True)
    return totals


def main() -> int:
    """Run the groups asked for, print the sum alone on the last line; 1 where anything failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=GROUPS, help="run one group")
    options, extra = parser.parse_known_args()
    # A shell's background job is started deaf to Ctrl+C, which tests send to programs of their own.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    total = Totals()
    with tempfile.TemporaryDirectory(prefix="auslan-explorer-tests-") as folder:
        for group in [options.only] if options.only else GROUPS:
            total += run_group(group, extra, Path(folder))
    print(total, flush=True)
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main())
