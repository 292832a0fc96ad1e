"""Paint the whole window once per change: holds its repaint until the map's image has been rendered.

With software OpenGL, composing a window that holds an OpenGL view costs about as much as drawing one of its views.
Done twice for each step, once for the map and once for the rest, playback loses a fifth of its frames. One repaint also
keeps the views in step with each other.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

MAX_HOLD_MS = 60
"""Longest hold, so that the window responds even while the map renders slowly."""


class RepaintSync(QObject):
    """Holds the repaint of a window between `hold` and `release`, for at most `MAX_HOLD_MS`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._window: QWidget | None = None
        self._repaint_pending = False
        self._hold_timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._hold_timer.timeout.connect(self._request_repaint)

    @property
    def is_holding(self) -> bool:
        """Whether repaints are held."""
        return self._hold_timer.isActive()

    def set_window(self, window: QWidget) -> None:
        """Hold the repaints of `window` from now on, and no longer those of another."""
        if window is self._window:
            return
        self.release()
        if self._window is not None:
            self._window.removeEventFilter(self)
        self._window = window
        window.installEventFilter(self)

    def hold(self) -> None:
        """Start holding repaints; a call while they are held does not extend the time."""
        if not self.is_holding:
            self._hold_timer.start(MAX_HOLD_MS)

    def prolong(self, longest_ms: int) -> None:
        """If repaints are held, hold them for up to `longest_ms` milliseconds from now."""
        if self.is_holding:
            self._hold_timer.start(longest_ms)

    def release(self) -> None:
        """Stop holding, and request the repaint that was held, if any."""
        self._hold_timer.stop()
        self._request_repaint()

    def _request_repaint(self) -> None:
        if self._repaint_pending and self._window is not None:
            self._repaint_pending = False
            # With the priority that Qt gives it; Qt posts no other until this one has been handled.
            QCoreApplication.postEvent(
                self._window, QEvent(QEvent.Type.UpdateRequest), Qt.EventPriority.LowEventPriority.value
            )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Withhold the window's update requests while repaints are held."""
        if event.type() == QEvent.Type.UpdateRequest and self.is_holding:
            self._repaint_pending = True
            return True
        return False
