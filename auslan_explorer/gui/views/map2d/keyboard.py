"""The keys that move the 2-D map: plus and minus zoom, Alt and the arrows pan."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_ZOOMS = {Qt.Key.Key_Plus: 0.8, Qt.Key.Key_Equal: 0.8, Qt.Key.Key_Minus: 1.25}
_PANS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1)}
_PAN_FRACTION = 0.1
"""Share of the view that one press moves it by."""


def is_navigation_key(event: QKeyEvent) -> bool:
    """Return whether a key moves the map."""
    alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
    return event.key() in _ZOOMS or (alt and event.key() in _PANS)


def navigate(box: pg.ViewBox, event: QKeyEvent) -> None:
    """Move the map as a key says that `moves`."""
    key = Qt.Key(event.key())
    if key in _ZOOMS:
        box.scaleBy((_ZOOMS[key], _ZOOMS[key]))
        return
    (left, right), (bottom, top) = box.viewRange()
    x, y = _PANS[key]
    box.translateBy((x * _PAN_FRACTION * (right - left), y * _PAN_FRACTION * (top - bottom)))
