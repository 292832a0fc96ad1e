"""Fixtures of synthetic activations, and a child process that implements the protocol without TensorFlow."""

from __future__ import annotations

import numpy as np
import pytest

from auslan_explorer.core.activations import Activations, ArrayStates
from auslan_explorer.core.network import Autoencoder, DenseLayer
from auslan_explorer.core.splits import TEST, TRAIN, VALIDATION


def made_up_activations(recordings: int = 20, units: int = 5, length: int = 12) -> Activations:
    rng = np.random.default_rng(0)
    code = np.zeros(recordings, dtype=np.int16)
    split = np.full(recordings, TRAIN, dtype=np.uint8)
    split[-4:-2], split[-2:] = VALIDATION, TEST
    return Activations(
        states=ArrayStates(rng.normal(0, 1, (recordings * length, units)).astype(np.float32)),
        prefix=rng.normal(0, 1, (3, units)).astype(np.float32),
        lengths=np.full(recordings, length, np.int32),
        first_step=np.full(recordings, 3, np.int32),
        sign=(np.arange(recordings) % 2).astype(np.int16),
        predicted=code,
        session=code,
        trial=code,
        split=split,
        signs=("a", "b"),
        names=("a", "b"),
        steps=length + 3,
    )


def made_up_autoencoder(units: int = 5, dims: int = 2, activation: str = "linear", seed: int = 0) -> Autoencoder:
    rng = np.random.default_rng(seed)

    def layer(before: int, after: int, what: str) -> DenseLayer:
        return DenseLayer(
            rng.normal(0, 0.5, (before, after)).astype(np.float32), rng.normal(0, 0.1, after).astype(np.float32), what
        )

    return Autoencoder(
        (layer(units, 7, "relu"), layer(7, dims, activation), layer(dims, 7, "relu"), layer(7, units, "linear")), 1
    )


@pytest.fixture
def activations() -> Activations:
    return made_up_activations()


@pytest.fixture
def autoencoder() -> Autoencoder:
    return made_up_autoencoder()
