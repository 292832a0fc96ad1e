"""Reads Keras 2 weight files of recurrent layers one on the other (LSTM, GRU, SimpleRNN) and a softmax layer on top.

Of the files only arrays are read, and of their configuration a few names and numbers; see `io.keras_weights`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import h5py

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.network import Gates, Head
from auslan_explorer.core.recurrent import Cell, RecurrentLayer, RecurrentNetwork
from auslan_explorer.core.words import counted
from auslan_explorer.io import hdf5
from auslan_explorer.io.cache_parts import MOST_LAYERS
from auslan_explorer.io.cache_reader import MOST_SIGNS
from auslan_explorer.io.keras_weights import (
    WeightLayer,
    check_dense,
    gates_of,
    read_part,
    recurrent_configs,
    resets_after,
    weight_layers,
)
from auslan_explorer.io.opening import shown


def load_recurrent_network(path: Path, gates: str = "") -> RecurrentNetwork:
    """Read a weight file of one or more recurrent layers and a softmax layer.

    Parameters
    ----------
    path : Path
    gates : {"", "sigmoid", "hard_sigmoid"}
        Gate activation, in Keras 2's definition; by default what the file says, or what its Keras did.

    Raises
    ------
    UserError
        If the file is damaged, or of another network.
    """
    with hdf5.naming_errors(path, "a network of recurrent layers"), hdf5.reading(path) as file:
        found = weight_layers(file, path)
        *lower, top = found or [WeightLayer("", {})]
        if not lower or top.recurrent or not all(layer.recurrent for layer in lower):
            raise UserError(
                f"it has {sum(layer.recurrent for layer in found)} recurrent and "
                f"{counted(sum(not layer.recurrent for layer in found), 'dense layer')}; recurrent layers and "
                "then one softmax "
                "layer are run here. Save the whole model as .keras to open it."
            )
        if len(lower) > MOST_LAYERS:
            raise UserError(f"it has {len(lower)} recurrent layers; {MOST_LAYERS} are the most.")
        check_dense(file)
        layers: list[RecurrentLayer] = []
        for each, told in zip(lower, recurrent_configs(file, tuple(Cell), len(lower)), strict=True):
            layers.append(_read_layer(file, each, told, layers[-1].units if layers else None, gates))
        kernel = read_part(file, top, "kernel", (layers[-1].units, None))
        if kernel.shape[1] > MOST_SIGNS:
            raise UserError(f"it has {kernel.shape[1]} outputs; {MOST_SIGNS} classes are the most.")
        return RecurrentNetwork(tuple(layers), Head(kernel, read_part(file, top, "bias", (kernel.shape[1],))))


def _read_layer(
    file: h5py.File, layer: WeightLayer, told: tuple[str, dict[str, Any] | None], inputs: int | None, gates: str
) -> RecurrentLayer:
    recurrent_kernel = read_part(file, layer, "recurrent_kernel", (None, None))
    units, columns = recurrent_kernel.shape
    kind, config = told
    cell = next((each for each in Cell if units and each.blocks * units == columns), None)
    if cell is None or (kind and kind != cell):
        known = ", ".join(Cell)
        raise UserError(f"its layer {shown(layer.name)} is none of {known}; save the whole model as .keras to open it.")
    own = gates_of(file, config, cell)
    doubled = cell is Cell.GRU and _two_biases(file, layer, resets_after(file, config))
    return RecurrentLayer(
        layer.name,
        cell,
        read_part(file, layer, "kernel", (inputs, columns)),
        recurrent_kernel,
        read_part(file, layer, "bias", (2, columns) if doubled else (columns,)),
        cast(Gates, gates or own),
    )


def _two_biases(file: h5py.File, layer: WeightLayer, by_default: bool) -> bool:
    """Return whether a GRU has a bias of the input and one of the state, as its reset gate then comes after."""
    dataset = hdf5.find(file, layer.paths["bias"]) if "bias" in layer.paths else None
    return by_default if dataset is None else len(dataset.shape) == 2
