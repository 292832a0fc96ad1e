"""Buttons of the toolbar say the state of their menus in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from auslan_explorer.core.session import Colouring
from auslan_explorer.core.splits import NO_SPLIT, TEST, TRAIN
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.window.main_window import MainWindow
from tests.gui.window_parts import made_up_activations, open_window


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    with open_window(qapp, qtbot, tmp_path / "window.json") as shown:
        shown.resize(1500, 800)
        yield shown


def button(window: MainWindow, title: str) -> QToolButton:
    """Return the button of a menu."""
    return next(each for each in window.toolbar.findChildren(QToolButton) if each.text().startswith(title))


def test_splits_and_colour_say_their_state_in_words(window: MainWindow) -> None:
    splits, colour = button(window, "Splits"), button(window, "Colour")
    assert (splits.text(), colour.text()) == ("Splits: all", "Colour: time")
    window.actions_[ActionId.TRAIN].trigger()
    assert splits.text() == splits.accessibleName() == splits.toolTip() == "Splits: validation, test"
    window.session.update(splits=frozenset(), colouring=Colouring.SIGN)
    assert (splits.text(), colour.text()) == ("Splits: none", "Colour: sign")
    window.docks.show("hands")
    assert colour.text() == "Colour: sign", "a dock in its menu is no colouring"


def test_where_splits_are_not_known_none_is_said(window: MainWindow) -> None:
    a = made_up_activations()
    window.session.open(replace(a, split=np.full(len(a), NO_SPLIT, np.uint8)))
    assert button(window, "Splits").text() == "Splits"


def test_a_longer_text_pushes_no_button_out_of_the_window(window: MainWindow) -> None:
    for width in range(1024, 1500, 40):
        window.resize(width, 800)
        for splits in (frozenset({TRAIN, TEST}), frozenset({TEST}), frozenset()):
            window.session.update(splits=splits)
            QApplication.processEvents()
            last = window.toolbar.inspector
            assert last.isVisible() and last.mapTo(window, last.rect().topRight()).x() < window.width() == width


def test_as_the_window_narrows_switches_lose_their_words_first_and_menus_last(window: MainWindow) -> None:
    buttons = {each.defaultAction(): each for each in window.toolbar.findChildren(QToolButton)}
    groups = [
        [buttons[window.actions_[key]] for key in (ActionId.POINTS, ActionId.LINES, ActionId.LAST_ONLY)],
        [buttons[window.actions_[key]] for key in (ActionId.LAYOUT_2D, ActionId.LAYOUT_BOTH, ActionId.TOOL_LASSO)],
        [window.toolbar.search],
        [button(window, "Splits"), button(window, "Colour")],
    ]
    with_words = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
    QApplication.processEvents()
    seen = []
    for width in range(2600, 400, -40):
        window.toolbar.resize(width, window.toolbar.height())
        worded = [{each.toolButtonStyle() is with_words for each in group} for group in groups]
        assert all(len(group) == 1 for group in worded)
        seen.append([group.pop() for group in worded])
    assert all(state == sorted(state) for state in seen), "a group has no words before the one that follows it"
    assert list(dict.fromkeys(map(sum, seen))) == [4, 3, 2, 1, 0]


def test_an_action_is_checked_while_the_dock_that_it_opens_is_shown(window: MainWindow) -> None:
    opens = {
        ActionId.INSPECTOR: "inspector",
        ActionId.QUALITY_DOCK: "quality",
        ActionId.STABILITY_DOCK: "stability",
        ActionId.RETRAIN: "retrain",
        ActionId.RUNS: "runs",
        ActionId.HAND_USAGE: "hands",
        ActionId.ACCURACY: "answers",
    }
    for shown in (True, False):
        for name in opens.values():
            window.docks.show(name, False)
        for key, name in opens.items():
            if not shown:
                window.docks.show(name)
            window.actions_[key].trigger()
            assert window.docks.shown(name) is shown
            checked = {each for each in opens if window.actions_[each].isChecked()}
            assert checked == {each for each, dock in opens.items() if window.docks.shown(dock)}
