"""Points and lines of a map as PDF operators, put beneath what Qt writes.

Qt turns every translucent dot into an outline of curves: 17 MB and seconds for the article's figure 3. Stroked as what
they are, the same dots take a tenth of both. Qt writes axes and words; this module adds the map as a form (ISO 32000-1,
8.10) by an incremental update (7.5.6): Qt's file stays as it is, and objects are appended to it.
"""

from __future__ import annotations

import re
import zlib

import numpy as np

from auslan_explorer.draw.layer import Layer
from auslan_explorer.draw.theme import RGB
from auslan_explorer.draw.view import View

_LEVEL = 6
_ROUNDS = 8
"""So often all colours are gone through: dots of every colour lie uppermost somewhere, as in the mean of pixels."""
_PAGE = re.compile(rb"(\d+) 0 obj\n<<\n/Type /Page\n.*?endobj", re.DOTALL)
_CONTENTS = re.compile(rb"/Contents (\d+) 0 R")
_RESOURCES = re.compile(rb"/Resources (\d+) 0 R")
_TRAILER = re.compile(rb"/Size (\d+).*?/Info (\d+) 0 R.*?/Root (\d+) 0 R.*?startxref\s+(\d+)", re.DOTALL)


def map_operators(
    layers: tuple[Layer, ...], view: View, step: int, unit: float, paper: RGB | None
) -> tuple[bytes, tuple[float, ...]]:
    """Return the operators that draw the layers, and the opacities that they name.

    Parameters
    ----------
    layers : tuple of Layer
    view : View
        In points of the page.
    step : int
        Position up to which paths have grown.
    unit : float
        Points for each logical pixel.
    paper : RGB or None
        None leaves the page clear.

    Returns
    -------
    operators : bytes
    opacities : tuple of float
        Number k is called ``/A<k>``.
    """
    height = view.height
    page = f"0 0 {view.width:.2f} {height:.2f} re "
    parts = [f"{page}W n 1 J 1 j\n"]
    if paper is not None:
        parts.append(f"{_rgb(paper)} rg {page}f\n")
    opacities: list[float] = []
    for layer in layers:
        for alpha, drawn in (
            (layer.line_alpha, _lines(layer, view, step, unit)),
            (layer.alpha, _points(layer, view, step, unit)),
        ):
            if drawn:
                parts += [f"/A{len(opacities)} gs\n", *drawn]
                opacities.append(alpha)
    return "".join(parts).encode("ascii"), tuple(opacities)


def _rgb(rgb: np.ndarray | RGB) -> str:
    return " ".join(f"{int(value) / 255:.3g}" for value in rgb)


def _lines(layer: Layer, view: View, step: int, unit: float) -> list[str]:
    order = layer.lines_by_path(step)
    if not len(order):
        return []
    whose = layer.line_recording[order]
    x0, y0 = view.to_pixels(layer.starts[order])
    x1, y1 = view.to_pixels(layer.ends[order])
    flipped = np.column_stack([x1, view.height - y1])
    out, last = [f"{0.5 * layer.line_width * unit:.3f} w\n"], ""
    for rows in np.split(np.arange(len(order)), np.flatnonzero(np.diff(whose)) + 1):
        ink = _rgb(layer.line_rgb if layer.line_rgb.ndim == 1 else layer.line_rgb[order[rows[0]]])
        if ink != last:
            out.append(f"{ink} RG\n")
            last = ink
        first = rows[0]
        out.append(f"{x0[first]:.2f} {view.height - y0[first]:.2f} m\n")
        out.append("%.2f %.2f l\n" * len(rows) % tuple(flipped[rows].ravel().tolist()))
        out.append("S\n")
    return out


def _points(layer: Layer, view: View, step: int, unit: float) -> list[str]:
    drawn = layer.growth.rows_at(step)
    x, y = view.to_pixels(layer.positions[drawn])
    seen = np.flatnonzero((x > -9) & (x < view.width + 9) & (y > -9) & (y < view.height + 9))
    if not len(seen):
        return []
    rgb = np.broadcast_to(layer.rgb, (len(layer.positions), 3))[drawn[seen]].astype(np.int64)
    packed = (rgb[:, 0] << 16) | (rgb[:, 1] << 8) | rgb[:, 2]
    packed |= (np.arange(len(seen)) % _ROUNDS) << 24
    order = np.argsort(packed, kind="stable")
    # A stroke of no length at all is left out by some viewers, round ends or not; a hundredth of a point is drawn.
    spots = np.column_stack([x, view.height - y, x + np.float32(0.01), view.height - y])[seen]
    out = [f"{2 * layer.radius * unit:.3f} w\n"]
    for rows in np.split(order, np.flatnonzero(np.diff(packed[order])) + 1):
        out.append(f"{_rgb(rgb[rows[0]])} RG\n")
        # Each dot is stroked by itself, so that dots upon dots grow darker.
        out.append("%.2f %.2f m %.2f %.2f l S\n" * len(rows) % tuple(spots[rows].ravel().tolist()))
    return out


def beneath(page: bytes, operators: bytes, opacities: tuple[float, ...], size: tuple[float, float]) -> bytes:
    """Return a PDF of one page that Qt wrote, with other operators drawn before its own.

    Parameters
    ----------
    page : bytes
        The whole file, as `QPdfWriter` writes it.
    operators : bytes
    opacities : tuple of float
        As `map_operators` gives them.
    size : tuple of float
        Width and height in points.

    Raises
    ------
    ValueError
        If the file is built in another way.
    """
    found, trailer = _PAGE.search(page), _TRAILER.search(page, page.rfind(b"trailer"))
    if found is None or trailer is None:
        raise ValueError("this is no page of QPdfWriter's")
    count, info, root, previous = (int(number) for number in trailer.groups())
    contents, resources = _CONTENTS.search(found[0]), _RESOURCES.search(found[0])
    if contents is None or resources is None:
        raise ValueError("this page has no contents")
    number = int(resources[1])
    began = page.index(b"\n%d 0 obj\n" % number) + 1
    old = page[began : page.index(b"endobj", began) + len(b"endobj")]
    form, call = count, count + 1
    states = b" ".join(b"/A%d << /CA %.4f >>" % (k, alpha) for k, alpha in enumerate(opacities))
    head = b"/Type /XObject /Subtype /Form /BBox [0 0 %.2f %.2f] /Resources << /ExtGState << %s >> >> " % (
        *size,
        states,
    )
    objects = {
        int(found[1]): found[0].replace(contents[0], b"/Contents [%d 0 R %s 0 R]" % (call, contents[1])),
        number: old.replace(b"/XObject <<", b"/XObject <<\n/Map %d 0 R" % form),
        form: _stream(form, operators, head),
        call: _stream(call, b"q /Map Do Q\n"),
    }
    out = bytearray(page if page.endswith(b"\n") else page + b"\n")
    entries = b""
    for key, body in objects.items():
        entries += b"%d 1\n%010d 00000 n \n" % (key, len(out))
        out += body + b"\n"
    table = len(out)
    out += b"xref\n" + entries
    out += b"trailer\n<< /Size %d /Info %d 0 R /Root %d 0 R /Prev %d >>\n" % (count + 2, info, root, previous)
    out += b"startxref\n%d\n%%%%EOF\n" % table
    return bytes(out)


def _stream(number: int, data: bytes, head: bytes = b"") -> bytes:
    packed = zlib.compress(data, _LEVEL)
    return b"%d 0 obj\n<< %s/Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream\nendobj" % (
        number,
        head,
        len(packed),
        packed,
    )
