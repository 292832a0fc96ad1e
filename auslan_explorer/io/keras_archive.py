"""Checks ``.keras`` files before Keras sees them: layers of a list alone, and no more bytes than the file can hold.

Such a file is a zip with an architecture (``config.json``) and weights (HDF5). The architecture names classes, which
Keras looks up and calls; so everything that it names is looked up in the lists here first. Layers that carry code
(``Lambda``), classes from elsewhere and functions by name are on no list.
"""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import h5py

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.words import counted
from auslan_explorer.io.hdf5_heaps import check_heaps
from auslan_explorer.io.hdf5_survey import check_file
from auslan_explorer.io.opening import check_budget, check_memory, opened, parse_json, shown

CONFIG, WEIGHTS = "config.json", "model.weights.h5"
_MEMBERS = frozenset({CONFIG, WEIGHTS, "metadata.json", "assets/"})
_MOST_CONFIG = 16 << 20
_MOST_DEPTH = 60
_WHAT = "a whole .keras file"

RECURRENT = ("LSTM", "GRU", "SimpleRNN")
_LAYERS = frozenset(
    """
    Activation Add AdditiveAttention Attention Average AveragePooling1D BatchNormalization Bidirectional Concatenate
    Conv1D Cropping1D Dense Dot Dropout ELU EinsumDense Embedding Flatten GRU GaussianDropout GaussianNoise
    GlobalAveragePooling1D GlobalMaxPooling1D Identity InputLayer LSTM LayerNormalization LeakyReLU Masking MaxPooling1D
    Maximum Minimum MultiHeadAttention Multiply Normalization PReLU Permute ReLU RepeatVector Rescaling Reshape
    SeparableConv1D SimpleRNN Softmax SpatialDropout1D Subtract TimeDistributed UnitNormalization UpSampling1D
    ZeroPadding1D
    """.split()  # noqa: SIM905 (fifty quoted words read worse)
)
_INITIALIZERS = frozenset(
    """
    Constant GlorotNormal GlorotUniform HeNormal HeUniform Identity IdentityInitializer LecunNormal LecunUniform Ones
    Orthogonal OrthogonalInitializer RandomNormal RandomUniform TruncatedNormal VarianceScaling Zeros
    """.split()  # noqa: SIM905
)
_MODELS = frozenset({"Functional", "Sequential"})
_KNOWN: dict[str, frozenset[str]] = {
    "keras.layers": _LAYERS,
    "keras": frozenset({"DTypePolicy", "Sequential"}),
    "keras.models": _MODELS,
    "keras.src.models.functional": _MODELS,
    "keras.src.models.sequential": _MODELS,
    # What Keras itself adds for a layer that masks.
    "keras.src.ops.numpy": frozenset({"NotEqual", "Any"}),
    "keras.initializers": _INITIALIZERS,
    "keras.regularizers": frozenset({"L1", "L2", "L1L2", "OrthogonalRegularizer"}),
    "keras.constraints": frozenset({"MaxNorm", "MinMaxNorm", "NonNeg", "UnitNorm"}),
    "keras.dtype_policies": frozenset({"DTypePolicy"}),
}
"""Classes by the module that a file may name them with."""
_PLAIN = frozenset({"__keras_tensor__", "__tuple__", "__ellipsis__", "__slice__"})
"""What Keras writes for values that JSON has not."""


@dataclass(frozen=True)
class KerasArchive:
    """What a ``.keras`` file says of its network.

    Attributes
    ----------
    layers : tuple of str
        Classes of its layers, in order.
    input_shape : tuple of (int or None)
        Without the batch: steps and channels, None for any.
    """

    layers: tuple[str, ...]
    input_shape: tuple[int | None, ...]

    @property
    def steps(self) -> int:
        """Steps that it reads; 0 for any."""
        return (self.input_shape[0] or 0) if self.input_shape else 0


