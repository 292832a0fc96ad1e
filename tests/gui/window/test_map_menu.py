"""A right click on a view offers what is under the pointer and what can be done with the view; a drag opens nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from auslan_explorer.core.session import Pointed
from auslan_explorer.gui.views.map2d.canvas import MapCanvas
from auslan_explorer.gui.views.panes import VIEWS
from auslan_explorer.gui.window.main_window import MainWindow
from tests.gui.window_parts import StandIn, made_up_activations, open_window


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    with open_window(qapp, qtbot, tmp_path, made_up_activations(), {2: VIEWS[2], 3: StandIn}) as opened:
        yield opened


def canvas(window: MainWindow) -> MapCanvas:
    assert window.views is not None
    view = window.views.panes[2].view
    assert isinstance(view, MapCanvas)
    return view


def opened_menu(window: MainWindow) -> QMenu | None:
    return next((menu for menu in window.findChildren(QMenu) if menu.title() == "Map" and menu.isVisible()), None)


def test_a_right_click_on_a_path_offers_it_and_its_sign(window: MainWindow, qtbot: QtBot) -> None:
    view, session = canvas(window), window.session
    qtbot.waitUntil(lambda: view.drawn_scene() is not None)
    session.point_at(Pointed(8, 16))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.RightButton, pos=QPoint(200, 200))
    qtbot.waitUntil(lambda: opened_menu(window) is not None)
    menu = opened_menu(window)
    assert menu is not None
    texts = [action.text() for action in menu.actions() if action.text()]
    name = session.activations.names[session.activations.sign[8]]
    assert name in texts[0] and name in texts[1] and "Zoom to what is shown" in texts and "Copy picture" in texts
    session.point_at(Pointed(8, 16))
    menu.actions()[1].trigger()
    assert session.state.selected == tuple(np.flatnonzero(session.activations.sign == 1))
    menu.actions()[0].trigger()
    assert session.state.selected == (8,)
    menu.close()


def test_a_right_drag_zooms_and_opens_nothing(window: MainWindow, qtbot: QtBot) -> None:
    view = canvas(window)
    qtbot.waitUntil(lambda: view.drawn_scene() is not None)
    QTest.mousePress(view.viewport(), Qt.MouseButton.RightButton, pos=QPoint(200, 200))
    for x in range(205, 260, 5):
        QTest.mouseMove(view.viewport(), QPoint(x, 200))
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.RightButton, pos=QPoint(260, 200))
    assert opened_menu(window) is None


def test_the_menu_key_opens_it_without_the_mouse(window: MainWindow, qtbot: QtBot) -> None:
    assert window.views is not None
    pane = window.views.panes[3]
    at = QPoint(20, 20)
    reason = QContextMenuEvent.Reason
    QApplication.sendEvent(pane, QContextMenuEvent(reason.Mouse, at, pane.mapToGlobal(at)))
    assert opened_menu(window) is None, "a press may become a drag"
    QApplication.sendEvent(pane, QContextMenuEvent(reason.Keyboard, at, pane.mapToGlobal(at)))
    menu = opened_menu(window)
    assert menu is not None and "Select" not in menu.actions()[0].text(), "nothing is pointed at"
    menu.close()
