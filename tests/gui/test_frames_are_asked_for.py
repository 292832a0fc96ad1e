"""Whoever shows the channels of recordings asks for them once it is seen: they are read when they are needed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from auslan_explorer.core.selected import Selected
from auslan_explorer.core.session import Session
from auslan_explorer.gui.inspector.fork_section import ForkSection
from auslan_explorer.gui.inspector.pairs_dock import PairsDock
from auslan_explorer.gui.inspector.signal_plot import SignalPlot
from auslan_explorer.gui.inspector.signal_section import SignalSection
from auslan_explorer.gui.inspector.what_if_section import WhatIfSection
from auslan_explorer.gui.inspector.why_section import WhySection
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.recording_frames import RecordingFrames
from auslan_explorer.gui.views.gesture.pane import GesturePane

Make = Callable[[Session, RecordingFrames, Jobs, QWidget], Any]


def signal(session: Session, frames: RecordingFrames, jobs: Jobs, top: QWidget) -> Any:
    made = SignalSection(session, frames, top)
    made.show_recording(3)
    return made


def what_if(session: Session, frames: RecordingFrames, jobs: Jobs, top: QWidget) -> Any:
    made = WhatIfSection(session, frames, jobs, SignalPlot(top), top)
    made.show_recording(3)
    made.open.click()
    return made


def why(session: Session, frames: RecordingFrames, jobs: Jobs, top: QWidget) -> Any:
    made = WhySection(session, frames, jobs, top)
    made.show_recording(3)
    made.ask.click()
    return made


def fork(session: Session, frames: RecordingFrames, jobs: Jobs, top: QWidget) -> Any:
    made = ForkSection(session, frames, jobs, top)
    made.show_selected(Selected((3, 9)))
    return made


def pairs(session: Session, frames: RecordingFrames, jobs: Jobs, top: QWidget) -> Any:
    window = QMainWindow(top)
    made = PairsDock(session, frames, jobs, window)
    window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, made)
    window.show()
    return made


def hands(session: Session, frames: RecordingFrames, jobs: Jobs, top: QWidget) -> Any:
    made = GesturePane(session, frames, [])
    made.setParent(top)
    made.show()
    return made


@pytest.mark.parametrize("make", [signal, what_if, why, fork, pairs, hands])
def test_what_is_seen_asks_for_frames(
    make: Make, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[RecordingFrames] = []
    monkeypatch.setattr(RecordingFrames, "request", lambda frames: asked.append(frames))
    top = QWidget()
    qtbot.addWidget(top)
    jobs = Jobs(top)
    frames = RecordingFrames(session, jobs, top)
    made = make(session, frames, jobs, top)
    top.show()
    qtbot.waitUntil(made.isVisible)
    assert asked and set(asked) == {frames}
