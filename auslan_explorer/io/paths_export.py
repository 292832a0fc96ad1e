"""Exports paths, labels and predictions for other programs: a CSV table or a plain HDF5 file."""

from __future__ import annotations

import csv
from pathlib import Path

import h5py
import numpy as np

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.projection import Projection
from auslan_explorer.core.splits import SPLIT_NAMES
from auslan_explorer.io.atomic import write_bytes, writing
from auslan_explorer.io.hdf5 import put_text, put_texts, write_hdf5
from auslan_explorer.io.origin_tags import NOWHERE, Origin, description_of, table_description

CSV, HDF5 = (".csv",), (".h5", ".hdf5")
SUFFIXES = (*CSV, *HDF5)
_HOLDS = {
    "sign": "key of the sign",
    "session": "session of the recording",
    "trial": "number of the recording in its session",
    "step": "step of the network, from 0",
    **{axis: f"place on the map’s axis {i}, before the signed log" for i, axis in enumerate("xyz", 1)},
    "split": "training, validation, test or none",
    "recording": "number of the recording, from 0; sign, session and trial do not tell all apart",
    "predicted": "key of the sign that the network answers; empty where it is not known",
    "class": "key of the sign",
    "sequence": "number of the recording, from 0",
    "name": "name of the recording",
}


def write_paths(
    path: Path,
    activations: Activations,
    projection: Projection,
    recordings: np.ndarray | None = None,
    labels: bool = True,
    origin: Origin = NOWHERE,
    describe: bool = False,
) -> None:
    """Write the paths of recordings with their labels and predictions, atomically.

    A CSV file has a row for every real step: sign (its key), session, trial, step (of the network, from 0), x, y and,
    in 3-D, z, before the signed log; then split and predicted (the network's prediction, empty where it is not known),
    and recording (its number, from 0) where sign, session and trial do not tell all apart.
    Of other data than sign language it has class, sequence (a number from 0) and name in place of sign, session and
    trial, as far as these are known.
    An HDF5 file holds the same in two groups: ``recordings/`` one entry each, ``points/`` one row for every real step.

    Parameters
    ----------
    path : Path
        Its ending chooses the kind: .csv, .h5 or .hdf5.
    activations : Activations
    projection : Projection
    recordings : ndarray of bool, shape (recordings,), optional
        Which to write; all by default.
    labels : bool
        Whether a CSV file gets the columns split and predicted.
    origin : Origin
        Where the paths are from: attributes of an HDF5 file.
    describe : bool
        Whether a CSV file gets a file beside it that says what its columns hold and where it is from, see
        `description_of`. The table itself stays one that every reader takes.

    Raises
    ------
    UserError
        If the ending is not known, no recording is chosen, or the file cannot be written.
    """
    chosen = np.ones(len(activations), dtype=bool) if recordings is None else recordings
    if path.suffix.lower() not in SUFFIXES:
        raise UserError(f"{path.name}: paths are written as {', '.join(SUFFIXES)}; give the file one of these endings.")
    if not chosen.any():
        raise UserError(activations.wording.say("There is no recording to export; show or select some first."))
    if path.suffix.lower() in CSV:
        _write_csv(path, activations, projection, chosen, labels)
        if describe:
            say = activations.wording.say
            columns = {name: say(_HOLDS[name]) for name in _header(activations, projection, labels)}
            write_bytes(description_of(path), table_description(path.name, columns, origin))
    else:
        _write_hdf5(path, activations, projection, chosen, origin)


def _header(a: Activations, projection: Projection, labels: bool) -> list[str]:
    plain = [*_owner_names(a), "step", *"xyz"[: projection.dims]]
    return [*plain, *(("split", "predicted") if labels else ()), *(("recording",) if _keys_repeat(a) else ())]


def _owner_names(a: Activations) -> tuple[str, ...]:
    """Return the columns that say of which recording a step is."""
    if a.wording.of_signs:
        return "sign", "session", "trial"
    return (*(("class",) if a.classified else ()), "sequence", *(("name",) if a.recording_names else ()))


def _keys_repeat(a: Activations) -> bool:
    """Return whether sign, session and trial do not tell all recordings apart, where they are written."""
    return a.wording.of_signs and len(np.unique(np.stack([a.sign, a.session, a.trial]), axis=1).T) < len(a)


def _write_csv(path: Path, a: Activations, projection: Projection, chosen: np.ndarray, labels: bool) -> None:
    owner = a.recording_of_point()
    rows = np.flatnonzero(chosen[owner])
    owner = owner[rows]
    points = projection.points[rows]
    keys = np.array([*a.signs, ""], dtype=object)  # the last is for a prediction that is not known (-1)
    splits = np.array([SPLIT_NAMES.get(int(code), "none") for code in a.split], dtype=object)
    signs = keys[a.sign[owner]].tolist()
    owners = {
        "sign": lambda: signs, "session": lambda: a.session[owner].tolist(), "trial": lambda: a.trial[owner].tolist(),
        "class": lambda: signs, "sequence": owner.tolist,
        "name": lambda: np.array(a.recording_names, dtype=object)[owner].tolist(),
    }  # fmt: skip
    columns = [
        *(owners[name]() for name in _owner_names(a)),
        a.step_of_point()[rows].tolist(),
        # Nine significant digits give every float32 back exactly.
        *([f"{value:.9g}" for value in points[:, axis].tolist()] for axis in range(points.shape[1])),
    ]
    if labels:
        columns += [splits[owner].tolist(), keys[a.predicted[owner]].tolist()]
    if _keys_repeat(a):
        columns.append(owner.tolist())
    with writing(path) as beside, beside.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_header(a, projection, labels))
        writer.writerows(zip(*columns, strict=True))


def _write_hdf5(path: Path, a: Activations, projection: Projection, chosen: np.ndarray, origin: Origin) -> None:
    owner = a.recording_of_point()
    rows = np.flatnonzero(chosen[owner])
    which = np.flatnonzero(chosen)
    number = np.cumsum(chosen, dtype=np.int32) - 1

    def fill(file: h5py.File) -> None:
        about = "paths of recordings, before the signed log; signs and predictions index /signs, -1 unknown"
        put_text(file, "about", a.wording.say(about))
        put_text(file, "projection", projection.title)
        for name, text in origin.items():
            put_text(file, name.lower(), text)
        put_texts(file, "signs", a.signs)
        recordings = file.create_group("recordings")
        for name in ("sign", "predicted", "session", "trial", "lengths", "first_step"):
            recordings.create_dataset(name, data=getattr(a, name)[which])
        put_texts(recordings, "split", [SPLIT_NAMES.get(int(code), "none") for code in a.split[which]])
        points = file.create_group("points")
        points.create_dataset("recording", data=number[owner[rows]], compression="gzip")
        points.create_dataset("step", data=a.step_of_point()[rows], compression="gzip")
        points.create_dataset("position", data=projection.points[rows].astype(np.float32), compression="gzip")

    write_hdf5(path, fill)
