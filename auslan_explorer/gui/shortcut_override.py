"""Keys that a focused widget keeps for itself although they are shortcuts of actions."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QSlider, QWidget

_PRESS = (Qt.Key.Key_Space,)
"""Space presses a focused button; elsewhere it is the shortcut for playback."""
_SLIDE = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End)


def own_keys(widget: QWidget) -> Collection[Qt.Key]:
    """Return the keys that a widget keeps while it has the focus.

    They are those of its attribute `own_keys`; without one, buttons and boxes keep Space, sliders what moves them.
    """
    declared: Collection[Qt.Key] | None = getattr(widget, "own_keys", None)
    if declared is not None:
        return declared
    if isinstance(widget, QSlider):
        return _SLIDE
    return _PRESS if isinstance(widget, QAbstractButton | QComboBox) else ()


class ShortcutOverride(QObject):
    """Event filter that sends the focused widget's own keys to it, instead of triggering their shortcuts."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        # Only what can have such keys is listened to: a filter on the application would hear every event there is.
        app.focusChanged.connect(self._watch)

    def _watch(self, _old: QWidget | None, focused: QWidget | None) -> None:
        if focused is not None and own_keys(focused):
            focused.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and isinstance(watched, QWidget)
            and event.modifiers() == Qt.KeyboardModifier.NoModifier
            and event.key() in own_keys(watched)
        ):
            # Accepted here, the key comes back as a plain press to the widget in place of the action's shortcut.
            event.accept()
            return True
        return False
