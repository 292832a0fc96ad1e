"""Makes an activation cache of a GRU on made-up waves, and opens it again.

What to take from here for a network of your own: `cache_from_arrays` wants the hidden states of all sequences behind
one another, the lengths, and the classes; everything else is optional. Needs NumPy only, and runs in seconds::

    python docs/examples/gru_cache.py waves.h5
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from auslan_explorer.core.projection import Projection
from auslan_explorer.io.cache import cache_from_arrays, check_cache, read_cache, write_cache

SIGNS = ("saw", "sine", "square")
UNITS, STEPS, A_CLASS = 32, 40, 60


def waves(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return noisy waves of random period and phase (sequences, STEPS, 1), and the class of each."""
    sign = np.repeat(np.arange(len(SIGNS)), A_CLASS)
    period = rng.uniform(8, 16, (len(sign), 1))
    phase = (np.arange(STEPS) / period + rng.uniform(0, 1, (len(sign), 1))) % 1.0
    shapes = np.stack([2 * phase - 1, np.sin(2 * np.pi * phase), np.sign(0.5 - phase)])
    clean = shapes[sign, np.arange(len(sign))]
    return (clean + rng.normal(0, 0.1, clean.shape))[..., None], sign


def gru(x: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Run a GRU (Cho et al. 2014) with random weights; (sequences, steps, 1) becomes (sequences, steps, UNITS).

    Its recurrent weights are scaled to a spectral radius just below 1, as in an echo state network: such a network
    need not be trained for its states to tell the waves apart.
    """
    kernel = rng.normal(0, 1.0, (x.shape[2], 3 * UNITS))
    recurrent = rng.normal(0, 1.0, (UNITS, 3 * UNITS))
    recurrent *= 0.95 / np.abs(np.linalg.eigvals(recurrent[:, 2 * UNITS :])).max()
    h = np.zeros((len(x), UNITS))
    states = np.empty((len(x), x.shape[1], UNITS))
    for t in range(x.shape[1]):
        update, reset, new = np.split(x[:, t] @ kernel, 3, axis=1)
        u, r, n = np.split(recurrent, 3, axis=1)
        z = 1 / (1 + np.exp(-(update + h @ u)))
        k = 1 / (1 + np.exp(-(reset + h @ r)))
        h = z * h + (1 - z) * np.tanh(new + (k * h) @ n)
        states[:, t] = h
    return states


def train_head(states: np.ndarray, sign: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Train a softmax layer on hidden states by gradient descent with momentum; return its kernel and bias."""
    wanted = np.eye(len(SIGNS))[sign]
    x = np.column_stack([states, np.ones(len(states))])
    weights = np.zeros((x.shape[1], len(SIGNS)))
    speed = np.zeros_like(weights)
    for _ in range(2000):
        logits = x @ weights
        p = np.exp(logits - logits.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        speed = 0.9 * speed - 0.2 * (x.T @ (p - wanted) / len(x) + 1e-4 * weights)
        weights += speed
    return weights[:-1], weights[-1]


def pca(states: np.ndarray, dims: int) -> Projection:
    """Project hidden states onto their first principal components."""
    centred = states - states.mean(axis=0)
    axes = np.linalg.svd(centred, full_matrices=False)[2][:dims]
    points = (centred @ axes.T).astype(np.float32)
    return Projection(points, np.zeros((0, dims), dtype=np.float32), fingerprint="", title=f"PCA, {dims}-D")


def main(path: Path) -> None:
    rng = np.random.default_rng(0)
    x, sign = waves(rng)
    states = gru(x, rng)
    split = np.tile(np.repeat([0, 1, 2], [A_CLASS - 20, 10, 10]), len(SIGNS))
    kernel, bias = train_head(states[split == 0, -1], sign[split == 0])
    predicted = (states[:, -1] @ kernel + bias).argmax(axis=1)

    real = states.reshape(-1, UNITS)  # no padding here: every step is real
    activations = cache_from_arrays(
        real,
        np.full(len(x), STEPS),
        sign,
        SIGNS,
        split=split,
        predicted=predicted,
        inputs=x.reshape(-1, 1),
        input_names=("wave",),
        head_kernel=kernel,
        head_bias=bias,
        projections={2: pca(real, 2), 3: pca(real, 3)},
        provenance={"data": "noisy waves, made up", "model": f"GRU, {UNITS} units, random weights", "seed": "0"},
    )
    write_cache(path, activations)

    problems = check_cache(path)
    assert not problems, problems
    again = read_cache(path)
    accuracy = np.mean(again.predicted[again.split == 2] == again.sign[again.split == 2])
    print(f"{path}: {len(again)} recordings of {len(again.signs)} signs, {again.real_steps} real steps, "
          f"{again.units} units, test accuracy {accuracy:.0%}")  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "waves.h5"))
