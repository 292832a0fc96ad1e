"""Draws figures, the article's or those of other data, into files or for a thumbnail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.progress import Progress, no_progress
from auslan_explorer.draw.architecture import save_architecture
from auslan_explorer.draw.picture import Picture, check_size, check_suffix, save
from auslan_explorer.draw.presets import FIGURES, Figure, figure
from auslan_explorer.draw.scene import build_scene_of_projection
from auslan_explorer.draw.theme import LIGHT, Theme
from auslan_explorer.io.origin_tags import NOWHERE, Origin

__all__ = ["DEFAULT_SIZE", "FIGURES", "Figure", "FigureOptions", "figure", "figure_picture", "render_figure"]

DEFAULT_SIZE = (1200, 1000)
AS_IT_IS: Mapping[str, Any] = MappingProxyType({})
"""No changes of a figure."""


@dataclass(frozen=True)
class FigureOptions:
    """Options of a picture beside its size and theme: resolution, transparency, scale.

    Attributes
    ----------
    dpi : int or None
        Pixels per inch, written into a PNG.
    transparent : bool
        Without background.
    share : float
        Scale of type, points and lines of a map; 1 for the default.
    changes : mapping of str to object
        Fields of the state that are others than the figure's, such as what is drawn over the map.
    """

    dpi: int | None = None
    transparent: bool = False
    fraction: float = 1.0
    changes: Mapping[str, Any] = field(default_factory=dict)


PLAIN = FigureOptions()


def figure_picture(
    number: int,
    activations: Activations,
    size: tuple[int, int] | None = None,
    theme: Theme = LIGHT,
    changes: Mapping[str, Any] = AS_IT_IS,
) -> Picture:
    """Compose the picture of one of the figures that show a map, with `changes` of fields of its state.

    Where no recording of a split is misclassified, its picture is an empty map that says so.

    Raises
    ------
    UserError
        If there is no such figure, the size is impossible, or the activations do not hold what it shows.
    """
    wanted = figure(number, activations)
    width, height = size or DEFAULT_SIZE
    check_size(width, height)
    if not wanted.dims:
        raise UserError(f"Figure {number} is no map but a picture of a network.")
    projection = activations.projections.get(wanted.dims)
    if projection is None:
        raise UserError(
            f"Figure {number} needs a {wanted.dims}-D projection, and these activations hold none; "
            "write them with one (see docs/activation-cache.md)."
        )
    state = wanted.state(activations)
    reason = wanted.disabled_reason(activations, activations.projections)
    if reason and wanted.mistakes_in is None:
        raise UserError(reason)
    title = wanted.caption(activations)
    if reason:
        # A split without mistakes is a result, not an error.
        title = f"{title}: {reason[:1].lower()}{reason[1:].rstrip('.')}"
    plain = build_scene_of_projection(activations, projection, replace(state, **changes), theme)
    scene = replace(plain, caption=title, sentence="" if reason else wanted.description(activations))
    return Picture(scene=scene, theme=theme, width=width, height=height).with_caption()


def render_figure(
    number: int,
    activations: Activations,
    out: Path,
    size: tuple[int, int] | None = None,
    theme: Theme = LIGHT,
    progress: Progress = no_progress,
    finish: FigureOptions = PLAIN,
    origin: Origin = NOWHERE,
) -> None:
    """Write one of the figures as PNG, SVG or PDF, by the file's ending.

    Figures 1 and 2 need the networks in `activations`, see `io.model_lookup`.

    Raises
    ------
    UserError
        As `figure_picture`, or if the file cannot be written.
    """
    check_suffix(out)
    if not figure(number, activations).dims:
        save_architecture(number, activations, out, size, theme, finish.dpi, finish.transparent, origin)
    else:
        plain = figure_picture(number, activations, size, theme, finish.changes)
        scale = plain.unit * finish.fraction
        save(replace(plain, scale=scale, dpi=finish.dpi, transparent=finish.transparent), out, progress, origin=origin)
