"""Names that a person may type, in the whole window: shown as they are, never read as markup, never over the edge."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import Qt
from PySide6.QtWidgets import QApplication, QLabel, QTableView, QWidget
from pytestqt.qtbot import QtBot

from auslan_explorer.core.selection import select
from auslan_explorer.core.session import Pointed
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.signs.model import Column
from auslan_explorer.gui.widgets.page import breakable
from auslan_explorer.gui.window.main_window import MainWindow
from auslan_explorer.gui.window.map_menu import open_map_menu
from tests.gui.inspector_parts import settle
from tests.gui.window_parts import made_up_activations, open_window

MARKUP, LONG, BROKEN, TURNED = "<b>bold</b> & <i>x</i>", "l" * 300, "line\nbreak", "שלום עולם"


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    monkeypatch.setenv("AUSLAN_EXPLORER_DATA", str(tmp_path / "data"))
    a = replace(made_up_activations(), names=(MARKUP, LONG, BROKEN, TURNED), signs=(MARKUP, LONG, BROKEN, TURNED))
    with open_window(qapp, qtbot, tmp_path / "window.ini", a) as shown:
        yield shown


def labels_that_say(root: QWidget, text: str) -> list[QLabel]:
    return [label for label in root.findChildren(QLabel) if text in label.text()]


def read_as_markup(text: str) -> bool:
    return Qt.mightBeRichText(text) and "<b>bold" in text


def test_no_label_and_no_tooltip_reads_a_name_as_markup(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    window.docks.show("inspector")
    for selected in ([0], [0, 1, 2, 3, 4, 5], [0, 5, 7, 23], list(range(24))):
        select(session, selected)
        settle(qtbot, window)
        for label in labels_that_say(window, "<b>bold"):
            assert label.textFormat() is Qt.TextFormat.PlainText, label.text()
        for widget in window.findChildren(QWidget):
            assert not read_as_markup(widget.toolTip()), widget.toolTip()
        for table in window.findChildren(QTableView):
            model = table.model()
            for row in range(model.rowCount()):
                for column in range(model.columnCount()):
                    tip = model.index(row, column).data(Qt.ItemDataRole.ToolTipRole) or ""
                    assert not read_as_markup(tip), tip
    matrix = window.inspector_dock.inspector.mistakes.matrix
    assert MARKUP in matrix.describe_cell(0, 0)


def test_a_name_of_300_letters_widens_no_page_and_is_cut_in_the_middle(window: MainWindow, qtbot: QtBot) -> None:
    window.docks.show("inspector")
    inspector = window.inspector_dock.inspector
    for selected in ([7], list(range(6, 12)), [5, 7, 12]):
        select(window.session, selected)
        settle(qtbot, window)
        page = inspector.selection.currentWidget()
        assert page.horizontalScrollBar().maximum() == 0, selected
    assert inspector.recording.title.text().count("l") == 300 or inspector.sign.title.text().count("l") == 300
    for table in window.findChildren(QTableView):
        if any(LONG in str(table.model().index(row, 0).data()) for row in range(table.model().rowCount())):
            assert table.textElideMode() is Qt.TextElideMode.ElideMiddle, table.accessibleName()
    assert window.signs.table.textElideMode() is Qt.TextElideMode.ElideMiddle


def test_a_long_title_may_be_broken_and_a_common_one_stays_as_it_is() -> None:
    assert breakable("is it true?") == "is it true?"
    assert "\u200b" in breakable(LONG) and breakable(LONG).replace("\u200b", "") == LONG


def test_a_line_break_is_a_space_in_list_and_menu(window: MainWindow, qapp: QApplication) -> None:
    model = window.signs.table.model()
    assert "line break" in [model.index(row, Column.NAME).data() for row in range(model.rowCount())]
    window.session.point_at(Pointed(12, 8))
    menu = open_map_menu(window.session, window.actions_, window, window.pos())
    assert menu.actions()[1].text() == "Select all of “line break”"
    menu.close()


def test_an_ampersand_of_a_name_is_no_key_in_menus(window: MainWindow) -> None:
    window.session.point_at(Pointed(0, 10))
    menu = open_map_menu(window.session, window.actions_, window, window.pos())
    assert "bold</b> && <i>" in menu.actions()[1].text()
    menu.close()
    window.session.update(visible_signs=frozenset({1, 2, 3}))
    assert "&&" in window.actions_[ActionId.UNDO].text()


def test_a_right_to_left_name_turns_no_sentence_around() -> None:
    assert tr("{0} answers {1}", TURNED, "think") == f"\u2068{TURNED}\u2069 answers think"
    assert tr("{0} of {1}", 3, 4) == "3 of 4"
