"""Flow on a 2-D map: the mean movement of paths through each cell of a grid."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class Flow:
    """Mean movement of steps that begin in the same cell of a grid, where there are enough of them.

    Attributes
    ----------
    places : ndarray of float32, shape (n, 2)
        Mean of the points that these steps begin at, in the units of the display.
    moves : ndarray of float32, shape (n, 2)
        Mean movement in a step.
    counts : ndarray of int64, shape (n,)
        Steps of each cell.
    agreement : ndarray of float32, shape (n,)
        Length of the mean movement over the mean length of a movement: 1 where all go one way, 0 where they cancel out.
    cell : float
        Width of a cell.
    least : int
        Steps from which a cell is in here.
    """

    places: np.ndarray
    moves: np.ndarray
    counts: np.ndarray
    agreement: np.ndarray
    cell: float
    least: int
