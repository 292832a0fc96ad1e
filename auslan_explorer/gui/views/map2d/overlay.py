"""The overlay of the 2-D map: where its labels stand, and what is painted over or in place of points and lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPainter

from auslan_explorer.draw.annotations import Annotations
from auslan_explorer.draw.labels import OccupancyGrid, Placed
from auslan_explorer.draw.paint import (
    Box,
    fit_heading,
    heading_boxes,
    legend_box,
    paint_heading,
    paint_legend,
    wrap_note,
)
from auslan_explorer.draw.paint_annotations import AnnotationLayout, lay_out_annotations
from auslan_explorer.draw.paint_axes import axis_boxes, paint_axes
from auslan_explorer.draw.paint_flow import paint_flow
from auslan_explorer.draw.paint_labels import labels_of, layout_labels, paint_labels, paint_playheads
from auslan_explorer.draw.paint_landscape import paint_landscape
from auslan_explorer.draw.paint_spread import paint_spread
from auslan_explorer.draw.scene import Scene
from auslan_explorer.draw.theme import Theme
from auslan_explorer.draw.view import View2D
from auslan_explorer.gui.views.common.legend import LEGEND_MARGIN, legend_right

_BESIDE_TICKS, _TOP = 36.0, 12.0
"""Logical pixels from the pane's upper left corner to a figure's caption: right of the tick labels."""
_AIR = 5.0
_LEAST_ROOM = 200.0
"""Logical pixels beside the colour key from which a caption stands there."""

_MOST_OF_HEIGHT = 0.4
"""Share of the pane's height that a caption takes at most."""


@dataclass(frozen=True)
class CaptionLayout:
    """How a figure's caption stands: title and description in lines, top in logical pixels, and the type's scale."""

    title: str
    note: str
    top: float
    scale: float


def lay_out_caption(scene: Scene, view: View2D, scale: float) -> CaptionLayout:
    """Lay out the caption of the figure that is shown: left of the colour key, or below it in a narrow pane."""
    if not (scene.caption or scene.sentence):
        return CaptionLayout("", "", _TOP, scale)
    box = legend_box(scene, scale)
    room, top = legend_right(scene, view.width, scale) - box.width - _BESIDE_TICKS - 4 * _AIR * scale, _TOP
    if room < _LEAST_ROOM * scale:
        room, top = view.width - _BESIDE_TICKS - 2 * _AIR, LEGEND_MARGIN + box.height + 2 * _AIR * scale
    fitting = fit_heading(scene.caption, room, scale)
    note = wrap_note(scene.sentence, room, fitting)
    # The paths come first: in a low pane of large text the title stands alone, or not even that.
    for title, text in ((scene.caption, note), (scene.caption, "")):
        ends = max((box[3] for box in heading_boxes(title, text, _BESIDE_TICKS, top, fitting)), default=0.0)
        if ends <= _MOST_OF_HEIGHT * view.height:
            return CaptionLayout(title, text, top, fitting)
    return CaptionLayout("", "", top, fitting)


def caption_boxes(scene: Scene, view: View2D, scale: float) -> tuple[Box, ...]:
    """Return the boxes that a figure's caption covers; none where there is no caption."""
    at = lay_out_caption(scene, view, scale)
    return heading_boxes(at.title, at.note, _BESIDE_TICKS, at.top, at.scale)


def legend_area(scene: Scene, view: View2D, scale: float) -> Box:
    """Return the box that the legend covers, with some air around it."""
    box, right, air = legend_box(scene, scale), legend_right(scene, view.width, scale), _AIR * scale
    return right - box.width - air, LEGEND_MARGIN - air, right + air, LEGEND_MARGIN + box.height + air


def top_inset(scene: Scene, view: View2D, scale: float) -> float:
    """Return how many logical pixels a figure's caption takes at the top of the pane; 0 where there is none."""
    return max((bottom for _, _, _, bottom in caption_boxes(scene, view, scale)), default=0.0)


def bottom_inset(scene: Scene, view: View2D, scale: float) -> float:
    """Return how many logical pixels the horizontal axis's numbers and title take at the bottom of the pane."""
    return view.height - axis_boxes(scene, view, scale)[2][1]


