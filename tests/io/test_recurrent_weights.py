"""What weight files of recurrent layers cannot be is said, and what they leave open is what their Keras did.

That the states are those of Keras, `tests/ml/test_recurrent_weights.py` holds.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.recurrent import Cell
from auslan_explorer.io.cache_parts import MOST_LAYERS
from auslan_explorer.io.recurrent_weights import load_recurrent_network

UNITS = 2
Layers = dict[str, dict[str, tuple[int, ...]]]


def recurrent(blocks: int, inputs: int = 3, bias: tuple[int, ...] = ()) -> dict[str, tuple[int, ...]]:
    """Return the shapes of a recurrent layer's weights."""
    columns = blocks * UNITS
    shapes = {"kernel": (inputs, columns), "recurrent_kernel": (UNITS, columns)}
    return shapes | ({"bias": (*bias, columns)} if bias != (0,) else {})


def dense(outputs: int = 3) -> dict[str, tuple[int, ...]]:
    return {"kernel": (UNITS, outputs), "bias": (outputs,)}


def write(
    path: Path, layers: Layers, version: str = "2.3.1", told: list[tuple[str, dict[str, Any]]] | None = None,
    *, listed: bool = True,
) -> Path:  # fmt: skip
    """Write a weight file as Keras 2 does; `told` are classes and settings of its layers."""
    rng = np.random.default_rng(0)
    with h5py.File(path, "w") as file:
        file.attrs["keras_version"] = version
        if listed:
            file.attrs["layer_names"] = np.array([name.encode() for name in layers])
        for name, parts in layers.items():
            for part, shape in parts.items():
                file[f"{name}/{name}/{part}:0"] = rng.normal(0, 0.5, shape).astype(np.float32)
        if told is not None:
            config = [{"class_name": kind, "config": settings} for kind, settings in told]
            file.attrs["model_config"] = json.dumps({"class_name": "Sequential", "config": {"layers": config}})
    return path


@pytest.mark.parametrize(
    ("layers", "told", "says"),
    [
        ({"a": recurrent(5), "top": dense()}, None, "its layer a is none of LSTM, GRU, SimpleRNN; save the whole"),
        ({"a": recurrent(3), "top": dense()}, [("LSTM", {})], "its layer a is none of LSTM, GRU, SimpleRNN; save the"),
        ({"a": recurrent(4)}, None, "it has 1 recurrent and 0 dense layers; recurrent layers and then one softmax"),
        ({"top": dense()}, None, "it has 0 recurrent and 1 dense layer;"),
        ({"a": recurrent(4), "b": dense(2), "c": recurrent(4, 2), "top": dense()}, None, "it has 2 recurrent and 2 de"),
        ({"a": recurrent(4), "top": dense(40_000)}, None, "it has 40000 outputs; 32767 classes are the most"),
        ({"a": recurrent(4), "top": dense()}, [("LSTM", {}), ("GRU", {})], "names 2 recurrent layers, and it holds we"),
        ({"a": recurrent(4), "top": dense()}, [("Dense", {"activation": "relu"})], "its dense layer ends in 'relu', a"),
        ({"a": {**recurrent(4), "peephole": (2,)}, "top": dense()}, None, "its layer a holds peephole, which is not r"),
    ],
)  # fmt: skip
def test_another_network_is_refused_in_a_sentence(
    layers: Layers, told: list[tuple[str, dict[str, Any]]] | None, says: str, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match=says):
        load_recurrent_network(write(tmp_path / "w.h5", layers, told=told))


@pytest.mark.parametrize("more", [0, 1])
def test_there_are_as_many_layers_as_there_can_be_and_no_more(more: int, tmp_path: Path) -> None:
    layers = {f"layer_{number}": recurrent(1, 3 if number == 0 else UNITS) for number in range(MOST_LAYERS + more)}
    file = write(tmp_path / "w.h5", {**layers, "top": dense()})
    if more:
        with pytest.raises(UserError, match=f"it has {MOST_LAYERS + 1} recurrent layers; {MOST_LAYERS} are the most"):
            load_recurrent_network(file)
    else:
        assert [layer.name for layer in load_recurrent_network(file).layers] == list(layers)


def test_layers_that_the_file_does_not_list_come_by_their_numbers(tmp_path: Path) -> None:
    layers = {"rnn_9": recurrent(4), "rnn_10": recurrent(4, UNITS), "top_11": dense()}
    found = load_recurrent_network(write(tmp_path / "w.h5", layers, listed=False))
    assert [layer.name for layer in found.layers] == ["rnn_9", "rnn_10"]
    # What has no number at all comes first.
    layers = {"rnn": recurrent(4), "rnn_1": recurrent(4, UNITS), "top_2": dense()}
    found = load_recurrent_network(write(tmp_path / "w.h5", layers, listed=False))
    assert [layer.name for layer in found.layers] == ["rnn", "rnn_1"]


@pytest.mark.parametrize(
    ("bias", "version", "settings", "after"),
    [
        ((2,), "2.3.1", None, True),
        ((), "2.4.0", None, False),
        ((0,), "2.3.1", None, False),
        ((0,), "2.3.1-tf", None, True),
        ((0,), "2.4.0", None, True),
        ((0,), "2.4.0", {"reset_after": False}, False),
        ((0,), "2.3.1", {"reset_after": True}, True),
        ((0,), "2.4.0", {}, True),
        ((0,), "2.3.1", {}, False),
    ],
)
def test_when_a_gru_resets_is_told_by_its_bias_else_by_its_settings_else_by_its_keras(
    bias: tuple[int, ...], version: str, settings: dict[str, Any] | None, after: bool, tmp_path: Path
) -> None:
    told = None if settings is None else [("GRU", settings), ("Dense", {"activation": "softmax"})]
    layers = {"a": recurrent(3, bias=bias), "top": dense()}
    (layer,) = load_recurrent_network(write(tmp_path / "w.h5", layers, version, told)).layers
    assert layer.cell is Cell.GRU
    assert layer.bias.shape == ((2, 3 * UNITS) if after else (3 * UNITS,))
    assert layer.bias.any() == (bias != (0,))
