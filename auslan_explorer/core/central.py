"""The most central point of each group: where a sign's name stands for all its recordings."""

from __future__ import annotations

from weakref import WeakKeyDictionary

import numpy as np

from .trajectories import Trajectories

_found: WeakKeyDictionary[Trajectories, tuple[tuple[bytes, bytes], np.ndarray]] = WeakKeyDictionary()


def central_recordings(paths: Trajectories, signs: np.ndarray, among: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """Return the recording of each sign that ends nearest to the median of all: of those chosen, if there are any.

    What is found without a choice is kept until others are asked about: a choice then costs what was chosen.

    Parameters
    ----------
    paths : Trajectories
    signs : ndarray of int, shape (recordings,)
    among, chosen : ndarray of bool, shape (recordings,)
        Recordings with a path that are shown, and those of them that are chosen.

    Returns
    -------
    ndarray of int64, shape (k,)
        Recordings, in ascending order of the signs that occur.
    """
    key = among.tobytes(), signs.tobytes()
    kept = _found.get(paths)
    if kept is None or kept[0] != key:
        kept = _found[paths] = key, _central(paths, signs, np.flatnonzero(among))
    own = _central(paths, signs, np.flatnonzero(chosen & among))
    both = np.append(kept[1][~np.isin(signs[kept[1]], signs[own])], own)
    return both[np.argsort(signs[both])]


def _central(paths: Trajectories, signs: np.ndarray, recordings: np.ndarray) -> np.ndarray:
    return recordings[central_rows(paths.vertices.take(paths.last_vertex[recordings], axis=0), signs[recordings])]


def central_rows(points: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """Return the row of each group's point that is nearest to the group's median, coordinate by coordinate.

    Parameters
    ----------
    points : ndarray of float32, shape (n, dims)
    groups : ndarray of int, shape (n,)

    Returns
    -------
    ndarray of int64, shape (k,)
        In ascending order of the groups that occur; of points as near, the first.
    """
    if not len(groups):
        return np.zeros(0, dtype=np.int64)
    # Groups may be many and of any size: sorted once, all are handled by a few calls, none of which is for one group.
    by_group = np.argsort(groups, kind="stable")
    starts = np.flatnonzero(np.diff(groups[by_group], prepend=groups.min() - 1))
    sizes = np.diff(starts, append=len(groups))
    middle = np.empty((len(starts), points.shape[1]), dtype=points.dtype)
    for axis in range(points.shape[1]):
        ranked = _sorted_within(points[:, axis], groups)
        middle[:, axis] = (ranked[starts + (sizes - 1) // 2] + ranked[starts + sizes // 2]) / 2
    away = ((points.take(by_group, axis=0) - np.repeat(middle, sizes, axis=0)) ** 2).sum(axis=1)
    nearest = np.flatnonzero(away == np.repeat(np.minimum.reduceat(away, starts), sizes))
    _, first = np.unique(np.searchsorted(starts, nearest, side="right"), return_index=True)
    return by_group[nearest[first]]


def _sorted_within(values: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """Return float32 values sorted by their group and then by themselves."""
    # As whole numbers in the same order, above which the group stands: sorting these is ten times as fast as sorting
    # places by two keys.
    whole = np.ascontiguousarray(values).view(np.int32)
    keys = (groups.astype(np.int64) << 32) + (_flipped(whole).astype(np.int64) + (1 << 31))
    keys.sort()
    return _flipped(((keys & 0xFFFFFFFF) - (1 << 31)).astype(np.int32)).view(np.float32)


def _flipped(whole: np.ndarray) -> np.ndarray:
    """Return the bits of floats as whole numbers in the same order, or turn these back."""
    flipped: np.ndarray = whole ^ ((whole >> 31) & 0x7FFFFFFF)
    return flipped
