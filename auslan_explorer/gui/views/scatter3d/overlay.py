"""Overlay of the 3-D scene: legend, axis labels, sign labels, and what is pointed at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from auslan_explorer.core.selection import shown_of_sign
from auslan_explorer.core.session import Session
from auslan_explorer.draw.annotations import Annotations
from auslan_explorer.draw.axis_box import NAME_GAP, SHORTEST, TICK_GAP, beside
from auslan_explorer.draw.labels import ABOVE, BELOW, LEFT, RIGHT, OccupancyGrid, place_labels
from auslan_explorer.draw.legend import Legend
from auslan_explorer.draw.paint import (
    fit_heading,
    heading_boxes,
    legend_box,
    legend_entry_at,
    paint_heading,
    paint_legend,
    paint_legend_step,
    wrap_note,
)
from auslan_explorer.draw.paint_annotations import (
    AnnotationLayout,
    annotation_bounds,
    lay_out_annotations,
    paint_annotations,
)
from auslan_explorer.draw.paint_labels import playhead_radius
from auslan_explorer.draw.theme import BODY, LIGHT, RGB, SMALL, Theme
from auslan_explorer.draw.ticks import tick_text
from auslan_explorer.gui.style import scale_within, text_scale
from auslan_explorer.gui.views.common.empty import paint_empty_state
from auslan_explorer.gui.views.common.hover_card import HoverCard, hover_card_image, hover_card_rect
from auslan_explorer.gui.views.common.legend import LEGEND_MARGIN, legend_right
from auslan_explorer.gui.views.scatter3d.axes_item import AxesItem
from auslan_explorer.gui.views.scatter3d.error_labels import ErrorLabels
from auslan_explorer.gui.views.scatter3d.gl_widget import SceneView
from auslan_explorer.gui.views.scatter3d.playback_marks import PlaybackMarks
from auslan_explorer.gui.views.scatter3d.scene_arrays import LabelCandidates
from auslan_explorer.gui.views.scatter3d.text_images import TEXT_GAP, TextImages

_SAME_SIGN_SPACING = 220.0
"""Least distance in pixels between two labels of the same sign."""
_MAX_CANDIDATES = 3000
"""Most candidates for which a place is sought; more labels could not be read anyway."""
_RING_RADIUS = 5.0
_GROUND = 200
"""Opacity of 255 of the ground beneath axis titles."""
_LEAST_ROOM = 200.0
"""Logical pixels beside the legend from which a caption stands there, else below it."""
_LEGEND_PADDING = 8
"""Pixels around the legend in its image, for halos and the ring around a row."""


@dataclass(frozen=True)
class PointedPath:
    """What is pointed at, here or in another view: a vertex, shape (3,), its path, shape (n, 3), and the hover card."""

    vertex: np.ndarray
    path: np.ndarray
    card: HoverCard


class Overlay:
    """Paints over a `SceneView`. It does not know the session: its owner sets what to show."""

    def __init__(self) -> None:
        self.theme: Theme = LIGHT
        self.text_images = TextImages()
        self.candidates = LabelCandidates()
        self.pointed: PointedPath | None = None
        self.axis_names: tuple[str, ...] = ("", "", "")
        self.legend: Legend | None = None
        self.caption = self.sentence = ""
        self.nothing_shown: tuple[str, str] | None = None
        self.step = 0
        self.annotations = Annotations()
        self.legend_row = -1
        self.error_labels = ErrorLabels(self.text_images)
        self.playback_marks = PlaybackMarks()
        self._label_boxes: list[tuple[QRectF, int]] = []
        self._width = 0
        self._placed = np.zeros(0, dtype=np.int64)
        self._near, self._far = 0.0, 1.0
        self._is_laid_out = False

    def set_candidates(self, candidates: LabelCandidates) -> None:
        """Set the labels to place, and remove those that are placed."""
        self.playback_marks.playheads = candidates.playheads
        self.candidates, self._placed, self._is_laid_out = candidates, np.zeros(0, dtype=np.int64), False

    def invalidate_layout(self) -> None:
        """Place the labels anew when the view is next painted at rest."""
        self._is_laid_out = False
        self.error_labels.invalidate_layout()

    def recordings_at(self, at: QPointF, session: Session) -> tuple[int, ...]:
        """Return the recordings of the legend entry or label at a position, in logical pixels; empty for none."""
        if self.legend is not None:
            scale = scale_within(self._width)
            right = legend_right(self.legend, self._width, scale)
            entry = legend_entry_at(self.legend, at.x(), at.y(), right, LEGEND_MARGIN, scale)
            if entry is not None:
                return entry.recordings
        for box, recording in self.error_labels.boxes:
            if box.contains(at):
                return (recording,)
        for box, sign in self._label_boxes:
            if box.contains(at):
                return shown_of_sign(session, sign)
        return ()

    def paint(self, painter: QPainter, view: SceneView, box: AxesItem) -> None:
        """Paint the overlay; `box` has the axes."""
        grid = OccupancyGrid(view.width(), view.height())
        self._width = view.width()
        # As on the 2-D map, large text would cover the paths of a narrow pane.
        if self.text_images.set_scale(scale_within(view.width())):
            self.invalidate_layout()
        self.playback_marks.paint(painter, view, self.step)
        card = None
        if self.pointed is not None and view.underMouse():
            card = self._hover_card(view, self.pointed)
            # The hover card comes first: labels make room for it.
            grid.claim(card[1].x(), card[1].y(), card[1].width(), card[1].height())
        self._paint_legend(painter, view, grid)
        self._paint_caption(painter, view, grid)
        self._paint_axes(painter, view, box, grid)
        if self.pointed is not None:
            image, corner = self._pointed_image(view, self.pointed)
            if image is not None:
                painter.drawImage(corner, image)
        self.error_labels.paint(painter, view, grid, self.theme)
        self.playback_marks.paint_playheads(painter, view, self.theme)
        annotations = self.annotations.in_pixels(lambda spots: view.project(spots)[0])
        layout = lay_out_annotations(annotations, grid, scale_within(view.width()))  # labels make room for them
        if self.nothing_shown is not None:
            self._paint_nothing_shown(painter, view, *self.nothing_shown)
        self._paint_labels(painter, view, grid)
        self._paint_annotations(painter, view, annotations, layout)
        if card is not None:
            painter.drawImage(card[1].topLeft(), card[0])
        if view.keyboard_focus:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setPen(QPen(QColor(*self.theme.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(view.rect()).adjusted(2, 2, -2, -2))

    def _paint_legend(self, painter: QPainter, view: SceneView, grid: OccupancyGrid) -> None:
        if self.legend is None:
            return
        scale = scale_within(view.width())
        image = _legend_image(self.legend, self.theme, view.devicePixelRatioF(), self.legend_row, scale)
        size = image.deviceIndependentSize()
        left, top = (
            legend_right(self.legend, view.width(), scale) - size.width() + _LEGEND_PADDING,
            LEGEND_MARGIN - _LEGEND_PADDING,
        )
        grid.claim(left, top, size.width(), size.height())
        painter.drawImage(QPointF(left, top), image)
        right = left + size.width() - _LEGEND_PADDING
        paint_legend_step(painter, self.legend, right, LEGEND_MARGIN, self.theme, scale, self.step)

    def _paint_caption(self, painter: QPainter, view: SceneView, grid: OccupancyGrid) -> None:
        """Paint the title and the description of the article's figure that is shown, if it is one."""
        if not self.caption:
            return
        scale = scale_within(view.width())
        box = None if self.legend is None else legend_box(self.legend, scale)
        room, top = round(view.width() - (0.0 if box is None else box.width) - 4 * LEGEND_MARGIN), 0.0
        if box is not None and room < _LEAST_ROOM * scale:
            room, top = round(view.width() - 3 * LEGEND_MARGIN), LEGEND_MARGIN + box.height
        image = _caption_image(self.caption, self.sentence, self.theme, view.devicePixelRatioF(), room, scale)
        size = image.deviceIndependentSize()
        grid.claim(0, top, min(size.width(), view.width()), size.height())
        painter.drawImage(QPointF(0, top), image)

    def _text_image(self, view: SceneView, text: str, pixels: int, foreground: RGB) -> QImage:
        return self.text_images.image(text, pixels, foreground, self.theme.background, view.devicePixelRatioF())

    def _paint_axes(self, painter: QPainter, view: SceneView, box: AxesItem, grid: OccupancyGrid) -> None:
        # Axis names come first: without them the numbers mean nothing.
        edges = box.edges()
        for edge in edges:
            if np.hypot(*(edge.ends[1] - edge.ends[0])) > SHORTEST:
                at, name = edge.ends.mean(axis=0), self.axis_names[edge.axis]
                self._paint_beside(painter, view, grid, at, edge.outward, name, NAME_GAP)
        for edge in edges:
            for value, at in zip(box.box.ticks[edge.axis], edge.ticks_at, strict=True):
                self._paint_beside(painter, view, grid, at, edge.outward, tick_text(float(value)), TICK_GAP)

    def _paint_beside(
        self,
        painter: QPainter,
        view: SceneView,
        grid: OccupancyGrid,
        at: np.ndarray,
        outward: np.ndarray,
        text: str,
        gap: float,
    ) -> None:
        width, height = self.text_images.size(text, SMALL)
        x, y = beside(at, outward, width, height, gap)
        if grid.claim(x, y, width, height):
            if "\n" in text:  # a title, of several lines where the scale is named
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(*self.theme.background, _GROUND))
                painter.drawRect(QRectF(x, y, width, height))
            painter.drawImage(QPointF(x, y), self._text_image(view, text, SMALL, self.theme.muted))

    def _paint_labels(self, painter: QPainter, view: SceneView, grid: OccupancyGrid) -> None:
        names, self._label_boxes = self.candidates, []
        if not names.texts:
            return
        if (view.is_interactive and not names.at_playheads) or self._is_laid_out:
            # While turning, labels only disappear: new ones at every frame would flicker.
            order = self._placed
            xy, distance = view.project(names.vertices[order])
        else:
            xy, distance = view.project(names.vertices)
            order = np.lexsort((distance, names.rank))
            with np.errstate(invalid="ignore"):
                inside = np.all((xy >= 0) & (xy < np.array([view.width(), view.height()])), axis=1)
            order = order[inside.take(order)][:_MAX_CANDIDATES]
            xy, distance = xy[order], distance[order]
            self._near, self._far = float(distance.min(initial=np.inf)), float(distance.max(initial=0.0))
        texts, verdicts = [names.texts[i] for i in order], [names.verdicts[i] for i in order]
        sizes = np.array([self.text_images.size(text, BODY) for text in texts]).reshape(-1, 2)
        sizes[:, 0] += [self.text_images.size(each, BODY)[0] if each else 0.0 for each in verdicts]
        middle = float(view.project(self.candidates.centre)[0][0, 0])
        gap = TEXT_GAP + playhead_radius(len(names.playheads)) * text_scale() if names.at_playheads else TEXT_GAP
        kinds, elsewhere = [names.groups[i] for i in order], names.of_selection or names.at_playheads
        # Away from the centre of the cloud, where labels cover no paths.
        outward = np.where(xy[:, 0] >= middle, RIGHT, LEFT).tolist()
        sides = {
            i: (side, ABOVE, BELOW, RIGHT + LEFT - side) if elsewhere else (side,) for i, side in enumerate(outward)
        }
        found = place_labels(
            range(len(order)), xy, sizes, grid, gap, sides=sides, kinds=kinds, apart=_SAME_SIGN_SPACING
        )
        fade = 0.0 if names.of_selection else 0.4 / max(self._far - self._near, 1e-9)
        for spot in found:
            i, x, y = spot.number, spot.x, spot.y
            painter.setOpacity(round(1.0 - min(max(fade * (float(distance[i]) - self._near), 0.0), 0.4), 1))
            foreground = self.theme.muted if names.is_greyed(order[i]) else self.theme.foreground
            painter.drawImage(QPointF(x, y), self._text_image(view, texts[i], BODY, foreground))
            if verdicts[i]:
                beside_name = QPointF(x + self.text_images.size(texts[i], BODY)[0], y)
                painter.drawImage(beside_name, self._text_image(view, verdicts[i], BODY, self.theme.mistake))
            self._label_boxes.append((QRectF(x, y, *sizes[i].tolist()), names.signs[order[i]]))
        painter.setOpacity(1.0)
        if not ((view.is_interactive and not names.at_playheads) or self._is_laid_out):
            self._placed = order[[spot.number for spot in found]] if found else order[:0]
            self._is_laid_out = True
            if not (names.of_selection or names.at_playheads):
                # A first selection greys nearly all of them.
                look = BODY, self.theme.muted, self.theme.background, view.devicePixelRatioF()
                self.text_images.prepare(dict.fromkeys(texts), *look)

    def _hover_card(self, view: SceneView, pointed: PointedPath) -> tuple[QImage, QRectF]:
        """Return the image of the hover card and its rectangle within the pane."""
        x, y = np.nan_to_num(view.project(pointed.vertex[None])[0])[0].tolist()
        image = hover_card_image(pointed.card, self.theme, view.devicePixelRatioF())
        path = view.project(pointed.path)[0]
        return image, hover_card_rect(QPointF(x, y), image, (view.width(), view.height()), path)

    def _pointed_image(self, view: SceneView, pointed: PointedPath) -> tuple[QImage | None, QPointF]:
        """Return an image of the path and a ring, and its position: on OpenGL, `QPainter` does not antialias."""
        path = view.project(pointed.path)[0]
        path = path[np.isfinite(path).all(axis=1)]
        at = view.project(pointed.vertex[None])[0]
        points = np.vstack([path, at])
        if not np.isfinite(at).all():
            return None, QPointF()
        low, high = points.min(0) - 10, points.max(0) + 10
        opened = _open_image(view, (*low.tolist(), *high.tolist()))
        if opened is None:
            return None, QPointF()
        image, painter, corner = opened
        line = QPolygonF([QPointF(*p) for p in path.tolist()])
        ring = QPointF(*at[0].tolist())
        background, accent = QColor(*self.theme.background, 210), QColor(*self.theme.accent)
        for colour, wide in ((background, 4.0), (accent, 1.6)):
            pen = QPen(colour, wide)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawPolyline(line)
            painter.drawEllipse(ring, _RING_RADIUS, _RING_RADIUS)
        painter.end()
        return image, corner

    def _paint_annotations(
        self, painter: QPainter, view: SceneView, shown: Annotations, layout: AnnotationLayout
    ) -> None:
        """Paint a changed recording's path, marked steps and resting points."""
        scale = scale_within(view.width())
        opened = _open_image(view, annotation_bounds(shown, scale))
        if opened is not None:
            image, on_image, corner = opened
            paint_annotations(on_image, shown, layout, self.theme, scale)
            on_image.end()
            painter.drawImage(corner, image)

    def _paint_nothing_shown(self, painter: QPainter, view: SceneView, title: str, sentence: str) -> None:
        opened = _open_image(view, (0, 0, view.width(), view.height()))
        if opened is not None:
            image, on_image, corner = opened
            paint_empty_state(on_image, QRectF(view.rect()), title, sentence, self.theme, scale_within(view.width()))
            on_image.end()
            painter.drawImage(corner, image)


