"""Turns what people hold, padded tensors, lists and columns of labels, into the arrays of an activation cache."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.signs import sort_key
from auslan_explorer.core.words import counted


def to_numpy(values: Any) -> np.ndarray:
    """Return a NumPy array of a tensor of any framework, a column of a data frame, or a list."""
    for step in ("detach", "cpu"):
        if hasattr(values, step):
            values = getattr(values, step)()
    if type(values).__module__.startswith("torch") and not str(values.dtype).endswith(("int64", "int32", "bool")):
        values = values.float()  # bfloat16 has no counterpart in NumPy
    if hasattr(values, "to_numpy"):
        return np.asarray(values.to_numpy())
    return np.asarray(values)


@dataclass(frozen=True, eq=False)
class Extent:
    """Which steps of padded sequences are real.

    Attributes
    ----------
    lengths, first_step : ndarray of int, shape (R,)
    real : ndarray of bool, shape (R, T), or None
        None where all sequences come as arrays of their own.
    """

    lengths: np.ndarray
    first_step: np.ndarray
    real: np.ndarray | None = None

    def flat(self, name: str, values: Any) -> np.ndarray:
        """Return the real steps of all sequences behind one another, float32 or as they are, shape (S, ...).

        Raises
        ------
        UserError
            If the values have other sequences or steps.
        """
        if isinstance(values, (list, tuple)) and self.real is None:
            rows = [to_numpy(each) for each in values]
            if [len(each) for each in rows] != self.lengths.tolist():
                raise UserError(f"{name} must have the same sequences and steps as states.")
            return np.concatenate(rows)
        array = to_numpy(values)
        if self.real is not None and array.shape[:2] == self.real.shape:
            return np.asarray(array[self.real])
        if len(array) == int(self.lengths.sum()):
            return array
        raise UserError(f"{name} must have the same sequences and steps as states, and has shape {array.shape}.")


def find_extent(states: Any, lengths: Any = None, mask: Any = None) -> Extent:
    """Find out which steps are real.

    Parameters
    ----------
    states : list of arrays (T_i, units), array (R, T, units), or array (S, units) with `lengths`
    lengths : array of int, shape (R,), optional
        Real steps of each sequence, which begin at the first step.
    mask : array of bool, shape (R, T), optional
        True at real steps; in place of `lengths`.

    Raises
    ------
    UserError
        If they do not fit together.
    """
    if isinstance(states, (list, tuple)) and len(states) and np.ndim(to_numpy(states[0])) == 2:
        count = np.array([len(each) for each in states], dtype=np.int64)
        return Extent(count, np.zeros_like(count))
    array = to_numpy(states)
    if array.ndim == 2 and lengths is not None:
        count = _whole_lengths(lengths)
        if int(count.sum()) != len(array):
            raise UserError(f"lengths adds up to {count.sum()}, but states has {counted(len(array), 'row')}.")
        return Extent(count, np.zeros_like(count))
    if array.ndim != 3:
        raise UserError(
            "states must be a list of arrays (steps, units), an array (sequences, steps, units), or one of all real "
            f"steps (steps, units) with lengths; this has shape {array.shape}."
        )
    sequences, steps = array.shape[:2]
    if mask is not None:
        real = to_numpy(mask).astype(bool)
        if real.shape != (sequences, steps):
            raise UserError(f"mask has shape {real.shape} where ({sequences}, {steps}) is needed.")
    elif lengths is not None:
        count = _whole_lengths(lengths)
        if len(count) != sequences or count.max(initial=0) > steps:
            raise UserError(f"lengths must be {counted(sequences, 'whole number')} of 1 to {steps}.")
        real = np.arange(steps) < count[:, None]
    else:
        real = np.ones((sequences, steps), dtype=bool)
    count = real.sum(axis=1)
    if not len(count) or count.min() < 1:
        raise UserError("A sequence has no real step; leave it out.")
    first = real.argmax(axis=1)
    # Steps that are left out in the middle close up.
    together = np.array_equal(first + count, steps - real[:, ::-1].argmax(axis=1))
    return Extent(count, first if together else np.zeros_like(first), real)


def _whole_lengths(given: Any) -> np.ndarray:
    count = to_numpy(given)
    if count.ndim != 1 or not len(count) or count.dtype.kind not in "iu" or count.min() < 1:
        raise UserError("lengths must be whole numbers, one of each sequence and none below 1.")
    return count.astype(np.int64)


@dataclass(frozen=True, eq=False)
class Classes:
    """Labels as an activation cache has them.

    Attributes
    ----------
    sign : ndarray of int, shape (R,)
    keys : list of str
    """

    sign: np.ndarray
    keys: list[str]


def find_classes(labels: Any, names: Sequence[str] | None = None, outputs: int = 0) -> Classes:
    """Turn labels of sequences into classes.

    Parameters
    ----------
    labels : array of str or int, shape (R,), or of one-hot rows, shape (R, C)
    names : sequence of str, optional
        Names of the classes, in the order of the network's outputs; whole numbers count into them.
    outputs : int
        Outputs of the network; 0 where they are not known.

    Raises
    ------
    UserError
        If the labels cannot be classes, or do not fit the names or the outputs.
    """
    values = to_numpy(labels)
    if values.ndim == 2 and values.shape[1] > 1:
        values = values.argmax(axis=1)
    values = values.reshape(-1) if values.ndim == 2 else values
    known = None if names is None else [str(name) for name in names]
    if values.dtype.kind == "f" and np.isfinite(values).all() and (values == np.round(values)).all():
        values = values.astype(np.int64)
    if values.dtype.kind in "biu":
        return _of_numbers(values.astype(np.int64), known, outputs)
    texts = ["" if each is None or each != each else str(each) for each in values.tolist()]
    if values.ndim != 1 or values.dtype.kind not in "OUS" or not all(texts):
        raise UserError("labels must be a text or a whole number for each sequence, none of them missing.")
    keys = sorted(set(texts), key=sort_key) if known is None else known
    if outputs and len(keys) != outputs:
        raise UserError(
            f"The network has {counted(outputs, 'output')} and the labels {counted(len(keys), 'class')}; give "
            "class_names, "
            "in the order of the outputs."
        )
    strange = sorted(set(texts) - set(keys))
    if strange:
        raise UserError(f"The label {strange[0]!r} is not among class_names.")
    place = {key: number for number, key in enumerate(keys)}
    return Classes(np.array([place[text] for text in texts]), keys)


def _of_numbers(values: np.ndarray, known: list[str] | None, outputs: int) -> Classes:
    if not len(values):
        raise UserError("There are no labels.")
    if known is None and not outputs:
        numbers, sign = np.unique(values, return_inverse=True)
        return Classes(sign.reshape(-1), [str(number) for number in numbers.tolist()])
    count = len(known) if known is not None else outputs
    if values.min() < 0 or values.max() >= count:
        raise UserError(f"labels must count from 0 to {count - 1}, and reach from {values.min()} to {values.max()}.")
    return Classes(values, known if known is not None else [str(number) for number in range(count)])
