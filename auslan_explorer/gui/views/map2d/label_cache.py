"""Where names stand on the 2-D map as its view and the step change."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from auslan_explorer.draw.labels import Placed
from auslan_explorer.draw.paint import axis_boxes, legend_box
from auslan_explorer.draw.paint_labels import labels_of, layout_labels
from auslan_explorer.draw.scene import Scene
from auslan_explorer.draw.view import View2D
from auslan_explorer.gui.views.common.legend_layout import LEGEND_MARGIN, legend_right


class LabelCache:
    """Lays names out once for each step and view; while the view moves they move with their points."""

    def __init__(self) -> None:
        self._placed: list[Placed] = []
        self._scene: Scene | None = None
        self._step = -1
        self._view: View2D | None = None

    def invalidate(self) -> None:
        """Lay out anew next time."""
        self._view = None

    def placed_labels(self, scene: Scene, view: View2D, step: int, scale: float) -> list[Placed]:
        """Return where names stand in a view of a scene at a step."""
        if scene is not self._scene or self._view is None or step != self._step:
            # What stood a step before goes on standing; on another map everything is chosen anew.
            goes_on = scene is self._scene and step < scene.steps - 1
            before = self._placed if goes_on else []
            box, right = legend_box(scene, scale), legend_right(scene, view.width, scale)
            key = (right - box.width, LEGEND_MARGIN, right, LEGEND_MARGIN + box.height)
            taken = (key, *axis_boxes(scene, view, scale))
            self._placed = layout_labels(scene, view, scale, taken, step, before)
            self._scene, self._step, self._view = scene, step, view
        if self._view == view or not self._placed:
            return self._placed
        labels = labels_of(scene, step)
        spots = np.array([labels[p.number].position for p in self._placed], dtype=np.float32)
        (x0, y0), (x1, y1) = self._view.to_pixels(spots), view.to_pixels(spots)
        return [
            replace(p, x=p.x + float(x1[i] - x0[i]), y=p.y + float(y1[i] - y0[i])) for i, p in enumerate(self._placed)
        ]
