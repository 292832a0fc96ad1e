"""Scene of a map, ready to be drawn: layers of points and lines sorted by step, labels, legend.

Built from the session by one function for window, pictures and film, so that exports match the screen.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.colours import recording_colours, vertex_rgb
from auslan_explorer.core.playing import NEVER, Alignment, position_of
from auslan_explorer.core.predictions import Predictions, known_predictions
from auslan_explorer.core.projection import Projection
from auslan_explorer.core.session import PER_STEP, Colouring, SessionState
from auslan_explorer.core.trajectories import Trajectories
from auslan_explorer.draw.legend import LegendEntry, ScaleLegend, SettledMark, build_legend, settled_mark

from .layer import Growth, Layer, Rows
from .naming import Playheads, SignLabel, find_playheads, mistake_labels, sign_labels, typical_recordings
from .presets import find_figure
from .spread import SpreadEllipse, spread_ellipses, spread_extent
from .theme import RGB, Theme

# Few paths are drawn stronger than many: faint enough for 1974 recordings, clear for the 54 of two signs.
_FEW, _MANY = 54, 1974


@dataclass(frozen=True, eq=False)
class Scene:
    """Everything that is drawn of a map.

    Attributes
    ----------
    layers : tuple of Layer
        From back to front: what is not selected in grey, then what is coloured.
    labels : tuple of SignLabel
        Labels of whole paths.
    playheads : Playheads or None
        Labelled playheads while paths grow, in place of the signs at their last steps.
    axis_titles : tuple of str
    time_legend : ndarray of uint8, shape (steps, 3), or None
        Colours of the steps where colour stands for time.
    legend_entries : tuple of LegendEntry
        One entry per colour, where colours are categories.
    scale_legend : ScaleLegend or None
        Scale of another value that changes along a path.
    ellipses : tuple of SpreadEllipse
        Spread of the signs' ends on retrained maps.
    low, high : ndarray of float, shape (dims,)
        Extent of all paths of the activations, shown or not, so that the view does not jump.
    steps : int
        Number of positions of the playback.
    alignment : Alignment
        How recordings are aligned at a position.
    whole_at : int
        Position from which all paths are whole; beyond the last one where a trail shortens them.
    settled : SettledMark or None
        How the steps are marked from which predictions no longer change.
    caption, sentence : str
        Title and description of the article's figure that this is; empty where it is none.
    frame : tuple of ndarray of float, shape (dims,) each, or None
        Extent that a picture of everything shows, where that is less than `low` to `high`: that of a figure's signs.
    """

    layers: tuple[Layer, ...]
    labels: tuple[SignLabel, ...]
    axis_titles: tuple[str, ...]
    time_legend: np.ndarray | None
    legend_entries: tuple[LegendEntry, ...]
    low: np.ndarray
    high: np.ndarray
    steps: int
    scale_legend: ScaleLegend | None = field(default=None)
    ellipses: tuple[SpreadEllipse, ...] = ()
    alignment: Alignment = Alignment.NETWORK
    whole_at: int = 0
    settled: SettledMark | None = None
    caption: str = ""
    sentence: str = ""
    frame: tuple[np.ndarray, np.ndarray] | None = None
    playheads: Playheads | None = None

    def labels_at(self, position: int) -> tuple[SignLabel, ...]:
        """Return the labels at a position; while paths grow always as many, at NaN where one is not shown."""
        if position >= self.steps - 1:
            return self.labels
        nowhere = (float("nan"),) * len(self.low)
        standing = (
            self.labels if self.playheads is None else tuple(lb for lb in self.labels if lb.recording is not None)
        )
        standing = tuple(lb if lb.since <= position else replace(lb, position=nowhere) for lb in standing)
        return standing if self.playheads is None else standing + self.playheads.labels_at(position)

    def layers_at(self, position: int) -> tuple[Layer, ...]:
        """Return the layers that are drawn at a position."""
        return tuple(layer for layer in self.layers if not (layer.ghost and position >= self.whole_at))

    @property
    def points(self) -> int:
        """Number of points on all layers."""
        return sum(layer.point_count for layer in self.layers)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(layer.point_count or layer.line_count for layer in self.layers)


def axis_title(word: str, number: int, log_scale: bool) -> str:
    """Return the title of axis `number` (from 0); coordinates of a bottleneck and of a PCA have no unit."""
    return f"{word} {number + 1}" + (" (signed log)" if log_scale else "")


def build_scene(
    activations: Activations,
    trajectories: Trajectories,
    state: SessionState,
    theme: Theme,
    beside: Trajectories | None = None,
) -> Scene:
    """Build the scene of `trajectories` in a state and a theme.

    Where it is shown `beside` another map, the same recordings as there have labelled playheads.
    """
    shown, picked = _shown_and_picked(activations, state)
    fades = bool(picked.any())
    front = picked if fades else shown
    layers = _coloured_layers(activations, trajectories, state, theme, front)
    if fades:
        layers.insert(0, _layer(activations, trajectories, state, theme, shown & ~picked, grey=True))
    layers = [*_ghosts(trajectories, state, theme, front), *layers]
    low, high = spread_extent(trajectories, state)
    key = build_legend(activations, state, shown, trajectories.measured)
    figure = find_figure(activations, state, trajectories.dims)
    typical = typical_recordings(activations, trajectories, shown, front) if state.labels else []
    names = sign_labels(activations, trajectories, typical, theme)
    wrong = mistake_labels(activations, trajectories, front, state, theme) if state.mistakes else ()
    answers = known_predictions(activations)
    heads = None
    if state.labels and not state.last_only:
        named = typical if beside is None else typical_recordings(activations, beside, shown, front)
        heads = find_playheads(activations, trajectories, named, front, state, theme, answers)
    return Scene(
        layers=(*layers, *_settled(trajectories, state, theme, front, answers, key.settled)),
        labels=wrong + names,
        playheads=heads,
        axis_titles=tuple(axis_title(trajectories.axis_word, i, state.log_scale) for i in range(trajectories.dims)),
        time_legend=key.time_legend,
        legend_entries=key.legend_entries,
        low=low,
        high=high,
        steps=trajectories.steps,
        scale_legend=key.scale_legend,
        alignment=state.alignment,
        whole_at=_whole_at(trajectories, state),
        ellipses=spread_ellipses(activations, trajectories, state, theme, front),
        settled=key.settled,
        caption="" if figure is None else figure.caption(activations),
        sentence="" if figure is None else figure.description(activations),
        frame=trajectories.extent_of(shown) if figure is not None and figure.signs else None,
    )


def build_scene_of_projection(
    activations: Activations,
    projection: Projection,
    state: SessionState,
    theme: Theme,
    beside: Projection | None = None,
) -> Scene:
    """Build the scene of a projection, without a session; see `build_scene`."""
    other = None if beside is None else Trajectories.build(activations, beside, state.log_scale)
    return build_scene(activations, Trajectories.build(activations, projection, state.log_scale), state, theme, other)


def _coloured_layers(
    activations: Activations, t: Trajectories, state: SessionState, theme: Theme, recordings: np.ndarray
) -> list[Layer]:
    """Return the layers of recordings in colour: the few mistakes above what is right, where colour tells them."""
    if state.colouring is not Colouring.ANSWER:
        return [_layer(activations, t, state, theme, recordings, grey=False)]
    wrong = recordings & (activations.predicted >= 0) & (activations.predicted != activations.sign)
    parts = (recordings & ~wrong, wrong) if wrong.any() else (recordings,)
    return [_layer(activations, t, state, theme, part, grey=False) for part in parts]


def _layer(
    activations: Activations,
    trajectories: Trajectories,
    state: SessionState,
    theme: Theme,
    recordings: np.ndarray,
    *,
    grey: bool,
) -> Layer:
    t = trajectories
    count = max(int(recordings.sum()), 1)
    crowd = _crowd(count)
    coloured = state.colouring not in PER_STEP and not state.points
    few = 0.0 if grey or not state.selected else _sparsity(count)
    strength = 0.5 if grey else 1.0
    points, lines = _counts(t, state, recordings, grey)
    return Layer.deferred(
        partial(_rows, activations, t, state, theme, recordings, grey),
        points,
        lines,
        radius=2.2 - 0.6 * crowd + 1.3 * few + (0.6 if state.last_only else 0.0),
        line_width=1.0 + 1.6 * few,
        alpha=strength * (0.8 - 0.35 * crowd + 0.15 * few),
        line_alpha=max(strength * _line_alpha(count, coloured=coloured), 0.65 * few),
    )


def _rows(
    activations: Activations,
    t: Trajectories,
    state: SessionState,
    theme: Theme,
    recordings: np.ndarray,
    grey: bool,
    points: int,
    lines: int,
) -> Rows:
    """Return the rows of a layer: every `points`-th point and every `lines`-th line, of none where it is 0."""
    times = t.schedule(state.alignment, state.trail)
    vertices = _chosen_vertices(t, state, recordings, grey, points)
    joins = _chosen_lines(t, state, recordings, grey, lines)
    # `take` is several times faster than indexing, and millions of rows may be taken here.
    first, second = t.segments.take(joins, axis=0).T
    line_recording = t.segment_recording.take(joins)
    grey_rgb = np.array(theme.grey, dtype=np.uint8)
    rgb = line_rgb = grey_rgb
    if not grey:
        rgb = vertex_rgb(activations, state, t.step, t.recording, vertices, theme.grey, t.measured)
        if state.colouring in PER_STEP:
            line_rgb = np.array(theme.line, dtype=np.uint8)
        else:
            # One row more than recordings: the last is for the shared prefix (-1).
            table = np.concatenate([recording_colours(activations, state), grey_rgb[None]])
            line_rgb = table.take(line_recording, axis=0)
    return {
        "positions": t.vertices.take(vertices, axis=0),
        "rgb": rgb,
        "growth": Growth.build(times.appears.take(vertices), times.goes.take(vertices)),
        "starts": t.vertices.take(first, axis=0),
        "ends": t.vertices.take(second, axis=0),
        "line_rgb": line_rgb,
        "line_growth": Growth.build(times.segment_appears.take(joins), times.segment_goes.take(joins)),
        "line_recording": line_recording,
    }


def build_marks(activations: Activations, t: Trajectories, state: SessionState, theme: Theme) -> Scene:
    """Build the layers of ghosts and stable predictions alone, for a view that draws the paths itself."""
    shown, picked = _shown_and_picked(activations, state)
    front = picked if picked.any() else shown
    settled = _settled(t, state, theme, front, known_predictions(activations), settled_mark(activations, state, shown))
    low, high = t.extent
    return Scene(
        layers=(*_ghosts(t, state, theme, front), *settled),
        labels=(),
        axis_titles=(),
        time_legend=None,
        legend_entries=(),
        low=low,
        high=high,
        steps=t.steps,
        alignment=state.alignment,
        whole_at=_whole_at(t, state),
    )


def _shown_and_picked(activations: Activations, state: SessionState) -> tuple[np.ndarray, np.ndarray]:
    """Return which recordings are shown, and which of these are selected; bool, shape (recordings,) each."""
    shown = state.shown(activations)
    return shown, shown & state.selected.mask(len(activations))


def _whole_at(t: Trajectories, state: SessionState) -> int:
    return NEVER if state.trail.tail else t.steps - 1


def _ghosts(t: Trajectories, state: SessionState, theme: Theme, recordings: np.ndarray) -> tuple[Layer, ...]:
    """Return the layers of ghosts: whole paths drawn faintly, their lines alone where there are any."""
    if not state.ghost or state.last_only:
        return ()
    count = max(int(recordings.sum()), 1)
    nothing = np.zeros(0, dtype=np.int64)
    lines = _chosen_lines(t, state, recordings, grey=True) if state.lines else nothing
    vertices = nothing if state.lines else _chosen_vertices(t, state, recordings, grey=True)
    first, second = t.segments.take(lines, axis=0).T
    grey = np.array(theme.grey, dtype=np.uint8)
    ghost = Layer(
        positions=t.vertices.take(vertices, axis=0),
        rgb=grey,
        growth=_always(len(vertices)),
        starts=t.vertices.take(first, axis=0),
        ends=t.vertices.take(second, axis=0),
        line_rgb=grey,
        line_growth=_always(len(lines)),
        line_recording=t.segment_recording.take(lines),
        radius=1.6,
        line_width=1.0,
        alpha=0.5 * (0.4 - 0.2 * _crowd(count)),
        line_alpha=_line_alpha(count, coloured=False),
        ghost=True,
    )
    return (ghost,)


def _settled(
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
    stays = np.full(len(order), NEVER, dtype=np.int32)
    growth = Growth.build(reached[order], stays)
    nothing = np.zeros((0, t.dims), dtype=np.float32)

    def discs(rgb: RGB, radius: float, alpha: float) -> Layer:
        return Layer(
            positions=t.vertices.take(vertices[order], axis=0),
            rgb=np.array(rgb, dtype=np.uint8),
            growth=growth,
            starts=nothing,
            ends=nothing,
            line_rgb=np.array(rgb, dtype=np.uint8),
            line_growth=_always(0),
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


def _always(rows: int) -> Growth:
    nothing = np.zeros(0, dtype=np.int64)
    return Growth(np.zeros(rows, dtype=np.int32), nothing, nothing)


def _crowd(recordings: int) -> float:
    """Return 0 for few recordings, 1 for all."""
    return float(np.clip(np.log(recordings / _FEW) / np.log(_MANY / _FEW), 0, 1))


def _sparsity(recordings: int) -> float:
    """Return 1 for a single recording, 0 for the few of two signs and for more."""
    return float(np.clip(1 - np.log(recordings) / np.log(_FEW), 0, 1))


def _chosen_lines(
    t: Trajectories, state: SessionState, recordings: np.ndarray, grey: bool, every: int = 1
) -> np.ndarray:
    if not state.lines or state.last_only or not every:
        return np.arange(0)
    order = t.schedule(state.alignment, state.trail).segment_order[::every]
    return order.compress(t.shown_segments(recordings, order, shared=not grey))


def _chosen_vertices(
    t: Trajectories, state: SessionState, recordings: np.ndarray, grey: bool, every: int = 1
) -> np.ndarray:
    if not state.points or not every:
        return np.arange(0)
    times = t.schedule(state.alignment, state.trail)
    if state.last_only:
        ends = t.last_vertex[recordings & (t.lengths > 0)]
        return ends[np.argsort(times.appears[ends], kind="stable")][::every]
    order = times.order[::every]
    return order.compress(t.shown_vertices(recordings, order, shared=not grey))


def _counts(t: Trajectories, state: SessionState, recordings: np.ndarray, grey: bool) -> tuple[int, int]:
    """Return how many points and lines there are, without choosing them."""
    if state.last_only:
        return int((recordings & (t.lengths > 0)).sum()) if state.points else 0, 0
    points, lines = t.count_shown(recordings, shared=not grey)
    return points if state.points else 0, lines if state.lines else 0


def _line_alpha(recordings: int, coloured: bool) -> float:
    """Return 0.3 for two signs' recordings, 0.05 for all; coloured lines carry the picture alone and are stronger."""
    alpha = float(np.clip(0.3 * np.sqrt(_FEW / recordings), 0.03, 0.3))
    return min(3 * alpha, 0.6) if coloured else alpha
