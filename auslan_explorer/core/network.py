"""The networks as plain arrays, and their forward passes in NumPy.

The window needs hidden states, predictions and projections at once and never imports Keras; these passes are held
against Keras to 1e-5 by ``tests/ml``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from .errors import UserError

Gates = Literal["sigmoid", "hard_sigmoid"]


def sigmoid(x: np.ndarray) -> np.ndarray:
    """Compute the logistic function, without overflow for large negative x."""
    return np.float32(0.5) * (np.tanh(np.float32(0.5) * x) + np.float32(1))


def hard_sigmoid_keras2(x: np.ndarray) -> np.ndarray:
    """Compute Keras 2's ``hard_sigmoid``, clip(0.2 x + 0.5, 0, 1); Keras 3 uses x/6 + 0.5 under the same name."""
    return np.clip(np.float32(0.2) * x + np.float32(0.5), 0, 1)


GATES: dict[str, Callable[[np.ndarray], np.ndarray]] = {"sigmoid": sigmoid, "hard_sigmoid": hard_sigmoid_keras2}
ACTIVATIONS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "linear": lambda x: x,
    "relu": lambda x: np.maximum(x, 0),
    "tanh": np.tanh,
    "sigmoid": sigmoid,
}


def softmax(logits: np.ndarray) -> np.ndarray:
    """Compute the softmax over the last axis."""
    shifted = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return shifted / shifted.sum(axis=-1, keepdims=True)


def numbered_classes(count: int) -> tuple[str, ...]:
    """Return numbers as names of the classes of a network whose file does not name them."""
    return tuple(str(number) for number in range(count))


def _fingerprint(*arrays: np.ndarray) -> str:
    digest = hashlib.sha256()
    for array in arrays:
        digest.update(str(array.shape).encode())
        digest.update(np.ascontiguousarray(array, dtype="<f4").tobytes())
    return digest.hexdigest()[:16]


def lstm_states(
    x: np.ndarray,
    kernel: np.ndarray,
    recurrent_kernel: np.ndarray,
    bias: np.ndarray,
    gate: Callable[[np.ndarray], np.ndarray],
) -> np.ndarray:
    """Run an LSTM (Hochreiter and Schmidhuber 1997, with a forget gate) over sequences.

    Parameters
    ----------
    x : ndarray of float32, shape (sequences, steps, channels)
    kernel, recurrent_kernel, bias : ndarray of float32
        As `Classifier` has them.
    gate : callable
        One of `GATES`.

    Returns
    -------
    ndarray of float32, shape (sequences, steps, units)
        Hidden state after each step.
    """
    n, steps, _ = x.shape
    units = len(recurrent_kernel)
    h = np.zeros((n, units), dtype=np.float32)
    c = np.zeros((n, units), dtype=np.float32)
    out = np.empty((n, steps, units), dtype=np.float32)
    for t in range(steps):
        z = x[:, t] @ kernel + h @ recurrent_kernel + bias
        i, f = gate(z[:, :units]), gate(z[:, units : 2 * units])
        g, o = np.tanh(z[:, 2 * units : 3 * units]), gate(z[:, 3 * units :])
        c = f * c + i * g
        h = o * np.tanh(c)
        out[:, t] = h
    return out


@dataclass(frozen=True, eq=False)
class Head:
    """Dense softmax layer that turns a hidden state into probabilities of the signs.

    Attributes
    ----------
    kernel : ndarray of float32, shape (units, signs)
    bias : ndarray of float32, shape (signs,)
    """

    kernel: np.ndarray
    bias: np.ndarray

    def probabilities(self, states: np.ndarray) -> np.ndarray:
        """Return the probability of every sign; (..., units) becomes (..., signs)."""
        return softmax(np.asarray(states, dtype=np.float32) @ self.kernel + self.bias)


