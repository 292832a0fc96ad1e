"""Optional parts of an activation cache that any network may have: names, words, labels, outputs, layers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import h5py
import numpy as np

from auslan_explorer.core.activations import Activations, Layer, StateSource, StepColumns
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.layers import CELL_STATES
from auslan_explorer.core.network import Head
from auslan_explorer.core.projection import Projection
from auslan_explorer.core.step_labels import StepLabels, make_step_labels
from auslan_explorer.core.words import Words
from auslan_explorer.io import hdf5
from auslan_explorer.io.opening import shown

OUTPUTS = "step_probabilities"
INPUTS = "inputs"
LABELS = "step_labels"
CELLS = "cell_states"
LAYERS = "layers"
MOST_LAYERS = 64
MOST_COLUMNS = 64
MOST_UNITS = 1 << 16

SourceOf = Callable[[str, tuple[int, int]], StateSource]
"""Makes the source of a dataset's rows, by its path and shape."""


@dataclass(frozen=True, eq=False)
class LayerParts:
    """A layer without its states' values; fields as in `Layer`."""

    name: str
    dataset: str
    shape: tuple[int, int]
    prefix: np.ndarray
    head: Head | None
    projections: Mapping[int, Projection]

    def layer(self, source: SourceOf) -> Layer:
        """Return the layer, with a source of its states."""
        return Layer(self.name, source(self.dataset, self.shape), self.prefix, self.head, self.projections)


@dataclass(frozen=True, eq=False)
class ColumnParts:
    """Outputs or inputs of every step without their values."""

    dataset: str
    shape: tuple[int, int]
    names: tuple[str, ...]

    def columns(self, source: SourceOf) -> StepColumns:
        """Return the columns, with a source of their rows."""
        return StepColumns(source(self.dataset, self.shape), self.names)


def read_words(file: h5py.File) -> Words | None:
    """Read what a class and a sequence are called; None where the file does not say."""
    given = {name: hdf5.text_attribute(file, name) for name in ("class_word", "sequence_word")}
    said = {name: word for name, word in given.items() if word.strip()}
    return Words(**said) if said else None


def read_seconds(file: h5py.File) -> float:
    """Read how many seconds a step takes; 0 where the file does not say.

    Raises
    ------
    UserError
        If it is no number above 0.
    """
    if "seconds_per_step" not in file.attrs:
        return 0.0
    seconds = hdf5.number_attribute(file, "seconds_per_step")
    if not 0 < seconds < 1e9:
        raise UserError("The attribute seconds_per_step is no number above 0.")
    return seconds


def states_shape(file: h5py.File, name: str) -> tuple[int, int]:
    """Return the shape of a dataset of states.

    Raises
    ------
    UserError
        If it is missing, or holds no decimal numbers in rows and columns.
    """
    dataset = hdf5.find(file, name)
    if dataset is None:
        raise UserError(f"{shown(name)} is missing.")
    if dataset.dtype.kind != "f" or dataset.dtype.itemsize not in (2, 4, 8):
        raise UserError(f"{shown(name)} holds {dataset.dtype} where float16, float32 or float64 belongs.")
    if dataset.ndim != 2 or 0 in dataset.shape:
        raise UserError(f"{shown(name)} has shape {dataset.shape} where (real steps, units) is needed.")
    if dataset.shape[1] > MOST_UNITS:
        raise UserError(f"{shown(name)} has {dataset.shape[1]} columns; {MOST_UNITS} are the most.")
    return int(dataset.shape[0]), int(dataset.shape[1])


def read_outputs(file: h5py.File, rows: int | None, signs: int | None) -> ColumnParts | None:
    """Read the shape and the classes of the outputs of every step; None where there are none.

    Raises
    ------
    UserError
        If they do not fit the states or the signs.
    """
    if OUTPUTS not in file:
        return None
    shape = states_shape(file, OUTPUTS)
    names = hdf5.texts(file, "step_classes") or ()
    wanted = len(names) or signs
    if rows not in (None, shape[0]) or wanted not in (None, shape[1]):
        raise UserError(f"{OUTPUTS} has shape {shape} where ({rows}, {wanted}) is needed.")
    return ColumnParts(OUTPUTS, shape, names)


def read_inputs(file: h5py.File, rows: int | None) -> ColumnParts | None:
    """Read the shape and the names of the channels that the network reads; None where they are not kept.

    Raises
    ------
    UserError
        If they do not fit the states, or the names them.
    """
    if INPUTS not in file:
        return None
    shape = states_shape(file, INPUTS)
    names = hdf5.texts(file, "input_names") or ()
    if rows not in (None, shape[0]) or len(names) not in (0, shape[1]):
        raise UserError(f"{INPUTS} has shape {shape} where ({rows}, {len(names) or 'any number'}) is needed.")
    return ColumnParts(INPUTS, shape, names)


