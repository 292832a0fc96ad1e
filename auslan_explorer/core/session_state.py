"""The frozen state of what is shown; each field is declared with what a change of it invalidates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from enum import StrEnum

import numpy as np

from .activations import Activations
from .clock import FIRST_SPEED, Repeat
from .playing import WHOLE, Alignment, Trail, own_step
from .resting import HeldInput
from .selected import Selected
from .state_fields import Dirty, declarations, touches, united


class Colouring(StrEnum):
    """What the colour of a point represents."""

    TIME = "time"
    SIGN = "sign"
    SPLIT = "split"
    ANSWER = "answer"
    HANDS = "hands"
    SESSION = "session"
    CONFIDENCE = "confidence"
    DISTANCE = "distance"
    ERROR = "error"
    TRUST = "trustworthiness"
    CONTINUITY = "continuity"
    DISTORTION = "step distortion"
    LABEL = "label"


OF_MAP = frozenset({Colouring.ERROR, Colouring.TRUST, Colouring.CONTINUITY, Colouring.DISTORTION})
"""Colourings by a quality measure of the projection, `core.projection.PointQuality`."""
PER_STEP = frozenset({Colouring.TIME, Colouring.CONFIDENCE, Colouring.DISTANCE, Colouring.LABEL}) | OF_MAP
"""Colourings in which the colour changes along a path."""
NEIGHBOURS = 12
"""Default neighbours k of trustworthiness and continuity."""
MOST_NEIGHBOURS = 200
HAND_THRESHOLD = 0.25
"""The article's threshold on `Activations.hand_ratio`: below it a recording is made with the right hand alone."""
HIGHEST_THRESHOLD = 10.0


class Tool(StrEnum):
    """Tool of the pointer: what dragging in a view does."""

    POINTER = "pointer"
    LASSO = "lasso"
    BOX = "box"


class Layout(StrEnum):
    """Which views are visible."""

    BOTH = "both"
    MAP_2D = "2d"
    MAP_3D = "3d"


_RECORDINGS = Dirty.COLOURS | Dirty.SHOWN
"""Invalidated by a change of which recordings are shown or selected."""


