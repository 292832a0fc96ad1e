"""Composes a whole picture (map, axes, labels, legend, title) as pixels of any size, SVG or PDF."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QImageWriter, QPageSize, QPainter, QPdfWriter, QPen, QPolygonF
from PySide6.QtSvg import QSvgGenerator

from auslan_explorer.core.errors import Cancelled, UserError
from auslan_explorer.core.progress import IsCancelled, Progress, never, no_progress
from auslan_explorer.draw.gesture import MOST_OF_WIDTH, Gesture, paint_hands_and_captions
from auslan_explorer.draw.labels import OccupancyGrid, Placed
from auslan_explorer.draw.layer import Layer
from auslan_explorer.draw.paint import (
    Box,
    colour,
    heading_boxes,
    legend_box,
    paint_heading,
    paint_legend,
    wrap_note,
)
from auslan_explorer.draw.paint_annotations import lay_out_annotations, paint_annotations
from auslan_explorer.draw.paint_axes import axis_boxes, paint_axes
from auslan_explorer.draw.paint_box import paint_axes_3d, with_box
from auslan_explorer.draw.paint_flow import paint_flow
from auslan_explorer.draw.paint_labels import layout_labels, paint_labels, paint_playheads
from auslan_explorer.draw.paint_landscape import paint_landscape
from auslan_explorer.draw.paint_spread import paint_spread
from auslan_explorer.draw.render import Renderer
from auslan_explorer.draw.scene import Scene
from auslan_explorer.draw.theme import RGB, Theme
from auslan_explorer.draw.view import Camera, View2D, Viewport
from auslan_explorer.io.atomic import writing
from auslan_explorer.io.origin_tags import NOWHERE, Origin, tag_picture

REFERENCE_HEIGHT = 860.0
"""Height in pixels at which type and points have their size at 100 %."""
MAX_PIXELS = 120_000_000
SUFFIXES = (".png", ".svg", ".pdf")
_BAND_ROWS = 512
# Pixels from which a PNG is packed less tightly: a tenth larger, in half of the time.
_QUICK_FROM, _QUICK = 20_000_000, 30
EDGE = 16.0
"""Margin from the picture's edge to title and legend, logical pixels."""
_TITLE_BAND, _NOTE_BAND = 56.0, 76.0
_NOTE_LINE = 18.0
_BESIDE_TICKS = 36.0
_AXIS_INSETS = (44.0, 24.0)
# So many groups share one colour in vector output: overlapping points of different groups add up to density.
_DENSITY_GROUPS = 8


