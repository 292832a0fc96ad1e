"""OpenGL item of all points and joining lines: uploaded once, and drawn as a prefix during playback.

pyqtgraph's own `GLScatterPlotItem` sends 32 bytes a vertex, discards the corners of every point and writes the depth
buffer, so that translucent points hide what is drawn after them. Here a vertex takes 16 bytes, and points are drawn
back to front, by an index buffer that is sorted again when the camera turns. A radix sort of 16-bit
depths takes 1.3 ms for 113 000 points, far less than drawing them.
"""

from __future__ import annotations

from ctypes import c_void_p

import numpy as np
from OpenGL import GL
from pyqtgraph.opengl.GLGraphicsItem import GLGraphicsItem
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QImage, QMatrix4x4, QOpenGLContext, QSurfaceFormat, QVector2D, QVector3D, QVector4D
from PySide6.QtOpenGL import QOpenGLBuffer, QOpenGLShaderProgram, QOpenGLTextureBlitter

from auslan_explorer.gui.views.scatter3d.scene_arrays import (
    NO_VERTICES,
    SELECTED_OPACITY,
    LineStyle,
    VertexColours,
    VertexPositions,
)
from auslan_explorer.gui.views.scatter3d.shaders import make_program
from auslan_explorer.gui.views.scatter3d.splat import back_to_front
from auslan_explorer.gui.views.scatter3d.splat_cache import SplatCamera
from auslan_explorer.gui.views.scatter3d.splat_points import SplattedPoints

SORT_WHILE_MOVING = 400_000
"""Most points that are sorted at every frame; more are sorted only when the view is idle."""

SPLAT_FROM = 15_000
"""Points from which `splat` is faster than software OpenGL."""
MOST_BY_SOFTWARE = 400_000
"""Points from which software OpenGL would hold the window for longer than a blink; then a thread splats them all."""
_FOG = 0.55
"""Fraction of the background colour in the farthest points."""
_SELECTED_FROM = 0.7
"""Opacity of a point above which, while there is a selection, it is of a selected path."""

_BUFFERS = ("vertices", "colours", "order", "lines", "line_colours")
"""Positions, colours and drawing order of the points; positions and colours of the lines' ends."""