@dataclass(frozen=True)
class SessionState:
    """Immutable state of everything that is shown; each field is declared with what a change of it invalidates.

    Attributes
    ----------
    visible_signs : frozenset of int
        Signs whose check box is on.
    splits : frozenset of int
        Splits whose recordings are shown, codes of `core.splits`.
    selected : Selected
        Recordings that keep their colour while the rest turns grey; empty: nothing is greyed.
    step : int
        Position up to which paths have grown: the network's step, or what `alignment` makes of it; the last one shows
        them whole.
    alignment : Alignment
    trail : Trail
        Length of the part of a path that is drawn around its playhead.
    ghost : bool
        Whether whole paths are drawn faintly beneath those that grow.
    settled : bool
        Whether the step from which the network's prediction no longer changes is marked on every path shown; on
        selected paths it always is.
    speed : float
        Times real time, one of `core.clock.SPEEDS`.
    repeat : Repeat
    section : tuple of int, or None
        First and last position that are played; None for all.
    every_step : bool
        Whether playback never skips a step.
    colouring : Colouring
    log_scale : bool
        The article's signed log.
    points, lines, labels : bool
        What is drawn of a path.
    faint_jumps : bool
        Whether lines over jumps (`Trajectories.jumps`) are drawn faintly on the 2-D map, and left out in the 3-D view.
    last_only : bool
        Only the last step of each recording (article, figure 4).
    layout : Layout
    isolate : bool
        Whether what is not selected is hidden, where anything is selected, in place of greyed.
    mistakes : bool
        Whether each misclassified recording is labelled at its last step: the true sign above, the prediction below.
    hand_threshold : float
        `Activations.hand_ratio` from which both hands count as used.
    neighbours : int
        Neighbours k that trustworthiness and continuity are measured with.
    label_column : str
        Name of the labels of steps that colour stands for; empty: the first.
    spread : bool
        Whether the spread of signs' end points over an ensemble of retrained maps is drawn.
    landscape : bool
        Whether the network's answer is drawn at each place of the 2-D map.
    resting : HeldInput
        Under which input that stays the network's resting points are shown.
    flow : bool
        Whether the mean movement of paths is drawn as arrows on the 2-D map.
    figure : int
        Number of the figure that was chosen last, whether or not it still is what is shown; 0 where none was.
    run_2d, run_3d : str
        Name of the projection on the 2-D map and in the 3-D view, as added by `Session.add_projection`. Empty: the
        one that the activations came with.
    """

    visible_signs: frozenset[int] = field(default=frozenset(), metadata=touches(_RECORDINGS, saved_as="signs"))
    splits: frozenset[int] = field(default=frozenset(), metadata=touches(_RECORDINGS, undo_text="splits"))
    selected: Selected = field(default=Selected(), metadata=touches(_RECORDINGS, fades=True))
    step: int = field(default=0, metadata=touches(Dirty.STEP, transient=True))
    colouring: Colouring = field(default=Colouring.TIME, metadata=touches(_RECORDINGS))
    log_scale: bool = field(default=True, metadata=touches(Dirty.SCALED, undo_text="signed log scale {}"))
    points: bool = field(default=True, metadata=touches(Dirty.SHOWN, undo_text="points {}"))
    lines: bool = field(default=True, metadata=touches(Dirty.SHOWN, undo_text="lines {}"))
    faint_jumps: bool = field(default=False, metadata=touches(Dirty.SHOWN, undo_text="faint lines over jumps {}"))
    labels: bool = field(default=True, metadata=touches(Dirty.NAMES, undo_text="names {}"))
    last_only: bool = field(default=False, metadata=touches(_RECORDINGS, undo_text="only last steps {}"))
    layout: Layout = field(default=Layout.BOTH, metadata=touches(undo_text="layout", shared=False))
    isolate: bool = field(default=False, metadata=touches(Dirty.SHOWN, undo_text="isolate", fades=True))
    mistakes: bool = field(default=False, metadata=touches(Dirty.MISTAKES, undo_text="names of mistakes {}"))
    hand_threshold: float = field(
        default=HAND_THRESHOLD,
        # The threshold's line, when it is first moved, colours by what it parts.
        metadata=touches(Dirty.COLOURS, undo_text="threshold of hand usage", merges_with=frozenset({"colouring"})),
    )
    neighbours: int = field(default=NEIGHBOURS, metadata=touches(Dirty.COLOURS, undo_text="number of neighbours"))
    label_column: str = field(default="", metadata=touches(_RECORDINGS, undo_text="which labels"))
    spread: bool = field(default=False, metadata=touches(Dirty.SPREAD, undo_text="spread over retrained maps {}"))
    landscape: bool = field(default=False, metadata=touches(Dirty.SPREAD, undo_text="decision landscape {}"))
    flow: bool = field(default=False, metadata=touches(Dirty.SPREAD, undo_text="flow {}"))
    resting: HeldInput = field(default=HeldInput.NONE, metadata=touches(Dirty.MARKS, undo_text="resting points"))
    figure: int = field(default=0, metadata=touches(Dirty.NAMES, undo_text="figure"))
    run_2d: str = field(default="", metadata=touches(Dirty.MOVED_2D, undo_text="2-D map", shared=False))
    run_3d: str = field(default="", metadata=touches(Dirty.MOVED_3D, undo_text="3-D map", shared=False))
    alignment: Alignment = field(default=Alignment.NETWORK, metadata=touches(Dirty.DATA, undo_text="alignment"))
    trail: Trail = field(default=WHOLE, metadata=touches(Dirty.SHOWN, undo_text="trail"))
    ghost: bool = field(default=False, metadata=touches(Dirty.MARKS, undo_text="whole paths beneath {}"))
    settled: bool = field(default=False, metadata=touches(Dirty.MARKS, undo_text="settled steps {}"))
    speed: float = field(default=FIRST_SPEED, metadata=touches(transient=True, user_pref=True))
    repeat: Repeat = field(default=Repeat.ONCE, metadata=touches(transient=True, user_pref=True))
    section: tuple[int, int] | None = field(default=None, metadata=touches(transient=True))
    every_step: bool = field(default=False, metadata=touches(transient=True, user_pref=True))

    def __post_init__(self) -> None:
        if not isinstance(self.selected, Selected):
            object.__setattr__(self, "selected", Selected(self.selected))

    def run(self, dims: int) -> str:
        """Return the name of the projection shown in 2 or 3 dimensions; empty for the activations' own."""
        return self.run_2d if dims == 2 else self.run_3d

    def shown(self, activations: Activations) -> np.ndarray:
        """Return which recordings are shown, bool, shape (recordings,)."""
        signs = np.zeros(len(activations.signs), dtype=bool)
        signs[list(self.visible_signs)] = True
        shown = signs[activations.sign] & np.isin(activations.split, list(self.splits))
        if self.isolate and self.selected:
            shown &= self.selected.mask(len(shown))
        return shown

    def own_steps(self, activations: Activations, recordings: np.ndarray | None = None) -> np.ndarray:
        """Return the network's step that recordings have reached, int32, shape (n,); see `core.playing.own_step`."""
        which = slice(None) if recordings is None else recordings
        first, lengths = activations.first_step[which], activations.lengths[which]
        return own_step(self.alignment, activations.steps, self.step, first, lengths)

    def steps_reached(self, activations: Activations, recording: int) -> int:
        """Return how many of a recording's real steps have been reached."""
        first = int(activations.first_step[recording])
        return int(self.own_steps(activations, np.array([recording]))[0]) - first + 1


DECLARED = declarations(SessionState)
"""Declaration of each field, by name."""
TRANSIENT = frozenset(name for name, each in DECLARED.items() if each.transient)
"""Fields of playback itself, which are not undone."""
USER_PREFS = frozenset(name for name, each in DECLARED.items() if each.user_pref)
"""Fields that are kept when other activations are opened."""
FADING = frozenset(name for name, each in DECLARED.items() if each.fades)
"""Fields whose change is cross-faded."""


def opening_state(activations: Activations) -> SessionState:
    """Return the initial state of new activations: everything shown, paths whole."""
    return SessionState(
        visible_signs=frozenset(range(len(activations.signs))),
        splits=activations.splits_present,
        step=activations.steps - 1,
    )


def invalidated(changed: Iterable[str]) -> Dirty:
    """Return which parts of a picture have to be redrawn after a change of these fields."""
    return united(DECLARED[name].invalidates for name in changed)


def changed_fields(new: SessionState, old: SessionState) -> set[str]:
    """Return the names of the fields in which two states differ."""
    return {f.name for f in fields(SessionState) if getattr(new, f.name) != getattr(old, f.name)}
