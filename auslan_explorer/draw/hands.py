"""Gloves in space: from the 22 channels of a step to the palms and fingers of two hands, and a body for scale.

The frame is the recordings': x to the signer's right, y up, z towards the signer (negative is ahead). Roll and yaw are
a whole turn on 0 to 1, pitch half a turn; at 0.5 the fingers point ahead and the palm looks down. A hand is turned by
Ry(yaw) Rx(pitch) Rz(roll), each by the right-hand rule.

The unit of x, y and z was fitted, since the body must be where signs touch it: the hand that says "think" and "know" is
at the temple (y about 0.32), "eat" and "drink" at the mouth (0.25), "I" and "mine" at the chest, and idle hands lie in
the lap. From lap to mouth there are 0.41 units, some 57 cm of a person who sits.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from auslan_explorer.core.recordings import CHANNELS

HAND_CHANNELS = len(CHANNELS) // 2
METRES = 1.4
"""Metres of one unit of x, y and z, as fitted to signs that touch the body."""

# Of a right hand, in metres from the tracker on its back: fingers ahead (-z), palm down, thumb at the left (-x).
_PALM = np.array(
    [(-0.027, 0, 0.05), (-0.041, 0, 0.0), (-0.042, 0, -0.045), (-0.015, 0, -0.053), (0.015, 0, -0.052),
     (0.042, 0, -0.038), (0.038, 0, 0.01), (0.027, 0, 0.05)]
)  # fmt: skip
_KNUCKLES = np.array(
    [(-0.034, 0, 0.012), (-0.033, 0, -0.047), (-0.011, 0, -0.053), (0.012, 0, -0.05), (0.033, 0, -0.04)]
)
_BONES = np.array([(0.042, 0.034, 0.026), (0.041, 0.025, 0.02), (0.045, 0.028, 0.021), (0.041, 0.026, 0.02),
                   (0.033, 0.02, 0.018)])  # fmt: skip
_SPREAD = np.array([0.0, -0.12, -0.03, 0.06, 0.16])
"""Tangent by which a straight finger points aside; the gloves do not measure it."""
_FULL_BEND = np.deg2rad([78.0, 98.0, 52.0])
"""Angles of a finger's three joints at a bend of 1; the gloves give one number for all three."""
_THUMB_OPEN = np.array([(-0.72, -0.12, -0.68), (-0.55, -0.12, -0.83), (-0.45, -0.12, -0.88)])
_THUMB_BENT = np.array([(-0.25, -0.55, -0.8), (0.55, -0.55, -0.63), (0.9, -0.35, -0.2)])
_CUFF = np.array([(0.0, 0.0, 0.05), (0.0, 0.0, 0.11)])


@dataclass(frozen=True, eq=False)
class Glove:
    """One hand in the recordings' frame and units.

    Attributes
    ----------
    place : ndarray of float, shape (3,)
        Where the tracker on the back of the hand is.
    palm : ndarray of float, shape (8, 3)
        Outline of the palm.
    fingers : ndarray of float, shape (5, 4, 3)
        Thumb to little finger: knuckle, two joints, tip.
    cuff : ndarray of float, shape (2, 3)
        Wrist, and a point on the forearm if the wrist is straight; the gloves do not measure it.
    facing : ndarray of float, shape (3,)
        Where the palm looks, length 1.
    """

    place: np.ndarray
    palm: np.ndarray
    fingers: np.ndarray
    cuff: np.ndarray
    facing: np.ndarray


def rotation(roll: float, pitch: float, yaw: float) -> np.ndarray:
    """Return the rotation of a hand, shape (3, 3), from its three angles on 0 to 1; columns are the hand's axes."""
    about_z, about_x, about_y = 2 * np.pi * (roll - 0.5), np.pi * (pitch - 0.5), 2 * np.pi * (yaw - 0.5)
    (cz, sz), (cx, sx), (cy, sy) = ((np.cos(angle), np.sin(angle)) for angle in (about_z, about_x, about_y))
    turn_z = np.array([(cz, -sz, 0), (sz, cz, 0), (0, 0, 1)])
    turn_x = np.array([(1, 0, 0), (0, cx, -sx), (0, sx, cx)])
    turn_y = np.array([(cy, 0, sy), (0, 1, 0), (-sy, 0, cy)])
    return turn_y @ turn_x @ turn_z


