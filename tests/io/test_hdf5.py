"""What is refused of an HDF5 file, at the very limit: the last that is read, and the first that is not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from auslan_explorer.core.errors import UserError
from auslan_explorer.io import hdf5, hdf5_survey

MB = 1 << 20
Make = Callable[[h5py.File, int], object]
TEXTS = h5py.string_dtype()


def nested(file: h5py.File, depth: int) -> None:
    file.create_group("/".join("g" * depth))["x"] = 1


def unstored(file: h5py.File, count: int, **more: Any) -> None:
    file.create_dataset("x", (count,), "u1", **more)


@pytest.fixture(autouse=True)
def small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits that small files reach."""
    assert (hdf5_survey.MOST_PARTS, hdf5_survey.MOST_ATTRIBUTE_BYTES) == (4096, 16 * MB)
    monkeypatch.setattr(hdf5_survey, "MOST_PARTS", 40)
    monkeypatch.setattr(hdf5_survey, "MOST_ATTRIBUTE_BYTES", MB)


def opened(path: Path, make: Make, size: int) -> h5py.File:
    with h5py.File(path, "w", libver=("v108", "v108")) as file:
        make(file, size)
    return h5py.File(path)


# For each limit: what makes a file of a size, the largest that passes, and what is said of one more.
SURVEYED: dict[str, tuple[Make, int, str]] = {
    "parts": (
        lambda file, count: [file.create_group(f"g{number}") for number in range(count)],
        40,
        "it has more parts than any file of this program.",
    ),
    "depth": (nested, hdf5_survey.MOST_DEPTH, "it has more parts than any file of this program."),
    "bytes that are packed": (
        lambda file, side: unstored(file, side, chunks=(side,), fillvalue=0, compression="gzip"),
        MB,  # more that is not stored is refused for what it claims
        "x claims to hold 1 MB, which cannot be in 0 bytes.",
    ),
    "bytes that are not stored": (unstored, MB, "x is not stored in full."),
}
READ: dict[str, tuple[Make, int, Callable[[h5py.File], object], str]] = {
    "members": (
        lambda file, count: [file.create_group(f"g/{number}") for number in range(count)],
        7,
        lambda file: hdf5.members(file, "g", 7),
        "g has 8 members, more than 7.",
    ),
    "letters of a text": (
        lambda file, letters: file.create_dataset("x", data=["a" * letters], dtype=TEXTS),
        4096,
        lambda file: hdf5.texts(file, "x"),
        "x holds a text of 4097 letters; 4096 are the most.",
    ),
    "texts": (
        lambda file, count: file.create_dataset("x", (count,), TEXTS, chunks=(1 << 16,), compression="gzip"),
        2 * MB,
        lambda file: hdf5.find(file, "x") if file["x"].nbytes <= 16 * MB else hdf5.texts(file, "x"),
        "x is a longer list than can be read.",
    ),
    "attributes": (
        lambda file, count: file.attrs.update({str(number): 1 for number in range(count)}),
        1000,
        hdf5_survey.attribute_names,
        "/ has more than 1000 attributes.",
    ),
    "bytes of an attribute": (
        lambda file, size: file.attrs.create("x", np.array(b"a" * size)),
        MB,
        lambda file: hdf5_survey.attribute(file, "x"),
        "The attribute x is larger than 1 MB.",
    ),
    "bytes of a list of texts in an attribute": (
        lambda file, count: file.attrs.create("x", np.array([b"a" * 1024] * count)),
        1024,
        lambda file: hdf5_survey.attribute_texts(file, "x"),
        "The attribute x is larger than 1 MB.",
    ),
}


@pytest.mark.parametrize("limit", SURVEYED)
def test_a_file_at_a_limit_passes_and_one_beyond_is_refused_before_it_is_read(limit: str, tmp_path: Path) -> None:
    make, most, says = SURVEYED[limit]
    for size in (most, most + 1):
        path = tmp_path / f"{size}.h5"
        with opened(path, make, size) as file:
            if size == most:
                hdf5_survey.check_file(file, path.stat().st_size)
                continue
            with pytest.raises(UserError) as refused:
                hdf5_survey.check_file(file, path.stat().st_size)
            assert str(refused.value).startswith(says)


@pytest.mark.parametrize("limit", READ)
def test_a_part_at_a_limit_is_read_and_one_beyond_is_refused(limit: str, tmp_path: Path) -> None:
    make, most, read, says = READ[limit]
    with opened(tmp_path / "most.h5", make, most) as file:
        assert read(file) is not None
    with opened(tmp_path / "more.h5", make, most + 1) as file, pytest.raises(UserError) as refused:
        read(file)
    assert str(refused.value) == says


