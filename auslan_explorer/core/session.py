"""The session: activations and the frozen state of what is shown, changed in one place and announced by signals.

Views subscribe and never call each other. The state can be saved, restored and undone because it is one value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from operator import attrgetter
from types import MethodType
from typing import Any
from weakref import WeakMethod

import numpy as np
from psygnal import Signal

from .activations import Activations
from .added_labels import add_step_labels
from .annotations import Beside, StepMark, Variant
from .errors import UserError
from .predictions import Predictions, store_predictions
from .projection import PointQuality, Projection, share_ranges
from .session_state import (
    DECLARED,
    FADING,
    HAND_THRESHOLD,
    HIGHEST_THRESHOLD,
    MOST_NEIGHBOURS,
    NEIGHBOURS,
    OF_MAP,
    PER_STEP,
    TRANSIENT,
    USER_PREFS,
    Colouring,
    Layout,
    SessionState,
    Tool,
    changed_fields,
    invalidated,
    opening_state,
)
from .step_labels import StepLabels
from .trajectories import Trajectories

__all__ = [
    "DECLARED",
    "FADING",
    "HAND_THRESHOLD",
    "HIGHEST_THRESHOLD",
    "MOST_NEIGHBOURS",
    "NEIGHBOURS",
    "OF_MAP",
    "PER_STEP",
    "TRANSIENT",
    "USER_PREFS",
    "Colouring",
    "Layout",
    "Pointed",
    "Session",
    "SessionState",
    "Tool",
    "changed_fields",
    "invalidated",
    "opening_state",
]


@dataclass(frozen=True)
class Pointed:
    """The item under the pointer: a recording at one of the network's steps."""

    recording: int
    step: int