def _open_image(view: SceneView, box: tuple[float, float, float, float]) -> tuple[QImage, QPainter, QPointF] | None:
    """Return an image of a part of the view, a painter on it and its corner; None where that part is outside.

    On OpenGL, `QPainter` does not antialias.

    Parameters
    ----------
    view : SceneView
    box : tuple of float
        Left, top, right and bottom of the part, in logical pixels of the view, which are the painter's too.
    """
    low = np.floor(np.clip(box[:2], 0, None))
    high = np.ceil(np.minimum(box[2:], [view.width(), view.height()]))
    if high[0] <= low[0] or high[1] <= low[1]:
        return None
    ratio = view.devicePixelRatioF()
    width, height = ((high - low) * ratio).astype(int)
    image = QImage(int(width), int(height), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(-low[0], -low[1])
    return image, painter, QPointF(*low.tolist())


@lru_cache(maxsize=4)
def _legend_image(legend: Legend, theme: Theme, ratio: float, row: int, scale: float) -> QImage:
    """Return an image of the legend without the step's mark, cached: painting text through OpenGL is slow."""
    box = legend_box(legend, scale)
    width, height = box.width + 2 * _LEGEND_PADDING, box.height + 2 * _LEGEND_PADDING
    image = QImage(round(width * ratio), round(height * ratio), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_legend(painter, legend, width - _LEGEND_PADDING, _LEGEND_PADDING, theme, scale, None, row)
    painter.end()
    return image


@lru_cache(maxsize=2)
def _caption_image(caption: str, sentence: str, theme: Theme, ratio: float, room: int, scale: float) -> QImage:
    """Return an image of a figure's caption, to be drawn in the upper left corner of the pane."""
    scale = fit_heading(caption, room, scale)
    note = wrap_note(sentence, room, scale)
    boxes = heading_boxes(caption, note, LEGEND_MARGIN, LEGEND_MARGIN - 4, scale)
    width, height = max(right for _, _, right, _ in boxes), max(bottom for *_, bottom in boxes)
    image = QImage(round(width * ratio), round(height * ratio), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_heading(painter, LEGEND_MARGIN, LEGEND_MARGIN - 4, caption, note, theme, scale)
    painter.end()
    return image