class PathsItem(GLGraphicsItem):
    """Points and joining lines of all paths, drawn by OpenGL or, with software OpenGL while turning, by NumPy.

    Vertices, segments and the indices of `set_points` are in order of appearance, so that what is visible at a step is
    a prefix; a step uploads only a new index buffer.

    Attributes
    ----------
    line_style : LineStyle
    background : tuple of float
        Red, green and blue, 0 to 1.
    point_size, last_point_size : float
        Size of points and of last steps in logical pixels, at the home distance.
    """

    def __init__(self) -> None:
        super().__init__()
        self._vertices = NO_VERTICES
        self._point_vertices = np.zeros(0, dtype=np.uint32)
        self._points_set: np.ndarray | None = None
        self._point_positions: np.ndarray | None = None
        self._colours: VertexColours | None = None
        self._on_top: np.ndarray | None = None
        self._splatted = SplattedPoints(self)
        self._splatted.whole_ready.connect(self._on_whole_ready)
        self._point_count = 0
        self._lines = np.zeros((0, 2), dtype=np.uint32)
        self._compiled = False
        self._line_count = self._top_count = 0
        self._stale_buffers = set(_BUFFERS)
        self._sorted_direction: np.ndarray | None = None
        self.line_style = LineStyle()
        self.lines_only = False
        """Whether points are only drawn in place of lines, while the scene turns."""
        self.background = (1.0, 1.0, 1.0)
        self.point_size = 3.0
        self.last_point_size = 4.5
        self._programs: dict[bool, QOpenGLShaderProgram] = {}
        self._buffers: dict[str, QOpenGLBuffer] = {}
        self._blitter: QOpenGLTextureBlitter | None = None
        self._texture, self._texture_size = 0, (0, 0)

    # ---- what is drawn

    def set_vertices(self, vertices: VertexPositions) -> None:
        """Set the positions, in order of appearance."""
        self._vertices = vertices
        self._point_positions = None
        self._splatted.set_vertices(vertices)
        self._stale_buffers |= {"vertices", "order", "lines"}

    def set_colours(self, colours: VertexColours) -> None:
        """Set how vertices are coloured, and which are drawn on top."""
        self._colours = colours
        self._splatted.set_colours(colours)
        self._stale_buffers |= {"colours", "order", "line_colours"}

    def set_points(self, vertices: np.ndarray) -> None:
        """Set the vertices drawn as points, by index, in order of appearance; the same array object changes nothing."""
        if vertices is self._points_set:
            return
        self._points_set = vertices
        self._point_vertices = np.ascontiguousarray(vertices, dtype=np.uint32)
        self._point_positions = None
        self._splatted.set_points(self._point_vertices)
        self._stale_buffers.add("order")

    def set_lines(self, lines: np.ndarray) -> None:
        """Set the segments to draw, by the indices of both ends, shape (m, 2), in order of appearance."""
        self._lines = np.ascontiguousarray(lines, dtype=np.uint32)
        self._stale_buffers |= {"lines", "line_colours"}

    def set_counts(self, points: int, lines: int) -> None:
        """Draw only the first `points` points and the first `lines` segments."""
        if points != self._point_count:
            self._splatted.touch()
            self._stale_buffers.add("order")
        self._point_count, self._line_count = points, lines

    # ---- OpenGL

    def initializeGL(self) -> None:
        """Create programs and buffers in the current context; moving the widget to another window creates a new one."""
        self._programs = {smooth: make_program(smooth) for smooth in (False, True)}
        self._compiled = False
        kinds = QOpenGLBuffer.Type
        self._buffers = {}
        for name in _BUFFERS:
            buffer = QOpenGLBuffer(kinds.IndexBuffer if name == "order" else kinds.VertexBuffer)
            if not buffer.create():
                raise RuntimeError("no vertex buffer could be made")
            buffer.setUsagePattern(
                QOpenGLBuffer.UsagePattern.StreamDraw if name == "order" else QOpenGLBuffer.UsagePattern.StaticDraw
            )
            self._buffers[name] = buffer
        self._stale_buffers = set(_BUFFERS)
        self._blitter = QOpenGLTextureBlitter()
        self._blitter.create()
        self._texture, self._texture_size = int(GL.glGenTextures(1)), (0, 0)

    def release(self) -> None:
        """Free buffers and programs; the context must be current."""
        for buffer in self._buffers.values():
            buffer.destroy()
        if self._blitter is not None:
            self._blitter.destroy()
            GL.glDeleteTextures([self._texture])
        self._buffers, self._programs, self._blitter = {}, {}, None

    def _upload(self, name: str, array: np.ndarray) -> None:
        buffer = self._buffers[name]
        buffer.bind()
        buffer.allocate(array.tobytes(), array.nbytes)
        buffer.release()
        self._stale_buffers.discard(name)

    def _gather_positions(self) -> np.ndarray:
        """Return the positions of the points, float32, shape (3, n); cached between frames."""
        if self._point_positions is None:
            self._point_positions = np.ascontiguousarray(self._vertices.of(self._point_vertices).T)
        return self._point_positions

    def _sort_points(self, eye: np.ndarray, moving: bool) -> None:
        """Sort the index buffer back to front for a camera that looks along `eye`, shape (3,)."""
        turned = self._sorted_direction is None or not np.array_equal(eye, self._sorted_direction)
        if not ("order" in self._stale_buffers or (turned and not (moving and self._point_count > SORT_WHILE_MOVING))):
            return
        drawn = self._point_vertices[: self._point_count]
        x, y, z = self._gather_positions()[:, : self._point_count]
        top = None if self._on_top is None else self._on_top[drawn]
        self._top_count = 0 if top is None else int(np.count_nonzero(top))
        self._upload("order", drawn[back_to_front(x * eye[0] + y * eye[1] + z * eye[2], top)])
        self._sorted_direction = eye

    def paint(self) -> None:
        """Draw lines, then points back to front."""
        if not len(self._vertices) or not (self._point_count or self._line_count):
            return
        view = self.view()
        mvp = self.mvpMatrix()
        GL.glDisable(GL.GL_DEPTH_TEST)
        GL.glDisable(GL.GL_CULL_FACE)
        GL.glEnable(GL.GL_BLEND)
        GL.glBlendFuncSeparate(GL.GL_SRC_ALPHA, GL.GL_ONE_MINUS_SRC_ALPHA, GL.GL_ONE, GL.GL_ONE_MINUS_SRC_ALPHA)
        try:
            hurried = view.is_coarse() and self._line_count > view.max_lines_while_interactive
            if self._line_count and not hurried:
                self._draw_lines(mvp)
            if view.is_software and not view.is_coarse():
                self._compile(mvp)
            if self._point_count >= SPLAT_FROM and view.is_coarse():
                picture = self._splat(mvp)
                view.paint_overlay_on(picture)
                self._splatted.touch()
                self._blit(picture)
            elif self._point_count > MOST_BY_SOFTWARE and view.is_software and not self.lines_only:
                whole = self._splatted.whole(self._point_count, self._camera_of(mvp), self.background, _FOG)
                self._blit(self._splat(mvp) if whole is None else whole)
            elif self._point_count and (hurried or not self.lines_only):
                self._draw_points(mvp)
                return
            if not hurried:
                self._draw_strong_lines(mvp)
        finally:
            GL.glBindBuffer(GL.GL_ARRAY_BUFFER, 0)
            GL.glBindBuffer(GL.GL_ELEMENT_ARRAY_BUFFER, 0)

    def _near_and_far(self) -> tuple[float, float]:
        view = self.view()
        near = max(view.opts["distance"] - view.radius, 0.0)
        return near, near + 2 * view.radius

    def prepare_frame(self) -> None:
        """Splat the points of the next frame in advance, if it will need them."""
        view = self.view()
        if view is not None and view.is_coarse() and self._point_count >= SPLAT_FROM:
            self._splat(view.to_clip())

    def _camera_of(self, mvp: QMatrix4x4) -> SplatCamera:
        view = self.view()
        matrix = np.array(mvp.data(), dtype=np.float32).reshape(4, 4)
        return SplatCamera(matrix, view.width(), view.height(), self._near_and_far())

    def _splat(self, mvp: QMatrix4x4) -> QImage:
        return self._splatted.coarse(self._point_count, self._camera_of(mvp), self.background, _FOG)

    def _on_whole_ready(self) -> None:
        view = self.view()
        if view is not None and not view.is_interactive:
            view.redraw()

    def _blit(self, picture: QImage) -> None:
        """Draw an image of one pixel per logical pixel over the pane."""
        assert self._blitter is not None
        width, height = picture.width(), picture.height()
        GL.glBindTexture(GL.GL_TEXTURE_2D, self._texture)
        for setting in (GL.GL_TEXTURE_MIN_FILTER, GL.GL_TEXTURE_MAG_FILTER):
            GL.glTexParameteri(GL.GL_TEXTURE_2D, setting, GL.GL_NEAREST)
        for setting in (GL.GL_TEXTURE_WRAP_S, GL.GL_TEXTURE_WRAP_T):
            GL.glTexParameteri(GL.GL_TEXTURE_2D, setting, GL.GL_CLAMP_TO_EDGE)
        pixels = (GL.GL_RGBA, GL.GL_UNSIGNED_BYTE)
        if self._texture_size != (width, height):
            GL.glTexImage2D(GL.GL_TEXTURE_2D, 0, GL.GL_RGBA, width, height, 0, *pixels, None)
            self._texture_size = (width, height)
        GL.glTexSubImage2D(GL.GL_TEXTURE_2D, 0, 0, 0, width, height, *pixels, picture.constBits())
        pane = QRect(0, 0, width, height)
        target = QOpenGLTextureBlitter.targetTransform(QRectF(pane), pane)
        self._blitter.bind()
        self._blitter.blit(self._texture, target, QOpenGLTextureBlitter.Origin.OriginTopLeft)
        self._blitter.release()
        GL.glBindTexture(GL.GL_TEXTURE_2D, 0)

    def _bind_points(self) -> None:
        if "colours" in self._stale_buffers and self._colours is not None:
            colours, self._on_top = self._colours.of(np.arange(len(self._vertices)))
            self._upload("colours", colours)
        if "vertices" in self._stale_buffers:
            self._upload("vertices", self._vertices.vertices.take(self._vertices.order, axis=0))
        self._bind("vertices", "colours")

    def _bind_lines(self) -> None:
        # The lines' ends apart from the points: a few lines among very many points cost little then.
        if "line_colours" in self._stale_buffers and self._colours is not None:
            self._upload("line_colours", self._colours.of(self._lines.ravel())[0])
        if "lines" in self._stale_buffers:
            self._upload("lines", self._vertices.of(self._lines.ravel()))
        self._bind("lines", "line_colours")

    def _bind(self, positions: str, colours: str) -> None:
        self._buffers[positions].bind()
        GL.glVertexAttribPointer(0, 3, GL.GL_FLOAT, False, 0, c_void_p(0))
        GL.glEnableVertexAttribArray(0)
        self._buffers[colours].bind()
        GL.glVertexAttribPointer(1, 4, GL.GL_UNSIGNED_BYTE, True, 0, c_void_p(0))
        GL.glEnableVertexAttribArray(1)

    def _bind_program(self, smooth: bool, mvp: QMatrix4x4, size: QVector2D) -> QOpenGLShaderProgram:
        program = self._programs[smooth]
        program.bind()
        program.setUniformValue("u_mvp", mvp)
        program.setUniformValue("u_background", QVector3D(*self.background))
        program.setUniformValue("u_fog", QVector3D(*self._near_and_far(), _FOG))
        program.setUniformValue("u_size", size)
        # Zooming in, points grow more slowly than the scene, so that gaps open between them.
        view = self.view()
        reference = view.opts["distance"] * max(view.zoom(), 0.3) ** 0.4
        # setUniformValue(str, float) is taken for an integer by some PySide6 releases.
        GL.glUniform1f(program.uniformLocation("u_reference"), reference)
        GL.glUniform1f(program.uniformLocation("u_alpha"), -1.0)
        program.setUniformValue("u_foreground", QVector4D(0, 0, 0, 0))
        program.setUniformValue("u_shift", QVector2D(0, 0))
        GL.glUniform1f(program.uniformLocation("u_least"), 0.0)
        return program

    def _compile(self, mvp: QMatrix4x4) -> None:
        """Draw an image and a line that nobody sees, once: a first choice would wait while OpenGL compiles for them."""
        if self._compiled:
            return
        self._compiled = True
        clear = QImage(1, 1, QImage.Format.Format_RGBA8888)
        clear.fill(Qt.GlobalColor.transparent)
        self._blit(clear)
        if self._line_count:
            return
        self._upload("lines", np.zeros((2, 3), dtype=np.float32))
        self._upload("line_colours", np.zeros((2, 4), dtype=np.uint8))
        self._bind("lines", "line_colours")
        program = self._bind_program(False, mvp, QVector2D(1, 1))
        GL.glUniform1f(program.uniformLocation("u_alpha"), 0.0)
        GL.glDrawArrays(GL.GL_LINES, 0, 2)
        self._unbind(program)
        self._stale_buffers |= {"lines", "line_colours"}

    def _draw_lines(self, mvp: QMatrix4x4) -> None:
        self._bind_lines()
        program = self._bind_program(False, mvp, QVector2D(1, 1))
        style = self.line_style
        # Lines of selected paths have the style's opacity; the opacity of their points makes the others faint.
        GL.glUniform1f(
            program.uniformLocation("u_alpha"),
            -style.alpha * 255 / SELECTED_OPACITY if style.mutes_unselected else style.alpha,
        )
        if style.foreground is not None:
            program.setUniformValue("u_foreground", QVector4D(*style.foreground, 1.0))
        GL.glDrawArrays(GL.GL_LINES, 0, 2 * self._line_count)
        self._unbind(program)

    def _draw_strong_lines(self, mvp: QMatrix4x4) -> None:
        """Draw the lines of the few selected paths wider: side by side, as OpenGL draws none wider than a pixel."""
        style, view = self.line_style, self.view()
        if not (style.few and self._line_count):
            return
        ratio = view.devicePixelRatioF()
        self._bind_lines()
        program = self._bind_program(False, mvp, QVector2D(1, 1))
        if style.foreground is not None:
            program.setUniformValue("u_foreground", QVector4D(*style.foreground, 1.0))
        GL.glUniform1f(program.uniformLocation("u_least"), _SELECTED_FROM)
        GL.glUniform1f(program.uniformLocation("u_alpha"), style.few_alpha)
        for across, up in shifts((1.0 + 1.6 * style.few) * ratio):
            shift = QVector2D(2 * across / (view.width() * ratio), 2 * up / (view.height() * ratio))
            program.setUniformValue("u_shift", shift)
            GL.glDrawArrays(GL.GL_LINES, 0, 2 * self._line_count)
        self._unbind(program)

    @staticmethod
    def _unbind(program: QOpenGLShaderProgram) -> None:
        GL.glDisableVertexAttribArray(0)
        GL.glDisableVertexAttribArray(1)
        program.release()

    def _draw_points(self, mvp: QMatrix4x4) -> None:
        """Draw points back to front; lines of the few selected paths are above the points of all others."""
        self._bind_points()
        eye = np.array(mvp.data(), dtype=np.float32).reshape(4, 4)[:3, 3].copy()
        self._sort_points(eye, self.view().is_interactive)
        below = self._point_count - self._top_count if self.line_style.few else self._point_count
        self._draw_sorted(mvp, 0, below)
        self._draw_strong_lines(mvp)
        self._draw_sorted(mvp, below, self._point_count - below)

    def _draw_sorted(self, mvp: QMatrix4x4, first: int, count: int) -> None:
        if not count:
            return
        ratio = self.view().devicePixelRatioF()
        self._bind_points()
        program = self._bind_program(True, mvp, QVector2D(self.point_size * ratio, self.last_point_size * ratio))
        if not QOpenGLContext.currentContext().isOpenGLES():
            GL.glEnable(GL.GL_PROGRAM_POINT_SIZE)
            if _needs_point_sprite():
                GL.glEnable(GL.GL_POINT_SPRITE)  # without it gl_PointCoord stays 0
        self._buffers["order"].bind()
        GL.glDrawElements(GL.GL_POINTS, count, GL.GL_UNSIGNED_INT, c_void_p(first * np.uint32().nbytes))
        self._unbind(program)


def _needs_point_sprite() -> bool:
    """Return whether the current desktop context has fixed functions, where point sprites must be enabled."""
    made = QOpenGLContext.currentContext().format()
    return made.version() <= (3, 0) or made.profile() == QSurfaceFormat.OpenGLContextProfile.CompatibilityProfile


def shifts(width: float) -> list[tuple[float, float]]:
    """Return by how many device pixels, across and up, a line of one pixel is moved to make one of a width."""
    apart = np.arange(max(round(width), 1)) - (max(round(width), 1) - 1) / 2
    return [(float(each), 0.0) for each in apart] + [(0.0, float(each)) for each in apart]
