from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from auslan_explorer.analysis.activate import activate
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.network import Autoencoder, Classifier, DenseLayer, Head
from auslan_explorer.core.recordings import Recordings

SHARED = Path(__file__).parents[2].parent / "shared" / "data"
UNITS, CHANNELS, STEPS = 8, 5, 12


@pytest.fixture
def classifier() -> Classifier:
    rng = np.random.default_rng(1)

    def draw(*shape: int) -> np.ndarray:
        return rng.normal(0, 0.7, shape).astype(np.float32)

    return Classifier(
        draw(CHANNELS, 4 * UNITS),
        draw(UNITS, 4 * UNITS),
        draw(4 * UNITS),
        Head(draw(UNITS, 3), draw(3)),
        "sigmoid",
        draw(CHANNELS),
        np.abs(draw(CHANNELS)) + 0.5,
        STEPS,
        ("a", "b", "c"),
    )


@pytest.fixture
def recordings() -> Recordings:
    """Thirty recordings of 4 to 9 frames; each sign has its own level."""
    rng = np.random.default_rng(2)
    lengths = rng.integers(4, 10, 30).astype(np.int32)
    sign = np.repeat(np.arange(3), 10).astype(np.int16)
    frames = rng.normal(0, 0.3, (lengths.sum(), CHANNELS)) + np.repeat(sign, lengths)[:, None]
    trial = np.tile(np.arange(1, 11), 3).astype(np.int16)
    return Recordings(frames.astype(np.float32), lengths, sign, np.ones(30, np.int16), trial, ("a", "b", "c"))


@pytest.fixture
def activations(classifier: Classifier, recordings: Recordings) -> Activations:
    return activate(classifier, recordings)


@pytest.fixture
def autoencoder() -> Autoencoder:
    rng = np.random.default_rng(3)
    widths = [(UNITS, 2, "linear"), (2, UNITS, "linear")]
    layers = [
        DenseLayer(rng.normal(0, 0.3, (i, o)).astype(np.float32), np.zeros(o, np.float32), a) for i, o, a in widths
    ]
    return Autoencoder(tuple(layers), 0)


@pytest.fixture(scope="session")
def published() -> tuple[Activations, dict[int, Autoencoder]]:
    """Activations of the published networks on the article's 2528 recordings."""
    if not (SHARED / "tctodd.tar.gz").exists():
        pytest.skip(f"the real recordings are not at {SHARED}")
    from auslan_explorer.io.models import load_published
    from auslan_explorer.io.recordings import import_recordings

    network, two, three = load_published(SHARED / "published")
    autoencoders = {2: two, 3: three}
    subset = import_recordings(SHARED / "tctodd.tar.gz").article_subset()
    return activate(network, subset, autoencoders), autoencoders
