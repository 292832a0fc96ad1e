"""What small parts of the window say and paint in states that no known panel is in is as somebody read it.

Each is shown by itself, in text of 100 and of 150 %, and kept in `parts/`: its words first, then sizes and what it
paints, then how it is set up.
One that differs is written into `out/parts/`: read it there, and where the change is meant, move it over the kept one.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, cast

import numpy as np
import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDockWidget, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.layers import CELL_STATES
from auslan_explorer.core.predictions import Predictions
from auslan_explorer.core.session import Session
from auslan_explorer.gui import style
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.playback.legend import PlaybackLegend
from auslan_explorer.gui.playback.prediction_bars import PredictionBars
from auslan_explorer.gui.playback.slider import StepSlider
from auslan_explorer.gui.signs.hand_usage_dock import Histogram
from auslan_explorer.gui.signs.search_feedback import SearchFeedback
from auslan_explorer.gui.style import Appearance, Look
from auslan_explorer.gui.widgets.ask_name import AskName
from auslan_explorer.gui.widgets.empty_state import EmptyState
from auslan_explorer.gui.widgets.line_plot import Line, LinePlot
from auslan_explorer.gui.widgets.page import Heading, KeyValueList, PendingResult
from auslan_explorer.gui.widgets.responsive_row import ResponsiveRow
from auslan_explorer.gui.widgets.status_label import StatusLabel
from auslan_explorer.gui.widgets.task_dialog import TaskDialog
from auslan_explorer.gui.window.cell_switch import CellSwitch
from auslan_explorer.gui.window.docks import PLACES, DockHead, PageHead
from auslan_explorer.gui.window.notice_bar import NoticeBar
from auslan_explorer.gui.window.status_bar import JobStrip
from auslan_explorer.io.cache import cache_from_arrays
from tests.gui.read_panel import read_layout, read_panel
from tests.gui.read_properties import read_properties
from tests.known import compare_all
from tests.made_up import made_up_activations

if TYPE_CHECKING:
    from auslan_explorer.gui.files.layer_menu import LayerMenu

KNOWN = Path(__file__).parent / "parts"
WIDTH = 380
LONG = "What was asked for cannot be done, since what it needs is not there; open it, and try again."


class Task(TaskDialog):
    """A dialog whose job waits until it is told to end."""

    def __init__(self, jobs: Jobs, parent: QWidget) -> None:
        super().__init__("Task", "What it does.", "Begin", jobs, parent, terms="Whose it is.")
        self.go_on = Event()
        self.form.addRow("Name", QLabel("a name", self))

    def work(self) -> Callable[..., object]:
        return lambda **_: self.go_on.wait(60)

    def job_title(self) -> str:
        return "Doing it"

    def summary(self, result: object) -> tuple[str, tuple[str, ...]]:
        return "It is done.", ("one thing", "another")


def pending(parent: QWidget, show: Callable[[PendingResult], None]) -> QWidget:
    made = PendingResult(parent)
    show(made)
    return made


def name_refused(parent: QWidget) -> QWidget:
    def refuse(name: str) -> None:
        raise UserError(f"There is a “{name}” already.")

    made = AskName("Rename group", "Name", "Rename", refuse, parent, "mine")
    made.accept()
    return made


def nothing(parent: QWidget) -> QWidget:
    actions = [QAction("Open…", parent), QAction("Help", parent)]
    return EmptyState("magnifying-glass", "Nothing is open", LONG, actions, parent)


def search(parent: QWidget, text: str) -> QWidget:
    made = SearchFeedback(Session(made_up_activations()), parent)
    made.search(text)
    return made


def notice(parent: QWidget) -> QWidget:
    made = NoticeBar(parent)
    made.append_sentence("Something has happened.")
    made.append_sentence(LONG)
    return made


def wrong(parent: QWidget) -> QWidget:
    made = StatusLabel(parent)
    made.show_sentence(LONG, wrong=True)
    return made


def slider(parent: QWidget, marks: np.ndarray, *, enabled: bool = True) -> QWidget:
    made = StepSlider(parent)
    made.setRange(0, len(marks) - 1)
    made.setValue(4)
    made.set_section(2, 11)
    made.set_marks(marks)
    made.setEnabled(enabled)
    return made


def histogram(parent: QWidget) -> QWidget:
    made = Histogram(parent)
    made.set_ratios(np.linspace(0, 1.2, 200) ** 2)
    return made


def bars(parent: QWidget, **shown: object) -> QWidget:
    session = Session(made_up_activations())
    a = session.activations
    answers = np.where(np.arange(len(a)) % 3 > 0, a.sign, (a.sign + 1) % len(a.signs))
    session.set_predictions(a, Predictions(np.repeat(answers, a.lengths).astype(np.int16), a.first_step.copy()))
    session.update(**shown)
    return PredictionBars(session, parent)


def head(parent: QWidget, name: str) -> QWidget:
    dock = QDockWidget("Signs & hands", parent)
    dock.setObjectName(name)
    return PageHead(dock) if any(name in dict(pages) for _, pages in PLACES) else DockHead(dock)


def cells(parent: QWidget) -> QWidget:
    states = np.zeros((9, 4), np.float32)
    layers = {CELL_STATES.format("lstm"): states}
    opened = cache_from_arrays(states, [5, 4], [1, 0], ["saw", "sine"], layer="lstm", layers=layers)
    return CellSwitch(Session(opened), cast("LayerMenu", None), parent)


def plot(parent: QWidget, *lines: Line) -> QWidget:
    made = LinePlot("Distances", parent, height=90, title="step", beside=QPushButton("Copy", parent))
    made.show_lines(lines)
    return made


def heading(parent: QWidget) -> QWidget:
    return Heading("Distance", parent, note="How far it is.", beside=QPushButton("Copy", parent))


def values(parent: QWidget) -> QWidget:
    made = KeyValueList(["length", "session", "answer given"], parent)
    made.show_values(length="20 steps", session="", answer_given=LONG)
    return made


def column(parent: QWidget) -> QWidget:
    return ResponsiveRow(parent, *(QPushButton(f"{word} of what is shown", parent) for word in ("All", "None", "Some")))


PARTS: dict[str, Callable[[QWidget], QWidget]] = {
    "pending-waiting": lambda parent: pending(parent, lambda made: made.show_waiting("Comparing…")),
    "pending-failed": lambda parent: pending(parent, lambda made: made.show_failure(LONG)),
    "pending-said": lambda parent: pending(parent, lambda made: made.show_sentence(LONG)),
    "name-refused": name_refused,
    "nothing": nothing,
    "search-wrong": lambda parent: search(parent, "session:x"),
    "search-found": lambda parent: search(parent, "split:test"),
    "notice": notice,
    "wrong": wrong,
    "slider": lambda parent: slider(parent, np.arange(15) % 4),
    "slider-of-one": lambda parent: slider(parent, np.eye(15, dtype=int)[6]),
    "slider-off": lambda parent: slider(parent, np.arange(15) % 4, enabled=False),
    "histogram": histogram,
    "bars-of-one": lambda parent: bars(parent, selected=(4,), step=14),
    "bars-of-some": lambda parent: bars(parent, selected=tuple(range(12)), step=7),
    "bars-of-all": lambda parent: bars(parent, step=19),
    "bars-not-begun": lambda parent: bars(parent, selected=(4,), step=0),
    "playback-legend": PlaybackLegend,
    "page-head": lambda parent: head(parent, "stability"),
    "dock-head": lambda parent: head(parent, "hands"),
    "cells": cells,
    "plot-of-nothing": plot,
    "plot": lambda parent: plot(parent, *(Line(name, np.arange(9), np.linspace(0, 1, 9)) for name in ("one", "two"))),
    "heading": heading,
    "values": values,
    "column": column,
}


def at_rest() -> None:
    for _ in range(3):  # layouts follow texts a little later
        QApplication.processEvents()


def test_parts_say_and_paint_what_is_known(
    qtbot: QtBot, letters_as_known: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: dict[str, str] = {}

    def read(name: str, part: QWidget) -> None:
        at_rest()
        said[name] = said.get(name, "") + read_panel(part) + read_layout(part) + read_properties(part)

    jobs = Jobs()
    for (name, make), percent in product(PARTS.items(), (100, 150)):
        monkeypatch.setitem(style._text, "percent", percent)
        window = QWidget()
        qtbot.addWidget(window)
        part = make(window)
        if not part.isWindow():
            part.resize(WIDTH, part.heightForWidth(WIDTH) if part.hasHeightForWidth() else part.sizeHint().height())
        window.show()
        part.show()
        read(name, part)
    monkeypatch.setitem(style._text, "percent", 100)
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    strip, task = JobStrip(jobs, window), Task(jobs, window)
    strip.resize(WIDTH, strip.sizeHint().height())
    task.show()
    read("task", task)
    task.start()
    read("task-working", task)
    read("job-strip", strip)
    with qtbot.waitSignal(task.result_ready):
        task.go_on.set()
    qtbot.waitUntil(lambda: not jobs.running)
    read("task-done", task)
    task._on_failed(LONG, "a detail\nanother")
    read("task-failed", task)
    task.reject()
    compare_all({KNOWN: said})


def test_parts_that_are_open_when_the_look_changes_become_as_those_made_after_it(
    qapp: QApplication, qtbot: QtBot, light_theme: None
) -> None:
    appearance = Appearance(qapp, Look.LIGHT)
    windows: list[QWidget] = []

    def made() -> dict[str, QWidget]:
        parts = {}
        for name, make in PARTS.items():
            if make is PlaybackLegend:  # whatever changes the look closes it
                continue
            windows.append(window := QWidget())
            qtbot.addWidget(window)
            parts[name] = make(window)
            window.show()
            parts[name].show()
        return parts

    def told(parts: dict[str, QWidget]) -> dict[str, list[str]]:
        at_rest()
        # Where parts stand beside each other depends on the room that they had before.
        return {
            name: [
                line.split(", wants")[0] for line in read_properties(part).splitlines() if "ResponsiveRow" not in line
            ]
            for name, part in parts.items()
        }

    before = made()
    try:
        appearance.choose_text_size(150)
        appearance.choose(Look.DARK)
        assert told(before) == told(made())
    finally:
        appearance.choose_text_size(100)
        appearance.choose(Look.LIGHT)
