"""Quality of each point of a map: its own term of trustworthiness and of continuity.

Venna and Kaski 2001 ("Neighborhood preservation in nonlinear projection methods: an experimental study") sum, over all
points, how far intruders among a point's neighbours on the map are from it in the full space (trustworthiness), and how
far neighbours in the full space have been pushed away on the map (continuity). The sum's terms, each with the weight
that takes it from 0 to 1, are what is returned here; their mean is the figure that scikit-learn computes.
"""

from __future__ import annotations

import numpy as np

from auslan_explorer.core.errors import Cancelled, UserError
from auslan_explorer.core.progress import IsCancelled, Progress, never, no_progress
from auslan_explorer.core.words import counted

REFERENCES = 1000
"""Steps among which neighbours are searched: all pairs of 144 530 would take 170 GB, and successive steps are so
similar that a sample suffices. The same sample for the same data, whatever the map."""

_BLOCK = 512
"""Steps whose distances to the references are in memory at once."""


def references(rows: int, count: int = REFERENCES, seed: int = 0) -> np.ndarray:
    """Draw the rows that serve as references, ascending; all rows where there are few."""
    if rows <= count:
        return np.arange(rows)
    return np.sort(np.random.default_rng(seed).choice(rows, count, replace=False))


def point_trust(
    space: np.ndarray,
    shown: np.ndarray,
    k: int,
    among: np.ndarray,
    progress: Progress = no_progress,
    cancelled: IsCancelled = never,
) -> np.ndarray:
    """Compute each point's term of trustworthiness; of continuity with `space` and `shown` exchanged.

    Parameters
    ----------
    space : ndarray of float, shape (S, n)
        Space of the true neighbours.
    shown : ndarray of float, shape (S, m)
        Space in which neighbours are checked.
    k : int
        Neighbours.
    among : ndarray of int, shape (r,)
        Rows among which neighbours are searched, as `references` returns them; a row is never its own neighbour.
    progress, cancelled : callable, optional

    Returns
    -------
    ndarray of float32, shape (S,)
        1 where all k neighbours in `shown` are also the k nearest in `space`, 0 where they could not be farther.

    Raises
    ------
    UserError
        If k is not below half of the references, where the measure is not defined.
    Cancelled
    """
    if not 1 <= k < len(among) / 2:
        raise UserError(
            f"{counted(len(among), 'step')} cannot have {counted(k, 'neighbour')} each; choose fewer neighbours."
        )
    own = np.full(len(space), -1)
    own[among] = np.arange(len(among))
    true, seen = _Distances(space, among), _Distances(shown, among)
    out = np.empty(len(space), dtype=np.float32)
    for start in range(0, len(space), _BLOCK):
        if cancelled():
            raise Cancelled
        stop = min(start + _BLOCK, len(space))
        itself = own[start:stop]
        mine = np.flatnonzero(itself >= 0), itself[itself >= 0]
        near, far = seen.between_rows(start, stop), true.between_rows(start, stop)
        near[mine] = far[mine] = np.inf
        neighbours = np.argpartition(near, k - 1, axis=1)[:, :k]
        limit = np.take_along_axis(far, neighbours, axis=1)
        intrusion = np.zeros(stop - start, dtype=np.int64)
        for column in range(k):
            # Bytes are summed several times faster than truth values are counted.
            nearer = (far < limit[:, column, None]).view(np.uint8)
            intrusion += np.maximum(nearer.sum(axis=1, dtype=np.uint32).astype(np.int64) + 1 - k, 0)
        # n of the formula counts the point itself, which is one of the references or comes on top of them.
        n = len(among) + (itself < 0)
        out[start:stop] = 1 - intrusion * (2 / (k * (2 * n - 3 * k - 1)))
        progress(stop / len(space), "comparing neighbours")
    return out


class _Distances:
    """Squared Euclidean distances of rows to the references, float32, without the constant of each row."""

    def __init__(self, space: np.ndarray, among: np.ndarray) -> None:
        # About the middle: float32 loses less in the difference of large squares.
        self._space, self._middle = space, space[among].mean(axis=0, dtype=np.float64).astype(np.float32)
        self._to = np.ascontiguousarray((space[among] - self._middle).T, dtype=np.float32)
        self._squared = np.square(self._to).sum(axis=0)

    def between_rows(self, start: int, stop: int) -> np.ndarray:
        rows = (self._space[start:stop] - self._middle).astype(np.float32)
        return self._squared - 2 * (rows @ self._to)
