"""Reads ``.npz`` and ``.npy`` files of plain arrays; what they claim is measured before an array is allocated."""

from __future__ import annotations

import math
import os
import sys
import zipfile
from pathlib import Path
from typing import IO

import numpy as np

from auslan_explorer.core.errors import UserError
from auslan_explorer.io.opening import check_budget, check_memory, opened, shown

MOST_MEMBERS = 512
_WHAT = "a whole .npz file of plain arrays (write it with numpy.savez)"


def list_npz(path: Path) -> dict[str, tuple[tuple[int, ...], np.dtype]]:
    """Return shape and type of each array of a file, by name, of which only the headers are read.

    Raises
    ------
    UserError
        As `read_npz`.
    """
    with opened(path, _WHAT) as file, zipfile.ZipFile(file) as archive:
        members = archive.infolist()
        if len(members) > MOST_MEMBERS:
            raise UserError(f"{shown(path)} holds {len(members)} arrays; {MOST_MEMBERS} are the most.")
        found = {}
        for member in members:
            with archive.open(member) as content:
                shape, dtype = _header(content, member.file_size)
            found[member.filename.removesuffix(".npy")] = (shape, dtype)
        return found


def read_npz(path: Path) -> dict[str, np.ndarray]:
    """Read all arrays of a file, by name.

    Raises
    ------
    UserError
        If it is missing, no ``.npz`` of plain arrays, or claims more than it can hold or than there is memory for.
    """
    with opened(path, _WHAT) as file:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            if len(members) > MOST_MEMBERS:
                raise UserError(f"{shown(path)} holds {len(members)} arrays; {MOST_MEMBERS} are the most.")
            claimed = sum(_claimed(archive, member) for member in members)
            check_budget(claimed, os.fstat(file.fileno()).st_size, shown(path))
            check_memory(2 * claimed, shown(path))
        file.seek(0)
        # allow_pickle=False: a pickled object could run code.
        with np.load(file, allow_pickle=False) as arrays:
            return {name: _checked(arrays[name]) for name in arrays.files}


def read_npy(path: Path) -> np.ndarray:
    """Read the array of a ``.npy`` file.

    Raises
    ------
    UserError
        If it is missing, no plain array, or claims more than it can hold or than there is memory for.
    """
    with opened(path, "a whole .npy file of a plain array (write it with numpy.save)") as file:
        size = os.fstat(file.fileno()).st_size
        claimed = _header_claims(file, size)
        check_memory(2 * claimed, shown(path))
        file.seek(0)
        return _checked(np.load(file, allow_pickle=False))


def _claimed(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> int:
    """Return the bytes that a member's header claims; ValueError where it holds fewer."""
    with archive.open(member) as content:
        return _header_claims(content, member.file_size)


def _header_claims(content: IO[bytes], size: int) -> int:
    shape, dtype = _header(content, size)
    return math.prod(shape) * dtype.itemsize


def _header(content: IO[bytes], size: int) -> tuple[tuple[int, ...], np.dtype]:
    """Read shape and type of an array; ValueError where it is no plain one, or claims more than there is."""
    version = np.lib.format.read_magic(content)
    read = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
    shape, _, dtype = read(content)
    if dtype.hasobject or min(shape, default=0) < 0 or math.prod(shape) * dtype.itemsize > size:
        raise ValueError("no plain array, or not whole")
    return shape, dtype


def _checked(array: object) -> np.ndarray:
    if not isinstance(array, np.ndarray):
        raise ValueError("no array")
    if array.dtype.kind == "U" and array.size:
        # NumPy makes a broken text of them, which anything that reads its letters later stumbles over.
        letters = np.frombuffer(array.tobytes(), dtype=np.dtype("u4").newbyteorder(array.dtype.byteorder))
        if int(letters.max(initial=0)) > sys.maxunicode:
            raise ValueError("no letters")
    return array
