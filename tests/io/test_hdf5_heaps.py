"""Damaged heaps of texts, over which the HDF5 library would read for ever, are refused before it sees them."""

from __future__ import annotations

from pathlib import Path

import h5py
import pytest

from auslan_explorer import paths
from auslan_explorer.core.errors import UserError
from auslan_explorer.io import hdf5
from auslan_explorer.io.hdf5_heaps import check_heaps

SHIPPED = sorted(paths.models_dir().glob("*.h5"))


def heap(*entries: tuple[int, int], size: int = 96) -> bytes:
    """Return a heap of `size` bytes with entries of number and length; what they leave is free."""
    body = b""
    for number, length in entries:
        body += number.to_bytes(2, "little") + bytes(6) + length.to_bytes(8, "little")
        body += bytes((length + 7) // 8 * 8 if number and length < size else 0)
    return b"GCOL\x01\0\0\0" + size.to_bytes(8, "little") + body.ljust(size - 16, b"\0")


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.name)
def test_what_ships_passes(file: Path) -> None:
    check_heaps(file.read_bytes())


def test_entries_that_fill_their_heap_pass() -> None:
    check_heaps(b"before" + heap((1, 5), (0, 56)) + heap((1, 64)) + b"after")


@pytest.mark.parametrize(
    "data",
    [
        heap((0, 0)),  # goes nowhere
        heap((1, 2**64 - 1)),  # as above, since the library counts to 2**64
        heap((1, 5), (2, 41)),  # leaves the heap
        heap((0, 80), size=96)[:-1],  # is cut
    ],
)
def test_a_heap_that_is_damaged_is_refused(data: bytes) -> None:
    with pytest.raises(UserError, match="a list of its texts"):
        check_heaps(b"before" + data)


def test_a_file_with_one_is_refused_and_not_read_for_ever(tmp_path: Path) -> None:
    path = tmp_path / "texts.h5"
    with h5py.File(path, "w") as file:
        file.attrs["word"] = "any length"
    data = bytearray(path.read_bytes())
    at = data.index(b"GCOL") + 16 + 8
    data[at : at + 8] = (2**64 - 1).to_bytes(8, "little")
    path.write_bytes(data)
    with pytest.raises(UserError, match=r"texts\.h5 is not usable .* is damaged"), hdf5.reading(path) as file:
        file.attrs["word"]
