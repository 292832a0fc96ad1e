"""Keys that a focused widget keeps for itself although they are shortcuts of actions."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QComboBox, QSlider, QWidget

_PRESS = (Qt.Key.Key_Space,)
"""Space presses a button reached by the keyboard; elsewhere, and after a click, it is the shortcut for playback."""
_LEAVES_SPACE = (*_PRESS, Qt.Key.Key_Escape)
_BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
    Qt.FocusReason.OtherFocusReason,
)
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
    """Event filter that sends the focused widget's own keys to it, instead of triggering their shortcuts.

    After a click anywhere in the window, on what takes no focus too, and after Escape the focused widget leaves Space
    to playback until another key is pressed in it: a person who works with the mouse expects Space to play, and not to
    press once more what was clicked before.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._clicked: QWidget | None = None
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        # Only what can have such keys is listened to: a filter on the application would hear every event there is.
        app.focusChanged.connect(self._watch)

    def _watch(self, _old: QWidget | None, focused: QWidget | None) -> None:
        if focused is not None and own_keys(focused):
            focused.installEventFilter(self)
            handle = focused.window().windowHandle()
            if handle is not None:
                # It hears of the clicks on what takes no focus, as buttons of a toolbar.
                handle.installEventFilter(self)
            if isinstance(focused, QAbstractScrollArea):
                # It gets the focus, its viewport the click.
                focused.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.MouseButtonPress:
            self._clicked = QApplication.focusWidget()
        elif not isinstance(watched, QWidget):
            return False
        elif (
            kind == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and event.key() not in own_keys(watched)
        ):
            self._clicked = watched
        elif (isinstance(event, QFocusEvent) and event.reason() in _BY_KEYBOARD and event.gotFocus()) or (
            kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() not in _LEAVES_SPACE
        ):
            self._clicked = None
        elif (
            kind == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.modifiers() == Qt.KeyboardModifier.NoModifier
            and event.key() in own_keys(watched)
            and not (event.key() in _PRESS and watched is self._clicked)
        ):
            # Accepted here, the key comes back as a plain press to the widget in place of the action's shortcut.
            event.accept()
            return True
        return False
