from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from auslan_explorer.analysis.predictions import correct_at
from auslan_explorer.app import no_activations
from auslan_explorer.core.activations import Activations, ArrayStates
from auslan_explorer.core.clock import Repeat
from auslan_explorer.core.playing import Alignment
from auslan_explorer.core.predictions import known_predictions
from auslan_explorer.core.projection import Projection
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.playback.bar import PlaybackBar
from auslan_explorer.gui.playback.legend import PlaybackLegend
from auslan_explorer.gui.views.panes import VIEWS
from auslan_explorer.gui.window.main_window import MainWindow
from tests.gui.window_parts import open_window
from tests.made_up import STEPS, made_up_activations


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    with open_window(qapp, qtbot, tmp_path / "window.ini") as shown:
        shown.session.open(made_up_activations())
        yield shown


def test_ends_of_the_section_are_dragged_and_keys_set_them(window: MainWindow, qtbot: QtBot) -> None:
    slider = window.bar.slider
    high = QPoint(round(slider.x_of_step(0)), 4)
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=high)
    qtbot.mouseMove(slider, QPoint(round(slider.x_of_step(5)), 4))
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(round(slider.x_of_step(5)), 4))
    assert window.session.state.section == (5, STEPS - 1)
    window.session.update(step=12)
    window.playback.end_section()
    assert window.session.state.section == (5, 12)
    window.playback.toggle_repeat(Repeat.BOUNCE)
    assert window.playback.clock.bounds == (5, 12) and window.playback.clock.repeat is Repeat.BOUNCE
    window.actions_[ActionId.NO_SECTION].trigger()
    assert window.session.state.section is None


def test_the_bars_say_what_is_answered_now(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    session.update(selected=(7,), step=STEPS - 1)
    a = session.activations
    assert a.head is not None
    row = a.head.probabilities(a.recording_states(7))[-1]
    best = window.bar.answers.guesses[0]
    assert best.name == a.names[int(row.argmax())] and best.probability == pytest.approx(float(row.max()))
    qtbot.waitUntil(lambda: known_predictions(a) is not None)
    session.update(selected=())
    qtbot.waitUntil(lambda: window.bar.answers.share is not None)
    session.update(step=0)
    assert window.bar.answers.share is None and "begun" in window.bar.answers.sentence
    answers = known_predictions(a)
    assert answers is not None
    step = int(np.sort(a.first_step)[len(a) // 2])
    session.update(step=step)
    begun = a.first_step <= step
    right = correct_at(a, answers, Alignment.NETWORK, step, np.flatnonzero(begun)).sum()
    assert 0 < begun.sum() < len(a)
    assert window.bar.answers.sentence.startswith(f"{right} of {begun.sum()} that have begun")
    assert window.bar.answers.share == pytest.approx(right / begun.sum())
    counted = [f"({right} of {begun.sum()})" in words for words in window.bar.answers.told()]
    assert counted == [False, True, False, False]
    assert window.bar.answers.told()[-1] == f"{right / begun.sum():.0%}", "the least is the share alone"
    session.update(step=0)
    session.update(alignment=Alignment.STRETCH)
    assert window.bar.label.text() == "0% of each"


def test_a_step_lays_the_bar_not_out_anew_and_is_told_beside_the_slider(window: MainWindow, qapp: QApplication) -> None:
    window.session.update(selected=(2,), step=3)
    for _ in range(3):
        qapp.processEvents()
    asked: list[str] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.LayoutRequest and isinstance(watched, PlaybackBar):
                asked.append(type(watched).__name__)
            return False

    watch = Watch()
    qapp.installEventFilter(watch)
    for step in (4, 5, 10):
        window.session.update(step=step)
        qapp.processEvents()
    qapp.removeEventFilter(watch)
    assert not asked
    for width in (1200, 700):
        window.resize(width, 700)
        qapp.processEvents()
        label = window.bar.label
        assert window.bar.rect().contains(label.geometry()) and label.sizeHint().width() <= label.width()
        assert label.geometry().left() > window.bar.slider.geometry().right()


def test_a_dock_that_waits_for_answers_gets_those_of_a_file_that_is_opened(window: MainWindow, qtbot: QtBot) -> None:
    window.docks.show("answers")
    assert window.accuracy.isVisible()
    other = made_up_activations()
    window.session.open(other)
    qtbot.waitUntil(lambda: known_predictions(other) is not None)
    assert window.accuracy.plot.lines


def test_without_a_head_it_is_said_and_nothing_breaks(window: MainWindow) -> None:
    window.session.open(replace(made_up_activations(), head=None))
    window.session.update(selected=(2,), step=3)
    assert "no softmax head" in window.bar.answers.sentence and not window.bar.answers.guesses
    window.docks.show("answers")
    assert "no softmax head" in window.accuracy.said.text() or not window.accuracy.isVisible()


def test_the_marks_of_the_playback_are_explained(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(window.bar.question, Qt.MouseButton.LeftButton)
    popover = window.bar.findChild(PlaybackLegend)
    assert popover is not None and popover.isVisible()
    said = " ".join(label.text() for label in popover.findChildren(QLabel))
    assert "no longer changes" in said and "slider" in said and "hint" in said
    assert window.screen().availableGeometry().contains(popover.geometry())
    qtbot.keyClick(popover, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.bar.findChild(PlaybackLegend) is None)


@pytest.fixture
def real(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """A window with its real views."""
    with open_window(qapp, qtbot, tmp_path / "window.ini", None, dict(VIEWS)) as shown:
        yield shown


def of_one_step() -> Activations:
    """The last step alone, of a network with one step."""
    a = made_up_activations()
    last = a.offsets[1:] - 1
    return replace(
        a,
        states=ArrayStates(a.all_states()[last]),
        prefix=a.prefix[:0],
        lengths=np.ones_like(a.lengths),
        first_step=np.zeros_like(a.first_step),
        steps=1,
        projections={d: Projection(p.points[last], p.prefix[:0], "made-up", "") for d, p in a.projections.items()},
    )


def test_a_network_of_one_step_is_shown_whole_and_has_nothing_to_play(real: MainWindow) -> None:
    real.session.open(of_one_step())
    real.session.update(ghost=True, settled=True, every_step=True, selected=(0,), alignment=Alignment.STRETCH)
    real.playback.play()
    assert not real.playback.playing and real.session.state.step == 0
    real.playback.step_by(5)
    real.bar.slider.setValue(3)
    assert real.session.state.step == 0
    assert real.views is not None and not real.views.grab().isNull()


def test_nothing_shown_and_answers_not_known_play_all_the_same(real: MainWindow, qtbot: QtBot) -> None:
    a = made_up_activations()
    real.session.open(replace(a, predicted=np.full(len(a), -1, dtype=a.predicted.dtype)))
    real.session.update(visible_signs=frozenset(), ghost=True, settled=True, every_step=True, step=0)
    real.playback.play()
    qtbot.waitUntil(lambda: real.session.state.step > 2)
    assert real.bar.answers.sentence == "Nothing is shown."
    real.session.update(visible_signs=frozenset({0, 1}), mistakes=True)
    qtbot.waitUntil(lambda: not real.playback.playing)
    assert real.views is not None and not real.views.grab().isNull()


def test_with_no_data_there_is_nothing_to_play(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    with open_window(qapp, qtbot, tmp_path / "empty.ini", no_activations(), dict(VIEWS)) as shown:
        shown.playback.toggle()
        assert not shown.playback.playing and not shown.bar.slider.isEnabled()
        shown.session.update(ghost=True, settled=True, step=3)
        shown.grab()
