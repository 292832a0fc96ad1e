"""Dynamic time warping (DTW) of many pairs of paths at once, in single precision.

The paths of many recordings lie side by side, step after step, so that a step of the recursion is one array operation
over all pairs, and their squared distances come from matrix products. NumPy lets go of the interpreter in both, so that
threads share the work and a window goes on meanwhile.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

_PART = 1 << 14
"""Rows of states that are computed with at once."""
_ROWS = 32
"""Rows of queries whose costs one matrix product computes: more would not fit a core's cache."""


@dataclass(frozen=True, eq=False)
class Batch:
    """Paths side by side, laid out for `squared_distances`; longer ones than a path's own repeat its last step.

    Attributes
    ----------
    steps : ndarray of float32, shape (T, n, units + 2) for queries, (T, units + 2, n) for targets
        Hidden states with two more columns, so that a product of a query's row and a target's column is their squared
        distance.
    lengths : ndarray of int, shape (n,)
    """

    steps: np.ndarray
    lengths: np.ndarray


class PathStore:
    """The hidden states of recordings, centred and scaled so that single precision suffices.

    Parameters
    ----------
    states : ndarray of float, shape (S, units)
        Hidden states of real steps, recording after recording.
    offsets : ndarray of int, shape (recordings + 1,)
        First row of each recording.

    Attributes
    ----------
    lengths : ndarray of int, shape (recordings,)
    scale : float
        Distances times this are those of the hidden states as given.
    """

    def __init__(self, states: np.ndarray, offsets: np.ndarray) -> None:
        self._states = states
        self._offsets = np.asarray(offsets)
        self.lengths = np.diff(self._offsets)
        self._mean = states.mean(axis=0, dtype=np.float64) if len(states) else np.zeros(states.shape[1])
        # Part by part: in double precision all at once would take several times the memory of the states.
        parts = (states[start : start + _PART] - self._mean for start in range(0, len(states), _PART))
        spread = sum(float(np.einsum("ij,ij->", part, part)) for part in parts)
        self.scale = float(np.sqrt(spread / max(len(states), 1))) or 1.0

    def queries(self, recordings: np.ndarray) -> Batch:
        """Lay out recordings with at least one step each as queries."""
        states = self._side_by_side(recordings)
        rows = np.empty((*states.shape[:2], states.shape[2] + 2), dtype=np.float32)
        np.multiply(states, -2, out=rows[..., :-2])
        rows[..., -2] = np.einsum("trk,trk->tr", states, states)
        rows[..., -1] = 1
        return Batch(rows, self.lengths[recordings])

    def targets(self, recordings: np.ndarray) -> Batch:
        """Lay out recordings with at least one step each as targets."""
        states = self._side_by_side(recordings)
        columns = np.empty((len(states), states.shape[2] + 2, states.shape[1]), dtype=np.float32)
        columns[:, :-2] = states.transpose(0, 2, 1)
        columns[:, -2] = 1
        columns[:, -1] = np.einsum("trk,trk->tr", states, states)
        return Batch(columns, self.lengths[recordings])

    def _side_by_side(self, recordings: np.ndarray) -> np.ndarray:
        """Return the paths of recordings, float32, shape (T, recordings, units), T the longest's length."""
        lengths = self.lengths[recordings]
        step = np.minimum(np.arange(lengths.max())[:, None], lengths - 1)
        states = self._states[self._offsets[recordings] + step]
        return ((states - self._mean) / self.scale).astype(np.float32)


def squared_distances(queries: Batch, targets: Batch) -> np.ndarray:
    """Compute the squared DTW distance of every query to every target, float32, shape (queries, targets).

    The dependent form of Shokoohi-Yekta et al. 2017 (DTW_D), all units warped together, without a band: the least sum
    of squared Euclidean distances over monotone alignments.
    """
    length, columns, count = targets.steps.shape
    ends, every = targets.lengths - 1, np.arange(count)
    found = np.empty((len(queries.lengths), count), dtype=np.float32)
    total = before = np.empty((length, len(queries.lengths), count), dtype=np.float32)
    at_once = max(1, _ROWS // len(queries.lengths))
    for first in range(0, len(queries.steps), at_once):
        rows = queries.steps[first : first + at_once]
        costs = np.matmul(rows.reshape(-1, columns), targets.steps)
        for number, cost in enumerate(costs.reshape(length, len(rows), -1, count).swapaxes(0, 1), first):
            if number == 0:
                total, before = np.cumsum(cost, axis=0), np.empty_like(total)
            else:
                total, before = _next_row(total, cost, before), total
            finished = np.flatnonzero(queries.lengths == number + 1)
            found[finished] = total[ends[:, None], finished, every[:, None]].T
    return np.maximum(found, 0, out=found)


def _next_row(above: np.ndarray, cost: np.ndarray, out: np.ndarray) -> np.ndarray:
    """Compute a row of the recursion into `out` from the one above, both (targets' steps, queries, targets)."""
    out[0] = above[0]
    np.minimum(above[1:], above[:-1], out=out[1:])
    out[0] += cost[0]
    for step in range(1, len(out)):
        here = out[step]
        np.minimum(here, out[step - 1], out=here)
        here += cost[step]
    return out
