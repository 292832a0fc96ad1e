"""Selecting with the pointer in either view: rectangles and lassos, and the filter of what is visible."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from auslan_explorer.core.picking import VisibleFilter
from auslan_explorer.core.selection import pick, remove
from auslan_explorer.core.session import Session, Tool
from auslan_explorer.draw.paint import colour
from auslan_explorer.draw.theme import Theme

_Mod = Qt.KeyboardModifier
LINE_REACH = 5.0
"""Pixels around the pointer within which a line is hit."""
CLICK_SLACK = 4.0
"""Pixels that the pointer may move during a click."""
_CORNER_SPACING = 3.0
"""Pixels between two corners of a lasso."""


class Outline:
    """A rectangle or lasso while it is drawn.

    Parameters
    ----------
    tool : Tool
    start : QPointF
        Where the button was pressed, in logical pixels.
    """

    def __init__(self, tool: Tool, start: QPointF) -> None:
        self.tool = tool
        self._points = [(start.x(), start.y())]

    def extend(self, to: QPointF) -> None:
        """Extend the outline to the pointer."""
        place = (to.x(), to.y())
        if self.tool is Tool.BOX:
            self._points[1:] = [place]
        elif np.hypot(place[0] - self._points[-1][0], place[1] - self._points[-1][1]) >= _CORNER_SPACING:
            self._points.append(place)

    @property
    def is_drag(self) -> bool:
        """Whether the pointer has moved further than in a click."""
        far = np.abs(np.array(self._points) - self._points[0]).max()
        return bool(far > CLICK_SLACK)

    def polygon(self) -> np.ndarray:
        """Return the corners, float64, shape (n, 2), in logical pixels."""
        if self.tool is Tool.BOX and len(self._points) > 1:
            (x0, y0), (x1, y1) = self._points
            return np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)])
        return np.array(self._points)

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """Paint the outline, filled faintly, and dashed to tell it from paths."""
        shape = QPolygonF([QPointF(x, y) for x, y in self.polygon().tolist()])
        painter.setPen(QPen(colour(theme.background, 0.8), 4))
        painter.setBrush(colour(theme.accent, 0.1))
        painter.drawPolygon(shape)
        painter.setPen(QPen(colour(theme.accent), 2, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolygon(shape)


def outline_tool(session: Session, modifiers: Qt.KeyboardModifier) -> Tool:
    """Return the tool for a press: the session's current tool, or the rectangle if Shift is held with the pointer."""
    if session.tool is Tool.POINTER and modifiers & Qt.KeyboardModifier.ShiftModifier:
        return Tool.BOX
    return session.tool


def pick_outlined(session: Session, recordings: Collection[int], modifiers: Qt.KeyboardModifier) -> None:
    """Select what an outline holds; with Shift or Ctrl it is added to the selection, with both taken from it."""
    ctrl, shift = (bool(modifiers & key) for key in (_Mod.ControlModifier, _Mod.ShiftModifier))
    if ctrl and shift:
        remove(session, recordings)
    else:
        pick(session, recordings, adds=ctrl or shift)


def visible_filter(session: Session) -> VisibleFilter:
    """Return the filter for the vertices and segments that are visible at the current step."""
    s = session.state
    return VisibleFilter(session.shown(), s.step, s.points, s.lines, s.last_only, s.alignment, s.trail)
