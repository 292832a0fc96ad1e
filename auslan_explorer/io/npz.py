"""Reads ``.npz`` files of plain arrays; what their members claim is measured before an array is allocated."""

from __future__ import annotations

import math
import os
import sys
import zipfile
from pathlib import Path

import numpy as np

from auslan_explorer.core.errors import UserError
from auslan_explorer.io.opening import check_budget, check_memory, opened, shown

MOST_MEMBERS = 512
_WHAT = "a whole .npz file of plain arrays (write it with numpy.savez)"


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


def _claimed(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> int:
    """Return the bytes that a member's header claims; ValueError where it holds fewer."""
    with archive.open(member) as content:
        version = np.lib.format.read_magic(content)
        read = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
        shape, _, dtype = read(content)
    claimed = math.prod(shape) * dtype.itemsize
    if dtype.hasobject or claimed > member.file_size or min(shape, default=0) < 0:
        raise ValueError("no plain array, or not whole")
    return claimed


def _checked(array: object) -> np.ndarray:
    if not isinstance(array, np.ndarray):
        raise ValueError("no array")
    if array.dtype.kind == "U" and array.size:
        # NumPy makes a broken text of them, which anything that reads its letters later stumbles over.
        letters = np.frombuffer(array.tobytes(), dtype=np.dtype("u4").newbyteorder(array.dtype.byteorder))
        if int(letters.max(initial=0)) > sys.maxunicode:
            raise ValueError("no letters")
    return array
