"""Timed animations between maps and of selections, and the setting that turns them off."""

from __future__ import annotations

import time

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

REDUCE_MOTION_PROPERTY = "reduce_motion"
"""Property of the application: whether animations are off."""
TRANSITION_SECONDS, FADE_SECONDS = 0.4, 0.12
_FRAME_MS = 16


def motion_reduced() -> bool:
    """Return whether animations are turned off."""
    app = QCoreApplication.instance()
    return app is not None and bool(app.property(REDUCE_MOTION_PROPERTY))


def reduce_motion(reduced: bool) -> None:
    """Turn animations off or on for the whole program."""
    app = QCoreApplication.instance()
    if app is not None:
        app.setProperty(REDUCE_MOTION_PROPERTY, reduced)


class Animation(QObject):
    """Timed animation from 0 to 1 with an ease-in and ease-out curve; can be restarted and stopped.

    Parameters
    ----------
    parent : QObject
    seconds : float
        Duration.

    Signals
    -------
    progressed(fraction)
        Progress about every 16 ms, 0 to 1; the last is exactly 1. With animations turned off, only the last is sent.
    """

    progressed = Signal(float)

    def __init__(self, parent: QObject, seconds: float = TRANSITION_SECONDS) -> None:
        super().__init__(parent)
        self._seconds = seconds
        self._started = 0.0
        self._timer = QTimer(self, interval=_FRAME_MS)
        self._timer.timeout.connect(self._on_tick)

    @property
    def is_active(self) -> bool:
        """Whether the animation is running."""
        return self._timer.isActive()

    def start(self) -> None:
        """Start or restart the animation."""
        if motion_reduced():
            self._timer.stop()
            self.progressed.emit(1.0)
            return
        self._started = time.monotonic()
        self._timer.start()

    def stop(self) -> None:
        """Stop without further signals."""
        self._timer.stop()

    def _on_tick(self) -> None:
        done = (time.monotonic() - self._started) / self._seconds
        if done >= 1:
            self._timer.stop()
        fraction = min(done, 1.0)
        self.progressed.emit(fraction * fraction * (3 - 2 * fraction))
