"""Hit testing: which vertices and segments lie under the pointer or inside a lasso.

All coordinates are pixels of a picture, so that the 2-D map and the projected 3-D view share this.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .playing import WHOLE, Alignment, Times, Trail
from .trajectories import SHARED, Trajectories

_FIRST = 8
"""Of as many points one is tested first: most recordings that a lasso hits are found by it."""
_EDGES = 16
"""Edges of a polygon in a row that are compared with segments at once."""
_RUN = 32
"""Vertices or segments in a row, which lie near each other along a path, that share a box in hit testing."""


@dataclass(frozen=True)
class VisibleFilter:
    """Filter of the vertices and segments that are drawn, so that nothing invisible is hit.

    Attributes
    ----------
    shown : ndarray of bool, shape (recordings,)
    step : int
        Position up to which paths have grown.
    points, lines, last_only : bool
    alignment : Alignment
    trail : Trail
        As in `core.session.SessionState`.
    """

    shown: np.ndarray
    step: int
    points: bool = True
    lines: bool = True
    last_only: bool = False
    alignment: Alignment = Alignment.NETWORK
    trail: Trail = WHOLE

    def vertices(self, paths: Trajectories, among: np.ndarray | None = None) -> np.ndarray:
        """Return the drawn vertices of shown recordings, without the shared prefix; indices, shape (n,).

        Parameters
        ----------
        paths : Trajectories
        among : ndarray of int, shape (m,), optional
            Only these vertices are asked about; by default all.
        """
        times = paths.schedule(self.alignment, self.trail)
        if self.last_only:
            last = paths.last_vertex[self.shown & (paths.lengths > 0)]
            return last[times.vertex_times(last).at(self.step)]
        if not (self.points or self.lines):
            return np.zeros(0, dtype=np.int64)
        return self._drawn(paths.recording, times.vertex_times, among)

    def segments(self, paths: Trajectories, among: np.ndarray | None = None) -> np.ndarray:
        """Return the drawn segments of shown recordings, without the shared prefix; parameters as of `vertices`."""
        if self.last_only or not self.lines:
            return np.zeros(0, dtype=np.int64)
        times = paths.schedule(self.alignment, self.trail)
        return self._drawn(paths.segment_recording, times.segment_times, among)

    def _drawn(
        self, recording: np.ndarray, times: Callable[[np.ndarray], Times], among: np.ndarray | None
    ) -> np.ndarray:
        # The last entry is for what is shared.
        keep = np.append(self.shown, False).take(recording if among is None else recording.take(among))
        rows = np.flatnonzero(keep) if among is None else among.compress(keep)
        return rows.compress(times(rows).at(self.step))

    def ends(self, paths: Trajectories) -> np.ndarray:
        """Return the last drawn vertex of each shown recording; indices, shape (n,)."""
        if self.last_only:
            return self.vertices(paths)
        playheads = paths.playhead_vertices(self.alignment, self.step + self.trail.head, np.flatnonzero(self.shown))
        return playheads[playheads >= 0]


def points_inside(x: np.ndarray, y: np.ndarray, polygon: np.ndarray) -> np.ndarray:
    """Test which points lie inside a polygon, by the even-odd rule.

    Parameters
    ----------
    x, y : ndarray of float, shape (n,)
        Points that are not finite lie outside.
    polygon : ndarray of float, shape (corners, 2)
        Closed by itself; may cross itself.

    Returns
    -------
    ndarray of bool, shape (n,)

    Notes
    -----
    A ray to the left crosses an odd number of edges (Shimrat 1962, Algorithm 112). Points are sorted by y first, so
    that each edge is compared only with those at its own height.
    """
    out = np.zeros(len(x), dtype=bool)
    if len(polygon) < 3:
        return out
    low, high = polygon.min(axis=0), polygon.max(axis=0)
    with np.errstate(invalid="ignore"):
        near = np.flatnonzero((x >= low[0]) & (x <= high[0]) & (y >= low[1]) & (y <= high[1]))
    near = near[np.argsort(y[near])]
    px, py = x[near].astype(np.float64), y[near].astype(np.float64)
    odd = np.zeros(len(near), dtype=bool)
    following = np.roll(polygon, -1, axis=0)
    between = np.sort(np.searchsorted(py, np.column_stack([polygon[:, 1], following[:, 1]])), axis=1)
    for (x0, y0), (x1, y1), (start, stop) in zip(polygon, following, between, strict=True):
        if y0 == y1:
            continue
        part = slice(start, stop)
        odd[part] ^= x0 + (py[part] - y0) * ((x1 - x0) / (y1 - y0)) < px[part]
    out[near[odd]] = True
    return out


def segments_crossing(starts: np.ndarray, ends: np.ndarray, polygon: np.ndarray) -> np.ndarray:
    """Test which segments cross an edge of a polygon.

    Parameters
    ----------
    starts, ends : ndarray of float, shape (n, 2)
    polygon : ndarray of float, shape (corners, 2)

    Returns
    -------
    ndarray of bool, shape (n,)
    """
    out = np.zeros(len(starts), dtype=bool)
    if len(polygon) < 3:
        return out
    low, high = polygon.min(axis=0), polygon.max(axis=0)
    with np.errstate(invalid="ignore"):
        near = (np.minimum(starts, ends) <= high) & (np.maximum(starts, ends) >= low)
    rows = np.flatnonzero(near[:, 0] & near[:, 1])
    p, q = starts.take(rows, axis=0).astype(np.float64), ends.take(rows, axis=0).astype(np.float64)
    (left, top), (right, bottom) = np.minimum(p, q).T, np.maximum(p, q).T
    crossing = np.zeros(len(rows), dtype=bool)
    following = np.roll(polygon, -1, axis=0)
    for first in range(0, len(polygon), _EDGES):
        a, b = polygon[first : first + _EDGES], following[first : first + _EDGES]
        (x0, y0), (x1, y1) = np.minimum(a, b).T, np.maximum(a, b).T
        by = np.flatnonzero((left <= x1.max()) & (right >= x0.min()) & (top <= y1.max()) & (bottom >= y0.min()))
        meet = (left[by, None] <= x1) & (right[by, None] >= x0) & (top[by, None] <= y1) & (bottom[by, None] >= y0)
        segment, edge = np.nonzero(meet)
        by, a, b = by[segment], a[edge], b[edge]
        start, end = p[by], q[by]
        apart = _side(a, b, start) != _side(a, b, end)
        apart &= _side(start, end, a) != _side(start, end, b)
        crossing[by[apart]] = True
    out[rows] = crossing
    return out


def _side(a: np.ndarray, b: np.ndarray, p: np.ndarray) -> np.ndarray:
    """Return whether `p` lies left of the line from `a` to `b`."""
    left: np.ndarray = (b[..., 0] - a[..., 0]) * (p[..., 1] - a[..., 1]) > (b[..., 1] - a[..., 1]) * (
        p[..., 0] - a[..., 0]
    )
    return left


def lasso_hits(
    paths: Trajectories, xy: np.ndarray, polygon: np.ndarray, drawn: VisibleFilter, *, ends_only: bool = False
) -> tuple[int, ...]:
    """Return the recordings with a drawn point or line at least partly inside a polygon.

    Parameters
    ----------
    paths : Trajectories
    xy : ndarray of float, shape (vertices, 2)
        Pixels of the vertices of `paths`; not finite where they are not visible.
    polygon : ndarray of float, shape (corners, 2)
    drawn : VisibleFilter
    ends_only : bool
        Only the last drawn point of a path counts.

    Returns
    -------
    tuple of int
        Sorted.
    """
    hit = np.zeros(len(drawn.shown), dtype=bool)
    if len(polygon) < 3:
        return ()
    x, y = (np.ascontiguousarray(column) for column in xy.T)  # all comparisons run twice as fast over these
    outside = _outside(x, y, polygon)
    vertices = drawn.ends(paths) if ends_only else drawn.vertices(paths, np.flatnonzero(outside == 0))
    for rows in (vertices[::_FIRST], vertices):
        # `take` is several times faster than indexing.
        left = rows.compress(~hit.take(paths.recording.take(rows)))
        hit[paths.recording.take(left.compress(points_inside(x.take(left), y.take(left), polygon)))] = True
    if not ends_only:
        # Recordings with a point inside are hit already; of the rest, a line may still pass through.
        rest = np.flatnonzero(~hit.take(paths.segment_recording))
        first, second = paths.segments.take(rest, axis=0).T
        segments = drawn.segments(paths, rest.compress(outside.take(first) & outside.take(second) == 0))
        starts, ends = (np.column_stack([x.take(v), y.take(v)]) for v in paths.segments.take(segments, axis=0).T)
        through = segments.compress(segments_crossing(starts, ends, polygon))
        hit[paths.segment_recording[through]] = True
    return tuple(np.flatnonzero(hit).tolist())


def _outside(x: np.ndarray, y: np.ndarray, polygon: np.ndarray) -> np.ndarray:
    """Return on which sides of a polygon's box points lie (Cohen and Sutherland's codes), uint8, shape (n,).

    Two points with a side in common cannot have anything of the box between them. What is not finite is on all sides.
    """
    low, high = polygon.min(axis=0).tolist(), polygon.max(axis=0).tolist()
    out = np.zeros(len(x), dtype=np.uint8)
    with np.errstate(invalid="ignore"):
        for bit, side in enumerate((x >= low[0], x <= high[0], y >= low[1], y <= high[1])):
            out |= (~side).view(np.uint8) << np.uint8(bit)
    return out


class _Boxes:
    """Boxes around runs of neighbours, so that a question looks only at those that may be near.

    Parameters
    ----------
    left, right, top, bottom : ndarray of float, shape (n,)
        Boxes of the single points or segments; the box of a run with what is not finite is near everything.
    """

    def __init__(self, left: np.ndarray, right: np.ndarray, top: np.ndarray, bottom: np.ndarray) -> None:
        self._count = len(left)
        runs = np.arange(0, self._count, _RUN)
        self._left, self._top = (np.minimum.reduceat(low, runs) if len(runs) else low for low in (left, top))
        self._right, self._bottom = (np.maximum.reduceat(high, runs) if len(runs) else high for high in (right, bottom))

    def near(self, at: tuple[float, float], reach: float) -> np.ndarray:
        """Return the rows in runs whose box is within `reach` pixels of a position, sorted; some are further."""
        reach += 1  # so that no rounding leaves out what a distance finds just within reach
        apart = (self._left > at[0] + reach) | (self._right < at[0] - reach)
        apart |= (self._top > at[1] + reach) | (self._bottom < at[1] - reach)
        rows = (np.flatnonzero(~apart)[:, None] * _RUN + np.arange(_RUN)).ravel()
        return rows[: np.searchsorted(rows, self._count)]


class HitTester:
    """Finds the drawn vertices and segments near the pointer; built once for a picture and asked at every move.

    Parameters
    ----------
    paths : Trajectories
    x, y : ndarray of float, shape (vertices,)
        Pixels of the vertices of `paths`; not finite where they are not visible.
    vertices, segments : ndarray of int
        Indices of those that are drawn, as `VisibleFilter` returns them.
    """

    def __init__(
        self, paths: Trajectories, x: np.ndarray, y: np.ndarray, vertices: np.ndarray, segments: np.ndarray
    ) -> None:
        self._paths, self._all_x, self._all_y = paths, x, y
        self.vertices, self.segments = vertices, segments
        self._x, self._y = x.take(self.vertices), y.take(self.vertices)
        first, second = paths.segments.take(self.segments, axis=0).T
        self._x0, self._y0, self._x1, self._y1 = x.take(first), y.take(first), x.take(second), y.take(second)
        self._vertex_boxes = _Boxes(self._x, self._x, self._y, self._y)
        across, down = (self._x0, self._x1), (self._y0, self._y1)
        self._segment_boxes = _Boxes(np.minimum(*across), np.maximum(*across), np.minimum(*down), np.maximum(*down))

    def vertices_near(self, at: tuple[float, float], reach: float) -> tuple[np.ndarray, np.ndarray]:
        """Return the vertices within `reach` pixels of a position, and their distances; both of shape (n,)."""
        rows = self._vertex_boxes.near(at, reach)
        away = np.hypot(self._x.take(rows) - np.float32(at[0]), self._y.take(rows) - np.float32(at[1]))
        near = away <= reach
        return self.vertices[rows[near]], away[near]

    def nearest_segment(self, at: tuple[float, float], reach: float) -> int:
        """Return the segment nearest to a position; -1 where none is within `reach` pixels."""
        x, y = np.float32(at[0]), np.float32(at[1])
        near = self._segment_boxes.near(at, reach)
        x0, y0 = self._x0.take(near) - x, self._y0.take(near) - y
        dx, dy = self._x1.take(near) - x - x0, self._y1.take(near) - y - y0
        share = np.clip(-(x0 * dx + y0 * dy) / np.maximum(dx**2 + dy**2, np.float32(1e-12)), 0, 1)
        away = np.hypot(x0 + share * dx, y0 + share * dy)
        if not len(away) or not (away <= reach).any():
            return -1
        return int(self.segments[near[np.nanargmin(away)]])

    def nearest_line(self, at: tuple[float, float], reach: float) -> tuple[int, int] | None:
        """Return the recording of the nearest segment and its nearer vertex; None beyond `reach` pixels."""
        segment = self.nearest_segment(at, reach)
        if segment < 0:
            return None
        first, second = self._paths.segments[segment].tolist()
        before, after = (np.hypot(self._all_x[v] - at[0], self._all_y[v] - at[1]) for v in (first, second))
        # The first line of a path begins at the prefix that all share.
        closer = second if self._paths.recording[first] == SHARED or after <= before else first
        return int(self._paths.segment_recording[segment]), closer
