"""Changes good files at random: their bytes, or the parts that a library of their own format knows."""

from __future__ import annotations

import io
import json
import os
import random
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import h5py
import numpy as np

Change = Callable[[bytes, random.Random], bytes]
_NUMBERS = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, 1 << 40, (1 << 63) - 1, (1 << 64) - 1)


def change_bytes(data: bytes, rng: random.Random) -> bytes:
    """Change, insert, remove or repeat some bytes, or put a telling number over some."""
    out = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 4, 16))):
        at = rng.randrange(len(out) + 1)
        how = rng.randrange(6)
        if how == 0:
            out[at : at + 1] = bytes([rng.randrange(256)])
        elif how == 1:
            width = rng.choice((1, 2, 4, 8))
            out[at : at + width] = (rng.choice(_NUMBERS) & ((1 << 8 * width) - 1)).to_bytes(width, "little")
        elif how == 2:
            del out[at : at + rng.randrange(1, 64)]
        elif how == 3:
            out[at:at] = rng.randbytes(rng.randrange(1, 64))
        elif how == 4:
            out[at:at] = out[at : at + rng.randrange(1, 256)]
        else:
            del out[at:]
    return bytes(out)


def change_hdf5(data: bytes, rng: random.Random) -> bytes:
    """Replace, remove, link or retype a part of an HDF5 file by its own library."""
    buffer = io.BytesIO(data)
    with h5py.File(buffer, "r+") as file:
        names: list[str] = []
        file.visit(names.append)
        name = rng.choice(names)
        node = file[name]
        how = rng.randrange(13)
        if how == 0:
            del file[name]
        elif how == 1:
            del file[name]
            file[name] = rng.choice((h5py.ExternalLink("/etc/hostname", "/"), h5py.SoftLink("/"), h5py.SoftLink(name)))
        elif how == 2:
            del file[name]
            shape = tuple(rng.choice((0, 1, 7, 1 << 16, 1 << 31)) for _ in range(rng.randrange(4)))
            kind = rng.choice(("f4", "f2", "i8", "u1", "S9", "c8", "f8", h5py.string_dtype()))
            file.create_dataset(name, shape, kind, chunks=tuple(min(s or 1, 64) for s in shape) or None,
                                maxshape=(None,) * len(shape) or None)  # fmt: skip
        elif how == 3 and isinstance(node, h5py.Dataset) and node.dtype.kind in "fiu" and node.size:
            values = node[()]
            values.flat[rng.randrange(values.size)] = (
                rng.choice((np.nan, np.inf, -1, 0)) if values.dtype.kind == "f" else 99
            )
            node[...] = values
        elif how == 4:
            del file[name]
            layout = h5py.VirtualLayout((4,), "f4")
            layout[:] = h5py.VirtualSource("/etc/hostname", "x", (4,))
            file.create_virtual_dataset(name, layout)
        elif how == 5:
            del file[name]
            file[name] = np.dtype("f4")  # a named type
        elif how in (9, 10) and isinstance(node, h5py.Dataset):
            _reshape(file, name, node, rng)
        elif how == 11:
            _change_text_attribute(rng.choice([file, node]), rng)
        elif how == 12 and isinstance(node, h5py.Dataset):
            _bomb(file, name, node, rng)
        else:
            attributes = [each for each in (file, node) if len(each.attrs)] or [file]
            owner = rng.choice(attributes)
            key = rng.choice([*owner.attrs, "steps", "format"])
            value = rng.choice(
                (-1, 0, 1 << 62, 1.5, float("nan"), "", "x" * 5000, b"\xff\xfe", [1, 2], h5py.Empty("f4"))
            )
            owner.attrs[key] = value
        if how == 8:
            file[f"{rng.choice(names)}_again"] = file["/"]
    return buffer.getvalue()


def _reshape(file: h5py.File, name: str, node: h5py.Dataset, rng: random.Random) -> None:
    """Write a dataset again with other lengths, axes or type."""
    values = np.asarray(node[()])
    how = rng.randrange(6)
    if how == 0:
        values = values.T
    elif how == 1:
        values = values[:-1] if values.ndim else values
    elif how == 2:
        values = np.concatenate([values, values]) if values.ndim else values
    elif how == 3:
        values = values.reshape(-1)
    elif how == 4:
        values = values[None]
    elif values.dtype.kind in "fiu":
        values = values.astype(rng.choice(("f2", "f8", "i1", "u8", "b1", "c16", "S4")))
    del file[name]
    file[name] = values


