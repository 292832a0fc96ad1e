"""Files of ensembles of maps: HDF5, small enough to ship.

Format "auslan-explorer-stability", version 1: attributes ``fingerprint`` (of the hidden states) and ``info`` (JSON);
``/seed`` (N), ``/paths`` (N, signs, phases, dims) and ``/ends`` (N, recordings, dims) in bottleneck values, both
float16 after division by ``/scale`` (N) and shuffled and compressed; ``/full/paths`` and ``/full/ends`` (signs, signs),
float32, distances in the space of all units; ``/signs/key``. In ``info``, ``class_word`` and ``sequence_word`` say what
classes and sequences are called (absent: "sign", "recording"). Signs without a recording have NaN in ``/paths`` and
``/full``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import h5py
import numpy as np

from auslan_explorer import paths
from auslan_explorer.core.ensemble import Ensemble
from auslan_explorer.core.errors import UserError
from auslan_explorer.io import hdf5
from auslan_explorer.io.opening import parse_json

VERSION = 1
SHIPPED = "stability.h5"
MOST_MAPS = 1000


def write_ensemble(path: Path, ensemble: Ensemble) -> None:
    """Write an ensemble's file atomically.

    Raises
    ------
    UserError
        If the file cannot be written.
    """

    def fill(file: h5py.File) -> None:
        hdf5.put_text(file, "format", hdf5.STABILITY)
        file.attrs["version"] = VERSION
        hdf5.put_text(file, "fingerprint", ensemble.fingerprint)
        hdf5.put_text(file, "info", json.dumps(dict(ensemble.info)))
        file["seed"] = np.array(ensemble.seeds, dtype="<i8")
        scale = np.nanmax(np.abs(ensemble.paths), axis=(1, 2, 3), initial=1e-6).astype("<f4")
        file["scale"] = scale
        for name, values in (("paths", ensemble.paths), ("ends", ensemble.ends)):
            small = values / scale.reshape(-1, *[1] * (values.ndim - 1))
            file.create_dataset(name, data=small.astype("<f2"), compression="gzip", compression_opts=9, shuffle=True)
        for name, full in (("paths", ensemble.full_paths), ("ends", ensemble.full_ends)):
            file.create_dataset(f"full/{name}", data=full.astype("<f4"), compression="gzip", shuffle=True)
        hdf5.put_texts(file, "signs/key", ensemble.signs)

    hdf5.write_hdf5(path, fill)


def read_ensemble(path: Path) -> Ensemble:
    """Read an ensemble's file.

    Raises
    ------
    UserError
        If the file is missing, damaged, of another kind or version, or its arrays do not fit together.
    """
    with hdf5.naming_errors(path, "an ensemble of maps"), hdf5.reading(path) as file:
        hdf5.check_format(file, path, hdf5.STABILITY, VERSION)
        keys = hdf5.texts(file, "signs/key")
        seeds = hdf5.needed(file, "seed", "iu", (None,), np.int64)
        if not keys or len(set(keys)) != len(keys):
            raise UserError("signs/key is missing, empty, or holds the same key twice.")
        if not 1 <= len(seeds) <= MOST_MAPS:
            raise UserError(f"seed names {len(seeds)} maps; there have to be 1 to {MOST_MAPS}.")
        maps, signs = len(seeds), len(keys)
        scale = hdf5.needed(file, "scale", "f", (maps,), np.float32)
        found = _floats(file, "paths", (maps, signs, None, None))
        ends = _floats(file, "ends", (maps, None, found.shape[3]))
        if found.shape[3] not in (2, 3) or not found.shape[2]:
            raise UserError(f"paths has shape {found.shape}, which is no map in 2 or 3 dimensions.")
        if not np.isfinite(ends).all():
            raise UserError("ends holds values that are not finite numbers.")
        return Ensemble(
            seeds=tuple(int(seed) for seed in seeds),
            paths=found * scale[:, None, None, None],
            ends=ends * scale[:, None, None],
            full_paths=_floats(file, "full/paths", (signs, signs)).astype(np.float64),
            full_ends=_floats(file, "full/ends", (signs, signs)).astype(np.float64),
            signs=keys,
            fingerprint=hdf5.text_attribute(file, "fingerprint"),
            info=_info(hdf5.text_attribute(file, "info")),
        )


def _floats(file: h5py.File, name: str, shape: Sequence[int | None]) -> np.ndarray:
    """Read an array of floats in which NaN means "no recording"; infinite values are refused."""
    dataset = hdf5.find(file, name)
    if dataset is None:
        raise UserError(f"{name} is missing.")
    hdf5.check_shape(dataset, name, "f", shape)
    values: np.ndarray = dataset[()].astype(np.float32)
    if np.isinf(values).any():
        raise UserError(f"{name} holds infinite values.")
    return values


def _info(text: str) -> dict[str, Any]:
    with suppress(ValueError):
        found = parse_json(text)
        if isinstance(found, dict):
            return found
    return {}


def user_ensemble_file(fingerprint: str, dims: int) -> Path:
    """Return the path of the ensemble that a person trained, which need not exist yet."""
    return paths.data_dir() / "stability" / f"{fingerprint}-{dims}d.h5"


def find_ensemble(fingerprint: str, dims: int = 2) -> Ensemble | None:
    """Find the ensemble of hidden states with this fingerprint: the person's own, else the shipped one.

    None where there is none, or none that can be read.
    """
    for file in (user_ensemble_file(fingerprint, dims), paths.ships(SHIPPED)):
        with suppress(UserError):
            if file.exists():
                ensemble = read_ensemble(file)
                if ensemble.fingerprint == fingerprint and ensemble.dims == dims:
                    return ensemble
    return None


def save_ensemble(ensemble: Ensemble) -> Path:
    """Save an ensemble in the person's data folder, and return its path.

    Raises
    ------
    UserError
        If the folder cannot be made or written.
    """
    file = user_ensemble_file(ensemble.fingerprint, ensemble.dims)
    paths.make_folder(file.parent)
    write_ensemble(file, ensemble)
    return file
