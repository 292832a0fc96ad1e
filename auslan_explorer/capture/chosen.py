"""Builds activations of the arrays of any file, once it is known which array is what."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from auslan_explorer.capture.pack import find_extent
from auslan_explorer.capture.recorded import Options, Recorded, make_activations
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.origin import Kind, Origin
from auslan_explorer.io.array_survey import Choice, guess, is_table, list_arrays, read_named, told
from auslan_explorer.io.opening import shown, translating
from auslan_explorer.io.tables import read_long_csv


def read_chosen(path: Path, choice: Choice) -> Activations:
    """Read activations from a file of any arrays.

    Parameters
    ----------
    path : Path
    choice : Choice
        Which array is what. Labels count as classes where there is one of each sequence, else as labels of steps.

    Raises
    ------
    UserError
        If there is no such array, or they do not fit together.
    """
    if is_table(path):
        return read_long_csv(path, choice.sequence, choice.step, choice.labels)
    if not choice.states:
        raise UserError(
            f"Say which array of {shown(path)} holds the hidden states; it holds {told(list_arrays(path))}."
        )
    try:
        with translating(path, "a file of arrays that fit together"):
            found = _build(path, choice)
    except UserError as error:
        raise error if str(error).startswith(shown(path)) else UserError(f"{shown(path)}: {error}") from error
    return replace(found, origin=Origin(Kind.FILE, str(path.absolute())))


def _build(path: Path, choice: Choice) -> Activations:
    read = {
        role: read_named(path, name)
        for role in ("states", "lengths", "mask", "labels", "outputs", "names")
        if (name := getattr(choice, role))
    }
    states = read["states"]
    if states.dtype.kind not in "fiu" or states.ndim not in (2, 3):
        raise UserError(f"{shown(choice.states)} are no hidden states: {states.dtype} of shape {states.shape}.")
    lengths, mask = read.get("lengths"), read.get("mask")
    if lengths is not None:
        lengths = lengths.reshape(-1).astype(np.int64) if lengths.dtype.kind in "iuf" else lengths
    if states.ndim == 2 and lengths is None:
        lengths = np.array([len(states)])
    extent = find_extent(states, lengths, mask)
    labels, columns = read.get("labels"), {}
    if labels is not None and (len(labels) != len(extent.lengths) or labels.shape == states.shape[:2]):
        labels, columns = None, {choice.labels.rpartition("/")[2]: labels}
    names = read.get("names")
    options = Options(
        names=None if names is None else [str(name) for name in names], step_labels=columns,
        provenance={"data": path.name},
    )  # fmt: skip
    recorded = Recorded({"hidden state": states}, "hidden state", read.get("outputs"))
    return make_activations(recorded, labels, lengths, mask, options)


def how_to_say(path: Path) -> str:
    """Return a sentence that says which arrays a file of no known kind holds, and the options that name them.

    Raises
    ------
    UserError
        If the file cannot be read.
    """
    arrays = list_arrays(path)
    guessed = guess(arrays, is_table(path)).options() or ("--sequence NAME" if is_table(path) else "--states NAME")
    return (
        f"{shown(path)} is of no kind that is known here. It holds {told(arrays)}; say which is what, such as "
        f"`auslan-explorer open {shown(path.name)} {guessed}`."
    )
