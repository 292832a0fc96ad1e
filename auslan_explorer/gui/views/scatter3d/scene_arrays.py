"""Arrays of the 3-D scene (colours, line style, label candidates) from the session's state; without OpenGL."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from weakref import WeakKeyDictionary

import numpy as np

from auslan_explorer.core.central import central_recordings
from auslan_explorer.core.colours import vertex_colouring
from auslan_explorer.core.predictions import known_predictions
from auslan_explorer.core.session import PER_STEP, Colouring, Session, SessionState
from auslan_explorer.core.signs import short_name
from auslan_explorer.core.trajectories import Trajectories, find_owned
from auslan_explorer.draw.naming import GREYED, Playheads, SignLabel, find_playheads, typical_recordings
from auslan_explorer.draw.path_layers import sparsity
from auslan_explorer.draw.theme import LIGHT, RGB

# Opacity of 255 of a point, a last step, a selected and a muted point: low enough that overlaps show density.
POINT_OPACITY, LAST_OPACITY, SELECTED_OPACITY, MUTED_OPACITY = 105, 215, 235, 36
_FEW = 8
"""Vertices of which one on top makes it faster to look for those on top alone."""
MAX_WITH_LINES = 150
"""Most recordings with joining lines; more would hide the points and slow down turning."""


def find_picked(state: SessionState, shown: np.ndarray) -> np.ndarray | None:
    """Return which of the recordings that are shown are selected; None where none is, and nothing is greyed."""
    picked = shown & state.selected.mask(len(shown))
    return picked if picked.any() else None


def line_mask(state: SessionState, shown: np.ndarray) -> np.ndarray:
    """Return a mask of the recordings with joining lines, bool, shape (recordings,).

    All that are shown if they are few or points are off; else the selected ones if those are few; else none.
    """
    nobody = np.zeros_like(shown)
    if state.last_only or not state.lines:
        return nobody
    if not state.points or int(shown.sum()) <= MAX_WITH_LINES:
        return shown
    picked = shown & state.selected.mask(len(shown))
    return picked if int(picked.sum()) <= MAX_WITH_LINES else nobody


@dataclass(frozen=True)
class LineStyle:
    """Style of the joining lines.

    Attributes
    ----------
    foreground : tuple of float, or None
        Red, green and blue, 0 to 1; None for the colours of the joined points.
    alpha : float
        Opacity, 0 to 1.
    mutes_unselected : bool
        Whether lines that are not selected are fainter, as their points are.
    few : float
        How few paths are selected, 1 for one: their lines are as wide and as strong as on the 2-D map.
    """

    foreground: tuple[float, float, float] | None = (0.0, 0.0, 0.0)
    alpha: float = 0.1
    mutes_unselected: bool = False
    few: float = 0.0

    @property
    def few_alpha(self) -> float:
        """Opacity of the lines of few selected paths, which are drawn over each other; 0 to 1."""
        return 0.65 * self.few


def line_style(state: SessionState, with_lines: np.ndarray, foreground: RGB) -> LineStyle:
    """Return the line style; `with_lines` is from `line_mask`, `foreground` the theme's colour for lines."""
    picked = find_picked(state, with_lines)
    strong = with_lines if picked is None else picked
    alpha = 0.3 if int(strong.sum()) <= MAX_WITH_LINES else 0.05
    # As in 2-D: a path of one colour has a line of that colour, which is stronger without points.
    coloured = state.colouring not in PER_STEP
    if coloured and not state.points:
        alpha *= 3
    r, g, b = (channel / 255 for channel in foreground)
    few = 0.0 if picked is None else sparsity(int(picked.sum()))
    return LineStyle(None if coloured else (r, g, b), alpha, picked is not None, few)


@dataclass(frozen=True, eq=False)
class VertexPositions:
    """Positions of vertices, looked up for those that are drawn: a copy in another order would take as much again.

    Attributes
    ----------
    vertices : ndarray of float32, shape (vertices, 3)
    order : ndarray of int, shape (vertices,)
        Vertices in the order by which they are asked for.
    """

    vertices: np.ndarray
    order: np.ndarray

    def __len__(self) -> int:
        return len(self.order)

    def of(self, rows: np.ndarray) -> np.ndarray:
        """Return the positions of vertices, indices of shape (n,); float32, shape (n, 3)."""
        return self.vertices.take(self.order.take(rows), axis=0)


NO_VERTICES = VertexPositions(np.zeros((0, 3), dtype=np.float32), np.zeros(0, dtype=np.int32))


