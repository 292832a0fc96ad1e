"""Recordings as a network reads them: padded in front, standardised where there are frames, none too long."""

from __future__ import annotations

import numpy as np
import pytest

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.recordings import Recordings


def recordings() -> Recordings:
    zeros = np.zeros(2, np.int16)
    frames = np.arange(1, 5 * 22 + 1, dtype=np.float32).reshape(5, 22)
    return Recordings(frames, np.array([3, 2], np.int32), zeros, zeros + 1, zeros + np.array([1, 2], np.int16), ("a",))


def test_frames_stand_at_the_end_and_padding_stays_zero() -> None:
    some = recordings()
    padded = some.padded(4)
    assert padded.shape == (2, 4, 22) and padded.dtype == np.float32
    np.testing.assert_array_equal(padded[0], np.concatenate([np.zeros((1, 22)), some.frames[:3]]))
    np.testing.assert_array_equal(padded[1], np.concatenate([np.zeros((2, 22)), some.frames[3:]]))
    mean, std = np.full(22, 2, np.float32), np.full(22, 4, np.float32)
    standardised = some.padded(4, mean, std)
    np.testing.assert_allclose(standardised[0, 1:], (some.frames[:3] - 2) / 4)
    assert not standardised[0, :1].any() and not standardised[1, :2].any()


def test_a_recording_may_be_as_long_as_the_network_reads_and_no_longer() -> None:
    np.testing.assert_array_equal(recordings().padded(3)[0], recordings().frames[:3])
    with pytest.raises(UserError, match="longer than the network’s 2 steps"):
        recordings().padded(2)


def test_some_recordings_keep_their_numbers_and_notes_and_lose_the_signs_that_none_has() -> None:
    rng = np.random.default_rng(1)
    lengths, sign = np.array([3, 2, 4, 1], np.int32), np.array([2, 0, 1, 2], np.int16)
    session, trial = np.array([5, 6, 7, 8], np.int16), np.array([1, 2, 3, 4], np.int16)
    frames = rng.normal(size=(10, 22)).astype(np.float32)
    whole = Recordings(frames, lengths, sign, session, trial, ("a", "b", "c"), notes=("one of them is short",))
    for keep in (np.array([True, False, False, True]), np.array([0, 3]), [0, 3]):
        some = whole.select(keep)  # type: ignore[arg-type]
        assert (some.signs, some.sign.tolist(), some.lengths.tolist()) == (("c",), [0, 0], [3, 1])
        assert (some.session.tolist(), some.trial.tolist(), some.notes) == ([5, 8], [1, 4], whole.notes)
        np.testing.assert_array_equal(some.frames, frames[[0, 1, 2, 9]])
    turned = whole.select(np.array([3, 1]))
    assert (turned.signs, turned.sign.tolist(), turned.trial.tolist()) == (("a", "c"), [1, 0], [4, 2])
    nothing = whole.select(np.zeros(4, bool))
    assert len(nothing) == 0 and nothing.frames.shape == (0, 22) and nothing.notes == whole.notes
