"""The points and lines that a raster counts, until they are turned into ink band by band."""

from __future__ import annotations

import numpy as np

from .raster_adding import Adder
from .raster_counts import PointCounts
from .raster_lines import LineCounts

CountedPoints = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]
"""x, y, colours, optical depths and widths of the edges of points, one for each pixel that any were counted on."""


class Crowd:
    """Counts of points of one size and of lines of one width, each of one optical depth.

    Parameters
    ----------
    rows, stride : int
        Shape of the sheet.

    Attributes
    ----------
    radius : float
        Of the points.
    """

    def __init__(self, rows: int, stride: int) -> None:
        self._rows, self._stride = rows, stride
        self._adding = Adder()
        self._points: PointCounts | None = None
        self._lines: LineCounts | None = None
        self.radius = 0.0
        self._depth = self._line_depth = np.float32(0)

    @property
    def has_lines(self) -> bool:
        """Whether lines were counted."""
        return self._lines is not None

    def room_for_points(self, radius: float, depth: np.float32) -> int:
        """Return how many points can be counted with those that are there; none if they do not go together."""
        if self._points is None:
            self._points = PointCounts(self._rows, self._stride, self._adding)
            self.radius, self._depth = radius, depth
        if (self.radius, self._depth) != (radius, depth):
            return 0
        if not self._points.room:
            self._points.make_room()
        return self._points.room

    def count_points(self, x: np.ndarray, y: np.ndarray, rgb: np.ndarray) -> None:
        """Count points for which there is room; parameters as of `PointCounts.add`."""
        assert self._points is not None
        self._points.add(x, y, rgb)

    def room_for_lines(self, rgb: np.ndarray, depth: np.float32) -> int:
        """Return how many lines can be counted with those that are counted already; none if they do not go together."""
        if self._lines is None:
            self._lines, self._line_depth = LineCounts(self._rows, self._stride, self._adding), depth
        if depth != self._line_depth or not self._lines.accepts(rgb):
            return 0
        if not self._lines.room:
            self._lines.make_room()
        return self._lines.room

    def count_lines(self, x0: np.ndarray, y0: np.ndarray, x1: np.ndarray, y1: np.ndarray, rgb: np.ndarray) -> None:
        """Count lines for which there is room; parameters as of `LineCounts.add`."""
        assert self._lines is not None
        self._lines.add(x0, y0, x1, y1, rgb)

    def points_of(self, band: slice) -> CountedPoints | None:
        """Return one point for each pixel of some rows: x, y, colour, depth, softness; None where none was counted."""
        if self._points is None:
            return None
        x, y, rgb, number, softness = self._points.take(band)
        return x, y, rgb, number * self._depth, softness

    def lines_of(self, band: slice) -> tuple[np.ndarray, list[np.ndarray]] | None:
        """Return the depth of lines on some rows, and the three colours weighted by it; None where there are none."""
        if self._lines is None:
            return None
        ink, colours = self._lines.take(band)
        return ink * self._line_depth, [colour * self._line_depth for colour in colours]
