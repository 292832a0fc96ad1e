"""Layers of paths: how strong their points and lines are drawn, and in which order and colours."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.colours import recording_colours, vertex_colouring
from auslan_explorer.core.playing import position_of
from auslan_explorer.core.predictions import Predictions
from auslan_explorer.core.session import PER_STEP, Colouring, SessionState
from auslan_explorer.core.trajectories import Trajectories

from .layer import Growth, Layer, Lines, Points, Rows, WholeRows
from .legend import SettledMark
from .theme import RGB, Theme

_JUMP_SHARE = 0.15
"""Opacity of a line over a jump as a share of other lines'."""
# Few paths are drawn stronger than many: faint enough for 1974 recordings, clear for the 54 of two signs.
_FEW, _MANY = 54, 1974
_USUAL_STEPS = 100
"""Steps up to which a recording's length makes its lines no fainter; the article's network reads 90."""


def coloured_layers(
    activations: Activations, t: Trajectories, state: SessionState, theme: Theme, recordings: np.ndarray
) -> list[Layer]:
    """Return the layers of recordings in colour: the few mistakes above what is right, where colour tells them."""
    wrong = recordings & (activations.predicted >= 0) & (activations.predicted != activations.sign)
    apart = state.colouring is Colouring.ANSWER and wrong.any()
    parts = (recordings & ~wrong, wrong) if apart else (recordings,)
    return [layer for part in parts for layer in path_layers(activations, t, state, theme, part, grey=False)]


def path_layers(
    activations: Activations,
    t: Trajectories,
    state: SessionState,
    theme: Theme,
    recordings: np.ndarray,
    *,
    grey: bool,
) -> list[Layer]:
    """Return the layers of some recordings' paths, in colour or in the grey of what is not selected.

    Lines over jumps are a layer of their own beneath, where the state has them faint.
    """
    if not (state.faint_jumps and state.lines and not state.last_only):
        return [_path_layer(activations, t, state, theme, recordings, grey)]
    return [_path_layer(activations, t, state, theme, recordings, grey, jumps=jumps) for jumps in (True, False)]


def _path_layer(
    activations: Activations,
    t: Trajectories,
    state: SessionState,
    theme: Theme,
    recordings: np.ndarray,
    grey: bool,
    jumps: bool | None = None,
) -> Layer:
    """Return a layer of paths with all lines, with those over jumps alone (and no points), or with all others."""
    count = max(int(recordings.sum()), 1)
    weight = _weight(t, recordings)
    crowd = _crowd(weight)
    coloured = state.colouring not in PER_STEP and not state.points
    few = 0.0 if grey or not state.selected else sparsity(count)
    strength = 0.5 if grey else 1.0
    points, lines = _counts(t, state, recordings, grey, jumps)
    return Layer.deferred(
        partial(_rows, activations, t, state, theme, recordings, grey, jumps),
        points,
        lines,
        None if state.last_only else partial(_whole, activations, t, state, theme, recordings, grey, jumps),
        radius=2.2 - 0.6 * crowd + 1.3 * few + (0.6 if state.last_only else 0.0),
        line_width=1.0 + 1.6 * few,
        alpha=strength * (0.8 - 0.35 * crowd + 0.15 * few),
        line_alpha=max(strength * _line_alpha(weight, coloured=coloured), 0.65 * few) * (_JUMP_SHARE if jumps else 1),
    )


def _rows(
    activations: Activations,
    t: Trajectories,
    state: SessionState,
    theme: Theme,
    recordings: np.ndarray,
    grey: bool,
    jumps: bool | None,
    points: int,
    lines: int,
) -> Rows:
    """Return the rows of a layer: every `points`-th point and every `lines`-th line, of none where it is 0."""
    times = t.schedule(state.alignment, state.trail)
    vertices = _chosen_vertices(t, state, recordings, grey, 0 if jumps else points)
    joins = _chosen_lines(t, state, recordings, grey, lines, jumps)
    # `take` is several times faster than indexing, and millions of rows may be taken here.
    first, second = t.segments.take(joins, axis=0).T
    line_recording = t.segment_recording.take(joins)
    rgb, line_rgb = _colours(activations, t, state, theme, grey)
    return {
        "positions": t.vertices.take(vertices, axis=0),
        "rgb": rgb(vertices),
        "growth": Growth.build(*times.vertex_times(vertices)),
        "starts": t.vertices.take(first, axis=0),
        "ends": t.vertices.take(second, axis=0),
        "line_rgb": line_rgb(line_recording),
        "line_growth": Growth.build(*times.segment_times(joins)),
        "line_recording": line_recording,
    }


