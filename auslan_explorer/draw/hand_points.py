"""The joints of both hands as points, in the order that trackers of hands give them (21 a hand)."""

from __future__ import annotations

import numpy as np

from auslan_explorer.draw.hands import METRES, gloves

_FINGERS = ("INDEX_FINGER", "MIDDLE_FINGER", "RING_FINGER", "PINKY")
POINTS = (
    "WRIST", *(f"THUMB_{joint}" for joint in ("CMC", "MCP", "IP", "TIP")),
    *(f"{finger}_{joint}" for finger in _FINGERS for joint in ("MCP", "PIP", "DIP", "TIP")),
)  # fmt: skip
"""Names of a hand's points, those of MediaPipe's hands."""
LIMBS = tuple((0 if joint == 1 else first + joint - 2, first + joint - 1)
              for first in range(1, 21, 4) for joint in range(1, 5))  # fmt: skip
"""Pairs of points that are joined: the wrist with each knuckle, and along each finger."""


def hand_points(frames: np.ndarray) -> np.ndarray:
    """Return the points of the left, then the right hand at each frame, float, shape (frames, 42, 3).

    Metres: x to the right of who stands in front of the signer, y down, z away from them.
    """
    found = np.empty((len(frames), 2 * len(POINTS), 3))
    for number, frame in enumerate(frames):
        for hand, glove in enumerate(gloves(frame)):
            joints = np.concatenate([glove.cuff[:1], glove.fingers.reshape(-1, 3)])
            found[number, hand * len(POINTS) : (hand + 1) * len(POINTS)] = joints
    return found * METRES * np.array([-1.0, -1.0, 1.0])
