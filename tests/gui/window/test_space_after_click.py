"""Space plays after a click, and presses what was reached by the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QToolButton
from pytestqt.qtbot import QtBot

from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.signs.model import Column
from auslan_explorer.gui.window.main_window import MainWindow
from tests.gui.window_parts import open_window


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    with open_window(qapp, qtbot, tmp_path / "window.ini") as shown:
        yield shown


def press_space(window: MainWindow, app: QApplication) -> None:
    QTest.keyClick(app.focusWidget() or window, Qt.Key.Key_Space)


def test_a_click_on_a_sign_and_space_plays_and_unticks_nothing(window: MainWindow, qapp: QApplication) -> None:
    table = window.signs.table
    for column in (Column.NAME, Column.TICK):
        box = table.visualRect(table.model().index(1, column))
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
        shown = window.session.state.visible_signs
        press_space(window, qapp)
        assert window.playback.playing
        window.playback.pause()
        assert window.session.state.visible_signs == shown


def test_a_clicked_box_keeps_its_tick_and_one_reached_by_keyboard_changes_it(
    window: MainWindow, qapp: QApplication, qtbot: QtBot
) -> None:
    box = QCheckBox("Some choice", window)
    box.show()
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=box.rect().center())
    qtbot.waitUntil(box.hasFocus)
    was = box.isChecked()
    press_space(window, qapp)
    assert window.playback.playing and box.isChecked() == was
    window.playback.pause()
    window.signs.search.setFocus()
    box.setFocus(Qt.FocusReason.TabFocusReason)
    press_space(window, qapp)
    assert not window.playback.playing and box.isChecked() != was


def test_a_click_on_what_takes_no_focus_and_escape_give_space_back_to_playback(
    window: MainWindow, qapp: QApplication, qtbot: QtBot
) -> None:
    table, session = window.signs.table, window.session
    pointer = next(
        button
        for button in window.toolbar.findChildren(QToolButton)
        if button.defaultAction() is window.actions_[ActionId.TOOL_POINTER]
    )
    at = pointer.mapTo(window, pointer.rect().center())

    def untick_by_space() -> None:
        shown = session.state.visible_signs
        QTest.keyClick(table, Qt.Key.Key_Down)
        press_space(window, qapp)
        assert not window.playback.playing and session.state.visible_signs != shown

    window.signs.search.setFocus()
    table.setFocus(Qt.FocusReason.TabFocusReason)
    for let_go in (
        lambda: QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, pos=at),
        lambda: QTest.keyClick(table, Qt.Key.Key_Escape),
    ):
        untick_by_space()
        shown = session.state.visible_signs
        let_go()
        assert table.hasFocus()
        press_space(window, qapp)
        assert window.playback.playing and session.state.visible_signs == shown
        window.playback.pause()
