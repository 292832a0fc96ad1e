"""The wheel over a box, slider or row of tabs without the keyboard focus scrolls the page and changes nothing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractSlider, QAbstractSpinBox, QApplication, QComboBox, QScrollBar, QTabBar, QWidget

_TURNED = (QComboBox, QAbstractSpinBox, QAbstractSlider, QTabBar)


def turns_with_wheel(widget: QWidget) -> bool:
    """Return whether the wheel would change a widget's value, or its page."""
    return isinstance(widget, _TURNED) and not isinstance(widget, QScrollBar)


class WheelGuard(QObject):
    """Event filter of the application that keeps the wheel from changing values by accident.

    Made last of a window's parts: while a window is made, twenty thousand events come by, and to look at each of them
    took a quarter of the time.

    Parameters
    ----------
    parent : QWidget
        A window; what it holds by now is guarded too.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        # Those that were asked for their size are polished already.
        for kind in _TURNED:
            for widget in parent.findChildren(kind):
                _focus_without_wheel(widget)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # By its class first: every event of the program comes by, and to ask for a type takes many times as long.
        if isinstance(event, QWheelEvent):
            if not isinstance(watched, QWidget) or not turns_with_wheel(watched) or watched.hasFocus():
                return False
            # Ignored and filtered, the event goes on to the parent, which scrolls.
            event.ignore()
            return True
        if type(event) is QEvent and event.type() is QEvent.Type.Polish and isinstance(watched, QWidget):
            _focus_without_wheel(watched)
        return False


def _focus_without_wheel(widget: QWidget) -> None:
    """Keep Qt from giving a widget the focus for a turn of the wheel, before the filter hears of it."""
    if turns_with_wheel(widget) and widget.focusPolicy() == Qt.FocusPolicy.WheelFocus:
        widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
