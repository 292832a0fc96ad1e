"""Points as a picture that NumPy has drawn, made when it is asked for or, where there is time, before that."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtGui import QImage

from auslan_explorer.gui.views.scatter3d.splat import fog_palette, splat, stacked_opacity

LARGE_FROM_OPACITY = 178
"""Opacity (of 255) above which a point stands out and is drawn larger."""


@dataclass(frozen=True)
class SplatCamera:
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

    def equals(self, other: SplatCamera | None) -> bool:
        """Return whether both see the same."""
        return (
            other is not None
            and (self.width, self.height, self.fog) == (other.width, other.height, other.fog)
            and np.array_equal(self.matrix, other.matrix)
        )


def take_rows(colours: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Return rows of RGBA bytes, shape (n, 4): as one number each, several times faster than as four."""
    return colours.view(np.uint32).take(rows).view(np.uint8).reshape(-1, 4)


class SplatCache:
    """Keeps the colours that distance leaves, and the picture's memory, from one frame to the next."""

    def __init__(self) -> None:
        self._palette: np.ndarray | None = None
        self._large = np.zeros(0, dtype=bool)
        self._opacity = np.zeros(256, dtype=np.uint8)
        self._image: QImage | None = None
        self._drawn_camera: SplatCamera | None = None

    def invalidate(self, colours: bool = False) -> None:
        """Draw anew next time: points, how many of them, or also their colours have changed."""
        self._drawn_camera = None
        if colours:
            self._palette = None

    def set_colours(
        self, colours: np.ndarray, rows: np.ndarray, background: tuple[float, float, float], fog: float
    ) -> None:
        """Take the colours of points, rows of uint8, shape (n, 4), unless they are at hand; see `faded`."""
        if self._palette is not None:
            return
        colours = take_rows(colours, rows)
        self._palette = fog_palette(colours, background, fog)
        self._large = colours[:, 3] > LARGE_FROM_OPACITY
        weak = colours[:, 3][~self._large]
        # The middle one by counting: sorting so many takes longer than drawing them.
        middle = (
            int(np.searchsorted(np.bincount(weak).cumsum(), (len(weak) + 1) // 2)) if len(weak) else LARGE_FROM_OPACITY
        )
        self._opacity = stacked_opacity(middle)

    def draw(self, positions: np.ndarray, on_top: np.ndarray | None, camera: SplatCamera) -> QImage:
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
        size = camera.width, camera.height
        if self._image is None or (self._image.width(), self._image.height()) != size:
            # A picture of Qt's, so that words can be painted on it too.
            self._image = QImage(*size, QImage.Format.Format_RGBA8888)
            self._drawn_camera = None
        if not camera.equals(self._drawn_camera):
            assert self._palette is not None
            n = positions.shape[1]
            memory = np.frombuffer(self._image.bits(), dtype=np.uint32)
            palette, strong = self._palette[:, :n], self._large[:n]
            splat(positions, palette, camera.matrix, size, camera.fog, self._opacity, strong, on_top, memory)
            self._drawn_camera = camera
        return self._image
