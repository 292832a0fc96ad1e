"""The wheel over a box or slider without the keyboard focus scrolls the page instead of changing a value."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractSlider, QAbstractSpinBox, QApplication, QComboBox, QScrollBar, QWidget


def turns_with_wheel(widget: QWidget) -> bool:
    """Return whether the wheel would change a widget's value."""
    return isinstance(widget, QComboBox | QAbstractSpinBox | QAbstractSlider) and not isinstance(widget, QScrollBar)


class WheelGuard(QObject):
    """Event filter of the application that keeps the wheel from changing values by accident."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind not in (QEvent.Type.Wheel, QEvent.Type.Polish):
            return False
        if not isinstance(watched, QWidget) or not turns_with_wheel(watched):
            return False
        if kind == QEvent.Type.Polish:
            if watched.focusPolicy() == Qt.FocusPolicy.WheelFocus:
                # Otherwise Qt gives it the focus before the wheel reaches this filter.
                watched.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            return False
        if watched.hasFocus():
            return False
        # Ignored and filtered, the event goes on to the parent, which scrolls.
        event.ignore()
        return True