@dataclass(frozen=True, eq=False)
class VertexColours:
    """Colours of vertices in one state, looked up for those that are drawn.

    Attributes
    ----------
    rgb : callable
        From vertices of the paths, indices of shape (n,), to colours, uint8, shape (n, 3).
    recording : ndarray of int, shape (vertices,)
        In the order by which they are asked for, as `order`.
    last : ndarray of bool, shape (vertices,)
        Vertices of last steps.
    top : ndarray of bool, shape (recordings + 1,), or None
        Recordings that are drawn on top; the last entry is for the shared prefix.
    faint : ndarray of uint8, shape (4,), or None
        Colour of all that is not on top, while there is a selection.
    top_count : int
        Vertices that are drawn on top.
    order : ndarray of int, shape (vertices,)
        As of `VertexPositions`.
    """

    rgb: Callable[[np.ndarray], np.ndarray]
    recording: np.ndarray
    last: np.ndarray
    top: np.ndarray | None
    faint: np.ndarray | None
    top_count: int
    order: np.ndarray

    def on_top(self, rows: np.ndarray) -> np.ndarray | None:
        """Return which vertices are drawn on top, bool, shape (n,); None where there are none."""
        return None if self.top is None else self._top_vertices.take(rows)

    def top_rows(self, rows: np.ndarray) -> np.ndarray:
        """Return the places in `rows` of vertices that are on top, ascending, int64, shape (m,)."""
        if self.top is None:
            return np.zeros(0, dtype=np.int64)
        top = np.flatnonzero(self._top_vertices).astype(rows.dtype)
        if _FEW * len(top) < len(rows) and (rows[1:] > rows[:-1]).all():
            at = np.searchsorted(rows, top)
            return at[rows.take(at, mode="clip") == top]
        return np.flatnonzero(self._top_vertices.take(rows))

    @cached_property
    def _top_vertices(self) -> np.ndarray:
        """Which of all vertices are on top, bool, shape (vertices,)."""
        assert self.top is not None
        if self.top[-1]:
            return self.top.take(self.recording)
        return find_owned(self.recording, self.top[:-1])

    def of(self, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray | None]:
        """Return the RGBA colours of vertices, uint8, shape (n, 4), and which are on top."""
        vertices = self.order.take(rows)
        rgba = np.empty((len(vertices), 4), dtype=np.uint8)
        rgba[:, :3] = self.rgb(vertices)
        on_top = self.on_top(rows)
        if self.faint is not None and on_top is not None:
            rgba[:, 3] = SELECTED_OPACITY
            # A colour as one number: choosing by a mask takes a tenth of what four bytes each take.
            chosen = np.where(on_top, rgba.view(np.uint32)[:, 0], self.faint.view(np.uint32))
            return chosen.view(np.uint8).reshape(-1, 4), on_top
        rgba[:, 3] = np.where(self.last.take(vertices), np.uint8(LAST_OPACITY), np.uint8(POINT_OPACITY))
        if on_top is not None:
            rgba[on_top, 3] = SELECTED_OPACITY
        return rgba, on_top


def vertex_colours(
    session: Session, paths: Trajectories, grey: RGB, order: np.ndarray, recording: np.ndarray
) -> VertexColours:
    """Return the colours of vertices in the session's present state.

    Parameters
    ----------
    session : Session
        Its state has the colouring and the selection: what is selected is on top; without a selection mistakes are,
        where colour tells them.
    paths : Trajectories
    grey : RGB
        Colour of unselected recordings while there is a selection.
    order, recording : ndarray of int, shape (vertices,)
        As of `VertexColours`.
    """
    state, activations = session.state, session.activations
    last = np.zeros(len(paths.step), dtype=bool)
    last[paths.last_vertex[paths.lengths > 0]] = True
    picked = find_picked(state, session.shown())
    top = _mistaken(session) if picked is None else picked
    opacity = 2 * MUTED_OPACITY if state.last_only else MUTED_OPACITY
    return VertexColours(
        rgb=vertex_colouring(activations, state, paths.step, paths.recording, grey, paths.measured),
        recording=recording,
        last=last,
        top=None if top is None else np.append(top, False),
        faint=None if picked is None else np.array((*grey, opacity), dtype=np.uint8),
        top_count=0 if top is None else int(paths.lengths[top].sum()),
        order=order,
    )


def _mistaken(session: Session) -> np.ndarray | None:
    """Return which recordings are mistakes, which lie above the many that are right where colour tells them."""
    a = session.activations
    wrong = (a.predicted >= 0) & (a.predicted != a.sign)
    return wrong if session.state.colouring is Colouring.ANSWER and wrong.any() else None


