"""What has a fixed size grows with the text, text over a map only as its pane allows, and what is cut is told whole."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from auslan_explorer.core.session import Session
from auslan_explorer.gui.style import Appearance, scale_within
from auslan_explorer.gui.tool_button import ToolButton
from auslan_explorer.gui.views.map2d.canvas import MapCanvas
from auslan_explorer.gui.widgets.row_list import Row, RowList


@pytest.fixture
def appearance(qapp: QApplication) -> Iterator[Appearance]:
    palette, sheet, letters = qapp.palette(), qapp.styleSheet(), qapp.font()
    appearance = Appearance(qapp)
    yield appearance
    appearance.choose_text_size(100)
    qapp.setPalette(palette)
    qapp.setStyleSheet(sheet)
    qapp.setFont(letters)


@pytest.fixture
def top(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_a_button_with_a_side_of_its_own_and_its_icon_grow_with_the_text(appearance: Appearance, top: QWidget) -> None:
    button, free = ToolButton(top), ToolButton(top)
    button.set_side(20)
    sizes = []
    for percent in (100, 200, 150):
        appearance.choose_text_size(percent)
        QApplication.sendPostedEvents()
        sizes.append((button.width(), button.height(), button.iconSize().width(), free.iconSize().width()))
    assert sizes == [(20, 20, 16, 16), (40, 40, 24, 24), (30, 30, 20, 20)]


def test_text_over_a_map_grows_only_as_far_as_its_pane_is_wide(appearance: Appearance) -> None:
    for percent in (100, 150, 200):
        appearance.choose_text_size(percent)
        scales = [scale_within(width) for width in range(50, 3000, 50)]
        assert scales[0] == 1 and scales[-1] == percent / 100 and scales == sorted(scales)
    assert len(set(scales)) > 3, "with large text, from narrow to wide"


def test_the_map_s_text_goes_by_its_width_and_not_its_height(
    appearance: Appearance, session: Session, qtbot: QtBot
) -> None:
    canvas = MapCanvas(session)
    qtbot.addWidget(canvas)
    appearance.choose_text_size(200)
    for width, height in ((260, 900), (900, 260)):
        canvas.resize(width, height)
        assert canvas.text_scale() == scale_within(width) != scale_within(height)
    canvas.dispose()


def test_a_value_that_is_cut_is_told_whole_and_another_says_nothing_twice(top: QWidget) -> None:
    rows = RowList("rows", top)
    long = "a value of very many words that nobody has room for"
    rows.show_rows((Row("one", "0.25", ()), Row("other", long, (), None, "said of it")))
    tips = [(rows.item(row, 0).toolTip(), rows.item(row, 1).toolTip()) for row in (0, 1)]
    assert tips == [("one", ""), ("said of it", long)]
    assert rows.item(1, 1).text() != long and rows.item(0, 1).text() == "0.25"


def test_enter_chooses_each_row_the_first_too(top: QWidget, qtbot: QtBot) -> None:
    rows = RowList("rows", top)
    rows.show_rows(tuple(Row(name, "", ()) for name in "abc"))
    chosen: list[str] = []
    rows.chosen.connect(lambda row: chosen.append(row.text))
    for place, key in enumerate((Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Return)):
        rows.setCurrentCell(place, 0)
        qtbot.keyClick(rows, key)
    assert chosen == ["a", "b", "c"]
