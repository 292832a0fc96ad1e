"""Scene of a map, ready to be drawn: layers of points and lines sorted by step, labels, legend.

Built from the session by one function for window, pictures and film, so that exports match the screen.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.annotations import NOTHING_BESIDE, Beside
from auslan_explorer.core.landscape import Landscape
from auslan_explorer.core.playing import NEVER, Alignment
from auslan_explorer.core.predictions import known_predictions
from auslan_explorer.core.projection import Projection
from auslan_explorer.core.session import SessionState
from auslan_explorer.core.trajectories import Trajectories
from auslan_explorer.draw.legend import LegendEntry, ScaleLegend, SettledMark, build_legend, settled_mark

from .annotations import Annotations, annotations_of, played_to
from .flow import FlowArrows, flow_arrows, flow_note
from .landscape import drawn_landscape, region_labels
from .layer import Layer
from .naming import Playheads, SignLabel, find_playheads, mistake_labels, sign_labels, typical_recordings
from .path_layers import coloured_layers, ghost_layers, path_layers, settled_layers
from .presets import find_figure
from .resting import drawn_resting, resting_note
from .spread import SpreadEllipse, spread_ellipses, spread_extent
from .theme import Theme


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
    landscape : Landscape or None
        What the network answers at each place of a 2-D map.
    flows : tuple of FlowArrows
        Mean movement of paths on a 2-D map.
    arrows : str
        What the legend says of these.
    rests : str
        What the legend says of resting points.
    beside : Beside
        What is shown beside the recordings' own paths.
    annotations : Annotations
        The same and resting points, in the units of the display; empty for a window, which paints them itself.
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
    landscape: Landscape | None = None
    flows: tuple[FlowArrows, ...] = ()
    arrows: str = ""
    rests: str = ""
    beside: Beside = NOTHING_BESIDE
    annotations: Annotations = field(default_factory=Annotations)

    def annotations_at(self, position: int) -> Annotations:
        """Return the annotations at a position of playback."""
        return played_to(self.annotations, self.beside.variant, self.alignment, self.steps, position)

    def labels_at(self, position: int) -> tuple[SignLabel, ...]:
        """Return the labels at a position; while paths grow always as many, at NaN where one is not shown."""
        if position >= self.steps - 1:
            return self.labels
        nowhere = (float("nan"),) * len(self.low)
        standing = (
            self.labels
            if self.playheads is None
            else tuple(lb for lb in self.labels if lb.recording is not None or lb.region)
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
    layers = coloured_layers(activations, trajectories, state, theme, front)
    if fades:
        layers = [*path_layers(activations, trajectories, state, theme, shown & ~picked, grey=True), *layers]
    layers = [*ghost_layers(trajectories, state, theme, front), *layers]
    low, high = spread_extent(trajectories, state)
    key = build_legend(activations, state, shown, trajectories.measured)
    figure = find_figure(activations, state, trajectories.dims)
    typical = typical_recordings(activations, trajectories, shown, front) if state.labels else []
    names = sign_labels(activations, trajectories, typical, theme)
    landscape = drawn_landscape(trajectories, state)
    flows = flow_arrows(activations, trajectories, state, theme, front)
    names += region_labels(activations, landscape, (name.sign for name in names), theme)
    wrong = mistake_labels(activations, trajectories, front, state, theme) if state.mistakes else ()
    answers = known_predictions(activations)
    heads = None
    if state.labels and not state.last_only:
        named = typical if beside is None else typical_recordings(activations, beside, shown, front)
        heads = find_playheads(activations, trajectories, named, front, state, theme, answers)
    return Scene(
        layers=(*layers, *settled_layers(trajectories, state, theme, front, answers, key.settled)),
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
        landscape=landscape,
        flows=flows,
        arrows=flow_note(flows),
        rests=resting_note(drawn_resting(trajectories, state)),
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
    annotated: Beside = NOTHING_BESIDE,
) -> Scene:
    """Build the scene of a projection, without a session; see `build_scene`.

    What is `annotated` is shown beside the recordings' own paths.
    """
    other = None if beside is None else Trajectories.build(activations, beside, state.log_scale)
    paths = Trajectories.build(activations, projection, state.log_scale)
    shown = annotations_of(paths, annotated, projection, drawn_resting(paths, state))
    scene = build_scene(activations, paths, state, theme, other)
    return replace(scene, beside=annotated, annotations=shown)


def build_marks(activations: Activations, t: Trajectories, state: SessionState, theme: Theme) -> Scene:
    """Build the layers of ghosts and stable predictions alone, for a view that draws the paths itself."""
    shown, picked = _shown_and_picked(activations, state)
    front = picked if picked.any() else shown
    settled = settled_layers(
        t, state, theme, front, known_predictions(activations), settled_mark(activations, state, shown)
    )
    low, high = t.extent
    return Scene(
        layers=(*ghost_layers(t, state, theme, front), *settled),
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
