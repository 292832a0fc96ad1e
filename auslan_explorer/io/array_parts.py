"""Checks the optional parts that `io.arrays.cache_from_arrays` takes of any network, and builds them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from auslan_explorer.core.activations import ArrayStates, Layer, StepColumns
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.step_labels import StepLabels, make_step_labels
from auslan_explorer.core.words import GENERAL, Words, counted
from auslan_explorer.io.opening import shown


def check_states(name: str, given: Any, rows: int | None = None) -> np.ndarray:
    """Return states as an array of decimal numbers, (real steps, units).

    Raises
    ------
    UserError
        If they have another shape or type, or hold values that are not finite; the sentence has the argument's name.
    """
    values = np.asarray(given)
    if values.ndim != 2 or values.dtype.kind != "f" or 0 in values.shape:
        raise UserError(
            f"{shown(name)} must be decimal numbers of shape (real steps, units), not {values.dtype} of shape "
            f"{values.shape}."
        )
    if rows not in (None, len(values)):
        raise UserError(f"{shown(name)} has {counted(len(values), 'row')} where states has {rows}.")
    if not np.isfinite(values).all():
        raise UserError(
            f"{shown(name)} holds values that are not finite numbers; leave out or repair those recordings."
        )
    return values


def make_layers(layer: str, layers: Mapping[str, Any] | None, shown: Layer) -> tuple[Layer, ...]:
    """Return all layers, the shown one last; none where it is alone.

    Raises
    ------
    UserError
        If another layer has other real steps, or a name is there twice.
    """
    if not layers:
        return ()
    rows = shown.states.shape[0]
    found = []
    for name, values in layers.items():
        if name in ("", shown.name):
            raise UserError(f"The layer that is shown and another one are both called {shown.name!r}; rename one.")
        checked = check_states(f"layers {name}", values, rows)
        found.append(Layer(str(name), ArrayStates(checked), np.zeros((0, checked.shape[1]), np.float32)))
    return (*found, shown)


def make_outputs(given: Any, classes: Sequence[str] | None, rows: int, signs: int) -> StepColumns | None:
    """Return the network's own probabilities at each step; None where there are none.

    Raises
    ------
    UserError
        If they do not fit the real steps and the classes.
    """
    if given is None:
        return None
    values = check_states("step_probabilities", given, rows)
    names = () if classes is None else tuple(str(name) for name in classes)
    if values.shape[1] != (len(names) or signs):
        raise UserError(
            f"step_probabilities has {counted(values.shape[1], 'column')} for {counted(len(names) or signs, 'class')}."
        )
    return StepColumns(ArrayStates(values), names)


def make_inputs(given: Any, names: Sequence[str] | None, rows: int) -> StepColumns | None:
    """Return the channels that the network reads at each step; None where they are not given.

    Raises
    ------
    UserError
        If they do not fit the real steps, or the names them.
    """
    if given is None:
        return None
    values = check_states("inputs", given, rows)
    called = () if names is None else tuple(str(name) for name in names)
    if len(called) not in (0, values.shape[1]):
        raise UserError(f"inputs has {counted(values.shape[1], 'column')} for {counted(len(called), 'name')}.")
    return StepColumns(ArrayStates(values), called)


def make_labels(given: Mapping[str, Any] | None, rows: int) -> dict[str, StepLabels]:
    """Return the columns of labels of steps."""
    return {str(name): make_step_labels(str(name), values, rows) for name, values in (given or {}).items()}


def make_words(class_word: str | None, sequence_word: str | None) -> Words | None:
    """Return the words for a class and a sequence; None where neither is given."""
    if class_word is None and sequence_word is None:
        return None
    return Words(class_word or GENERAL.class_word, sequence_word or GENERAL.sequence_word)


def make_names(given: Sequence[str] | None, count: int) -> tuple[str, ...]:
    """Return the recordings' names; none where they are not given.

    Raises
    ------
    UserError
        If there is not one for each recording.
    """
    names = () if given is None else tuple(str(name) for name in given)
    if names and len(names) != count:
        raise UserError(f"recording_names has {counted(len(names), 'name')} for {counted(count, 'recording')}.")
    return names