@dataclass(frozen=True, eq=False)
class Classifier:
    """The article's classifier: one LSTM layer, last step, dense softmax (article, figure 1).

    Attributes
    ----------
    kernel : ndarray of float32, shape (channels, 4 * units)
        Input weights; gate order input, forget, cell, output as in Keras.
    recurrent_kernel : ndarray of float32, shape (units, 4 * units)
    bias : ndarray of float32, shape (4 * units,)
    head : Head
    gates : {"sigmoid", "hard_sigmoid"}
        Gate activation; ``hard_sigmoid`` in Keras 2's definition.
    mean, std : ndarray of float32, shape (channels,)
        Standardisation of real frames before padding; zeros and ones where there is none.
    steps : int
        Steps of the padded input.
    signs : tuple of str
        Sign keys in the order of the head's outputs.
    """

    kernel: np.ndarray
    recurrent_kernel: np.ndarray
    bias: np.ndarray
    head: Head
    gates: Gates
    mean: np.ndarray
    std: np.ndarray
    steps: int
    signs: tuple[str, ...]

    def __post_init__(self) -> None:
        channels, four = self.kernel.shape
        units = four // 4
        shapes = {
            "kernel": (self.kernel.shape, (channels, 4 * units)),
            "recurrent_kernel": (self.recurrent_kernel.shape, (units, 4 * units)),
            "bias": (self.bias.shape, (4 * units,)),
            "head kernel": (self.head.kernel.shape, (units, len(self.signs))),
            "head bias": (self.head.bias.shape, (len(self.signs),)),
            "mean": (self.mean.shape, (channels,)),
            "std": (self.std.shape, (channels,)),
        }
        for name, (found, wanted) in shapes.items():
            if found != wanted:
                raise UserError(f"The classifier’s {name} has shape {found} where {wanted} is needed.")
        if self.gates not in GATES:
            raise UserError(f"The classifier’s gates are {self.gates[:40]!r}; known are {', '.join(GATES)}.")
        arrays = (self.kernel, self.recurrent_kernel, self.bias, self.head.kernel, self.head.bias, self.mean, self.std)
        if not all(np.isfinite(a).all() for a in arrays):
            raise UserError("The classifier’s weights hold values that are not finite numbers; train it again.")

    @property
    def units(self) -> int:
        """Units of the LSTM layer."""
        return self.recurrent_kernel.shape[0]

    @cached_property
    def fingerprint(self) -> str:
        """Hash of the weights, 16 hexadecimal digits."""
        return _fingerprint(self.kernel, self.recurrent_kernel, self.bias, self.head.kernel, self.head.bias)

    def hidden_states(self, padded: np.ndarray) -> np.ndarray:
        """Run the LSTM over padded recordings.

        Parameters
        ----------
        padded : ndarray of float32, shape (recordings, steps, channels)
            As `Recordings.padded` makes it, standardised with `mean` and `std`.

        Returns
        -------
        ndarray of float32, shape (recordings, steps, units)
            Hidden state after each step.
        """
        return lstm_states(padded, self.kernel, self.recurrent_kernel, self.bias, GATES[self.gates])

    def padding_prefix(self, steps: int) -> np.ndarray:
        """Return the hidden states over `steps` steps of padding, shape (steps, units); all recordings share them."""
        return self.hidden_states(np.zeros((1, steps, self.kernel.shape[0]), dtype=np.float32))[0]


@dataclass(frozen=True, eq=False)
class DenseLayer:
    """One dense layer: kernel (inputs, outputs), bias (outputs,), activation name."""

    kernel: np.ndarray
    bias: np.ndarray
    activation: str

    def __call__(self, x: np.ndarray) -> np.ndarray:
        return ACTIVATIONS[self.activation](x @ self.kernel + self.bias)


@dataclass(frozen=True, eq=False)
class Autoencoder:
    """Dense autoencoder with a bottleneck of 2 or 3 dimensions (article, figure 2).

    Attributes
    ----------
    layers : tuple of DenseLayer
        From hidden state to reconstruction; article: 600, 150, k, 150, 600, units.
    bottleneck : int
        Index of the layer whose output is the projection.
    """

    layers: tuple[DenseLayer, ...]
    bottleneck: int

    def __post_init__(self) -> None:
        if not 0 <= self.bottleneck < len(self.layers) - 1:
            raise UserError("The autoencoder has no bottleneck layer between its input and its output.")
        width = self.layers[0].kernel.shape[0]
        for layer in self.layers:
            if layer.kernel.ndim != 2 or layer.kernel.shape[0] != width or layer.bias.shape != layer.kernel.shape[1:]:
                raise UserError("The autoencoder’s layers do not fit one another.")
            if layer.activation not in ACTIVATIONS:
                raise UserError(
                    f"The autoencoder uses the activation {layer.activation[:40]!r}, which is not known here."
                )
            if not (np.isfinite(layer.kernel).all() and np.isfinite(layer.bias).all()):
                raise UserError("The autoencoder’s weights hold values that are not finite numbers; train it again.")
            width = layer.kernel.shape[1]
        if width != self.layers[0].kernel.shape[0]:
            raise UserError("The autoencoder’s output is not as wide as its input.")

    @property
    def dims(self) -> int:
        """Dimensions of the bottleneck."""
        return self.layers[self.bottleneck].kernel.shape[1]

    @property
    def units(self) -> int:
        """Units of the hidden states at input and output."""
        return self.layers[0].kernel.shape[0]

    @cached_property
    def fingerprint(self) -> str:
        """Hash of the weights, 16 hexadecimal digits."""
        return _fingerprint(*(a for layer in self.layers for a in (layer.kernel, layer.bias)))

    def encode(self, states: np.ndarray) -> np.ndarray:
        """Project hidden states (rows, units) to the bottleneck (rows, dims), float32."""
        return self._run(states, self.layers[: self.bottleneck + 1])

    def decode(self, codes: np.ndarray) -> np.ndarray:
        """Map bottleneck values (rows, dims) back to hidden states (rows, units), float32."""
        return self._run(codes, self.layers[self.bottleneck + 1 :])

    def reconstruct(self, states: np.ndarray) -> np.ndarray:
        """Encode and decode, (rows, units) to (rows, units), float32."""
        return self._run(states, self.layers)

    @staticmethod
    def _run(x: np.ndarray, layers: tuple[DenseLayer, ...], rows: int = 16384) -> np.ndarray:
        # In blocks: 145 000 rows through 600 units at once would take 350 MB.
        out = []
        for start in range(0, max(len(x), 1), rows):
            y = np.asarray(x[start : start + rows], dtype=np.float32)
            for layer in layers:
                y = layer(y)
            out.append(y)
        return np.concatenate(out)
