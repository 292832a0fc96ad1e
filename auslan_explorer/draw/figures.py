"""The article's figures as pictures: what each selects, colours and shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.session import Layout, SessionState, opening_state
from auslan_explorer.core.splits import NO_SPLIT, TRAIN
from auslan_explorer.draw.picture import Picture, check_size, check_suffix, save
from auslan_explorer.draw.scene import scene_of
from auslan_explorer.draw.theme import LIGHT, Theme

DEFAULT_SIZE = (1200, 1000)


@dataclass(frozen=True)
class Figure:
    """One figure of the article.

    Attributes
    ----------
    number : int
        As the article counts.
    title : str
    sentence : str
        What there is to see.
    dims : int
    changes : mapping of str to object
        Fields of `SessionState` that make it.
    """

    number: int
    title: str
    sentence: str
    dims: int
    changes: Mapping[str, Any] = field(default_factory=dict)

    def state(self, activations: Activations) -> SessionState:
        """Return the state that shows this figure: training recordings where a split is known, else all."""
        opening = opening_state(activations)
        splits = frozenset({TRAIN}) if TRAIN in opening.splits else frozenset({NO_SPLIT}) & opening.splits
        return replace(opening, splits=splits or opening.splits, **self.changes)


_ALL = [
    Figure(
        3,
        "LSTM activations",
        "Every step of every training recording, squeezed to two numbers; colour is time, a line joins one recording.",
        2,
        {"layout": Layout.MAP_2D, "points": True, "lines": True, "last_only": False},
    ),
    Figure(
        4,
        "Last activations",
        "Only the last step of each recording: what the layer that decides gets to see.",
        2,
        {"layout": Layout.MAP_2D, "points": True, "lines": False, "last_only": True},
    ),
    Figure(
        5,
        "LSTM activations in 3-D",
        "The same steps squeezed to three numbers, points only.",
        3,
        {"layout": Layout.MAP_3D, "points": True, "lines": False, "last_only": False, "labels": False},
    ),
]
FIGURES: dict[int, Figure] = {figure.number: figure for figure in _ALL}


def figure(number: int) -> Figure:
    """Return a figure by the article's number.

    Raises
    ------
    UserError
        If there is no such figure.
    """
    if number not in FIGURES:
        raise UserError(f"There is no figure {number}; choose one of {', '.join(map(str, FIGURES))}.")
    return FIGURES[number]


def figure_picture(
    number: int, activations: Activations, size: tuple[int, int] | None = None, theme: Theme = LIGHT
) -> Picture:
    """Return the picture of one of the article's figures.

    Raises
    ------
    UserError
        If there is no such figure, the size is impossible, or these activations have no projection for it.
    """
    wanted = figure(number)
    width, height = size or DEFAULT_SIZE
    check_size(width, height)
    projection = activations.projections.get(wanted.dims)
    if projection is None:
        raise UserError(
            f"Figure {number} needs a {wanted.dims}-D projection, and these activations hold none; "
            "write them with one (see docs/activation-cache.md)."
        )
    scene = scene_of(activations, projection, wanted.state(activations), theme)
    return Picture(scene=scene, theme=theme, width=width, height=height, title=wanted.title)


def render_figure(
    number: int,
    activations: Activations,
    out: Path,
    size: tuple[int, int] | None = None,
    theme: Theme = LIGHT,
    progress: Callable[[float, str], None] | None = None,
) -> None:
    """Write one of the article's figures as PNG, SVG or PDF.

    Raises
    ------
    UserError
        As `figure_picture`, or if the file cannot be written.
    """
    check_suffix(out)
    save(figure_picture(number, activations, size, theme), out, progress)
