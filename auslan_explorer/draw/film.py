"""Makes films of paths that grow step by step, as in the article's figure 14."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from auslan_explorer.core.errors import Cancelled, UserError
from auslan_explorer.core.progress import IsCancelled, Progress, never, no_progress
from auslan_explorer.io.origin_tags import NOWHERE, Origin

from .film_files import check_target, write_frames, write_gif, write_mp4
from .film_frames import FilmFrames, Subject
from .film_settings import GIF, MP4, PNG, FilmSettings

_SAMPLES, _SAMPLE_WIDTH = 8, 480
"""Sample frames from which the palette of a GIF is chosen, and their width in pixels."""


def make_film(
    subject: Subject,
    out: Path,
    settings: FilmSettings,
    progress: Progress = no_progress,
    cancelled: IsCancelled = never,
    origin: Origin = NOWHERE,
) -> None:
    """Draw a film and write it, atomically.

    Parameters
    ----------
    subject : Subject
        Made for the same `settings`, see `draw.film_frames.subject_of`.
    out : Path
        A file that ends in ``.mp4`` or ``.gif``; for PNG frames a folder or a pattern, see `film_files.frame_pattern`.
    settings : FilmSettings
    progress, cancelled : callable, optional
    origin : Origin, optional
        Where it is from, written into the file.

    Raises
    ------
    UserError
        If the settings are invalid, or the film cannot be written.
    Cancelled
    """
    kind = check_target(out)
    check_settings(settings, kind, subject.steps)
    film = FilmFrames(subject, settings)
    # By turns, since to ask the system for the memory of a frame takes longer than to copy one. PNG keeps several.
    canvases = [np.empty((film.height, film.width, 4), dtype=np.uint8) for _ in range(2)] if kind != PNG else [None]

    def frames() -> Iterator[np.ndarray]:
        for number in range(len(film)):
            pixels = _drawn(film, number, cancelled, canvases[0])
            if pixels is canvases[0]:
                canvases.reverse()
            yield pixels
            progress((number + 1) / len(film), f"frame {number + 1} of {len(film)}")

    if kind == MP4:
        write_mp4(out, frames(), settings, cancelled, origin)
    elif kind == GIF:
        write_gif(out, frames(), _samples(subject, settings, cancelled), settings, cancelled, origin)
    else:
        write_frames(out, frames(), cancelled, origin)


def check_settings(settings: FilmSettings, kind: str | None, steps: int | None = None) -> None:
    """Raise UserError with the first of the settings' problems, if there are any."""
    problems = settings.problems(kind, steps)
    if problems:
        raise UserError(problems[0])


def _drawn(film: FilmFrames, number: int, cancelled: IsCancelled, canvas: np.ndarray | None = None) -> np.ndarray:
    pixels = None if cancelled() else film.image(number, cancelled, canvas)
    if pixels is None or cancelled():  # a large frame's names and its encoding take a tenth of a second each
        raise Cancelled
    return pixels


def _samples(subject: Subject, settings: FilmSettings, cancelled: IsCancelled) -> Iterator[np.ndarray]:
    """Yield small frames spread over the film, the last among them."""
    small = FilmFrames(subject, settings, min(_SAMPLE_WIDTH / settings.width, 1.0))
    for number in np.unique(np.linspace(0, len(small) - 1, _SAMPLES).round().astype(int)):
        yield _drawn(small, int(number), cancelled)
