"""Flow on a 2-D map: where paths go on from each place, in the mean."""

from __future__ import annotations

import numpy as np

from auslan_explorer.core.flow import Flow
from auslan_explorer.core.trajectories import Trajectories

COLUMNS = 32
"""Cells along the longer side of the map."""
LEAST = 10
"""Steps from which a cell has an arrow: of fewer the mean is mostly chance."""


def mean_flow(
    trajectories: Trajectories, recordings: np.ndarray, *, columns: int = COLUMNS, least: int = LEAST
) -> Flow:
    """Compute the mean movement of the real steps that begin in each cell of a square grid.

    Steps are those of the recordings themselves: neither the padding that all share, nor the step out of it. A cell is
    a place on the map, so states that only lie over each other there are mixed.

    Parameters
    ----------
    trajectories : Trajectories
        In two dimensions, on the scale that is shown.
    recordings : ndarray of bool, shape (recordings,)
    columns : int
        Cells along the longer side of the extent of all paths, so that cells stay where they are for any recordings.
    least : int
        Fewest steps of a cell.

    Returns
    -------
    Flow
        Cells from the lower left, row after row.
    """
    t = trajectories
    low, high = t.extent
    cell = max(float((high - low).max()) / columns, 1e-9)
    begin, end = t.segments.T
    own = (t.recording[begin] >= 0) & np.append(recordings, False)[t.segment_recording]
    starts, ends = t.vertices[begin[own]], t.vertices[end[own]]
    where = np.clip(((starts - low) / cell).astype(np.int64), 0, columns - 1)
    number = where[:, 1] * columns + where[:, 0]
    counts = np.bincount(number, minlength=columns * columns)
    moved = ends - starts
    enough = np.flatnonzero(counts >= least)

    def mean(values: np.ndarray) -> np.ndarray:
        return np.asarray(np.bincount(number, values, minlength=len(counts))[enough] / counts[enough], dtype=np.float32)

    places = np.stack([mean(starts[:, axis]) for axis in range(2)], axis=1)
    moves = np.stack([mean(moved[:, axis]) for axis in range(2)], axis=1)
    lengths = mean(np.linalg.norm(moved, axis=1))
    agreement = np.linalg.norm(moves, axis=1) / np.maximum(lengths, 1e-12)
    return Flow(places, moves, counts[enough], agreement.astype(np.float32), cell, least)
