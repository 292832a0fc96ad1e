"""Tables of whole numbers that were computed for a set of hidden states, kept in the person's data folder.

A table of the network that ships may ship with it.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from auslan_explorer import paths
from auslan_explorer.core.errors import UserError
from auslan_explorer.io import atomic
from auslan_explorer.io.npz import read_npy


def read_table(kind: str, fingerprint: str, columns: int) -> np.ndarray | None:
    """Return a table that was kept, int32, shape (rows, columns); None where there is none, or none that fits.

    Parameters
    ----------
    kind : str
        What it holds, which is its folder.
    fingerprint : str
        Of the hidden states.
    columns : int
    """
    for place in (_file, _shipped_file):
        try:
            kept = read_npy(place(kind, fingerprint))
        except (OSError, UserError):  # none, or a damaged one; it is computed again
            continue
        if kept.dtype == np.int32 and kept.ndim == 2 and kept.shape[1] == columns:
            return kept
    return None


def shipped_name(kind: str, fingerprint: str) -> str:
    """Return the name of a table's file in ``models/``."""
    return f"{kind}-{fingerprint}.npy"


def save_table(kind: str, fingerprint: str, table: np.ndarray) -> None:
    """Keep a table, whole numbers, shape (rows, columns).

    Raises
    ------
    UserError
        If the folder cannot be made or written.
    """
    file = _file(kind, fingerprint)
    paths.make_folder(file.parent)
    write_table(file, table)


def write_table(file: Path, table: np.ndarray) -> None:
    """Write a table to a file, atomically.

    Raises
    ------
    UserError
        If it cannot be written.
    """
    with atomic.writing(file) as temporary, temporary.open("wb") as out:
        np.save(out, np.asarray(table, dtype=np.int32), allow_pickle=False)


def _file(kind: str, fingerprint: str) -> Path:
    return paths.data_dir() / kind / f"{fingerprint}.npy"


def _shipped_file(kind: str, fingerprint: str) -> Path:
    return paths.ships(shipped_name(kind, fingerprint))
