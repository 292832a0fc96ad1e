"""Imports recordings from folders and archives, and stores them as one HDF5 file.

The file (format "auslan-explorer-recordings", version 1) holds ``/frames`` (frames, 22) float32, ``/recordings/length``
int32, ``/recordings/sign``, ``session`` and ``trial`` int16, ``/signs/key`` and ``name``, and ``/notes``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import h5py
import numpy as np

from auslan_explorer import paths
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.matching import kept_recordings, match_recordings
from auslan_explorer.core.progress import IsCancelled, Progress, never, no_progress
from auslan_explorer.core.recordings import CHANNELS, Recordings
from auslan_explorer.core.signs import KEY_ALIASES, readable_name
from auslan_explorer.core.words import counted
from auslan_explorer.io import hdf5, tsd
from auslan_explorer.io.archives import recording_files
from auslan_explorer.io.opening import is_regular, shown

FULL_SET = 2565
"""Recordings in UCI's archive: 95 signs, 9 sessions, 3 trials."""

VERSION = 1
MOST_SIGNS = 1000
"""UCI's archive has 95."""
_SESSIONS, _TRIALS = range(1, 10), range(1, 4)
# The sign's name goes up to the LAST hyphen: flash-light-2.tsd.
_PATH = re.compile(r"(?:^|/)(?i:tctodd)([1-9])/([^/]+)-([1-3])\.(?i:tsd)\Z")
_HOW_TO_GET = (
    "No recordings are imported yet; run `auslan-explorer download`, or `auslan-explorer import FILE` with the zip or "
    "tctodd.tar.gz from the UCI Machine Learning Repository (data set 115)."
)


def import_recordings(source: Path, progress: Progress = no_progress, cancelled: IsCancelled = never) -> Recordings:
    """Read all recordings of a folder of ``.tsd`` files or of an archive.

    Parameters
    ----------
    source : Path
        Folder, ``tctodd.tar.gz``, UCI's zip; see `io.archives.recording_files`.
    progress : callable, optional
        Called with a fraction 0 to 1 and what is being read.
    cancelled : callable, optional
        Asked often; True stops.

    Returns
    -------
    Recordings
        In the order of sign (ASCII), session, trial. `notes` says what was repaired and whether any are missing.

    Raises
    ------
    UserError
        If the source or one of its files cannot be read; the sentence names the file.
    Cancelled
        If `cancelled` returns True.
    """
    found: dict[tuple[str, int, int], tuple[str, np.ndarray]] = {}
    renamed: dict[tuple[str, str, int], list[int]] = defaultdict(list)
    mended: list[str] = []
    signs: set[str] = set()
    for path, data in recording_files(source, cancelled):
        key, session, trial = _identify(path)
        if key in KEY_ALIASES:
            renamed[key, KEY_ALIASES[key], session].append(trial)
            key = KEY_ALIASES[key]
        identity = key, session, trial
        if identity in found:
            raise UserError(
                f"{shown(path)} and {shown(found[identity][0])} are the same recording; remove one of them."
            )
        frames, lines = tsd.parse(data, path)
        found[identity] = path, frames
        mended += [
            f"{_label(identity)}: line {n} has spaces where a tab belongs; it was read all the same." for n in lines
        ]
        signs.add(key)
        if len(signs) > MOST_SIGNS:
            raise UserError(f"{shown(source)} has more than {MOST_SIGNS} signs; choose the recordings’ own folder.")
        if len(found) % 32 == 0:
            progress(min(len(found) / FULL_SET, 0.99), f"Read {_label(identity)}")
    if not found:
        raise UserError(
            f"{shown(source)} holds no recordings (tctodd<session>/<sign>-<trial>.tsd); choose another folder or "
            "archive."
        )
    notes = [
        f"{old}, session {session}, trial{'s' * (len(trials) > 1)} {', '.join(map(str, sorted(trials)))}: "
        f"read as {new}, as the other sessions name it."
        for (old, new, session), trials in sorted(renamed.items())
    ]
    recordings = _together(found, (*notes, *sorted(mended), *_missing(found)))
    progress(1.0, f"Read {counted(len(recordings), 'recording')}")
    return recordings


def _identify(path: str) -> tuple[str, int, int]:
    match = _PATH.search(path)
    if match is None:
        raise UserError(
            f"{shown(path)} is not named like a recording (tctodd<1-9>/<sign>-<1-3>.tsd); rename it or remove it from "
            "there."
        )
    return match[2], int(match[1]), int(match[3])


def _label(identity: tuple[str, int, int]) -> str:
    key, session, trial = identity
    return f"{key}, session {session}, trial {trial}"


def _missing(found: dict[tuple[str, int, int], tuple[str, np.ndarray]]) -> list[str]:
    """Return a note where the source has fewer recordings than the full set."""
    if len(found) >= FULL_SET:
        return []
    keys = sorted({key for key, _, _ in found})
    gaps = [i for key in keys for s in _SESSIONS for t in _TRIALS if (i := (key, s, t)) not in found]
    note = f"{len(found)} of the full set’s {FULL_SET} recordings are here, of {len(keys)} of its 95 signs"
    if gaps:
        some = "; ".join(_label(i) for i in gaps[:3])
        count, more = counted(len(gaps), "recording"), " and others" * (len(gaps) > 3)
        note += f"; missing, though their sign is here: {count} ({some}{more})"
    return [note + "."]


