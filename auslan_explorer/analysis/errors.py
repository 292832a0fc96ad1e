"""Accuracy of the classifier, and the list of its mistakes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.splits import NO_SPLIT, SPLIT_NAMES


@dataclass(frozen=True)
class Mistake:
    """A misclassified recording.

    Attributes
    ----------
    split : str or None
        "train", "validation" or "test"; None where the split is not known.
    sign, predicted : str
        Keys of the true and of the predicted sign.
    session, trial : int
    recording : int
        Its place in the activations.
    """

    split: str | None
    sign: str
    session: int
    trial: int
    predicted: str
    recording: int


def accuracy(activations: Activations) -> dict[str, float]:
    """Compute the fraction of recordings classified right, by split and for "all", among those with a prediction.

    Only splits that hold recordings are in the result: without a known split there is only "all", and nothing where
    no prediction is known.
    """
    known = activations.predicted >= 0
    right = activations.predicted == activations.sign
    out = {}
    for code, name in SPLIT_NAMES.items():
        rows = known & (activations.split == code)
        if code != NO_SPLIT and rows.any():
            out[name] = float(right[rows].mean())
    if known.any():
        out["all"] = float(right[known].mean())
    return out


def mistakes(activations: Activations) -> list[Mistake]:
    """List every misclassified recording, by split (train, validation, test, none), then in recording order."""
    wrong = np.flatnonzero((activations.predicted >= 0) & (activations.predicted != activations.sign))
    wrong = wrong[np.argsort(activations.split[wrong], kind="stable")]
    return [
        Mistake(
            split=None if activations.split[i] == NO_SPLIT else SPLIT_NAMES[int(activations.split[i])],
            sign=activations.signs[activations.sign[i]],
            session=int(activations.session[i]),
            trial=int(activations.trial[i]),
            predicted=activations.signs[activations.predicted[i]],
            recording=int(i),
        )
        for i in wrong
    ]
