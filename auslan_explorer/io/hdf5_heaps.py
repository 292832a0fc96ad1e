"""A check of the heaps in which HDF5 files keep texts of any length: over a damaged one the library reads for ever."""

from __future__ import annotations

import mmap
import re

from auslan_explorer.core.errors import UserError

_MARK = re.compile(rb"GCOL\x01\0\0\0")
"""How a global heap begins (HDF5 File Format Specification 3.0, III.E): its signature, version and three zeros."""
_MARK_BYTES, _HEAD, _ENTRY = 8, 16, 16
"""Bytes of the mark, and of the heads of a heap and of an entry."""
_SCANNED = 64 << 20
"""Bytes at either end of a larger file that are looked through: the texts are few beside its arrays."""


def check_heaps(data: bytes | mmap.mmap) -> None:
    """Check that the entries of each heap of texts lie within it and go on.

    Parameters
    ----------
    data : bytes or mmap
        Of a file.

    Raises
    ------
    UserError
        If a heap is damaged.
    """
    size = len(data)
    for start, stop in [(0, size)] if size <= 2 * _SCANNED else [(0, _SCANNED), (size - _SCANNED, size)]:
        at = _find_mark(data, start, stop)
        while at >= 0:
            _check_heap(data, at)
            at = _find_mark(data, at + _MARK_BYTES, stop)


def _find_mark(data: bytes | mmap.mmap, start: int, stop: int) -> int:
    """Return where the next heap begins, or -1; twice as fast as `mmap.find`."""
    found = _MARK.search(data, start, stop)
    return -1 if found is None else found.start()


def _check_heap(data: bytes | mmap.mmap, at: int) -> None:
    place, end = at + _HEAD, at + int.from_bytes(data[at + 8 : at + _HEAD], "little")
    if end > len(data):
        raise UserError("a list of its texts goes beyond its end; make or copy it again.")
    while place + _ENTRY <= end:
        number = int.from_bytes(data[place : place + 2], "little")
        length = int.from_bytes(data[place + 8 : place + _ENTRY], "little")
        # Entry 0 is what is free; the others are filled up to multiples of eight bytes.
        needed = length if number == 0 else _ENTRY + (length + 7) // 8 * 8
        if needed == 0 or place + needed > end:
            raise UserError("a list of its texts is damaged; make or copy it again.")
        place += needed
