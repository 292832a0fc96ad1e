"""Reads the arrays of Keras weight files (HDF5, as Keras 2 and ``save_weights`` of later ones write them).

Both layouts are read: with the group ``model_weights`` on top (``model.save``) and without it (``save_weights``). Of
the file's ``model_config`` a few names and numbers are read as JSON; code that it may hold, as in a ``Lambda`` layer,
stays text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import h5py
import numpy as np

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.words import counted
from auslan_explorer.io import hdf5
from auslan_explorer.io.hdf5_survey import attribute_texts
from auslan_explorer.io.opening import parse_json, shown

TOP = "model_weights"
_PARTS = ("kernel", "recurrent_kernel", "bias")
_UNUSED = "seed_generator"
"""Begin of the name of what a dropout keeps beside weights."""
_MOST_LAYERS = 512
_FIRST_WITH_SIGMOID = (2, 3)
"""Version of Keras in which gates became sigmoids by default; TensorFlow's own ("-tf") always were."""
_FIRST_RESET_AFTER = (2, 4)
"""Version of Keras in which a GRU's reset gate came after the product by default, as in TensorFlow's own."""


@dataclass(frozen=True)
class WeightLayer:
    """A layer that has weights.

    Attributes
    ----------
    name : str
    paths : dict of str to str
        Path in the file of "kernel", "recurrent_kernel" and "bias", as far as it has them.
    """

    name: str
    paths: dict[str, str]

    @property
    def recurrent(self) -> bool:
        """Whether it is a recurrent layer."""
        return "recurrent_kernel" in self.paths


def is_keras_weights(file: h5py.File) -> bool:
    """Return whether a file holds weights of a Keras network, by its attributes."""
    return TOP in file or "layer_names" in file.attrs or "keras_version" in file.attrs


def weight_layers(file: h5py.File, path: Path) -> list[WeightLayer]:
    """Return the layers that have weights, in the network's order.

    Raises
    ------
    UserError
        If it is no weight file, or a layer holds several cells, as a bidirectional one does.
    """
    root = file[TOP] if isinstance(file.get(TOP), h5py.Group) else file
    if root is file and not is_keras_weights(file):
        raise UserError(f"{shown(path)} is not a Keras weight file; choose another file.")
    found = []
    for name in _in_order(root):
        if isinstance(root.get(name), h5py.Group):
            layer = _read_layer(root[name], name)
            if layer.paths:
                found.append(layer)
    return found


def _in_order(root: h5py.Group) -> list[str]:
    """Return the names of all layers: as the file lists them, else by the number in them (dense_9 before dense_10)."""
    listed = [name for name in attribute_texts(root, "layer_names") if name in root]
    if len(root) > _MOST_LAYERS:
        raise UserError(f"it has more than {_MOST_LAYERS} layers.")
    return listed or sorted(root, key=_number)


def _number(name: str) -> int:
    found = re.search(r"(\d{1,9})$", name)
    return int(found[1]) if found else 0


def _read_layer(group: h5py.Group, name: str) -> WeightLayer:
    paths: dict[str, str] = {}
    for path in _datasets(group):
        part = path.rpartition("/")[2].removesuffix(":0")
        if part in _PARTS:
            if part in paths:
                raise UserError(
                    f"its layer {shown(name)} holds several cells; save the whole model as .keras to open it."
                )
            paths[part] = path
        elif not part.startswith(_UNUSED):
            raise UserError(
                f"its layer {shown(name)} holds {shown(part)}, which is not run here; save the whole model as .keras."
            )
    return WeightLayer(name, paths)


def _datasets(group: h5py.Group) -> Iterator[str]:
    for name in group:
        node = group[name]
        if isinstance(node, h5py.Group):
            yield from _datasets(node)
        else:
            yield str(node.name).lstrip("/")


# ---------------------------------------------------------------------------------------------------- configuration
@dataclass(frozen=True)
class LstmSettings:
    """What a file says of its LSTM beside the weights, or what that version of Keras did by default.

    Attributes
    ----------
    gates : {"sigmoid", "hard_sigmoid"}
    steps : int
        Of the network's input; 0 where the file does not say.
    told : bool
        Whether the file itself names the gates.
    """

    gates: str
    steps: int
    told: bool


