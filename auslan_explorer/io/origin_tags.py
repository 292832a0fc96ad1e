"""Writes into pictures, films and tables where they are from, as far as each kind of file can hold it."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

Origin = Mapping[str, str]
"""Where something is from: "Software", "Network", "Data", "Map", "Command", a sentence or so each."""

NOWHERE: Origin = {}
_IHDR_END = 33
_GIF_FLAGS, _GIF_HEADER = 10, 13
_MOST_GIF_BLOCK = 255


def as_text(origin: Origin) -> str:
    """Return an origin as lines, for files that hold one comment."""
    return "\n".join(f"{name}: {text}" for name, text in origin.items())


def tag_picture(data: bytes, suffix: str, origin: Origin) -> bytes:
    """Return the bytes of a PNG, SVG or PDF with its origin: text chunks, ``<metadata>``, document information."""
    if not origin:
        return data
    return {".png": tag_png, ".svg": _tag_svg, ".pdf": _tag_pdf}[suffix](data, origin)


def tag_png(data: bytes, origin: Origin) -> bytes:
    """Return a PNG with one international text chunk for each entry."""
    chunks = b"".join(
        _chunk(b"iTXt", name.encode("latin-1") + b"\0\0\0\0\0" + text.encode()) for name, text in origin.items()
    )
    return data[:_IHDR_END] + chunks + data[_IHDR_END:]


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _tag_svg(data: bytes, origin: Origin) -> bytes:
    # Control characters have no place in XML.
    text = "".join(c for c in as_text(origin) if c >= " " or c in "\n\t")
    start = data.index(b">", data.index(b"<svg")) + 1
    from xml.sax.saxutils import escape  # brings the web along, which the window's start need not wait for

    return data[:start] + f"\n<metadata>{escape(text)}</metadata>".encode() + data[start:]


def _tag_pdf(data: bytes, origin: Origin) -> bytes:
    # Only here: pypdf takes a fifth of a second and 19 MB, and most people write no PDF.
    from pypdf import PdfReader, PdfWriter

    reader = PdfReader(BytesIO(data))
    writer = PdfWriter(clone_from=reader)
    writer.pdf_header = reader.pdf_header
    writer.add_metadata({f"/{name}": text for name, text in origin.items()} | {"/Subject": as_text(origin)})
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def tag_gif_file(file: Path, origin: Origin) -> None:
    """Write the origin into a GIF as a comment, before its first frame."""
    if not origin:
        return
    data, text = file.read_bytes(), as_text(origin).encode()
    parts = [text[i : i + _MOST_GIF_BLOCK] for i in range(0, len(text), _MOST_GIF_BLOCK)]
    comment = b"\x21\xfe" + b"".join(bytes([len(part)]) + part for part in parts) + b"\0"
    flags = data[_GIF_FLAGS]
    colours = 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0
    start = _GIF_HEADER + colours
    file.write_bytes(data[:start] + comment + data[start:])


def description_of(table: Path) -> Path:
    """Return the file that describes a CSV table: ``paths.csv-metadata.json``, as "CSV on the Web" (W3C) names it."""
    return table.with_name(f"{table.name}-metadata.json")


def table_description(name: str, columns: Mapping[str, str], origin: Origin) -> bytes:
    """Return the description of a CSV table as JSON, in the terms of "CSV on the Web" (W3C).

    Parameters
    ----------
    name : str
        The table's file; its description is looked for beside it as ``NAME-metadata.json``.
    columns : mapping of str to str
        What each column holds.
    origin : Origin
    """
    entries = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": name,
        "dc:source": as_text(origin),
        "rdfs:comment": dict(origin),
        "tableSchema": {"columns": [{"titles": title, "dc:description": what} for title, what in columns.items()]},
    }
    return json.dumps(entries, ensure_ascii=False, indent=2).encode()
