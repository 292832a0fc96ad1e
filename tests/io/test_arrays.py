from __future__ import annotations

from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from auslan_explorer.core.errors import UserError
from auslan_explorer.io import hdf5
from auslan_explorer.io.cache import activations_from_npz, cache_from_arrays, check_cache, read_cache, write_cache

GOOD: dict[str, Any] = {
    "states": np.zeros((9, 3), np.float32),
    "lengths": np.array([4, 5]),
    "sign": np.array([1, 0]),
    "signs": ("saw", "sine"),
}


def test_defaults() -> None:
    a = cache_from_arrays(**GOOD)
    assert (a.steps, a.units, a.real_steps, len(a)) == (5, 3, 9, 2)
    assert a.first_step.tolist() == [0, 0]
    assert a.step_of_point().tolist() == [0, 1, 2, 3, 0, 1, 2, 3, 4]


def test_front_padding_is_derived_from_a_prefix() -> None:
    a = cache_from_arrays(**GOOD, steps=8, prefix=np.zeros((4, 3)))
    assert a.first_step.tolist() == [4, 3]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"states": np.zeros((9, 3, 1))}, "states must be"),
        ({"states": np.zeros((9, 3), int)}, "states must be"),
        ({"states": np.zeros((0, 3))}, "states must be"),
        ({"states": np.full((9, 3), np.nan)}, "states holds"),
        (
            {"head_kernel": np.full((3, 2), 1e39), "head_bias": np.zeros(2)},
            "head_kernel holds values that are not finite",
        ),
        ({"steps": 100_001}, "The network has 100001 steps; 100000 are the most"),
        ({"first_step": [0, 99_996]}, "The network has 100001 steps; 100000 are the most"),
        ({"signs": ("a", "b" * 4097)}, "signs has 2 texts; 32767 are the most, of 4096 letters each"),
        ({"signs": tuple(map(str, range(32_768)))}, "signs has 32768 texts; 32767 are the most"),
        ({"lengths": [4, 4]}, "adds up to 8"),
        ({"lengths": [9, 0]}, "lengths must lie in 1"),
        ({"lengths": []}, "lengths must be"),
        ({"lengths": [4.0, 5.0]}, "lengths must be whole"),
        ({"sign": [1, 2]}, "sign must lie in 0 to 1"),
        ({"sign": [1]}, "sign must be whole numbers, one a recording"),
        ({"signs": ("a", "a")}, "signs must name"),
        ({"signs": ()}, "signs must name"),
        ({"names": ("a",)}, "names has 1"),
        ({"steps": 4}, "beyond the network’s 4 steps"),
        ({"prefix": np.zeros((4, 3))}, "steps is needed"),
        ({"prefix": np.zeros((4, 2)), "steps": 9}, "prefix must be"),
        ({"prefix": np.zeros((4, 3)), "steps": 4}, "beyond the network’s 4 steps"),
        ({"first_step": [-1, 0]}, "first_step must lie"),
        ({"split": [0, 3]}, "split must be 0"),
        ({"predicted": [0, 2]}, "predicted must lie"),
        ({"head_kernel": np.zeros((3, 2))}, "belong together"),
        ({"head_kernel": np.zeros((3, 2)), "head_bias": np.zeros(3)}, "head_bias must be"),
        ({"projections": {2: np.zeros((9, 3))}}, "projections 2 must be"),
        ({"projections": {4: np.zeros((9, 4))}}, "2 or 3 dimensions"),
        ({"projections": {2: np.zeros((9, 2))}, "prefix": np.zeros((4, 3)), "steps": 9}, "of the prefix"),
    ],
)
def test_what_does_not_fit_is_named(wrong: dict[str, Any], says: str) -> None:
    with pytest.raises(UserError, match=says):
        cache_from_arrays(**{**GOOD, **wrong})


def test_npz(tmp_path: Path) -> None:
    np.savez(
        tmp_path / "a.npz",
        **{**GOOD, "states": np.arange(27.0).reshape(9, 3)},
        names=["Saw", "Sine"],
        steps=7,
        predicted=[1, 1],
        projection_2d=np.ones((9, 2)),
        model="a GRU",
    )
    a = activations_from_npz(tmp_path / "a.npz")
    assert (a.signs, a.names, a.steps, dict(a.provenance)) == (("saw", "sine"), ("Saw", "Sine"), 7, {"model": "a GRU"})
    assert a.projections[2].points.shape == (9, 2)
    write_cache(tmp_path / "a.h5", a)
    assert check_cache(tmp_path / "a.h5") == []
    assert read_cache(tmp_path / "a.h5").provenance == {"model": "a GRU"}


def test_npz_that_are_none(tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    with pytest.raises(UserError, match="There is no file"):
        activations_from_npz(path)
    np.savez(path, **GOOD)
    whole = path.read_bytes()
    np.savez(path, states=np.array([{"a": 1}], dtype=object), **{k: v for k, v in GOOD.items() if k != "states"})
    pickled = path.read_bytes()
    np.save(tmp_path / "b.npy", np.zeros(3))
    for data in (b"", b"text", whole[: len(whole) // 2], pickled, (tmp_path / "b.npy").read_bytes()):
        path.write_bytes(data)
        with pytest.raises(UserError, match="not a whole"):
            activations_from_npz(path)
    np.savez(path, states=GOOD["states"])
    with pytest.raises(UserError, match="lacks the array lengths"):
        activations_from_npz(path)
    np.savez(path, **GOOD, label=np.zeros(4))
    with pytest.raises(UserError, match="array label"):
        activations_from_npz(path)
    np.savez(path, **{**GOOD, "lengths": np.array([1, 1])})
    with pytest.raises(UserError, match=r"a\.npz: lengths adds up"):
        activations_from_npz(path)


def test_an_array_that_claims_more_than_can_be_read_is_refused_with_its_size(tmp_path: Path) -> None:
    with h5py.File(tmp_path / "a.h5", "w") as file:
        file.create_dataset("states", shape=(5 << 30,), dtype="f4", chunks=(1 << 20,))
        with pytest.raises(UserError, match="states claims 20 GB, more than can be read"):
            hdf5.check_shape(file["states"], "states", "f", (None,))


def test_a_network_may_have_100_000_steps() -> None:
    assert cache_from_arrays(**GOOD, steps=100_000).steps == 100_000
    assert cache_from_arrays(**GOOD, first_step=[0, 99_995]).steps == 100_000
