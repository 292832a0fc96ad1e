"""The network's minimal pairs: which signs it confuses once one feature of each gesture is neutral.

Sign linguists call two signs a minimal pair if they differ in one of handshape, place, movement and orientation alone
(Stokoe 1960; Johnston and Schembri 2007 on Auslan). Here one of them is taken from each recording in turn, by the
channels that hold it, and the network answers again. If a sign is then taken for another one, that feature keeps the
two apart, to this network. What the gloves do not measure (the face, the spread of fingers, contact) cannot show.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from auslan_explorer.analysis.attribution import GROUPS
from auslan_explorer.analysis.blas import one_thread
from auslan_explorer.analysis.edits import WRAPPING
from auslan_explorer.core.errors import Cancelled, UserError
from auslan_explorer.core.minimal_pair import FEATURES, MinimalPair
from auslan_explorer.core.network import Classifier
from auslan_explorer.core.progress import IsCancelled, Progress, never, no_progress
from auslan_explorer.core.recordings import CHANNELS
from auslan_explorer.core.words import counted

_ROWS = 128
_CHANNELS_OF = {
    "handshape": [c for group in GROUPS if group.kind not in ("place", "turn") for c in group.channels],
    "place": [c for group in GROUPS if group.kind == "place" for c in group.channels],
    "orientation": [c for group in GROUPS if group.kind == "turn" for c in group.channels],
}
_CHANNELS_OF["movement"] = _CHANNELS_OF["place"]


def neutral_frame(frames: np.ndarray) -> np.ndarray:
    """Return the mean of frames, shape (n, 22) to (22,), that of angles which wrap on the circle."""
    mean = frames.mean(axis=0, dtype=np.float64)
    turns = list(WRAPPING)
    angles = np.exp(2j * np.pi * frames[:, turns].astype(np.float64)).mean(axis=0)
    mean[turns] = (np.angle(angles) / (2 * np.pi)) % 1
    return mean.astype(np.float32)


def neutralise(frames: np.ndarray, feature: str, neutral: np.ndarray) -> np.ndarray:
    """Take a feature from a recording.

    Parameters
    ----------
    frames : ndarray of float32, shape (length, 22)
    feature : str
        One of `FEATURES`. Handshape and orientation become those of the neutral frame. A place becomes the neutral one,
        the movement about it stays; without movement each hand stays at its own mean place.
    neutral : ndarray of float32, shape (22,)
    """
    out, channels = frames.copy(), _CHANNELS_OF[feature]
    own = frames[:, channels].mean(axis=0)
    if feature == "place":
        out[:, channels] += neutral[channels] - own
    else:
        out[:, channels] = own if feature == "movement" else neutral[channels]
    return out


def answers_without(
    classifier: Classifier,
    recordings: Sequence[np.ndarray],
    *,
    progress: Progress = no_progress,
    cancelled: IsCancelled = never,
) -> np.ndarray:
    """Return the network's answers to recordings as they are, and without each feature.

    Parameters
    ----------
    classifier : Classifier
    recordings : sequence of ndarray of float32, shapes (length, 22)
    progress, cancelled : callable, optional

    Returns
    -------
    ndarray of int64, shape (1 + features, recordings)

    Raises
    ------
    UserError
        If these are no recordings of gloves, or too long for the network.
    Cancelled
    """
    if not recordings:
        raise UserError("There is no recording whose network and frames are both at hand.")
    if any(frames.shape[1] != len(CHANNELS) for frames in recordings) or classifier.kernel.shape[0] != len(CHANNELS):
        raise UserError(f"Handshape and place are known of gloves with {len(CHANNELS)} channels alone.")
    if max(len(frames) for frames in recordings) > classifier.steps:
        raise UserError(
            f"A recording is longer than the network’s {counted(classifier.steps, 'step')}; leave it out or cut it."
        )
    neutral = neutral_frame(np.concatenate(recordings))
    out = np.empty((1 + len(FEATURES), len(recordings)), dtype=np.int64)
    for row, feature in enumerate(("", *FEATURES)):
        for first in range(0, len(recordings), _ROWS):
            if cancelled():
                raise Cancelled
            progress((row + first / len(recordings)) / len(out), feature)
            some = recordings[first : first + _ROWS]
            padded = np.zeros((len(some), classifier.steps, len(CHANNELS)), dtype=np.float32)
            for place, frames in zip(padded, some, strict=True):
                changed = neutralise(frames, feature, neutral) if feature else frames
                place[classifier.steps - len(frames) :] = (changed - classifier.mean) / classifier.std
            with one_thread():
                last = classifier.hidden_states(padded)[:, -1]
            out[row, first : first + _ROWS] = (last @ classifier.head.kernel + classifier.head.bias).argmax(axis=1)
    return out


def minimal_pairs(signs: np.ndarray, answers: np.ndarray) -> list[MinimalPair]:
    """Count which signs are confused without a feature, the pairs with the largest share first.

    Parameters
    ----------
    signs : ndarray of int, shape (recordings,)
        The true signs.
    answers : ndarray of int, shape (1 + features, recordings)
        As `answers_without` returns them. Recordings that are not answered right as they are do not count.
    """
    right = answers[0] == signs
    count = int(max(signs.max(), answers.max())) + 1
    known = np.bincount(signs[right], minlength=count)
    found = []
    for feature, given in zip(FEATURES, answers[1:], strict=True):
        taken = np.zeros((count, count), dtype=np.int64)
        np.add.at(taken, (signs[right], given[right]), 1)
        np.fill_diagonal(taken, 0)
        for one, other in np.argwhere(np.triu(taken + taken.T)).tolist():
            found.append(
                MinimalPair(
                    one, other, feature, int(taken[one, other]), int(taken[other, one]), int(known[one]),
                    int(known[other]),
                )
            )  # fmt: skip
    return sorted(found, key=lambda pair: (-pair.share, -(pair.taken + pair.back), pair.one, pair.other, pair.feature))
