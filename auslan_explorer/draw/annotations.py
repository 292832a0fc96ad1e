"""Where annotations stand on a map: a changed recording's path, marked steps, resting points."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from auslan_explorer.core.annotations import Beside, Variant
from auslan_explorer.core.playing import Alignment
from auslan_explorer.core.projection import Projection, signed_log
from auslan_explorer.core.resting import RestingMarks
from auslan_explorer.core.trajectories import Trajectories

CHANGED = "changed"
"""What stands at the end of a changed recording's path."""


@dataclass(frozen=True, eq=False)
class Annotations:
    """What is painted, in a map's coordinates or in pixels.

    Attributes
    ----------
    path : ndarray of float, shape (n, dims)
        A changed recording's path; without rows: none.
    at : int
        Row of `path` at which playback is; below 0: it has not begun.
    text : str
        Stands at the end of the path.
    marks : ndarray of float, shape (m, dims)
        Steps that are marked.
    texts : tuple of str
        What stands beside each.
    rests : ndarray of float, shape (r, dims)
        Resting points.
    stable : ndarray of bool, shape (r,)
    rest_texts : tuple of str
        The network's answer at each.
    """

    path: np.ndarray = field(default_factory=lambda: np.zeros((0, 2)))
    at: int = -1
    text: str = ""
    marks: np.ndarray = field(default_factory=lambda: np.zeros((0, 2)))
    texts: tuple[str, ...] = ()
    rests: np.ndarray = field(default_factory=lambda: np.zeros((0, 2)))
    stable: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=bool))
    rest_texts: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to paint."""
        return not len(self.path) and not len(self.marks) and not len(self.rests)

    def in_pixels(self, to_pixels: Callable[[np.ndarray], np.ndarray]) -> Annotations:
        """Return the same in pixels; `to_pixels` takes positions (n, dims) and returns (n, 2)."""
        path, marks, rests = (
            to_pixels(spots) if len(spots) else np.zeros((0, 2)) for spots in (self.path, self.marks, self.rests)
        )
        return replace(self, path=path, marks=marks, rests=rests)


def annotations_of(
    paths: Trajectories, beside: Beside, projection: Projection | None, rests: RestingMarks | None
) -> Annotations:
    """Return the annotations of a map, in the units of its display, before the changed recording has begun.

    Parameters
    ----------
    paths : Trajectories
        The map's paths.
    beside : Beside
    projection : Projection or None
        The map; without it there is no changed recording's path.
    rests : RestingMarks or None
        In the units of the display.
    """
    marks = [mark for mark in beside.marks if 0 <= mark.recording < len(paths.lengths)]
    rows = [
        int(paths.vertices_of(mark.recording).start) + mark.step - int(paths.first_step[mark.recording])
        for mark in marks
    ]
    shown = Annotations(
        np.zeros((0, paths.dims)), marks=paths.vertices[rows].reshape(-1, paths.dims),
        texts=tuple(mark.text for mark in marks),
    )  # fmt: skip
    if rests is not None:
        shown = replace(shown, rests=rests.places, stable=rests.stable, rest_texts=rests.texts)
    path = None if beside.variant is None else beside.variant.path_on(projection)
    if path is None:
        return shown
    return replace(shown, path=signed_log(path) if paths.log_scale else path, text=CHANGED)


def played_to(shown: Annotations, variant: Variant | None, alignment: Alignment, steps: int, step: int) -> Annotations:
    """Return annotations with the changed recording's path at a position of playback."""
    if variant is None or not len(shown.path):
        return shown
    at = variant.frame_at(alignment, steps, step)
    return replace(shown, at=at + len(shown.path) - len(variant.frames) if at >= 0 else -1)
