"""Augmented recordings stay recordings: zeros in front, shorter than the network's steps, the same for a seed."""

from __future__ import annotations

from dataclasses import replace

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
def test_silent_channels_are_zero_and_no_others(recordings, field, channels):
    maker, padded = augmenter(recordings, only(**{field: 1.0}))
    expected = padded[:6].copy()
    expected[:, :, channels] = 0
    np.testing.assert_allclose(maker.batch(np.arange(6)), expected, atol=1e-5)


def only(**strengths):
    return Augmentation(**{**dict.fromkeys(Augmentation.__dataclass_fields__, 0.0), **strengths})


def real_frames(padded, recordings):
    return [frames[90 - length :] for frames, length in zip(padded, recordings.lengths, strict=True)]


def changes(recordings, **strengths):
    """What one kind of augmentation adds to each recording, and the recordings, shapes (frames, channels)."""
    maker, padded = augmenter(recordings, only(**strengths))
    before = real_frames(padded, recordings)
    after = real_frames(maker.batch(np.arange(len(recordings))), recordings)
    return [new - old for new, old in zip(after, before, strict=True)], before


def test_gain_scales_a_channel_and_offset_shifts_it_once_a_recording(recordings):
    added, before = changes(recordings, gain=0.15)
    gains = [(change * old).sum(axis=0) / (old * old).sum(axis=0) for change, old in zip(added, before, strict=True)]
    assert max(np.abs(c - g * old).max() for c, g, old in zip(added, gains, before, strict=True)) < 1e-5
    assert np.std(gains) == pytest.approx(0.15, rel=0.1) and np.mean(gains) == pytest.approx(0, abs=0.02)
    added, _ = changes(recordings, offset=0.25)
    assert max(np.ptp(change, axis=0).max() for change in added) < 1e-5
    assert np.std([change[0] for change in added]) == pytest.approx(0.25, rel=0.1)


def test_noise_is_new_on_every_frame_and_drift_is_slow(recordings):
    added = np.concatenate(changes(recordings, noise=0.1)[0])
    assert added.std() == pytest.approx(0.1, rel=0.03) and abs((added[1:] * added[:-1]).mean()) < 0.001
    drifts = changes(recordings, drift=0.25)[0]
    assert np.concatenate(drifts).std() == pytest.approx(0.2, abs=0.05)
    for drift in drifts:
        # Straight between five knots: it bends at the three inner ones alone.
        bends = np.abs(np.diff(drift[:, 0], n=2)) > 1e-4
        assert 1 <= bends.sum() <= 6
    strengths = changes(recordings, channel_dropout=0.25)
    silent = [(np.abs(c + old).max(axis=0) < 1e-6).mean() for c, old in zip(*strengths, strict=True)]
    assert np.mean(silent) == pytest.approx(0.25, abs=0.05)


def test_cropping_takes_frames_from_both_ends_and_no_more_than_its_part(recordings):
    frames = np.concatenate([np.repeat(np.linspace(1, 2, n)[:, None], 22, axis=1) for n in recordings.lengths])
    rising = replace(recordings, frames=frames.astype(np.float32))
    maker, _ = augmenter(rising, only(crop=0.1))
    ends = []
    for batch, length in zip(maker.batch(np.arange(len(rising))), rising.lengths, strict=True):
        real = batch[batch[:, 0] > 0, 0]
        ends.append((real[0] - 1, 2 - real[-1]))
        assert 0.8 * length - 1 <= len(real) <= length
    ends = np.array(ends)
    assert ends.min() >= -1e-6 and ends.max() <= 0.1 + 1e-6
    assert (ends.max(axis=0) > 0.07).all() and (ends.min(axis=0) < 0.03).all()


def test_blending_stays_within_the_sign(recordings):
    """Each result is its own recording and at most half of another take of the same sign."""
    maker, padded = augmenter(recordings, only(mixing=1.0))
    before = real_frames(padded, recordings)
    after = real_frames(maker.batch(np.arange(len(recordings))), recordings)
    moved = 0
    for i, (old, new) in enumerate(zip(before, after, strict=True)):
        found = []
        for j in np.flatnonzero(recordings.sign == recordings.sign[i]):
            place = np.linspace(0, len(before[j]) - 1, len(old))
            other = np.stack([np.interp(place, np.arange(len(before[j])), c) for c in before[j].T], axis=1)
            way = other - old
            share = (way * (new - old)).sum() / max((way * way).sum(), 1e-9)
            found.append((np.abs(old + share * way - new).max(), share))
        away, share = min(found)
        assert away < 1e-3 and -1e-6 <= share <= 0.5
        moved += share > 0.05
    assert moved > 0.7 * len(recordings)
    # Signs keep to three channels of their own: nothing comes in where another sign moves.
    others = np.concatenate([new[:, 3:9] for new, sign in zip(after, recordings.sign, strict=True) if sign == 0])
    assert np.abs(others).max() < 0.3 < np.abs(np.concatenate(before)[:, 3:9]).max()


def test_half_of_the_recordings_are_blended_where_half_should_be(recordings):
    maker, padded = augmenter(recordings, only(mixing=0.5))
    rows = np.tile(np.arange(len(recordings)), 5)
    same = np.abs(maker.batch(rows) - padded[rows]).max(axis=(1, 2)) < 1e-5
    assert 0.4 < same.mean() < 0.6
