"""What arrays a file holds, which of them is guessed to be what, and how one of them is read."""

from __future__ import annotations

from pathlib import Path

import h5py
import numpy as np
import pytest

from auslan_explorer.core.errors import UserError
from auslan_explorer.io import npz
from auslan_explorer.io.array_survey import (
    ArrayInfo,
    Choice,
    guess,
    is_table,
    list_arrays,
    read_first,
    read_named,
    told,
)
from auslan_explorer.io.npz import list_npz, read_npz

STATES = np.arange(24, dtype=np.float32).reshape(6, 4)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with h5py.File(tmp_path / "a.h5", "w") as file:
        file["of/states"], file["lengths"], file["texts"] = STATES, [2, 4], ["a", "b"]
        file["one"], file["flags"], file["square"] = 3, [True, False], np.array([["a"]], dtype=object)
        file["complex"] = np.ones(2, complex)
        file.create_group("empty")
    np.savez(tmp_path / "a.npz", states=STATES, names=["a", "b"], flags=[True])
    np.save(tmp_path / "a.npy", STATES)
    (tmp_path / "a.csv").write_text("seq,t,x\none,1,0.5\none,2,1\ntwo,1,2\ntwo,2,3\ntwo,3,4\n")
    (tmp_path / "a.tsv").write_text("seq\tx\none\t1\n")
    with h5py.File(tmp_path / "none.hdf5", "w") as file:
        file.create_group("empty")
    return tmp_path


def test_arrays_are_listed_with_shape_and_kind(folder: Path) -> None:
    assert list(map(str, list_arrays(folder / "a.h5"))) == [
        "complex (2, something else)", "flags (2, whole numbers)", "lengths (2, whole numbers)",
        "of/states (6 × 4, decimal numbers)", "one (one value, whole numbers)", "square (1 × 1, texts)",
        "texts (2, texts)",
    ]  # fmt: skip
    of_npz = ["states (6 × 4, decimal numbers)", "names (2, texts)", "flags (1, whole numbers)"]
    assert list(map(str, list_arrays(folder / "a.npz"))) == of_npz, "in the order of the file"
    assert list(map(str, list_arrays(folder / "a.npy"))) == ["array (6 × 4, decimal numbers)"]
    assert list_arrays(folder / "a.csv") == (
        ArrayInfo("seq", (5,), "texts", ("one", "one", "two", "two")),
        ArrayInfo("t", (5,), "whole numbers", ("1", "2", "1", "2")),
        ArrayInfo("x", (5,), "decimal numbers", ("0.5", "1", "2", "3")),
    )
    assert [is_table(folder / name) for name in ("a.csv", "a.tsv", "a.npz")] == [True, True, False]
    many = tuple(ArrayInfo(f"a{number}", (), "texts") for number in range(9))
    assert told(many[:8]) == ", ".join(f"a{number} (one value, texts)" for number in range(8))
    assert told(many) == f"{told(many[:8])} and 1 more"


def test_one_array_is_read_whole_or_its_first_rows(folder: Path) -> None:
    for name, array in (("a.h5", "of/states"), ("a.npz", "states"), ("a.npy", "array")):
        np.testing.assert_array_equal(read_named(folder / name, array), STATES)
        np.testing.assert_array_equal(read_first(folder / name, array, 2), STATES[:2])
    assert read_named(folder / "a.h5", "texts").tolist() == ["a", "b"]
    assert read_named(folder / "a.h5", "flags").tolist() == [True, False]


@pytest.mark.parametrize(
    ("name", "array", "says"),
    [
        ("a.h5", "nothing", r"a.h5 holds no array nothing; it holds complex \(2, something else\), flags"),
        ("a.npz", "nothing", r"a.npz holds no array nothing; it holds states \(6 × 4, decimal numbers\), names"),
        ("a.h5", "complex", r"complex holds neither numbers nor a list of texts\."),
        ("a.h5", "square", r"square holds neither numbers nor a list of texts\."),
    ],
)
def test_an_array_that_cannot_be_read_is_named(folder: Path, name: str, array: str, says: str) -> None:
    with pytest.raises(UserError, match=says):
        read_named(folder / name, array)


