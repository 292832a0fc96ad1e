"""Interpolation augmentation of last steps: copies moved part of the way towards a similar last step."""

from __future__ import annotations

import numpy as np

NEIGHBOURS = 8
FARTHEST = 0.7


class EndInterpolation:
    """Creates, anew for every epoch, hidden states interpolated between the last steps of similar recordings.

    A recording has one last step against some 55 before it, but the classifier reads that step alone, and where a new
    recording of a sign ends is between where known ones end. So each last step is shown in some copies, every copy
    moved up to `FARTHEST` of the way towards one of its `NEIGHBOURS` nearest last steps, whatever their signs (after
    Chawla et al. 2002, "SMOTE", without its use of classes). On held-out recordings this puts more last steps among
    those of their own sign.

    Parameters
    ----------
    states : ndarray of float32, shape (recordings, units)
        Hidden states at the last steps of the training recordings.
    copies : int
        Copies of each; 0 for none.
    """

    def __init__(self, states: np.ndarray, copies: int) -> None:
        self._states = states
        self._copies = copies if len(states) > 1 else 0
        if self._copies:
            from sklearn.neighbors import NearestNeighbors  # here, since it is hidden while Keras is imported

            neighbours = min(NEIGHBOURS, len(states) - 1)
            # The search without an argument leaves each point itself out.
            self._near = NearestNeighbors(n_neighbors=neighbours).fit(states).kneighbors(return_distance=False)

    @property
    def count(self) -> int:
        """Rows that `draw` returns."""
        return self._copies * len(self._states)

    def draw(self, rng: np.random.Generator) -> np.ndarray:
        """Return new interpolated states, float32, shape (`count`, units)."""
        if not self._copies:
            return self._states[:0]
        n = len(self._states)
        own = np.tile(np.arange(n), self._copies)
        other = self._near[own, rng.integers(0, self._near.shape[1], len(own))]
        share = rng.uniform(0, FARTHEST, (len(own), 1)).astype(np.float32)
        return self._states[own] + share * (self._states[other] - self._states[own])
