"""Fixtures of synthetic recordings and hidden states that a network learns in seconds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from auslan_explorer.core.activations import Activations, ArrayStates
from auslan_explorer.core.recordings import CHANNELS, Recordings
from auslan_explorer.core.splits import TEST, TRAIN, VALIDATION
from auslan_explorer.ml.runtime import silent_start

with silent_start():
    import keras  # noqa: F401 - first here, as the program does it: without what Keras brings along unused
    import tensorflow as tf

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"


def made_up_recordings(signs: int = 3, sessions: int = 9, trials: int = 3, seed: int = 0) -> Recordings:
    """Create recordings in which each sign moves three channels along a wave, with varied length, phase and noise."""
    rng = np.random.default_rng(seed)
    rows = [(s, k, t) for s in range(signs) for k in range(1, sessions + 1) for t in range(1, trials + 1)]
    frames, lengths = [], []
    for sign, _, _ in rows:
        length = int(rng.integers(25, 40))
        x = rng.normal(0, 0.05, (length, len(CHANNELS)))
        wave = np.sin(np.linspace(0, np.pi * (1 + sign), length) + rng.normal(0, 0.1))
        x[:, 3 * sign : 3 * sign + 3] += wave[:, None]
        frames.append(x.astype(np.float32))
        lengths.append(length)
    sign, session, trial = (np.array(column, dtype=np.int16) for column in zip(*rows, strict=True))
    keys = tuple(f"sign{number}" for number in range(signs))
    return Recordings(np.concatenate(frames), np.array(lengths, np.int32), sign, session, trial, keys)


def made_up_activations(recordings: int = 30, units: int = 8, length: int = 20, seed: int = 0) -> Activations:
    """Create hidden states on a curved two-dimensional surface."""
    rng = np.random.default_rng(seed)
    t = np.linspace(0, 1, length)[None, :, None]
    ends = rng.normal(0, 1, (recordings, 1, 2))
    states = np.tanh(t * ends @ rng.normal(0, 1, (2, units)) + rng.normal(0, 0.01, (recordings, length, units)))
    split = np.full(recordings, TRAIN, dtype=np.uint8)
    split[recordings // 2 :: 2] = VALIDATION
    split[recordings // 2 + 1 :: 2] = TEST
    code = np.zeros(recordings, dtype=np.int16)
    return Activations(
        states=ArrayStates(states.reshape(-1, units).astype(np.float32)),
        prefix=np.zeros((0, units), dtype=np.float32),
        lengths=np.full(recordings, length, dtype=np.int32),
        first_step=np.zeros(recordings, dtype=np.int32),
        sign=code,
        predicted=code,
        session=code,
        trial=code,
        split=split,
        signs=("a",),
        names=("a",),
        steps=length,
    )


@pytest.fixture
def recordings() -> Recordings:
    return made_up_recordings()


@pytest.fixture
def activations() -> Activations:
    return made_up_activations()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    if not (SHARED / "tctodd.tar.gz").exists():
        pytest.skip(f"the real recordings are not at {SHARED}")
    return SHARED


@pytest.fixture
def eagerly() -> Iterator[Callable[[bool], None]]:
    """Function that turns compilation into graphs off, or on again."""
    yield tf.config.run_functions_eagerly
    tf.config.run_functions_eagerly(False)
