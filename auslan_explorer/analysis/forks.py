"""Where the paths of two signs, or of two recordings, part in the space of all units.

Each sign's recordings are lined up with one of them, its reference, by dynamic time warping (Sakoe and Chiba 1978), so
that the sign has a mean path and, at each of its steps, a spread: how far its recordings lie from the mean. Two mean
paths are lined up the same way, which leaves only what no difference of tempo explains. They part at the step from
which on they are further apart than both spreads together: from there on the two bundles of recordings do not touch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from auslan_explorer.analysis.attribution import GROUPS, ChannelGroup
from auslan_explorer.analysis.warping import step_beside, warp
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.progress import IsCancelled, never

WINDOW = 6
"""Frames up to the fork in which what differs is looked for: a state is made of what was read before it."""


@dataclass(frozen=True, eq=False)
class MeanPath:
    """A path of a sign, or of one recording, with the spread of the sign's recordings around it.

    Attributes
    ----------
    recordings : tuple of int
        The sign's recordings.
    reference : int
        The recording whose steps it has.
    own : ndarray of int64, shape (recordings, length)
        Each recording's step beside each of the reference's, from 0.
    states : ndarray of float, shape (length, units)
    spread : ndarray of float, shape (length,)
        Root of the mean squared distance of the sign's recordings from their mean.
    """

    recordings: tuple[int, ...]
    reference: int
    own: np.ndarray
    states: np.ndarray
    spread: np.ndarray


@dataclass(frozen=True, eq=False)
class Fork:
    """Two paths beside each other, and where they part.

    Attributes
    ----------
    pairs : ndarray of int64, shape (pairs, 2)
        Steps that lie beside each other, of both references, from 0.
    distance, spread : ndarray of float, shape (pairs,)
        How far apart they are, and how far the spreads of both reach together.
    at : int
        The pair from which on they are apart; -1 where they are not even at their ends.
    """

    pairs: np.ndarray
    distance: np.ndarray
    spread: np.ndarray
    at: int

    @property
    def together(self) -> float:
        """Share of the way on which they are together, 0 to 1."""
        return 1.0 if self.at < 0 else self.at / len(self.pairs)

    @property
    def steps(self) -> tuple[int, int]:
        """The step of each at which they part, from 0; their last ones where they do not."""
        first, second = self.pairs[self.at]
        return int(first), int(second)


def mean_path(
    paths: Sequence[np.ndarray], recordings: Sequence[int], cancelled: IsCancelled = never
) -> MeanPath | None:
    """Line the recordings of a sign up; None where cancelled.

    Parameters
    ----------
    paths : sequence of ndarray of float, shapes (length, units)
        Of at least two recordings, each of at least one step.
    recordings : sequence of int
        Their numbers.
    cancelled : callable, optional

    Raises
    ------
    UserError
        If there are fewer than two.
    """
    if len(paths) < 2:
        raise UserError("A sign’s spread is known only from two recordings on.")
    reference = _reference(paths)
    own = []
    for path in paths:
        if cancelled():
            return None
        own.append(step_beside(warp(paths[reference], path), len(paths[reference])))
    beside = np.stack([path[steps] for path, steps in zip(paths, own, strict=True)]).astype(np.float64)
    mean = beside.mean(axis=0)
    spread = np.sqrt(((beside - mean) ** 2).sum(axis=-1).sum(axis=0) / (len(paths) - 1))
    return MeanPath(tuple(recordings), int(recordings[reference]), np.stack(own), mean, spread)


def of_recording(path: np.ndarray, recording: int, sign: MeanPath) -> MeanPath:
    """Return the path of one recording, with the spread that its sign has at each of its steps."""
    beside = step_beside(warp(path, sign.states), len(path))
    return MeanPath((recording,), recording, np.arange(len(path))[None], path.astype(np.float64), sign.spread[beside])


def fork(first: MeanPath, second: MeanPath) -> Fork:
    """Find where two paths part: the step from which on they are further apart than both spreads reach."""
    pairs = warp(first.states, second.states)
    i, j = pairs.T
    distance = np.linalg.norm(first.states[i] - second.states[j], axis=1)
    spread = first.spread[i] + second.spread[j]
    near = np.flatnonzero(distance <= spread)
    at = 0 if not len(near) else int(near[-1]) + 1
    return Fork(pairs, distance, spread, at if at < len(pairs) else -1)


@dataclass(frozen=True)
class Difference:
    """What differs between two signs where they part.

    Attributes
    ----------
    group : ChannelGroup
    size : float
        Difference of means in standard deviations within the signs, the root of the mean square over channels.
    first, second : tuple of float
        Mean of each channel of the group in each sign.
    """

    group: ChannelGroup
    size: float
    first: tuple[float, ...]
    second: tuple[float, ...]


def differences(
    first: MeanPath,
    second: MeanPath,
    parted: Fork,
    frames: dict[int, np.ndarray],
    spreads: np.ndarray,
    groups: Sequence[ChannelGroup] = GROUPS,
) -> list[Difference]:
    """Compare the channels of two paths in the frames up to where they part, the largest difference first.

    Parameters
    ----------
    first, second : MeanPath
    parted : Fork
    frames : dict of int to ndarray of float, shape (length, channels)
        Frames of the recordings of both.
    spreads : ndarray of float, shape (channels,)
        Standard deviation of each channel over all frames; a tenth of it is the least that counts as a spread.
    groups : sequence of ChannelGroup
    """
    stop = parted.at if parted.at >= 0 else len(parted.pairs) - 1
    window = parted.pairs[max(stop - WINDOW + 1, 0) : stop + 1]
    one, other = (
        _window_means(path, np.unique(steps), frames) for path, steps in zip((first, second), window.T, strict=True)
    )
    within = np.sqrt((one.var(axis=0) + other.var(axis=0)) / 2)
    apart = (one.mean(axis=0) - other.mean(axis=0)) / np.maximum(within, 0.1 * spreads)
    found = [
        Difference(
            group,
            float(np.sqrt((apart[list(group.channels)] ** 2).mean())),
            tuple(one.mean(axis=0)[list(group.channels)].tolist()),
            tuple(other.mean(axis=0)[list(group.channels)].tolist()),
        )
        for group in groups
    ]
    return sorted(found, key=lambda each: -each.size)


def _window_means(path: MeanPath, steps: np.ndarray, frames: dict[int, np.ndarray]) -> np.ndarray:
    """Return the mean frame of each recording of a path at some of its steps, shape (recordings, channels)."""
    return np.stack(
        [
            frames[recording][own[steps]].mean(axis=0)
            for recording, own in zip(path.recordings, path.own, strict=True)
            if recording in frames
        ]
    )


def _reference(paths: Sequence[np.ndarray]) -> int:
    """Return the recording of a middling length whose path lies nearest to the others', coarsely compared."""
    coarse = np.stack([path[np.linspace(0, len(path) - 1, 12).round().astype(int)] for path in paths])
    flat = coarse.reshape(len(paths), -1).astype(np.float64)
    squares = (flat**2).sum(axis=1)
    distances = np.sqrt(np.maximum(squares[:, None] + squares - 2 * flat @ flat.T, 0))
    return int(distances.sum(axis=1).argmin())
