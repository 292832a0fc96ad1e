"""Undo and redo from the window: keys, names, and what can be done when."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auslan_explorer.core.session import Layout
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.window.main_window import MainWindow
from tests.gui.window_parts import SIGNS, made_up_activations, open_window

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    with open_window(qapp, qtbot, tmp_path / "window.ini") as shown:
        yield shown


def test_a_window_opens_with_nothing_to_undo(window: MainWindow) -> None:
    assert not window.actions_[ActionId.UNDO].isEnabled() and not window.actions_[ActionId.REDO].isEnabled()


def test_keys_undo_and_redo_and_the_menu_says_what(window: MainWindow, qtbot: QtBot) -> None:
    every = frozenset(range(len(SIGNS)))
    undo, redo = window.actions_[ActionId.UNDO], window.actions_[ActionId.REDO]
    window.session.update(visible_signs=every - {2})
    assert undo.isEnabled() and undo.text() == "Undo: hide “crazy”"
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert window.session.state.visible_signs == every
    assert not undo.isEnabled() and undo.text() == "Undo" and redo.text() == "Redo: hide “crazy”"
    qtbot.keyClick(window, Qt.Key.Key_Y, CONTROL)
    assert window.session.state.visible_signs == every - {2}
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert window.session.state.visible_signs == every - {2}


def test_a_figure_is_taken_back_whole_and_views_follow(window: MainWindow) -> None:
    window.session.update(step=4)
    before = window.session.state
    window.actions_[ActionId.FIGURE_5].trigger()
    assert window.views is not None and not window.views.panes[2].isVisible()
    window.actions_[ActionId.UNDO].trigger()
    assert window.session.state == before and before.layout is Layout.BOTH
    assert window.views.panes[2].isVisible() and window.bar.slider.value() == 4


def test_other_activations_leave_nothing_to_undo(window: MainWindow) -> None:
    window.session.update(selected=(1,))
    window.commands.files.show(made_up_activations())
    assert not window.actions_[ActionId.UNDO].isEnabled()
