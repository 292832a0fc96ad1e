"""Steps that are marked by keys below the units' heat map in the inspector."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from auslan_explorer.gui.inspector.inspector import Inspector
from auslan_explorer.gui.window.main_window import MainWindow
from tests.gui.inspector_parts import LEFT, settle


def test_steps_can_be_marked_with_the_keyboard(window: MainWindow, inspector: Inspector, qtbot: QtBot) -> None:
    page, first = inspector.recording, int(window.session.activations.first_step[7])
    window.session.update(selected=(7,), step=first + 2)
    settle(qtbot, window)
    page.units.setFocus()
    for _ in range(3):
        qtbot.keyClick(page.units, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    settle(qtbot, window)
    assert page.hint.text().startswith(f"From step {first + 3} to {first + 6} ") and page.elsewhere.rows
    assert window.session.state.step == first + 2
    for _ in range(3):
        qtbot.keyClick(page.units, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    settle(qtbot, window)
    assert page.hint.text().startswith("Drag") and not page.elsewhere.rows


def test_keys_mark_from_the_step_anew_once_the_pointer_was_at_the_ruler(
    window: MainWindow, inspector: Inspector, qtbot: QtBot
) -> None:
    page, first = inspector.recording, int(window.session.activations.first_step[7])
    window.session.update(selected=(7,), step=first + 2)
    settle(qtbot, window)
    for _ in range(3):
        qtbot.keyClick(page.units, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    area = page.units.area()
    qtbot.mouseClick(page.units, LEFT, pos=QPointF(area.center().x(), area.bottom() + 4).toPoint())
    settle(qtbot, window)
    assert page.hint.text().startswith("Drag"), "a click there marks nothing"
    qtbot.keyClick(page.units, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    settle(qtbot, window)
    assert page.hint.text().startswith(f"From step {first + 3} to {first + 4} ")
