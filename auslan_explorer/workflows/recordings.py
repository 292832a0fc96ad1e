"""The work behind the dialogs, without Qt: each maker returns ``work(progress=..., cancelled=...)`` for a job.

Whatever is slow to import is imported by the work itself, in its thread.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from auslan_explorer import paths
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.progress import IsCancelled, Progress, part
from auslan_explorer.core.recordings import Recordings
from auslan_explorer.gui.i18n import said

if TYPE_CHECKING:
    from auslan_explorer.io.session_file import SavedSession
    from auslan_explorer.training.runs import Run


class Work(Protocol):
    """A long function as `gui.jobs` calls it."""

    def __call__(self, *, progress: Progress, cancelled: IsCancelled) -> Any: ...


@dataclass(frozen=True)
class Imported:
    """What an import brought.

    Attributes
    ----------
    recordings, signs, frames : int
    notes : tuple of str
        What was mended or remarked, one sentence each.
    file : Path
        Where it is kept.
    """

    recordings: int
    signs: int
    frames: int
    notes: tuple[str, ...]
    file: Path


def computing(activations: Activations, name: str) -> Work:
    """Return the work of computing a number of every step, which the activations keep: `Activations.confidence`."""

    def work(*, progress: Progress, cancelled: IsCancelled) -> None:
        getattr(activations, name)

    return work


def opening(file: Path) -> Work:
    """Return the work of reading activations; it returns `Activations`."""

    def work(*, progress: Progress, cancelled: IsCancelled) -> Activations:
        from auslan_explorer.io.cache import read_cache

        return read_cache(file)

    return work


@dataclass(frozen=True)
class OpenedSession:
    """A session file and what it is of.

    Attributes
    ----------
    file : Path
    saved : SavedSession
    activations : Activations or None
        None where those that are open already are the ones, or nothing better is at hand.
    remarks : tuple of str
        Why they are not the ones, in a few words.
    restored : bool
        Kept by the program for the case of a crash, not by the person.
    maps : mapping of str to Run
        The runs that it names, as far as they are kept here.
    """

    file: Path
    saved: SavedSession
    activations: Activations | None
    remarks: tuple[str, ...]
    restored: bool = False
    maps: Mapping[str, Run] = field(default_factory=dict)


def open_session(file: Path, open_now: Path | None) -> OpenedSession:
    """Read a session, and the activations that it is of where they are not open already.

    Raises
    ------
    UserError
        If it is no session. Missing or broken activations are remarks.
    """
    from auslan_explorer.io.cache import read_cache
    from auslan_explorer.io.session_file import find_source, read_session
    from auslan_explorer.workflows.sessions import read_maps

    saved = read_session(file)
    maps = read_maps(saved.shown)
    place = find_source(saved.source, file)
    if place is None:
        name = saved.source.file.replace("\\", "/").rpartition("/")[2]
        why = said("its activations {0} are not found", name) if name else said("its activations are in no file")
        return OpenedSession(file, saved, None, (why,), maps=maps)
    if open_now is not None and open_now.exists() and place.samefile(open_now):
        return OpenedSession(file, saved, None, (), maps=maps)
    try:
        return OpenedSession(file, saved, read_cache(place), (), maps=maps)
    except UserError as error:
        why = said("its activations cannot be read ({0})", str(error).rstrip("."))
        return OpenedSession(file, saved, None, (why,), maps=maps)


def opening_session(file: Path, open_now: Path | None) -> Work:
    """Return the work of `open_session`."""

    def work(*, progress: Progress, cancelled: IsCancelled) -> OpenedSession:
        return open_session(file, open_now)

    return work


def importing(source: Path) -> Work:
    """Return the work of importing recordings and keeping them; it returns `Imported`."""

    def work(*, progress: Progress, cancelled: IsCancelled) -> Imported:
        return _import(source, progress, cancelled)

    return work


def downloading(url: str) -> Work:
    """Return the work of getting the recordings, importing and keeping them; it returns `Imported`."""

    def work(*, progress: Progress, cancelled: IsCancelled) -> Imported:
        from auslan_explorer.io.download import download

        archive = download(url, progress=part(progress, 0.0, 0.8), cancelled=cancelled)
        return _import(archive, part(progress, 0.8, 1.0), cancelled)

    return work


def _import(source: Path, progress: Progress, cancelled: IsCancelled) -> Imported:
    from auslan_explorer.io.recordings import import_recordings, save_recordings

    recordings = import_recordings(source, progress=part(progress, 0.0, 0.9), cancelled=cancelled)
    progress(0.95, said("keeping them"))
    paths.make_folder(paths.data_dir())
    file = paths.recordings_file()
    save_recordings(recordings, file)
    return Imported(len(recordings), len(recordings.signs), len(recordings.frames), recordings.notes, file)


def opening_published(folder: Path, source: Path | None) -> Work:
    """Return the work of running the published networks over recordings; it returns `Activations`.

    Parameters
    ----------
    folder : Path
        Holds the three files of weights.
    source : Path or None
        Recordings: anything that can be imported; None for the ones imported before.
    """

    def work(*, progress: Progress, cancelled: IsCancelled) -> Activations:
        from auslan_explorer.analysis.activate import activate
        from auslan_explorer.io.published import load_published
        from auslan_explorer.io.recordings import open_recordings

        progress(0.05, said("reading the weights"))
        classifier, flat, solid = load_published(folder)
        recordings: Recordings = open_recordings(source, part(progress, 0.05, 0.4), cancelled)
        result: Activations = activate(
            classifier,
            recordings.article_subset(),
            {2: flat, 3: solid},
            provenance={
                "model": f"published weights in {folder.name}",
                "data": "recordings imported by the person",
            },
            progress=part(progress, 0.4, 1.0),
            cancelled=cancelled,
        )
        return result

    return work
