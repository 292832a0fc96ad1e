"""How often the classifier is right, and where it is wrong."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.splits import NO_SPLIT, SPLIT_NAMES


@dataclass(frozen=True)
class Mistake:
    """A recording that the classifier took for another sign.

    Attributes
    ----------
    split : str or None
        "train", "validation" or "test"; None where the split is not known.
    sign, predicted : str
        Keys of the true sign and of the classifier's answer.
    session, trial : int
    """

    split: str | None
    sign: str
    session: int
    trial: int
    predicted: str


def accuracy(activations: Activations) -> dict[str, float]:
    """Return the share of recordings classified right, by split and for "all", among those with a known answer.

    Only splits that hold recordings are named: without a known split there is only "all", and nothing at all where
    no answer is known.
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
    """Return every misclassified recording, by split (train, validation, test, none), then in recording order."""
    wrong = np.flatnonzero((activations.predicted >= 0) & (activations.predicted != activations.sign))
    wrong = wrong[np.argsort(activations.split[wrong], kind="stable")]
    return [
        Mistake(
            split=None if activations.split[i] == NO_SPLIT else SPLIT_NAMES[int(activations.split[i])],
            sign=activations.signs[activations.sign[i]],
            session=int(activations.session[i]),
            trial=int(activations.trial[i]),
            predicted=activations.signs[activations.predicted[i]],
        )
        for i in wrong
    ]
