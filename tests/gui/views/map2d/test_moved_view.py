"""Once a person has moved the map, by hand or by keys, it stays where it is when the window becomes another size."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auslan_explorer.gui.views.map2d.canvas import MapCanvas

LEFT, ALT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.AltModifier


def drag(canvas: MapCanvas) -> None:
    view = canvas.viewport()
    QTest.mousePress(view, LEFT, pos=QPoint(200, 200))
    for x in (220, 250, 280):
        QTest.mouseMove(view, QPoint(x, 230))
        QApplication.processEvents()
    QTest.mouseRelease(view, LEFT, pos=QPoint(280, 230))


def turn_wheel(canvas: MapCanvas) -> None:
    view, at = canvas.viewport(), QPointF(300, 220)
    nowhere, button, none = QPoint(), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    turn = QWheelEvent(
        at, view.mapToGlobal(at), nowhere, QPoint(0, 120), button, none, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(view, turn)


MOVES: dict[str, Callable[[MapCanvas], object]] = {
    "plus": lambda canvas: QTest.keyClick(canvas, Qt.Key.Key_Plus),
    "minus": lambda canvas: QTest.keyClick(canvas, Qt.Key.Key_Minus),
    "Alt and an arrow": lambda canvas: QTest.keyClick(canvas, Qt.Key.Key_Up, ALT),
    "wheel": turn_wheel,
    "drag": drag,
}


@pytest.mark.parametrize("name", MOVES)
def test_a_view_that_was_moved_stays_and_one_that_was_reset_fits(name: str, canvas: MapCanvas, qtbot: QtBot) -> None:
    def middle() -> tuple[float, float, float]:
        view = canvas.view()
        return (view.left + view.right) / 2, (view.bottom + view.top) / 2, (view.right - view.left) / canvas.width()

    fitted = middle()
    MOVES[name](canvas)
    moved = middle()
    assert moved != pytest.approx(fitted)
    canvas.resize(500, 450)
    QApplication.processEvents()
    assert middle()[:2] == pytest.approx(moved[:2], abs=1e-6)
    QTest.keyClick(canvas, Qt.Key.Key_0)
    canvas.resize(640, 520)
    QApplication.processEvents()
    assert middle() == pytest.approx(fitted, rel=1e-3)
