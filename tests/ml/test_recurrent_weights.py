"""Keras 2 weight files of GRUs and of several layers: the states are Keras's own to 1e-5."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import h5py
import keras
import numpy as np
import pytest

from auslan_explorer import cli
from auslan_explorer.core.errors import UserError
from auslan_explorer.io.cache import read_cache
from auslan_explorer.io.recurrent_weights import load_recurrent_network

X = np.random.default_rng(2).normal(size=(6, 9, 3)).astype(np.float32)
CASES = {
    "GRU, reset gate after": [keras.layers.GRU(5, reset_after=True)],
    "GRU, reset gate before": [keras.layers.GRU(5, reset_after=False)],
    "GRU without a bias": [keras.layers.GRU(5, use_bias=False, reset_after=False)],
    "LSTMs": [keras.layers.LSTM(6, return_sequences=True), keras.layers.LSTM(4)],
    "SimpleRNN and GRU": [keras.layers.SimpleRNN(4, return_sequences=True), keras.layers.GRU(5)],
}


def network(layers: list[Any]) -> tuple[keras.Model, keras.Model]:
    """Return a network with weights away from zero, and one that gives the states of each of its layers."""
    inside = keras.Input(X.shape[1:])
    copies = [type(each).from_config(each.get_config()) for each in layers]
    states, found = inside, []
    for copy in copies:
        copy.return_sequences = True
        states = copy(states)
        found.append(states)
    outputs = keras.layers.Dense(3, activation="softmax")(states[:, -1])
    model = keras.Model(inside, outputs)
    rng = np.random.default_rng(3)
    model.set_weights([rng.normal(0, 0.6, each.shape) for each in model.get_weights()])
    return model, keras.Model(inside, found)


def write(path: Path, model: keras.Model, *, told: bool) -> Path:
    """Write weights as Keras 2 does, with or without what they are of."""
    layers = [layer for layer in model.layers if layer.weights]
    with h5py.File(path, "w") as file:
        file.attrs["keras_version"] = "2.3.1"
        file.attrs["layer_names"] = np.array([layer.name.encode() for layer in layers])
        for layer in layers:
            for weight in layer.weights:
                file[f"{layer.name}/{layer.name}/{weight.name}:0"] = weight.numpy()
        if told:
            config = [{"class_name": type(each).__name__, "config": each.get_config()} for each in layers]
            file.attrs["model_config"] = json.dumps(
                {"class_name": "Sequential", "config": {"layers": config}}, default=str
            )
    return path


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("told", [True, False], ids=["with configuration", "weights alone"])
def test_states_of_each_layer_and_outputs_are_those_of_keras(case: str, told: bool, tmp_path: Path) -> None:
    model, inner = network(CASES[case])
    ours = load_recurrent_network(write(tmp_path / "w.h5", model, told=told))
    wanted = inner.predict(X, verbose=0)
    wanted = wanted if isinstance(wanted, list) else [wanted]
    states = ours.states(X)
    assert len(states) == len(wanted) == len(CASES[case])
    for name, theirs in zip(states, wanted, strict=True):
        np.testing.assert_allclose(states[name], theirs, atol=1e-5, err_msg=name)
    chances = ours.head.probabilities(list(states.values())[-1][:, -1])
    np.testing.assert_allclose(chances, model.predict(X, verbose=0), atol=1e-5)


def test_a_layer_that_would_be_left_out_is_refused_in_a_sentence(tmp_path: Path) -> None:
    inside = keras.Input(X.shape[1:])
    inner = keras.layers.LSTM(4, return_sequences=True)(inside)
    outputs = keras.layers.Dense(3)(keras.layers.GRU(4)(keras.layers.BatchNormalization(name="norm")(inner)))
    file = write(tmp_path / "w.h5", keras.Model(inside, outputs), told=False)
    with pytest.raises(UserError, match="its layer norm holds beta, which is not run here"):
        load_recurrent_network(file)


def test_a_weight_file_of_two_layers_becomes_a_cache_of_both(tmp_path: Path) -> None:
    model, inner = network(CASES["LSTMs"])
    file = write(tmp_path / "w.h5", model, told=True)
    y = model.predict(X, verbose=0).argmax(axis=1)
    np.savez(tmp_path / "x.npz", X=X, y=y, class_names=np.array(["a", "b", "c"]))
    out = tmp_path / "mine.h5"
    assert cli.main(["cache", "--from", str(file), "--inputs", str(tmp_path / "x.npz"), "--out", str(out)]) == 0
    a = read_cache(out)
    assert [each.name for each in a.layers] == [layer.name for layer in model.layers if "lstm" in layer.name]
    assert a.predicted.tolist() == y.tolist() == a.sign.tolist() and a.head is not None
    np.testing.assert_allclose(a.all_states(), inner.predict(X, verbose=0)[1].reshape(-1, 4), atol=1e-3)