def lstm_settings(file: h5py.File) -> LstmSettings:
    """Read the settings of the LSTM of a weight file of one.

    Raises
    ------
    UserError
        If the file names settings with which the network cannot be run here.
    """
    layers = _configured_layers(file)
    config = next((each for kind, each in layers if kind == "LSTM"), None)
    check_dense(file)
    gates = gates_of(file, config, "LSTM")
    shapes = [each.get("batch_input_shape", each.get("batch_shape")) for _, each in layers]
    steps = [shape[1] for shape in shapes if isinstance(shape, list) and len(shape) == 3]
    known = steps[0] if steps and isinstance(steps[0], int) and not isinstance(steps[0], bool) else 0
    return LstmSettings(gates, max(known, 0), config is not None)


def recurrent_configs(file: h5py.File, kinds: Collection[str], count: int) -> list[tuple[str, dict[str, Any] | None]]:
    """Return class and configuration of each recurrent layer, in order; "" and None where the file does not tell.

    Raises
    ------
    UserError
        If the file tells of another number of them than it holds.
    """
    told: list[tuple[str, dict[str, Any] | None]] = [each for each in _configured_layers(file) if each[0] in kinds]
    if told and len(told) != count:
        raise UserError(
            f"its configuration names {counted(len(told), 'recurrent layer')}, and it holds weights of {count}."
        )
    return told or [("", None)] * count


def check_dense(file: h5py.File) -> None:
    """Check that the dense layers are ones that are run here.

    Raises
    ------
    UserError
        If one has another activation.
    """
    for kind, each in _configured_layers(file):
        if kind == "Dense" and each.get("activation") not in ("softmax", "linear", None):
            raise UserError(f"its dense layer ends in {each.get('activation')!r:.40}, and only softmax is run here.")


def gates_of(file: h5py.File, config: dict[str, Any] | None, cell: str) -> str:
    """Return the activation of a recurrent layer's gates; by default that of its version of Keras.

    Raises
    ------
    UserError
        If the layer has settings with which it cannot be run here.
    """
    version = _version(file)
    gates = _default_gates(version) if config is None else config.get("recurrent_activation", _default_gates(version))
    if gates not in ("sigmoid", "hard_sigmoid"):
        raise UserError(f"the gates of its {cell} are {gates!r:.40}; known are sigmoid and hard_sigmoid.")
    if gates == "hard_sigmoid" and _numbers(version)[0] >= 3:
        raise UserError("its hard_sigmoid is that of Keras 3, which differs; save the model as .keras to open it.")
    if config is not None and (config.get("activation", "tanh") != "tanh" or config.get("go_backwards") is True):
        raise UserError(f"its {cell} runs backwards or has another activation than tanh; save the model as .keras.")
    return str(gates)


def resets_after(file: h5py.File, config: dict[str, Any] | None) -> bool:
    """Return whether a GRU without a bias, which would tell, applies its reset gate after the recurrent product."""
    version = _version(file)
    by_default = "tf" in version or _numbers(version) >= _FIRST_RESET_AFTER
    return bool(by_default if config is None else config.get("reset_after", by_default))


def _version(file: h5py.File) -> str:
    version = hdf5.text_attribute(file, "keras_version")
    return version if version or TOP not in file else hdf5.text_attribute(file[TOP], "keras_version")


def _configured_layers(file: h5py.File) -> list[tuple[str, dict[str, Any]]]:
    return _configured(hdf5.text_attribute(file, "model_config"))


def _configured(text: str) -> list[tuple[str, dict[str, Any]]]:
    """Return class and configuration of each layer of a ``model_config``; none where it is no JSON of that kind."""
    with suppress(ValueError, KeyError, TypeError, AttributeError):
        config = parse_json(text)["config"]
        layers = config if isinstance(config, list) else config["layers"]
        return [(str(layer["class_name"]), dict(layer["config"])) for layer in layers]
    return []


def _numbers(version: str) -> tuple[int, int]:
    found = re.match(r"(\d{1,4})\.(\d{1,4})", version)
    return (int(found[1]), int(found[2])) if found else (2, 0)


def _default_gates(version: str) -> str:
    new = "tf" in version or _numbers(version) >= _FIRST_WITH_SIGMOID
    return "sigmoid" if new else "hard_sigmoid"


def read_part(file: h5py.File, layer: WeightLayer, part: str, shape: tuple[int | None, ...]) -> np.ndarray:
    """Read one array of a layer; a missing bias is zeros.

    Raises
    ------
    UserError
        If it is missing, or of another type or shape.
    """
    if part not in layer.paths:
        if part == "bias" and None not in shape:
            return np.zeros([int(n or 0) for n in shape], dtype=np.float32)
        raise UserError(f"its layer {shown(layer.name)} has no {part}.")
    return hdf5.needed(file, layer.paths[part], "f", shape, np.float32)
