"""Draws a decision landscape over a 2-D map: regions of answers, how sure they are, and where no real state is.

All is drawn as a veil of the text's colour, so that paths shine through as if they lay above it.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from auslan_explorer.core.landscape import Landscape

from .scene import Scene
from .theme import Theme
from .view import View2D, Viewport

_MOST_PIXELS = 1_500_000
"""A finer veil would take long to compute and show no more."""
_BORDER, _UNSURE, _HATCH = 0.5, 0.16, 0.22
"""Opacity of the veil at borders, where the network is least sure, and in the lines of the hatching."""
_HATCH_STEP = 9


def paint_landscape(painter: QPainter, scene: Scene, view: Viewport, theme: Theme, scale: float) -> None:
    """Draw the scene's landscape, if it has one, in a view of its map."""
    if scene.landscape is None or not isinstance(view, View2D):
        return
    ratio = painter.device().devicePixelRatioF()
    fine = min(ratio, (_MOST_PIXELS / (view.width * view.height)) ** 0.5)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(QRectF(0, 0, view.width, view.height), _veil(scene.landscape, view, theme, fine, scale * fine))


@lru_cache(maxsize=4)
def _veil(landscape: Landscape, view: View2D, theme: Theme, fine: float, unit: float) -> QImage:
    """Return the veil of a view, `fine` pixels a logical one; lines are `unit` pixels apart for each of theirs."""
    from scipy import ndimage  # see `draw.landscape.regions`

    width, height = max(round(view.width * fine), 1), max(round(view.height * fine), 1)
    across = view.left + (np.arange(width) + 0.5) / width * (view.right - view.left)
    down = view.top + (np.arange(height) + 0.5) / height * (view.bottom - view.top)
    inside = _within(down, landscape, 1)[:, None] & _within(across, landscape, 0)
    answer = landscape.answer[np.ix_(_nearest(down, landscape, 1), _nearest(across, landscape, 0))]
    border = np.zeros((height, width), dtype=bool)
    border[:, 1:] = answer[:, 1:] != answer[:, :-1]
    border[1:] |= answer[1:] != answer[:-1]
    certainty = _smooth(landscape.certainty, landscape, down, across)
    far = _smooth(landscape.distance, landscape, down, across) > landscape.far_from
    step = max(round(_HATCH_STEP * unit), 3)
    diagonal = (np.arange(height)[:, None] + np.arange(width)) % step < max(unit, 1)
    alpha = _UNSURE * (1 - certainty)
    alpha[far & diagonal] += _HATCH
    # Softened, since borders run along pixels.
    alpha = np.maximum(alpha, _BORDER * np.minimum(1.6 * ndimage.gaussian_filter(border.astype(np.float32), 0.6), 1))
    alpha[~inside] = 0
    pixels = np.empty((height, width, 4), dtype=np.uint8)
    pixels[..., 3] = np.clip(alpha, 0, 1) * 255
    pixels[..., 2::-1] = np.array(theme.foreground, dtype=np.uint8)
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32).copy()


def _share(at: np.ndarray, landscape: Landscape, axis: int) -> np.ndarray:
    return np.asarray((at - landscape.low[axis]) / (landscape.high[axis] - landscape.low[axis]))


def _within(at: np.ndarray, landscape: Landscape, axis: int) -> np.ndarray:
    share = _share(at, landscape, axis)
    return np.asarray((share >= 0) & (share <= 1))


def _nearest(at: np.ndarray, landscape: Landscape, axis: int) -> np.ndarray:
    last = landscape.answer.shape[1 - axis] - 1
    return np.clip(np.rint(_share(at, landscape, axis) * last), 0, last).astype(np.intp)


def _smooth(values: np.ndarray, landscape: Landscape, down: np.ndarray, across: np.ndarray) -> np.ndarray:
    """Return coarse values between their nodes, at the pixels of rows and columns."""
    rows, columns = (_weights(_share(at, landscape, axis), size) for at, axis, size in (
        (down, 1, values.shape[0]), (across, 0, values.shape[1])
    ))  # fmt: skip
    return np.asarray(rows @ values @ columns.T)


def _weights(share: np.ndarray, nodes: int) -> np.ndarray:
    at = np.clip(share, 0, 1) * (nodes - 1)
    return np.maximum(1 - np.abs(at[:, None] - np.arange(nodes)), 0).astype(np.float32)
