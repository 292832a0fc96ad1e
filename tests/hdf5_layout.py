"""Tells what an HDF5 file holds: each attribute with its value, each array with its type and shape."""

from __future__ import annotations

from pathlib import Path

import h5py


def layout_of(path: Path) -> list[str]:
    """Return a line for each attribute, ``name@attribute: value``, and for each array, ``name: <f4 (9, 3) gzip``."""
    found: list[str] = []

    def note(name: str, item: h5py.Group | h5py.Dataset) -> None:
        for key, value in item.attrs.items():
            found.append(f"{name}@{key}: {value.decode() if isinstance(value, bytes) else value}")
        if isinstance(item, h5py.Dataset):
            kind = "texts" if h5py.check_string_dtype(item.dtype) else item.dtype.str
            packed = f" {item.compression}{' shuffled' * item.shuffle}" if item.compression else ""
            found.append(f"{name}: {kind} {item.shape}{packed}")

    with h5py.File(path) as file:
        note("", file)
        file.visititems(note)
    return sorted(found)
