"""What is painted over the 2-D map's points and lines, or in their place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from auslan_explorer.draw.labels import Placed
from auslan_explorer.draw.paint import colour, font, paint_axes, paint_legend
from auslan_explorer.draw.paint_labels import paint_labels, paint_playheads
from auslan_explorer.draw.paint_spread import paint_spread
from auslan_explorer.draw.scene import Scene
from auslan_explorer.draw.theme import BODY, Theme
from auslan_explorer.draw.view import View2D
from auslan_explorer.gui.i18n import said
from auslan_explorer.gui.views.common.legend_layout import LEGEND_MARGIN, legend_right


@dataclass(frozen=True)
class MapFrame:
    """A scene in a view (logical pixels) at a step, with text `scale` times as large as usual."""

    scene: Scene
    view: View2D
    theme: Theme
    scale: float
    step: int


def paint_overlay(painter: QPainter, frame: MapFrame, labels: Sequence[Placed], legend_row: int) -> None:
    """Paint axes, ellipses of spread, heads, names and the colour key, whose row `key_row` has the keyboard."""
    scene, view, theme, scale, step = frame.scene, frame.view, frame.theme, frame.scale, frame.step
    paint_axes(painter, scene, view, theme, scale)
    paint_spread(painter, scene, view)
    paint_playheads(painter, scene, view, theme, scale, step)
    paint_labels(painter, scene, labels, theme, scale, step)
    paint_legend(painter, scene, legend_right(scene, view.width, scale), LEGEND_MARGIN, theme, scale, step, legend_row)


def paint_empty_state(painter: QPainter, area: QRectF, has_paths: bool, theme: Theme, scale: float) -> None:
    """Say why there is nothing to see, and what to do."""
    if has_paths:
        text = said("Nothing is shown.\nTick a sign in the list, or choose All.")
    else:
        text = said("These activations hold no 2-D projection.\nTrain a 2-D autoencoder on them to see a map.")
    painter.setFont(font(BODY * scale))
    painter.setPen(colour(theme.muted))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)
