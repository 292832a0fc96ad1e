"""Means of very many steps: more of them than a plot has columns would be drawn over one another."""

from __future__ import annotations

import numpy as np

COLUMNS = 300
"""Means that are drawn of more than twice as many steps."""


def bin_means(values: np.ndarray) -> np.ndarray:
    """Return values of steps, or the means of steps that share a column where there are very many.

    Parameters
    ----------
    values : ndarray of float, shape (..., steps)
        NaN where nothing is known.

    Returns
    -------
    ndarray of float, shape (..., steps) or (..., COLUMNS)
        The mean of what is known in each column; NaN where nothing is.
    """
    steps = values.shape[-1]
    if steps <= 2 * COLUMNS:
        return values
    starts = np.arange(COLUMNS) * steps // COLUMNS
    known = np.isfinite(values)
    total = np.add.reduceat(np.where(known, values, 0), starts, axis=-1)
    count = np.add.reduceat(known, starts, axis=-1, dtype=np.int64)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)
