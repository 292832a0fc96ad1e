"""Geometry of the axes box of a 3-D map: grid lines of the three far faces, ticks, and label positions."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

_MARGIN = 0.04
"""Margin between data and box, as a fraction of the longest side."""


def round_ticks(low: float, high: float, wanted: int = 4) -> np.ndarray:
    """Return about `wanted` ticks between `low` and `high`, at steps of 1, 2 or 5 times a power of ten."""
    if not high > low:
        return np.array([low])
    raw = (high - low) / max(wanted, 1)
    power = 10.0 ** math.floor(math.log10(raw))
    step = min((m * power for m in (1.0, 2.0, 5.0, 10.0)), key=lambda s: abs(math.log(s / raw)))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    ticks: np.ndarray = np.arange(first, last + 1) * step + 0.0  # no minus zero
    return ticks


@dataclass(frozen=True)
class AxisEdge:
    """Box edge at which an axis is labelled, in pixels: its ends, its ticks, and the outward direction."""

    axis: int
    ends: np.ndarray
    ticks_at: np.ndarray
    outward: np.ndarray


class AxisBox:
    """Axes box around the data of a 3-D map.

    Parameters
    ----------
    low, high : ndarray of float, shape (3,)
        Corners of the data.

    Attributes
    ----------
    low, high : ndarray of float, shape (3,)
        Corners of the box, with a margin.
    ticks : list of ndarray
        Ticks of each axis.
    """

    def __init__(self, low: np.ndarray, high: np.ndarray) -> None:
        margin = _MARGIN * float(np.max(high - low)) or 1.0
        self.low, self.high = low - margin, high + margin
        self.ticks = [round_ticks(float(a), float(b)) for a, b in zip(self.low, self.high, strict=True)]
        self._grids: dict[bytes, np.ndarray] = {}

    def far_sides(self, camera: np.ndarray) -> np.ndarray:
        """Return for each axis whether the face at the high end is the far one from `camera`, bool, shape (3,)."""
        far: np.ndarray = camera < (self.low + self.high) / 2
        return far

    def grid(self, far_sides: np.ndarray) -> np.ndarray:
        """Return the end points of all n grid lines and edges of the far faces, float32, shape (2 n, 3)."""
        key = far_sides.tobytes()
        if key not in self._grids:  # a camera that turns asks at every frame, and there are eight
            self._grids[key] = self._make_grid(far_sides)
        return self._grids[key]

    def _make_grid(self, far_sides: np.ndarray) -> np.ndarray:
        far = np.where(far_sides, self.high, self.low)
        ends = []
        for face in range(3):
            for along, across in ((face - 2, face - 1), (face - 1, face - 2)):
                for tick in (self.low[across], *self.ticks[across], self.high[across]):
                    for end in (self.low[along], self.high[along]):
                        corner = np.empty(3)
                        corner[face], corner[across], corner[along] = far[face], tick, end
                        ends.append(corner)
        return np.array(ends, dtype=np.float32)

    def edges(self, far: np.ndarray, project: Callable[[np.ndarray], np.ndarray]) -> list[AxisEdge]:
        """Choose the edge at which each axis is labelled: on the outline, below for x and y, at the right for z.

        Parameters
        ----------
        far : ndarray of bool, shape (3,)
            From `far_sides`.
        project : callable
            Maps positions, float32, shape (n, 3), to pixels, shape (n, 2); NaN behind the camera.
        """
        limits = np.array([self.low, self.high], dtype=np.float32)
        points, owners = [limits.mean(axis=0)[None]], []
        for axis in range(3):
            a, b = (other for other in range(3) if other != axis)
            for high_a, high_b in ((0, 0), (0, 1), (1, 0), (1, 1)):
                # An edge between a far and a near face is on the outline.
                if (high_a == far[a]) != (high_b == far[b]):
                    edge = np.empty((2 + len(self.ticks[axis]), 3), dtype=np.float32)
                    edge[:, axis] = [*limits[:, axis], *self.ticks[axis]]
                    edge[:, a], edge[:, b] = limits[high_a, a], limits[high_b, b]
                    points.append(edge)
                    owners.append(axis)
        # All in one go: twelve small projections take longer than one.
        xy = project(np.concatenate(points))
        middle, *parts = np.split(xy, np.cumsum([len(p) for p in points])[:-1])
        found = []
        for axis in range(3):
            choices = [part for part, owner in zip(parts, owners, strict=True) if owner == axis]
            at = max(choices, key=lambda ends: float(ends[:2, 0 if axis == 2 else 1].sum()))
            if not np.isfinite(at).all():
                continue
            along = at[1] - at[0]
            out = at[:2].mean(axis=0) - middle[0]
            out = out - along * (out @ along) / max(float(along @ along), 1e-9)
            length = float(np.hypot(*out))
            if length > 1e-3:
                found.append(AxisEdge(axis, at[:2], at[2:], out / length))
        return found


@lru_cache(maxsize=8)
def axis_box_around(low: tuple[float, ...], high: tuple[float, ...]) -> AxisBox:
    """Return the box around some corners, the same one at every frame of a film."""
    return AxisBox(np.array(low), np.array(high))


NAME_GAP, TICK_GAP, SHORTEST = 30.0, 4.0, 80.0
"""Logical pixels from an edge to the axis title and to the tick labels, and least length of an edge with a title."""


def beside(at: np.ndarray, outward: np.ndarray, width: float, height: float, gap: float) -> tuple[float, float]:
    """Return the upper left corner of a text that is placed outward of a position, pixels.

    The text's extent in that direction is added, so that the gap looks the same on all sides.
    """
    out_x, out_y = float(outward[0]), float(outward[1])
    reach = gap + (abs(out_x) * width + abs(out_y) * height) / 2
    return float(at[0]) + out_x * reach - width / 2, float(at[1]) + out_y * reach - height / 2
