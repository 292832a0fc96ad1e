from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auslan_explorer.analysis.answers import known_answers
from auslan_explorer.core.clock import Repeat
from auslan_explorer.core.playing import Alignment
from auslan_explorer.gui.main_window import MainWindow
from tests.gui.window_parts import open_window
from tests.made_up import STEPS, made_up_activations


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    with open_window(qapp, qtbot, tmp_path / "window.ini") as shown:
        shown.session.open(made_up_activations())
        yield shown


def test_ends_of_the_section_are_dragged_and_keys_set_them(window: MainWindow, qtbot: QtBot) -> None:
    slider = window.bar.slider
    high = QPoint(round(slider.place(0)), 4)
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=high)
    qtbot.mouseMove(slider, QPoint(round(slider.place(5)), 4))
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(round(slider.place(5)), 4))
    assert window.session.state.section == (5, STEPS - 1)
    window.session.update(step=12)
    window.commands.playing.end_section()
    assert window.session.state.section == (5, 12)
    window.commands.playing.toggle_repeat(Repeat.BOUNCE)
    assert window.playback.clock.bounds == (5, 12) and window.playback.clock.repeat is Repeat.BOUNCE
    window.commands.playing.no_section()
    assert window.session.state.section is None


def test_the_bars_say_what_is_answered_now(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    session.update(selected=(7,), step=STEPS - 1)
    a = session.activations
    assert a.head is not None
    row = a.head.probabilities(a.states_of(7))[-1]
    best = window.bar.answers.guesses[0]
    assert best.name == a.names[int(row.argmax())] and best.probability == pytest.approx(float(row.max()))
    qtbot.waitUntil(lambda: known_answers(a) is not None, timeout=5000)
    session.update(selected=())
    qtbot.waitUntil(lambda: window.bar.answers.share is not None, timeout=5000)
    session.update(step=0)
    assert window.bar.answers.share == 0
    session.update(alignment=Alignment.STRETCH)
    assert window.bar.label.text() == "0% of each"


def test_without_a_head_it_is_said_and_nothing_breaks(window: MainWindow) -> None:
    window.session.open(replace(made_up_activations(), head=None))
    window.session.update(selected=(2,), step=3)
    assert "no softmax head" in window.bar.answers.sentence and not window.bar.answers.guesses
    window.docks.show("answers")
    assert "no softmax head" in window.accuracy.said.text() or not window.accuracy.isVisible()
