"""Principal components of hidden states: a map that needs no training, computed block by block."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import numpy as np

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import Cancelled, UserError
from auslan_explorer.core.progress import IsCancelled, Progress, never, no_progress
from auslan_explorer.core.projection import PCA, Projection

_BLOCK = 16384
MOST_ROWS = 200_000
"""Rows up to which the components are found from all of them."""
_PIECES, _PIECE = 49, 1024
"""Of more, so many evenly spread pieces of so many rows are read: what they differ by is not seen on a map."""
MOST_UNITS, _SAMPLE = 4096, 1000
"""Beyond the first, components are found in a sample of rows: a table of products would take gigabytes. Fewer rows than
units are such a sample themselves: a table of rows is smaller, and gives the same."""
DIMENSIONS = (2, 3)
_TOO_LARGE = "The hidden states hold numbers so large that no map can be made of them; check them."


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
    middle = mean @ axes
    for start in range(0, a.real_steps, _BLOCK):
        if cancelled():
            raise Cancelled
        stop = min(start + _BLOCK, a.real_steps)
        with np.errstate(over="ignore", invalid="ignore"):
            points[start:stop] = a.states.rows(start, stop) @ axes - middle
        if not np.isfinite(points[start:stop]).all():
            raise UserError(_TOO_LARGE)
        progress(0.5 + 0.5 * stop / a.real_steps, "Projecting hidden states")
    prefix = a.prefix @ axes - middle
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

    Raises
    ------
    UserError
        If the numbers are too large.
    """
    a = activations
    if a.units > MOST_UNITS or a.real_steps < min(a.units, _SAMPLE):
        return _find_in_sample(a, count)
    starts, size = list(range(0, a.real_steps, _BLOCK)), _BLOCK
    if a.real_steps > MOST_ROWS:
        starts, size = np.linspace(0, a.real_steps - _PIECE, _PIECES).astype(int).tolist(), _PIECE
    total, products, rows = np.zeros(a.units), np.zeros((a.units, a.units)), 0
    # Taken off before squaring, so that states far from zero lose no digits.
    centre = a.states.rows(0, 1)[0].astype(np.float32)
    for number, start in enumerate(starts):
        if cancelled():
            raise Cancelled
        block = a.states.rows(start, min(start + size, a.real_steps)) - centre
        total += block.sum(axis=0, dtype=np.float64)
        with np.errstate(over="ignore", invalid="ignore"):
            products += block.T @ block
        rows += len(block)
        progress((number + 1) / len(starts), "Finding principal components")
    mean = total / rows
    axes = _same_way_round(_largest(products / rows - np.outer(mean, mean), count), a.units, count)
    return (mean + centre).astype(np.float32), axes


def find_directions(centred: np.ndarray, count: int) -> np.ndarray:
    """Find the directions in which the rows of an array vary most.

    Parameters
    ----------
    centred : ndarray of float32, shape (rows, columns)
        With means of zero.
    count : int

    Returns
    -------
    ndarray of float32, shape (columns, count)
        As `find_components` returns axes.

    Raises
    ------
    UserError
        If the numbers are too large.
    """
    rows, columns = centred.shape
    with np.errstate(over="ignore", invalid="ignore"):
        if rows < columns:
            found = centred.T @ _largest(centred @ centred.T, count).astype(np.float32)
            lengths = np.linalg.norm(found, axis=0)
            found = np.divide(found, lengths, out=np.zeros_like(found), where=lengths > 0)
        else:
            found = _largest(centred.T @ centred, count)
    return _same_way_round(found, columns, count)


def _find_in_sample(a: Activations, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Find components as `find_components` does, of so few rows that the products of units need no table."""
    rows = np.linspace(0, a.real_steps - 1, min(a.real_steps, _SAMPLE)).round().astype(int)
    sample = np.concatenate([a.states.rows(row, row + 1) for row in rows.tolist()]).astype(np.float32)
    mean = sample.mean(axis=0, dtype=np.float64).astype(np.float32)
    return mean, find_directions(sample - mean, count)


def _largest(products: np.ndarray, count: int) -> np.ndarray:
    """Return the eigenvectors of the largest eigenvalues, as columns."""
    if not np.isfinite(products).all():
        raise UserError(_TOO_LARGE)
    return np.linalg.eigh(products)[1][:, ::-1][:, :count]


def _same_way_round(largest: np.ndarray, units: int, count: int) -> np.ndarray:
    """Return axes of which the largest weight is positive, with columns of zeros beyond those that there are."""
    axes = np.zeros((units, count), dtype=np.float32)
    largest = largest * np.sign(largest[np.abs(largest).argmax(axis=0), np.arange(largest.shape[1])])
    axes[:, : largest.shape[1]] = largest
    return axes
