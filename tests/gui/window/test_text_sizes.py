"""Text of any size: what grows with it, and what is not cut."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from auslan_explorer.analysis.confusion import Confusions
from auslan_explorer.draw.theme import DARK
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.inspector.confusion_matrix import ConfusionMatrix
from auslan_explorer.gui.settings.preferences import Preferences
from auslan_explorer.gui.signs.model import Column
from auslan_explorer.gui.style import Look
from auslan_explorer.gui.window.main_window import MainWindow
from tests.gui.window_parts import open_window


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    with open_window(qapp, qtbot, tmp_path / "window.json") as shown:
        yield shown
        shown.commands.settings.apply(Preferences())


def test_settings_grow_with_the_text_that_they_set(window: MainWindow) -> None:
    window.actions_[ActionId.SETTINGS].trigger()
    page = window.commands.settings.page
    assert page is not None
    before, room = page.size(), page.screen().availableSize()
    slider = page.text_size
    slider.setSliderDown(True)
    sizes = []
    for percent in (120, 160, 200):
        slider.setSliderPosition(percent)
        assert page.percent.text() == f"{percent} %"
        sizes.append(page.percent.font().pixelSize())
    assert sizes == [16, 21, 26], "the sample grows under the hand"
    assert window.appearance.look is Look.SYSTEM and page.size() == before
    slider.setSliderDown(False)
    assert page.look.font().pixelSize() == 26
    assert page.size() == QSize(
        min(2 * before.width(), room.width() - 64), min(2 * before.height(), room.height() - 80)
    )
    slider.setValue(100)
    assert page.look.font().pixelSize() == 13 and page.width() <= before.width()


def test_icons_grow_with_the_text_also_of_buttons_made_before(window: MainWindow) -> None:
    buttons = [window.toolbar.question, window.toolbar.inspector, window.status.strip.stop]
    window.resize(1800, 900)
    before = [button.iconSize().width() for button in buttons]
    window.appearance.choose_text_size(200)
    assert [button.iconSize().width() for button in buttons] == [round(1.5 * width) for width in before]
    assert window.status.strip.stop.width() == 48
    small = [
        button for button in window.findChildren(QToolButton)
        if button.accessibleName() and not button.icon().isNull() and button.iconSize().width() < 21
    ]  # fmt: skip
    assert not small, [button.accessibleName() for button in small]
    window.appearance.choose_text_size(100)
    assert [button.iconSize().width() for button in buttons] == before


def test_docks_are_wider_for_larger_text_as_far_as_the_map_keeps_its_room(window: MainWindow, qtbot: QtBot) -> None:
    signs, right = window._dock, window.inspector_dock

    def are(*wanted: int) -> None:
        qtbot.waitUntil(lambda: (signs.width(), right.isVisible() * right.width()) == wanted)

    window.session.update(selected=(0,))
    window.docks.show("inspector")
    window.resize(2600, 900)
    are(280, 352)
    window.appearance.choose_text_size(200)
    are(560, 704)
    window.resize(1024, 700)
    window.docks.show("inspector", False)
    are(341, 0)
    window.docks.show("inspector")
    are(280, 352)
    window.docks.show("inspector", False)
    are(341, 0)
    window.docks.show("inspector")
    window.appearance.choose_text_size(100)
    window.resize(2600, 900)
    are(280, 352)
    separator = QPoint(signs.geometry().right() + 1, signs.geometry().center().y())
    qtbot.mousePress(window, Qt.MouseButton.LeftButton, pos=separator)
    qtbot.mouseMove(window, separator + QPoint(120, 0))
    are(400, 352)
    qtbot.mouseRelease(window, Qt.MouseButton.LeftButton, pos=separator + QPoint(120, 0))
    QApplication.processEvents()
    window.appearance.choose_text_size(200)
    qtbot.waitUntil(lambda: signs.width() > 600 and signs.width() + right.width() == 1300)
    window.appearance.choose_text_size(100)
    are(400, 352)
    window.docks.show("inspector", False)
    window.resize(1024, 700)
    window.appearance.choose_text_size(200)
    qtbot.waitUntil(lambda: signs.width() == 400 and not window.signs.table.isColumnHidden(Column.ACCURACY))
    window.docks.show("inspector")
    qtbot.waitUntil(lambda: right.isVisible() and signs.width() < 400)
    window.docks.show("inspector", False)
    are(400, 0)


def test_an_empty_inspector_leaves_a_window_that_is_narrow_for_its_text(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1500, 900)
    window.docks.show("inspector")
    window.appearance.choose_text_size(200)
    assert not window.docks.shown("inspector")
    qtbot.waitUntil(lambda: window._dock.width() == 500)
    window.session.update(selected=(0,))
    assert window.docks.shown("inspector")
    window.session.update(selected=())
    window.appearance.choose_text_size(100)
    assert window.docks.shown("inspector")


def test_the_numbers_of_what_is_shown_have_the_line_while_nothing_else_is_said(
    window: MainWindow, qtbot: QtBot
) -> None:
    line = window.status
    line.shown.setText("94 signs, 2 528 recordings, 144 530 points")
    window.appearance.choose_text_size(200)
    window.resize(1024, 700)
    qtbot.waitUntil(lambda: line.shown.toolTip() == "" and line.shown.width() > 900)
    window.session.update(selected=(0,))
    qtbot.waitUntil(lambda: line.pointed.isVisible() and abs(line.pointed.width() - line.shown.width()) < 2)


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_the_search_field_shows_its_placeholder_whole(window: MainWindow, percent: int) -> None:
    window.appearance.choose_text_size(percent)
    for size in (QSize(1024, 700), QSize(1560, 900)):
        window.resize(size)
        QApplication.processEvents()
        search = window.signs.search
        needed = QFontMetrics(search.font()).horizontalAdvance(search.placeholderText())
        assert search.width() >= needed + 24
        count = window.signs.count
        assert count.isVisible() and count.width() >= count.fontMetrics().horizontalAdvance(count.text())


@pytest.mark.parametrize("columns", [3, 12, 30, 45])
def test_the_matrix_of_mistakes_fits_its_page(qapp: QApplication, qtbot: QtBot, columns: int) -> None:
    matrix = ConfusionMatrix()
    qtbot.addWidget(matrix)
    counts = np.eye(columns, dtype=int)
    names = tuple(f"sign number {place}" for place in range(columns))
    matrix.show_confusions(Confusions(np.arange(columns), np.arange(columns), counts, columns, columns), names)
    matrix.fit_width(420)
    assert matrix.width() <= 420
    assert matrix.cell(0, columns - 1).right() <= 420
    if columns == 3:
        assert matrix.cell_size == 20
    # Every cell can be pointed at where it is drawn.
    said: list[str] = []
    matrix.pointed.connect(said.append)
    for place in (0, columns - 1):
        cell = matrix._cell_at(matrix.cell(place, place).center())
        assert cell == (place, place)


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_every_button_of_the_toolbar_is_in_the_window(window: MainWindow, percent: int) -> None:
    window.appearance.choose_text_size(percent)
    for width in (1024, 1200, 1560, 2000):
        window.resize(width, 800)
        QApplication.processEvents()
        QApplication.processEvents()
        last = window.toolbar.inspector
        assert last.isVisible() and last.mapTo(window, last.rect().topRight()).x() < window.width() == width


def test_links_in_a_text_follow_the_theme(window: MainWindow) -> None:
    window.docks.show("hands")
    label = window.hands.mixed
    label.show()
    window.appearance.choose(Look.DARK)
    label.setText('<a href="0">one</a> ' * 3) if "<a" not in label.text() else None
    assert label.palette().link().color() == QColor(*DARK.accent)
