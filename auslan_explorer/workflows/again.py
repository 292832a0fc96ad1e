"""Command lines that make again what the window exports, to the byte; none where no command makes quite the same."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from pathlib import Path

import numpy as np

from auslan_explorer import paths
from auslan_explorer.analysis.annotation_tiers import recording_texts
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.annotations import NOTHING_BESIDE
from auslan_explorer.core.palettes import are_default
from auslan_explorer.core.projection import Projection
from auslan_explorer.core.session import SessionState
from auslan_explorer.draw.film_settings import FilmSettings
from auslan_explorer.draw.presets import figures_of
from auslan_explorer.io.session_file import is_unsaved
from auslan_explorer.workflows.elan import ElanOptions
from auslan_explorer.workflows.export import PictureOptions

PROGRAM = "auslan-explorer"
_NOT_DRAWN = frozenset({"step", "layout", "speed", "repeat", "section", "every_step"})
"""Fields of the state that playback and the window have for themselves."""


def picture_command(
    activations: Activations,
    projections: Mapping[int, Projection],
    state: SessionState,
    path: Path,
    options: PictureOptions,
) -> str:
    """Return the command that `export_picture` would be asked by; empty where it is not a whole figure of a file."""
    dims = [options.dims]
    figure = _figure_of(activations, projections, state, dims)
    source = _source(activations)
    if figure is None or source is None or options.seen is not None or options.gesture is not None:
        return ""
    if options.beside != NOTHING_BESIDE:
        return ""
    if state.step != activations.steps - 1:
        return ""
    width, height = options.size
    words = ["render", f"--figure={figure}", f"--out={path}", f"--size={width}x{height}", f"--scale={options.share:g}"]
    words += [f"--theme={options.theme.name}", *source]
    words += [] if options.dpi is None else [f"--dpi={options.dpi}"]
    return shlex.join([PROGRAM, *words, *(["--transparent"] if options.transparent else [])])


def picture_of_session(session: Path, path: Path, options: PictureOptions) -> str:
    """Return the command that draws the same picture of a session file, in which the view is kept; see `keepable`."""
    width, height = options.size
    words = ["render", f"--session={session}", f"--out={path}", f"--view={options.dims}d", f"--size={width}x{height}"]
    words += [f"--scale={options.share!r}", f"--theme={options.theme.name}"]
    words += [] if options.dpi is None else [f"--dpi={options.dpi}"]
    words += ["--whole"] if options.seen is None else []
    return shlex.join([PROGRAM, *words, *(["--transparent"] if options.transparent else [])])


def film_of_session(session: Path, path: Path, settings: FilmSettings, *, whole: bool) -> str:
    """Return the command that makes the same film of a session file; `whole`: of everything, not what is on screen."""
    words = ["film", f"--session={session}", *_film_words(path, settings)]
    return shlex.join([PROGRAM, *words, *(["--whole"] if whole else [])])


def keepable(
    activations: Activations, projections: Mapping[int, Projection], state: SessionState, dims: Iterable[int]
) -> bool:
    """Return whether a session file holds all that a picture of these maps is drawn from."""
    shown = [(projections.get(d), activations.projections.get(d), state.run(d)) for d in dims]
    known = all(each is not None and (each is own or (each.is_run and run)) for each, own, run in shown)
    return known and are_default() and not is_unsaved(activations)


def film_command(
    activations: Activations,
    projections: Mapping[int, Projection],
    state: SessionState,
    path: Path,
    settings: FilmSettings,
) -> str:
    """Return the command that makes a film of a whole figure again; empty where the state is no figure of a file."""
    figure = _figure_of(activations, projections, state, settings.view.dims)
    source = _source(activations)
    if figure is None or source is None:
        return ""
    return shlex.join([PROGRAM, "film", f"--figure={figure}", *_film_words(path, settings), *source])


def _film_words(path: Path, settings: FilmSettings) -> list[str]:
    words = [
        f"--out={path}",
        f"--view={settings.view.value}",
        f"--size={settings.width}x{settings.height}",
        f"--fps={settings.fps!r}",
        f"--steps-per-frame={settings.steps_per_frame!r}",
        f"--hold={settings.hold!r}",
        f"--turn={settings.turn!r}",
        f"--azimuth={settings.azimuth!r}",
        f"--elevation={settings.elevation!r}",
        f"--theme={settings.theme}",
        f"--scale={settings.scale!r}",
    ]
    if settings.caption:
        words.append(f"--caption={settings.caption}")
    words += ["--step"] if settings.show_step else []
    words += ["--time"] if settings.show_time else []
    words += ["--source"] if settings.source else []
    return words


def paths_command(
    activations: Activations, projection: Projection, path: Path, recordings: np.ndarray, describe: bool
) -> str:
    """Return the command that exports the same paths; empty where the map or the activations are in no file.

    Parameters
    ----------
    activations : Activations
    projection : Projection
    path : Path
    recordings : ndarray of bool, shape (recordings,)
        Which are exported.
    describe : bool
        As for `export_paths`.
    """
    source = _source(activations)
    if source is None or activations.projections.get(projection.dims) is not projection:
        return ""
    words = ["export", "paths", f"--out={path}", f"--dims={projection.dims}", "--labels", *source]
    words += [] if recordings.all() else [f"--only={as_ranges(np.flatnonzero(recordings).tolist())}"]
    return shlex.join([PROGRAM, *words, *(["--provenance"] if describe else [])])


def elan_command(activations: Activations, recordings: Sequence[int], path: Path, options: ElanOptions) -> str:
    """Return the command that exports the same for ELAN, of the recordings that are imported; empty if there is none.

    Parameters
    ----------
    activations : Activations
    recordings : sequence of int
    path : Path
    options : ElanOptions
    """
    source, names = _source(activations), recording_texts(activations)
    chosen = [names[each] for each in recordings]
    if source is None or any("," in name for name in chosen):
        return ""
    words = ["elan", f"--out={path}", *source]
    words += [] if list(recordings) == list(range(len(activations))) else [f"--only={', '.join(chosen)}"]
    words += [] if options.film else ["--no-film"]
    words += [] if options.table else ["--no-table"]
    words += ["--pose"] if options.pose else []
    words += [f"--theme={options.theme}"] if options.film else []
    return shlex.join([PROGRAM, *words])


def as_ranges(numbers: Iterable[int]) -> str:
    """Return ascending whole numbers as text such as "0-5,9"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def _source(activations: Activations) -> list[str] | None:
    """Return the options that open these activations; None where they are in no file."""
    path = getattr(activations.states, "path", None)
    if path is None:
        return None
    file = Path(path).absolute()
    return [] if file == paths.ships("activations.h5").absolute() else [f"--cache={file}"]


def _figure_of(
    activations: Activations, projections: Mapping[int, Projection], state: SessionState, dims: Iterable[int]
) -> int | None:
    """Return the number of the figure that a state is to the last mark, on the activations' own maps."""
    wanted = tuple(dims)
    own = all(projections.get(d) is activations.projections.get(d) is not None for d in wanted)
    if not own or not are_default():
        return None
    drawn = [each.name for each in fields(SessionState) if each.name not in _NOT_DRAWN]
    for number, figure in figures_of(activations).items():
        if figure.dims not in wanted or figure.disabled_reason(activations, projections):
            continue
        other = figure.state(activations)
        if all(getattr(other, name) == getattr(state, name) for name in drawn):
            return number
    return None
