from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import h5py
import numpy as np
import pytest

from auslan_explorer import paths
from auslan_explorer.core.ensemble import Ensemble
from auslan_explorer.core.errors import UserError
from auslan_explorer.io.stability_store import find_ensemble, read_ensemble, save_ensemble, write_ensemble


def _ensemble(signs: int = 4, maps: int = 3) -> Ensemble:
    rng = np.random.default_rng(0)
    full = np.abs(rng.normal(size=(signs, signs)))
    found = rng.normal(0, 9, (maps, signs, 32, 2)).astype(np.float32)
    found[:, -1] = np.nan  # a sign without a recording
    keys = tuple(f"sign{n}" for n in range(signs))
    ends = rng.normal(0, 9, (maps, 11, 2)).astype(np.float32)
    return Ensemble(tuple(range(maps)), found, ends, full, full, keys, "0123", {"epochs": 20})


def test_an_ensemble_comes_back_to_three_digits(tmp_path: Path) -> None:
    was = _ensemble()
    write_ensemble(tmp_path / "one.h5", was)
    now = read_ensemble(tmp_path / "one.h5")
    assert (now.seeds, now.signs, now.fingerprint, now.info) == (was.seeds, was.signs, "0123", {"epochs": 20})
    assert np.allclose(now.paths, was.paths, atol=0.02, equal_nan=True) and np.allclose(now.ends, was.ends, atol=0.02)
    assert np.allclose(now.full_paths, was.full_paths, atol=1e-6)


def test_ones_own_comes_before_the_one_that_ships() -> None:
    own = replace(_ensemble(), fingerprint="only-here")
    assert find_ensemble("only-here") is None
    file = save_ensemble(own)
    found = find_ensemble("only-here")
    assert found is not None and found.seeds == (0, 1, 2) and paths.data_dir() in file.parents
    assert find_ensemble("only-here", 3) is None
    file.write_bytes(b"nonsense")
    assert find_ensemble("only-here") is None
    file.unlink()


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("ends", np.full((3, 11, 2), np.nan, np.float16), "ends holds values that are not finite"),
        ("ends", np.zeros((2, 11, 2), np.float16), "ends has shape"),
        ("paths", np.full((3, 4, 32, 2), np.inf, np.float16), "paths holds infinite values"),
        ("paths", np.zeros((3, 4, 32, 5), np.float16), "ends has shape|no map"),
        ("seed", np.zeros(0, np.int64), "seed names 0 maps"),
        ("full/paths", np.zeros((4, 3), np.float32), "full/paths has shape"),
        ("scale", None, "scale is missing"),
        ("full/ends", None, "full/ends is missing"),
        ("seed", np.arange(1001, dtype=np.int64), "seed names 1001 maps; there have to be 1 to"),
        ("signs/key", np.array([b"a", b"b", b"a", b"c"], dtype=object), "holds the same key twice"),
        ("paths", np.zeros((3, 4, 0, 2), np.float16), r"paths has shape \(3, 4, 0, 2\), which is no map"),
    ],
)
def test_broken_files_are_told_in_a_sentence(tmp_path: Path, name: str, value: object, sentence: str) -> None:
    file = tmp_path / "one.h5"
    write_ensemble(file, _ensemble())
    with h5py.File(file, "a") as store:
        del store[name]
        if value is not None:
            store[name] = value
    with pytest.raises(UserError, match=sentence):
        read_ensemble(file)


def test_other_files_are_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "cut.h5").write_bytes(b"\x89HDF\r\n\x1a\n" + b"x" * 40)
    with pytest.raises(UserError, match="damaged or cut short"):
        read_ensemble(tmp_path / "cut.h5")
    with pytest.raises(UserError, match="an autoencoder, not an ensemble of maps"):
        read_ensemble(paths.ships("autoencoder-2d.h5"))
