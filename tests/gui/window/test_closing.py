"""Closing the window while something is being made."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from auslan_explorer.core.errors import Cancelled
from auslan_explorer.core.progress import IsCancelled
from auslan_explorer.gui.jobs import Job, Jobs
from auslan_explorer.gui.training.close_prompt import ClosePrompt
from auslan_explorer.gui.window.main_window import MainWindow
from tests.gui.window_parts import open_window


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    with open_window(qapp, qtbot, tmp_path / "window.ini") as shown:
        yield shown


@pytest.fixture
def film_job(window: MainWindow) -> Iterator[tuple[Job, Callable[[], None]]]:
    """A job that makes something, and what lets it end."""
    ended = threading.Event()

    def work(*, cancelled: IsCancelled) -> None:
        while not ended.wait(0.005):
            if cancelled():
                raise Cancelled

    yield window.jobs.start("Exporting map.mp4", work, makes_something=True), ended.set
    ended.set()


FilmJob = tuple[Job, Callable[[], None]]


def test_closing_asks_and_names_what_would_be_lost(window: MainWindow, film_job: FilmJob) -> None:
    assert not window.close() and window.isVisible()
    box = window._closing.box
    assert box is not None and box.isVisible()
    assert "Exporting map.mp4" in box.text()
    # Space and Enter give the harmless answer.
    assert box.defaultButton() is window._closing.buttons[0]
    box.defaultButton().click()
    assert film_job[0].running and window.isVisible() and window._closing.box is None


def test_stop_and_close_stops_the_job_and_closes(window: MainWindow, film_job: FilmJob) -> None:
    window.close()
    window._closing.buttons[-1].click()
    assert not film_job[0].running and not window.isVisible()
    assert film_job[0].wait(120)


def test_the_question_goes_when_the_job_ends(window: MainWindow, film_job: FilmJob, qtbot: QtBot) -> None:
    window.close()
    film_job[1]()
    qtbot.waitUntil(lambda: window._closing.box is None)
    assert window.isVisible()
    assert window.close()


def test_what_is_only_shown_does_not_keep_the_window_open(window: MainWindow) -> None:
    ended = threading.Event()
    window.jobs.start("Comparing all paths", lambda: ended.wait(120), makes_something=False)
    ended.set()
    assert window.close()


def test_without_a_question_work_is_stopped_and_the_window_closed(window: MainWindow, film_job: FilmJob) -> None:
    window.close_unasked()
    assert not window.isVisible() and window._closing.box is None


class Controller(QObject):
    """A training: under way while `trainer.busy`, and being written after it while `busy`."""

    kept = Signal()
    lost = Signal()
    discarded = Signal()

    def __init__(self, training: bool, parent: QObject) -> None:
        super().__init__(parent)
        self.busy = True
        self.did: list[str] = []
        stop, cancel = partial(self.did.append, "stopped"), partial(self.did.append, "cancelled")
        self.trainer = SimpleNamespace(busy=training, stop_and_keep=stop, cancel=cancel)


@pytest.mark.parametrize("ended", ["kept", "lost", "discarded"])
@pytest.mark.parametrize(
    ("training", "answer", "did", "closes"),
    [
        (False, "close", [], True),
        (False, "unasked", [], True),
        (True, "unasked", ["cancelled"], True),
        (True, 0, [], False),
        (True, 1, ["stopped"], True),
        (True, 2, ["cancelled"], True),
        (True, "no answer", [], False),
    ],
)
def test_a_window_that_waits_for_its_training_closes_once_that_has_ended(
    qtbot: QtBot, training: bool, answer: str | int, did: list[str], closes: bool, ended: str
) -> None:
    shown = QWidget()
    qtbot.addWidget(shown)
    shown.show()
    controller: Any = Controller(training, shown)
    closing = ClosePrompt(controller, Jobs(shown), shown)
    if answer == "unasked":
        closing.close_unasked()
    else:
        assert not closing.may_close()
        assert (closing.box is not None) == training
    if isinstance(answer, int):
        closing.buttons[answer].click()
    assert shown.isVisible() and controller.did == did
    getattr(controller, ended).emit()
    assert shown.isVisible() != closes and closing.box is None
