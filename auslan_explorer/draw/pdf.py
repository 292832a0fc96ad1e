"""Writes points and lines of a map as PDF operators, beneath the page that Qt writes.

Qt writes every translucent dot as an outline of curves: 17 MB and seconds for the article's figure 3. As strokes with
round caps the same dots take a tenth of both. Qt writes axes and text; this module adds the map as a form (ISO 32000-1,
8.10) that the page draws first.
"""

from __future__ import annotations

from io import BytesIO
from typing import cast

import numpy as np
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, StreamObject

from auslan_explorer.draw.layer import Layer
from auslan_explorer.draw.theme import RGB
from auslan_explorer.draw.view import Viewport

_LEVEL = 6
_ROUNDS = 8
"""Passes over all colours: dots of every colour are on top somewhere, as in the mean colour of the raster."""


def map_operators(
    layers: tuple[Layer, ...], view: Viewport, step: int, unit: float, background: RGB | None
) -> tuple[bytes, tuple[float, ...]]:
    """Return the PDF operators that draw the layers, and the opacities that they refer to.

    Parameters
    ----------
    layers : tuple of Layer
    view : Viewport
        Viewport in points of the page.
    step : int
        Position up to which paths have grown.
    unit : float
        Points per logical pixel.
    background : RGB or None
        None leaves the page clear.

    Returns
    -------
    operators : bytes
    opacities : tuple of float
        Opacity k has the name ``/A<k>``.
    """
    height = view.height
    page = f"0 0 {view.width:.2f} {height:.2f} re "
    parts = [f"{page}W n 1 J 1 j\n"]
    if background is not None:
        parts.append(f"{_rgb(background)} rg {page}f\n")
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


def _lines(layer: Layer, view: Viewport, step: int, unit: float) -> list[str]:
    strokes = layer.strokes(step)
    if not strokes:
        return []
    x0, y0 = view.to_pixels(layer.starts)
    x1, y1 = view.to_pixels(layer.ends)
    flipped = np.column_stack([x1, view.height - y1])
    out, last = [f"{0.5 * layer.line_width * unit:.3f} w\n"], ""
    for rows in strokes:
        foreground = _rgb(layer.line_rgb if layer.line_rgb.ndim == 1 else layer.line_rgb[rows[0]])
        if foreground != last:
            out.append(f"{foreground} RG\n")
            last = foreground
        first = rows[0]
        out.append(f"{x0[first]:.2f} {view.height - y0[first]:.2f} m\n")
        out.append("%.2f %.2f l\n" * len(rows) % tuple(flipped[rows].ravel().tolist()))
        out.append("S\n")
    return out


def _points(layer: Layer, view: Viewport, step: int, unit: float) -> list[str]:
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


def put_beneath(page: bytes, operators: bytes, opacities: tuple[float, ...], size: tuple[float, float]) -> bytes:
    """Return a PDF of one page with other operators drawn before its own.

    Parameters
    ----------
    page : bytes
        The whole file, as Qt's ``QPdfWriter`` writes it.
    operators : bytes
    opacities : tuple of float
        As `map_operators` returns them.
    size : tuple of float
        Width and height in points.

    Raises
    ------
    ValueError
        If the file is no PDF of one page.
    """
    try:
        reader = PdfReader(BytesIO(page))
        writer = PdfWriter(clone_from=reader)
        (shown,) = writer.pages
    except (PyPdfError, ValueError) as error:
        raise ValueError("this is no PDF of one page") from error
    writer.pdf_header = reader.pdf_header  # pypdf's own is 1.3, which knows no opacity
    form = StreamObject()
    form.set_data(operators)
    states = {
        NameObject(f"/A{k}"): DictionaryObject({NameObject("/CA"): FloatObject(f"{alpha:.4f}")})
        for k, alpha in enumerate(opacities)
    }
    form.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): ArrayObject([FloatObject(number) for number in (0, 0, *size)]),
            NameObject("/Resources"): DictionaryObject({NameObject("/ExtGState"): DictionaryObject(states)}),
        }
    )
    call = StreamObject()
    call.set_data(b"q /Map Do Q\n")
    resources = cast(DictionaryObject, shown["/Resources"])
    forms = cast(DictionaryObject, resources.setdefault(NameObject("/XObject"), DictionaryObject()).get_object())
    forms[NameObject("/Map")] = writer._add_object(form.flate_encode(_LEVEL))
    shown[NameObject("/Contents")] = ArrayObject([writer._add_object(call), shown.raw_get("/Contents")])
    out = BytesIO()
    writer.write(out)
    return out.getvalue()
