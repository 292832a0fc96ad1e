"""Hand usage: movement of the left glove relative to the right (article, section "Analysis", figure 6)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.recordings import STEPS, Recordings
from auslan_explorer.core.session import HAND_THRESHOLD
from auslan_explorer.core.words import counted

ONE_HANDED_BELOW = HAND_THRESHOLD
"""The article's threshold on the ratio of movement, left glove to right."""
MIXED_FROM = 0.1
"""A sign counts as mixed where more than this fraction of its recordings disagrees with the rest."""
HAND_CHANNELS = 11
_KEPT = 950
"""Of a hand's 89 x 11 = 979 changes the article drops the 29 largest: the jump out of the padding, trackers' leaps."""


def hand_ratio(recordings: Recordings) -> np.ndarray | None:
    """Compute the movement of the left hand relative to the right, by the article's statistic.

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


@dataclass(frozen=True, eq=False)
class HandUsage:
    """Counts of one- and two-handed recordings, overall and per sign, at one threshold.

    Attributes
    ----------
    recordings : int
    both : ndarray of int, shape (signs,)
        Recordings of each sign made with both hands.
    total : ndarray of int, shape (signs,)
        Recordings of each sign.
    one_handed : float
        Fraction of recordings made with the right hand alone.
    """

    recordings: int
    both: np.ndarray
    total: np.ndarray
    one_handed: float

    @property
    def one_handed_signs(self) -> int:
        """Number of signs most of whose recordings are made with the right hand alone."""
        return int(((2 * self.both < self.total) & (self.total > 0)).sum())

    @property
    def mixed(self) -> np.ndarray:
        """Signs whose recordings disagree, indices: the minority is more than the fraction `MIXED_FROM`."""
        minority = np.minimum(self.both, self.total - self.both)
        return np.flatnonzero(minority > MIXED_FROM * self.total)

    def describe_mixed(self, sign: int) -> str:
        """Describe in words how a mixed sign's recordings disagree."""
        both, total = int(self.both[sign]), int(self.total[sign])
        if 2 * both < total:
            return f"both hands in {both} of {counted(total, 'recording')}, else the right hand alone"
        return f"the right hand alone in {total - both} of {counted(total, 'recording')}, else both"


def hand_usage(activations: Activations, threshold: float = ONE_HANDED_BELOW) -> HandUsage | None:
    """Count one- and two-handed recordings at a threshold on `hand_ratio`; None where the ratio is not known."""
    ratio = activations.hand_ratio
    if ratio is None or not len(ratio):
        return None
    both = ratio >= threshold
    signs = len(activations.signs)
    return HandUsage(
        len(ratio),
        np.bincount(activations.sign[both], minlength=signs),
        np.bincount(activations.sign, minlength=signs),
        float(1 - both.mean()),
    )
