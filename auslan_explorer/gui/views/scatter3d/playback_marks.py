"""Marks of playback over the 3-D scene: ghosts of full paths, stable predictions, and playheads."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPainter

from auslan_explorer.core.session import Session
from auslan_explorer.core.trajectories import Trajectories
from auslan_explorer.draw.naming import SignLabel
from auslan_explorer.draw.paint_labels import paint_playhead, playhead_colour, playhead_radius
from auslan_explorer.draw.picture import point_scale_for
from auslan_explorer.draw.render import Renderer
from auslan_explorer.draw.scene import Scene, build_marks
from auslan_explorer.draw.theme import RGB, Theme
from auslan_explorer.gui.style import text_scale
from auslan_explorer.gui.views.scatter3d.gl_widget import SceneView
from auslan_explorer.gui.views.scatter3d.lasso import picture_camera

_EDGE = 2.0


class PlaybackMarks:
    """Paints the marks with `QPainter`; while the camera is at rest, a step draws only what it adds.

    Attributes
    ----------
    playheads : tuple of SignLabel
        The playheads to mark.
    """

    def __init__(self) -> None:
        self.playheads: tuple[SignLabel, ...] = ()
        self._scene: Scene | None = None
        self._renderer: Renderer | None = None
        self._camera: tuple[object, ...] = ()
        self._image: tuple[tuple[object, ...], QImage] | None = None

    def set_state(self, session: Session, paths: Trajectories, theme: Theme) -> None:
        """Set ghosts and stable predictions from the session's state."""
        scene = build_marks(session.activations, paths, session.state, theme)
        self._scene = scene if scene.layers else None
        self._renderer = self._image = None

    def clear(self) -> None:
        """Remove ghosts and stable predictions."""
        self._scene = self._renderer = self._image = None

    def paint(self, painter: QPainter, view: SceneView, step: int) -> None:
        """Paint ghosts and stable predictions up to a step; not while the view turns, where they would lag behind."""
        seen = (*view.camera(), view.devicePixelRatioF())
        rests, self._camera = seen == self._camera, seen
        if self._scene is None:
            return
        if not rests:
            self._renderer = self._image = None
            if view.is_interactive:
                return
        if self._renderer is None:
            camera, ratio = picture_camera(view), view.devicePixelRatioF()
            self._renderer = Renderer(
                self._scene, camera.scaled(ratio), None, ratio * point_scale_for(camera.width, camera.height)
            )
        drawn = _drawn_at(self._scene, step)
        if self._image is None or self._image[0] != drawn:
            if not self._scene.layers_at(step):
                return
            pixels = self._renderer.picture(step)
            assert pixels is not None
            self._image = drawn, _image_of(pixels, view.devicePixelRatioF())
        painter.drawImage(QPointF(0, 0), self._image[1])

    def paint_playheads(self, painter: QPainter, view: SceneView, theme: Theme) -> None:
        """Paint the playheads as the 2-D map does."""
        if not self.playheads:
            return
        radius, ratio = playhead_radius(len(self.playheads)) * text_scale(), view.devicePixelRatioF()
        xy = view.project(np.array([label.position for label in self.playheads], dtype=np.float32))[0]
        for label, (x, y) in zip(self.playheads, xy.tolist(), strict=True):
            if np.isfinite(x + y):
                image = _playhead_image(playhead_colour(label, theme), label.right, theme, radius, ratio)
                half = image.deviceIndependentSize().width() / 2
                painter.drawImage(QPointF(x - half, y - half), image)


def _drawn_at(scene: Scene, step: int) -> tuple[object, ...]:
    """Return what stands for all that is drawn at a step: it is equal at steps that look alike, as most do."""
    if step >= scene.whole_at:
        return (step,)
    return tuple((id(each), each.growth.until(step), each.line_growth.until(step)) for each in scene.layers_at(step))


def _image_of(pixels: np.ndarray, ratio: float) -> QImage:
    height, width = pixels.shape[:2]
    image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied).copy()
    image.setDevicePixelRatio(ratio)
    return image


@lru_cache(maxsize=16)
def _playhead_image(foreground: RGB, right: bool, theme: Theme, radius: float, ratio: float) -> QImage:
    """Return an image of a playhead; painting on OpenGL, `QPainter` does not antialias."""
    half = radius + _EDGE
    side = int(np.ceil(2 * half * ratio))
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    middle = side / ratio / 2
    paint_playhead(painter, QPointF(middle, middle), foreground, right, theme, radius)
    painter.end()
    return image