class LabelCache:
    """Caches where texts stand: laid out once per scene, step and view; while the view moves, they move with it.

    Annotations come first, and labels make room for them: marks stay where they belong while paths grow.

    Attributes
    ----------
    annotations : AnnotationLayout
        Where annotations stand; as labels, laid out by `placed_labels`.
    """

    def __init__(self) -> None:
        self.annotations = AnnotationLayout()
        self._placed: list[Placed] = []
        self._texts: tuple[object, ...] = ()
        self._taken: tuple[Box, ...] = ()
        self._scene: Scene | None = None
        self._step = -1
        self._view: View2D | None = None

    def invalidate(self) -> None:
        """Lay all texts out anew on the next call."""
        self._view = None

    def placed_labels(
        self, scene: Scene, view: View2D, step: int, scale: float, annotations: Annotations
    ) -> list[Placed]:
        """Return where labels stand, in logical pixels, with text `scale` times its usual size.

        `annotations` is what else stands in the view, in its pixels; others are known by their texts.
        """
        texts = annotations.text, annotations.texts, annotations.rest_texts
        anew = scene is not self._scene or texts != self._texts
        if anew or self._view is None or step != self._step:
            if anew or view != self._view:
                self._texts = texts
                self._lay_out_still(scene, view, scale, annotations)
            # Labels of the step before keep their places; another scene is laid out from scratch.
            goes_on = scene is self._scene and step < scene.steps - 1
            before = self._placed if goes_on else []
            self._placed = layout_labels(scene, view, scale, self._taken, step, before)
            self._scene, self._step, self._view = scene, step, view
        if self._view == view or not self._placed:
            return self._placed
        labels = labels_of(scene, step)
        spots = np.array([labels[p.number].position for p in self._placed], dtype=np.float32)
        (x0, y0), (x1, y1) = self._view.to_pixels(spots), view.to_pixels(spots)
        return [
            replace(p, x=p.x + float(x1[i] - x0[i]), y=p.y + float(y1[i] - y0[i])) for i, p in enumerate(self._placed)
        ]

    def _lay_out_still(self, scene: Scene, view: View2D, scale: float, annotations: Annotations) -> None:
        """Place legend, caption, axes and annotations, which no step moves."""
        top = top_inset(scene, view, scale)
        around = (
            legend_area(scene, view, scale),
            *caption_boxes(scene, view, scale),
            *axis_boxes(scene, view, scale, top),
        )
        grid = OccupancyGrid(view.width, view.height, scale, around)
        self.annotations = lay_out_annotations(annotations, grid, scale)
        self._taken = (*around, *self.annotations.boxes)


@dataclass(frozen=True)
class MapFrame:
    """A scene in a view (logical pixels) at a step, with text `scale` times its usual size.

    `pointed_sign` is the sign of the recording that is pointed at.
    """

    scene: Scene
    view: View2D
    theme: Theme
    scale: float
    step: int
    pointed_sign: int | None


class StillLayer:
    """Paints landscape, axes and flow, which no step changes: from an image while scene and view stay as they are."""

    def __init__(self) -> None:
        self._shown: tuple[object, ...] = ()
        self._image = QImage()

    def paint(self, painter: QPainter, frame: MapFrame) -> None:
        """Paint them with the device's resolution, and always from the image: without it, colours round otherwise."""
        ratio = painter.device().devicePixelRatioF()
        shown = frame.scene, frame.view, frame.theme, frame.scale, ratio
        if shown != self._shown:
            width, height = (int(np.ceil(size * ratio)) for size in (frame.view.width, frame.view.height))
            self._image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
            self._image.setDevicePixelRatio(ratio)
            self._image.fill(Qt.GlobalColor.transparent)
            with QPainter(self._image) as on_image:
                on_image.setRenderHint(QPainter.RenderHint.Antialiasing)
                _paint_still(on_image, frame)
            self._shown = shown
        painter.drawImage(QPointF(0, 0), self._image)


def _paint_still(painter: QPainter, frame: MapFrame) -> None:
    scene, view, theme, scale = frame.scene, frame.view, frame.theme, frame.scale
    paint_landscape(painter, scene, view, theme, scale)
    paint_axes(painter, scene, view, theme, scale, top_inset(scene, view, scale))
    paint_flow(painter, scene, view, theme, scale)


def paint_overlay(
    painter: QPainter, frame: MapFrame, still: StillLayer, labels: Sequence[Placed], legend_row: int
) -> None:
    """Paint all but points and lines, from landscape to legend, whose row `legend_row` is marked; -1 for none."""
    scene, view, theme, scale, step = frame.scene, frame.view, frame.theme, frame.scale, frame.step
    still.paint(painter, frame)
    paint_spread(painter, scene, view, scale, frame.pointed_sign)
    paint_playheads(painter, scene, view, theme, scale, step)
    paint_labels(painter, scene, labels, theme, scale, step)
    caption = lay_out_caption(scene, view, scale)
    paint_heading(painter, _BESIDE_TICKS, caption.top, caption.title, caption.note, theme, caption.scale)
    paint_legend(painter, scene, legend_right(scene, view.width, scale), LEGEND_MARGIN, theme, scale, step, legend_row)
