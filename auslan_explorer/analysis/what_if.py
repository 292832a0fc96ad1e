"""What a network makes of a changed recording, and the smallest change that gives another answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from auslan_explorer.analysis.attribution import GROUPS, ChannelGroup, Explained
from auslan_explorer.analysis.blas import one_thread
from auslan_explorer.core.errors import Cancelled, UserError
from auslan_explorer.core.network import Autoencoder, Classifier
from auslan_explorer.core.progress import IsCancelled, Progress, never, no_progress

WINDOW = 5
"""Frames of a patch that `smallest_change` takes from the other recording at a time."""


@dataclass(frozen=True, eq=False)
class Outcome:
    """What a network makes of a recording.

    Attributes
    ----------
    frames : ndarray of float32, shape (length, channels)
    first_step : int
        The network's step, from 0, of the first frame.
    probabilities : ndarray of float32, shape (length, signs)
        At each frame, as if the recording ended there.
    states : ndarray of float32, shape (length, units)
    paths : mapping of int to ndarray of float32, shape (length + 1 or length, dims)
        By the dimensions of the map, before any signed log; where padding was read, from its last step on.
    """

    frames: np.ndarray
    first_step: int
    probabilities: np.ndarray
    states: np.ndarray
    paths: Mapping[int, np.ndarray]

    @property
    def answer(self) -> int:
        """The network's answer at the last step."""
        return int(self.probabilities[-1].argmax())


def run(frames: np.ndarray, classifier: Classifier, autoencoders: Mapping[int, Autoencoder]) -> Outcome:
    """Run a network over one recording, and its states through the encoders of the maps.

    Raises
    ------
    UserError
        If the recording does not fit the network.
    """
    asked = Explained(classifier, frames, classifier.mean, 0)
    first = classifier.steps - len(frames)
    with one_thread():
        states = classifier.hidden_states(asked.padded(frames[None]))[0]
        drawn = states[max(first - 1, 0) :]
        paths = {dims: encoder.encode(drawn) for dims, encoder in autoencoders.items()}
    return Outcome(frames, first, classifier.head.probabilities(states[first:]), states[first:], paths)


@dataclass(frozen=True)
class Patch:
    """Frames of a group of channels, half-open.

    Attributes
    ----------
    group : ChannelGroup
    start, stop : int
    """

    group: ChannelGroup
    start: int
    stop: int

    @property
    def cells(self) -> int:
        """Numbers of the recording that lie in it."""
        return len(self.group.channels) * (self.stop - self.start)


@dataclass(frozen=True, eq=False)
class SmallestChange:
    """A few patches of another recording with which a recording gets another answer.

    Attributes
    ----------
    patches : tuple of Patch
        Neighbouring ones of a group are joined.
    frames : ndarray of float32, shape (length, channels)
        The recording with them.
    share : float
        Of the recording's numbers, how many were replaced; 0 to 1.
    """

    patches: tuple[Patch, ...]
    frames: np.ndarray
    share: float


def smallest_change(
    classifier: Classifier,
    frames: np.ndarray,
    donor: np.ndarray,
    sign: int,
    groups: Sequence[ChannelGroup] = GROUPS,
    window: int = WINDOW,
    *,
    progress: Progress = no_progress,
    cancelled: IsCancelled = never,
) -> SmallestChange | None:
    """Find few patches of another recording that suffice for a sign to be the answer.

    Greedy: the patch that brings the sign nearest to the answer is taken until it is the answer; then each that can be
    spared is given back, the largest first. None of those that are left can be spared, although fewer others might do.

    Parameters
    ----------
    classifier : Classifier
    frames, donor : ndarray of float32, shape (length, channels)
        The recording, and another one of the sign, its frames beside these.
    sign : int
        Output of the network that is to be the answer.
    groups : sequence of ChannelGroup
    window : int
    progress, cancelled : callable, optional

    Returns
    -------
    SmallestChange or None
        None where even the other recording as a whole is not answered so.

    Raises
    ------
    UserError
        If the recording does not fit the network.
    Cancelled
    """
    asked = Explained(classifier, frames, classifier.mean, sign)
    if donor.shape != frames.shape:
        raise UserError("The other recording must be laid beside this one first.")
    left = [
        Patch(group, start, min(start + window, len(frames)))
        for group in groups
        for start in range(0, len(frames), window)
    ]
    lead = _leads(asked, frames[None])[0]
    begun = max(-float(lead), 1e-9)
    changed, taken = frames, []
    while lead <= 0:
        if not left:
            return None
        leads = _leads_with(asked, changed, donor, left, cancelled)
        best = int(leads.argmax())
        lead = leads[best]
        taken.append(left.pop(best))
        changed = _patched(changed, donor, taken[-1])
        progress(min(max(1 + float(lead) / begun, 0.0), 1.0), "")
    taken, changed = _spared(asked, donor, taken, changed, cancelled)
    share = sum(patch.cells for patch in taken) / frames.size
    return SmallestChange(_joined(taken), changed, share)


def _spared(
    asked: Explained, donor: np.ndarray, taken: list[Patch], changed: np.ndarray, cancelled: IsCancelled
) -> tuple[list[Patch], np.ndarray]:
    """Give back patches that can be spared, the largest first, until each is needed; return those left, and frames."""
    while True:
        for patch in sorted(taken, key=lambda each: -each.cells):
            _stop_if(cancelled)
            fewer = [each for each in taken if each is not patch]
            without = asked.frames
            for each in fewer:
                without = _patched(without, donor, each)
            if _leads(asked, without[None])[0] > 0:
                taken, changed = fewer, without
                break
        else:
            return taken, changed


def _leads(asked: Explained, recordings: np.ndarray) -> np.ndarray:
    """Return how far the sign is ahead of all others, in logits, for recordings (n, length, channels) to (n,)."""
    with one_thread():
        last = asked.classifier.hidden_states(asked.padded(recordings))[:, -1]
    logits = last @ asked.classifier.head.kernel + asked.classifier.head.bias
    others = np.delete(logits, asked.sign, axis=1)
    return np.asarray(logits[:, asked.sign] - others.max(axis=1, initial=-np.inf))


def _leads_with(
    asked: Explained, frames: np.ndarray, donor: np.ndarray, patches: Sequence[Patch], cancelled: IsCancelled
) -> np.ndarray:
    """Return the lead of the sign with each of some patches alone."""
    found = []
    for first in range(0, len(patches), 64):
        _stop_if(cancelled)
        some = patches[first : first + 64]
        found.append(_leads(asked, np.stack([_patched(frames, donor, patch) for patch in some])))
    return np.concatenate(found)


def _patched(frames: np.ndarray, donor: np.ndarray, patch: Patch) -> np.ndarray:
    out, channels = frames.copy(), list(patch.group.channels)
    out[patch.start : patch.stop, channels] = donor[patch.start : patch.stop, channels]
    return out


def _joined(patches: Sequence[Patch]) -> tuple[Patch, ...]:
    """Return patches in the order of groups and frames, those that follow each other as one."""
    order = sorted(patches, key=lambda each: (each.group.channels, each.start))
    joined: list[Patch] = []
    for patch in order:
        if joined and joined[-1].group == patch.group and joined[-1].stop == patch.start:
            joined[-1] = Patch(patch.group, joined[-1].start, patch.stop)
        else:
            joined.append(patch)
    return tuple(joined)


def _stop_if(cancelled: IsCancelled) -> None:
    if cancelled():
        raise Cancelled
