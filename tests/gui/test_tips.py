"""Tips of plots tell of the place under the pointer, wherever the plot stands on the screen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from auslan_explorer.gui.inspector.attribution_map import AttributionMap
from auslan_explorer.gui.inspector.confusion_matrix import ConfusionMatrix
from auslan_explorer.gui.inspector.signal_plot import SignalPlot
from auslan_explorer.gui.inspector.unit_heatmap import UnitHeatmap
from auslan_explorer.gui.quality.ensemble_grid import EnsembleGrid
from tests.gui.test_known_drawings import FIRST, LENGTH, attribution, maps, matrix, units


@pytest.fixture
def window(qtbot: QtBot, light_theme: None) -> Iterator[QWidget]:
    made = QWidget()
    qtbot.addWidget(made)
    made.move(150, 130)
    made.resize(500, 500)
    made.show()
    yield made


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[QPoint, str]]:
    """Where tips were shown, and what they said."""
    shown: list[tuple[QPoint, str]] = []
    monkeypatch.setattr(QToolTip, "showText", lambda at, text, *_: shown.append((at, text)))
    return shown


def tip(part: QWidget, at: QPointF, told: list[tuple[QPoint, str]]) -> str:
    place = at.toPoint()
    told.clear()
    QApplication.sendEvent(part, QHelpEvent(QHelpEvent.Type.ToolTip, place, part.mapToGlobal(place)))
    ((where, text),) = told
    assert where == part.mapToGlobal(place)
    return text


@pytest.mark.parametrize("make", [AttributionMap, ConfusionMatrix, EnsembleGrid, SignalPlot, UnitHeatmap])
def test_a_plot_that_shows_nothing_says_nothing(
    window: QWidget, make: type[QWidget], told: list[tuple[QPoint, str]]
) -> None:
    part = make(window)
    part.setGeometry(40, 30, 380, 200)
    part.show()
    for place in (QPoint(20, 20), QPoint(200, 100), QPoint(370, 190)):
        QApplication.sendEvent(part, QHelpEvent(QHelpEvent.Type.ToolTip, place, part.mapToGlobal(place)))
        QTest.mouseMove(part, place)
        QTest.mouseClick(part, Qt.MouseButton.LeftButton, pos=place)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(part, key, Qt.KeyboardModifier.ShiftModifier)
    part.grab()
    assert not [text for _, text in told if text]


def test_tips_tell_of_what_is_under_the_pointer(window: QWidget, told: list[tuple[QPoint, str]]) -> None:
    heat, cells, confusions, ensemble = (make(window) for make in (units, attribution, matrix, maps))
    for part in (heat, cells, ensemble):
        part.setGeometry(40, 30, 380, part.sizeHint().height())
    confusions.move(40, 30)
    order, states = heat._order, heat._states
    area = heat.area()
    for row, column in ((0, 0), (2, 7), (4, LENGTH - 1)):
        at = QPointF(
            area.left() + (column + 0.5) * area.width() / LENGTH, area.top() + (row + 0.5) * area.height() / len(order)
        )
        text = tip(heat, at, told)
        assert f"unit {order[row] + 1}" in text.lower() and f"step {FIRST + column + 1}" in text
        assert f"{states[column, order[row]]:+.2f}".replace("-", "−") in text.replace("-", "−")
    assert f"step {FIRST + 4}:" in tip(
        cells, QPointF(cells.area().left() + 3.5 * cells.area().width() / LENGTH, 20), told
    )
    assert tip(confusions, confusions.cell(1, 2).center(), told) == confusions.describe_cell(1, 2)
    assert tip(ensemble, ensemble._cell(1).center(), told).startswith("Seed 7")
