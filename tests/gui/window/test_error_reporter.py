"""What becomes of an error that nobody caught; no window is made."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from auslan_explorer.core.errors import UserError
from auslan_explorer.gui.window.error_reporter import SENTENCE, ErrorReporter


class Told:
    """A window that notes what it is asked for; its messages are shown until they are closed."""

    def __init__(self, qtbot: QtBot) -> None:
        self.told: list[str] = []
        self.boxes: list[QWidget] = []
        self._qtbot = qtbot
        self.sessions = SimpleNamespace(autosave=SimpleNamespace(write=lambda: self.told.append("kept")))

    def close(self) -> None:
        self.told.append("closed")

    def show_error(self, sentence: str, details: str) -> Any:
        self.told.append(sentence)
        box = QWidget()
        self._qtbot.addWidget(box)
        box.show()
        self.boxes.append(box)
        return box


@pytest.fixture
def window(qtbot: QtBot) -> Told:
    return Told(qtbot)


@pytest.fixture
def report(window: Told) -> Any:
    reporter = ErrorReporter(window)  # type: ignore[arg-type]
    return lambda error: reporter(type(error), error, None)


def wrapped(error: BaseException, times: int) -> BaseException:
    """An error that listeners of a signal raised because of another."""
    for number in range(times):
        above = RuntimeError(f"A listener failed, {number}.")
        above.__cause__ = error
        error = above
    return error


@pytest.mark.parametrize("times", [0, 1, 3])
def test_a_person_reads_the_sentence_that_was_meant_for_them_however_deep_it_lies(
    report: Any, window: Told, times: int
) -> None:
    report(wrapped(UserError("The disk is full; make room."), times))
    assert window.told == ["The disk is full; make room."]


def test_ctrl_c_closes_the_window_and_is_no_error(report: Any, window: Told) -> None:
    report(KeyboardInterrupt())
    assert window.told == ["closed"]


def test_what_nobody_foresaw_is_kept_and_said_once_and_one_message_waits_for_another(
    report: Any, window: Told, capsys: pytest.CaptureFixture[str]
) -> None:
    for error in (KeyError("x"), KeyError("x"), ValueError("y"), UserError("Full.")):
        report(error)
    assert window.told == ["kept", SENTENCE, "kept"], "while a message is shown, no other comes"
    assert capsys.readouterr().err.count("KeyError") == 2
    window.boxes[0].close()
    report(UserError("Full."))
    report(KeyError("z"))
    assert window.told[3:] == ["Full.", "kept"]
    window.boxes[1].deleteLater()
    window.boxes[1].close()
    report(KeyError("another"))
    assert window.told[5:] == ["kept", SENTENCE]
