"""Viewports from a map's coordinates to pixels: a rectangle of a 2-D map, and a camera for 3-D."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from typing import Protocol

import numpy as np

_LOOKS_BELOW = 0.05
"""Offset of the camera's target below the middle of a map at 45 degrees of elevation, as a fraction of its height."""
_NEAREST = 0.9
"""How far towards the camera a box may reach for its corners to tell where it is seen, as part of its distance."""

Edges = tuple[float, float, float, float]
"""Left, top, right and bottom, pixels."""


class Viewport(Protocol):
    """Protocol of a viewport, which maps positions to pixels of a picture."""

    @property
    def width(self) -> float:
        """Width of the picture in pixels."""
        ...

    @property
    def height(self) -> float:
        """Height of the picture in pixels."""
        ...

    def to_pixels(self, positions: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return x and y in pixels, y down, of positions (n, dims)."""
        ...

    def box_in_pixels(self, low: np.ndarray, high: np.ndarray) -> Edges:
        """Return the edges of all that lies between two corners, pixels; they may lie outside the picture."""
        ...

    def scaled(self, factor: float) -> Viewport:
        """Return the same viewport on a picture `factor` times as large."""
        ...

    def within(self, width: float, height: float) -> Viewport:
        """Return the same viewport on a picture of another size and aspect ratio."""
        ...


@dataclass(frozen=True)
class View2D:
    """Viewport of a 2-D map: a rectangle of its coordinates, and a picture's size.

    Attributes
    ----------
    left, right, bottom, top : float
        Edges in the map's coordinates.
    width, height : float
        The picture in pixels.
    """

    left: float
    right: float
    bottom: float
    top: float
    width: float
    height: float

    def to_pixels(self, positions: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return x and y in pixels, y down, of positions (n, 2)."""
        sx = self.width / (self.right - self.left)
        sy = self.height / (self.top - self.bottom)
        x = positions[:, 0] * np.float32(sx) - np.float32(self.left * sx)
        y = np.float32(self.top * sy) - positions[:, 1] * np.float32(sy)
        return x, y

    def box_in_pixels(self, low: np.ndarray, high: np.ndarray) -> Edges:
        """Return the edges of all that lies between two corners (2,), pixels; they may lie outside the picture."""
        (left, right), (bottom, top) = self.to_pixels(np.array([low, high], dtype=np.float32))
        return float(left), float(top), float(right), float(bottom)

    def scaled(self, factor: float) -> View2D:
        """Return the same viewport on a picture `factor` times as large."""
        return replace(self, width=self.width * factor, height=self.height * factor)

    def within(self, width: float, height: float) -> View2D:
        """Return the viewport on a picture of another aspect ratio: it shows more along the longer side, never less."""
        scale = max((self.right - self.left) / width, (self.top - self.bottom) / height)
        x, y = (self.left + self.right) / 2, (self.bottom + self.top) / 2
        dx, dy = scale * width / 2, scale * height / 2
        return View2D(x - dx, x + dx, y - dy, y + dy, width, height)

    @classmethod
    def fit(
        cls,
        low: np.ndarray,
        high: np.ndarray,
        width: float,
        height: float,
        insets: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0),
        air: float = 0.03,
    ) -> View2D:
        """Return a viewport of the extent `low`..`high` with equal scales on both axes.

        Parameters
        ----------
        low, high : ndarray of float, shape (dims,)
        width, height : float
            The picture in pixels.
        insets : tuple of float
            Pixels at left, top, right and bottom that stay free.
        air : float
            Margin around the extent, as a fraction of it.
        """
        left, top, right, bottom = insets
        room = max(width - left - right, 8.0), max(height - top - bottom, 8.0)
        span = np.maximum(high[:2] - low[:2], 1e-6) * (1 + 2 * air)
        scale = float(max(span[0] / room[0], span[1] / room[1]))
        middle = (low[:2] + high[:2]) / 2
        x0 = float(middle[0]) - scale * (left + room[0] / 2)
        y0 = float(middle[1]) - scale * (bottom + room[1] / 2)
        return cls(x0, x0 + scale * width, y0, y0 + scale * height, width, height)


