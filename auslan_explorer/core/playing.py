"""Playback schedule: at which positions each step of each recording is drawn, by alignment and trail.

A *position* is a step of the playback, 0 to ``steps - 1``. What is drawn at a position follows from two numbers of
each vertex: the position at which it appears, and the one from which it is no longer drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

import numpy as np

NEVER = np.iinfo(np.int32).max
"""Position at which a vertex goes that is never removed."""


class Alignment(StrEnum):
    """How recordings of different lengths are aligned in time: what the same position means for each."""

    NETWORK = "network"
    """The network's step, as in the article: recordings are padded in front, and end together."""
    START = "start"
    """Real steps since each recording's own beginning: recordings begin together."""
    STRETCH = "stretch"
    """The same fraction of each recording: all begin and end together."""


class Trail(NamedTuple):
    """Length of the part of a path that is drawn around its playhead, in positions.

    Attributes
    ----------
    tail : int
        Steps behind the playhead, its own among them; 0 draws all.
    head : int
        Steps ahead of the playhead.
    """

    tail: int = 0
    head: int = 0


WHOLE = Trail()


@dataclass(frozen=True, eq=False)
class Schedule:
    """Positions at which vertices and segments are drawn: at position p those with ``appears <= p < goes``.

    A segment is drawn as long as both its ends are.

    Attributes
    ----------
    appears : ndarray of int32, shape (vertices,)
    goes : ndarray of int32, shape (vertices,), or None
        None where no vertex is removed again.
    segments : ndarray of int32, shape (segments, 2)
        Vertices at both ends of each; the second one appears later.
    """

    appears: np.ndarray
    goes: np.ndarray | None
    segments: np.ndarray

    @cached_property
    def order(self) -> np.ndarray:
        """Vertices sorted by the position at which they appear, int32, shape (vertices,)."""
        return np.argsort(self.appears, kind="stable").astype(np.int32)

    @cached_property
    def segment_order(self) -> np.ndarray:
        """Segments sorted by the position at which they appear, int32, shape (segments,)."""
        return np.argsort(self.appears.take(self.segments[:, 1]), kind="stable").astype(np.int32)

    def vertex_times(self, rows: np.ndarray) -> Times:
        """Return when some vertices appear and go, by index."""
        return Times(self.appears.take(rows), None if self.goes is None else self.goes.take(rows))

    def segment_times(self, rows: np.ndarray) -> Times:
        """Return when some segments appear and go, by index."""
        first, second = self.segments.take(rows, axis=0).T
        goes = None if self.goes is None else np.minimum(self.goes.take(first), self.goes.take(second))
        return Times(self.appears.take(second), goes)


class Times(NamedTuple):
    """Positions at which some vertices or segments appear, and from which they are gone; None where none ever is."""

    appears: np.ndarray
    goes: np.ndarray | None

    def at(self, position: int) -> np.ndarray:
        """Return which of them are drawn at a position, bool."""
        drawn: np.ndarray = self.appears <= position
        if self.goes is not None:
            drawn &= position < self.goes
        return drawn


def position_of(
    alignment: Alignment, steps: int, step: np.ndarray, first_step: np.ndarray, lengths: np.ndarray
) -> np.ndarray:
    """Convert the network's steps to the positions at which they are reached.

    Parameters
    ----------
    alignment : Alignment
    steps : int
        The network's steps, and so the number of positions.
    step, first_step, lengths : ndarray of int, shape (n,)
        The network's step; the first of its recording and how many there are.

    Returns
    -------
    ndarray of int32, shape (n,)
    """
    own = np.asarray(step, dtype=np.int64) - first_step
    if alignment is Alignment.NETWORK:
        own = own + first_step
    elif alignment is Alignment.STRETCH:
        # The smallest p with own_step(p) >= step, in whole numbers so that both agree to the last one.
        own = -(-own * (steps - 1) // np.maximum(np.asarray(lengths, dtype=np.int64) - 1, 1))
    return own.astype(np.int32)


def own_step(
    alignment: Alignment, steps: int, position: int, first_step: np.ndarray, lengths: np.ndarray
) -> np.ndarray:
    """Convert a position to the network's step that each recording has reached.

    Parameters
    ----------
    alignment, steps
        As in `position_of`.
    position : int
    first_step, lengths : ndarray of int, shape (n,)

    Returns
    -------
    ndarray of int32, shape (n,)
        ``first_step - 1`` where a recording has not begun; its last step where it has ended.
    """
    first, length = np.asarray(first_step, dtype=np.int64), np.asarray(lengths, dtype=np.int64)
    if alignment is Alignment.NETWORK:
        own = position - first
    elif alignment is Alignment.START:
        own = np.full(len(first), position)
    else:
        own = position * np.maximum(length - 1, 0) // max(steps - 1, 1)
    return (first + np.clip(own, -1, length - 1)).astype(np.int32)


def schedule(
    alignment: Alignment,
    trail: Trail,
    steps: int,
    step: np.ndarray,
    recording: np.ndarray,
    segments: np.ndarray,
    first_step: np.ndarray,
    lengths: np.ndarray,
) -> Schedule:
    """Compute the positions at which the vertices and segments of trajectories are drawn.

    Parameters
    ----------
    alignment : Alignment
    trail : Trail
    steps : int
    step, recording, segments, first_step, lengths
        As in `core.trajectories.Trajectories`: recordings one after the other, the shared prefix before them.
    """
    prefix = int(np.searchsorted(recording >= 0, True))
    whose = recording[prefix:]
    time = step
    if alignment is not Alignment.NETWORK:
        # From its own start on, a recording has the padding behind it already.
        time = np.zeros(len(step), dtype=np.int32)
        time[prefix:] = position_of(alignment, steps, step[prefix:], first_step[whose], lengths[whose])
    goes = None
    if trail.tail > 0:
        goes = np.full(len(step), NEVER, dtype=np.int32)
        first, length = first_step[whose], lengths[whose]
        end = np.full(len(step), steps - 1, dtype=np.int64)
        end[prefix:] = position_of(alignment, steps, first + length - 1, first, length)
        # Stretched steps lie further apart than one position; the playhead stays until the next step is reached.
        following = np.append(time[1:], 0)
        following[:prefix] = time[:prefix]
        leaving = np.maximum(time + trail.tail, following)
        # A path that has ended keeps its trail.
        passes = time + trail.tail <= end
        goes[passes] = leaving[passes]
    return Schedule(time - np.int32(trail.head) if trail.head else time, goes, segments)