def _bomb(file: h5py.File, name: str, node: h5py.Dataset, rng: random.Random) -> None:
    """Write a dataset again with one side a thousandfold, which compresses to little."""
    values = np.asarray(node[()])
    if values.dtype.kind not in "fiu" or not values.size:
        return
    shape = list(values.shape) or [1]
    shape[rng.randrange(len(shape))] *= rng.choice((1000, 20_000, 200_000, 4_000_000))
    if np.prod(shape) <= 1 << 24:
        del file[name]
        file.create_dataset(name, data=np.zeros(shape, values.dtype), compression=1)


def _change_text_attribute(owner: h5py.Group | h5py.Dataset, rng: random.Random) -> None:
    """Change the JSON, or else the letters, of one text attribute."""
    texts = [key for key in owner.attrs if isinstance(owner.attrs[key], str | bytes)]
    if not texts:
        return
    key = rng.choice(texts)
    text = owner.attrs[key]
    data = text if isinstance(text, bytes) else text.encode()
    change = change_json if data[:1] in (b"{", b"[") else change_bytes
    owner.attrs[key] = np.bytes_(change(data, rng).rstrip(b"\0"))


def change_json(data: bytes, rng: random.Random) -> bytes:
    """Put a value of another kind in place of one value of a JSON text."""
    root = json.loads(data)
    places: list[tuple[dict[str, object] | list[object], str | int]] = []

    def walk(node: object) -> None:
        keys = list(node) if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()
        for key in keys:
            places.append((node, key))  # type: ignore[arg-type]
            walk(node[key])  # type: ignore[index]

    walk(root)
    wild: tuple[object, ...] = (
        None, True, -1, 0, 1 << 70, 1e308, float("nan"), "", "\ud800", "\0", "a\nb", [], [[]], {}, {"a": [1]},
        "x" * 70_000,
    )  # fmt: skip
    for _ in range(rng.choice((1, 1, 3))):
        node, key = rng.choice(places)
        node[key] = rng.choice(wild)  # type: ignore[index]
    return json.dumps(root).encode()


def change_tar(data: bytes, rng: random.Random) -> bytes:
    """Change the bytes inside the compression, so that the archive itself is met."""
    import gzip

    return gzip.compress(change_bytes(gzip.decompress(data), rng), 1)


def change_npz(data: bytes, rng: random.Random) -> bytes:
    """Change the bytes of one member, so that its header or values are met."""
    found = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as new:
        chosen = rng.choice(old.namelist())
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change_bytes(content, rng) if name == chosen else content)
    return found.getvalue()


def change_zip(data: bytes, rng: random.Random, inside: dict[str, tuple[Change, ...]]) -> bytes:
    """Change one member by what fits its ending, or leave it out, double it, or add one."""
    found = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as new:
        chosen, how = rng.choice(old.namelist()), rng.randrange(12)
        for name in old.namelist():
            content = old.read(name)
            if name != chosen or how == 0:
                new.writestr(name, content)
            elif how != 1:
                new.writestr(name, rng.choice(inside[Path(name).suffix])(content, rng))
        if how == 2:
            new.writestr(rng.choice((chosen, "", "../x", "\0", "a" * 60_000)), bytes(rng.choice((0, 1 << 24))))
    return found.getvalue()


def change_keras(data: bytes, rng: random.Random) -> bytes:
    """Change the architecture or the weights of a ``.keras`` file."""
    return change_zip(
        data, rng, {".json": (change_json, change_json, change_bytes), ".h5": (change_hdf5, change_bytes)}
    )


_CELLS = (
    b"", b"nan", b"inf", b"-1", b"1e999", b"9" * 400, b"1_0", b"0x1", b"\xd9\xa3", b'"', b'""', b"\0", b"\xff\xfe",
    b"a\rb", b" ", b"=1+1", b"\xe2\x80\xae", b"\xed\xa0\x80", b"x" * 5000, b"x" * 140_000,
)  # fmt: skip


_SHORT = -2
_MOST_BYTES = 2 << 20
"""A small file is what may not cost much; a large one may hold as much as it is long."""