@dataclass(frozen=True, eq=False)
class Picture:
    """A scene with everything that defines its picture: theme, size, title, viewport, step.

    Attributes
    ----------
    scene : Scene
    theme : Theme
    width, height : int
        Pixels of a raster picture; points (1/72 inch) of a vector one.
    title, note : str
        Texts in the upper left corner, the note below the title.
    step : int or None
        The network's step up to which paths have grown; None for whole paths.
    scale : float or None
        Scale of type, points and lines; None follows the picture's shorter side.
    view : Viewport or None
        None shows everything; a viewport of another aspect ratio is widened.
    axes : bool
    dpi : int or None
        Pixels per inch, written into a raster picture's file; it sets the printed size.
    transparent : bool
        Without background.
    point_scale : float
        Scale of points and lines relative to that of type.
    gesture : Gesture, optional
        Hands drawn at the right of the map.
    """

    scene: Scene
    theme: Theme
    width: int
    height: int
    title: str = ""
    note: str = ""
    step: int | None = None
    scale: float | None = None
    view: Viewport | None = None
    axes: bool = True
    dpi: int | None = None
    transparent: bool = False
    point_scale: float = 1.0
    gesture: Gesture | None = None

    def __post_init__(self) -> None:
        check_size(self.width, self.height)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the whole picture, the hands' part included."""
        return self.width + self.gesture_width, self.height

    @property
    def gesture_width(self) -> int:
        """Width of the hands' part; 0 where there is none."""
        return 0 if self.gesture is None else round(self.width * MOST_OF_WIDTH / (1 - MOST_OF_WIDTH))

    @property
    def unit(self) -> float:
        """Pixels per logical pixel."""
        return self.scale or reference_unit(self.width, self.height)

    @property
    def legend_width(self) -> float:
        """Width of the legend in pixels; 0 where there is none."""
        scene = self.scene
        keyed = scene.legend_entries or scene.time_legend is not None or scene.scale_legend is not None
        return legend_box(scene, self.unit).width if keyed else 0.0

    def with_caption(self) -> Picture:
        """Return the picture with the title and the description of the article's figure that it is, if it is one."""
        room = self.width - self.heading_left - 3 * EDGE * self.unit - self.legend_width
        return replace(self, title=self.scene.caption, note=wrap_note(self.scene.sentence, room, self.unit))

    @property
    def last_step(self) -> int:
        """Position up to which paths are drawn."""
        return self.scene.steps - 1 if self.step is None else self.step

    @property
    def background(self) -> RGB | None:
        """Colour of the background; None where it is transparent."""
        return None if self.transparent else self.theme.background

    @property
    def heading_left(self) -> float:
        """Left edge of title and note, pixels: right of the tick labels of a 2-D map."""
        return self.unit * (_BESIDE_TICKS if self.axes and len(self.scene.low) == 2 else EDGE)

    def drawn(self, view: Viewport) -> Scene:
        """Return the scene as it is drawn in a view: in 3-D with the axes box around it."""
        return with_box(self.scene, view, self.theme) if self.axes and isinstance(view, Camera) else self.scene

    def placed_view(self) -> Viewport:
        """Return the viewport in this picture's pixels."""
        if self.view is not None:
            return self.view.within(self.width, self.height)
        s = self.unit
        scene = self.scene
        keyed = scene.legend_entries or scene.time_legend is not None or scene.scale_legend is not None
        top = _TITLE_BAND if self.title or self.note or keyed else EDGE
        if self.title and self.note:
            top = _NOTE_BAND
        top += _NOTE_LINE * self.note.count("\n")
        if keyed:
            top = max(top, legend_box(scene, s).height / s + 2 * EDGE if scene.frame is not None else 0.0)
        low, high = scene.frame or (scene.low, scene.high)
        left, bottom = _AXIS_INSETS if self.axes else (EDGE, EDGE)
        if len(self.scene.low) == 3:
            return Camera.fit(self.scene.low, self.scene.high, self.width, self.height)
        insets = (left * s, top * s, EDGE * s, (bottom + 16) * s)
        return View2D.fit(low, high, self.width, self.height, insets)


def reference_unit(width: float, height: float) -> float:
    """Return the default number of pixels per logical pixel for a picture's size."""
    return max(min(width, height) / REFERENCE_HEIGHT, 0.4)


def point_scale_for(width: float, height: float) -> float:
    """Return the scale of points in a pane: smaller in a small one, where points lie closer."""
    return min(max((min(width, height) / REFERENCE_HEIGHT) ** 0.5, 0.6), 1.0)


def check_size(width: int, height: int) -> None:
    """Raise UserError for an impossible size of a picture."""
    if width < 64 or height < 64:
        raise UserError(f"A picture of {width} x {height} pixels is too small; give at least 64 x 64.")
    if width * height > MAX_PIXELS or max(width, height) > 30_000:
        raise UserError(
            f"A picture of {width} x {height} pixels is too large; stay below {MAX_PIXELS // 1_000_000} million pixels."
        )


def paint_decorations(
    painter: QPainter, picture: Picture, view: Viewport, before: Sequence[Placed] = ()
) -> Sequence[Placed]:
    """Draw everything around and on top of the points: axes, labels, legend, title.

    Returns
    -------
    sequence of Placed
        Placed labels; `before` of the next picture of a film.
    """
    scene, theme, s = picture.scene, picture.theme, picture.unit
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    titles: Sequence[Box] = ()
    paint_landscape(painter, scene, view, theme, s)
    if picture.axes and isinstance(view, View2D):
        top = max((bottom for *_, bottom in heading_boxes(picture.title, picture.note, 0, EDGE * s, s)), default=0.0)
        paint_axes(painter, scene, view, theme, s, top)
        titles = axis_boxes(scene, view, s, top)
    elif picture.axes and isinstance(view, Camera):
        titles = paint_axes_3d(painter, scene, view, theme, s)
    edge = EDGE * s
    box = legend_box(scene, s)
    key = (view.width - edge - box.width - 5 * s, edge - 5 * s, view.width - edge + 5 * s, edge + box.height + 5 * s)
    left = picture.heading_left
    heading = heading_boxes(picture.title, picture.note, left, edge, s)
    paint_flow(painter, scene, view, theme, s)
    paint_spread(painter, scene, view, s)
    taken = (*titles, key, *heading)
    beside = scene.annotations_at(picture.last_step).in_pixels(lambda at: np.column_stack(view.to_pixels(at)))
    # Before the names: these move aside, while marks stand where they belong.
    layout = lay_out_annotations(beside, OccupancyGrid(view.width, view.height, s, taken), s)
    placed = layout_labels(scene, view, s, (*taken, *layout.boxes), picture.step, before)
    paint_playheads(painter, scene, view, theme, s, picture.step)
    paint_labels(painter, scene, placed, theme, s, picture.step)
    paint_annotations(painter, beside, layout, theme, s)
    paint_legend(painter, scene, view.width - edge, edge, theme, s, picture.step)
    paint_heading(painter, left, edge, picture.title, picture.note, theme, s)
    return placed