_Colours = Callable[[np.ndarray], np.ndarray]


def _colours(
    activations: Activations, t: Trajectories, state: SessionState, theme: Theme, grey: bool
) -> tuple[_Colours, _Colours]:
    """Return the functions from vertices, and from the recordings of lines, to their colours."""
    grey_rgb = np.array(theme.grey, dtype=np.uint8)
    if grey:
        return lambda _: grey_rgb, lambda _: grey_rgb
    rgb = vertex_colouring(activations, state, t.step, t.recording, theme.grey, t.measured)
    if state.colouring in PER_STEP:
        line_rgb = np.array(theme.line, dtype=np.uint8)
        return rgb, lambda _: line_rgb
    # One row more than recordings: the last is for the shared prefix (-1).
    table = np.concatenate([recording_colours(activations, state), grey_rgb[None]])
    return rgb, lambda recordings: table.take(recordings, axis=0)


def _whole(
    activations: Activations,
    t: Trajectories,
    state: SessionState,
    theme: Theme,
    recordings: np.ndarray,
    grey: bool,
    jumps: bool | None,
) -> WholeRows:
    """Return the rows of a layer in the order in which they lie in memory, which is the fastest to go through."""
    rgb, line_rgb = _colours(activations, t, state, theme, grey)

    def points(part: slice) -> Points:
        of_shown = t.shown_vertices(recordings, part, shared=not grey)
        rows = np.flatnonzero(of_shown) + part.start
        return t.vertices.take(rows, axis=0), rgb(rows)

    def lines(part: slice) -> Lines:
        joins, whose = t.segments[part], t.segment_recording[part]
        of_shown = t.shown_segments(recordings, part, shared=not grey)
        if jumps is not None:
            of_shown &= t.jumps[part] == jumps
        if not of_shown.all():
            joins, whose = joins.compress(of_shown, axis=0), whose.compress(of_shown)
        return t.vertices.take(joins[:, 0], axis=0), t.vertices.take(joins[:, 1], axis=0), line_rgb(whose)

    return WholeRows(
        len(t.vertices) if state.points and not jumps else 0, len(t.segments) if state.lines else 0, points, lines
    )


def ghost_layers(t: Trajectories, state: SessionState, theme: Theme, recordings: np.ndarray) -> tuple[Layer, ...]:
    """Return the layers of ghosts: whole paths drawn faintly, their lines alone where there are any."""
    if not state.ghost or state.last_only:
        return ()
    weight = _weight(t, recordings)
    nothing = np.zeros(0, dtype=np.int64)
    lines = _chosen_lines(t, state, recordings, grey=True) if state.lines else nothing
    vertices = nothing if state.lines else _chosen_vertices(t, state, recordings, grey=True)
    first, second = t.segments.take(lines, axis=0).T
    grey = np.array(theme.grey, dtype=np.uint8)
    ghost = Layer(
        positions=t.vertices.take(vertices, axis=0),
        rgb=grey,
        growth=Growth.at_once(len(vertices)),
        starts=t.vertices.take(first, axis=0),
        ends=t.vertices.take(second, axis=0),
        line_rgb=grey,
        line_growth=Growth.at_once(len(lines)),
        line_recording=t.segment_recording.take(lines),
        radius=1.6,
        line_width=1.0,
        alpha=0.5 * (0.4 - 0.2 * _crowd(weight)),
        line_alpha=_line_alpha(weight, coloured=False),
        ghost=True,
    )
    return (ghost,)