def _fitting(line: list[bytes]) -> int:
    """Return how often a line fits into a file that is not large."""
    return max(_MOST_BYTES // (len(line) + sum(map(len, line)) + 1), 1)


def change_table(data: bytes, rng: random.Random) -> bytes:
    """Change cells, columns and lines of a table of text, or how it is encoded."""
    separator = b"\t" if b"\t" in data else b","
    lines = [line.split(separator) for line in data.splitlines()]
    for _ in range(rng.choice((1, 1, 3))):
        at = rng.randrange(len(lines))
        column = rng.randrange(len(lines[at])) if lines[at] else 0
        how = rng.randrange(10)
        if how < 3 and lines[at]:
            lines[at][column] = rng.choice(_CELLS)
        elif how == 3:
            del lines[at][column : column + 1]
        elif how == 4:
            lines.insert(at, list(lines[rng.randrange(len(lines))]))
        elif how == 5:
            lines[at] *= min(rng.choice((2, 1000, 5000)), _fitting(lines[at]))
        elif how == 6:
            cell = rng.choice(_CELLS[: None if len(lines) < 30 else _SHORT])
            for line in lines[1:]:
                line[column : column + 1] = [cell]
        elif how == 7:
            times = min(rng.choice((1, 1000, 20_000)), _fitting(lines[at]))
            lines += [list(lines[at]) for _ in range(times)]
        elif how == 8 and len(lines) > 1:
            del lines[at]
        elif lines[at]:
            lines[0][column : column + 1] = [rng.choice((b"id", b"step", b"label", b"", b"a", b"time"))]
    text = rng.choice((b"\n", b"\n", b"\r\n", b"\r")).join(map(separator.join, lines))
    return rng.choice((text, text, text, b"\xef\xbb\xbf" + text, text.decode("latin-1").encode("utf-16")))


_WORDS = (
    b"[", b"[}", b"{", b"{a: [", b"}", b"- -", b"&a", b"*a", b"!!python/object:os.system", b"|", b"../../etc/passwd",
    b"/etc/passwd", b"C:\\x", b'"', b"'", b"-1", b"9" * 5000, b"[" * 3000, b"[[],", b"1e999", b"x" * 5000,
    b"@Variant(\0", b"\\xffff\\xd800", b"yes", b"",
)  # fmt: skip


def change_lines(data: bytes, rng: random.Random) -> bytes:
    """Change values, indents and lines of a text of names and values."""
    lines = data.split(b"\n")
    for _ in range(rng.choice((1, 1, 3))):
        at, how = rng.randrange(len(lines)), rng.randrange(6)
        if how < 2:
            mark = b"=" if b"=" in lines[at] else b":"
            lines[at] = lines[at].partition(mark)[0] + mark + b" " + rng.choice(_WORDS)
        elif how == 2:
            lines[at] = b" " * rng.randrange(9) + lines[at].lstrip()
        elif how == 3 and len(lines) > 1:
            del lines[at]
        elif how == 4:
            lines[at:at] = [lines[at]] * min(rng.choice((1, 30, 20_000)), _fitting([lines[at]]))
        else:
            lines[at] = rng.choice(_WORDS)
    return b"\n".join(lines)


def change_xml(data: bytes, rng: random.Random) -> bytes:
    """Move, double, nest, rename or remove an element, change a text or an attribute, or declare entities."""
    root = ElementTree.fromstring(data)
    parents = [each for each in root.iter() if len(each)]
    for _ in range(rng.choice((1, 1, 3))):
        parent, how = rng.choice(parents), rng.randrange(8)
        if not len(parent):
            continue
        node = rng.choice(parent)
        wild = rng.choice(("", "-1", "9" * 5000, "1e9", "a\nb", "\u202e", "x" * 5000, "ts1", "a1", "0"))
        if how == 0:
            parent.remove(node)
        elif how == 1:
            times = rng.choice((1, 2000))
            # What is large already would become so large that writing it takes the time that reading it may.
            parent.extend([node] * (times if sum(1 for _ in node.iter()) < 50 else 1))
        elif how == 2:
            rng.choice(parents).append(node) if node not in parents else None
        elif how == 3:
            node.tag = rng.choice([each.tag for each in root.iter()])
        elif how == 4:
            node.text = wild
        elif how == 5:
            node.append(ElementTree.fromstring(b"<x>" * 200 + b"</x>" * 200))
        elif node.attrib:
            node.attrib[rng.choice(list(node.attrib))] = wild
    text = ElementTree.tostring(root)
    entities = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/hostname">]>'
    nested = b"<A>" * 5000 + text + b"</A>" * 5000
    return rng.choice((text, text, text, text, entities + text, nested, text.decode().encode("utf-16")))


def change_onnx(data: bytes, rng: random.Random) -> bytes:
    """Change a node, a tensor or the inputs of an ONNX file."""
    import onnx

    model = onnx.load_model_from_string(data)
    graph = model.graph
    tensors = [*graph.initializer, *(each.t for node in graph.node for each in node.attribute if each.HasField("t"))]
    node, tensor, how = rng.choice(graph.node), rng.choice(tensors), rng.randrange(12)
    if how == 0:
        node.op_type = rng.choice(("", "If", "Loop", "Lambda", "GRU", "x" * 9000, "a\nb"))
    elif how == 1:
        del node.output[:]
    elif how == 2:
        node.input[:] = rng.choice(([], [""], ["x"] * 5000))
    elif how == 3:
        tensor.dims[:] = rng.choice(([], [-1], [1 << 40, 1 << 40], [0], [1] * 5000))
    elif how == 4:
        onnx.external_data_helper.set_external_data(tensor, "/etc/hostname")
    elif how == 5:
        tensor.data_type = rng.choice((0, 8, 99, 14))
    elif how == 6:
        tensor.raw_data = tensor.raw_data[: rng.randrange(len(tensor.raw_data) + 1)]
    elif how == 7:
        node.name = rng.choice(("", "/", "a\0b", "x" * 9000))
    elif how == 8:
        graph.sparse_initializer.add().values.CopyFrom(tensor)
    elif how == 9:
        node.attribute.add(name="g", type=onnx.AttributeProto.GRAPH).g.ParseFromString(graph.SerializeToString())
    elif how == 10:
        model.functions.add(name="f", domain=rng.choice(("", "mine")))
    else:
        del graph.input[:]
    return bytes(model.SerializeToString())


# ------------------------------------------------------------------------------------------------------------ folders
_TEXT = (change_bytes, change_table, change_table)
_HDF5 = (change_bytes, change_hdf5, change_hdf5)
CHANGES: dict[str, tuple[Change, ...]] = {
    ".eaf": (change_bytes, change_xml, change_xml),
    ".auslan": (change_bytes, change_json, change_json), ".json": (change_bytes, change_json),
    ".csv": _TEXT, ".tsv": _TEXT, ".tsd": (change_bytes,),
    ".dict": (change_bytes, change_lines), ".ini": (change_bytes, change_lines), ".yml": (change_bytes, change_lines),
    ".h5": _HDF5, ".hdf5": _HDF5, ".keras": (change_bytes, change_keras, change_keras),
    ".npz": (change_bytes, change_npz, change_npz), ".npy": (change_bytes,),
    ".gz": (change_bytes, change_tar, change_tar), ".zip": (change_bytes, change_npz),
    ".onnx": (change_bytes, change_onnx, change_onnx),
}  # fmt: skip
"""What a file may be changed by, by its ending."""


def change_folder(folder: Path, rng: random.Random) -> None:
    """Change one file of a folder by what fits its ending, or put something else in its place."""
    files = sorted(each for each in folder.rglob("*") if each.is_file())
    file, how = rng.choice(files), rng.randrange(16)
    if how == 0:
        file.unlink()
    elif how == 1:
        file.write_bytes(rng.choice(files).read_bytes())
    elif how == 2:
        file.unlink()
        file.mkdir()
    elif how == 3:
        file.unlink()
        file.symlink_to(rng.choice((file.name, "/dev/zero", "/nowhere", "..")))
    elif how == 4:
        file.unlink()
        os.mkfifo(file)
    elif how == 5:
        (folder / rng.choice(files).with_suffix("").name).mkdir(exist_ok=True)
        file.write_bytes(b"")
    else:
        file.write_bytes(rng.choice(CHANGES[file.suffix])(file.read_bytes(), rng))
