"""Labels at the ends of misclassified paths in the 3-D view: the true sign above, the predicted one below."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from auslan_explorer.draw.labels import OccupancyGrid, place_pairs
from auslan_explorer.draw.naming import SignLabel
from auslan_explorer.draw.paint import colour
from auslan_explorer.draw.theme import BODY, Theme
from auslan_explorer.gui.views.scatter3d.gl_widget import SceneView
from auslan_explorer.gui.views.scatter3d.text_images import TextImages

_GAP = 4.0
_REACH = 2
"""Heights of a label by which a pair may move from its point; longer lines would cross the scene when it turns."""


@dataclass(frozen=True)
class _Placement:
    """Index of a label, its upper left corner relative to its point, and whether it has a leader line."""

    number: int
    dx: float
    dy: float
    has_leader: bool


class ErrorLabels:
    """Places and paints the pairs of labels from `draw.naming.mistake_labels`.

    Attributes
    ----------
    boxes : list of (QRectF, int)
        Where labels were last painted, and their recordings.
    """

    def __init__(self, text_images: TextImages) -> None:
        self._text_images = text_images
        self.labels: tuple[SignLabel, ...] = ()
        self._placements: list[_Placement] = []
        self._is_laid_out = False
        self.boxes: list[tuple[QRectF, int]] = []

    def set_labels(self, labels: tuple[SignLabel, ...]) -> None:
        """Set the labels."""
        self.labels, self._placements, self._is_laid_out = labels, [], False

    def invalidate_layout(self) -> None:
        """Lay the labels out anew when the view is next painted at rest."""
        self._is_laid_out = False

    def paint(self, painter: QPainter, view: SceneView, grid: OccupancyGrid, theme: Theme) -> None:
        """Paint the labels that fit into `grid`; while the view turns, they keep their offsets from their points."""
        self.boxes = []
        if not self.labels:
            return
        ends = np.array([label.position for label in self.labels], dtype=np.float32)
        xy = view.project(ends)[0]
        if not (view.is_interactive or self._is_laid_out):
            self._lay_out(xy, grid)
        drawn = []
        for spot in self._placements:
            label, (x, y) = self.labels[spot.number], xy[spot.number].tolist()
            if not np.isfinite(x + y):
                continue
            width, height = self._text_images.size(label.text, BODY)
            box = QRectF(x + spot.dx, y + spot.dy, width, height)
            if not grid.claim(box.x(), box.y(), width, height):
                continue
            if spot.has_leader:
                painter.setPen(QPen(colour(theme.muted), 1))
                edge = box.bottom() - 2 if spot.dy < 0 else box.top() + 2
                painter.drawLine(QPointF(min(max(x, box.left()), box.right()), edge), QPointF(x, y))
            drawn.append((box, label))
        for box, label in drawn:
            picture = self._text_images.image(
                label.text, BODY, label.colour, theme.background, view.devicePixelRatioF()
            )
            painter.drawImage(box.topLeft(), picture)
            if label.recording is not None:
                self.boxes.append((box, label.recording))

    def _lay_out(self, xy: np.ndarray, grid: OccupancyGrid) -> None:
        sizes = np.array([self._text_images.size(label.text, BODY) for label in self.labels])
        sizes[:, 1] = sizes[:, 1].max() + 2
        # A copy: each label claims its own cell when it is painted.
        placed = place_pairs(range(len(self.labels)), xy, sizes, grid.copy(), _GAP, _REACH)
        self._placements = [
            _Placement(p.number, p.x - float(xy[p.number, 0]), p.y - float(xy[p.number, 1]), p.leader is not None)
            for p in placed
        ]
        self._is_laid_out = True