def settled_layers(
    t: Trajectories,
    state: SessionState,
    theme: Theme,
    recordings: np.ndarray,
    answers: Predictions | None,
    mark: SettledMark | None,
) -> list[Layer]:
    """Return marks at the steps from which predictions no longer change."""
    if answers is None or mark is None:
        return []
    which = np.flatnonzero(recordings & (answers.settled >= 0))
    vertices = t.last_vertex[which] - (t.first_step[which] + t.lengths[which] - 1 - answers.settled[which])
    reached = position_of(state.alignment, t.steps, answers.settled[which], t.first_step[which], t.lengths[which])
    order = np.argsort(reached, kind="stable")
    growth = Growth.build(reached[order])
    nothing = np.zeros((0, t.dims), dtype=np.float32)

    def discs(rgb: RGB, radius: float, alpha: float) -> Layer:
        return Layer(
            positions=t.vertices.take(vertices[order], axis=0),
            rgb=np.array(rgb, dtype=np.uint8),
            growth=growth,
            starts=nothing,
            ends=nothing,
            line_rgb=np.array(rgb, dtype=np.uint8),
            line_growth=Growth.at_once(0),
            line_recording=np.zeros(0, dtype=np.int32),
            radius=radius,
            line_width=1.0,
            alpha=alpha,
            line_alpha=1.0,
        )

    crowd = _crowd(max(len(which), 1))
    if mark is SettledMark.DOT:
        return [discs(theme.foreground, 2.6 - 0.8 * crowd, 0.8 - 0.3 * crowd)]
    return [discs(theme.foreground, 4.6, 0.95), discs(theme.background, 2.8, 0.995)]


def _weight(t: Trajectories, recordings: np.ndarray) -> float:
    """Return how many recordings some weigh as: as many as they are, or more where they have very many steps."""
    return max(int(recordings.sum()), int(t.lengths[recordings].sum()) / _USUAL_STEPS, 1)


def _crowd(recordings: float) -> float:
    """Return 0 for few recordings, 1 for all."""
    return float(np.clip(np.log(recordings / _FEW) / np.log(_MANY / _FEW), 0, 1))


def sparsity(recordings: int) -> float:
    """Return 1 for a single recording, 0 for the few of two signs and for more."""
    return float(np.clip(1 - np.log(recordings) / np.log(_FEW), 0, 1))


def _chosen_lines(
    t: Trajectories,
    state: SessionState,
    recordings: np.ndarray,
    grey: bool,
    every: int = 1,
    jumps: bool | None = None,
) -> np.ndarray:
    if not state.lines or state.last_only or not every:
        return np.arange(0)
    # As NumPy takes by them: else each of the steps below would convert them.
    order = t.schedule(state.alignment, state.trail).segment_order[::every].astype(np.intp)
    chosen = t.shown_segments(recordings, order, shared=not grey)
    if jumps is not None:
        chosen &= t.jumps.take(order) == jumps
    return order.compress(chosen)


def _chosen_vertices(
    t: Trajectories, state: SessionState, recordings: np.ndarray, grey: bool, every: int = 1
) -> np.ndarray:
    if not state.points or not every:
        return np.arange(0)
    times = t.schedule(state.alignment, state.trail)
    if state.last_only:
        ends = t.last_vertex[recordings & (t.lengths > 0)]
        return ends[np.argsort(times.appears[ends], kind="stable")][::every]
    order = times.order[::every].astype(np.intp)
    return order.compress(t.shown_vertices(recordings, order, shared=not grey))


def _counts(
    t: Trajectories, state: SessionState, recordings: np.ndarray, grey: bool, jumps: bool | None
) -> tuple[int, int]:
    """Return how many points and lines there are, without choosing them."""
    if state.last_only:
        return int((recordings & (t.lengths > 0)).sum()) if state.points else 0, 0
    points, lines = t.count_shown(recordings, shared=not grey)
    if jumps is not None:
        faint = int((t.jumps & t.shown_segments(recordings, shared=False)).sum())
        points, lines = (0, faint) if jumps else (points, lines - faint)
    return points if state.points else 0, lines if state.lines else 0


def _line_alpha(recordings: float, coloured: bool) -> float:
    """Return 0.3 for two signs' recordings, 0.05 for all; coloured lines carry the picture alone and are stronger."""
    alpha = float(np.clip(0.3 * np.sqrt(_FEW / recordings), 0.03, 0.3))
    return min(3 * alpha, 0.6) if coloured else alpha
