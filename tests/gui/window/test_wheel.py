"""The wheel never changes a value by accident."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QScrollBar,
    QSpinBox,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from auslan_explorer.gui.wheel_guard import turns_with_wheel
from auslan_explorer.gui.window.main_window import MainWindow
from tests.gui.window.test_access import DIALOGS
from tests.gui.window_parts import open_window


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    with open_window(qapp, qtbot, tmp_path / "window.ini") as shown:
        yield shown


def turn_wheel(app: QApplication, widget: QWidget, delta: int) -> None:
    at = QPointF(widget.rect().center())
    event = QWheelEvent(
        at,
        QPointF(widget.mapToGlobal(at.toPoint())),
        QPoint(),
        QPoint(0, delta),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    app.sendEvent(widget, event)


def value(widget: QWidget) -> object:
    if isinstance(widget, QComboBox):
        return widget.currentIndex()
    return widget.text() if isinstance(widget, QAbstractSpinBox) else widget.property("value")


def test_the_wheel_changes_no_box_without_the_focus(window: MainWindow, qapp: QApplication) -> None:
    for name in ("inspector", "retrain", "runs", "quality", "stability"):
        window.docks.show(name)
        qapp.processEvents()
    found = [
        widget
        for widget in window.findChildren(QWidget)
        if isinstance(widget, QComboBox | QAbstractSpinBox | QAbstractSlider) and not isinstance(widget, QScrollBar)
    ]
    assert len(found) > 3
    for widget in found:
        widget.clearFocus()
        before = value(widget)
        for delta in (-120, 120, 120):
            turn_wheel(qapp, widget, delta)
        assert value(widget) == before, widget.accessibleName()
        if widget.isVisible():
            assert widget.focusPolicy() != Qt.FocusPolicy.WheelFocus, widget.accessibleName()


def test_the_wheel_over_the_tabs_of_a_dock_leaves_its_page(window: MainWindow, qapp: QApplication) -> None:
    tried = 0
    for name in window.docks.names:
        window.docks.show(name)
        for tabs in (each for each in window.findChildren(QTabBar) if each.isVisible() and each.count() > 1):
            # Another page comes with a head of its own, whose tabs are where they were: the page itself tells.
            for delta in (-120, -120, 120):
                turn_wheel(qapp, tabs, delta)
            assert window.docks.shown(name), f"{name}: {tabs.accessibleName()}"
            tried += 1
    assert tried > 10


def test_the_wheel_changes_no_box_of_any_dialog(window: MainWindow, qapp: QApplication) -> None:
    tried = 0
    for key in DIALOGS:
        window.actions_[key].trigger()
        qapp.processEvents()
        shown = next(each for each in qapp.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible())
        for widget in (each for each in shown.findChildren(QWidget) if turns_with_wheel(each)):
            widget.clearFocus()
            before = value(widget)
            for delta in (-120, 120, 120):
                turn_wheel(qapp, widget, delta)
            assert value(widget) == before, f"{key}: {widget.accessibleName()}"
            tried += 1
        shown.close()
    assert tried > 20


def test_the_wheel_turns_the_box_that_has_the_focus(window: MainWindow, qapp: QApplication, qtbot: QtBot) -> None:
    box = QSpinBox(window)
    box.show()
    box.setFocus()
    qtbot.waitUntil(box.hasFocus)
    turn_wheel(qapp, box, 120)
    assert box.value() == 1
