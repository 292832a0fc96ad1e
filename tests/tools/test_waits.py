"""No test waits for a time: that is too short on a slow machine and too long on every other."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
# `wait_until` looks again and again, with a pause between.
ALLOWED = {TESTS / "waiting.py"}
INSTEAD = "wait for a signal or a condition: qtbot.waitSignal, qtbot.waitUntil, tests/gui/waiting.py, tests/waiting.py"


def fixed_waits(source: str) -> list[int]:
    """Return the lines that wait for a time; programs in strings, for child processes, are not looked into."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return [call.lineno for call in calls if waits_for_a_time(call)]


def waits_for_a_time(call: ast.Call) -> bool:
    function = call.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    of = ast.unparse(function.value) if isinstance(function, ast.Attribute) else ""
    later = bool(call.args) and isinstance(call.args[0], ast.Constant) and call.args[0].value != 0
    return name in ("sleep", "qWait") or (name == "wait" and of == "qtbot") or (name == "singleShot" and later)


def test_no_test_waits_for_a_time() -> None:
    files = [file for file in TESTS.rglob("*.py") if file not in ALLOWED]
    found = [f"{file.relative_to(TESTS)}:{line}" for file in files for line in fixed_waits(file.read_text("utf-8"))]
    assert not found, INSTEAD


@pytest.mark.parametrize(
    ("source", "waits"),
    [
        ("time.sleep(1)", True),
        ("sleep(1)", True),
        ("QTest.qWait(600)", True),
        ("qtbot.wait(timer.interval() + 50)", True),
        ("QTimer.singleShot(300, window.close)", True),
        ("QTimer.singleShot(0, window.close)", False),
        ("qtbot.waitUntil(lambda: canvas.is_sharp())", False),
        ("job.wait(5)", False),
    ],
)
def test_what_counts_as_waiting_for_a_time(source: str, waits: bool) -> None:
    assert bool(fixed_waits(source)) is waits
