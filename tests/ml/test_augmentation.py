"""Augmented recordings stay recordings: zeros in front, shorter than the network's steps, the same for a seed."""

from __future__ import annotations

import numpy as np
import pytest

from auslan_explorer.ml.augmentation import Augmenter
from auslan_explorer.training.settings import Augmentation

NONE = Augmentation(*[0.0] * 10)


def augmenter(recordings, settings, seed=0):
    padded = recordings.padded(90)
    rng = np.random.default_rng(seed)
    return Augmenter(padded, recordings.lengths, recordings.sign, settings, rng), padded


def first_steps(frames):
    return np.argmax(np.abs(frames).sum(axis=2) > 0, axis=1)


def test_nothing_changes_when_all_is_switched_off(recordings):
    maker, padded = augmenter(recordings, NONE)
    rows = np.arange(len(recordings))
    np.testing.assert_allclose(maker.batch(rows), padded, atol=1e-5)


def test_same_seed_same_batch_and_another_seed_another(recordings):
    rows = np.array([0, 5, 9])
    one, two, other = (augmenter(recordings, Augmentation(), seed)[0].batch(rows) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one, two)
    assert not np.array_equal(one, other)


def test_zeros_stand_in_front_and_real_frames_behind(recordings):
    maker, _ = augmenter(recordings, Augmentation(left_hand_dropout=0, channel_dropout=0))
    batch = maker.batch(np.arange(len(recordings)))
    assert batch.shape == (len(recordings), 90, 22)
    assert batch.dtype == np.float32
    first = first_steps(batch)
    assert (first > 0).all()
    for frames, start in zip(batch, first, strict=True):
        assert (np.abs(frames[start:]).sum(axis=1) > 0).all()


def test_tempo_changes_lengths_within_bounds(recordings):
    maker, _ = augmenter(recordings, Augmentation(*[0.2], *[0.0] * 9))
    lengths = 90 - first_steps(maker.batch(np.arange(len(recordings))))
    factor = lengths / recordings.lengths
    assert factor.min() > np.exp(-0.2) - 0.05
    assert factor.max() < np.exp(0.2) + 0.05
    assert len(np.unique(lengths - recordings.lengths)) > 5


def test_warping_never_runs_backwards(recordings):
    frames = np.repeat(np.linspace(1, 2, len(recordings.frames), dtype=np.float32)[:, None], 22, axis=1)
    rising = type(recordings)(
        frames, recordings.lengths, recordings.sign, recordings.session, recordings.trial, recordings.signs
    )
    maker, _ = augmenter(rising, Augmentation(0.2, 0.5, 0.1, *[0.0] * 7))
    for recording in maker.batch(np.arange(len(rising))):
        real = recording[recording[:, 0] > 0, 0]
        assert (np.diff(real) >= -1e-6).all()


@pytest.mark.parametrize(("field", "channels"), [("left_hand_dropout", slice(0, 11)), ("channel_dropout", slice(None))])
def test_silent_channels_are_zero(recordings, field, channels):
    settings = Augmentation(**{**dict.fromkeys(Augmentation.__dataclass_fields__, 0.0), field: 1.0})
    maker, _ = augmenter(recordings, settings)
    batch = maker.batch(np.arange(6))
    assert not batch[:, :, channels].any()


def test_blending_stays_within_the_sign(recordings):
    # Signs keep to their own channels, so a blend with another sign would show in channels that are quiet here.
    maker, _ = augmenter(recordings, Augmentation(*[0.0] * 3, 1.0, *[0.0] * 6))
    rows = np.flatnonzero(recordings.sign == 0)
    assert np.abs(maker.batch(rows)[:, :, 9:]).max() < 0.5
