"""The decision landscape: what a network answers at each place of a 2-D map."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class Landscape:
    """What the network answers for the hidden state that a map's decoder makes of each place, on a grid of nodes.

    Row 0 is at the lower edge; nodes stand on the edges.

    Attributes
    ----------
    low, high : ndarray of float64, shape (2,)
        Corners of the grid, in the units of the display: after the signed log where the map shows that.
    answer : ndarray of int16, shape (rows, columns)
        Index of the sign answered.
    certainty : ndarray of float32, shape (coarse rows, coarse columns)
        Probability of the answer, on a coarser grid of the same extent.
    distance : ndarray of float32, shape (coarse rows, coarse columns)
        How far the decoded state is from the nearest hidden state found, root mean square over units.
    far_from : float
        Distance from which a decoded state counts as far from any real one.
    """

    low: np.ndarray
    high: np.ndarray
    answer: np.ndarray
    certainty: np.ndarray
    distance: np.ndarray
    far_from: float

    @property
    def far(self) -> np.ndarray:
        """Coarse nodes whose decoded state is far from any real one, bool."""
        return self.distance > self.far_from
