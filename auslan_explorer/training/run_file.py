"""Run files (docs/run-file.md): HDF5, written atomically; files from others are checked in full."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any

import h5py
import numpy as np

from auslan_explorer.analysis.quality import Quality
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.words import told_words
from auslan_explorer.io import hdf5
from auslan_explorer.io.hdf5_survey import attribute
from auslan_explorer.io.models import get_layers, put_layers
from auslan_explorer.io.opening import check_regular, parse_json
from auslan_explorer.training.run import Run, RunInfo
from auslan_explorer.training.settings import AutoencoderSettings

VERSION = 1
LONGEST_NAME = 120
MOST_FILE_BYTES = 256 << 20
"""The article's data take 4 MB: 145 000 points, 300 000 weights."""
MOST_THUMBNAIL_BYTES = 1 << 20
THUMBNAIL_PIXELS = 1024
MEASURED_ON = ("test", "validation")
LONGEST_TEXT = 500
_ID = re.compile(r"\d{8}-\d{6}-[0-9a-f]{6}")
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00")
_PNG = b"\x89PNG\r\n\x1a\n"


def is_id(text: str) -> bool:
    """Return whether a text is a valid id of a run, and so a safe file name."""
    return _ID.fullmatch(text) is not None


def checked_name(name: str) -> str:
    """Validate a run's name, and return it without spaces around it.

    Raises
    ------
    UserError
        If it is empty, too long, or holds unprintable characters.
    """
    name = name.strip()
    if not name:
        raise UserError("Give the run a name.")
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise UserError(f"A run’s name can have up to {LONGEST_NAME} letters, on one line.")
    return name


def write_run(path: Path, run: Run) -> None:
    """Write a run's file atomically.

    Raises
    ------
    UserError
        If it cannot be written; what was there before is untouched.
    """
    info = run.info

    def fill(file: h5py.File) -> None:
        hdf5.put_text(file, "format", hdf5.RUN)
        file.attrs["version"] = VERSION
        for name in ("id", "name", "created", "activations", "data"):
            hdf5.put_text(file, name, getattr(info, name)[:LONGEST_TEXT])
        hdf5.put_text(file, "class_word", info.words.class_word)
        hdf5.put_text(file, "sequence_word", info.words.sequence_word)
        hdf5.put_text(file, "program", info.version)
        hdf5.put_text(file, "settings", json.dumps(info.settings.as_dict()))
        hdf5.put_text(file, "metrics", json.dumps(dict(info.metrics)))
        losses = [[_plain(loss) for loss in column] for column in (info.train_losses, info.validation_losses)]
        hdf5.put_text(file, "losses", json.dumps(losses))
        file.attrs["best_epoch"] = int(info.best_epoch)
        file.attrs["seconds"] = float(info.seconds)
        put_layers(file, run.autoencoder)
        for name, array in (("points", run.points), ("prefix", run.prefix)):
            file[f"projection/{name}"] = array.astype("<f4")
        if info.thumbnail:
            file["thumbnail"] = np.frombuffer(info.thumbnail, np.uint8)

    hdf5.write_hdf5(path, fill)


def read_info(path: Path) -> RunInfo:
    """Read the metadata of a run, without its map.

    Raises
    ------
    UserError
        If the file is missing, damaged, hostile, of another kind or of a newer version.
    """
    with hdf5.naming_errors(path, "a training run"), _opened(path) as file:
        return _info(file)


def read_run(path: Path) -> Run:
    """Read a whole run.

    Raises
    ------
    UserError
        As `read_info`, and if its parts do not fit one another.
    """
    with hdf5.naming_errors(path, "a training run"), _opened(path) as file:
        info, autoencoder = _info(file), get_layers(file)
        points = hdf5.needed(file, "projection/points", "f", (None, info.dims), np.float32)
        prefix = hdf5.needed(file, "projection/prefix", "f", (None, info.dims), np.float32)
        if autoencoder.dims != info.dims:
            raise UserError(f"its map has {autoencoder.dims} dimensions and its settings say {info.dims}.")
        return Run(info, autoencoder, points, prefix)