def to_image(
    picture: Picture,
    progress: Progress = no_progress,
    cancelled: IsCancelled = never,
) -> QImage:
    """Draw the picture as pixels; large ones in bands, so that little more memory than the picture's own is needed.

    Raises
    ------
    UserError
        If there is no memory for a picture of this size.
    Cancelled
    """
    kind = QImage.Format.Format_ARGB32_Premultiplied if picture.transparent else QImage.Format.Format_RGB32
    image = QImage(*picture.size, kind)
    if image.isNull():
        raise UserError("There is not enough memory for a picture of this size; make it smaller.")
    view = picture.placed_view()
    whole = np.frombuffer(image.bits(), dtype=np.uint8).reshape(picture.height, -1, 4)
    pixels = whole[:, : picture.width]
    whole[:, picture.width :] = 0 if picture.background is None else (*picture.background[::-1], 255)
    for top in range(0, picture.height, _BAND_ROWS):
        if cancelled():
            raise Cancelled
        rows = min(_BAND_ROWS, picture.height - top)
        renderer = Renderer(
            picture.drawn(view),
            view,
            picture.background,
            picture.unit * picture.point_scale,
            origin=(0, top),
            size=(picture.width, rows),
        )
        band = renderer.picture(picture.step, cancelled)
        if band is None:
            raise Cancelled
        pixels[top : top + rows] = band
        progress((top + rows) / picture.height, "drawing")
    with QPainter(image) as painter:
        paint_decorations(painter, picture, view)
        paint_beside(painter, picture)
    set_resolution(image, picture.dpi)
    return image


def set_resolution(image: QImage, dpi: int | None) -> None:
    """Set the resolution of an image, and with it the printed size; None leaves it undefined."""
    if dpi is not None:
        image.setDotsPerMeterX(round(dpi / 0.0254))
        image.setDotsPerMeterY(round(dpi / 0.0254))


def paint_beside(painter: QPainter, picture: Picture) -> None:
    """Paint the hands at the right of the map, where there are any."""
    if picture.gesture is None:
        return
    area = QRectF(picture.width, 0, picture.gesture_width, picture.height)
    at = picture.gesture.frame_at(picture.last_step, picture.scene.alignment, picture.scene.steps)
    paint_hands_and_captions(painter, area, picture.gesture, at, picture.theme, picture.unit)
    painter.setPen(QPen(colour(picture.theme.border), picture.unit))
    painter.drawLine(area.topLeft(), area.bottomLeft())


def paint_vector(painter: QPainter, picture: Picture) -> None:
    """Draw the picture as vector graphics, with lines and dots that stay sharp at any size."""
    view = picture.placed_view()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if picture.background is not None:
        painter.fillRect(QRectF(0, 0, *picture.size), colour(picture.background))
    painter.setClipRect(QRectF(0, 0, picture.width, picture.height))
    step = picture.last_step
    for layer in picture.drawn(view).layers_at(step):
        _vector_lines(painter, layer, view, step, picture.unit * picture.point_scale)
        _vector_points(painter, layer, view, step, picture.unit * picture.point_scale)
    paint_decorations(painter, picture, view)
    painter.setClipping(False)
    paint_beside(painter, picture)


def _vector_lines(painter: QPainter, layer: Layer, view: Viewport, step: int, scale: float) -> None:
    for rows in layer.strokes(step):
        x0, y0 = view.to_pixels(layer.starts[rows[:1]])
        x1, y1 = view.to_pixels(layer.ends[rows])
        rgb = layer.line_rgb if layer.line_rgb.ndim == 1 else layer.line_rgb[rows[0]]
        pen = QPen(colour((int(rgb[0]), int(rgb[1]), int(rgb[2])), layer.line_alpha), 0.5 * layer.line_width * scale)
        painter.setPen(pen)
        first = QPointF(x0[0], y0[0])
        painter.drawPolyline(QPolygonF([first, *(QPointF(x, y) for x, y in zip(x1, y1, strict=True))]))


