"""Cross-fade between two frames of the 3-D scene, as on the 2-D map."""

from __future__ import annotations

from OpenGL import GL
from PySide6.QtCore import QObject, QRect, QRectF, Signal
from PySide6.QtOpenGL import QOpenGLFramebufferObject, QOpenGLTextureBlitter

from auslan_explorer.gui.animation import FADE_SECONDS, Animation

_INITIAL_OPACITY = 0.4
"""Opacity of the new scene at the start of a fade, so that a click is seen to have worked at once."""


class CrossFade(QObject):
    """Paints the previous frame over the new scene with decreasing opacity.

    Signals
    -------
    changed()
        A frame of the fade is due: redraw.
    """

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._previous: QOpenGLFramebufferObject | None = None
        self._blitter: QOpenGLTextureBlitter | None = None
        self._opacity = 1.0
        self._animation = Animation(self, FADE_SECONDS)
        self._animation.progressed.connect(self._on_progress)

    @property
    def is_active(self) -> bool:
        """Whether the previous frame is still visible."""
        return self._previous is not None

    def start(self, previous: QOpenGLFramebufferObject | None) -> None:
        """Start a fade from the frame `previous` to the next scene; with None, the scene appears at once."""
        self._previous, self._opacity = previous, _INITIAL_OPACITY
        if previous is not None:
            self._animation.start()

    def stop(self) -> None:
        """End the fade: only the new scene is visible."""
        self._animation.stop()
        self._previous = None

    def paint(self, size: tuple[int, int]) -> None:
        """Paint the previous frame over the scene, in a pane of `size` device pixels; the context must be current."""
        before = self._previous
        if before is None or (before.width(), before.height()) != size:
            return
        if self._blitter is None:
            self._blitter = QOpenGLTextureBlitter()
            self._blitter.create()
        GL.glDisable(GL.GL_DEPTH_TEST)
        GL.glEnable(GL.GL_BLEND)
        GL.glBlendFuncSeparate(GL.GL_SRC_ALPHA, GL.GL_ONE_MINUS_SRC_ALPHA, GL.GL_ONE, GL.GL_ONE_MINUS_SRC_ALPHA)
        pane = QRect(0, 0, *size)
        self._blitter.bind()
        self._blitter.setOpacity(1 - self._opacity)
        target = QOpenGLTextureBlitter.targetTransform(QRectF(pane), pane)
        self._blitter.blit(before.texture(), target, QOpenGLTextureBlitter.Origin.OriginBottomLeft)
        self._blitter.release()

    def release(self) -> None:
        """Free the OpenGL resources; the context must be current."""
        self.stop()
        if self._blitter is not None:
            self._blitter.destroy()
            self._blitter = None

    def _on_progress(self, share: float) -> None:
        self._opacity = _INITIAL_OPACITY + (1 - _INITIAL_OPACITY) * share
        if share == 1:
            self._previous = None
        self.changed.emit()
