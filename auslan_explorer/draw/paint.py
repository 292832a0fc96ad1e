"""Paints axes, text with a halo, legend and title around a map by QPainter, on any paint device."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from textwrap import wrap

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QLinearGradient,
    QPaintEngine,
    QPainter,
    QPainterPath,
    QPen,
    QTransform,
)

from auslan_explorer.core.playing import Alignment
from auslan_explorer.draw.legend import HasLegend, LegendEntry, ScaleLegend, SettledMark

from .theme import BODY, RGB, SMALL, TITLE, Theme

Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""
_KEY_WIDTH, _KEY_HEIGHT = 148.0, 8.0
_LONGEST_ROW = 136.0
"""Most logical pixels of a name in the legend."""
_LONGEST_NOTE = 24
"""Most letters in a line of what stands below a legend."""
_MOST_KEY_ROWS = 12
_ROW = 1.15
_OUTLINED = 64
"""Times as large a text's outlines are taken: at its own size FreeType rounds them by what was drawn before."""
_HALO, _HALO_ALPHA = 0.14, 0.82
"""How far a text's halo reaches, in sizes of its type, and its opacity."""
_PIXEL_EDGE = 0.15
"""Pixels that a halo made of pixels is larger than one that is stroked, to look the same at all sizes: measured."""
_GROUND = 0.86
"""Opacity of the ground beneath legend, axis titles and headings."""
_GROUND_MARGIN = 5.0
# From the top of a heading to the baseline of its title, and from there to that of its note.
_TITLE_BASELINE, _NOTE_BELOW = 18.0, 22.0


def colour(rgb: RGB, alpha: float = 1.0) -> QColor:
    """Return a QColor of bytes of red, green and blue and an opacity."""
    out = QColor(*rgb)
    out.setAlphaF(alpha)
    return out


@lru_cache(maxsize=64)
def font(pixels: float, bold: bool = False) -> QFont:
    """Return the application's font at a size in pixels."""
    out = QFont()
    out.setPixelSize(max(round(pixels), 1))
    if bold:
        out.setWeight(QFont.Weight.DemiBold)
    return out


@lru_cache(maxsize=4096)
def text_width(text: str, pixels: float) -> float:
    """Return the width of a text in the application's font at a size in pixels; names are measured at every step."""
    return QFontMetricsF(font(pixels)).horizontalAdvance(text)


def image_of(pixels: np.ndarray) -> QImage:
    """Copy pixels (bytes blue, green, red, 255), shape (height, width, 4), to a QImage."""
    height, width = pixels.shape[:2]
    data = np.ascontiguousarray(pixels)
    return QImage(data.data, width, height, width * 4, QImage.Format.Format_RGB32).copy()


class TextPainter:
    """Writes texts in one typeface, with a halo of the background's colour for contrast over points.

    Outlines and halo take half a millisecond a name, so on raster devices each text is drawn once and cached.

    Parameters
    ----------
    painter : QPainter
    face : QFont
    halo : RGB or None
        None for no halo.
    """

    def __init__(self, painter: QPainter, face: QFont, halo: RGB | None) -> None:
        self._painter, self._face, self._halo = painter, face, halo
        engine = painter.paintEngine()
        self._raster = engine is not None and engine.type() == QPaintEngine.Type.Raster
        # Asked once for all texts: each answer comes through Qt's bindings, and takes as long as drawing a text.
        self._key, self._ratio = face.key(), painter.device().devicePixelRatioF() if self._raster else 1.0

    def write(self, x: float, baseline: float, text: str, foreground: RGB) -> None:
        """Write a text from `x` on."""
        if not self._raster:
            _stroke_text(self._painter, x, baseline, text, self._face, foreground, self._halo)
            return
        ratio = self._ratio
        sprite, left, top = _text_sprite(text, self._key, foreground, self._halo, ratio)
        # On whole pixels, or the letters blur. (PySide6 crashes on QPainter.transform() inside a graphics view.)
        self._painter.drawImage(
            QPointF(round((x - left) * ratio) / ratio, round((baseline - top) * ratio) / ratio), sprite
        )


def paint_text(
    painter: QPainter, x: float, baseline: float, text: str, face: QFont, foreground: RGB, halo: RGB | None
) -> None:
    """Write one text; see `TextPainter`."""
    TextPainter(painter, face, halo).write(x, baseline, text, foreground)