@dataclass(frozen=True)
class Camera:
    """Perspective camera on the middle of a 3-D map, for pictures and films without OpenGL.

    Attributes
    ----------
    middle : tuple of float
        Point looked at.
    distance : float
        From the camera to `middle`, in the map's coordinates.
    azimuth, elevation : float
        Degrees, as in pyqtgraph's GLViewWidget.
    field : float
        Field of view across the picture's shorter side, degrees.
    width, height : float
        The picture in pixels.
    """

    middle: tuple[float, float, float]
    distance: float
    azimuth: float
    elevation: float
    width: float
    height: float
    field: float = 40.0

    @cached_property
    def _axes(self) -> np.ndarray:
        """Directions to the right, up and towards the camera, float, shape (3, 3), a row each."""
        a, e = math.radians(self.azimuth), math.radians(self.elevation)
        return np.array(
            [
                [-math.sin(a), math.cos(a), 0.0],
                [-math.sin(e) * math.cos(a), -math.sin(e) * math.sin(a), math.cos(e)],
                [math.cos(e) * math.cos(a), math.cos(e) * math.sin(a), math.sin(e)],
            ]
        )

    def _rotated(self, positions: np.ndarray) -> np.ndarray:
        """Return how far positions (n, 3) lie right of the middle, above it and before it, float32, shape (3, n)."""
        middle = np.array(self.middle, dtype=np.float32)[:, None]
        # A row for each coordinate: NumPy is slow along rows of three.
        seen: np.ndarray = self._axes.astype(np.float32) @ np.subtract(positions.T, middle, order="C")
        return seen

    @property
    def position(self) -> np.ndarray:
        """Position of the camera, float, shape (3,)."""
        place: np.ndarray = np.asarray(self.middle) + self.distance * self._axes[2]
        return place

    def to_pixels(self, positions: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return x and y in pixels, y down, of positions (n, 3)."""
        x, y, near = self._rotated(positions)
        focal = min(self.width, self.height) / 2 / math.tan(math.radians(self.field) / 2)
        away = np.maximum(np.float32(self.distance) - near, np.float32(1e-3 * self.distance), out=near)
        scale = np.divide(np.float32(focal), away, out=away)
        x *= scale
        x += np.float32(self.width / 2)
        y *= scale
        np.subtract(np.float32(self.height / 2), y, out=y)
        return x, y

    def box_in_pixels(self, low: np.ndarray, high: np.ndarray) -> Edges:
        """Return the edges of all that lies between two corners (3,), pixels; they may lie outside the picture."""
        corners = np.array(list(product(*zip(low, high, strict=True))), dtype=np.float32)
        if (self._rotated(corners)[2] > _NEAREST * self.distance).any():
            return 0.0, 0.0, self.width, self.height  # what lies beside the camera may be seen anywhere
        x, y = self.to_pixels(corners)
        return float(x.min()), float(y.min()), float(x.max()), float(y.max())

    def scaled(self, factor: float) -> Camera:
        """Return the same camera on a picture `factor` times as large."""
        return replace(self, width=self.width * factor, height=self.height * factor)

    def within(self, width: float, height: float) -> Camera:
        """Return the camera on a picture of another aspect ratio: the field of view spans the shorter side of any."""
        return replace(self, width=width, height=height)

    @classmethod
    def fit(
        cls,
        low: np.ndarray,
        high: np.ndarray,
        width: float,
        height: float,
        azimuth: float = -60.0,
        elevation: float = 30.0,
    ) -> Camera:
        """Return a camera that shows the whole extent `low`..`high`."""
        middle = (low + high) / 2
        # The nearest corner lies lowest on the picture, or highest where the camera looks up: it needs the most space.
        middle[2] -= _LOOKS_BELOW * float(np.sin(2 * np.radians(elevation))) * (high[2] - low[2])
        # A little more than half the diagonal: a ball around the box, which stands outside of the data.
        distance = 0.56 * float(np.linalg.norm(high - low)) / np.sin(np.radians(cls.field) / 2)
        return cls((float(middle[0]), float(middle[1]), float(middle[2])), distance, azimuth, elevation, width, height)
