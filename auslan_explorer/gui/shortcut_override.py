"""Keys that a focused widget keeps for itself although they are shortcuts of actions."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

PRESS_KEYS = (Qt.Key.Key_Space,)
"""Space presses a focused button; elsewhere it is the shortcut for playback."""


class _ShortcutOverride(QObject):
    """Event filter that overrides shortcuts for the keys of one widget."""

    def __init__(self, widget: QWidget, keys: tuple[Qt.Key, ...]) -> None:
        super().__init__(widget)
        self._keys = keys
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.modifiers() == Qt.KeyboardModifier.NoModifier
            and event.key() in self._keys
        ):
            # Accepted here, the key comes back as a plain press to the widget in place of the action's shortcut.
            event.accept()
            return True
        return False


def override_shortcuts(widget: QWidget, keys: tuple[Qt.Key, ...] = PRESS_KEYS) -> None:
    """Send these keys to `widget` while it has the focus, instead of triggering their shortcuts."""
    _ShortcutOverride(widget, keys)
