"""The box around a map in three dimensions: its three far faces with few ticks, and where its axes are labelled."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

_MARGIN = 0.04
"""Share of the longest side by which the box stands outside of the data."""


def round_ticks(low: float, high: float, wanted: int = 4) -> np.ndarray:
    """Return round numbers between `low` and `high`, about `wanted` of them, 1, 2 or 5 times a power of ten apart."""
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
    """Where one axis is labelled in a picture: ends of the box's edge, ticks, and the way out from the box, pixels."""

    axis: int
    ends: np.ndarray
    ticks_at: np.ndarray
    outward: np.ndarray


class AxisBox:
    """A box around data.

    Parameters
    ----------
    low, high : ndarray of float, shape (3,)
        Corners of the data.

    Attributes
    ----------
    low, high : ndarray of float, shape (3,)
        Corners of the box, a little outside.
    ticks : list of ndarray
        Along each axis.
    """

    def __init__(self, low: np.ndarray, high: np.ndarray) -> None:
        margin = _MARGIN * float(np.max(high - low)) or 1.0
        self.low, self.high = low - margin, high + margin
        self.ticks = [round_ticks(float(a), float(b)) for a, b in zip(self.low, self.high, strict=True)]

    def far_sides(self, camera: np.ndarray) -> np.ndarray:
        """Return for each axis whether the high face is the far one, seen from `camera`; bool, shape (3,)."""
        far: np.ndarray = camera < (self.low + self.high) / 2
        return far

    def grid(self, far_sides: np.ndarray) -> np.ndarray:
        """Return the ends of all grid lines and edges of the far faces, float32, shape (2 n, 3)."""
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
        """Return where each axis is labelled: on the box's outline, below for the level axes, right for the upright.

        Parameters
        ----------
        far : ndarray of bool, shape (3,)
            From `far_sides`.
        project : callable
            From places, float32, shape (n, 3), to pixels, shape (n, 2); NaN behind the viewer.
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


NAME_GAP, TICK_GAP, SHORTEST = 30.0, 4.0, 80.0
"""Logical pixels from an edge to its axis' name and to its numbers, and the least length of an edge that is named."""


def beside(at: np.ndarray, outward: np.ndarray, width: float, height: float, gap: float) -> tuple[float, float]:
    """Return the upper left corner of a text beside a place.

    As far out as half the text reaches in that direction, so that the gap looks the same all around.
    """
    out_x, out_y = float(outward[0]), float(outward[1])
    reach = gap + (abs(out_x) * width + abs(out_y) * height) / 2
    return float(at[0]) + out_x * reach - width / 2, float(at[1]) + out_y * reach - height / 2