@contextmanager
def _opened(path: Path) -> Iterator[h5py.File]:
    """Open a run's file after a check of its size."""
    if check_regular(path) > MOST_FILE_BYTES:
        raise UserError(f"it is larger than {MOST_FILE_BYTES >> 20} MB, which no run is.")
    with hdf5.reading(path) as file:
        hdf5.check_format(file, path, hdf5.RUN, VERSION)
        yield file


def _info(file: h5py.File) -> RunInfo:
    texts = {name: hdf5.text_attribute(file, name) for name in ("id", "name", "created", "activations", "data")}
    if not is_id(texts["id"]):
        raise UserError("its id is missing, or none that this program gives.")
    if not _DATE.fullmatch(texts["created"]):
        raise UserError("the time at which it was made cannot be read.")
    if any(len(text) > LONGEST_TEXT or not text.isprintable() for text in texts.values()):
        raise UserError("one of its texts is too long or cannot be read.")
    settings, losses = _json(file, "settings", dict), _json(file, "losses", list)
    if len(losses) != 2 or not all(isinstance(column, list) for column in losses) or len(losses[0]) != len(losses[1]):
        raise UserError("its losses are no two lists of equal length.")
    train, validation = (tuple(_number(loss) for loss in column) for column in losses)
    best = hdf5.int_attribute(file, "best_epoch", 0)
    if not 1 <= best <= len(validation):
        raise UserError("its best epoch is none of its epochs.")
    return RunInfo(
        id=texts["id"],
        name=checked_name(texts["name"]),
        created=texts["created"],
        version=hdf5.text_attribute(file, "program")[:LONGEST_TEXT],
        settings=AutoencoderSettings.from_dict(settings),
        train_losses=train,
        validation_losses=validation,
        best_epoch=best,
        seconds=_seconds(file),
        metrics=_metrics(_json(file, "metrics", dict)),
        activations=texts["activations"],
        data=texts["data"],
        words=told_words(*(hdf5.text_attribute(file, name) for name in ("class_word", "sequence_word"))),
        thumbnail=_thumbnail(file),
    )


def _json(file: h5py.File, name: str, kind: type) -> Any:
    try:
        value = parse_json(hdf5.text_attribute(file, name))
    except ValueError:
        value = None
    if not isinstance(value, kind):
        raise UserError(f"its {name} cannot be read.")
    return value


def _plain(loss: float) -> float | None:
    return loss if math.isfinite(loss) else None


def _number(value: Any) -> float:
    """Return a loss from JSON; None, which stands for NaN there, becomes NaN."""
    if value is None:
        return math.nan
    if type(value) not in (int, float) or not 0 <= value < 1e30:
        raise UserError("one of its losses is no number.")
    return float(value)


def _seconds(file: h5py.File) -> float:
    value = attribute(file, "seconds")
    if not isinstance(value, float | np.floating) or not 0 <= value < 1e9:
        raise UserError("the time that it took cannot be read.")
    return float(value)


def _metrics(told: dict[str, Any]) -> dict[str, Any]:
    known: dict[str, Any] = {}
    for name in (each.name for each in fields(Quality)):
        value = told.get(name)
        if value is not None and (type(value) not in (int, float) or not -1e30 < value < 1e30):
            raise UserError(f"its {name.replace('_', ' ')} is no number.")
        if name in told:
            known[name] = value
    if told.get("measured_on") in MEASURED_ON:
        known["measured_on"] = told["measured_on"]
    return known


def _thumbnail(file: h5py.File) -> bytes:
    """Return the PNG of the thumbnail; one with larger dimensions in its header is never decoded."""
    found = hdf5.find(file, "thumbnail")
    if found is None:
        return b""
    if found.dtype != np.uint8 or found.ndim != 1 or found.nbytes > MOST_THUMBNAIL_BYTES:
        raise UserError("its thumbnail is no small picture.")
    data = bytes(found[()])
    size = [int.from_bytes(data[start : start + 4], "big") for start in (16, 20)]
    if not data.startswith(_PNG) or data[12:16] != b"IHDR" or not all(1 <= side <= THUMBNAIL_PIXELS for side in size):
        raise UserError("its thumbnail is no small picture.")
    return data
