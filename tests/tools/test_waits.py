"""No test waits for a time: that is too short on a slow machine and too long on every other.

Nor does one lose its patience soon: a machine that has much else to do is twenty times as slow.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
# `wait_until` looks again and again, with a pause between.
ALLOWED = {TESTS / "waiting.py"}
LEAST_PATIENCE_S = 60
UNENTERED = tuple(
    f"qtbot.{wait}(" for wait in ("waitActive", "waitExposed", "waitSignal", "waitSignals", "waitCallback")
)
INSTEAD = "wait for a signal or a condition: qtbot.waitSignal, qtbot.waitUntil, tests/gui/waiting.py, tests/waiting.py"


@cache
def nodes_of(source: str) -> list[ast.AST]:
    return list(ast.walk(ast.parse(source)))


def fixed_waits(source: str) -> list[int]:
    """Return the lines that wait for a time; programs in strings, for child processes, are not looked into."""
    calls = [node for node in nodes_of(source) if isinstance(node, ast.Call)]
    return [call.lineno for call in calls if waits_for_a_time(call)]


def waits_for_a_time(call: ast.Call) -> bool:
    function = call.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    of = ast.unparse(function.value) if isinstance(function, ast.Attribute) else ""
    later = bool(call.args) and isinstance(call.args[0], ast.Constant) and call.args[0].value != 0
    return name in ("sleep", "qWait") or (name == "wait" and of == "qtbot") or (name == "singleShot" and later)


def impatient_waits(source: str) -> list[int]:
    """Return the lines whose wait for a condition, signal, thread or process gives up before `LEAST_PATIENCE_S`."""
    calls = [node for node in nodes_of(source) if isinstance(node, ast.Call)]
    return [call.lineno for call in calls if gives_up_soon(call)]


def gives_up_soon(call: ast.Call) -> bool:
    function = ast.unparse(call.func)
    given = [keyword.value for keyword in call.keywords if keyword.arg == "timeout"]
    if function.endswith((".wait", ".join")):
        given += call.args
    in_ms = 1000 if function.startswith("qtbot.") else 1
    limits = [each.value for each in given if isinstance(each, ast.Constant) and isinstance(each.value, int | float)]
    # A loop that looks again after each fraction of a second goes on.
    return any((1 if in_ms == 1 else 0) <= limit < LEAST_PATIENCE_S * in_ms for limit in limits)


def waits_for_nothing(source: str) -> list[int]:
    """Return the lines that make a wait of pytest-qt's, which begins where it is entered, and do not enter it."""
    statements = [node for node in nodes_of(source) if isinstance(node, ast.Expr)]
    code = {each.lineno: ast.unparse(each) for each in statements}
    return [line for line, text in code.items() if text.startswith(UNENTERED) and not text.endswith(".wait()")]


def places(find: Callable[[str], list[int]]) -> list[str]:
    """Return where in the tests a check finds something."""
    files = [file for file in TESTS.rglob("*.py") if file not in ALLOWED]
    return [f"{file.relative_to(TESTS)}:{line}" for file in files for line in find(file.read_text("utf-8"))]


def test_no_test_waits_for_a_time() -> None:
    assert not places(fixed_waits), INSTEAD


def test_no_test_is_impatient() -> None:
    assert not places(impatient_waits), "leave the time out with qtbot (tests/gui/conftest.py); minutes for a process"


def test_every_wait_begins() -> None:
    assert not places(waits_for_nothing), "with qtbot.waitExposed(widget): widget.show()"


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


@pytest.mark.parametrize(
    ("source", "gives_up"),
    [
        ("qtbot.waitUntil(ready, timeout=5000)", True),
        ("qtbot.waitSignal(job.done, timeout=100)", True),
        ("subprocess.run(command, timeout=30)", True),
        ("process.communicate(timeout=30)", True),
        ("job.wait(5)", True),
        ("thread.join(10)", True),
        ("qtbot.waitUntil(ready)", False),
        ("qtbot.waitUntil(ready, timeout=240_000)", False),
        ("stopped.wait(0.01)", False),
        ("job.wait(120)", False),
    ],
)
def test_what_counts_as_impatient(source: str, gives_up: bool) -> None:
    assert bool(impatient_waits(source)) is gives_up


@pytest.mark.parametrize(
    ("source", "begins"),
    [
        ("widget.show()\nqtbot.waitExposed(widget)", False),
        ("with qtbot.waitExposed(widget):\n    widget.show()", True),
        ("qtbot.waitSignal(preview.presented).wait()", True),
        ("qtbot.waitUntil(ready)", True),
    ],
)
def test_what_counts_as_a_wait_that_begins(source: str, begins: bool) -> None:
    assert bool(waits_for_nothing(source)) is not begins
