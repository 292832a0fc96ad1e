"""Exports pictures, films and data of a session's state to files; drawn with `draw`, without widgets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.annotations import NOTHING_BESIDE, Beside
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.progress import IsCancelled, Progress, never, no_progress
from auslan_explorer.core.projection import Projection
from auslan_explorer.core.session import SessionState
from auslan_explorer.draw.theme import Theme
from auslan_explorer.draw.view import Camera, View2D
from auslan_explorer.workflows.origin import origin_of

if TYPE_CHECKING:
    from auslan_explorer.draw.film_settings import FilmSettings
    from auslan_explorer.draw.gesture import Gesture
    from auslan_explorer.draw.picture import Picture


@dataclass(frozen=True)
class PictureOptions:
    """Size, theme and viewport of an exported picture.

    Attributes
    ----------
    dims : int
        2 or 3.
    size : tuple of int
        Width and height in pixels.
    theme : Theme
    seen : View2D, Camera or None
        Viewport of the window, in logical pixels; None shows everything.
    share : float
        Scale of type, points and lines; 1 for the same as on screen.
    dpi : int or None
        Pixels per inch, written into a PNG.
    transparent : bool
    gesture : Gesture, optional
        Hands at the right of the map; the size includes them.
    beside : Beside
        What is drawn beside the recordings' own paths.
    """

    dims: int
    size: tuple[int, int]
    theme: Theme
    seen: View2D | Camera | None = None
    share: float = 1.0
    dpi: int | None = None
    transparent: bool = False
    gesture: Gesture | None = None
    beside: Beside = NOTHING_BESIDE


def export_picture(
    activations: Activations,
    projections: Mapping[int, Projection],
    state: SessionState,
    path: Path,
    options: PictureOptions,
    command: str = "",
    *,
    progress: Progress = no_progress,
    cancelled: IsCancelled = never,
) -> Path:
    """Draw the map of a state into a PNG, SVG or PDF file, atomically, and return its path.

    Parameters
    ----------
    activations : Activations
    projections : mapping of int to Projection
        By their dimensions.
    state : SessionState
        What is shown, and how it is coloured.
    path : Path
        Its ending chooses the file format.
    options : PictureOptions
    command : str
        The command that makes the same again, written into the file.
    progress, cancelled : callable, optional

    Raises
    ------
    UserError
        If the ending is another, there is no projection of these dimensions, or the file cannot be written.
    Cancelled
    """
    from auslan_explorer.draw.picture import check_suffix, save

    check_suffix(path)
    picture = compose_picture(activations, projections, state, options)
    save(picture, path, progress, cancelled, origin_of(activations, [projections[options.dims]], command))
    return path


def compose_picture(
    activations: Activations, projections: Mapping[int, Projection], state: SessionState, options: PictureOptions
) -> Picture:
    """Compose the picture that `export_picture` draws, with the same parameters and errors."""
    from auslan_explorer.draw.gesture import MOST_OF_WIDTH
    from auslan_explorer.draw.picture import Picture, point_scale_for
    from auslan_explorer.draw.scene import build_scene_of_projection

    projection = projections.get(options.dims)
    if projection is None:
        raise UserError(f"There is no {options.dims}-D projection to draw; open activations that hold one.")
    width, height = options.size
    if options.gesture is not None:
        width -= round(width * MOST_OF_WIDTH)
    plain = Picture(
        build_scene_of_projection(activations, projection, state, options.theme, annotated=options.beside),
        options.theme,
        width,
        height,
    )
    scale, point_scale = plain.unit, 1.0
    if options.seen is not None:
        scale = min(width / options.seen.width, height / options.seen.height)
        point_scale = point_scale_for(options.seen.width, options.seen.height)
    return Picture(
        plain.scene,
        options.theme,
        width,
        height,
        step=state.step,
        scale=scale * options.share,
        view=options.seen,
        dpi=options.dpi,
        transparent=options.transparent,
        point_scale=point_scale,
        gesture=options.gesture,
    ).with_caption()


def export_film(
    activations: Activations,
    projections: Mapping[int, Projection],
    state: SessionState,
    path: Path,
    settings: FilmSettings,
    seen: Mapping[int, View2D | Camera],
    gesture: Gesture | None = None,
    command: str = "",
    beside: Beside = NOTHING_BESIDE,
    *,
    progress: Progress = no_progress,
    cancelled: IsCancelled = never,
) -> Path:
    """Make a film of the growing paths of a state, and return the file or the folder.

    Parameters
    ----------
    activations : Activations
    projections : mapping of int to Projection
        By their dimensions.
    state : SessionState
        What is shown, and how it is coloured.
    path : Path
        See `draw.film.make_film`.
    settings : FilmSettings
    seen : mapping of int to View2D or Camera
        Viewports by number of dimensions; everything is shown where one is missing.
    gesture : Gesture, optional
        Hands that move beside the map.
    command : str
        The command that makes the same again, written into the file.
    beside : Beside
        What is drawn beside the recordings' own paths.
    progress, cancelled : callable, optional

    Raises
    ------
    UserError
        If the settings are invalid, or the film cannot be written.
    Cancelled
    """
    from auslan_explorer.draw.film import make_film
    from auslan_explorer.draw.film_frames import subject_of

    subject = subject_of(activations, projections, state, settings, seen, gesture, beside)
    origin = origin_of(activations, [projections[dims] for dims in settings.view.dims], command)
    make_film(subject, path, settings, progress, cancelled, origin)
    return path


def export_paths(
    activations: Activations,
    projection: Projection,
    path: Path,
    recordings: np.ndarray | None,
    *,
    labels: bool = True,
    describe: bool = False,
    command: str = "",
) -> Path:
    """Write paths, labels and predictions as CSV or HDF5, and return the file; see `io.paths_export.write_paths`."""
    from auslan_explorer.io.paths_export import write_paths

    origin = origin_of(activations, [projection], command)
    write_paths(path, activations, projection, recordings, labels, origin, describe)
    return path
