"""The work behind exporting pictures, films and data, without widgets; see `gui.tasks`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.progress import IsCancelled, Progress
from auslan_explorer.core.session import Session, SessionState
from auslan_explorer.draw.theme import Theme
from auslan_explorer.draw.view import Camera, FlatView
from auslan_explorer.gui.i18n import said
from auslan_explorer.workflows.recordings import Work

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from auslan_explorer.draw.film_settings import FilmSettings
    from auslan_explorer.draw.picture import Picture


@dataclass(frozen=True)
class PictureWish:
    """How a picture is to look.

    Attributes
    ----------
    dims : int
        2 or 3.
    size : tuple of int
        Width and height in pixels.
    theme : Theme
    seen : FlatView, Camera or None
        What the window shows, in logical pixels; None for everything there is.
    share : float
        Size of type, points and lines, 1 for as on screen.
    dpi : int or None
        Pixels an inch, written into a PNG.
    transparent : bool
    """

    dims: int
    size: tuple[int, int]
    theme: Theme
    seen: FlatView | Camera | None = None
    share: float = 1.0
    dpi: int | None = None
    transparent: bool = False


def _picture(session: Session, state: SessionState, wish: PictureWish) -> Picture:
    from auslan_explorer.draw.picture import Picture, grain_of
    from auslan_explorer.draw.scene import scene_of

    projection = session.projections.get(wish.dims)
    if projection is None:
        raise UserError(said("There is no {0}-D projection to draw; open activations that hold one.", wish.dims))
    width, height = wish.size
    plain = Picture(scene_of(session.activations, projection, state, wish.theme), wish.theme, width, height)
    scale, grain = plain.unit, 1.0
    if wish.seen is not None:
        scale = min(width / wish.seen.width, height / wish.seen.height)
        grain = grain_of(wish.seen.width, wish.seen.height)
    return Picture(
        plain.scene,
        wish.theme,
        width,
        height,
        step=state.step,
        scale=scale * wish.share,
        view=wish.seen,
        dpi=wish.dpi,
        transparent=wish.transparent,
        grain=grain,
    )


def exporting_picture(session: Session, file: Path, wish: PictureWish) -> Work:
    """Return the work of drawing what is shown into a PNG, SVG or PDF; it returns the file."""
    state = session.state

    def work(*, progress: Progress, cancelled: IsCancelled) -> Path:
        from auslan_explorer.draw.picture import check_suffix, save

        check_suffix(file)
        save(_picture(session, state, wish), file, progress, cancelled)
        return file

    return work


def copying_picture(session: Session, wish: PictureWish) -> Work:
    """Return the work of drawing what is shown; it returns a `QImage`."""
    state = session.state

    def work(*, progress: Progress, cancelled: IsCancelled) -> QImage:
        from auslan_explorer.draw.picture import to_image

        return to_image(_picture(session, state, wish), progress, cancelled)

    return work


def exporting_film(session: Session, file: Path, settings: FilmSettings, seen: Mapping[int, FlatView | Camera]) -> Work:
    """Return the work of filming what is shown now; it returns the file or the folder.

    Parameters
    ----------
    session : Session
    file : Path
        See `draw.film.make_film`.
    settings : FilmSettings
    seen : mapping of int to FlatView or Camera
        What to look at of each view; everything, where one is missing.

    Raises
    ------
    UserError
        If the settings or the file cannot be meant, before the work begins.
    """
    from auslan_explorer.draw.film import check_settings
    from auslan_explorer.draw.film_files import check_target

    state, activations, projections = session.state, session.activations, dict(session.projections)
    check_settings(settings, check_target(file), activations.steps)

    def work(*, progress: Progress, cancelled: IsCancelled) -> Path:
        from auslan_explorer.draw.film import make_film
        from auslan_explorer.draw.film_frames import subject_of

        subject = subject_of(activations, projections, state, settings, seen)
        make_film(subject, file, settings, progress, cancelled)
        return file

    return work


def exporting_data(session: Session, file: Path, dims: int, recordings: np.ndarray) -> Work:
    """Return the work of writing paths, labels and predictions; it returns the file.

    Parameters
    ----------
    session : Session
    file : Path
        Its ending chooses the kind: .csv, .h5 or .hdf5.
    dims : int
        2 or 3.
    recordings : ndarray of bool, shape (recordings,)
        Which to write.
    """
    activations, projection = session.activations, session.projections.get(dims)

    def work(*, progress: Progress, cancelled: IsCancelled) -> Path:
        from auslan_explorer.io.paths_export import write_paths

        if projection is None:
            raise UserError(said("There is no {0}-D projection to export; open activations that hold one.", dims))
        write_paths(file, activations, projection, recordings)
        return file

    return work
