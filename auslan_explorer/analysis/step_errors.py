"""Reconstruction error of a map at each point, and by step along the paths."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from auslan_explorer.analysis.quality import check_units
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import Cancelled
from auslan_explorer.core.network import Autoencoder
from auslan_explorer.core.progress import IsCancelled, never

_BLOCK = 8192
"""Rows at once: a layer of 600 units takes 20 MB then."""


@dataclass(frozen=True, eq=False)
class StepErrors:
    """Reconstruction error and explained variance by step, real steps only.

    Attributes
    ----------
    count : ndarray of int64, shape (T,)
        Recordings that have the step.
    mse : ndarray of float64, shape (T,)
        Mean squared error, in squared units of the hidden state; NaN where there is no recording.
    explained : ndarray of float64, shape (T,)
        R2 = 1 - SSE / SST of the step alone, SST about the mean state of that step: 1 is perfect, 0 is no better than
        the step's mean, below 0 is worse than that. NaN where fewer than two recordings have the step or all have
        the same state.
    """

    count: np.ndarray
    mse: np.ndarray
    explained: np.ndarray


def point_errors(
    activations: Activations,
    autoencoder: Autoencoder,
    cancelled: IsCancelled = never,
    recordings: np.ndarray | None = None,
) -> np.ndarray:
    """Compute each real step's reconstruction error, float32, shape (S,); NaN outside `recordings`.

    It is the root mean squared error over units, in units of the hidden state.

    Raises
    ------
    UserError
        If the autoencoder reads another number of units.
    Cancelled
    """
    check_units(activations, autoencoder)
    out = np.full(activations.real_steps, np.nan, dtype=np.float32)
    every = activations.all_states()
    wanted = np.ones(len(activations), dtype=bool) if recordings is None else recordings
    rows = np.flatnonzero(wanted[activations.recording_of_point()])
    for start in range(0, len(rows), _BLOCK):
        if cancelled():
            raise Cancelled
        block = rows[start : start + _BLOCK]
        states = every[block]
        out[block] = np.sqrt(np.square(autoencoder.reconstruct(states) - states).mean(axis=1))
    return out


def step_errors(
    activations: Activations, errors: np.ndarray, recordings: np.ndarray | None = None, *, from_end: bool = False
) -> StepErrors:
    """Average the reconstruction errors of points by step.

    Parameters
    ----------
    activations : Activations
    errors : ndarray of float, shape (S,)
        As `point_errors` returns them.
    recordings : ndarray of bool, shape (recordings,), optional
        Which to average; all by default.
    from_end : bool
        Count steps back from each recording's last one (place 0) instead of the network's own steps.

    Returns
    -------
    StepErrors
        With as many steps as the network has.
    """
    steps = activations.steps
    place = activations.step_of_point()
    if from_end:
        last = np.repeat(activations.first_step + activations.lengths - 1, activations.lengths)
        place = (last - place).astype(np.int32)
    rows = np.arange(len(place)) if recordings is None else np.flatnonzero(recordings[activations.recording_of_point()])
    place = place[rows]
    count = np.bincount(place, minlength=steps).astype(np.int64)
    squared = np.bincount(place, np.square(errors[rows], dtype=np.float64), minlength=steps)
    total = _spread(activations, rows, place, count)
    with np.errstate(invalid="ignore", divide="ignore"):
        mse = np.where(count > 0, squared / count, np.nan)
        explained = np.where((count > 1) & (total > 0), 1 - mse / total, np.nan)
    return StepErrors(count, mse, explained)


def _spread(activations: Activations, rows: np.ndarray, place: np.ndarray, count: np.ndarray) -> np.ndarray:
    """Compute the mean over units of the variance of hidden states at each step, float64, shape (T,)."""
    steps, units = len(count), activations.units
    mean, squares = np.zeros((steps, units)), np.zeros((steps, units))
    states = activations.all_states()
    order = np.argsort(place, kind="stable")
    starts = np.concatenate([[0], np.cumsum(count)])
    for step in np.flatnonzero(count):
        here = states[rows[order[starts[step] : starts[step + 1]]]].astype(np.float64)
        mean[step] = here.mean(axis=0)
        squares[step] = np.square(here - mean[step]).mean(axis=0)
    # Rounding leaves something of 1e-17 where all recordings have the same state.
    spread = squares.mean(axis=1)
    return np.where(spread > 1e-12, spread, 0.0)
