"""Forward passes of recurrent layers against the equations of their papers, one unit and one step at a time."""

from __future__ import annotations

from dataclasses import replace
from math import exp, tanh

import numpy as np
import pytest

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.network import Gates, Head
from auslan_explorer.core.recurrent import Cell, RecurrentLayer, RecurrentNetwork

UNITS, CHANNELS = 3, 2
RNG = np.random.default_rng(5)


def drawn(*shape: int) -> np.ndarray:
    return RNG.normal(0, 0.7, shape).astype(np.float32)


def layer_of(cell: Cell, gates: Gates = "sigmoid", inputs: int = CHANNELS, *, after: bool = False) -> RecurrentLayer:
    wide = cell.blocks * UNITS
    bias = drawn(2, wide) if after else drawn(wide)
    return RecurrentLayer(cell.value, cell, drawn(inputs, wide), drawn(UNITS, wide), bias, gates)


def sigmoid(value: float) -> float:
    return 1 / (1 + exp(-value))


def hard_sigmoid(value: float) -> float:
    """As Keras 2 has it."""
    return min(max(0.2 * value + 0.5, 0.0), 1.0)


def by_hand(layer: RecurrentLayer, steps: np.ndarray) -> np.ndarray:
    """Return the states of one sequence; ``u`` and ``w`` read input and state into a block of a unit."""
    gate = {"sigmoid": sigmoid, "hard_sigmoid": hard_sigmoid}[layer.gates]
    k, r, b, n = layer.kernel, layer.recurrent_kernel, layer.bias, layer.units
    of_input, of_state = b if b.ndim == 2 else (b, np.zeros_like(b))
    h, c, out = np.zeros(n), np.zeros(n), []
    for x in steps:

        def u(block: int, unit: int, x: np.ndarray = x) -> float:
            return float(x @ k[:, block * n + unit] + of_input[block * n + unit])

        def w(block: int, unit: int, h: np.ndarray) -> float:
            return float(h @ r[:, block * n + unit] + of_state[block * n + unit])

        if layer.cell is Cell.SIMPLE:
            h = np.array([tanh(u(0, i) + w(0, i, h)) for i in range(n)])
        elif layer.cell is Cell.GRU:
            z = np.array([gate(u(0, i) + w(0, i, h)) for i in range(n)])
            reset = np.array([gate(u(1, i) + w(1, i, h)) for i in range(n)])
            if b.ndim == 2:
                new = np.array([tanh(u(2, i) + reset[i] * w(2, i, h)) for i in range(n)])
            else:
                new = np.array([tanh(u(2, i) + w(2, i, reset * h)) for i in range(n)])
            h = z * h + (1 - z) * new
        else:
            i_, f, o = (np.array([gate(u(at, i) + w(at, i, h)) for i in range(n)]) for at in (0, 1, 3))
            c = f * c + i_ * np.array([tanh(u(2, i) + w(2, i, h)) for i in range(n)])
            h = o * np.tanh(c)
        out.append(h)
    return np.array(out)


@pytest.mark.parametrize("gates", ["sigmoid", "hard_sigmoid"])
@pytest.mark.parametrize(
    ("cell", "after"), [(Cell.LSTM, False), (Cell.GRU, False), (Cell.GRU, True), (Cell.SIMPLE, False)]
)
def test_states_are_those_of_the_equations(cell: Cell, after: bool, gates: Gates) -> None:
    layer = layer_of(cell, gates, after=after)
    x = 2 * drawn(4, 6, CHANNELS)
    found = layer.states(x)
    assert (found.shape, found.dtype, layer.units) == ((4, 6, UNITS), np.float32, UNITS)
    np.testing.assert_allclose(found, [by_hand(layer, each) for each in x], atol=2e-6)


def test_a_layer_reads_the_states_of_the_one_below() -> None:
    low, top = layer_of(Cell.GRU, after=True), layer_of(Cell.SIMPLE, inputs=UNITS)
    network = RecurrentNetwork((low, top), Head(drawn(UNITS, 4), drawn(4)))
    x = drawn(2, 5, CHANNELS)
    states = network.states(x)
    assert list(states) == ["GRU", "SimpleRNN"] and network.channels == CHANNELS
    np.testing.assert_array_equal(states["SimpleRNN"], top.states(low.states(x)))
    assert {cell.value: cell.blocks for cell in Cell} == {"LSTM": 4, "GRU": 3, "SimpleRNN": 1}


@pytest.mark.parametrize("part", ["kernel", "recurrent_kernel", "bias", "head kernel", "head bias"])
def test_weights_that_are_no_numbers_and_no_layers_are_refused(part: str) -> None:
    layer, head = layer_of(Cell.SIMPLE), Head(drawn(UNITS, 4), drawn(4))
    with pytest.raises(UserError, match=r"The network has no recurrent layer\."):
        RecurrentNetwork((), head)
    owner = head if part.startswith("head") else layer
    broken = getattr(owner, part.removeprefix("head ")).copy()
    broken[-1] = np.nan
    broken = replace(owner, **{part.removeprefix("head "): broken})
    with pytest.raises(UserError, match=r"hold values that are not finite numbers; train it again\."):
        RecurrentNetwork((layer,), broken) if owner is head else RecurrentNetwork((layer, broken), head)
