"""Cell states of an LSTM, which frameworks keep to themselves: computed from what it read and gave at each step."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

_LIKE = 1e-2
"""How near the hidden states that follow from cell states have to come to those that were given."""


def cell_states(
    inputs: np.ndarray, states: np.ndarray, real: np.ndarray | None, weights: Sequence[np.ndarray], *, backward: bool
) -> np.ndarray | None:
    """Compute an LSTM's cell states at every real step.

    Parameters
    ----------
    inputs : ndarray of float, shape (R, T, inputs)
    states : ndarray of float, shape (R, T, units)
        Its hidden states.
    real : ndarray of bool, shape (R, T), or None
        Steps that it read; all by default.
    weights : sequence of ndarray
        Kernel (inputs, 4 units), recurrent kernel (units, 4 units), and bias (4 units,) where there is one; gates in
        the order input, forget, candidate, output.
    backward : bool
        Whether it read from the last step to the first.

    Returns
    -------
    ndarray of float32, shape (R, T, units), or None
        Zeros at steps that are not real. None where the hidden states do not follow from them, because the layer has
        other activations or another start than zeros.
    """
    kernel, recurrent, *bias = weights
    order = slice(None, None, -1 if backward else 1)
    units = states.shape[-1]
    h = c = np.zeros((len(states), units), dtype=np.float32)
    found = np.zeros(states.shape, dtype=np.float32)
    for step in range(states.shape[1])[order]:
        z = inputs[:, step] @ kernel + h @ recurrent + (bias[0] if bias else 0)
        i, f, g, o = (z[:, gate * units : (gate + 1) * units] for gate in range(4))
        new = _sigmoid(f) * c + _sigmoid(i) * np.tanh(g)
        read = np.ones((len(states), 1), dtype=bool) if real is None else real[:, step, None]
        if np.abs(np.where(read, _sigmoid(o) * np.tanh(new) - states[:, step], 0)).max(initial=0.0) > _LIKE:
            return None
        c, h = np.where(read, new, c), np.where(read, states[:, step], h)
        found[:, step] = np.where(read, new, 0)
    return found


def cell_states_of_rows(
    inputs: Sequence[np.ndarray], states: Sequence[np.ndarray], weights: Sequence[np.ndarray], *, backward: bool
) -> list[np.ndarray] | None:
    """Compute cell states as `cell_states` does, of sequences that are of any length each.

    Parameters
    ----------
    inputs, states : sequences of ndarray of float, shapes (T_i, inputs) and (T_i, units)
    weights, backward
        As in `cell_states`.

    Returns
    -------
    list of ndarray of float32, shape (T_i, units), or None
    """
    lengths = np.array([len(each) for each in states])
    real = np.arange(lengths.max(initial=0)) < lengths[:, None]
    read, gave = (np.zeros((*real.shape, each[0].shape[1]), dtype=np.float32) for each in (inputs, states))
    read[real], gave[real] = np.concatenate(inputs), np.concatenate(states)
    cells = cell_states(read, gave, real, weights, backward=backward)
    return None if cells is None else [row[:length] for row, length in zip(cells, lengths, strict=True)]


def _sigmoid(values: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-np.clip(values, -60, 60)))