def gloves(frame: np.ndarray) -> tuple[Glove, Glove]:
    """Return the left and the right glove of one frame, shape (22,)."""
    left, right = frame[:HAND_CHANNELS], frame[HAND_CHANNELS:]
    return glove(left, left_hand=True), glove(right)


def glove(channels: np.ndarray, *, left_hand: bool = False) -> Glove:
    """Return a hand.

    Parameters
    ----------
    channels : ndarray of float, shape (11,)
        x, y, z, roll, pitch, yaw, and the bends of thumb, fore, middle, ring and little finger.
    left_hand : bool
    """
    place = np.asarray(channels[:3], dtype=np.float64)
    turned = rotation(*(float(angle) for angle in channels[3:6]))
    # A left hand is a right one in a mirror.
    mirrored = np.array([-1.0 if left_hand else 1.0, 1.0, 1.0])

    def put(points: np.ndarray) -> np.ndarray:
        return place + (points * mirrored / METRES) @ turned.T

    return Glove(
        place, put(_PALM), put(_bent_fingers(np.clip(channels[6:], 0, 1))), put(_CUFF), turned @ np.array([0, -1.0, 0])
    )


def _bent_fingers(bends: np.ndarray) -> np.ndarray:
    """Return the joints of a right hand's fingers, float, shape (5, 4, 3), metres."""
    angles = np.cumsum(bends[1:, None] * _FULL_BEND, axis=1)
    ahead = np.stack([_SPREAD[1:, None] * np.cos(angles), -np.sin(angles), -np.cos(angles)], axis=-1)
    thumb = _THUMB_OPEN + bends[0] * (_THUMB_BENT - _THUMB_OPEN)
    bones = np.concatenate([thumb[None], ahead])
    bones /= np.linalg.norm(bones, axis=-1, keepdims=True)
    joints = np.cumsum(np.concatenate([_KNUCKLES[:, None], bones * _BONES[..., None]], axis=1), axis=1)
    return np.asarray(joints)


@dataclass(frozen=True, eq=False)
class Ellipsoid:
    """A part of the body: centre and half axes along x, y and z, in the recordings' units, each shape (3,)."""

    centre: np.ndarray
    half: np.ndarray


def _part(centre: tuple[float, float, float], half: tuple[float, float, float]) -> Ellipsoid:
    return Ellipsoid(np.array(centre), np.array(half))


HEAD = _part((0.0, 0.285, 0.055), (0.057, 0.09, 0.07))
BODY = (
    _part((0.0, 0.16, 0.07), (0.035, 0.07, 0.035)),
    _part((0.0, 0.11, 0.075), (0.15, 0.06, 0.055)),
    _part((0.0, -0.04, 0.08), (0.125, 0.21, 0.07)),
)
"""Neck, shoulders and trunk, as quiet shapes behind the hands."""
FACE = np.array([(-0.022, 0.3, -0.008), (0.022, 0.3, -0.008), (-0.016, 0.248, -0.006), (0.016, 0.248, -0.006)])
"""Eyes, and the ends of the mouth, shape (4, 3)."""


@dataclass(frozen=True)
class Viewpoint:
    """From where the hands are looked at.

    Attributes
    ----------
    azimuth : float
        Degrees: 0 in front of the signer, 90 at the signer's right, 180 behind.
    elevation : float
        Degrees above the horizon.
    """

    azimuth: float = 0.0
    elevation: float = 0.0

    def axes(self) -> np.ndarray:
        """Return what is right, up and towards the viewer, as the rows of an orthonormal matrix, shape (3, 3)."""
        turn, lift = np.deg2rad(self.azimuth), np.deg2rad(self.elevation)
        towards = np.array([np.sin(turn) * np.cos(lift), np.sin(lift), -np.cos(turn) * np.cos(lift)])
        right = np.array([-np.cos(turn), 0.0, -np.sin(turn)])
        return np.stack([right, np.cross(towards, right), towards])

    def turned(self, right: float, up: float) -> Viewpoint:
        """Return the viewpoint after the scene was turned by hand, in degrees; it stays upright."""
        return Viewpoint((self.azimuth + right + 180) % 360 - 180, min(max(self.elevation + up, -89.0), 89.0))


FRONT, SIDE, SIGNER = Viewpoint(), Viewpoint(90.0, 0.0), Viewpoint(180.0, 35.0)
"""In front of the signer, at the signer's right, and over the signer's shoulders."""
