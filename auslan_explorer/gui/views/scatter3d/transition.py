"""Animated transition of the 3-D view to another projection, vertex by vertex."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from auslan_explorer.core.trajectories import Trajectories
from auslan_explorer.gui.animation import Animation

if TYPE_CHECKING:
    from auslan_explorer.gui.views.scatter3d.gl_widget import SceneView


class PathsTransition(QObject):
    """Transition of the paths between two projections.

    Signals
    -------
    paths_moved(paths)
        `Trajectories` to draw now: interpolated ones, at last those of the end.
    """

    paths_moved = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._start_paths: Trajectories | None = None
        self._end_paths: Trajectories | None = None
        self._animation = Animation(self)
        self._animation.progressed.connect(self._on_progress)

    def start(self, before: Trajectories | None, after: Trajectories | None) -> bool:
        """Start a transition; return False if the paths do not have the same vertices."""
        if before is None or after is None or before.vertices.shape != after.vertices.shape:
            return False
        self._start_paths, self._end_paths = before, after
        self._animation.start()
        return True

    def stop(self) -> None:
        """Stop where it is."""
        self._animation.stop()

    def _on_progress(self, share: float) -> None:
        assert self._start_paths is not None and self._end_paths is not None
        self.paths_moved.emit(self._end_paths if share == 1 else self._start_paths.towards(self._end_paths, share))


def reframe(view: SceneView, centre: np.ndarray, radius: float) -> None:
    """Fit the home view to a scene that has moved, and keep the user's viewpoint relative to it."""
    aside = view.opts["center"] - view.home_centre
    scale = radius / view.radius
    view.frame(centre, radius)
    view.opts["center"] = view.opts["center"] + aside * scale
