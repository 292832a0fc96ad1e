"""Stacks of recurrent layers as plain arrays, and their forward passes in NumPy; held against Keras by ``tests/ml``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from .errors import UserError
from .network import GATES, Gates, Head, lstm_states


class Cell(StrEnum):
    """Kinds of recurrent layers, called as in Keras."""

    LSTM = "LSTM"
    GRU = "GRU"
    SIMPLE = "SimpleRNN"

    @property
    def blocks(self) -> int:
        """How many blocks of `units` columns its kernels have."""
        return {Cell.LSTM: 4, Cell.GRU: 3, Cell.SIMPLE: 1}[self]


@dataclass(frozen=True, eq=False)
class RecurrentLayer:
    """A recurrent layer whose activation is tanh.

    Attributes
    ----------
    name : str
    cell : Cell
    kernel : ndarray of float32, shape (inputs, blocks * units)
        In Keras's order: LSTM input, forget, cell, output; GRU update, reset, candidate.
    recurrent_kernel : ndarray of float32, shape (units, blocks * units)
    bias : ndarray of float32, shape (blocks * units,)
        Or (2, blocks * units) for a GRU whose reset gate is applied after the product with the recurrent kernel: that
        of the input, and that of the state.
    gates : {"sigmoid", "hard_sigmoid"}
    """

    name: str
    cell: Cell
    kernel: np.ndarray
    recurrent_kernel: np.ndarray
    bias: np.ndarray
    gates: Gates

    @property
    def units(self) -> int:
        """Units of the hidden state."""
        return self.recurrent_kernel.shape[0]

    def states(self, x: np.ndarray) -> np.ndarray:
        """Return the hidden state after each step; (sequences, steps, inputs) becomes (sequences, steps, units)."""
        if self.cell is Cell.LSTM:
            return lstm_states(x, self.kernel, self.recurrent_kernel, self.bias, GATES[self.gates])
        h = np.zeros((len(x), self.units), dtype=np.float32)
        out = np.empty((*x.shape[:2], self.units), dtype=np.float32)
        step = self._gru_step() if self.cell is Cell.GRU else self._simple_step
        for t in range(x.shape[1]):
            h = step(x[:, t], h)
            out[:, t] = h
        return out

    def _simple_step(self, x: np.ndarray, h: np.ndarray) -> np.ndarray:
        return np.tanh(x @ self.kernel + self.bias + h @ self.recurrent_kernel)

    def _gru_step(self) -> Callable[[np.ndarray, np.ndarray], np.ndarray]:
        """Return the step of a GRU (Cho et al. 2014; the reset gate after the product as in cuDNN)."""
        gate, units, after = GATES[self.gates], self.units, self.bias.ndim == 2
        of_input, of_state = self.bias if after else (self.bias, np.float32(0))
        both, candidate = self.recurrent_kernel[:, : 2 * units], self.recurrent_kernel[:, 2 * units :]

        def step(x: np.ndarray, h: np.ndarray) -> np.ndarray:
            read = x @ self.kernel + of_input
            if after:
                kept = h @ self.recurrent_kernel + of_state
                opened = gate(read[:, : 2 * units] + kept[:, : 2 * units])
                new = np.tanh(read[:, 2 * units :] + opened[:, units:] * kept[:, 2 * units :])
            else:
                opened = gate(read[:, : 2 * units] + h @ both)
                new = np.tanh(read[:, 2 * units :] + (opened[:, units:] * h) @ candidate)
            update = opened[:, :units]
            return update * h + (np.float32(1) - update) * new

        return step


@dataclass(frozen=True, eq=False)
class RecurrentNetwork:
    """Recurrent layers one on the other, and a dense softmax layer on the last state of the uppermost.

    Attributes
    ----------
    layers : tuple of RecurrentLayer
        From the input on.
    head : Head
    """

    layers: tuple[RecurrentLayer, ...]
    head: Head

    def __post_init__(self) -> None:
        if not self.layers:
            raise UserError("The network has no recurrent layer.")
        arrays = [each for layer in self.layers for each in (layer.kernel, layer.recurrent_kernel, layer.bias)]
        if not all(np.isfinite(each).all() for each in (*arrays, self.head.kernel, self.head.bias)):
            raise UserError("The network’s weights hold values that are not finite numbers; train it again.")

    @property
    def channels(self) -> int:
        """Values that it reads at a step."""
        return self.layers[0].kernel.shape[0]

    def states(self, x: np.ndarray) -> dict[str, np.ndarray]:
        """Return the hidden states of each layer by its name, float32, (sequences, steps, units)."""
        found = {}
        for layer in self.layers:
            x = found[layer.name] = layer.states(x)
        return found
