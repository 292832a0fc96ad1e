"""One picture of the window for one change: the rest of it waits for the map's image, and all is painted at once.

Putting a window with an OpenGL view in it together costs about as much as drawing one of its views where the processor
draws; done twice for each step, once for the map and once for the rest, playback loses a fifth of its frames. The views
also move as one then.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

LONGEST_MS = 60
"""What else has changed waits no longer than this, so that the window answers also where the map takes its time."""


class RepaintSync(QObject):
    """Holds back a window's painting between `hold` and `release`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._window: QWidget | None = None
        self._held = False
        self._limit = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._limit.timeout.connect(self._paint)

    @property
    def holds(self) -> bool:
        """Whether painting is held back."""
        return self._limit.isActive()

    def follow(self, window: QWidget) -> None:
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
        if not self.holds:
            self._limit.start(LONGEST_MS)

    def prolong(self, longest_ms: int) -> None:
        """Go on holding painting back, if it is held back, for `longest_ms` from now at most."""
        if self.holds:
            self._limit.start(longest_ms)

    def release(self) -> None:
        """Paint now what was held back."""
        self._limit.stop()
        self._paint()

    def _paint(self) -> None:
        if self._held and self._window is not None:
            self._held = False
            # As Qt posts it: it asks once, and asks no more until this has come.
            QCoreApplication.postEvent(
                self._window, QEvent(QEvent.Type.UpdateRequest), Qt.EventPriority.LowEventPriority.value
            )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the window's own request to paint."""
        if event.type() == QEvent.Type.UpdateRequest and self.holds:
            self._held = True
            return True
        return False