@pytest.mark.parametrize("array", ["nothing", "texts", "one", "complex"])
def test_rows_are_read_of_numbers_alone(folder: Path, array: str) -> None:
    with pytest.raises(UserError, match=f"{array} is no array of numbers"):
        read_first(folder / "a.h5", array, 2)


@pytest.mark.parametrize(
    ("name", "says"), [("a.txt", "is no file of arrays that can be read here"), ("none.hdf5", "holds no arrays")]
)
def test_files_without_arrays_are_refused(folder: Path, name: str, says: str) -> None:
    with pytest.raises(UserError, match=says):
        list_arrays(folder / name)


def infos(*given: str) -> list[ArrayInfo]:
    """Arrays from texts such as ``hidden 20x8 f``: decimal and whole numbers, and texts."""
    kinds = {"f": "decimal numbers", "i": "whole numbers", "t": "texts"}
    parts = (each.split() for each in given)
    return [ArrayInfo(name, tuple(int(side) for side in shape.split("x")), kinds[kind]) for name, shape, kind in parts]


@pytest.mark.parametrize(
    ("given", "choice"),
    [
        ([], Choice()),
        (["y 20 i", "names 20 t"], Choice()),
        (["a 20x8 f", "b 30x8 f"], Choice(states="b")),
        (["a 20x8 f", "b 5x4x2 f"], Choice(states="b")),
        (["big 90x90 f", "of/Hidden 20x8 f"], Choice(states="of/Hidden")),
        (["activations 5x4x2 f", "lengths 5 i", "y 5 i", "len 4 i"], Choice("activations", "lengths", labels="y")),
        (["states 5x4x2 f", "mask 5x4 f", "word 5x4 t"], Choice("states", mask="mask", labels="word")),
        (["states 5x4x2 f", "mask 5x3 f", "id 5 t"], Choice("states", names="id")),
        (["states 20x8 f", "len 5 f", "lens 5 i"], Choice("states", "lens")),
        (["states 20x8 f", "softmax 20x3 f", "probs 20 f"], Choice("states", outputs="softmax")),
        (["states 20x8 f", "valid 5 t", "myname 5 t"], Choice("states", names="myname")),
        (["states 20x8 f", "yes 5 i", "target_class 5 i"], Choice("states", labels="target_class")),
    ],
)
def test_arrays_are_guessed_by_shape_kind_and_name(given: list[str], choice: Choice) -> None:
    assert guess(infos(*given)) == choice


@pytest.mark.parametrize(
    ("given", "choice"),
    [
        (
            ["x 9 f", "subject 9 t", "time 9 i", "gesture 9 t"],
            Choice(labels="gesture", sequence="subject", step="time"),
        ),
        (["seq 9 i", "frame_no 9 i", "y 9 i"], Choice(labels="y", sequence="seq", step="frame_no")),
        (["x 9 f"], Choice()),
        (["id 9 t"], Choice(sequence="id")),
        (["subseq 9 i", "valid 9 i"], Choice()),  # three letters have to stand at the beginning, two have to be all
    ],
)
def test_columns_are_guessed_by_name_and_labels_by_being_texts(given: list[str], choice: Choice) -> None:
    assert guess(infos(*given), table=True) == choice


def test_a_choice_is_told_as_options() -> None:
    assert Choice("a b", lengths="n", step="t").options() == "--states a b --lengths n --step t"
    assert Choice().options() == ""


def test_a_file_of_more_arrays_than_may_be_is_refused_before_one_is_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for read in (list_npz, read_npz):
        monkeypatch.setattr(npz, "MOST_MEMBERS", 3)
        assert len(read(folder / "a.npz")) == 3
        monkeypatch.setattr(npz, "MOST_MEMBERS", 2)
        with pytest.raises(UserError, match=r"a\.npz holds 3 arrays; 2 are the most\."):
            read(folder / "a.npz")
