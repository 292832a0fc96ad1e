"""What is shown: one frozen state, changed in one place, announced by signals.

Views subscribe and never call each other. The state can be saved, restored and undone because it is one value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from functools import cached_property
from typing import Any

import numpy as np
from psygnal import Signal

from .activations import Activations
from .projection import Projection
from .trajectories import Trajectories


class Colouring(StrEnum):
    """What a point's colour stands for."""

    TIME = "time"
    SIGN = "sign"
    SPLIT = "split"
    ANSWER = "answer"
    HANDS = "hands"
    SESSION = "session"
    CONFIDENCE = "confidence"
    DISTANCE = "distance"


PER_STEP = frozenset({Colouring.TIME, Colouring.CONFIDENCE, Colouring.DISTANCE})
"""Colourings in which the colour changes along a path."""
HAND_THRESHOLD = 0.25
"""The article's threshold on `Activations.hand_ratio`: below it a recording is made with the right hand alone."""
HIGHEST_THRESHOLD = 10.0


class Tool(StrEnum):
    """What dragging in a view does."""

    POINTER = "pointer"
    LASSO = "lasso"
    BOX = "box"


class Layout(StrEnum):
    """Which views have the room."""

    BOTH = "both"
    MAP_2D = "2d"
    MAP_3D = "3d"


@dataclass(frozen=True)
class SessionState:
    """All that makes up what is shown.

    Attributes
    ----------
    visible_signs : frozenset of int
        Signs whose check box is on.
    splits : frozenset of int
        Splits whose recordings are shown, codes of `core.splits`.
    selected : tuple of int
        Recordings that keep their colour while the rest turns grey; empty: nothing is greyed.
    step : int
        The network's step up to which paths have grown; the last step shows them whole.
    colouring : Colouring
    log_scale : bool
        The article's signed log.
    points, lines, labels : bool
        What is drawn of a path.
    last_only : bool
        Only the last step of each recording (article, figure 4).
    layout : Layout
    isolate : bool
        Whether what is not selected is hidden, where anything is selected, in place of greyed.
    mistakes : bool
        At each misclassified recording's last step, the true sign stands above and the network's answer below.
    hand_threshold : float
        `Activations.hand_ratio` from which both hands count as used.
    """

    visible_signs: frozenset[int] = frozenset()
    splits: frozenset[int] = frozenset()
    selected: tuple[int, ...] = ()
    step: int = 0
    colouring: Colouring = Colouring.TIME
    log_scale: bool = True
    points: bool = True
    lines: bool = True
    labels: bool = True
    last_only: bool = False
    layout: Layout = Layout.BOTH
    isolate: bool = False
    mistakes: bool = False
    hand_threshold: float = HAND_THRESHOLD

    def shown(self, activations: Activations) -> np.ndarray:
        """Return which recordings are shown, bool, shape (recordings,)."""
        signs = np.zeros(len(activations.signs), dtype=bool)
        signs[list(self.visible_signs)] = True
        shown = signs[activations.sign] & np.isin(activations.split, list(self.splits))
        if self.isolate and self.selected:
            alone = np.zeros_like(shown)
            alone[list(self.selected)] = True
            shown &= alone
        return shown


def opening_state(activations: Activations) -> SessionState:
    """Return the state in which new activations open: everything shown, paths whole."""
    return SessionState(
        visible_signs=frozenset(range(len(activations.signs))),
        splits=frozenset(int(code) for code in np.unique(activations.split)),
        step=activations.steps - 1,
    )


@dataclass(frozen=True)
class Pointed:
    """What is under the pointer: a recording at one of the network's steps."""

    recording: int
    step: int


class Session:
    """Activations, their projections, and the state of what is shown of them.

    Signals
    -------
    changed(new, old)
        The state changed; compare fields to see what.
    data_changed()
        Other activations or another projection took the place of the old.
    pointed_changed(pointed)
        `Pointed` or None; what the pointer is over is not part of the state.
    tool_changed(tool)
        Another `Tool` is in hand; it is not part of the state either.
    """

    changed = Signal(SessionState, SessionState)
    data_changed = Signal()
    pointed_changed = Signal(object)
    tool_changed = Signal(object)

    def __init__(self, activations: Activations, projections: Mapping[int, Projection] | None = None) -> None:
        self.tool = Tool.POINTER
        self._set(activations, projections)

    def _set(self, activations: Activations, projections: Mapping[int, Projection] | None) -> None:
        self.activations = activations
        self.projections = dict(activations.projections if projections is None else projections)
        self.state = opening_state(activations)
        self.pointed: Pointed | None = None
        self._trajectories: dict[tuple[int, bool], Trajectories] = {}
        self.__dict__.pop("accuracy_by_sign", None)

    def open(self, activations: Activations, projections: Mapping[int, Projection] | None = None) -> None:
        """Show other activations, from the beginning."""
        self._set(activations, projections)
        self.data_changed.emit()

    def update(self, **changes: Any) -> None:
        """Change fields of the state; announced once, and only if something differs."""
        new = replace(self.state, **changes)
        if new == self.state:
            return
        old, self.state = self.state, new
        self.changed.emit(new, old)

    def point_at(self, pointed: Pointed | None) -> None:
        """Say what is under the pointer."""
        if pointed != self.pointed:
            self.pointed = pointed
            self.pointed_changed.emit(pointed)

    def choose_tool(self, tool: Tool) -> None:
        """Take another tool in hand."""
        if tool is not self.tool:
            self.tool = tool
            self.tool_changed.emit(tool)

    def shown(self) -> np.ndarray:
        """Return which recordings are shown, bool, shape (recordings,)."""
        return self.state.shown(self.activations)

    def trajectories(self, dims: int) -> Trajectories | None:
        """Return the paths in 2 or 3 dimensions on the present scale; None where there is no such projection."""
        projection = self.projections.get(dims)
        if projection is None:
            return None
        key = (dims, self.state.log_scale)
        if key not in self._trajectories:
            self._trajectories[key] = Trajectories.of(self.activations, projection, self.state.log_scale)
        return self._trajectories[key]

    @cached_property
    def accuracy_by_sign(self) -> np.ndarray:
        """Share of each sign's recordings that are classified right, shape (signs,); NaN where nothing is known."""
        a = self.activations
        known = a.predicted >= 0
        total = np.bincount(a.sign[known], minlength=len(a.signs))
        right = np.bincount(a.sign[known & (a.predicted == a.sign)], minlength=len(a.signs))
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(total > 0, right / total, np.nan)


def changed_fields(new: SessionState, old: SessionState) -> set[str]:
    """Return the names of the fields in which two states differ."""
    return {f.name for f in fields(SessionState) if getattr(new, f.name) != getattr(old, f.name)}
