"""Cache of the image of points that `splat` draws: drawn on request, or in advance while there is time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtGui import QImage

from auslan_explorer.gui.views.scatter3d.splat import LARGE_FROM_OPACITY, crowd_opacity, fog_palette, splat


@dataclass(frozen=True)
class SplatCamera:
    """Camera and image size of a splatted image.

    Attributes
    ----------
    matrix : ndarray of float32, shape (4, 4)
        From the scene to clip coordinates, for row vectors.
    width, height : int
        Size of the image in pixels.
    fog : tuple of float
        Nearest and farthest distance.
    """

    matrix: np.ndarray
    width: int
    height: int
    fog: tuple[float, float]

    def equals(self, other: SplatCamera | None) -> bool:
        """Return whether both give the same image."""
        return (
            other is not None
            and (self.width, self.height, self.fog) == (other.width, other.height, other.fog)
            and np.array_equal(self.matrix, other.matrix)
        )


class SplatCache:
    """Keeps palette, image and the image's memory from one frame to the next."""

    def __init__(self) -> None:
        self._palette: np.ndarray | None = None
        self._large = np.zeros(0, dtype=bool)
        self._opacity = np.zeros(256, dtype=np.uint8)
        self._image: QImage | None = None
        self._drawn_camera: SplatCamera | None = None

    def invalidate(self, colours: bool = False) -> None:
        """Draw the image anew on the next call, because points (or with `colours` also their colours) have changed."""
        self._drawn_camera = None
        if colours:
            self._palette = None

    @property
    def lacks_colours(self) -> bool:
        """Whether `set_colours` must be called before the next image."""
        return self._palette is None

    def set_colours(
        self, colours: np.ndarray, background: tuple[float, float, float], fog: float, every: int = 1
    ) -> None:
        """Set the colours of points, uint8, shape (n, 4), each of which stands for `every`; see `fog_palette`."""
        self._palette = fog_palette(colours, background, fog)
        self._large = colours[:, 3] > LARGE_FROM_OPACITY
        self._opacity = crowd_opacity(np.bincount(colours[:, 3], minlength=256), every)

    def draw(self, positions: np.ndarray, on_top: np.ndarray | None, camera: SplatCamera) -> QImage:
        """Return the image of the first n points; their colours must have been set.

        Parameters
        ----------
        positions : ndarray of float32, shape (3, n)
        on_top : ndarray of bool, shape (n,), or None
        camera : SplatCamera

        Returns
        -------
        QImage
            RGBA, not premultiplied. A caller that paints on it must call `invalidate`.
        """
        size = camera.width, camera.height
        if self._image is None or (self._image.width(), self._image.height()) != size:
            # An image of Qt's, so that text can be painted on it too.
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