class Session:
    """Holds activations, their projections and the `SessionState`, and emits a signal for every change.

    Signals
    -------
    changed(new, old)
        The state changed; compare fields to see what.
    predictions_changed()
        The predictions at every step have become known.
    data_changed()
        Other activations were opened.
    paths_changed(dims)
        `trajectories` in `dims` dimensions changed without a change of the state: an autoencoder is learning, or a
        quality measure that is drawn has become known. (They also change with `run_2d`, `run_3d` and `log_scale`,
        where `changed` alone is emitted.)
    pointed_changed(pointed)
        `Pointed` or None; the item under the pointer is not part of the state.
    tool_changed(tool)
        Another `Tool` is active; it is not part of the state either.
    annotations_changed()
        `variant` or `step_marks` is another one; they are not part of the state.
    """

    changed = Signal(SessionState, SessionState)
    predictions_changed = Signal()
    data_changed = Signal()
    paths_changed = Signal(int)
    pointed_changed = Signal(object)
    tool_changed = Signal(object)
    annotations_changed = Signal()

    def __init__(self, activations: Activations, projections: Mapping[int, Projection] | None = None) -> None:
        self.tool = Tool.POINTER
        self._set(activations, projections)

    def _set(self, activations: Activations, projections: Mapping[int, Projection] | None) -> None:
        self.activations = activations
        self._own = dict(activations.projections if projections is None else projections)
        self._offered: dict[str, Projection] = {}
        self._learning: dict[int, Projection] = {}
        before: SessionState | None = getattr(self, "state", None)
        prefs = {} if before is None else {name: getattr(before, name) for name in USER_PREFS}
        self.state = replace(opening_state(activations), **prefs)
        self.pointed: Pointed | None = None
        self.variant: Variant | None = None
        self.step_marks: tuple[StepMark, ...] = ()
        self._trajectories: dict[tuple[int, bool], tuple[Projection, Trajectories]] = {}
        self.__dict__.pop("accuracy_by_sign", None)

    def open(self, activations: Activations, projections: Mapping[int, Projection] | None = None) -> None:
        """Replace the activations, reset the state and emit `data_changed`."""
        self._set(activations, projections)
        self.data_changed.emit()

    def update(self, **changes: Any) -> None:
        """Change fields of the state and emit `changed` once, if anything differs."""
        new = replace(self.state, **changes)
        if new == self.state:
            return
        old, self.state = self.state, new
        other_range = self._range_of_the_others(old)
        self.changed.emit(new, old)
        for dims in other_range:
            self.paths_changed.emit(dims)

    def watch(self, names: Iterable[str], callback: Callable[[], object]) -> Callable[[], None]:
        """Call `callback` after each state change in which any of these fields differs.

        Watchers and slots of `changed` are called in the order in which they were connected. A bound method is held
        weakly, as psygnal does: the watch ends when its object is gone. Any other callable is held.

        Parameters
        ----------
        names : iterable of str
            Fields of `SessionState`.
        callback : callable
            Takes no arguments.

        Returns
        -------
        callable
            Ends the watch; may be called twice.

        Raises
        ------
        ValueError
            If there is no such field.
        """
        names = tuple(names)
        unknown = [name for name in names if name not in DECLARED]
        if unknown or not names:
            raise ValueError(f"no fields of the state: {', '.join(unknown) or 'none named'}")
        watched = attrgetter(*names)
        held = WeakMethod(callback) if isinstance(callback, MethodType) else lambda: callback

        def look(new: SessionState, old: SessionState) -> None:
            call = held()
            if call is None:
                stop()
            elif watched(new) != watched(old):
                call()

        def stop() -> None:
            self.changed.disconnect(look, missing_ok=True)

        self.changed.connect(look)
        return stop

    def point_at(self, pointed: Pointed | None) -> None:
        """Set the item under the pointer, and emit `pointed_changed` if it differs."""
        if pointed != self.pointed:
            self.pointed = pointed
            self.pointed_changed.emit(pointed)

    def choose_tool(self, tool: Tool) -> None:
        """Set the tool, and emit `tool_changed` if it differs."""
        if tool is not self.tool:
            self.tool = tool
            self.tool_changed.emit(tool)

    def show_variant(self, variant: Variant | None) -> None:
        """Show a changed recording beside its own path and hands, or none."""
        if variant is not self.variant:
            self.variant = variant
            self.annotations_changed.emit()

    @property
    def beside(self) -> Beside:
        """What maps show beside the recordings' own paths, as it is now."""
        return Beside(self.variant, self.step_marks)

    def mark_steps(self, marks: tuple[StepMark, ...]) -> None:
        """Mark steps on the recordings' paths, in place of those that are marked."""
        if marks != self.step_marks:
            self.step_marks = marks
            self.annotations_changed.emit()

    def shown(self) -> np.ndarray:
        """Return which recordings are shown, bool, shape (recordings,)."""
        return self.state.shown(self.activations)

    @property
    def projections(self) -> dict[int, Projection]:
        """Projections shown in the views, by number of dimensions."""
        chosen = {dims: self._offered.get(self.state.run(dims), self._own.get(dims)) for dims in (2, 3)}
        return {dims: projection for dims, projection in chosen.items() if projection is not None}

    def add_projection(self, name: str, projection: Projection) -> None:
        """Register a projection under a name that `run_2d` and `run_3d` can then take.

        Raises
        ------
        UserError
            If it is of other activations.
        """
        if len(projection.points) != self.activations.real_steps:
            raise UserError("This map was made of other recordings than those that are open.")
        self._offered[name] = projection

    def has_projection(self, name: str) -> bool:
        """Return whether a projection of that name was added; the activations' own has the empty name."""
        return not name or name in self._offered

    def projection_named(self, name: str) -> Projection:
        """Return the projection that was added under a name; KeyError where there is none."""
        return self._offered[name]

    def show_learning(self, dims: int, projection: Projection | None) -> None:
        """Show a projection that is still being learned in place of the state's own; None shows that one again."""
        if self._learning.get(dims) is projection:
            return
        if projection is None:
            del self._learning[dims]
        else:
            self._learning[dims] = projection
        self.paths_changed.emit(dims)

    def is_learning(self, dims: int) -> bool:
        """Return whether a projection that is still being learned is shown in place of the state's own."""
        return dims in self._learning

    def adopt_learned(self, dims: int, name: str, projection: Projection) -> None:
        """Add a trained projection and show it, in place of the snapshot from `show_learning`.

        Raises
        ------
        UserError
            If it is of other activations.
        """
        self.add_projection(name, projection)
        self._learning.pop(dims, None)
        self.update(**{f"run_{dims}d": name})

    def set_measured(self, projection: Projection, found: PointQuality) -> None:
        """Add quality measures to a projection, and emit `paths_changed` where a view draws them.

        Call in the window's thread, as all that changes a session.
        """
        projection.measured.add(found)
        shown = self.projections
        share_ranges(shown.values())
        if self._draws(found) and any(each is projection for each in shown.values()):
            # The other map has the same range of colours, where it has the same measure.
            for dims in [dims for dims, each in shown.items() if each is projection or each.measured.holds(found)]:
                self.paths_changed.emit(dims)

    def _range_of_the_others(self, old: SessionState) -> list[int]:
        """Give the maps that are shown now one range of colours; return those that stay and are drawn with another."""
        if (old.run_2d, old.run_3d) == (self.state.run_2d, self.state.run_3d):
            return []
        shown = self.projections
        before = {dims: each.measured.beside for dims, each in shown.items()}
        share_ranges(shown.values())
        return [
            dims
            for dims, each in shown.items()
            if old.run(dims) == self.state.run(dims)
            and any(side is not None and self._draws(side) for side in (before[dims], each.measured.beside))
        ]

    def _draws(self, found: PointQuality) -> bool:
        colouring, neighbours = self.state.colouring, self.state.neighbours
        return (
            (colouring is Colouring.ERROR and found.error is not None)
            or (colouring is Colouring.TRUST and neighbours in found.trust)
            or (colouring is Colouring.CONTINUITY and neighbours in found.continuity)
            or (colouring is Colouring.DISTORTION and found.distortion is not None)
            or (self.state.spread and found.ends is not None)
            or (self.state.landscape and bool(found.landscapes))
            or self.state.resting in found.resting
        )

    def set_step_labels(self, labels: Mapping[str, StepLabels]) -> None:
        """Add labels of steps to the activations, and emit `paths_changed` where colour stands for labels.

        Call in the window's thread, as all that changes a session.
        """
        add_step_labels(self.activations, labels)
        if self.state.colouring is Colouring.LABEL:
            for dims in self.projections:
                self.paths_changed.emit(dims)

    def set_predictions(self, activations: Activations, predictions: Predictions) -> None:
        """Cache predictions, and emit `predictions_changed` if their activations are open.

        Call in the window's thread, as all that changes a session.
        """
        store_predictions(activations, predictions)
        if activations is self.activations:
            self.predictions_changed.emit()

    def trajectories(self, dims: int) -> Trajectories | None:
        """Return the paths in 2 or 3 dimensions on the current scale; None where there is no such projection."""
        projection = self._learning.get(dims) or self.projections.get(dims)
        if projection is None:
            return None
        key = (dims, self.state.log_scale)
        before = self._trajectories.get(key)
        if before is not None and before[0] is projection:
            return before[1]
        like = next((paths for _, paths in self._trajectories.values()), None)
        paths = Trajectories.build(self.activations, projection, self.state.log_scale, like)
        self._trajectories[key] = projection, paths
        return paths

    @cached_property
    def accuracy_by_sign(self) -> np.ndarray:
        """Fraction of each sign's recordings that are classified right, shape (signs,); NaN where nothing is known."""
        a = self.activations
        known = a.predicted >= 0
        total = np.bincount(a.sign[known], minlength=len(a.signs))
        right = np.bincount(a.sign[known & (a.predicted == a.sign)], minlength=len(a.signs))
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(total > 0, right / total, np.nan)