def _together(found: dict[tuple[str, int, int], tuple[str, np.ndarray]], notes: tuple[str, ...]) -> Recordings:
    order = sorted(found)
    signs = tuple(sorted({key for key, _, _ in order}))
    code = {key: index for index, key in enumerate(signs)}
    frames = [found[identity][1] for identity in order]
    return Recordings(
        frames=np.concatenate(frames),
        lengths=np.array([len(f) for f in frames], dtype=np.int32),
        sign=np.array([code[key] for key, _, _ in order], dtype=np.int16),
        session=np.array([session for _, session, _ in order], dtype=np.int16),
        trial=np.array([trial for _, _, trial in order], dtype=np.int16),
        signs=signs,
        notes=notes,
    )


# ------------------------------------------------------------------------------------------------------------ store
def save_recordings(recordings: Recordings, path: Path) -> None:
    """Write recordings to one HDF5 file, atomically.

    Raises
    ------
    UserError
        If the file cannot be written; what was there before is untouched.
    """

    def fill(file: h5py.File) -> None:
        hdf5.put_text(file, "format", hdf5.RECORDINGS)
        file.attrs["version"] = VERSION
        chunk = (min(4096, max(len(recordings.frames), 1)), recordings.frames.shape[1])
        file.create_dataset(
            "frames",
            data=recordings.frames.astype("<f4"),
            chunks=chunk,
            compression="gzip",
            compression_opts=2,
            shuffle=True,
        )
        group = file.create_group("recordings")
        group["length"] = recordings.lengths.astype("<i4")
        group["sign"] = recordings.sign.astype("<i2")
        group["session"] = recordings.session.astype("<i2")
        group["trial"] = recordings.trial.astype("<i2")
        hdf5.put_texts(file, "signs/key", recordings.signs)
        hdf5.put_texts(file, "signs/name", [readable_name(key) for key in recordings.signs])
        hdf5.put_texts(file, "notes", recordings.notes)

    hdf5.write_hdf5(path, fill)


def load_recordings(path: Path) -> Recordings:
    """Read recordings that `save_recordings` wrote.

    Raises
    ------
    UserError
        If the file is missing, damaged, of another kind or version, or its parts do not fit together.
    """
    with hdf5.naming_errors(path, "imported recordings"), hdf5.reading(path) as file:
        hdf5.check_format(file, path, hdf5.RECORDINGS, VERSION)
        lengths = hdf5.needed(file, "recordings/length", "iu", (None,), np.int32)
        one_each = (len(lengths),)
        if len(lengths) == 0 or lengths.min() < 1:
            raise UserError("recordings/length has no recordings, or one without frames.")
        keys = hdf5.texts(file, "signs/key")
        if not keys:
            raise UserError("signs/key is missing or empty.")
        return Recordings(
            frames=hdf5.needed(file, "frames", "f", (None, len(CHANNELS)), np.float32),
            lengths=lengths,
            sign=hdf5.needed(file, "recordings/sign", "iu", one_each, np.int16),
            session=hdf5.needed(file, "recordings/session", "iu", one_each, np.int16),
            trial=hdf5.needed(file, "recordings/trial", "iu", one_each, np.int16),
            signs=keys,
            notes=hdf5.texts(file, "notes") or (),
        )


def recordings_behind(
    activations: Activations,
    source: Path | None = None,
    progress: Progress = no_progress,
    cancelled: IsCancelled = never,
) -> tuple[Recordings, np.ndarray]:
    """Return recordings that activations were made of: those that they keep, unless others are named.

    Parameters
    ----------
    activations : Activations
    source : Path or None
        As in `open_recordings`; None for those that are kept, or were imported.
    progress, cancelled : callable, optional

    Returns
    -------
    recordings : Recordings
    places : ndarray of int64, shape (activations' recordings,)
        Where each of the activations' is among them; -1 where it is not.

    Raises
    ------
    UserError
        If they cannot be read.
    Cancelled
    """
    kept = kept_recordings(activations) if source is None else None
    if kept is not None:
        return kept, np.arange(len(kept), dtype=np.int64)
    recordings = open_recordings(source, progress, cancelled)
    return recordings, match_recordings(recordings, activations)


def open_recordings(
    source: Path | None = None, progress: Progress = no_progress, cancelled: IsCancelled = never
) -> Recordings:
    """Read recordings from any source: a folder or an archive, a stored file, or (None) those imported before.

    Raises
    ------
    UserError
        If they cannot be read, or there are none yet; then it says how to get them.
    Cancelled
        If `cancelled` returns True.
    """
    if source is None:
        source = paths.recordings_file()
        if not source.exists():
            raise UserError(_HOW_TO_GET)
    if is_regular(source) and hdf5.is_hdf5(source):
        return load_recordings(source)
    return import_recordings(source, progress, cancelled)