def check_keras_archive(path: Path) -> KerasArchive:
    """Check all that a ``.keras`` file holds, and return what it says of its network; nothing of it is run.

    Raises
    ------
    UserError
        If it is missing, damaged, claims more than it can hold, names anything that is not on the list here, has no
        recurrent layer, or more than one input.
    """
    with opened(path, _WHAT) as file:
        size = os.fstat(file.fileno()).st_size
        with zipfile.ZipFile(file) as archive:
            members = {member.filename: member for member in archive.infolist()}
            strange = sorted(members.keys() - _MEMBERS)
            if strange or len(members) != len(archive.infolist()):
                raise UserError(f"{shown(path)} holds {shown((strange or ['a name twice'])[0])}, which is not read.")
            if CONFIG not in members or WEIGHTS not in members:
                raise UserError(f"{shown(path)} lacks {WEIGHTS if CONFIG in members else CONFIG}; save it again.")
            claimed = sum(member.file_size for member in members.values())
            check_budget(claimed, size, shown(path))
            check_memory(3 * claimed, shown(path))
            if members[CONFIG].file_size > _MOST_CONFIG:
                raise UserError(f"{shown(path)} has a larger architecture than is read here.")
            config = parse_json(archive.read(CONFIG))
            weights = archive.read(WEIGHTS)
        check_heaps(weights)
        with h5py.File(io.BytesIO(weights), "r") as stored:
            check_file(stored, len(weights))
        for strange_class in _strange(config):
            raise UserError(
                f"{shown(path)} names {shown(strange_class)}, which is not on the list of layers that are run here; "
                "code from files is never run. Save its states as arrays instead (record, in the guide)."
            )
        return _describe(path, config)


def _strange(config: Any) -> Iterator[str]:
    """Yield each class that is named anywhere in a configuration and is on no list."""
    left: list[tuple[Any, int]] = [(_without_training(config), 0)]
    while left:
        value, depth = left.pop()
        if depth > _MOST_DEPTH:
            yield "parts that are nested too deeply"
            return
        if isinstance(value, list):
            left += [(each, depth + 1) for each in value]
        if not isinstance(value, dict):
            continue
        if {"class_name", "module", "registered_name"} & value.keys() and not _is_known(value):
            module, name = value.get("module"), value.get("class_name")
            yield f"{module}.{name}" if module else str(name)
        left += [(each, depth + 1) for each in value.values()]


def _without_training(config: Any) -> Any:
    """Leave out how it was compiled, which is not loaded."""
    if not isinstance(config, dict):
        return None
    return {name: each for name, each in config.items() if name != "compile_config"}


def _is_known(value: dict[str, Any]) -> bool:
    module, name, registered = value.get("module"), value.get("class_name"), value.get("registered_name")
    if not isinstance(name, str):
        return False
    if module is None and registered is None:
        return name in _PLAIN
    return isinstance(module, str) and name in _KNOWN.get(module, frozenset()) and registered in (None, name)


def _describe(path: Path, config: Any) -> KerasArchive:
    layers = list(_layers(config))
    names = tuple(str(layer["class_name"]) for layer in layers)
    inner = [str(layer["config"]["layer"]["class_name"]) for layer in layers if layer["class_name"] == "Bidirectional"]
    if not any(name in RECURRENT for name in (*names, *inner)):
        raise UserError(f"{shown(path)} has no LSTM, GRU or SimpleRNN layer, so there are no hidden states to show.")
    inputs = [layer["config"]["batch_shape"] for layer in layers if layer["class_name"] == "InputLayer"]
    if len(inputs) != 1 or not isinstance(inputs[0], list):
        raise UserError(f"{shown(path)} has {counted(len(inputs), 'input')}; only networks with one are run here.")
    shape = tuple(each if isinstance(each, int) and each > 0 else None for each in inputs[0][1:])
    return KerasArchive(names, shape)


def _layers(config: Any) -> Iterator[dict[str, Any]]:
    if not isinstance(config, dict) or config.get("class_name") not in _MODELS:
        raise ValueError("no model")
    yield from config["config"]["layers"]
