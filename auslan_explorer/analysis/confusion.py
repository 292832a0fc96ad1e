"""Which signs are mistaken for which: only those pairs, since all others are empty cells."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from auslan_explorer.core.activations import Activations


@dataclass(frozen=True)
class Confusions:
    """A compact confusion matrix.

    Attributes
    ----------
    true, predicted : ndarray of int
        Signs of the rows (true, in which a mistake was made) and of the columns (the mistaken answers).
    counts : ndarray of int, shape (rows, columns)
        Recordings of the row's sign taken for the column's; where both are one sign, those that are right.
    mistakes, known : int
        Misclassified recordings, and those whose answer is known.
    """

    true: np.ndarray
    predicted: np.ndarray
    counts: np.ndarray
    mistakes: int
    known: int


def confusions(activations: Activations, splits: Collection[int] | None = None) -> Confusions:
    """Return the signs involved in mistakes, and how often each was taken for each.

    Parameters
    ----------
    activations : Activations
    splits : collection of int, optional
        Splits to count; all by default.
    """
    a = activations
    known = _counted(a, splits)
    wrong = known & (a.predicted != a.sign)
    true, predicted = np.unique(a.sign[wrong]), np.unique(a.predicted[wrong])
    n = len(a.signs)
    table = np.zeros((n, n), dtype=np.int64)
    np.add.at(table, (a.sign[known], a.predicted[known]), 1)
    return Confusions(true, predicted, table[np.ix_(true, predicted)], int(wrong.sum()), int(known.sum()))


def confused_recordings(
    activations: Activations, true: int, predicted: int, splits: Collection[int] | None = None
) -> np.ndarray:
    """Return the recordings of the sign `true` that were taken for `predicted`, shape (n,)."""
    a = activations
    return np.flatnonzero(_counted(a, splits) & (a.sign == true) & (a.predicted == predicted))


def _counted(activations: Activations, splits: Collection[int] | None) -> np.ndarray:
    known = activations.predicted >= 0
    return known if splits is None else known & np.isin(activations.split, list(splits))
