"""Jobs that import recordings from a file or a download, and run the published networks over them.

Slow modules are imported inside the jobs, in their threads.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from auslan_explorer import paths
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.network import Autoencoder
from auslan_explorer.core.origin import Kind, Origin
from auslan_explorer.core.progress import IsCancelled, Progress, never, no_progress, part
from auslan_explorer.core.recordings import STEPS, Recordings
from auslan_explorer.core.signs import ARTICLE_DROPS, readable_name
from auslan_explorer.core.words import counted


@dataclass(frozen=True)
class Imported:
    """Result of an import.

    Attributes
    ----------
    recordings, signs, frames : int
    notes : tuple of str
        What was repaired or noticed, one sentence each.
    file : Path
        The file of the imported recordings.
    left_out : str
        Why the article's networks read fewer, and how many they read; empty where they read all.
    """

    recordings: int
    signs: int
    frames: int
    notes: tuple[str, ...]
    file: Path
    left_out: str = ""


def import_file(
    source: Path, out: Path | None = None, *, progress: Progress = no_progress, cancelled: IsCancelled = never
) -> Imported:
    """Import recordings and save them to a file.

    Parameters
    ----------
    source : Path
        Anything that can be imported, see `io.recordings.import_recordings`.
    out : Path, optional
        Output file, by default in the person's data folder.
    progress, cancelled : callable, optional

    Raises
    ------
    UserError
        If there are none, they cannot be read, or the disk is full.
    Cancelled
    """
    from auslan_explorer.io.recordings import import_recordings, save_recordings

    recordings = import_recordings(source, progress=part(progress, 0.0, 0.9), cancelled=cancelled)
    progress(0.95, "keeping them")
    if out is None:
        out = paths.recordings_file()
        paths.make_folder(out.parent)
    save_recordings(recordings, out)
    found = len(recordings), len(recordings.signs), len(recordings.frames)
    return Imported(*found, recordings.notes, out, explain_left_out(recordings))


def explain_left_out(recordings: Recordings) -> str:
    """Return a sentence on which recordings the article's networks do not read, and why; empty where they read all."""
    read = recordings.article_subset()
    if len(read) == len(recordings):
        return ""
    dropped = recordings.sign == (recordings.signs.index(ARTICLE_DROPS) if ARTICLE_DROPS in recordings.signs else -1)
    long = int(((recordings.lengths >= STEPS) & ~dropped).sum())
    why = []
    if dropped.any():
        why.append(
            f"the {int(dropped.sum())} of the sign “{readable_name(ARTICLE_DROPS)}” are left out as in the article"
        )
    if long:
        why.append(f"{long} {'has' if long == 1 else 'have'} {STEPS} frames or more, longer than the networks read")
    return f"The networks read {len(read)} of them, of {counted(len(read.signs), 'sign')}: {', and '.join(why)}."


def download_and_import(url: str, *, progress: Progress = no_progress, cancelled: IsCancelled = never) -> Imported:
    """Download an archive of recordings, import it and save them in the person's data folder.

    Raises
    ------
    UserError
        As `io.download.download` and `import_file`.
    Cancelled
    """
    from auslan_explorer.io.download import download

    archive = download(url, progress=part(progress, 0.0, 0.8), cancelled=cancelled)
    return import_file(archive, progress=part(progress, 0.8, 1.0), cancelled=cancelled)


def run_published_networks(
    folder: Path, source: Path | None, *, progress: Progress = no_progress, cancelled: IsCancelled = never
) -> Activations:
    """Run the published networks, or one of the same kind and any width, over recordings.

    Parameters
    ----------
    folder : Path
        Holds the three files of weights; or a weight file of one LSTM, which comes without maps.
    source : Path or None
        Recordings: anything that can be imported; None for the ones imported before.
    progress, cancelled : callable, optional

    Raises
    ------
    UserError
        If weights or recordings cannot be read.
    Cancelled
    """
    from auslan_explorer.analysis.activate import activate, fitting
    from auslan_explorer.io.published import load_keras_classifier, load_published
    from auslan_explorer.io.recordings import open_recordings

    progress(0.05, "reading the weights")
    maps: dict[int, Autoencoder] = {}
    if folder.is_file():
        classifier = load_keras_classifier(folder)
    else:
        classifier, maps[2], maps[3] = load_published(folder)
    classifier, recordings = fitting(classifier, open_recordings(source, part(progress, 0.05, 0.4), cancelled))
    found = activate(
        classifier,
        recordings,
        maps,
        provenance={
            "model": f"published weights in {folder.name}",
            "data": "recordings imported by the person",
        },
        progress=part(progress, 0.4, 1.0),
        cancelled=cancelled,
    )
    origin = Origin(Kind.PUBLISHED, weights=str(folder.absolute()), recordings=str(source.absolute()) if source else "")
    return replace(found, origin=origin)
