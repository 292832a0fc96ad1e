"""Sums in sheets of 64-bit whole numbers, each of which may hold two: the lower one in its low bits."""

from __future__ import annotations

from functools import cache
from importlib.machinery import PathFinder
from importlib.util import find_spec, module_from_spec
from pathlib import Path
from types import ModuleType

import numpy as np

_ONE_ROW = np.zeros(1 << 17, dtype=np.int32)


@cache
def _tools() -> ModuleType:
    """Import SciPy's sums by themselves: the package around them takes a tenth of a second more."""
    scipy = find_spec("scipy")
    places = scipy.submodule_search_locations if scipy is not None else None
    found = PathFinder.find_spec("_sparsetools", [str(Path(place) / "sparse") for place in places or ()])
    if found is not None and found.loader is not None:
        try:
            tools = module_from_spec(found)
            found.loader.exec_module(tools)
        except ImportError:  # where the package is what finds its libraries
            pass
        else:
            return tools
    from scipy.sparse import _sparsetools

    return _sparsetools


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
    tools = _tools()
    for start in range(0, len(at), len(_ONE_ROW)):
        part = slice(start, start + len(_ONE_ROW))
        number = len(at[part])
        tools.coo_todense(1, len(sheet), number, _ONE_ROW[:number], at[part], values[part], sheet, 0)


def add_weighted(sheet: np.ndarray, at: np.ndarray, weights: np.ndarray, which: np.ndarray, values: np.ndarray) -> None:
    """Add some values, weighted, to a sheet: ``weights[i] * values[which[i]]`` to ``sheet[at[i]]``.

    SciPy's product of a sparse matrix with a vector.

    Parameters
    ----------
    sheet : ndarray, shape (n,)
        Added to.
    at, which : ndarray of int32, shape (m,)
        Places, some of them several times; indices of values.
    weights : ndarray, shape (m,)
    values : ndarray, shape (k,)
        Of the sheet's type, as the weights.
    """
    _tools().coo_matvec(len(at), at, which, weights, values, sheet)


def add_weighted_rows(sheet: np.ndarray, at: np.ndarray, weights: np.ndarray, rows: np.ndarray) -> None:
    """Add each of some rows, weighted, to several rows of a sheet: ``weights[i, k] * rows[i]`` to ``sheet[at[i, k]]``.

    SciPy's product of a sparse matrix with a dense one, which takes one pass in place of several.

    Parameters
    ----------
    sheet : ndarray, shape (n, c)
        Added to.
    at : ndarray of int32, shape (m, k)
        Places, some of them several times.
    weights : ndarray, shape (m, k)
    rows : ndarray, shape (m, c)
        Of the sheet's type, as the weights.
    """
    number, each = at.shape
    ends = np.arange(0, number * each + 1, each, dtype=np.int32)
    _tools().csc_matvecs(
        len(sheet), number, sheet.shape[1], ends, at.ravel(), weights.ravel(), rows.ravel(), sheet.reshape(-1)
    )


def halves(sums: np.ndarray, bits: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the two sums that share each number, the one in its `bits` low bits last; float32."""
    return (sums >> bits).astype(np.float32), low(sums, bits).astype(np.float32)


def low(sums: np.ndarray, bits: int) -> np.ndarray:
    """Return the sums in the `bits` low bits of numbers."""
    part: np.ndarray = sums & ((1 << bits) - 1)
    return part
