"""Points as a picture that NumPy has drawn, made when it is asked for or, where there is time, before that."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtGui import QImage

from auslan_explorer.gui.views.scatter3d.splat import coverage, faded, splat

STRONG = 178
"""Opacity (of 255) above which a point stands out and is drawn larger."""


@dataclass(frozen=True)
class Sight:
    """From where points are seen.

    Attributes
    ----------
    matrix : ndarray of float32, shape (4, 4)
        From the scene to clip coordinates, for row vectors.
    width, height : int
        Pixels of the picture.
    fog : tuple of float
        Nearest and farthest distance.
    """

    matrix: np.ndarray
    width: int
    height: int
    fog: tuple[float, float]

    def same(self, other: Sight | None) -> bool:
        """Return whether both see the same."""
        return (
            other is not None
            and (self.width, self.height, self.fog) == (other.width, other.height, other.fog)
            and np.array_equal(self.matrix, other.matrix)
        )


def rows_of(colours: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Return rows of RGBA bytes, shape (n, 4): as one number each, several times faster than as four."""
    return colours.view(np.uint32).take(rows).view(np.uint8).reshape(-1, 4)


class Splatted:
    """Keeps the colours that distance leaves, and the picture's memory, from one frame to the next."""

    def __init__(self) -> None:
        self._palette: np.ndarray | None = None
        self._strong = np.zeros(0, dtype=bool)
        self._opacity = np.zeros(256, dtype=np.uint8)
        self._canvas: QImage | None = None
        self._seen_from: Sight | None = None

    def forget(self, colours: bool = False) -> None:
        """Draw anew next time: points, how many of them, or also their colours have changed."""
        self._seen_from = None
        if colours:
            self._palette = None

    def take_colours(
        self, colours: np.ndarray, rows: np.ndarray, background: tuple[float, float, float], fog: float
    ) -> None:
        """Take the colours of points, rows of uint8, shape (n, 4), unless they are at hand; see `faded`."""
        if self._palette is not None:
            return
        colours = rows_of(colours, rows)
        self._palette = faded(colours, background, fog)
        self._strong = colours[:, 3] > STRONG
        weak = colours[:, 3][~self._strong]
        # The middle one by counting: sorting so many takes longer than drawing them.
        middle = int(np.searchsorted(np.bincount(weak).cumsum(), (len(weak) + 1) // 2)) if len(weak) else STRONG
        self._opacity = coverage(middle)

    def draw(self, places: np.ndarray, on_top: np.ndarray | None, sight: Sight) -> QImage:
        """Return the picture of the first points; colours must have been taken.

        Parameters
        ----------
        places : ndarray of float32, shape (3, n)
        on_top : ndarray of bool, shape (n,), or None
        sight : Sight

        Returns
        -------
        QImage
            RGBA, not premultiplied. Whoever paints on it must `forget` it.
        """
        size = sight.width, sight.height
        if self._canvas is None or (self._canvas.width(), self._canvas.height()) != size:
            # A picture of Qt's, so that words can be painted on it too.
            self._canvas = QImage(*size, QImage.Format.Format_RGBA8888)
            self._seen_from = None
        if not sight.same(self._seen_from):
            assert self._palette is not None
            n = places.shape[1]
            memory = np.frombuffer(self._canvas.bits(), dtype=np.uint32)
            palette, strong = self._palette[:, :n], self._strong[:n]
            splat(places, palette, sight.matrix, size, sight.fog, self._opacity, strong, on_top, memory)
            self._seen_from = sight
        return self._canvas
