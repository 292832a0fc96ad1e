"""Lengths of steps: how far the hidden state really moves beside how far the point on a map does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from auslan_explorer.core.projection import Projection, signed_log

_PART = 1 << 11
"""Rows whose differences are computed at once: they fit the processor's cache."""
BINS = 10
"""Bins of a histogram for each mean step."""
MOST = 5
"""Mean steps that a histogram reaches; its last bin has all that are longer."""


def distances_to_next(rows: np.ndarray) -> np.ndarray:
    """Return how far each row lies from the one before, Euclidean norm, float32, shape (rows - 1,)."""
    out = np.empty(max(len(rows) - 1, 0), dtype=np.float32)
    # Part by part: differences of all rows at once would take as much memory as the rows, twice.
    for start in range(0, len(out), _PART):
        part = rows[start : min(start + _PART, len(out)) + 1]
        out[start : start + _PART] = np.linalg.norm(np.diff(part, axis=0), axis=1)
    return out


def step_lengths(rows: np.ndarray, offsets: np.ndarray) -> np.ndarray:
    """Compute the length of each step, Euclidean norm.

    Parameters
    ----------
    rows : ndarray of float, shape (real steps, units or dims)
        Hidden states or points, recording after recording.
    offsets : ndarray of int, shape (recordings + 1,)
        First row of each recording.

    Returns
    -------
    ndarray of float32, shape (real steps,)
        Not a number for a recording's first step, before which nothing is known of it.
    """
    out = np.append(np.float32(np.nan), distances_to_next(rows)) if len(rows) else np.zeros(0, dtype=np.float32)
    starts = offsets[:-1][np.diff(offsets) > 0]
    out[starts] = np.nan
    return out


def mean_length(lengths: np.ndarray) -> float:
    """Return the mean of the lengths that are known; not a number where none is, or nothing moves."""
    known = lengths[np.isfinite(lengths)]
    return (float(known.mean(dtype=np.float64)) if len(known) else 0.0) or float("nan")


def length_shares(lengths: np.ndarray) -> np.ndarray:
    """Return which share of steps has which length, in mean steps.

    Returns
    -------
    ndarray of float64, shape (BINS * MOST + 1,)
        Share in each bin, `BINS` a mean step; the last has all that are longer. Not a number where no step is known.
    """
    mean, known = mean_length(lengths), lengths[np.isfinite(lengths)]
    last = BINS * MOST
    if not np.isfinite(mean):
        return np.full(last + 1, np.nan)
    bins = np.minimum(known / mean * BINS, last).astype(np.int64)
    return np.bincount(bins, minlength=last + 1) / len(known)


@dataclass(frozen=True, eq=False)
class StepShares:
    """Shares of steps by their length, as of `length_shares`.

    Attributes
    ----------
    true : ndarray of float
        Of the hidden states.
    shown : mapping of bool to ndarray of float
        Of a map's points, by whether the map shows the signed log.
    """

    true: np.ndarray
    shown: Mapping[bool, np.ndarray]


def step_shares(states: np.ndarray, projection: Projection, offsets: np.ndarray) -> StepShares:
    """Compute which shares of steps have which lengths, in the full space and on a map.

    Parameters
    ----------
    states : ndarray of float, shape (real steps, units)
    projection : Projection
        Of these states.
    offsets : ndarray of int, shape (recordings + 1,)
    """
    shown = {log: signed_log(projection.points) if log else projection.points for log in (True, False)}
    return StepShares(
        length_shares(step_lengths(states, offsets)),
        {log: length_shares(step_lengths(points, offsets)) for log, points in shown.items()},
    )
