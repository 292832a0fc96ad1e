"""Predictions at every step: from which step a prediction is stable, and accuracy by step.

The softmax head was trained on last steps only. Applied to an earlier hidden state it gives the network's prediction
if the recording ended there. The question is that of early classification of time series (Xing et al. 2012, "Early
classification on time series"): how accurate predictions are at each step, and how early they are stable.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from auslan_explorer.analysis.blas import one_thread
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.playing import Alignment, own_step
from auslan_explorer.core.predictions import Predictions, known_predictions, store_predictions
from auslan_explorer.core.splits import NO_SPLIT, SPLIT_NAMES

EARLY = 0.9
"""Fraction of the finally right recordings that must be right, in `EarlyFigures.mostly_known`."""


@dataclass(frozen=True, eq=False)
class SplitAccuracy:
    """Accuracy by position of the playback for one split.

    Attributes
    ----------
    split : str
        "train", "validation", "test" or "all".
    recordings : int
    right : ndarray of float, shape (positions,)
        Fraction of the recordings whose prediction is right at each position; a recording that has not begun is not
        right, and one that has ended keeps its last prediction. Never NaN.
    """

    split: str
    recordings: int
    right: np.ndarray


@dataclass(frozen=True)
class EarlyFigures:
    """How early predictions are stable and right.

    Attributes
    ----------
    settled_share : float
        Median over recordings of the fraction of real steps read when the prediction became stable, 0 to 1.
    mostly_known : int or None
        First position at which `EARLY` of those right in the end are right; None where none ever is.
    """

    settled_share: float
    mostly_known: int | None


def predictions_for(activations: Activations) -> Predictions | None:
    """Return the predictions at every step, computed once and cached; None without a softmax head.

    Takes about half a second for the article's 144 530 steps, and as much again to read them from a cache's file.

    Raises
    ------
    UserError
        If the hidden states cannot be read.
    """
    known = known_predictions(activations)
    if known is None:
        known = predict_every_step(activations)
        if known is not None:
            store_predictions(activations, known)
    return known


def predict_every_step(activations: Activations) -> Predictions | None:
    """Compute the predictions at every step, without caching them; None without a softmax head.

    Raises
    ------
    UserError
        If the hidden states cannot be read.
    """
    with one_thread():
        at = activations.step_predictions
    if at is None:
        return None
    return Predictions(at, stable_from(at, activations.offsets, activations.first_step))


def stable_from(at: np.ndarray, offsets: np.ndarray, first_step: np.ndarray) -> np.ndarray:
    """Find the step from which each recording's prediction is its final one.

    Parameters
    ----------
    at : ndarray of int, shape (S,)
    offsets : ndarray of int, shape (recordings + 1,)
    first_step : ndarray of int, shape (recordings,)

    Returns
    -------
    ndarray of int32, shape (recordings,)
        -1 for recordings without a step.
    """
    lengths = np.diff(offsets)
    out = np.full(len(lengths), -1, dtype=np.int32)
    some = np.flatnonzero(lengths > 0)
    if not len(some):
        return out
    final = np.repeat(at[offsets[1:][some] - 1], lengths[some])
    # One past the last step with another prediction; the recording's first step where it has none of its own.
    others = np.append(-1, np.flatnonzero(at != final))
    begins, ends = offsets[:-1][some], offsets[1:][some]
    latest = np.maximum(others.take(np.searchsorted(others, ends) - 1) + 1, begins)
    out[some] = first_step[some] + latest - begins
    return out


def correct_at(
    activations: Activations, answers: Predictions, alignment: Alignment, position: int, recordings: np.ndarray
) -> np.ndarray:
    """Return which recordings are predicted right at a position of the playback.

    Parameters
    ----------
    activations : Activations
    answers : Predictions
    alignment : Alignment
    position : int
    recordings : ndarray of int, shape (n,)

    Returns
    -------
    ndarray of bool, shape (n,)
        False for recordings that have not begun.
    """
    now = prediction_at(activations, answers, alignment, position, recordings)
    return (now >= 0) & (now == activations.sign[recordings])


def prediction_at(
    activations: Activations, answers: Predictions, alignment: Alignment, position: int, recordings: np.ndarray
) -> np.ndarray:
    """Return the prediction of each recording at a position, int16, shape (n,); -1 where it has not begun."""
    a, first = activations, activations.first_step[recordings]
    step = own_step(alignment, a.steps, position, first, a.lengths[recordings])
    begun = (step >= first) & (a.lengths[recordings] > 0)
    row = np.where(begun, a.offsets[recordings] + step - first, 0)
    if not len(answers.at):
        return np.full(len(first), -1, dtype=np.int16)
    return np.where(begun, answers.at[row], -1).astype(np.int16)


def accuracy_by_step(activations: Activations, answers: Predictions, alignment: Alignment) -> tuple[SplitAccuracy, ...]:
    """Compute accuracy by position for each split that holds recordings; for "all" where no split is known."""
    a = activations
    groups = [(name, np.flatnonzero(a.split == code)) for code, name in SPLIT_NAMES.items() if code != NO_SPLIT]
    groups = [(name, rows) for name, rows in groups if len(rows)]
    if not groups and len(a):
        groups = [("all", np.arange(len(a)))]
    return tuple(
        SplitAccuracy(
            name,
            len(rows),
            np.array([correct_at(a, answers, alignment, p, rows).mean() for p in range(a.steps)], dtype=float),
        )
        for name, rows in groups
    )


def early_figures(
    activations: Activations, answers: Predictions, known: SplitAccuracy, recordings: np.ndarray
) -> EarlyFigures | None:
    """Compute how early predictions are stable among some recordings; None where none of them has a step.

    Parameters
    ----------
    activations : Activations
    answers : Predictions
    known : SplitAccuracy
        Accuracy of these recordings by position.
    recordings : ndarray of int, shape (n,)
    """
    a = activations
    some = recordings[a.lengths[recordings] > 0]
    if not len(some):
        return None
    read = answers.settled[some] - a.first_step[some] + 1
    # A tiny number less, or exactly nine tenths would often be missed by rounding: 0.9 * (20 / 25) is above 18 / 25.
    least = EARLY * known.right[-1] - 1e-9
    enough = np.flatnonzero(known.right >= least) if known.right[-1] > 0 else np.zeros(0, dtype=int)
    return EarlyFigures(
        settled_share=float(np.median(read / a.lengths[some])),
        mostly_known=int(enough[0]) if len(enough) else None,
    )