def _vector_points(painter: QPainter, layer: Layer, view: Viewport, step: int, scale: float) -> None:
    drawn = layer.growth.rows_at(step)
    if not len(drawn):
        return
    x, y = view.to_pixels(layer.positions[drawn])
    inside = np.flatnonzero((x > -9) & (x < view.width + 9) & (y > -9) & (y < view.height + 9))
    rgb = np.broadcast_to(layer.rgb, (len(layer.positions), 3))[drawn[inside]].astype(np.int64)
    packed = ((rgb[:, 0] << 16) | (rgb[:, 1] << 8) | rgb[:, 2]) * _DENSITY_GROUPS + np.arange(
        len(inside)
    ) % _DENSITY_GROUPS
    order = np.argsort(packed, kind="stable")
    for rows in np.split(order, np.flatnonzero(np.diff(packed[order])) + 1):
        r, g, b = (int(v) for v in rgb[rows[0]])
        pen = QPen(colour((r, g, b), layer.alpha), 2 * layer.radius * scale)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        at = inside[rows]
        painter.drawPoints(QPolygonF([QPointF(px, py) for px, py in zip(x[at], y[at], strict=True)]))


def save(
    picture: Picture,
    path: Path,
    progress: Progress = no_progress,
    cancelled: IsCancelled = never,
    origin: Origin = NOWHERE,
) -> None:
    """Write the picture as PNG, SVG or PDF, by the file's ending, atomically, with where it is from.

    Raises
    ------
    UserError
        If the ending is not known or the file cannot be written.
    Cancelled
    """
    check_suffix(path)
    suffix = path.suffix.lower()
    # Opened first, so that an unwritable place is found before the drawing.
    with writing(path) as beside:
        if suffix == ".png":
            data = encode_png(to_image(picture, progress, cancelled))
        else:
            data = _map_bytes(picture, suffix)
        beside.write_bytes(tag_picture(data, suffix, origin))


def _map_bytes(picture: Picture, suffix: str) -> bytes:
    """Return the picture as SVG, drawn by Qt alone, or as PDF, with points and lines from `draw.pdf`."""
    size = picture.size
    if suffix == ".svg":
        return vector_bytes(lambda painter: paint_vector(painter, picture), size, picture.title, suffix)
    # Only here: pypdf takes a fifth of a second and 19 MB, and most people write no PDF.
    from auslan_explorer.draw.pdf import map_operators, put_beneath

    view = picture.placed_view()

    def decorate(painter: QPainter) -> None:
        paint_decorations(painter, picture, view)
        paint_beside(painter, picture)

    page = vector_bytes(decorate, size, picture.title, suffix)
    unit = picture.unit * picture.point_scale
    layers = picture.drawn(view).layers_at(picture.last_step)
    return put_beneath(page, *map_operators(layers, view, picture.last_step, unit, picture.background), size)


def check_suffix(path: Path) -> None:
    """Raise UserError if the ending of a picture's file is not known."""
    if path.suffix.lower() not in SUFFIXES:
        raise UserError(
            f"{path.name}: pictures are written as {', '.join(s[1:].upper() for s in SUFFIXES)}; "
            "give the file one of these endings."
        )


def encode_png(image: QImage) -> bytes:
    """Encode an image as PNG, with its resolution.

    Raises
    ------
    UserError
        If Qt cannot encode it.
    """
    store = QByteArray()
    buffer = QBuffer(store)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"png"))
    if image.width() * image.height() > _QUICK_FROM:
        writer.setCompression(_QUICK)
    if not writer.write(image):
        raise UserError("The picture could not be encoded as PNG; make it smaller.")
    return bytes(store.data())


def vector_bytes(paint: Callable[[QPainter], None], size: tuple[int, int], title: str, suffix: str) -> bytes:
    """Return the SVG or PDF file of what `paint` draws on a page of `size` points."""
    width, height = size
    store = QByteArray()
    buffer = QBuffer(store)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    device: QSvgGenerator | QPdfWriter
    if suffix == ".svg":
        device = QSvgGenerator()
        device.setOutputDevice(buffer)
        device.setSize(QSize(width, height))
        device.setViewBox(QRectF(0, 0, width, height))
        device.setTitle(title or "Auslan Explorer")
    else:
        device = QPdfWriter(buffer)
        device.setResolution(72)
        device.setPageSize(QPageSize(QSizeF(width, height), QPageSize.Unit.Point))
        device.setPageMargins(QMarginsF(0, 0, 0, 0))
        device.setTitle(title or "Auslan Explorer")
    with QPainter(device) as painter:
        paint(painter)
    return bytes(store.data())
