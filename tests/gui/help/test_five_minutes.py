"""The steps of the README's "Five minutes" and of the guide's findings work in the window, with what ships."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QDockWidget
from pytestqt.qtbot import QtBot

from auslan_explorer import paths
from auslan_explorer.analysis.predictions import accuracy_by_step, early_figures, predictions_for
from auslan_explorer.core.playing import Alignment
from auslan_explorer.core.splits import TEST
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
    qtbot.waitUntil(lambda: len(opened.model.rows) > 0)
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
    a = window.session.activations
    wrong = int((a.predicted != a.sign).sum())
    assert page.count.text().startswith(f"{wrong} of 2") and page.everything.text().casefold() == "select all"
    qtbot.mouseClick(page.everything, Qt.MouseButton.LeftButton)
    assert len(window.session.state.selected) == wrong


def test_the_closest_pairs_and_those_that_only_look_close(
    window: MainWindow, stability: StabilityDock, qtbot: QtBot
) -> None:
    header = stability.table.horizontalHeader()
    assert stability.model.headerData(1, Qt.Orientation.Horizontal) == "Apart"
    place = QPoint(header.sectionViewportPosition(1) + 4, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    first = sorted(stability.model.rows, key=lambda pair: (pair.article < 0, pair.path_rank))
    assert stability.model.rows[:40] == first[:40] and first[0].article >= 0 > first[39].article
    for words, pair, alike in (
        ("who soon", "soon – who", True),
        ("hurt all", "all – hurt", False),
        ("thank hot", "hot – thank", True),
        ("hear read", "hear – read", False),
    ):
        choose_pair(stability, words, qtbot)
        chosen = stability.model.rows[0]
        both = int(np.isin(window.session.activations.sign, [chosen.one, chosen.other]).sum())
        assert listed(stability, 1) == [pair] and len(window.session.state.selected) == both
        assert f"{chosen.path_maps} of {chosen.maps}" in stability.pair_said.text()
        assert ("not neighbours in the full space" in stability.pair_said.text()) is not alike


def test_how_early_it_knows(window: MainWindow, qtbot: QtBot) -> None:
    press(window, "Ctrl+Shift+J")
    opened = dock(window, "How early it knows")
    a = window.session.activations
    answers = predictions_for(a)
    assert answers is not None
    known = next(each for each in accuracy_by_step(a, answers, Alignment.NETWORK) if each.split == "test")
    early = early_figures(a, answers, known, np.flatnonzero(a.split == TEST))
    assert early is not None and early.mostly_known is not None
    right = f"right by step {early.mostly_known + 1}"
    qtbot.waitUntil(lambda: right in opened.said.text())
    said = opened.said.text().splitlines()[-1]
    assert f"half of the answers settle within {early.settled_share:.0%}" in said