@dataclass
class LabelCandidates:
    """Labels to be placed by the overlay, by priority.

    Attributes
    ----------
    vertices : ndarray of float32, shape (n, 3)
        What they label: last steps or playheads.
    texts : list of str
    verdicts : list of str
        Wrong predictions beside the texts, with a cross; empty where there is none.
    kinds : list of int
        Labels of the same sign (or, at playheads, the same recording) have the same number.
    signs : list of int
        What a click on each selects.
    rank : ndarray of int, shape (n,)
        Lower ranks are placed first; within a rank, those nearest to the viewer.
    of_selection : bool
        Whether they label selected recordings.
    at_playheads : bool
        Whether they are at playheads, and are therefore placed anew at every step.
    playheads : tuple of SignLabel
        The playheads to mark.
    """

    vertices: np.ndarray = field(default_factory=lambda: np.zeros((0, 3), dtype=np.float32))
    texts: list[str] = field(default_factory=list)
    verdicts: list[str] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)
    signs: list[int] = field(default_factory=list)
    rank: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=int))
    of_selection: bool = False
    at_playheads: bool = False
    playheads: tuple[SignLabel, ...] = ()

    def is_greyed(self, label: int) -> bool:
        """Return whether a label names a sign that is greyed beside a selection."""
        return int(self.rank[label]) == GREYED

    @cached_property
    def centre(self) -> np.ndarray:
        """Centre of the labelled vertices, shape (1, 3); labels stand on the side away from it."""
        return ((self.vertices.max(axis=0) + self.vertices.min(axis=0)) / 2)[None]


def playhead_candidates(
    session: Session, paths: Trajectories, shown: np.ndarray, playheads: Playheads
) -> LabelCandidates:
    """Return label candidates at the playheads of the current step, with the network's prediction there."""
    strong = find_picked(session.state, shown) is not None
    begun = [
        (label, int(sign))
        for label, sign in zip(playheads.labels_at(session.state.step), playheads.signs, strict=True)
        if np.isfinite(label.position[0])
    ]
    labels = [label for label, _ in begun]
    if not labels:
        return LabelCandidates()
    return LabelCandidates(
        np.array([label.position for label in labels], dtype=np.float32),
        [label.text for label in labels],
        [label.verdict for label in labels],
        # Each at its own recording: none is too near to another of its sign.
        list(range(len(labels))),
        [sign for _, sign in begun],
        np.array([label.rank for label in labels]),
        strong,
        at_playheads=True,
        playheads=tuple(label for label in labels if label.playhead is not None),
    )


_playhead_cache: WeakKeyDictionary[Trajectories, tuple[object, Playheads]] = WeakKeyDictionary()


def _find_playheads(session: Session, paths: Trajectories, shown: np.ndarray) -> Playheads:
    """Return the playheads to label during playback; cached for all steps of one state."""
    a, state = session.activations, session.state
    answers = known_predictions(a)
    key = (replace(state, step=0), answers is None)
    kept = _playhead_cache.get(paths)
    if kept is None or kept[0] != key:
        picked = find_picked(state, shown)
        front = shown if picked is None else picked
        # The same as on the map: one sign with two playheads of different predictions would be confusing.
        typical = typical_recordings(a, session.trajectories(2) or paths, shown, front)
        kept = key, find_playheads(a, paths, typical, front, state, LIGHT, answers)
        _playhead_cache[paths] = kept
    return kept[1]


def label_candidates(session: Session, paths: Trajectories, shown: np.ndarray) -> LabelCandidates:
    """Return label candidates for the last steps that are visible, or for the playheads during playback.

    Parameters
    ----------
    session : Session
    paths : Trajectories
    shown : ndarray of bool, shape (recordings,)
    """
    state, activations = session.state, session.activations
    if state.labels and not state.last_only and state.step < paths.steps - 1:
        return playhead_candidates(session, paths, shown, _find_playheads(session, paths, shown))
    wanted = shown & (paths.lengths > 0) & (paths.first_step + paths.lengths - 1 <= state.own_steps(activations))
    picked = find_picked(state, shown)
    chosen = wanted & (False if picked is None else picked)
    central = np.zeros(len(wanted), dtype=bool)
    central[central_recordings(paths, activations.sign, wanted, chosen)] = True
    which, greyed = np.flatnonzero(wanted), np.zeros(0, dtype=np.int64)
    if picked is not None:
        which = np.flatnonzero(chosen)
        greyed = np.flatnonzero(central & ~np.isin(activations.sign, activations.sign[which]))
    if not (len(which) + len(greyed) and state.labels):
        return LabelCandidates()
    # Each sign's most central last step is labelled first, so that a label stands where the sign ends.
    rank = np.append(np.where(central[which], 0, 1), np.full(len(greyed), GREYED))
    which = np.append(which, greyed)
    signs, names = activations.sign[which].tolist(), [short_name(name) for name in activations.names]
    return LabelCandidates(
        paths.vertices[paths.last_vertex[which]],
        [names[s] for s in signs],
        [""] * len(signs),
        signs,
        signs,
        rank,
        picked is not None,
    )