@pytest.mark.parametrize(
    ("shape", "chunks", "says"),
    [
        ((1 << 27,), (1 << 26,), None),
        ((1 << 27,), ((1 << 26) + 1,), "x is stored in chunks of more than 64 MB."),
        ((1 << 20,), (1,), None),
        (((1 << 20) + 1,), (1,), "x is stored in more than 1048576 chunks; write it in larger ones."),
        ((3, 1 << 19), (2, 1), None),
        ((5, 1 << 19), (2, 1), "x is stored in more than 1048576 chunks; write it in larger ones."),
    ],
)
def test_chunks_are_counted_as_they_are_stored(
    shape: tuple[int, ...], chunks: tuple[int, ...], says: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hdf5_survey, "_UNSTORED_BYTES", 1 << 40)
    monkeypatch.setattr(hdf5_survey, "check_budget", lambda *given: None)
    with opened(tmp_path / "x.h5", lambda file, _: file.create_dataset("x", shape, "u1", chunks=chunks), 0) as file:
        if says is None:
            hdf5_survey.check_file(file, 0)
            return
        with pytest.raises(UserError) as refused:
            hdf5_survey.check_file(file, 0)
    assert str(refused.value) == says


@pytest.mark.parametrize(
    ("read", "says"),
    [
        (lambda file: hdf5.find(file, "group"), "group is a group where a dataset belongs."),
        (lambda file: hdf5.find(file, "group/link"), "group/link is a link to another place, which is not followed."),
        (lambda file: hdf5.members(file, "group", 9), "group/link is a link to another place, which is not followed."),
        (lambda file: hdf5.members(file, "two", 9), "two is no group."),
        (lambda file: hdf5.members(file, "nothing", 9), "nothing is no group."),
        (lambda file: hdf5.members(file, "group/link", 9), "group/link is no group."),
        (lambda file: hdf5.texts(file, "two"), "two is not a list of texts."),
        (lambda file: hdf5.texts(file, "text"), "text is not a list of texts."),
        (lambda file: hdf5.needed(file, "two", "f", (2,), np.float32), "two holds int64 where decimal numbers belong."),
        (lambda file: hdf5.needed(file, "half", "iu", (2,), np.int8), "half holds float16 where whole numbers belong."),
        (lambda file: hdf5.needed(file, "two", "iu", (None, 3), np.int8),
         "two has shape (2,) where (any, 3) is needed."),
        (lambda file: hdf5.needed(file, "two", "iu", (3,), np.int8), "two has shape (2,) where (3) is needed."),
        (lambda file: hdf5.needed(file, "two", "iu", (2,), np.int8), "two holds numbers outside -128 to 127."),
        (lambda file: hdf5.needed(file, "two", "iu", (2,), np.uint8), "two holds numbers outside 0 to 255."),
        (lambda file: hdf5.needed(file, "half", "f", (2,), np.float32),
         "half holds values that are not finite numbers."),
        (lambda file: hdf5.needed(file, "no", "f", (2,), np.float32), "no is missing."),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_part_is_said(read: Callable[[h5py.File], object], says: str, tmp_path: Path) -> None:
    def make(file: h5py.File, _: int) -> None:
        file["two"], file["half"], file["text"] = [-129, 256], np.array([1, np.inf], np.float16), "one"
        file.create_group("group")["link"] = h5py.SoftLink("/two")

    with opened(tmp_path / "x.h5", make, 0) as file, pytest.raises(UserError) as refused:
        read(file)
    assert str(refused.value) == says


def test_numbers_at_the_edges_of_their_type_and_texts_of_both_kinds_are_read(tmp_path: Path) -> None:
    def make(file: h5py.File, _: int) -> None:
        file["edges"], file["none"] = [-128, 127], np.zeros(0, np.int64)
        file["fixed"], file["free"] = np.array([b"a", b"bc"]), ["ä", "b"]
        file.attrs["one"], file.attrs["two"] = np.array([[3]]), [1, 2]
        file.attrs["texts"], file.attrs["fixed"] = ["ä", "b"], np.array([b"c"])

    with opened(tmp_path / "x.h5", make, 0) as file:
        edges = hdf5.needed(file, "edges", "iu", (2,), np.int8)
        assert edges.tolist() == [-128, 127] and edges.dtype == np.int8 and edges.flags.c_contiguous
        assert hdf5.needed(file, "none", "iu", (None,), np.int8).shape == (0,)
        assert (hdf5.texts(file, "fixed"), hdf5.texts(file, "/free/")) == (("a", "bc"), ("ä", "b"))
        assert hdf5.texts(file, "nothing") is None and hdf5.array(file, "nothing", "f", (1,), np.float32) is None
        assert hdf5_survey.attribute(file, "one") == 3 and hdf5_survey.attribute(file, "two") is None
        assert hdf5_survey.attribute(file, "nothing") is None and hdf5_survey.attribute_texts(file, "nothing") == []
        assert hdf5_survey.attribute_texts(file, "texts") == ["ä", "b"]
        assert hdf5_survey.attribute_texts(file, "fixed") == ["c"] and hdf5_survey.attribute_texts(file, "two") == []
