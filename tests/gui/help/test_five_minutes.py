"""The steps of the README's "Five minutes" and of the guide's findings work in the window, with what ships."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QDockWidget
from pytestqt.qtbot import QtBot

from auslan_explorer import paths
from auslan_explorer.gui.inspector.confusion_page import ConfusionPage
from auslan_explorer.gui.quality.stability_dock import StabilityDock
from auslan_explorer.gui.window.docks import TabRow
from auslan_explorer.gui.window.main_window import MainWindow
from auslan_explorer.io.cache import read_cache
from tests.gui.window_parts import open_window


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """The window on the shipped recordings, with nothing drawn."""
    file = paths.ships("activations.h5")
    if not file.is_file():
        pytest.skip("models/ does not hold the shipped activations")
    with open_window(qapp, qtbot, tmp_path / "window.ini", read_cache(file)) as shown:
        yield shown


def press(window: MainWindow, keys: str) -> None:
    """Do what the menus have these keys for."""
    found = [action for action in window.actions() if QKeySequence(keys) in action.shortcuts()]
    assert len(found) == 1, keys
    found[0].trigger()


def dock(window: MainWindow, title: str) -> QDockWidget:
    return next(each for each in window.findChildren(QDockWidget) if each.windowTitle() == title)


@pytest.fixture
def stability(window: MainWindow, qtbot: QtBot) -> StabilityDock:
    press(window, "Ctrl+Shift+M")
    opened = dock(window, "Stability")
    assert isinstance(opened, StabilityDock)
    qtbot.waitUntil(lambda: len(opened.model.rows) > 0, timeout=20_000)
    return opened


def listed(stability: StabilityDock, count: int) -> list[str]:
    return [stability.model.text(pair) for pair in stability.model.rows[:count]]


def choose_pair(stability: StabilityDock, words: str, qtbot: QtBot) -> None:
    stability.search.clear()
    qtbot.keyClicks(stability.search, words)
    place = stability.table.visualRect(stability.model.index(0, 0)).center()
    qtbot.mouseClick(stability.table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_where_the_network_errs(window: MainWindow, qtbot: QtBot) -> None:
    if not dock(window, "Inspector").isVisible():
        press(window, "Ctrl+I")
    pages = next(each for each in window.findChildren(TabRow) if each.isVisible() and each.tabText(1) == "Mistakes")
    qtbot.mouseClick(pages, Qt.MouseButton.LeftButton, pos=pages.tabRect(1).center())
    page = window.findChild(ConfusionPage)
    assert page is not None and page.isVisible() and page.count.text().endswith("recordings")
    assert page.count.text().startswith("7 of 2") and page.everything.text().casefold() == "select all"
    qtbot.mouseClick(page.everything, Qt.MouseButton.LeftButton)
    assert len(window.session.state.selected) == 7


def test_the_closest_pairs_and_the_one_that_only_looks_close(
    window: MainWindow, stability: StabilityDock, qtbot: QtBot
) -> None:
    header = stability.table.horizontalHeader()
    assert stability.model.headerData(1, Qt.Orientation.Horizontal) == "Apart"
    place = QPoint(header.sectionViewportPosition(1) + 4, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    article = sum(pair.article >= 0 for pair in stability.model.rows)
    first, rest = listed(stability, 2), listed(stability, article + 2)[article:]
    assert first == ["crazy / think", "soon / who"] and rest == ["boy / girl", "innocent / mine"]
    choose_pair(stability, "hurt all", qtbot)
    assert listed(stability, 2) == ["all / hurt"] and len(window.session.state.selected) == 54
    assert "5 of 24" in stability.pair_said.text() and "not neighbours in the full space" in stability.pair_said.text()
    choose_pair(stability, "who soon", qtbot)
    assert "20 of 24" in stability.pair_said.text()


def test_how_early_it_knows(window: MainWindow, qtbot: QtBot) -> None:
    press(window, "Ctrl+Shift+J")
    opened = dock(window, "How early it knows")
    qtbot.waitUntil(lambda: "right by step 62" in opened.said.text(), timeout=20_000)
    assert "half of the answers settle within 34%" in opened.said.text().splitlines()[-1]
