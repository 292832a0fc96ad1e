"""A small network of made-up weights, recordings that it reads, and what it made of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from auslan_explorer.analysis.activate import activate
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.network import Autoencoder, Classifier, DenseLayer, Head
from auslan_explorer.core.recordings import CHANNELS, Recordings
from tests.made_up import SIGNS

UNITS = 6
STEPS = 20


def autoencoder(dims: int = 2, units: int = UNITS) -> Autoencoder:
    draw = np.random.default_rng(dims).normal
    there, back = draw(0, 0.5, (units, dims)).astype(np.float32), draw(0, 0.5, (dims, units)).astype(np.float32)
    layers = (
        DenseLayer(there, np.zeros(dims, np.float32), "linear"),
        DenseLayer(back, np.full(units, 0.1, np.float32), "tanh"),
    )
    return Autoencoder(layers, 0)


def classifier() -> Classifier:
    rng = np.random.default_rng(1)

    def draw(*shape: int) -> np.ndarray:
        return rng.normal(0, 0.8, shape).astype(np.float32)

    mean, std = np.full(len(CHANNELS), 0.4, np.float32), np.full(len(CHANNELS), 0.3, np.float32)
    head = Head(3 * draw(UNITS, 4), draw(4))
    gates = draw(len(CHANNELS), 4 * UNITS), draw(UNITS, 4 * UNITS), draw(4 * UNITS)
    return Classifier(*gates, head, "sigmoid", mean, std, STEPS, SIGNS)


def recordings(count: int = 24, seed: int = 5) -> list[np.ndarray]:
    """Return frames of recordings of the four signs in turn."""
    rng = np.random.default_rng(seed)
    lengths = rng.integers(8, 18, count)
    bent = [np.cumsum(rng.normal(0, 0.08, (length, len(CHANNELS))), axis=0) for length in lengths]
    ways = rng.normal(0, 0.15, (4, len(CHANNELS)))
    return [
        (0.2 + ways[number % 4] * np.arange(len(each))[:, None] ** 0.5 + each).astype(np.float32)
        for number, each in enumerate(bent)
    ]


def made_of(frames: list[np.ndarray]) -> Activations:
    """Return what the network makes of these recordings, of three sessions, with networks and splits."""
    count = len(frames)
    numbers = np.arange(count, dtype=np.int16)
    lengths = np.array([len(each) for each in frames], np.int32)
    # Half of all are called as the network has them, so that its answers are right at times.
    network = classifier()
    known = Recordings(np.concatenate(frames), lengths, numbers % 4, numbers % 3 + 1, numbers // 12 + 1, SIGNS)
    encoders = {2: autoencoder(2), 3: autoencoder(3)}
    split = np.array([0, 0, 0, 0, 1, 2], np.uint8)[numbers % 6]
    answered = activate(network, known, encoders, split).predicted
    known = replace(known, sign=np.where(numbers % 2 == 0, answered, known.sign).astype(np.int16))
    return replace(activate(network, known, encoders, split), classifier=network, autoencoders=encoders)
