"""Shows what an array of an unknown file looks like: its first rows, seen along their principal components."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from auslan_explorer.analysis.principal import find_directions
from auslan_explorer.core.errors import UserError
from auslan_explorer.io.array_survey import read_first
from auslan_explorer.io.opening import shown

MOST_POINTS = 2000
_LARGEST = 1e30


def preview_points(path: Path, name: str) -> np.ndarray:
    """Return the first rows of an array along their two first principal components, float32, shape (rows, 2).

    Raises
    ------
    UserError
        If it is no array of vectors.
    """
    rows = read_first(path, name, MOST_POINTS)
    if rows.dtype.kind not in "fiu" or rows.ndim not in (2, 3) or not rows.size:
        raise UserError(f"{shown(name)} holds no vectors: {rows.dtype} of shape {rows.shape}.")
    with np.errstate(over="ignore"):
        flat = rows.reshape(-1, rows.shape[-1])[:MOST_POINTS].astype(np.float32)
    flat = np.nan_to_num(flat[np.isfinite(flat).all(axis=1)])
    if not len(flat):
        raise UserError(f"{shown(name)} holds no finite numbers.")
    largest = float(np.abs(flat).max()) or 1.0
    centred = flat / largest  # so that no product is too large
    centred -= centred.mean(axis=0)
    return np.asarray(centred @ find_directions(centred, 2) * min(largest, _LARGEST))
