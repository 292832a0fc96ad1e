"""The points of the 3-D scene as images: some of them at once, and where there are very many all of them later."""

from __future__ import annotations

import threading
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from auslan_explorer.gui.views.scatter3d.scene_arrays import NO_VERTICES, VertexColours, VertexPositions
from auslan_explorer.gui.views.scatter3d.splat_cache import SplatCache, SplatCamera
from auslan_explorer.gui.views.scatter3d.splat_whole import splat_whole

MOST_AT_ONCE = 160_000
"""Points of a coarse image, about; these are drawn within a frame. All of what ships are fewer."""


class SplattedPoints(QObject):
    """Draws points into images: a coarse one where it is asked for, a whole one in a thread.

    Signals
    -------
    whole_ready()
        The image of all points is ready; sent from the thread.
    """

    whole_ready = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._vertices = NO_VERTICES
        self._points = np.zeros(0, dtype=np.uint32)
        self._colours: VertexColours | None = None
        self._rows: np.ndarray | None = None
        self._positions: np.ndarray | None = None
        self._on_top: np.ndarray | None = None
        self._cache = SplatCache()
        self._version = 0
        self._lock = threading.Lock()
        self._wanted: tuple[tuple[object, ...], Callable[[], QImage]] | None = None
        self._made: tuple[tuple[object, ...], QImage] | None = None
        self._running = False

    def set_vertices(self, vertices: VertexPositions) -> None:
        """Set the positions of all vertices."""
        self._vertices, self._positions = vertices, None
        self.invalidate()

    def set_points(self, points: np.ndarray) -> None:
        """Set the vertices that are drawn, by index, in order of appearance."""
        self._points, self._rows = points, None
        self.invalidate(colours=True)

    def set_colours(self, colours: VertexColours) -> None:
        """Set how vertices are coloured."""
        self._colours, self._rows = colours, None
        self.invalidate(colours=True)

    def invalidate(self, colours: bool = False) -> None:
        """Draw anew on the next call; see `SplatCache`."""
        self._version += 1
        self._cache.invalidate(colours)

    def touch(self) -> None:
        """Draw the coarse image anew on the next call: something was painted on it."""
        self._cache.invalidate()

    def coarse(self, count: int, camera: SplatCamera, background: tuple[float, float, float], fog: float) -> QImage:
        """Return an image of some of the first `count` points, and of all that are on top where these are few."""
        every = max(-(-len(self._points) // MOST_AT_ONCE), 1)
        if self._rows is None:
            self._rows, self._positions = self._chosen(every), None
        vertices = self._points.take(self._rows)
        if self._positions is None:
            self._positions = np.ascontiguousarray(self._vertices.of(vertices).T)
        if self._cache.lacks_colours:
            assert self._colours is not None
            colours, self._on_top = self._colours.of(vertices)
            self._cache.set_colours(colours, background, fog, every)
        n = int(np.searchsorted(self._rows, count))
        return self._cache.draw(self._positions[:, :n], None if self._on_top is None else self._on_top[:n], camera)

    def _chosen(self, every: int) -> np.ndarray:
        """Return the rows of the points in a coarse image, ascending."""
        colours = self._colours
        if every == 1 or colours is None or not 0 < colours.top_count <= MOST_AT_ONCE // 2:
            return np.arange(0, len(self._points), every)
        chosen = np.zeros(len(self._points), dtype=bool)
        chosen[colours.top_rows(self._points)] = chosen[::every] = True
        return np.flatnonzero(chosen)

    def whole(
        self, count: int, camera: SplatCamera, background: tuple[float, float, float], fog: float
    ) -> QImage | None:
        """Return an image of the first `count` points; None while it is being drawn, until `whole_ready`."""
        key = self._version, count, camera.width, camera.height, camera.fog, camera.matrix.tobytes()
        points, vertices, colours = self._points[:count], self._vertices, self._colours
        assert colours is not None

        def draw() -> QImage:
            image = QImage(camera.width, camera.height, QImage.Format.Format_RGBA8888)
            memory = np.frombuffer(image.bits(), dtype=np.uint32)
            splat_whole(vertices, points, colours, camera, background, fog, memory)
            return image

        with self._lock:
            if self._made is not None and self._made[0] == key:
                return self._made[1]
            self._wanted = key, draw
            if not self._running:
                self._running = True
                threading.Thread(target=self._run, name="all points in 3-D", daemon=True).start()
        return None

    def _run(self) -> None:
        while True:
            with self._lock:
                wanted, self._wanted = self._wanted, None
                if wanted is None:
                    self._running = False
                    return
            key, draw = wanted
            image = draw()
            with self._lock:
                self._made = key, image
            try:
                self.whole_ready.emit()
            except RuntimeError:  # the view is gone
                return
