"""Motion that explains, that a person can do without: 400 ms from one map to the next, 120 ms to a selection."""

from __future__ import annotations

import time

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

REDUCE = "reduce_motion"
"""Property of the application: whether things jump in place of moving."""
MORPH_SECONDS, FADE_SECONDS = 0.4, 0.12
_FRAME_MS = 16


def motion_reduced() -> bool:
    """Return whether the person wants things to jump in place of moving."""
    app = QCoreApplication.instance()
    return app is not None and bool(app.property(REDUCE))


def reduce_motion(reduced: bool) -> None:
    """Let things jump from now on, or move again; for the whole program."""
    app = QCoreApplication.instance()
    if app is not None:
        app.setProperty(REDUCE, reduced)


class Glide(QObject):
    """From 0 to 1, slowly at both ends; can be begun anew and stopped at any time.

    Parameters
    ----------
    parent : QObject
    seconds : float

    Signals
    -------
    moved(share)
        The last one is exactly 1; the only one where motion is reduced.
    """

    moved = Signal(float)

    def __init__(self, parent: QObject, seconds: float = MORPH_SECONDS) -> None:
        super().__init__(parent)
        self._seconds = seconds
        self._began = 0.0
        self._timer = QTimer(self, interval=_FRAME_MS)
        self._timer.timeout.connect(self._tick)

    @property
    def active(self) -> bool:
        return self._timer.isActive()

    def start(self) -> None:
        """Begin, or begin anew."""
        if motion_reduced():
            self._timer.stop()
            self.moved.emit(1.0)
            return
        self._began = time.monotonic()
        self._timer.start()

    def stop(self) -> None:
        """Stay where it is; nothing more is said."""
        self._timer.stop()

    def _tick(self) -> None:
        done = (time.monotonic() - self._began) / self._seconds
        if done >= 1:
            self._timer.stop()
        share = min(done, 1.0)
        self.moved.emit(share * share * (3 - 2 * share))
