"""Resting points: states in which a network would stay if its input stayed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np


class HeldInput(StrEnum):
    """The input that stays."""

    NONE = "none"
    """Nothing is asked."""
    REST = "rest"
    """The mean of the recordings' first frames: hands before they sign."""
    MEAN = "mean"
    """The mean of all frames."""
    FRAME = "frame"
    """The frame of the selected recording at the step of playback."""


STILL = 1e-6
"""Speed up to which a state counts as one that stays."""


@dataclass(frozen=True, eq=False)
class RestingPoints:
    """States that hardly move, or not at all, under an input that stays.

    Attributes
    ----------
    states, cells : ndarray of float64, shape (n, units)
        Hidden states and cell states.
    speed : ndarray of float64, shape (n,)
        How far each still moves in a step, root mean square over hidden and cell states.
    growth : ndarray of float64, shape (n,)
        Largest size of an eigenvalue of the step there: by how much a small departure grows in a step, at most.
    starts : ndarray of int64, shape (n,)
        How many of the starts led there.
    answers : ndarray of int64, shape (n,)
        The network's answer there.
    certainty : ndarray of float64, shape (n,)
        Its probability.
    """

    states: np.ndarray
    cells: np.ndarray
    speed: np.ndarray
    growth: np.ndarray
    starts: np.ndarray
    answers: np.ndarray
    certainty: np.ndarray

    @property
    def still(self) -> np.ndarray:
        """Whether the state stays for good, and does not only creep, bool."""
        return self.speed <= STILL

    @property
    def stable(self) -> np.ndarray:
        """Whether the state stays, and every small departure dies away, bool."""
        return self.still & (self.growth < 1)


@dataclass(frozen=True, eq=False)
class RestingMarks:
    """Where resting points stand on a map.

    Attributes
    ----------
    places : ndarray of float32, shape (n, dims)
        Bottleneck values, before any signed log.
    stable : ndarray of bool, shape (n,)
    texts : tuple of str
        The network's answer at each.
    """

    places: np.ndarray
    stable: np.ndarray
    texts: tuple[str, ...]


NO_MARKS = RestingMarks(np.zeros((0, 0), np.float32), np.zeros(0, bool), ())
"""Marks of a frame that was not asked about yet."""
