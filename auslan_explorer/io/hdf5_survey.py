"""Measures an untrusted HDF5 file before anything of it is read: its parts, links, storage and claims."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import h5py

from auslan_explorer.core.errors import UserError
from auslan_explorer.io.opening import check_budget, check_memory, shown

MOST_PARTS, MOST_DEPTH = 4096, 16
MOST_CHUNK_BYTES = 64 << 20
MOST_CHUNKS = 1 << 20
MOST_ATTRIBUTES, MOST_ATTRIBUTE_BYTES = 1000, 16 << 20
MOST_TEXT = 4096
"""Letters of one text in a list; names of signs and notes take dozens."""
_TEXT_BLOCK_BYTES = 16 << 20
_KNOWN = (b"signs", b"recordings", b"hidden_states", b"length")
"""Parts of this program's groups that may have more than eight, from which on they are in a list of their own."""
_UNSTORED_BYTES = 1 << 20
"""What a dataset may claim without having stored it, its values being all the fill value."""
_FILTERS = frozenset({h5py.h5z.FILTER_DEFLATE, h5py.h5z.FILTER_SHUFFLE, h5py.h5z.FILTER_FLETCHER32,
                      h5py.h5z.FILTER_SZIP, h5py.h5z.FILTER_LZF})  # fmt: skip


def check_file(file: h5py.File, file_bytes: int) -> None:
    """Check every part of a file, without reading one.

    Raises
    ------
    UserError
        If it has links, virtual datasets or data in other files, more parts or larger chunks than any file of this
        program, or claims more than it can hold.
    """
    claimed = 0
    for name, dataset in datasets(file):
        claimed += _check_dataset(dataset, name, file_bytes)
        check_budget(claimed, file_bytes, "The file")


def datasets(file: h5py.File) -> Iterator[tuple[str, h5py.Dataset]]:
    """Walk all groups; yield the path and the dataset of each hard link.

    Raises
    ------
    UserError
        At a link, or where there are more parts than in any file of this program.
    """
    left: list[tuple[str, h5py.Group, int]] = [("", file, 0)]
    seen = 0
    while left:
        path, group, depth = left.pop()
        seen += len(group)
        if seen > MOST_PARTS or depth > MOST_DEPTH:
            raise UserError("it has more parts than any file of this program.")
        _find_known(group)
        for name in group:
            full = f"{path}/{name}".lstrip("/")
            if not isinstance(group.get(name, getlink=True), h5py.HardLink):
                raise UserError(f"{shown(full)} is a link to another place, which is not followed.")
            node = group[name]
            if isinstance(node, h5py.Group):
                left.append((full, node, depth + 1))
            elif isinstance(node, h5py.Dataset):
                yield full, node


def _find_known(group: h5py.Group) -> None:
    """Look names up, which fails where the list of a group's links is damaged.

    HDF5 1.14 ends the program over that damage while it goes through the list (`H5G__dense_build_table`).
    """
    for name in _KNOWN:
        group.id.links.exists(name)


def _check_dataset(dataset: h5py.Dataset, name: str, file_bytes: int) -> int:
    """Check how a dataset is stored, and return the bytes that it claims."""
    name = shown(name)
    plan = dataset.id.get_create_plist()
    if plan.get_layout() == h5py.h5d.VIRTUAL or plan.get_external_count():
        raise UserError(f"{name} keeps its data in another file, which is not followed.")
    each = dataset.id.get_type().get_size()
    claimed: int = math.prod(dataset.shape or ()) * each if dataset.shape is not None else 0
    packed = False
    if plan.get_layout() == h5py.h5d.CHUNKED:
        chunk = plan.get_chunk()
        if math.prod(chunk) * each > MOST_CHUNK_BYTES:
            raise UserError(f"{name} is stored in chunks of more than {MOST_CHUNK_BYTES >> 20} MB.")
        if math.prod(-(-length // side) for length, side in zip(dataset.shape, chunk, strict=True)) > MOST_CHUNKS:
            raise UserError(f"{name} is stored in more than {MOST_CHUNKS} chunks; write it in larger ones.")
        filters = [plan.get_filter(at)[0] for at in range(plan.get_nfilters())]
        if not _FILTERS.issuperset(filters):
            raise UserError(f"{name} is packed in a way that is not known here; write it with gzip.")
        packed = bool(filters)
    stored = dataset.id.get_storage_size()
    if stored < claimed and claimed > _UNSTORED_BYTES:
        if not packed:
            raise UserError(f"{name} is not stored in full.")
        check_budget(claimed, min(stored, file_bytes), name)
    return claimed


def read_texts(dataset: h5py.Dataset, name: str, file_bytes: int) -> tuple[str, ...]:
    """Read a list of texts in blocks, since thousands of entries may share one long text of the file.

    Raises
    ------
    UserError
        If it is longer, or a text longer, than any of this program.
    """
    count = dataset.shape[0]
    longest = max(dataset.id.get_type().get_size() if dataset.dtype.kind == "S" else file_bytes, 1)
    check_memory(min(longest, _TEXT_BLOCK_BYTES), name)
    block = max(_TEXT_BLOCK_BYTES // longest, 1)
    found: list[str] = []
    for start in range(0, count, block):
        for raw in dataset[start : start + block]:
            text = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else str(raw)
            if len(text) > MOST_TEXT:
                raise UserError(f"{shown(name)} holds a text of {len(text)} letters; {MOST_TEXT} are the most.")
            found.append(text)
    return tuple(found)


def attribute_names(node: h5py.Group | h5py.Dataset) -> list[str]:
    """Return the names of the attributes.

    Raises
    ------
    UserError
        If there are more than any file of this program has.
    """
    if len(node.attrs) > MOST_ATTRIBUTES:
        raise UserError(f"{shown(node.name)} has more than {MOST_ATTRIBUTES} attributes.")
    return list(node.attrs)


def attribute(node: h5py.Group | h5py.Dataset, name: str) -> Any:
    """Read an attribute of one value, also as an array of one, as R, MATLAB and netCDF write it.

    None where it is missing, or holds more than one value.

    Raises
    ------
    UserError
        If it is larger than any of this program.
    """
    if name not in node.attrs:
        return None
    raw = node.attrs.get_id(name)
    if math.prod(raw.shape) != 1:
        return None
    if raw.get_type().get_size() > MOST_ATTRIBUTE_BYTES:
        raise UserError(f"The attribute {shown(name)} is larger than {MOST_ATTRIBUTE_BYTES >> 20} MB.")
    value = node.attrs[name]
    return value.reshape(-1)[0] if getattr(value, "size", 0) == 1 and hasattr(value, "reshape") else value


def attribute_texts(node: h5py.Group | h5py.Dataset, name: str) -> list[str]:
    """Read an attribute that is a list of texts; empty where it is missing or something else.

    Raises
    ------
    UserError
        If it is larger than any of this program.
    """
    if name not in node.attrs:
        return []
    raw = node.attrs.get_id(name)
    if h5py.check_string_dtype(raw.dtype) is None or len(raw.shape) != 1:
        return []
    if math.prod(raw.shape) * raw.get_type().get_size() > MOST_ATTRIBUTE_BYTES:
        raise UserError(f"The attribute {shown(name)} is larger than {MOST_ATTRIBUTE_BYTES >> 20} MB.")
    return [each.decode("utf-8", "replace") if isinstance(each, bytes) else str(each) for each in node.attrs[name]]
