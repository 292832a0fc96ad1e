"""The colour key by keyboard, in the window with a real map: K enters it, Enter selects, Escape leaves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auslan_explorer.core.session import Colouring, Layout
from auslan_explorer.gui.views.panes import VIEWS
from auslan_explorer.gui.window.main_window import MainWindow
from tests.gui.window_parts import StandIn, open_window


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    with open_window(qapp, qtbot, tmp_path / "window.ini", makers={2: VIEWS[2], 3: StandIn}) as shown:
        shown.session.update(layout=Layout.MAP_2D)
        yield shown


def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the keyboard is, as a person does: shortcuts of the window come first."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, held)


@pytest.mark.parametrize("colouring", [Colouring.SIGN, Colouring.SPLIT])
def test_k_goes_to_the_colour_key_and_enter_selects_what_has_the_colour(
    window: MainWindow, qtbot: QtBot, colouring: Colouring
) -> None:
    session = window.session
    session.update(colouring=colouring)
    a = session.activations
    view = window.views.panes[2].view
    assert view is not None and view.legend_cursor is not None
    window.views.focus_first_view()
    press(Qt.Key.Key_K)
    qtbot.waitUntil(lambda: view.legend_cursor.row == 0)
    press(Qt.Key.Key_Down)
    assert view.legend_cursor.row == 1
    press(Qt.Key.Key_Return)
    group = a.sign if colouring is Colouring.SIGN else a.split
    assert session.state.selected == tuple(np.flatnonzero(group == 1))
    press(Qt.Key.Key_Escape)
    assert view.legend_cursor.row == -1 and session.state.selected, "Escape leaves the key, not the selection"


def test_with_ctrl_what_has_another_colour_is_added(window: MainWindow) -> None:
    session = window.session
    session.update(colouring=Colouring.SPLIT)
    split = session.activations.split
    window.views.focus_first_view()
    for key in (Qt.Key.Key_K, Qt.Key.Key_Return, Qt.Key.Key_Down):
        press(key)
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert set(session.state.selected) == set(np.flatnonzero(split <= 1))
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert session.state.selected == tuple(np.flatnonzero(split == 1))


def test_k_leaves_playback_alone_and_space_plays(window: MainWindow, qtbot: QtBot) -> None:
    window.session.update(colouring=Colouring.SIGN)
    window.views.focus_first_view()
    press(Qt.Key.Key_K)
    assert not window.playback.playing
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.playback.playing)
