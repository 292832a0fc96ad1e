"""Draws a map as a thumbnail, for lists."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QImage

from auslan_explorer.core.colours import time_table
from auslan_explorer.core.projection import signed_log
from auslan_explorer.draw.picture import encode_png
from auslan_explorer.draw.raster import Raster
from auslan_explorer.draw.view import Camera, View2D, Viewport

SIDE = 192
_MOST_POINTS = 40_000
_RADIUS, _ALPHA = 1.1, 0.25
_EDGE = 6.0


def thumbnail(points: np.ndarray, steps: np.ndarray, side: int = SIDE) -> bytes:
    """Draw a map as PNG without background, for light and dark themes; needs no window.

    Parameters
    ----------
    points : ndarray of float32, shape (real steps, dims)
        Bottleneck values, before any signed log.
    steps : ndarray of int, shape (real steps,)
        The network's step of each, for its colour.
    side : int
        Width and height in pixels.
    """
    if len(points) > _MOST_POINTS:
        few = np.linspace(0, len(points) - 1, _MOST_POINTS).astype(np.int64)
        points, steps = points[few], steps[few]
    sheet = Raster(side, side)
    if len(points):
        places = signed_log(points).astype(np.float32)
        low, high = places.min(axis=0), places.max(axis=0)
        view: Viewport
        if places.shape[1] == 3:
            view = Camera.fit(low, high, side, side)
        else:
            view = View2D.fit(low, high, side, side, (_EDGE, _EDGE, _EDGE, _EDGE))
        x, y = view.to_pixels(places)
        sheet.points(x, y, time_table(int(steps.max()) + 1)[steps], _RADIUS, _ALPHA)
    pixels = sheet.composite_over(None)
    image = QImage(pixels.data, side, side, 4 * side, QImage.Format.Format_ARGB32_Premultiplied)
    return encode_png(image)
