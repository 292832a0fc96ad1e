"""Every table of the window, found from the widgets themselves, is copied whole and has a context menu."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QTableView
from pytestqt.qtbot import QtBot

from auslan_explorer.gui.widgets.row_hover import RowHover
from auslan_explorer.gui.widgets.table_copy import table_text
from auslan_explorer.gui.window.main_window import MainWindow
from tests.gui.window_parts import open_window


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    with open_window(qapp, qtbot, tmp_path / "window.json") as shown:
        yield shown


def test_every_table_is_copied_by_ctrl_c_and_by_its_menu(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QMenu] = []
    places: list[QPoint] = []

    def popup(menu: QMenu, at: QPoint) -> None:
        opened.append(menu)
        places.append(at)

    monkeypatch.setattr(QMenu, "popup", popup)
    window.session.update(selected=(1,))
    for name in window.docks.names:
        window.docks.show(name)
        QApplication.processEvents()
    tables = window.findChildren(QTableView)
    assert len(tables) >= 6
    assert not [table.accessibleName() for table in tables if not isinstance(table.itemDelegate(), RowHover)]
    for table in tables:
        QGuiApplication.clipboard().clear()
        QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        assert QGuiApplication.clipboard().text() == table_text(table), table.accessibleName()
        if table.model().rowCount() == 0:
            continue
        opened.clear()
        at: QPoint = table.visualRect(table.model().index(0, 0)).center()
        table.customContextMenuRequested.emit(at)
        assert places[-1] == table.viewport().mapToGlobal(at), table.accessibleName()
        entries = [action for menu in opened for action in menu.actions()]
        copies = [action for action in entries if action.shortcut() == QKeySequence(QKeySequence.StandardKey.Copy)]
        assert copies, f"{table.accessibleName()} has no menu that copies it"
