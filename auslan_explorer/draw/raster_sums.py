"""Sums in sheets of 64-bit whole numbers, each of which may hold two: the lower one in its low bits."""

from __future__ import annotations

import numpy as np

_ONE_ROW = np.zeros(1 << 17, dtype=np.int32)


def add_at(sheet: np.ndarray, at: np.ndarray, values: np.ndarray) -> None:
    """Add values to a sheet as `np.add.at` does, while other threads run: NumPy would keep Python's lock all the time.

    SciPy's own way to fill a dense array from a sparse one; its public ways empty the array before.

    Parameters
    ----------
    sheet : ndarray, shape (n,)
        Added to.
    at : ndarray of int32, shape (m,)
        Places, some of them several times.
    values : ndarray, shape (m,)
        Of the sheet's type.
    """
    from scipy.sparse import _sparsetools  # here, since the window's start would wait for it

    for start in range(0, len(at), len(_ONE_ROW)):
        part = slice(start, start + len(_ONE_ROW))
        number = len(at[part])
        _sparsetools.coo_todense(1, len(sheet), number, _ONE_ROW[:number], at[part], values[part], sheet, 0)


def halves(sums: np.ndarray, bits: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the two sums that share each number, the one in its `bits` low bits last; float32."""
    return (sums >> bits).astype(np.float32), low(sums, bits).astype(np.float32)


def low(sums: np.ndarray, bits: int) -> np.ndarray:
    """Return the sums in the `bits` low bits of numbers."""
    part: np.ndarray = sums & ((1 << bits) - 1)
    return part
