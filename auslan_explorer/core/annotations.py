"""What is drawn on the maps beside the recordings' own paths: a changed recording, and marked steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from .playing import Alignment, own_step
from .projection import Projection


@dataclass(frozen=True, eq=False)
class Variant:
    """A changed recording, shown beside the recording that it was made of.

    Attributes
    ----------
    recording : int
        The recording that it was made of.
    frames : ndarray of float32, shape (length, channels)
    beside : ndarray of int, shape (length,)
        The recording's own frame beside each of these.
    first_step : int
        The network's step, from 0, of the first frame.
    paths : mapping of int to ndarray of float32, shape (length or length + 1, dims)
        By the dimensions of the map, before any signed log; from the last step of padding on, where there is any.
    maps : mapping of int to Projection
        The maps that `paths` are of.
    """

    recording: int
    frames: np.ndarray
    beside: np.ndarray
    first_step: int
    paths: Mapping[int, np.ndarray]
    maps: Mapping[int, Projection]

    def path_on(self, projection: Projection | None) -> np.ndarray | None:
        """Return the path on a map; None where its encoder is not at hand, or another map is shown by now."""
        if projection is None or self.maps.get(projection.dims) is not projection:
            return None
        return self.paths.get(projection.dims)

    def frame_at(self, alignment: Alignment, steps: int, position: int) -> int:
        """Return the frame at a position of playback; below 0: it has not begun."""
        first, length = np.array([self.first_step]), np.array([len(self.frames)])
        return int(own_step(alignment, steps, position, first, length)[0]) - self.first_step


@dataclass(frozen=True)
class StepMark:
    """A step of a recording's path that is marked on the maps.

    Attributes
    ----------
    recording : int
    step : int
        The network's step, from 0.
    text : str
        What stands beside the mark.
    """

    recording: int
    step: int
    text: str


@dataclass(frozen=True)
class Beside:
    """What maps show beside the recordings' own paths.

    Attributes
    ----------
    variant : Variant, optional
    marks : tuple of StepMark
    """

    variant: Variant | None = None
    marks: tuple[StepMark, ...] = ()


NOTHING_BESIDE = Beside()
