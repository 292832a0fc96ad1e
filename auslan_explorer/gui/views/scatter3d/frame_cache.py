"""Cache of the last frame that OpenGL drew, in graphics memory."""

from __future__ import annotations

from OpenGL import GL
from PySide6.QtOpenGL import QOpenGLFramebufferObject


class FrameCache:
    """The last full frame of the scene; while only the overlay changes, it is restored instead of drawn again.

    Every method needs the widget's context to be current.
    """

    def __init__(self) -> None:
        self._frame: QOpenGLFramebufferObject | None = None

    def clear(self) -> None:
        """Drop the frame."""
        self._frame = None

    def pop(self) -> QOpenGLFramebufferObject | None:
        """Return the frame and remove it from the cache; None if there is none."""
        kept, self._frame = self._frame, None
        return kept

    def store(self, source: int, size: tuple[int, int]) -> None:
        """Store a copy of the frame buffer `source`, of `size` device pixels; some old drivers cannot copy it."""
        if not QOpenGLFramebufferObject.hasOpenGLFramebufferBlit():
            return
        if self._frame is None or (self._frame.width(), self._frame.height()) != size:
            self._frame = QOpenGLFramebufferObject(*size)
        self._copy(source, self._frame.handle(), source, size)

    def restore(self, target: int, size: tuple[int, int]) -> bool:
        """Copy the frame to the frame buffer `target`; return False if no frame of that size is stored."""
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
