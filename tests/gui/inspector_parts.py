"""Helpers shared by tests of the inspector."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from auslan_explorer.gui.widgets.row_list import RowList
from auslan_explorer.gui.window.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton


def settle(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until the inspector's timers and jobs have finished."""
    inspector = window.inspector_dock.inspector
    qtbot.waitUntil(lambda: not inspector._rest.isActive() and not window.jobs.running)


def click_row(qtbot: QtBot, rows: RowList, place: int) -> None:
    spot = rows.visualRect(rows.model().index(place, 0)).center()
    qtbot.mouseClick(rows.viewport(), LEFT, pos=spot)


def colour_at(widget: Any, spot: QPointF) -> QColor:
    image = widget.grab().toImage()
    ratio = image.devicePixelRatio()
    return image.pixelColor(round(spot.x() * ratio), round(spot.y() * ratio))
