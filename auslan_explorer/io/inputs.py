"""Reads the sequences that a network is to be run over: arrays of NumPy, or recordings."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.progress import IsCancelled, Progress, never, no_progress
from auslan_explorer.core.recordings import Recordings
from auslan_explorer.core.words import counted
from auslan_explorer.io.npz import read_npy, read_npz
from auslan_explorer.io.opening import check_memory, shown
from auslan_explorer.io.recordings import open_recordings

_NAMES = {
    "x": ("x", "inputs", "input", "data", "sequences"),
    "labels": ("y", "labels", "label", "targets", "target", "sign"),
    "lengths": ("lengths", "length"),
    "mask": ("mask",),
    "class_names": ("class_names", "classes", "signs"),
    "names": ("names", "recording_names"),
    "split": ("split",),
}
"""Names of arrays, in any case, by what they are."""
_AS_TEXTS = ("class_names", "names")


@dataclass(frozen=True, eq=False)
class Inputs:
    """Sequences with what is known of them.

    Attributes
    ----------
    x : ndarray, shape (R, T, channels), or (R, T) for numbers of tokens
    real : ndarray of bool, shape (R, T), or None
        Which steps are real; None where that is not known, and a network's own mask or all steps count.
    labels : ndarray of int or str, shape (R,), or None
    class_names : tuple of str
        In the order of the network's outputs; empty where they are not known.
    names : tuple of str
        Of the sequences; empty where they have none.
    split : ndarray of int, shape (R,), or None
    """

    x: np.ndarray
    real: np.ndarray | None = None
    labels: np.ndarray | None = None
    class_names: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    split: np.ndarray | None = None


def read_inputs(
    path: Path, steps: int = 0, *, progress: Progress = no_progress, cancelled: IsCancelled = never
) -> Inputs:
    """Read input sequences.

    Parameters
    ----------
    path : Path
        An ``.npz`` with an array ``X`` and, if known, ``y``, ``lengths`` or ``mask``, ``class_names``, ``names`` and
        ``split``; an ``.npy`` with X alone; or recordings, in whatever form they can be imported.
    steps : int
        Steps that the network reads; 0 for any number. Recordings are padded in front with zeros.
    progress, cancelled : callable, optional

    Raises
    ------
    UserError
        If they cannot be read, do not fit together, or are longer than the network reads.
    Cancelled
    """
    if path.suffix.lower() == ".npy":
        return _of_arrays(path, {"x": read_npy(path)}, steps)
    if path.suffix.lower() == ".npz":
        return _of_arrays(path, _named(path, read_npz(path)), steps)
    return inputs_of(open_recordings(path, progress, cancelled), steps)


def inputs_of(recordings: Recordings, steps: int) -> Inputs:
    """Return recordings as input, padded in front with zeros to `steps` or to the longest.

    Raises
    ------
    UserError
        If one is longer than `steps`, or there are none.
    """
    if not len(recordings):
        raise UserError("There is no recording to run the network over; choose others.")
    steps = steps or int(recordings.lengths.max())
    check_memory(len(recordings) * steps * recordings.frames.shape[1] * 8, "The padded recordings")
    names = recordings.names
    return Inputs(
        recordings.padded(steps),
        np.arange(steps) >= (steps - recordings.lengths)[:, None],
        recordings.sign,
        recordings.signs,
        tuple(
            f"{names[sign]}, session {session}, trial {trial}"
            for sign, session, trial in zip(recordings.sign, recordings.session, recordings.trial, strict=True)
        ),
    )


def _named(path: Path, arrays: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Sort arrays by what their names say."""
    kinds = {name: kind for kind, names in _NAMES.items() for name in names}
    found: dict[str, np.ndarray] = {}
    for name, array in arrays.items():
        kind = kinds.get(name.casefold())
        if kind is None and len(arrays) == 1:
            kind = "x"
        if kind is None or kind in found:
            why = "which means nothing here" if kind is None else f"which is a second array of {kind}"
            raise UserError(
                f"{shown(path)} holds an array {shown(name)}, {why}; name the sequences X, their classes y, and what "
                "else is known lengths or mask, class_names, names, split."
            )
        found[kind] = array
    if "x" not in found:
        raise UserError(f"{shown(path)} holds no array X, the sequences that the network is to read.")
    return found


def _of_arrays(path: Path, found: dict[str, np.ndarray], steps: int) -> Inputs:
    x = found["x"]
    if x.dtype.kind not in "fiub" or x.ndim not in (2, 3) or not x.size or not np.isfinite(x).all():
        raise UserError(
            f"{shown(path)}: X must be numbers of shape (sequences, steps, channels), or (sequences, steps) for "
            f"tokens, not {x.dtype} of shape {x.shape}."
        )
    count, length = x.shape[:2]
    if steps and length != steps:
        raise UserError(f"{shown(path)}: its sequences have {counted(length, 'step')}, and the network reads {steps}.")
    real = None
    if "mask" in found or "lengths" in found:
        real = _real(path, found, count, length)
    for name in ("labels", "names", "split"):
        if name in found and len(np.atleast_1d(found[name])) != count:
            raise UserError(f"{shown(path)}: {name} must name one for each of {counted(count, 'sequence')}.")
    texts: dict[str, Any] = {
        name: tuple(str(text) for text in np.atleast_1d(found[name])) for name in _AS_TEXTS if name in found
    }
    return Inputs(x, real, found.get("labels"), split=found.get("split"), **texts)


def _real(path: Path, found: dict[str, np.ndarray], count: int, length: int) -> np.ndarray:
    if "mask" in found:
        mask = found["mask"]
        if mask.shape != (count, length) or mask.dtype.kind not in "biuf":
            raise UserError(f"{shown(path)}: mask must have the shape ({count}, {length}), not {mask.shape}.")
        real = mask.astype(bool)
    else:
        lengths = found["lengths"]
        if lengths.shape != (count,) or lengths.dtype.kind not in "iu":
            raise UserError(f"{shown(path)}: lengths must be {counted(count, 'whole number')}.")
        real = np.arange(length) < lengths[:, None]
    if not real.any(axis=1).all():
        raise UserError(f"{shown(path)}: a sequence has no real step; leave it out.")
    return np.asarray(real)
