"""Carries the 3-D view from one projection to another, vertex by vertex."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from auslan_explorer.core.trajectories import Trajectories
from auslan_explorer.gui.animation import Animation

if TYPE_CHECKING:
    from auslan_explorer.gui.views.scatter3d.gl_widget import SceneView


class PathsTransition(QObject):
    """From where paths are drawn to where they are now.

    Signals
    -------
    moved(paths)
        `Trajectories` to be drawn now; the last ones are those that were asked for.
    """

    paths_moved = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._start_paths: Trajectories | None = None
        self._end_paths: Trajectories | None = None
        self._animation = Animation(self)
        self._animation.progressed.connect(self._on_progress)

    def start(self, before: Trajectories | None, after: Trajectories | None) -> bool:
        """Go from `before` to `after`; False where that cannot be done vertex by vertex."""
        if before is None or after is None or before.vertices.shape != after.vertices.shape:
            return False
        self._start_paths, self._end_paths = before, after
        self._animation.start()
        return True

    def stop(self) -> None:
        """Forget where it was going: something else is drawn now."""
        self._animation.stop()

    def _on_progress(self, share: float) -> None:
        assert self._start_paths is not None and self._end_paths is not None
        self.paths_moved.emit(self._end_paths if share == 1 else self._start_paths.towards(self._end_paths, share))


def reframe(view: SceneView, centre: np.ndarray, radius: float) -> None:
    """Frame a scene that has moved, and leave a person's own place where it was within it."""
    aside = view.opts["center"] - view.home_centre
    scale = radius / view.radius
    view.frame(centre, radius)
    view.opts["center"] = view.opts["center"] + aside * scale
