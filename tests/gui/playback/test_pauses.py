"""What pauses playback: Space, a hand on the slider, a step by hand, other activations, a figure, the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auslan_explorer.app import no_activations
from auslan_explorer.core.clock import SPEEDS, Repeat
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.window.main_window import MainWindow
from tests.gui.window_parts import open_window
from tests.made_up import STEPS, made_up_activations

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """A window that plays around and around, as fast as it can."""
    with open_window(qapp, qtbot, tmp_path / "window.ini", made_up_activations()) as shown:
        shown.session.update(step=0, speed=max(SPEEDS), repeat=Repeat.LOOP)
        yield shown


def plays(window: MainWindow, qtbot: QtBot) -> None:
    """Wait until playback has moved by itself, and its action says what it would do now."""
    at = window.session.state.step
    qtbot.waitUntil(lambda: window.session.state.step != at)
    assert window.playback.playing and window.actions_[ActionId.PLAY].text() == "Pause"


def stands(window: MainWindow, qtbot: QtBot) -> None:
    """Ticks enough for several steps leave the step as it is."""
    at = window.session.state.step
    timer = window.playback._timer
    if timer.isActive():
        for _ in range(20):
            with qtbot.waitSignal(timer.timeout):
                pass
            assert window.session.state.step == at
    assert window.session.state.step == at


def press_space(window: MainWindow) -> None:
    window.views.focus_first_view()
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_Space)


def test_space_plays_and_pauses(window: MainWindow, qtbot: QtBot) -> None:
    press_space(window)
    plays(window, qtbot)
    press_space(window)
    assert not window.playback.playing and window.actions_[ActionId.PLAY].text() == "Play"
    assert not window.playback._timer.isActive()
    stands(window, qtbot)
    press_space(window)
    plays(window, qtbot)


def test_a_hand_on_the_slider_holds_the_step_until_it_lets_go(window: MainWindow, qtbot: QtBot) -> None:
    slider = window.bar.slider
    low = slider.height() - 4

    def at(step: int) -> QPoint:
        return QPoint(round(slider.x_of_step(step)), low)

    window.playback.play()
    plays(window, qtbot)
    qtbot.mousePress(slider, LEFT, pos=at(12))
    assert window.session.state.step == 12
    stands(window, qtbot)
    qtbot.mouseMove(slider, at(7))
    assert window.session.state.step == 7
    stands(window, qtbot)
    qtbot.mouseRelease(slider, LEFT, pos=at(7))
    plays(window, qtbot)


PAUSING: dict[str, Callable[[MainWindow], object]] = {
    "a step back": lambda window: window.actions_[ActionId.STEP_BACK].trigger(),
    "the last step": lambda window: window.actions_[ActionId.LAST_STEP].trigger(),
    "a figure": lambda window: window.actions_[ActionId.FIGURE_3].trigger(),
    "other activations": lambda window: window.session.open(made_up_activations(seed=3)),
    "no activations": lambda window: window.session.open(no_activations()),
    "activations without maps": lambda window: window.session.open(replace(made_up_activations(), projections={})),
}


@pytest.mark.parametrize("what", PAUSING)
def test_playback_pauses_and_stays_where_it_is_by(window: MainWindow, qtbot: QtBot, what: str) -> None:
    window.session.update(step=4)
    window.playback.play()
    plays(window, qtbot)
    PAUSING[what](window)
    assert not window.playback.playing and not window.playback._timer.isActive()
    assert window.actions_[ActionId.PLAY].text() == "Play"
    stands(window, qtbot)


@pytest.mark.parametrize(("step", "actions"), [
    (0, (ActionId.STEP_BACK, ActionId.STEP_BACK_TEN, ActionId.FIRST_STEP)),
    (STEPS - 1, (ActionId.STEP_FORWARD, ActionId.STEP_FORWARD_TEN, ActionId.LAST_STEP)),
])  # fmt: skip
def test_a_step_by_hand_pauses_where_playback_passes_an_end(
    window: MainWindow, step: int, actions: tuple[ActionId, ...]
) -> None:
    for action in actions:
        window.playback.play()
        window.session.update(step=4)
        window.session.update(step=step)
        window.actions_[action].trigger()
        assert not window.playback.playing and window.session.state.step == step, action
        assert not window.actions_[action].isEnabled(), action


def test_it_ends_at_the_last_step_and_begins_anew(window: MainWindow, qtbot: QtBot) -> None:
    told: list[bool] = []
    window.playback.changed.connect(lambda: told.append(window.playback.playing))
    window.session.update(repeat=Repeat.ONCE, step=STEPS - 3)
    window.playback.play()
    qtbot.waitUntil(lambda: not window.playback.playing)
    assert window.session.state.step == STEPS - 1 and told == [True, False]
    assert not window.playback._timer.isActive()
    window.session.update(speed=min(SPEEDS))
    window.playback.play()
    assert window.session.state.step == 0 and window.playback.playing


def test_a_section_ends_where_it_says(window: MainWindow, qtbot: QtBot) -> None:
    window.session.update(repeat=Repeat.ONCE, section=(3, 6), step=3)
    window.playback.play()
    qtbot.waitUntil(lambda: not window.playback.playing)
    assert window.session.state.step == 6
