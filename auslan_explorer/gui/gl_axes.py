"""Quiet axes of the 3-D view: the three far faces of a box, with few ticks."""

from __future__ import annotations

import math
from ctypes import c_void_p
from dataclasses import dataclass

import numpy as np
from OpenGL import GL
from pyqtgraph.opengl.GLGraphicsItem import GLGraphicsItem
from PySide6.QtGui import QVector2D, QVector3D, QVector4D
from PySide6.QtOpenGL import QOpenGLBuffer, QOpenGLShaderProgram

from .gl_points import make_program


def nice_ticks(low: float, high: float, wanted: int = 4) -> np.ndarray:
    """Return round numbers between `low` and `high`, about `wanted` of them, 1, 2 or 5 times a power of ten apart."""
    if not high > low:
        return np.array([low])
    raw = (high - low) / max(wanted, 1)
    power = 10.0 ** math.floor(math.log10(raw))
    step = min((m * power for m in (1.0, 2.0, 5.0, 10.0)), key=lambda s: abs(math.log(s / raw)))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    ticks: np.ndarray = np.arange(first, last + 1) * step
    return ticks


def tick_text(value: float) -> str:
    """Return a tick's number, with a real minus sign."""
    return f"{value:.6g}".replace("-", "\N{MINUS SIGN}") if value else "0"


@dataclass(frozen=True)
class AxisEdge:
    """Where one axis is labelled on the pane: ends of the box's edge, and the way out from the box, in pixels."""

    axis: int
    ends: np.ndarray
    ticks_at: np.ndarray
    outward: np.ndarray


class GLBox(GLGraphicsItem):
    """The far faces of the box around the data; which are far follows the camera."""

    def __init__(self) -> None:
        super().__init__()
        self.setDepthValue(-10)
        self.low, self.high = np.full(3, -1.0), np.full(3, 1.0)
        self.ticks = [nice_ticks(-1, 1)] * 3
        self.line_colour: tuple[float, float, float, float] = (0.5, 0.5, 0.5, 1.0)
        self._program: QOpenGLShaderProgram | None = None
        self._buffer: QOpenGLBuffer | None = None

    def set_bounds(self, low: np.ndarray, high: np.ndarray) -> None:
        """Take the corners of the data, shape (3,) each; the box stands a little outside."""
        margin = 0.04 * float(np.max(high - low)) or 1.0
        self.low, self.high = low - margin, high + margin
        self.ticks = [nice_ticks(float(a), float(b)) for a, b in zip(self.low, self.high, strict=True)]

    def far_sides(self) -> np.ndarray:
        """Return for each axis whether the far face is the high one, bool, shape (3,)."""
        camera = np.array(self.view().cameraPosition(), dtype=float)
        return camera < (self.low + self.high) / 2

    def grid(self) -> np.ndarray:
        """Return the ends of all grid lines and edges of the far faces, float32, shape (2 n, 3)."""
        far = np.where(self.far_sides(), self.high, self.low)
        ends = []
        for face in range(3):
            for along, across in ((face - 2, face - 1), (face - 1, face - 2)):
                for tick in (self.low[across], *self.ticks[across], self.high[across]):
                    for end in (self.low[along], self.high[along]):
                        corner = np.empty(3)
                        corner[face], corner[across], corner[along] = far[face], tick, end
                        ends.append(corner)
        return np.array(ends, dtype=np.float32)

    def edges(self) -> list[AxisEdge]:
        """Return where each axis is labelled: on the box's outline, below for the level axes, right for the upright."""
        far, view = self.far_sides(), self.view()
        limits = np.array([self.low, self.high], dtype=np.float32)
        points, owners = [limits.mean(axis=0)[None]], []
        for axis in range(3):
            a, b = (other for other in range(3) if other != axis)
            for high_a, high_b in ((0, 0), (0, 1), (1, 0), (1, 1)):
                # An edge between a far and a near face is on the outline.
                if (high_a == far[a]) != (high_b == far[b]):
                    edge = np.empty((2 + len(self.ticks[axis]), 3), dtype=np.float32)
                    edge[:, axis] = [*limits[:, axis], *self.ticks[axis]]
                    edge[:, a], edge[:, b] = limits[high_a, a], limits[high_b, b]
                    points.append(edge)
                    owners.append(axis)
        # All in one go: twelve small projections take longer than one.
        xy = view.project(np.concatenate(points))[0]
        middle, *parts = np.split(xy, np.cumsum([len(p) for p in points])[:-1])
        found = []
        for axis in range(3):
            choices = [part for part, owner in zip(parts, owners, strict=True) if owner == axis]
            at = max(choices, key=lambda ends: float(ends[:2, 0 if axis == 2 else 1].sum()))
            if not np.isfinite(at).all():
                continue
            along = at[1] - at[0]
            out = at[:2].mean(axis=0) - middle[0]
            out = out - along * (out @ along) / max(float(along @ along), 1e-9)
            length = float(np.hypot(*out))
            if length > 1e-3:
                found.append(AxisEdge(axis, at[:2], at[2:], out / length))
        return found

    def initializeGL(self) -> None:
        """Make the program and the buffer in the present context."""
        self._program = make_program(False)
        self._buffer = QOpenGLBuffer(QOpenGLBuffer.Type.VertexBuffer)
        self._buffer.create()
        self._buffer.setUsagePattern(QOpenGLBuffer.UsagePattern.StreamDraw)

    def release(self) -> None:
        """Give the buffer and the program back; the context must be current."""
        if self._buffer is not None:
            self._buffer.destroy()
        self._buffer = self._program = None

    def paint(self) -> None:
        """Draw the lines, below everything else."""
        if self._program is None or self._buffer is None:
            return
        lines = self.grid()
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
        self._program.setAttributeValue(1, QVector4D(*self.line_colour))
        GL.glDrawArrays(GL.GL_LINES, 0, len(lines))
        self._program.release()
        GL.glDisableVertexAttribArray(0)
        GL.glBindBuffer(GL.GL_ARRAY_BUFFER, 0)
