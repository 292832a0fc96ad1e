"""A picture of what OpenGL drew, kept in graphics memory."""

from __future__ import annotations

from OpenGL import GL
from PySide6.QtOpenGL import QOpenGLFramebufferObject


class FrameCache:
    """The last sharp scene: while only the pointer moves, it is copied back and nothing is drawn anew.

    Every method needs the widget's context to be current.
    """

    def __init__(self) -> None:
        self._frame: QOpenGLFramebufferObject | None = None

    def clear(self) -> None:
        """Forget it."""
        self._frame = None

    def pop(self) -> QOpenGLFramebufferObject | None:
        """Hand it over, if there is one; it is not kept here any more."""
        kept, self._frame = self._frame, None
        return kept

    def store(self, source: int, size: tuple[int, int]) -> None:
        """Copy from the frame buffer `drawn`, of `size` device pixels; old drivers cannot, and draw anew each time."""
        if not QOpenGLFramebufferObject.hasOpenGLFramebufferBlit():
            return
        if self._frame is None or (self._frame.width(), self._frame.height()) != size:
            self._frame = QOpenGLFramebufferObject(*size)
        self._copy(source, self._frame.handle(), source, size)

    def restore(self, target: int, size: tuple[int, int]) -> bool:
        """Copy to the frame buffer `target`; False where nothing of that size is kept."""
        if self._frame is None or (self._frame.width(), self._frame.height()) != size:
            return False
        self._copy(self._frame.handle(), target, target, size)
        return True

    @staticmethod
    def _copy(source: int, target: int, bound: int, size: tuple[int, int]) -> None:
        GL.glDisable(GL.GL_SCISSOR_TEST)
        GL.glBindFramebuffer(GL.GL_READ_FRAMEBUFFER, source)
        GL.glBindFramebuffer(GL.GL_DRAW_FRAMEBUFFER, target)
        GL.glBlitFramebuffer(0, 0, *size, 0, 0, *size, GL.GL_COLOR_BUFFER_BIT, GL.GL_NEAREST)
        GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, bound)