def read_step_labels(file: h5py.File, rows: int) -> dict[str, StepLabels]:
    """Read the columns of labels of steps.

    Raises
    ------
    UserError
        If a column is no list of texts or numbers, one of each step.
    """
    if LABELS not in file:
        return {}
    names = hdf5.members(file, LABELS, MOST_COLUMNS)
    return {name: _step_labels(file, name, rows) for name in names}


def _step_labels(file: h5py.File, name: str, rows: int) -> StepLabels:
    path = f"{LABELS}/{name}"
    if isinstance(file[path], h5py.Group):
        codes = hdf5.needed(file, f"{path}/code", "iu", (rows,), np.int32)
        texts = hdf5.texts(file, f"{path}/key") or ()
        if not texts or int(codes.min()) < -1 or int(codes.max()) >= len(texts):
            raise UserError(
                f"{shown(path)}/code holds numbers outside -1 to {len(texts) - 1}, the rows of {shown(path)}/key."
            )
        return StepLabels(codes, texts)
    dataset = hdf5.find(file, path)
    assert dataset is not None
    if h5py.check_string_dtype(dataset.dtype) is not None:
        return make_step_labels(name, list(hdf5.texts(file, path) or ()), rows)
    kinds = "f" if dataset.dtype.kind == "f" else "iu"
    found = hdf5.needed(file, path, kinds, (rows,), np.float32 if kinds == "f" else np.int32)
    return make_step_labels(name, found, rows)


def layer_paths(file: h5py.File) -> list[tuple[str, str, str]]:
    """Return group ("" for the file itself), dataset and name of each further layer and of cell states.

    Raises
    ------
    UserError
        If there are more than `MOST_LAYERS`, or two have one name.
    """
    shown = hdf5.text_attribute(file, "layer") or "hidden state"
    found = [("", CELLS, CELL_STATES.format(shown))] if CELLS in file else []
    for member in hdf5.members(file, LAYERS, MOST_LAYERS) if LAYERS in file else ():
        group = f"{LAYERS}/{member}"
        name = hdf5.text_attribute(file[group], "name") or member
        found.append((group, f"{group}/hidden_states", name))
        if f"{group}/{CELLS}" in file:
            found.append((group, f"{group}/{CELLS}", CELL_STATES.format(name)))
    names = [shown, *(name for _, _, name in found)]
    if len(set(names)) != len(names):
        raise UserError("Two layers have the same name; give each a name of its own.")
    return found


# --------------------------------------------------------------------------------------------------------- writing
def write_parts(file: h5py.File, a: Activations) -> None:
    """Write names, words, labels and seconds per step, as far as the activations have them."""
    if a.words is not None:
        hdf5.put_text(file, "class_word", a.words.class_word)
        hdf5.put_text(file, "sequence_word", a.words.sequence_word)
    if a.seconds_per_step:
        file.attrs["seconds_per_step"] = float(a.seconds_per_step)
    if a.layer:
        hdf5.put_text(file, "layer", a.layer)
    if a.recording_names:
        hdf5.put_texts(file, "recordings/name", a.recording_names)
    for number, (name, labels) in enumerate(a.step_labels.items()):
        path = f"{LABELS}/{name.replace('/', ' ').strip(' .') or number}"
        packed: dict[str, Any] = {"compression": "gzip", "shuffle": True}
        if labels.texts:
            file.create_dataset(f"{path}/code", data=labels.values.astype("<i4"), **packed)
            hdf5.put_texts(file, f"{path}/key", labels.texts)
        else:
            file.create_dataset(path, data=labels.values.astype("<f4"), **packed)
    if a.outputs is not None and a.outputs.names:
        hdf5.put_texts(file, "step_classes", a.outputs.names)
    if a.inputs is not None and a.inputs.names:
        hdf5.put_texts(file, "input_names", a.inputs.names)


def write_head_and_maps(
    file: h5py.Group, prefix: np.ndarray, head: Head | None, projections: Mapping[int, Projection]
) -> None:
    """Write the padding, softmax head and maps of a layer into the file, or into the group of the layer."""
    if len(prefix):
        file["padding_prefix"] = prefix.astype("<f4")
    if head is not None:
        file["head/kernel"] = head.kernel.astype("<f4")
        file["head/bias"] = head.bias.astype("<f4")
    for dims, projection in sorted(projections.items()):
        group = file.create_group(f"projections/{dims}d")
        group.create_dataset(
            "points", data=projection.points.astype("<f4"), compression="gzip", compression_opts=1, shuffle=True
        )
        group["prefix"] = projection.prefix.astype("<f4")
        hdf5.put_text(group, "fingerprint", projection.fingerprint)
        hdf5.put_text(group, "title", projection.title)
