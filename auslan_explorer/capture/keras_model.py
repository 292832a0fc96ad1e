"""Records the recurrent layers of a Keras 3 model, by the Keras that made it; imports none of its own."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

import numpy as np

from auslan_explorer.capture.cells import cell_states
from auslan_explorer.capture.pack import to_numpy
from auslan_explorer.capture.recorded import Recorded
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.layers import CELL_STATES

RECURRENT = frozenset({"LSTM", "GRU", "SimpleRNN"})
DIRECTIONS = ("forward", "backward")


def is_keras_model(model: Any) -> bool:
    """Return whether something is a Keras model, by what it can do."""
    return hasattr(model, "layers") and hasattr(model, "predict")


def run_keras(model: Any, x: Any, batch_size: int) -> tuple[Recorded, np.ndarray | None]:
    """Run a model and each of its recurrent layers; return what they did, and the mask of real steps if it has one.

    Raises
    ------
    UserError
        If there is no recurrent layer, or the model is not made of layers that follow one another.
    """
    keras: Any = sys.modules.get("keras")
    if keras is None or int(keras.__version__.split(".")[0]) < 3:
        raise UserError("This is no model of Keras 3, whose layers alone can be recorded; save its arrays instead.")
    recurrent = [each for each in model.layers if _kind(each) in RECURRENT or _kind(each) == "Bidirectional"]
    if not recurrent:
        raise UserError("The model has no LSTM, GRU or SimpleRNN layer, so there are no hidden states to record.")
    outputs = np.asarray(model.predict(x, batch_size=batch_size, verbose=0), dtype=np.float32)
    mask = _mask(keras, model, x, batch_size)
    layers: dict[str, np.ndarray] = {}
    shown = ""
    for layer in recurrent:
        states = _all_steps(keras, model, layer).predict(x, batch_size=batch_size, verbose=0)
        states = np.asarray(states, dtype=np.float32)
        parts = {layer.name: (layer, states)}
        if _kind(layer) == "Bidirectional":
            halves = np.split(states, 2, axis=-1)
            directions = zip(DIRECTIONS, (layer.forward_layer, layer.backward_layer), halves, strict=True)
            parts = {f"{layer.name}, {direction}": (part, half) for direction, part, half in directions}
        layers |= {name: half for name, (_, half) in parts.items()}
        shown = next(iter(parts))  # of two directions the forward one
        if any(_kind(part) == "LSTM" for part, _ in parts.values()):
            read = _inputs(keras, model, layer, x, batch_size)
            layers |= _cell_states(parts, read, mask)
    last = model.layers[-1]
    head = None
    if _kind(last) == "Dense" and last.get_config().get("activation") == "softmax":
        weights = [to_numpy(each).astype(np.float32) for each in last.get_weights()]
        head = weights[0], weights[1] if len(weights) > 1 else np.zeros(weights[0].shape[1], np.float32)
    if outputs.ndim not in (2, 3):
        return Recorded(layers, shown, inputs=x), mask
    return Recorded(layers, shown, as_probabilities(outputs), head, x), mask


def _kind(layer: Any) -> str:
    return type(layer).__name__


def as_probabilities(outputs: np.ndarray) -> np.ndarray:
    """Return outputs as probabilities: of a model that ends in logits their softmax."""
    from auslan_explorer.core.network import softmax

    sums = outputs.sum(axis=-1)
    are = outputs.min(initial=0.0) >= 0 and np.abs(sums - 1).max(initial=0.0) < 1e-3
    return outputs if are else softmax(outputs)


def _input(layer: Any) -> Any:
    try:
        read = layer.input
        # The mask comes as a second input; the first one carries it too.
        return read[0] if isinstance(read, list) else read
    except (AttributeError, ValueError) as error:
        raise UserError(
            f"The layer {layer.name} has no one input; only models whose layers follow one another can be recorded. "
            "Save their states as arrays instead."
        ) from error


def _inputs(keras: Any, model: Any, layer: Any, x: Any, batch_size: int) -> np.ndarray:
    """Return what a layer reads."""
    before = keras.Model(model.inputs, keras.layers.Identity()(_input(layer)))
    return np.asarray(before.predict(x, batch_size=batch_size, verbose=0))


def _cell_states(
    parts: Mapping[str, tuple[Any, np.ndarray]], read: np.ndarray, mask: np.ndarray | None
) -> dict[str, np.ndarray]:
    """Return the cell states of the LSTMs among some layers that read the same, as far as they can be told."""
    found = {}
    for name, (layer, states) in parts.items():
        if _kind(layer) == "LSTM":
            weights = [to_numpy(each).astype(np.float32) for each in layer.get_weights()]
            backward = name.endswith(f", {DIRECTIONS[1]}")
            cells = cell_states(read, states, mask, weights, backward=backward)
            if cells is not None:
                found[CELL_STATES.format(name)] = cells
    return found


def _all_steps(keras: Any, model: Any, layer: Any) -> Any:
    """Return a model that gives a recurrent layer's states at every step, by a copy of it with the same weights."""
    config = layer.get_config()
    inner = [config["layer"]["config"]] if _kind(layer) == "Bidirectional" else [config]
    if config.get("backward_layer"):
        inner.append(config["backward_layer"]["config"])
    for each in inner:
        each |= {"return_sequences": True, "return_state": False}
    if _kind(layer) == "Bidirectional":
        config["merge_mode"] = "concat"
    copy = type(layer).from_config(config)
    steps = keras.Model(model.inputs, copy(_input(layer)))
    copy.set_weights(layer.get_weights())
    return steps


def _mask(keras: Any, model: Any, x: Any, batch_size: int) -> np.ndarray | None:
    """Return the mask of real steps, from the first layer that makes one; None where there is none."""
    for layer in model.layers:
        if _kind(layer) == "Masking" or (_kind(layer) == "Embedding" and layer.get_config().get("mask_zero")):
            read = _inputs(keras, model, layer, x, batch_size)
            return to_numpy(keras.ops.convert_to_numpy(layer.compute_mask(keras.ops.convert_to_tensor(read))))
    return None
