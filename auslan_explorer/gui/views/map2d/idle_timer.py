"""When a view that a person moves is drawn sharply: once the hand rests, and now and then while it does not."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

_IDLE_MS, _MAX_WAIT_MS = 50, 250
"""The hand rests after so long; a drag without rest is sharpened after so long all the same."""


class IdleTimer(QObject):
    """Waits for a hand to rest.

    Signals
    -------
    came()
        It rests, or has moved for long.
    """

    timeout = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timers = [QTimer(self, singleShot=True, interval=each) for each in (_IDLE_MS, _MAX_WAIT_MS)]
        for timer in self._timers:
            timer.timeout.connect(self._on_timeout)

    def restart(self) -> None:
        """Say that the hand has moved."""
        rest, latest = self._timers
        rest.start()
        if not latest.isActive():
            latest.start()

    def _on_timeout(self) -> None:
        for timer in self._timers:
            timer.stop()
        self.timeout.emit()
