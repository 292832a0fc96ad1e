"""Paths of projected recordings as vertices and segments, ordered by step so that they can grow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from .activations import Activations
from .playing import Alignment, Schedule, Trail, own_step, schedule
from .projection import LONG_STEP, PointQuality, Projection, map_extent, signed_log

SHARED = -1
"""Recording number of what belongs to every recording: the padding prefix."""
_SCHEDULES = 4
_FEW = 8
"""Recordings with each of which all vertices are compared, in place of looking up each vertex."""
_Rows = np.ndarray | slice | None


@dataclass(frozen=True, eq=False)
class Trajectories:
    """Vertices and segments of every recording's path, in any number of dimensions.

    Vertices 0 to P-1 are the shared padding prefix, then follow the S real steps in the order of the activations.
    The prefix is the same for every recording, so it is stored and drawn once (padding is not data).

    Attributes
    ----------
    vertices : ndarray of float32, shape (P + S, dims)
        In display units: bottleneck values, or their signed log.
    step : ndarray of int32, shape (P + S,)
        The network's step of each vertex, from 0.
    recording : ndarray of int32, shape (P + S,)
        Recording of each vertex, `SHARED` for the prefix.
    segments : ndarray of int32, shape (segments, 2)
        Vertex numbers at both ends of each joining line; the second end is the later step.
    segment_recording : ndarray of int32, shape (segments,)
    first_step, lengths : ndarray of int32, shape (recordings,)
    steps : int
    log_scale : bool
        Whether `vertices` are on the signed log scale.
    measured : PointQuality
        Quality measures of the projection.
    axis_word : str
        `Projection.axis_word`.
    """

    vertices: np.ndarray
    step: np.ndarray
    recording: np.ndarray
    segments: np.ndarray
    segment_recording: np.ndarray
    first_step: np.ndarray
    lengths: np.ndarray
    steps: int
    log_scale: bool
    measured: PointQuality
    axis_word: str

    @classmethod
    def build(
        cls, activations: Activations, projection: Projection, log_scale: bool, like: Trajectories | None = None
    ) -> Trajectories:
        """Build the paths of `projection`, a projection of `activations`.

        Parameters
        ----------
        activations : Activations
        projection : Projection
        log_scale : bool
            Apply the article's signed log.
        like : Trajectories, optional
            Paths of the same activations: what does not depend on positions is reused, which leaves a third of the
            work, many times in a training.
        """
        prefix_len = len(projection.prefix)
        vertices = np.concatenate([projection.prefix, projection.points]).astype(np.float32)
        if log_scale:
            vertices = signed_log(vertices)
        if like is not None and len(like.vertices) == len(vertices):
            return like._moved(
                vertices, log_scale=log_scale, measured=projection.measured, axis_word=projection.axis_word
            )
        step = np.concatenate([np.arange(prefix_len, dtype=np.int32), activations.step_of_point()])
        recording = np.concatenate([np.full(prefix_len, SHARED, dtype=np.int32), activations.recording_of_point()])

        first = (prefix_len + activations.offsets[:-1]).astype(np.int32)
        inner_end = np.ones(activations.real_steps, dtype=bool)
        inner_end[activations.offsets[:-1][activations.lengths > 0]] = False
        ends = np.flatnonzero(inner_end).astype(np.int32) + np.int32(prefix_len)
        joined = np.flatnonzero(
            (activations.first_step > 0) & (activations.first_step <= prefix_len) & (activations.lengths > 0)
        )
        chain = np.arange(max(prefix_len - 1, 0), dtype=np.int32)
        segments = np.concatenate(
            [
                np.column_stack([chain, chain + 1]),
                np.column_stack([activations.first_step[joined] - 1, first[joined]]),
                np.column_stack([ends - 1, ends]),
            ]
        ).astype(np.int32)
        return cls(
            vertices=vertices,
            step=step,
            recording=recording,
            segments=segments,
            segment_recording=recording[segments[:, 1]],
            first_step=activations.first_step,
            lengths=activations.lengths,
            steps=activations.steps,
            log_scale=log_scale,
            measured=projection.measured,
            axis_word=projection.axis_word,
        )

    def towards(self, other: Trajectories, share: float) -> Trajectories:
        """Interpolate to `other` by the fraction `share`; both must be of the same activations and dimensions."""
        return self._moved(self.vertices + (other.vertices - self.vertices) * np.float32(share))

    def _moved(self, vertices: np.ndarray, **changes: Any) -> Trajectories:
        moved = replace(self, vertices=vertices, **changes)
        for name in ("last_vertex", "_schedules", "_joins"):
            if name in vars(self):
                vars(moved)[name] = vars(self)[name]
        return moved

    @property
    def dims(self) -> int:
        """Dimensions of the vertices."""
        return self.vertices.shape[1]

    @cached_property
    def last_vertex(self) -> np.ndarray:
        """Vertex of each recording's last step, shape (recordings,), int64."""
        return len(self.step) - int(self.lengths.sum()) + np.cumsum(self.lengths, dtype=np.int64) - 1

    @cached_property
    def extent(self) -> tuple[np.ndarray, np.ndarray]:
        """Lowest and highest coordinates of all vertices, shape (dims,) each; zeros where there are none."""
        vertices = self.vertices if len(self.vertices) else np.zeros((1, self.dims), dtype=np.float32)
        return vertices.min(axis=0).astype(float), vertices.max(axis=0).astype(float)

    @cached_property
    def jumps(self) -> np.ndarray:
        """Which segments are longer than a tenth of the map's extent, bool, shape (segments,): no state lies on them.

        The extent is `map_extent` of the real steps; joining the padding is no step of a recording, and no jump.
        """
        start, end = (self.vertices.take(self.segments[:, side], axis=0) for side in (0, 1))
        prefix = len(self.step) - int(self.lengths.sum())
        long = np.linalg.norm(end - start, axis=1) > LONG_STEP * map_extent(self.vertices[prefix:])
        return long & (self.segments[:, 0] >= prefix)

    def extent_of(self, recordings: np.ndarray, *, last_only: bool = False) -> tuple[np.ndarray, np.ndarray]:
        """Return the lowest and highest coordinates of some recordings, without the padding that all share.

        Parameters
        ----------
        recordings : ndarray of bool, shape (recordings,)
        last_only : bool
            Only their last steps count.

        Returns
        -------
        tuple of ndarray of float, shape (dims,) each
            The extent of all where these recordings have no step.
        """
        if last_only:
            rows = self.last_vertex[recordings & (self.lengths > 0)]
        else:
            rows = np.flatnonzero(np.append(recordings, False)[self.recording])
        if not len(rows):
            return self.extent
        vertices = self.vertices.take(rows, axis=0)
        return vertices.min(axis=0).astype(float), vertices.max(axis=0).astype(float)

    @cached_property
    def _schedules(self) -> dict[tuple[Alignment, Trail], Schedule]:
        return {}

    def schedule(self, alignment: Alignment, trail: Trail) -> Schedule:
        """Return the schedule of vertices and segments; the last few are cached."""
        kept, key = self._schedules, (alignment, trail)
        if key not in kept:
            if len(kept) >= _SCHEDULES:
                kept.pop(next(iter(kept)))
            kept[key] = schedule(
                alignment,
                trail,
                self.steps,
                self.step,
                self.recording,
                self.segments,
                self.first_step,
                self.lengths,
            )
        return kept[key]

    def playhead_vertices(self, alignment: Alignment, position: int, recordings: np.ndarray) -> np.ndarray:
        """Return the vertex of each path's playhead at a position.

        Parameters
        ----------
        alignment : Alignment
        position : int
        recordings : ndarray of int, shape (n,)

        Returns
        -------
        ndarray of int64, shape (n,)
            -1 where a recording has not begun, or has no step at all.
        """
        first, length = self.first_step[recordings], self.lengths[recordings]
        behind = first + length - 1 - own_step(alignment, self.steps, position, first, length)
        return np.where((behind < length) & (length > 0), self.last_vertex[recordings] - behind, -1)

    def vertices_of(self, recording: int) -> slice:
        """Return the slice of `vertices` with the real steps of one recording."""
        stop = int(self.last_vertex[recording]) + 1
        return slice(stop - int(self.lengths[recording]), stop)

    def shown_vertices(self, shown: np.ndarray, rows: _Rows = None, *, shared: bool = True) -> np.ndarray:
        """Return which vertices belong to the shown recordings, with the part of the prefix that they need.

        Parameters
        ----------
        shown : ndarray of bool, shape (recordings,)
        rows : ndarray of int, shape (n,), or slice, optional
            Only these vertices are asked about; by default all.
        shared : bool
            Whether the prefix counts.

        Returns
        -------
        ndarray of bool, shape (n,)
        """
        return self._of_shown(self.recording, self.step.take, shown, rows, shared)

    def shown_segments(self, shown: np.ndarray, rows: _Rows = None, *, shared: bool = True) -> np.ndarray:
        """Return which segments belong to the shown recordings, bool, shape (n,); parameters as of `shown_vertices`."""
        return self._of_shown(self.segment_recording, self._segment_step, shown, rows, shared)

    def count_shown(self, shown: np.ndarray, *, shared: bool) -> tuple[int, int]:
        """Return how many vertices and segments `shown_vertices` and `shown_segments` find, without looking at each."""
        prefix = len(self.step) - int(self.lengths.sum())
        reached = min(self.prefix_stop(shown), prefix) if shared else 0
        points, joins = self.lengths[shown], self._joins[:-1][shown]
        return int(points.sum()) + reached, int(joins.sum()) + max(reached - 1, 0)

    @cached_property
    def _joins(self) -> np.ndarray:
        """Segments of each recording, and of the prefix last."""
        return np.bincount(self.segment_recording % (len(self.lengths) + 1), minlength=len(self.lengths) + 1)

    def _segment_step(self, rows: np.ndarray) -> np.ndarray:
        return self.step.take(self.segments[rows, 1])

    def prefix_stop(self, shown: np.ndarray) -> int:
        """Return how much of the prefix some recordings need: as far as the shortest of them was padded."""
        return int(self.first_step[shown].max()) if shown.any() else 0

    def _of_shown(
        self,
        recording: np.ndarray,
        step_of: Callable[[np.ndarray], np.ndarray],
        shown: np.ndarray,
        rows: _Rows,
        shared: bool,
    ) -> np.ndarray:
        if rows is None:
            rows = slice(None)
        whose = recording[rows] if isinstance(rows, slice) else recording.take(rows)
        of_shown = find_owned(whose, shown)
        if shared:
            # Few are the prefix's, and wherever they lie they are found faster than their steps are looked up.
            prefix = np.flatnonzero(whose == SHARED)
            if len(prefix):
                if isinstance(rows, slice):
                    start, _, stride = rows.indices(len(recording))
                    at = start + stride * prefix
                else:
                    at = rows[prefix]
                of_shown[prefix] = step_of(at) < self.prefix_stop(shown)
        return of_shown


def find_owned(whose: np.ndarray, recordings: np.ndarray) -> np.ndarray:
    """Return which vertices or segments belong to some recordings, and not to the prefix.

    Parameters
    ----------
    whose : ndarray of int32, shape (n,)
        Recording of each, or SHARED.
    recordings : ndarray of bool, shape (recordings,)

    Returns
    -------
    ndarray of bool, shape (n,)
    """
    chosen = np.flatnonzero(recordings)
    if len(chosen) > _FEW:
        return np.append(recordings, False).take(whose)  # the last entry is for SHARED (-1)
    # To compare all with a few takes a tenth of looking each up.
    owned = np.zeros(len(whose), dtype=bool)
    for each in chosen.tolist():
        owned |= whose == each
    return owned
