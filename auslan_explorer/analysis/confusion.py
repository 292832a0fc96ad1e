"""Compact confusion matrix: only the signs that are confused, since all other cells are empty."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from auslan_explorer.core.activations import Activations


@dataclass(frozen=True)
class Confusions:
    """Confusion matrix of the signs that are confused.

    Attributes
    ----------
    true, predicted : ndarray of int
        Signs of the rows (true signs with mistakes) and of the columns (the wrong predictions), in
        the order of their names.
    counts : ndarray of int, shape (rows, columns)
        Recordings of the row's sign predicted as the column's; where both are the same sign, the right predictions.
    mistakes, known : int
        Number of misclassified recordings, and of those whose prediction is known.
    """

    true: np.ndarray
    predicted: np.ndarray
    counts: np.ndarray
    mistakes: int
    known: int


def confusions(activations: Activations, splits: Collection[int] | None = None) -> Confusions:
    """Count how often each confused sign was predicted as each other one.

    Parameters
    ----------
    activations : Activations
    splits : collection of int, optional
        Splits to count; all by default.
    """
    a = activations
    known = _counted(a, splits)
    wrong = known & (a.predicted != a.sign)
    true, predicted = a.sort_signs(np.unique(a.sign[wrong])), a.sort_signs(np.unique(a.predicted[wrong]))
    n = len(a.signs)
    table = np.zeros((n, n), dtype=np.int64)
    np.add.at(table, (a.sign[known], a.predicted[known]), 1)
    return Confusions(true, predicted, table[np.ix_(true, predicted)], int(wrong.sum()), int(known.sum()))


def confused_recordings(
    activations: Activations, true: int, predicted: int, splits: Collection[int] | None = None
) -> np.ndarray:
    """Return the recordings of the sign `true` that were predicted as `predicted`; indices, shape (n,)."""
    a = activations
    return np.flatnonzero(_counted(a, splits) & (a.sign == true) & (a.predicted == predicted))


def _counted(activations: Activations, splits: Collection[int] | None) -> np.ndarray:
    known = activations.predicted >= 0
    return known if splits is None else known & np.isin(activations.split, list(splits))
