"""Analysis of single units: an order by similarity, largest changes in a range of steps, and similar changes elsewhere.

The last is the question of LSTMVis (Strobelt et al. 2018), "where does the network do this again?", asked of
continuous input: there a state is on or off at a word, here it is a change over a number of steps.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from auslan_explorer.analysis.seriation import likeness_ordering
from auslan_explorer.core.activations import StateSource
from auslan_explorer.core.errors import Cancelled
from auslan_explorer.core.progress import IsCancelled, never

CHANGING = 8
"""Number of units whose change is searched for elsewhere."""

SAMPLE = 20_000
"""Evenly spaced steps from which the order of units is computed; more only take longer."""
_PART = 1 << 14
"""Rows of hidden states that are read at once."""


@dataclass(frozen=True)
class Elsewhere:
    """A range of steps in which the units change similarly.

    Attributes
    ----------
    recording : int
    start, stop : int
        Real steps of that recording, from 0, half-open.
    alike : float
        Similarity: 1 for an equal change; 0 where the difference is as large as the change itself, or larger.
    """

    recording: int
    start: int
    stop: int
    alike: float


def sample_stride(steps: int) -> int:
    """Return how far the steps of `SAMPLE` lie from one another."""
    return max(1, steps // SAMPLE)


def likeness_order(states: np.ndarray) -> np.ndarray:
    """Order the units so that correlated ones are next to each other.

    Average linkage on 1 - correlation, leaves in the optimal order (Bar-Joseph et al. 2001).

    Parameters
    ----------
    states : ndarray of float, shape (steps, units)

    Returns
    -------
    ndarray of int, shape (units,)
        Units that never change count as uncorrelated with every other.
    """
    states = states[:: sample_stride(len(states))]
    units = states.shape[1]
    if units < 3 or len(states) < 2:
        return np.arange(units)
    centred = states - states.mean(axis=0)
    norm = np.sqrt(np.einsum("ij,ij->j", centred, centred, dtype=np.float64))
    moving = norm > 1e-12
    scale = np.where(moving, norm, 1.0)
    correlation = (centred.T @ centred).astype(np.float64) / (scale[:, None] * scale)
    apart = np.clip(1 - correlation, 0, 2)
    return likeness_ordering((apart + apart.T) / 2)


def changed_most(states: np.ndarray, start: int, stop: int, count: int = CHANGING) -> tuple[np.ndarray, np.ndarray]:
    """Find the units that change most from the first to the last step of a range.

    Parameters
    ----------
    states : ndarray of float, shape (length, units)
    start, stop : int
        Half-open range of at least two steps.
    count : int

    Returns
    -------
    units : ndarray of int, shape (min(count, units),)
        Largest absolute change first.
    change : ndarray of float32, shape like `units`
    """
    change = np.asarray(states[stop - 1], dtype=np.float32) - np.asarray(states[start], dtype=np.float32)
    units = np.argsort(-np.abs(change), kind="stable")[:count]
    return units, change[units]


def alike_elsewhere(
    states: StateSource,
    offsets: np.ndarray,
    units: np.ndarray,
    change: np.ndarray,
    window: int,
    leave_out: int,
    count: int = 10,
    *,
    cancelled: IsCancelled = never,
) -> list[Elsewhere]:
    """Find the ranges of steps in which units change most similarly: the best range of each recording.

    Parameters
    ----------
    states : StateSource, shape (S, all units)
        Real steps, recording after recording.
    offsets : ndarray of int, shape (recordings + 1,)
    units : ndarray of int, shape (k,)
    change : ndarray of float, shape (k,)
        Change to search for, from the first to the last step of `window` steps.
    window : int
        At least 2.
    leave_out : int
        Recording of the query, which is not searched.
    count : int

    Returns
    -------
    list of Elsewhere
        Most similar first; recordings shorter than the window are left out.

    Raises
    ------
    UserError
        If the hidden states cannot be read.
    Cancelled
    """
    lengths = np.diff(offsets)
    fits = lengths >= window
    if not fits.any():
        return []
    count_rows = states.shape[0]
    distance = np.full(count_rows, np.inf)
    for start in range(0, count_rows, _PART):
        if cancelled():
            raise Cancelled
        own = states.rows(start, min(start + _PART + window - 1, count_rows))[:, units]
        difference = own[window - 1 :] - own[: len(own) - window + 1] - np.asarray(change, dtype=np.float32)
        distance[start : start + len(difference)] = np.sqrt(np.einsum("ij,ij->i", difference, difference))
    # Windows that run on into the next recording are none.
    distance[np.arange(count_rows) > np.repeat(offsets[1:] - window, lengths)] = np.inf
    best = np.full(len(lengths), np.inf)
    filled = np.flatnonzero(lengths > 0)
    best[filled] = np.minimum.reduceat(distance, offsets[filled])
    best[leave_out] = np.inf
    size = max(float(np.linalg.norm(change)), 1e-12)
    found = []
    for recording in np.argsort(best, kind="stable")[:count]:
        if not np.isfinite(best[recording]):
            break
        first = int(offsets[recording])
        start = int(np.argmin(distance[first : offsets[recording + 1]]))
        alike = max(0.0, 1 - float(best[recording]) / size)
        found.append(Elsewhere(int(recording), start, start + window, alike))
    return found


def leading_classes(
    probabilities: np.ndarray, always: tuple[int, ...], count: int = 5, least: float = 0.02
) -> np.ndarray:
    """Choose the classes to plot: those in `always`, then those that are most probable at any step.

    Parameters
    ----------
    probabilities : ndarray, shape (steps, classes)
    always : tuple of int
        Such as the true and the predicted class; negative numbers are ignored.
    count : int
        Most classes to return.
    least : float
        Classes that never reach this probability are left out.

    Returns
    -------
    ndarray of int
        By their probability at the last step, highest first.
    """
    highest = probabilities.max(axis=0)
    order = [c for c in dict.fromkeys(always) if c >= 0]
    order += [int(c) for c in np.argsort(-highest, kind="stable") if highest[c] >= least and int(c) not in order]
    chosen = np.array(order[:count], dtype=np.int64)
    return chosen[np.argsort(-probabilities[-1, chosen], kind="stable")]
