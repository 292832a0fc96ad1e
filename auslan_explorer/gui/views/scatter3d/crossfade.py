"""A selection comes out of the 3-D scene before it, as it does on the 2-D map."""

from __future__ import annotations

from OpenGL import GL
from PySide6.QtCore import QObject, QRect, QRectF, Signal
from PySide6.QtOpenGL import QOpenGLFramebufferObject, QOpenGLTextureBlitter

from auslan_explorer.gui.animation import FADE_SECONDS, Animation

_INITIAL_OPACITY = 0.4
"""Share of the new scene from its first moment on: a fade must not make a choice look unheard."""


class CrossFade(QObject):
    """Lays the scene before over the new one, fainter and fainter.

    Signals
    -------
    changed()
        Draw again.
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
        """Whether the scene before is still to be seen."""
        return self._previous is not None

    def start(self, previous: QOpenGLFramebufferObject | None) -> None:
        """Let the next scene come out of a picture of the present one; where there is none, it is there at once."""
        self._previous, self._opacity = previous, _INITIAL_OPACITY
        if previous is not None:
            self._animation.start()

    def stop(self) -> None:
        """Show the new scene alone: another choice was made, or the camera moves."""
        self._animation.stop()
        self._previous = None

    def paint(self, size: tuple[int, int]) -> None:
        """Lay what was before over what is drawn, `size` device pixels; needs the widget's context to be current."""
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
        """Give back what belongs to the context, which must be current."""
        self.stop()
        if self._blitter is not None:
            self._blitter.destroy()
            self._blitter = None

    def _on_progress(self, share: float) -> None:
        self._opacity = _INITIAL_OPACITY + (1 - _INITIAL_OPACITY) * share
        if share == 1:
            self._previous = None
        self.changed.emit()
