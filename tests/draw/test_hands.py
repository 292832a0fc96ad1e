"""Gloves in space: angles, bends, mirror and the places that signs are known to touch."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from auslan_explorer.core.recordings import Recordings
from auslan_explorer.draw.hands import (
    FACE,
    FRONT,
    HEAD,
    METRES,
    SIDE,
    SIGNER,
    Glove,
    Viewpoint,
    glove,
    gloves,
    rotation,
)
from auslan_explorer.io.recordings import open_recordings

SHARED = Path(__file__).parents[3] / "shared" / "data" / "tctodd.tar.gz"
LEVEL = np.array([0.1, 0.2, 0.3, 0.5, 0.5, 0.5, 0, 0, 0, 0, 0])
AHEAD, DOWN, UP, RIGHT = (np.array(v, float) for v in ((0, 0, -1), (0, -1, 0), (0, 1, 0), (1, 0, 0)))


def _pointing(hand: Glove) -> np.ndarray:
    finger = hand.fingers[2, -1] - hand.cuff[0]
    return finger / np.linalg.norm(finger)


def _with(**channels: float) -> np.ndarray:
    names = ("x", "y", "z", "roll", "pitch", "yaw", "thumb", "fore", "middle", "ring", "little")
    frame = LEVEL.copy()
    for name, value in channels.items():
        frame[names.index(name)] = value
    return frame


def test_at_half_of_every_angle_the_fingers_point_ahead_and_the_palm_looks_down() -> None:
    hand = glove(LEVEL)
    assert _pointing(hand) @ AHEAD > 0.99
    assert np.allclose(hand.facing, DOWN)
    assert np.allclose(hand.place, LEVEL[:3])


@pytest.mark.parametrize(
    ("angle", "fingers", "palm"),
    [
        ({"pitch": 1.0}, UP, AHEAD),
        ({"pitch": 0.0}, DOWN, -AHEAD),
        ({"yaw": 0.25}, RIGHT, DOWN),
        ({"yaw": 0.75}, -RIGHT, DOWN),
        ({"roll": 0.75}, AHEAD, RIGHT),
        ({"roll": 0.25}, AHEAD, -RIGHT),
        ({"roll": 0.0}, AHEAD, UP),
        ({"roll": 1.0}, AHEAD, UP),
    ],
)
def test_each_angle_turns_by_the_right_hand_rule(
    angle: dict[str, float], fingers: np.ndarray, palm: np.ndarray
) -> None:
    hand = glove(_with(**angle))
    assert _pointing(hand) @ fingers > 0.99
    assert np.allclose(hand.facing, palm, atol=1e-9)


def test_roll_is_applied_first_then_pitch_then_yaw() -> None:
    about = {
        axis: rotation(*turn)
        for axis, turn in {"z": (0.6, 0.5, 0.5), "x": (0.5, 0.7, 0.5), "y": (0.5, 0.5, 0.9)}.items()
    }
    assert np.allclose(rotation(0.6, 0.7, 0.9), about["y"] @ about["x"] @ about["z"])
    assert np.allclose(rotation(0.6, 0.7, 0.9) @ rotation(0.6, 0.7, 0.9).T, np.eye(3))


def test_a_left_hand_is_the_mirror_of_a_right_one() -> None:
    right, left = glove(_with(x=0.0)), glove(_with(x=0.0), left_hand=True)
    assert np.allclose(left.fingers * (-1, 1, 1), right.fingers)
    assert right.fingers[0, -1, 0] < 0 < left.fingers[0, -1, 0], "thumbs point at one another, palms down"


@pytest.mark.parametrize("finger", range(1, 5))
def test_a_bent_finger_ends_on_the_palm_s_side_near_the_palm(finger: int) -> None:
    straight, bent = glove(LEVEL), glove(np.where(np.arange(11) == 6 + finger, 1.0, LEVEL))
    tip = bent.fingers[finger, -1] - bent.place
    assert tip @ bent.facing > 0
    reach = [np.linalg.norm(each.fingers[finger, -1] - each.cuff[0]) for each in (straight, bent)]
    assert reach[1] < 0.7 * reach[0]
    others = [each for each in range(5) if each != finger]
    assert np.allclose(straight.fingers[others], bent.fingers[others])


def test_bones_keep_their_length_however_far_they_bend() -> None:
    def lengths(bend: float) -> np.ndarray:
        frame = LEVEL.copy()
        frame[6:] = bend
        return np.linalg.norm(np.diff(glove(frame).fingers, axis=1), axis=-1)

    assert np.allclose(lengths(0.0), lengths(1.0))
    assert np.allclose(lengths(0.0), lengths(0.37))


def test_from_the_front_the_signer_s_right_is_at_the_viewer_s_left() -> None:
    assert np.allclose(FRONT.axes(), (-RIGHT, UP, AHEAD))
    assert np.allclose(SIDE.axes(), (AHEAD, UP, RIGHT))
    right, up, towards = SIGNER.axes()
    assert np.allclose(right, RIGHT)
    assert up @ UP > 0 and towards @ UP > 0 and towards @ AHEAD < 0


@pytest.mark.parametrize("azimuth", [-170.0, -33.0, 0.0, 90.0, 180.0])
@pytest.mark.parametrize("elevation", [-89.0, 0.0, 40.0])
def test_every_viewpoint_is_a_rotation(azimuth: float, elevation: float) -> None:
    axes = Viewpoint(azimuth, elevation).axes()
    assert np.allclose(axes @ axes.T, np.eye(3))
    assert np.isclose(np.linalg.det(axes), 1)


def test_turning_goes_round_and_stops_above_and_below() -> None:
    assert Viewpoint(170, 0).turned(20, 0).azimuth == -170
    assert Viewpoint(0, 80).turned(0, 50).elevation == 89


# ------------------------------------------------------------------------------------------------- real signs
@pytest.fixture(scope="module")
def recordings() -> Recordings:
    if not SHARED.exists():
        pytest.skip("the recordings are not at hand")
    return open_recordings(SHARED)


def _farthest(recordings: Recordings, key: str) -> list[tuple[Glove, Glove]]:
    """Return both gloves of each recording of a sign at the frame in which the right hand is highest."""
    found = []
    for number in np.flatnonzero(recordings.sign == recordings.signs.index(key)):
        frames = recordings.frames_of(int(number))
        found.append(gloves(frames[frames[:, 12].argmax()]))
    return found


def _middle(points: list[np.ndarray]) -> np.ndarray:
    return np.asarray(np.median(points, axis=0))


def test_idle_left_hands_lie_in_the_lap_with_fingers_ahead_and_down(recordings: Recordings) -> None:
    left = [
        gloves(recordings.frames_of(int(i))[0])[0]
        for i in np.flatnonzero(recordings.sign == recordings.signs.index("I"))
    ]
    place, way = _middle([each.place for each in left]), _middle([_pointing(each) for each in left])
    assert place[1] < -0.1 and place[0] < 0
    assert way[1] < -0.3 and way[2] < -0.3


@pytest.mark.parametrize("key", ["think", "know"])
def test_signs_of_the_mind_touch_the_head(recordings: Recordings, key: str) -> None:
    tips = [hand.fingers[1, -1] for _, hand in _farthest(recordings, key)]
    from_head = np.linalg.norm((_middle(tips) - HEAD.centre) / HEAD.half)
    assert 0.4 < from_head < 1.9
    assert _middle(tips)[0] > 0, "the right hand at the right temple"


@pytest.mark.parametrize("key", ["eat", "drink"])
def test_signs_of_the_mouth_come_up_to_the_mouth(recordings: Recordings, key: str) -> None:
    mouth = FACE[2:].mean(axis=0)
    ends = [np.concatenate([hand.palm, hand.fingers.reshape(-1, 3)]) for _, hand in _farthest(recordings, key)]
    nearest = np.median([np.linalg.norm(each - mouth, axis=1).min() for each in ends])
    assert nearest * METRES < 0.09


def test_you_points_ahead_and_i_points_back(recordings: Recordings) -> None:
    def way(key: str) -> np.ndarray:
        frames = [recordings.frames_of(int(i)) for i in np.flatnonzero(recordings.sign == recordings.signs.index(key))]
        out = []
        for each in frames:
            moved = np.linalg.norm(each[:, 11:14] - each[0, 11:14], axis=1)
            fore = gloves(each[moved.argmax()])[1].fingers[1]
            out.append((fore[-1] - fore[0]) / np.linalg.norm(fore[-1] - fore[0]))
        return _middle(out)

    assert way("you")[2] < -0.8
    assert way("I")[2] > 0.3


def test_hello_is_an_open_hand_beside_the_head(recordings: Recordings) -> None:
    hands = [hand for _, hand in _farthest(recordings, "hello")]
    assert _middle([each.place for each in hands])[0] > HEAD.half[0]
    assert _middle([_pointing(each) for each in hands])[1] > 0.5
    assert _middle([each.facing for each in hands])[2] < -0.4, "the palm looks ahead"
