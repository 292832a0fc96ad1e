"""Principal components of hidden states: a map that needs no training, computed block by block."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import numpy as np

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import Cancelled
from auslan_explorer.core.progress import IsCancelled, Progress, never, no_progress
from auslan_explorer.core.projection import PCA, Projection

_BLOCK = 16384
MOST_ROWS = 200_000
"""Rows that the components are found from; of more, evenly spread blocks are read."""
DIMENSIONS = (2, 3)


def with_principal_components(
    activations: Activations, *, progress: Progress = no_progress, cancelled: IsCancelled = never
) -> Activations:
    """Return activations in which each map that is missing, 2-D or 3-D, is one of principal components.

    Hidden states are read in blocks, twice where they are not many.

    Raises
    ------
    UserError
        If the hidden states cannot be read.
    Cancelled
        If `cancelled` returns True.
    """
    a = activations
    missing = [dims for dims in DIMENSIONS if dims not in a.projections]
    if not missing or not a.real_steps:
        return a
    mean, axes = find_components(a, max(missing), progress=lambda f, text: progress(f / 2, text), cancelled=cancelled)
    points = np.empty((a.real_steps, axes.shape[1]), dtype=np.float32)
    for start in range(0, a.real_steps, _BLOCK):
        if cancelled():
            raise Cancelled
        stop = min(start + _BLOCK, a.real_steps)
        points[start:stop] = (a.states.rows(start, stop) - mean) @ axes
        progress(0.5 + 0.5 * stop / a.real_steps, "Projecting hidden states")
    prefix = (a.prefix - mean) @ axes
    found = hashlib.sha256(np.concatenate([mean[:, None], axes], axis=1).astype("<f4").tobytes()).hexdigest()[:16]
    maps = {
        dims: Projection(
            np.ascontiguousarray(points[:, :dims]), np.ascontiguousarray(prefix[:, :dims]), f"pca-{found}", PCA
        )
        for dims in missing
    }
    return replace(a, projections={**a.projections, **maps})


def find_components(
    activations: Activations, count: int, *, progress: Progress = no_progress, cancelled: IsCancelled = never
) -> tuple[np.ndarray, np.ndarray]:
    """Find the directions in which hidden states vary most.

    Returns
    -------
    mean : ndarray of float32, shape (units,)
    axes : ndarray of float32, shape (units, count)
        Columns of length 1, largest variance first; columns of zeros beyond the number of units.
    """
    a = activations
    starts = list(range(0, a.real_steps, _BLOCK))
    blocks = max(MOST_ROWS // _BLOCK, 1)
    if len(starts) > blocks:
        starts = [starts[place] for place in np.linspace(0, len(starts) - 1, blocks).round().astype(int)]
    total, products, rows = np.zeros(a.units), np.zeros((a.units, a.units)), 0
    # Taken off before squaring, so that states far from zero lose no digits.
    centre = a.states.rows(0, 1)[0].astype(np.float32)
    for number, start in enumerate(starts):
        if cancelled():
            raise Cancelled
        block = a.states.rows(start, min(start + _BLOCK, a.real_steps)) - centre
        total += block.sum(axis=0, dtype=np.float64)
        products += block.T @ block
        rows += len(block)
        progress((number + 1) / len(starts), "Finding principal components")
    mean = total / rows
    _, vectors = np.linalg.eigh(products / rows - np.outer(mean, mean))
    axes = np.zeros((a.units, count), dtype=np.float32)
    largest = vectors[:, ::-1][:, :count]
    # Of both directions of an axis, that in which its largest weight is positive.
    largest = largest * np.sign(largest[np.abs(largest).argmax(axis=0), np.arange(largest.shape[1])])
    axes[:, : largest.shape[1]] = largest
    return (mean + centre).astype(np.float32), axes
