"""Moving the 2-D map: keys that pan and zoom it, and when its image is rendered anew after it has moved."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

_ZOOMS = {Qt.Key.Key_Plus: 0.8, Qt.Key.Key_Equal: 0.8, Qt.Key.Key_Minus: 1.25}
_PANS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1)}
_PAN_FRACTION = 0.1
"""Fraction of the view that one key press pans it by."""
_IDLE_MS, _MAX_WAIT_MS = 50, 250
"""Time without movement until the timeout, and the longest time until one while the view keeps moving."""


def is_navigation_key(event: QKeyEvent) -> bool:
    """Return whether a key pans or zooms the map: plus, minus, or Alt with an arrow."""
    alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
    return event.key() in _ZOOMS or (alt and event.key() in _PANS)


def navigate(box: pg.ViewBox, event: QKeyEvent) -> None:
    """Pan or zoom a view box by a key for which `is_navigation_key` is true."""
    key = Qt.Key(event.key())
    if key in _ZOOMS:
        box.scaleBy((_ZOOMS[key], _ZOOMS[key]))
        return
    (left, right), (bottom, top) = box.viewRange()
    x, y = _PANS[key]
    box.translateBy((x * _PAN_FRACTION * (right - left), y * _PAN_FRACTION * (top - bottom)))


class IdleTimer(QObject):
    """Debounces the movement of a view.

    Signals
    -------
    timeout()
        The view has not moved for 50 ms, or it has been moving for 250 ms.
    """

    timeout = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timers = [QTimer(self, singleShot=True, interval=each) for each in (_IDLE_MS, _MAX_WAIT_MS)]
        for timer in self._timers:
            timer.timeout.connect(self._on_timeout)

    def restart(self) -> None:
        """Start waiting again, because the view has moved."""
        idle, longest = self._timers
        idle.start()
        if not longest.isActive():
            longest.start()

    def stop(self) -> None:
        """Wait no longer: what is due at the timeout has been done."""
        for timer in self._timers:
            timer.stop()

    def _on_timeout(self) -> None:
        self.stop()
        self.timeout.emit()
