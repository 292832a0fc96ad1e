"""Dynamic time warping (DTW) of many pairs of paths at once, in single precision.

The paths of many recordings lie side by side, step after step. Their squared distances come from matrix products, and
the recursion goes along antidiagonals, whose cells do not need each other: a diagonal of all pairs is three array
operations. NumPy lets go of the interpreter in both, so that threads share the work and a window goes on meanwhile.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

_PART = 1 << 14
"""Rows of states that are computed with at once."""
_ROWS = 64
"""Steps of a query whose costs are kept at once; a longer one is compared in bands of so many."""


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


@dataclass(frozen=True, eq=False)
class Scaling:
    """What hidden states are centred and scaled by, so that single precision suffices.

    Attributes
    ----------
    mean : ndarray of float64, shape (units,)
    scale : float
        Distances times this are those of the hidden states as given.
    """

    mean: np.ndarray
    scale: float

    @classmethod
    def of(cls, states: np.ndarray) -> Scaling:
        """Return the scaling by the mean and the spread of states, shape (n, units); of all, or of some of them."""
        mean = states.mean(axis=0, dtype=np.float64) if len(states) else np.zeros(states.shape[1])
        # Part by part: in double precision all at once would take several times the memory of the states.
        parts = (states[start : start + _PART] - mean for start in range(0, len(states), _PART))
        spread = sum(float(np.einsum("ij,ij->", part, part)) for part in parts)
        return cls(mean, float(np.sqrt(spread / max(len(states), 1))) or 1.0)


class PathStore:
    """The hidden states of recordings, ready to be laid out.

    Parameters
    ----------
    states : ndarray of float, shape (S, units)
        Hidden states of real steps, recording after recording.
    offsets : ndarray of int, shape (recordings + 1,)
        First row of each recording.
    scaling : Scaling, optional
        By default that of `states`. Stores whose paths are compared with one another need the same.

    Attributes
    ----------
    lengths : ndarray of int, shape (recordings,)
    scaling : Scaling
    """

    def __init__(self, states: np.ndarray, offsets: np.ndarray, scaling: Scaling | None = None) -> None:
        self._states = states
        self._offsets = np.asarray(offsets)
        self.lengths = np.diff(self._offsets)
        self.scaling = scaling or Scaling.of(states)

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
        # In place, but as precise as they are: what is far from zero is centred before it is rounded.
        states = states.astype(np.promote_types(states.dtype, np.float32), copy=False)
        states -= self.scaling.mean
        states /= self.scaling.scale
        return states.astype(np.float32, copy=False)


def squared_distances(queries: Batch, targets: Batch) -> np.ndarray:
    """Compute the squared DTW distance of every query to every target, float32, shape (queries, targets).

    The dependent form of Shokoohi-Yekta et al. 2017 (DTW_D), all units warped together, without a band: the least sum
    of squared Euclidean distances over monotone alignments.
    """
    ends, every = targets.lengths - 1, np.arange(len(targets.lengths))
    found = np.empty((len(queries.lengths), len(ends)), dtype=np.float32)
    for query, length in enumerate(queries.lengths):
        totals = None
        for first in range(0, length, _ROWS):
            rows = queries.steps[first : min(first + _ROWS, length), query]
            totals = _last_row(np.matmul(rows, targets.steps), totals)
        assert totals is not None  # a query has at least one step
        found[query] = totals[ends, every]
    return np.maximum(found, 0, out=found)


def _last_row(costs: np.ndarray, above: np.ndarray | None) -> np.ndarray:
    """Compute the last row of the recursion over some steps of a query.

    Parameters
    ----------
    costs : ndarray of float32, shape (targets' steps, query's steps, targets)
    above : ndarray of float32, shape (targets' steps, targets), or None
        The row before the first of these; None at the query's beginning.

    Returns
    -------
    ndarray of float32, shape (targets' steps, targets)
    """
    length, own, count = costs.shape
    # A diagonal has the cells with step + row = number. In `costs` they lie `own` - 1 rows apart, in one slice.
    costs = costs.reshape(length * own, count)
    # Three diagonals by the target's step, behind a row that stands for the step before the first one.
    before_last, last, here = (np.full((length + 1, count), np.inf, dtype=np.float32) for _ in range(3))
    out = np.empty((length, count), dtype=np.float32)
    if above is None:
        before_last[0] = 0  # where every alignment begins
    for number in range(own + length - 1):
        low, high = max(0, number - own + 1), min(length - 1, number)
        if above is not None and number < length:
            last[number + 1] = above[number]
        cells = here[low + 1 : high + 2]
        np.minimum(last[low : high + 1], last[low + 1 : high + 2], out=cells)
        np.minimum(cells, before_last[low : high + 1], out=cells)
        cells += costs[number + low * (own - 1) : number + high * (own - 1) + 1 : max(own - 1, 1)]
        if number >= own - 1:
            out[low] = cells[0]
        before_last[0] = np.inf
        before_last, last, here = last, here, before_last
    return out
