"""One picture of the window for one change: the rest of it waits for the map's image, and all is painted at once.

Putting a window with an OpenGL view in it together costs about as much as drawing one of its views where the processor
draws; done twice for each step, once for the map and once for the rest, playback loses a fifth of its frames. The views
also move as one then.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

MAX_HOLD_MS = 60
"""What else has changed waits no longer than this, so that the window answers also where the map takes its time."""


class RepaintSync(QObject):
    """Holds back a window's painting between `hold` and `release`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._window: QWidget | None = None
        self._repaint_pending = False
        self._hold_timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._hold_timer.timeout.connect(self._request_repaint)

    @property
    def is_holding(self) -> bool:
        """Whether painting is held back."""
        return self._hold_timer.isActive()

    def set_window(self, window: QWidget) -> None:
        """Take charge of the window that the views are in now."""
        if window is self._window:
            return
        self.release()
        if self._window is not None:
            self._window.removeEventFilter(self)
        self._window = window
        window.installEventFilter(self)

    def hold(self) -> None:
        """Hold painting back; asked again while it does, the time goes on from the first asking."""
        if not self.is_holding:
            self._hold_timer.start(MAX_HOLD_MS)

    def prolong(self, longest_ms: int) -> None:
        """Go on holding painting back, if it is held back, for `longest_ms` from now at most."""
        if self.is_holding:
            self._hold_timer.start(longest_ms)

    def release(self) -> None:
        """Paint now what was held back."""
        self._hold_timer.stop()
        self._request_repaint()

    def _request_repaint(self) -> None:
        if self._repaint_pending and self._window is not None:
            self._repaint_pending = False
            # As Qt posts it: it asks once, and asks no more until this has come.
            QCoreApplication.postEvent(
                self._window, QEvent(QEvent.Type.UpdateRequest), Qt.EventPriority.LowEventPriority.value
            )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the window's own request to paint."""
        if event.type() == QEvent.Type.UpdateRequest and self.is_holding:
            self._repaint_pending = True
            return True
        return False