def prepare_text(text: str, face: QFont, foreground: RGB, halo: RGB | None, ratio: float) -> None:
    """Draw text into the cache of `TextPainter`, for a raster device of `ratio` device pixels per logical pixel.

    May be called from any thread.
    """
    _text_sprite(text, face.key(), foreground, halo, ratio)


def _stroke_text(
    painter: QPainter, x: float, baseline: float, text: str, face: QFont, foreground: RGB, halo: RGB | None
) -> None:
    path = _outlines(x, baseline, text, face)
    if halo is not None:
        pen = QPen(colour(halo, _HALO_ALPHA), 2 * _HALO * face.pixelSize())
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(path, pen)
    painter.fillPath(path, colour(foreground))


def _outlines(x: float, baseline: float, text: str, face: QFont) -> QPainterPath:
    """Return the outlines of a text that begins at `x`."""
    large = QFont(face)
    large.setPixelSize(_OUTLINED * face.pixelSize())
    path = QPainterPath()
    path.addText(QPointF(), large, text)
    return QTransform(1 / _OUTLINED, 0, 0, 1 / _OUTLINED, x, baseline).map(path)


@lru_cache(maxsize=2048)
def _text_sprite(
    text: str, face_key: str, foreground: RGB, halo: RGB | None, ratio: float
) -> tuple[QImage, float, float]:
    """Draw text into an image; return it and its offset left of and above the text's origin."""
    face = QFont()
    face.fromString(face_key)
    metrics = QFontMetricsF(face)
    edge = face.pixelSize() * 0.3 + 1
    width = metrics.horizontalAdvance(text) + 2 * edge
    height = metrics.height() + 2 * edge
    image = QImage(int(np.ceil(width * ratio)), int(np.ceil(height * ratio)), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(_outlines(edge, edge + metrics.ascent(), text, face), colour(foreground))
    if halo is not None:
        pixels = np.frombuffer(image.bits(), dtype=np.uint8).reshape(image.height(), image.width(), 4)
        _lay_halo(pixels, halo, _HALO * face.pixelSize() * ratio + _PIXEL_EDGE)
    return image, edge, edge + metrics.ascent()


def _lay_halo(pixels: np.ndarray, halo: RGB, radius: float) -> None:
    """Lay a halo of a radius in pixels beneath what is drawn on transparent ground (premultiplied, written over).

    It looks as if the outlines were stroked, which takes several times as long.
    """
    ink = pixels[..., 3]
    reach = int(radius + 0.5)
    height, width = ink.shape
    around = np.zeros((height + 2 * reach, width + 2 * reach), dtype=np.uint8)
    # Strokes thinner than a pixel have a whole halo too.
    around[reach : reach + height, reach : reach + width] = np.minimum(ink, 51) * np.uint8(5)
    grown = np.zeros_like(ink)
    for weight, places in _disc(radius):
        part = around if weight == 1 else (around * weight).astype(np.uint8)
        for dy, dx in places:
            np.maximum(grown, part[reach + dy :, reach + dx :][:height, :width], out=grown)
    beneath = grown * ((255 - ink) * np.float32(_HALO_ALPHA / 255**2))
    pixels += np.rint(beneath[..., None] * np.array([*halo[::-1], 255], dtype=np.float32)).astype(np.uint8)


@lru_cache(maxsize=64)
def _disc(radius: float) -> list[tuple[np.float32, list[tuple[int, int]]]]:
    """Return how much of each pixel around a disc's middle it covers, 0 to 1, and these pixels' rows and columns."""
    reach = int(radius + 0.5)
    found: dict[float, list[tuple[int, int]]] = {}
    for dy in range(-reach, reach + 1):
        for dx in range(-reach, reach + 1):
            found.setdefault(min(max(radius + 0.5 - float(np.hypot(dx, dy)), 0.0), 1.0), []).append((dy, dx))
    return [(np.float32(weight), places) for weight, places in found.items() if weight]


def paint_ground(painter: QPainter, box: QRectF, theme: Theme, scale: float) -> None:
    """Lay a ground of the background's colour beneath text, so that it is read over paths."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(theme.background, _GROUND))
    painter.drawRoundedRect(box, 4 * scale, 4 * scale)
    painter.setBrush(Qt.BrushStyle.NoBrush)


@dataclass(frozen=True)
class LegendBox:
    """Size of the legend in the picture's upper right corner, logical pixels."""

    width: float
    height: float


def legend_box(scene: HasLegend, scale: float = 1.0) -> LegendBox:
    """Return the size of the legend."""
    metrics = QFontMetricsF(font(SMALL * scale))
    rows = legend_rows(scene)
    notes = _notes(scene)
    texts = [*(_row_text(row, metrics, scale) for row in rows), *notes]
    width = max((metrics.horizontalAdvance(text) for text in texts), default=-16 * scale) + 16 * scale
    height = (len(rows) + len(notes)) * metrics.height() * _ROW
    if scene.time_legend is not None or scene.scale_legend is not None:
        title = "" if scene.scale_legend is None else scene.scale_legend.title
        width = max(width, _KEY_WIDTH * scale, metrics.horizontalAdvance(title))
        height += _KEY_HEIGHT * scale + 2 * metrics.height() + 4 * scale
    return LegendBox(width, height)


def _notes(scene: HasLegend) -> list[str]:
    """Return what stands below a legend: what marks, rings and arrows on the map mean."""
    settled = "" if scene.settled is None else scene.settled.value
    return [line for text in (settled, scene.rests, scene.arrows) for line in _lines(text)]


@lru_cache(maxsize=16)
def _lines(note: str) -> tuple[str, ...]:
    """Return what stands below a legend in lines that fit in the narrowest pane."""
    return tuple(wrap(note, _LONGEST_NOTE))


def _row_text(row: LegendEntry, metrics: QFontMetricsF, scale: float) -> str:
    # So short that the dots before the names lie in the narrowest pane; a hint has no dot.
    if row.colour is None:
        return row.text
    return metrics.elidedText(row.text, Qt.TextElideMode.ElideMiddle, _LONGEST_ROW * scale)


def legend_rows(scene: HasLegend) -> list[LegendEntry]:
    """Return the lines of a legend with entries; none where it is a scale."""
    if scene.time_legend is not None or scene.scale_legend is not None:
        return []
    rows = list(scene.legend_entries[:_MOST_KEY_ROWS])
    if len(scene.legend_entries) > _MOST_KEY_ROWS:
        rows.append(LegendEntry(f"and {len(scene.legend_entries) - _MOST_KEY_ROWS} more", None))
    return rows


def legend_entry_at(
    scene: HasLegend, x: float, y: float, right: float, top: float, scale: float = 1.0
) -> LegendEntry | None:
    """Return the legend's entry at (x, y), None where there is none; (right, top) is its upper right corner."""
    box = legend_box(scene, scale)
    row = int((y - top) // (QFontMetricsF(font(SMALL * scale)).height() * _ROW))
    rows = legend_rows(scene)
    if not (right - box.width <= x <= right and 0 <= row < len(rows)) or rows[row].colour is None:
        return None
    return rows[row]


def paint_legend(
    painter: QPainter,
    scene: HasLegend,
    right: float,
    top: float,
    theme: Theme,
    scale: float = 1.0,
    step: int | None = None,
    at_row: int = -1,
) -> None:
    """Draw the legend with its upper right corner at (right, top).

    A mark shows the present step, and a ring the row with the keyboard's focus.
    """
    face = font(SMALL * scale)
    metrics = QFontMetricsF(face)
    box = legend_box(scene, scale)
    left, air = right - box.width, _GROUND_MARGIN * scale
    if not box.height:
        return
    paint_ground(
        painter, QRectF(left - air, top - air, box.width + 2 * air, box.height + 2 * air).normalized(), theme, scale
    )
    bottom = top + box.height
    if scene.arrows:
        bottom -= len(_lines(scene.arrows)) * metrics.height() * _ROW
        _paint_arrow_row(painter, scene.arrows, left, bottom, theme, scale)
    if scene.rests:
        bottom -= len(_lines(scene.rests)) * metrics.height() * _ROW
        _paint_ring_row(painter, scene.rests, left, bottom, theme, scale)
    if scene.settled is not None:
        _paint_settled_row(painter, scene.settled, left, bottom - metrics.height() * _ROW, theme, scale)
    if scene.scale_legend is not None:
        _paint_scale(painter, scene.scale_legend, left, top, box, theme, scale)
        return
    if scene.time_legend is None:
        for number, row in enumerate(legend_rows(scene)):
            y = top + number * metrics.height() * _ROW
            if number == at_row:
                painter.setPen(QPen(colour(theme.accent), 2 * scale))
                painter.setBrush(colour(theme.background, 0.8))
                painter.drawRoundedRect(QRectF(left - 4, y - 1, box.width + 8, metrics.height() + 2), 4, 4)
            if row.colour is not None:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colour(row.colour))
                painter.drawEllipse(QPointF(left + 5 * scale, y + metrics.height() / 2), 4 * scale, 4 * scale)
            text = _row_text(row, metrics, scale)
            paint_text(painter, left + 16 * scale, y + metrics.ascent(), text, face, theme.foreground, theme.background)
        return
    steps = scene.steps
    paint_text(painter, left, top + metrics.ascent(), "step", face, theme.muted, theme.background)
    bar = QRectF(left, top + metrics.height() + 2 * scale, box.width, _KEY_HEIGHT * scale)
    gradient = QLinearGradient(bar.topLeft(), bar.topRight())
    for stop in np.linspace(0, steps - 1, min(steps, 16)).round().astype(int):
        rgb = scene.time_legend[stop]
        gradient.setColorAt(stop / max(steps - 1, 1), QColor(int(rgb[0]), int(rgb[1]), int(rgb[2])))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.fillRect(bar, gradient)
    for value in (1, (steps + 1) // 2, steps):
        text = str(value)
        at = left + box.width * (value - 1) / max(steps - 1, 1) - metrics.horizontalAdvance(text) / 2
        at = min(max(at, left), right - metrics.horizontalAdvance(text))
        paint_text(painter, at, bar.bottom() + metrics.ascent() + 2 * scale, text, face, theme.muted, theme.background)
    if step is not None:
        paint_legend_step(painter, scene, right, top, theme, scale, step)


def paint_legend_step(
    painter: QPainter, scene: HasLegend, right: float, top: float, theme: Theme, scale: float, step: int
) -> None:
    """Draw the mark of the present step on a legend of time, whose upper right corner is at (right, top)."""
    last = scene.steps - 1
    # The legend counts the network's steps; in other alignments, recordings are at different ones.
    if scene.time_legend is None or step >= last or scene.alignment is not Alignment.NETWORK:
        return
    wide, height = legend_box(scene, scale).width, QFontMetricsF(font(SMALL * scale)).height()
    at, bar = right - wide + wide * step / max(last, 1), top + height + 2 * scale
    painter.setPen(QPen(colour(theme.foreground), 2 * scale))
    painter.drawLine(QPointF(at, bar - 3 * scale), QPointF(at, bar + (_KEY_HEIGHT + 3) * scale))


def _paint_settled_row(
    painter: QPainter, mark: SettledMark, left: float, top: float, theme: Theme, scale: float
) -> None:
    """Draw the row that says what the rings or dots on paths mean, with one of them as they are on the map."""
    face = font(SMALL * scale)
    metrics = QFontMetricsF(face)
    at = QPointF(left + 5 * scale, top + metrics.height() / 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(theme.foreground))
    if mark is SettledMark.RING:
        painter.drawEllipse(at, 4.6 * scale, 4.6 * scale)
        painter.setBrush(colour(theme.background))
        painter.drawEllipse(at, 2.8 * scale, 2.8 * scale)
    else:
        painter.drawEllipse(at, 2.2 * scale, 2.2 * scale)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    baseline = top + metrics.ascent()
    paint_text(painter, left + 16 * scale, baseline, mark.value, face, theme.muted, theme.background)


def _write_lines(painter: QPainter, text: str, left: float, top: float, theme: Theme, scale: float) -> None:
    face = font(SMALL * scale)
    metrics = QFontMetricsF(face)
    for number, line in enumerate(_lines(text)):
        baseline = top + number * metrics.height() * _ROW + metrics.ascent()
        paint_text(painter, left, baseline, line, face, theme.muted, theme.background)


def _paint_ring_row(painter: QPainter, text: str, left: float, top: float, theme: Theme, scale: float) -> None:
    """Draw the row that says what the rings of resting points mean, with one of them."""
    metrics = QFontMetricsF(font(SMALL * scale))
    painter.setPen(QPen(colour(theme.accent), 1.5 * scale))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QPointF(left + 5 * scale, top + metrics.height() / 2), 4 * scale, 4 * scale)
    _write_lines(painter, text, left + 16 * scale, top, theme, scale)


def _paint_arrow_row(painter: QPainter, text: str, left: float, top: float, theme: Theme, scale: float) -> None:
    """Draw the row that says what the arrows on the map mean, with one of them."""
    metrics = QFontMetricsF(font(SMALL * scale))
    y, tip = top + metrics.height() / 2, left + 11 * scale
    painter.setPen(QPen(colour(theme.foreground), 1.5 * scale))
    painter.drawLine(QPointF(left, y), QPointF(tip, y))
    for side in (-1, 1):
        painter.drawLine(QPointF(tip - 4.5 * scale, y + side * 2.7 * scale), QPointF(tip, y))
    _write_lines(painter, text, left + 16 * scale, top, theme, scale)


def _paint_scale(
    painter: QPainter, key: ScaleLegend, left: float, top: float, box: LegendBox, theme: Theme, scale: float
) -> None:
    face = font(SMALL * scale)
    metrics = QFontMetricsF(face)
    paint_text(painter, left, top + metrics.ascent(), key.title, face, theme.muted, theme.background)
    bar = QRectF(left, top + metrics.height() + 2 * scale, box.width, _KEY_HEIGHT * scale)
    gradient = QLinearGradient(bar.topLeft(), bar.topRight())
    for stop in np.linspace(0, 1, 16):
        r, g, b = (int(v) for v in key.table[round(stop * (len(key.table) - 1))])
        gradient.setColorAt(float(stop), QColor(r, g, b))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.fillRect(bar, gradient)
    taken: list[tuple[float, float]] = []
    # The ends first: a tick between them is left out where it does not fit.
    for place, text in sorted(key.ticks, key=lambda tick: abs(tick[0] - 0.5), reverse=True):
        width = metrics.horizontalAdvance(text)
        at = min(max(left + box.width * place - width / 2, left), left + box.width - width)
        if any(at < stop + 6 * scale and start < at + width + 6 * scale for start, stop in taken):
            continue
        taken.append((at, at + width))
        paint_text(painter, at, bar.bottom() + metrics.ascent() + 2 * scale, text, face, theme.muted, theme.background)


def paint_title(painter: QPainter, x: float, baseline: float, text: str, theme: Theme, scale: float) -> None:
    """Write a picture's title."""
    paint_text(painter, x, baseline, text, font(TITLE * scale, bold=True), theme.foreground, theme.background)


def paint_heading(
    painter: QPainter, left: float, top: float, title: str, note: str, theme: Theme, scale: float = 1.0
) -> None:
    """Write a picture's title and the lines of the note below it, from an upper left corner."""
    for box_left, box_top, right, bottom in heading_boxes(title, note, left, top, scale):
        ground = QRectF(max(box_left, left - 4 * scale), box_top, right - max(box_left, left - 4 * scale), 0)
        ground.setBottom(bottom)
        paint_ground(painter, ground, theme, scale)
    if title:
        paint_title(painter, left, top + _TITLE_BASELINE * scale, title, theme, scale)
    face = font(BODY * scale)
    for number, line in enumerate(note.split("\n") if note else ()):
        baseline = top + _note_baseline(title) * scale + number * QFontMetricsF(face).height()
        paint_text(painter, left, baseline, line, face, theme.muted, theme.background)


def heading_boxes(title: str, note: str, left: float, top: float, scale: float = 1.0) -> tuple[Box, ...]:
    """Return the boxes that `paint_heading` covers, with a margin, as left, top, right, bottom."""
    small = font(BODY * scale)
    lines = [(title, font(TITLE * scale, bold=True), _TITLE_BASELINE * scale)] if title else []
    for number, line in enumerate(note.split("\n") if note else ()):
        lines.append((line, small, _note_baseline(title) * scale + number * QFontMetricsF(small).height()))
    boxes, air = [], 4 * scale
    for text, face, below in lines:
        metrics, baseline = QFontMetricsF(face), top + below
        width = metrics.horizontalAdvance(text)
        boxes.append((0.0, baseline - metrics.ascent() - air, left + width + air, baseline + metrics.descent() + air))
    return tuple(boxes)


def _note_baseline(title: str) -> float:
    return _TITLE_BASELINE + (_NOTE_BELOW if title else 0.0)


def wrap_note(text: str, width: float, scale: float) -> str:
    """Break a note into lines of at most `width` pixels; a word that is longer has a line of its own."""
    metrics = QFontMetricsF(font(BODY * scale))
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and metrics.horizontalAdvance(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return "\n".join(lines)


def fit_heading(title: str, width: float, scale: float) -> float:
    """Return the scale at which a title is at most `width` pixels wide: `scale`, or less, but no less than half."""
    wide = QFontMetricsF(font(TITLE * scale, bold=True)).horizontalAdvance(title)
    return scale * min(max(width / max(wide, 1.0), 0.5), 1.0)
