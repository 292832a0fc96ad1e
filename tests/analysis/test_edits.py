"""Changes of a recording: each changes what it names and nothing else, and angles go the shorter way."""

from __future__ import annotations

import numpy as np
import pytest

from auslan_explorer.analysis import edits
from auslan_explorer.analysis.warping import frame_beside
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.recordings import CHANNELS
from auslan_explorer.draw.hands import gloves

RIGHT = tuple(range(11, 22))
ROLL, PITCH, FORE = (CHANNELS.index(f"right {name}") for name in ("roll", "pitch", "fore"))
MIRROR = np.array([-1.0, 1.0, 1.0])


@pytest.fixture
def frames() -> np.ndarray:
    return np.random.default_rng(0).uniform(0.05, 0.95, (20, 22)).astype(np.float32)


def changed(before: np.ndarray, after: np.ndarray) -> tuple[set[int], set[int]]:
    """Frames and channels that differ."""
    rows, columns = np.nonzero(before != after)
    return set(rows.tolist()), set(columns.tolist())


def test_what_is_frozen_stands_still_and_the_rest_goes_on(frames: np.ndarray) -> None:
    after = edits.freeze(frames, RIGHT, 5, 9)
    assert (after[5:9, 11:] == frames[5, 11:]).all()
    assert changed(frames, after) == ({6, 7, 8}, set(RIGHT))


def test_a_hand_at_rest_takes_the_resting_frame(frames: np.ndarray) -> None:
    resting = np.full(22, 0.5, np.float32)
    after = edits.rest(frames, (FORE,), 3, 6, resting)
    assert (after[3:6, FORE] == 0.5).all() and changed(frames, after) == ({3, 4, 5}, {FORE})


def test_a_mirrored_gesture_is_drawn_as_a_mirror_shows_it(frames: np.ndarray) -> None:
    after = edits.mirror(frames)
    for one, other in zip(gloves(frames[4]), reversed(gloves(after[4])), strict=True):
        for part in ("place", "palm", "fingers", "cuff", "facing"):
            np.testing.assert_allclose(getattr(one, part) * MIRROR, getattr(other, part), atol=1e-6)
    np.testing.assert_allclose(edits.mirror(after), frames, atol=1e-6)


def test_hands_are_swapped_as_they_are(frames: np.ndarray) -> None:
    after = edits.swap_hands(frames)
    assert (after[:, :11] == frames[:, 11:]).all() and (edits.swap_hands(after) == frames).all()


def test_twice_as_slow_keeps_every_frame_and_goes_between_them(frames: np.ndarray) -> None:
    after = edits.change_speed(frames, 2, 4, 10, 90)
    assert len(after) == 26
    assert (after[:4] == frames[:4]).all() and (after[16:] == frames[10:]).all()
    np.testing.assert_allclose(after[[4, 15]], frames[[4, 9]], atol=1e-6)
    assert len(edits.change_speed(after, 0.5, 4, 16, 90)) == 20


def test_between_two_angles_lies_the_shorter_way(frames: np.ndarray) -> None:
    frames[4:6, ROLL], frames[4:6, PITCH] = (0.95, 0.05), (0.95, 0.05)
    after = edits.change_speed(frames, 1.5, 4, 6, 90)
    assert min(after[5, ROLL], 1 - after[5, ROLL]) < 1e-6  # across the full turn
    assert after[5, PITCH] == pytest.approx(0.5)  # half a turn has no such way


def test_a_recording_never_grows_longer_than_the_network_reads(frames: np.ndarray) -> None:
    with pytest.raises(UserError, match="40 frames, and this network reads 30"):
        edits.change_speed(frames, 2, 0, 20, 30)
    with pytest.raises(UserError, match="Nothing of these"):
        edits.change_speed(frames, 0.1, 0, 2, 90)


def test_later_and_earlier_hold_the_ends(frames: np.ndarray) -> None:
    later, earlier = (edits.delay(frames, RIGHT, by, 0, 20) for by in (3, -3))
    assert (later[3:, 11:] == frames[:-3, 11:]).all() and (later[:3, 11:] == frames[0, 11:]).all()
    assert (earlier[:-3, 11:] == frames[3:, 11:]).all() and (earlier[-3:, 11:] == frames[-1, 11:]).all()
    assert (later[:, :11] == frames[:, :11]).all()


def test_what_is_moved_wraps_or_stays_within_its_bounds(frames: np.ndarray) -> None:
    x = CHANNELS.index("right x")
    frames[2, [x, ROLL, FORE]] = 0.9
    after = edits.move(frames, (x, ROLL, FORE), 0.3, 2, 3)
    np.testing.assert_allclose(after[2, [x, ROLL, FORE]], [1.2, 0.2, 1.0], atol=1e-6)
    assert changed(frames, after) == ({2}, {x, ROLL, FORE})


def test_a_group_of_another_recording_lies_beside_the_frames_that_fit() -> None:
    hump = np.exp(-(((np.arange(30) - 10) / 3.0) ** 2)).astype(np.float32)
    frames, other = np.zeros((2, 30, 22), np.float32)
    frames[:, 11], other[:, 11], other[:, FORE] = hump, np.roll(hump, 6), np.roll(hump, 6)
    after = edits.take_from(frames, (FORE,), other, frame_beside(frames, other, np.ones(22)), 0, 30)
    # The finger bends where the hand goes up, as in the other recording, not six frames later.
    assert abs(int(after[:, FORE].argmax()) - 10) <= 2 and changed(frames, after)[1] == {FORE}


def test_a_pulled_curve_goes_through_the_pointer_and_its_neighbours_follow(frames: np.ndarray) -> None:
    frames[:, FORE] = 0.2
    after = edits.pull(frames, FORE, 10, 0.8)
    curve = after[:, FORE]
    assert curve[10] == pytest.approx(0.8) and curve[4] == curve[16] == np.float32(0.2)
    assert (np.diff(curve[5:11]) > 0).all() and changed(frames, after)[1] == {FORE}
    assert edits.pull(frames, FORE, 10, 5.0)[10, FORE] == 1


def test_a_pulled_angle_turns_the_shorter_way(frames: np.ndarray) -> None:
    frames[:, ROLL] = 0.9
    curve = edits.pull(frames, ROLL, 10, 0.1)[:, ROLL]
    assert curve[10] == pytest.approx(0.1)
    assert not ((curve > 0.15) & (curve < 0.85)).any()
