"""One- or two-handed: how much the left glove moves beside the right (article, section "Analysis", figure 6)."""

from __future__ import annotations

import numpy as np

from auslan_explorer.core.recordings import STEPS, Recordings

ONE_HANDED_BELOW = 0.25
"""The article's threshold on the ratio of movement, left glove to right."""
HAND_CHANNELS = 11
_KEPT = 950
"""Of a hand's 89 x 11 = 979 changes the article drops the 29 largest: the jump out of the padding, trackers' leaps."""


def hand_ratio(recordings: Recordings) -> np.ndarray | None:
    """Return how much the left hand moves beside the right, by the article's statistic.

    Each recording is padded in front to the network's 90 steps. For each hand, the absolute changes of its eleven
    channels from one step to the next are sorted, the largest dropped, and the rest averaged.

    Parameters
    ----------
    recordings : Recordings
        No recording longer than 90 frames.

    Returns
    -------
    ndarray of float32, shape (recordings,), or None
        Mean change of the left hand over that of the right; None where the channels are not two gloves.
    """
    if recordings.frames.shape[1] != 2 * HAND_CHANNELS:
        return None
    changes = np.abs(np.diff(recordings.padded(STEPS), axis=1))
    means = []
    for hand in (changes[..., :HAND_CHANNELS], changes[..., HAND_CHANNELS:]):
        flat = hand.reshape(len(recordings), -1)
        means.append(np.partition(flat, _KEPT, axis=1)[:, :_KEPT].mean(axis=1))
    return (means[0] / np.maximum(means[1], np.float32(1e-9))).astype(np.float32)
