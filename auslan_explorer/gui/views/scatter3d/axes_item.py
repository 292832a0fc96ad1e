"""Axes of the 3-D view: the three far faces of a box, with few ticks."""

from __future__ import annotations

from ctypes import c_void_p

import numpy as np
from OpenGL import GL
from pyqtgraph.opengl.GLGraphicsItem import GLGraphicsItem
from PySide6.QtGui import QVector2D, QVector3D, QVector4D
from PySide6.QtOpenGL import QOpenGLBuffer, QOpenGLShaderProgram

from auslan_explorer.draw.axis_box import AxisBox, AxisEdge
from auslan_explorer.gui.views.scatter3d.shaders import make_program


class AxesItem(GLGraphicsItem):
    """OpenGL item of the far faces of the box around the data; which faces are far depends on the camera."""

    def __init__(self) -> None:
        super().__init__()
        self.setDepthValue(-10)
        self.box = AxisBox(np.full(3, -1.0), np.full(3, 1.0))
        self.line_colour: tuple[float, float, float, float] = (0.5, 0.5, 0.5, 1.0)
        self._program: QOpenGLShaderProgram | None = None
        self._buffer: QOpenGLBuffer | None = None

    def set_bounds(self, low: np.ndarray, high: np.ndarray) -> None:
        """Set the bounds of the data, shape (3,) each; the box is a little larger."""
        self.box = AxisBox(low, high)

    def _far_sides(self) -> np.ndarray:
        return self.box.far_sides(np.array(self.view().cameraPosition(), dtype=float))

    def edges(self) -> list[AxisEdge]:
        """Return where each axis is labelled in the pane, in logical pixels."""
        return self.box.edges(self._far_sides(), lambda places: self.view().project(places)[0])

    def initializeGL(self) -> None:
        """Create the program and the buffer in the current context."""
        self._program = make_program(False)
        self._buffer = QOpenGLBuffer(QOpenGLBuffer.Type.VertexBuffer)
        self._buffer.create()
        self._buffer.setUsagePattern(QOpenGLBuffer.UsagePattern.StreamDraw)

    def release(self) -> None:
        """Free the buffer and the program; the context must be current."""
        if self._buffer is not None:
            self._buffer.destroy()
        self._buffer = self._program = None

    def paint(self) -> None:
        """Draw the lines, behind all other items."""
        if self._program is None or self._buffer is None:
            return
        lines = self.box.grid(self._far_sides())
        GL.glDisable(GL.GL_DEPTH_TEST)
        GL.glDisable(GL.GL_BLEND)
        self._buffer.bind()
        self._buffer.allocate(lines.tobytes(), lines.nbytes)
        GL.glVertexAttribPointer(0, 3, GL.GL_FLOAT, False, 0, c_void_p(0))
        GL.glEnableVertexAttribArray(0)
        self._program.bind()
        self._program.setUniformValue("u_mvp", self.mvpMatrix())
        self._program.setUniformValue("u_fog", QVector3D(0, 1, 0))
        self._program.setUniformValue("u_size", QVector2D(1, 1))
        GL.glUniform1f(self._program.uniformLocation("u_reference"), 1.0)
        # Opaque: in a grabbed window, where the view's pixels are laid over it, they would else run over.
        GL.glUniform1f(self._program.uniformLocation("u_alpha"), 1.0)
        self._program.setAttributeValue(1, QVector4D(*self.line_colour))
        GL.glDrawArrays(GL.GL_LINES, 0, len(lines))
        self._program.release()
        GL.glDisableVertexAttribArray(0)
        GL.glBindBuffer(GL.GL_ARRAY_BUFFER, 0)
