"""How smooth paths are on a map, and whether its neighbourhoods hold among other recordings.

Consecutive states of a recurrent network are near each other. Where their points on the map are not, the map is torn
there, and a line drawn from one to the next passes where no state was. Figures that count neighbours hardly see it: of
a step's true neighbours many are steps of the same recording.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from auslan_explorer.core.projection import LONG_STEP, map_extent, signed_log

_BLOCK = 512
"""Rows whose distances to all others are in memory at once."""


@dataclass(frozen=True)
class Smoothness:
    """Smoothness of paths on a map; None where there is no step to measure.

    Attributes
    ----------
    long_steps, long_steps_log : float or None
        Share of recordings with at least one step longer than a tenth of the map's extent, on the map and after its
        signed log. The extent is the diagonal of the box between the 0.5th and the 99.5th percentile of each axis.
    largest_step : float or None
        Largest step as a share of its path's length, the median over recordings.
    step_correlation : float or None
        Pearson's correlation, over all steps, of how far the point moves and how far the state moves.
    """

    long_steps: float | None = None
    long_steps_log: float | None = None
    largest_step: float | None = None
    step_correlation: float | None = None


def smoothness(states: np.ndarray, points: np.ndarray, recording: np.ndarray) -> Smoothness:
    """Measure how smooth paths are on a map.

    Parameters
    ----------
    states : ndarray of float, shape (S, units)
        Hidden states of the steps to measure on, recording after recording.
    points : ndarray of float, shape (S, dims)
        Their points on the map.
    recording : ndarray of int, shape (S,)
        Recording of each step, in ascending order.
    """
    inside = np.flatnonzero(np.diff(recording) == 0)
    if not len(inside):
        return Smoothness()
    moved = _steps(points, inside)
    state_moved = _steps(states, inside)
    whose = recording[inside]
    first = np.flatnonzero(np.concatenate([[True], np.diff(whose) != 0]))
    length, largest = np.add.reduceat(moved, first), np.maximum.reduceat(moved, first)
    moving = length > 0
    # Steps that differ by rounding alone correlate with anything.
    varied = all(each.std() > 1e-9 * each.mean() for each in (moved, state_moved))
    return Smoothness(
        _share_with_long_step(points, inside, first),
        _share_with_long_step(signed_log(points), inside, first),
        float(np.median(largest[moving] / length[moving])) if moving.any() else None,
        float(np.corrcoef(moved, state_moved)[0, 1]) if varied else None,
    )


def _steps(values: np.ndarray, inside: np.ndarray) -> np.ndarray:
    """Return the length of the step from each row of `inside` to the next, float64."""
    return np.linalg.norm((values[inside + 1] - values[inside]).astype(np.float64), axis=1)


def _share_with_long_step(points: np.ndarray, inside: np.ndarray, first: np.ndarray) -> float | None:
    extent = map_extent(points)
    if not extent:
        return None
    return float(np.mean(np.maximum.reduceat(_steps(points, inside), first) > LONG_STEP * extent))


def trustworthiness_elsewhere(states: np.ndarray, points: np.ndarray, recording: np.ndarray, k: int) -> float | None:
    """Compute a map's trustworthiness among steps of other recordings alone.

    As Venna and Kaski 2001 define it, each step's own recording left out in both spaces.

    Parameters
    ----------
    states : ndarray of float, shape (rows, units)
    points : ndarray of float, shape (rows, dims)
    recording : ndarray of int, shape (rows,)
    k : int
        Neighbours.

    Returns
    -------
    float or None
        None where a step has fewer than 2 `k` others.
    """
    _, code, count = np.unique(recording, return_inverse=True, return_counts=True)
    others = len(states) - count[code]
    if not len(states) or others.min() <= 2 * k:
        return None
    true, seen = _Squared(states), _Squared(points)
    total = 0.0
    for start in range(0, len(states), _BLOCK):
        block = slice(start, start + _BLOCK)
        own = code[block, None] == code
        far, near = true.distances(block), seen.distances(block)
        far[own] = near[own] = np.inf
        neighbours = np.argpartition(near, k - 1, axis=1)[:, :k]
        limit = np.take_along_axis(far, neighbours, axis=1)
        intrusion = np.zeros(len(far))
        for column in range(k):
            intrusion += np.maximum((far < limit[:, column, None]).sum(axis=1) + 1 - k, 0)
        total += float((intrusion * 2 / (k * (2 * others[block] + 1 - 3 * k))).sum())
    return 1 - total / len(states)


class _Squared:
    """Squared Euclidean distances among rows, without the constant of each row."""

    def __init__(self, rows: np.ndarray) -> None:
        self._rows = (rows - rows.mean(axis=0)).astype(np.float32)
        self._squared = np.square(self._rows).sum(axis=1)

    def distances(self, block: slice) -> np.ndarray:
        return np.asarray(self._squared - 2 * (self._rows[block] @ self._rows.T))
