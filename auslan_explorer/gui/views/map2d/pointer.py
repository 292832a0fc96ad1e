"""Pointer of the 2-D map: hovering, clicks, rectangles and lassos."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPen, QPolygonF

from auslan_explorer.core.picking import HitTester, lasso_hits
from auslan_explorer.core.selection import shown_of_sign, toggle
from auslan_explorer.core.session import Pointed, Session, Tool
from auslan_explorer.core.trajectories import Trajectories
from auslan_explorer.draw.labels import Placed
from auslan_explorer.draw.paint import colour, legend_entry_at
from auslan_explorer.draw.paint_labels import labels_of
from auslan_explorer.draw.scene import Scene
from auslan_explorer.draw.theme import Theme
from auslan_explorer.draw.view import View2D
from auslan_explorer.gui.views.common.hover_card import build_hover_card, hover_card_image, hover_card_rect
from auslan_explorer.gui.views.common.legend import LEGEND_MARGIN, legend_right
from auslan_explorer.gui.views.common.selection import (
    LINE_REACH,
    Outline,
    outline_tool,
    pick_outlined,
    visible_filter,
)

POINT_REACH = 9.0
"""Pixels around the pointer within which a point is hit."""

_Button, _Mod = Qt.MouseButton, Qt.KeyboardModifier


class PointableMap(Protocol):
    """What `MapPointer` needs of the map."""

    def view(self) -> View2D: ...

    def drawn_scene(self) -> Scene | None: ...

    def placed_labels(self) -> list[Placed]: ...

    def shown_step(self) -> int: ...

    def text_scale(self) -> float: ...

    def underMouse(self) -> bool: ...


class MapPointer:
    """Hovering, clicking and outlines over a map.

    Parameters
    ----------
    session : Session
    canvas : PointableMap
    """

    def __init__(self, session: Session, canvas: PointableMap) -> None:
        self._session = session
        self._canvas = canvas
        self.outline: Outline | None = None
        self._hit_test_cache: tuple[object, HitTester] | None = None

    # Outlines

    def press(self, event: QMouseEvent) -> bool:
        """Begin an outline if a tool is active; return whether the event was handled."""
        tool = outline_tool(self._session, event.modifiers())
        if event.button() != _Button.LeftButton or tool is Tool.POINTER:
            return False
        self.outline = Outline(tool, event.position())
        self._session.point_at(None)
        return True

    def move(self, event: QMouseEvent) -> bool:
        """Extend the outline; return False if there is none."""
        if self.outline is None:
            return False
        self.outline.extend(event.position())
        return True

    def release(self, event: QMouseEvent) -> bool:
        """Select the recordings within the outline, or click if it is no drag; return False if there is none.

        Shift or Ctrl adds to the selection, both together take from it; Alt counts only the ends of paths.
        """
        outline, self.outline = self.outline, None
        if outline is None:
            return False
        adds = bool(event.modifiers() & _Mod.ControlModifier)
        if not outline.is_drag:
            self.click(event.position(), adds)
            return True
        paths = self._session.trajectories(2)
        if paths is not None and self._canvas.drawn_scene() is not None:
            xy = np.column_stack(self._canvas.view().to_pixels(paths.vertices))
            ends_only = bool(event.modifiers() & _Mod.AltModifier)
            hit = lasso_hits(paths, xy, outline.polygon(), visible_filter(self._session), ends_only=ends_only)
            pick_outlined(self._session, hit, event.modifiers())
        return True

    def cancel_outline(self) -> bool:
        """Cancel the outline; return False if there is none."""
        held, self.outline = self.outline is not None, None
        return held

    # Points, lines and names

    def nearest(self, position: QPointF) -> Pointed | None:
        """Return the visible point nearest to a position, within `POINT_REACH`; else a step of the nearest line.

        `position` is in logical pixels. Selected recordings come before others.
        """
        scene, t = self._canvas.drawn_scene(), self._session.trajectories(2)
        if scene is None or scene.empty or t is None:
            return None
        seen, at = self._hit_tester(t), (position.x(), position.y())
        near, away = seen.vertices_near(at, POINT_REACH)
        if len(near):
            selected = np.isin(t.recording[near], self._session.state.selected)
            if selected.any():  # what is greyed lies below
                near, away = near[selected], away[selected]
            vertex = near[away.argmin()]
            return Pointed(int(t.recording[vertex]), int(t.step[vertex]))
        line = seen.nearest_line(at, LINE_REACH)
        return None if line is None else Pointed(line[0], int(t.step[line[1]]))

    def _hit_tester(self, paths: Trajectories) -> HitTester:
        """Return the hit tester of what is visible, cached until view, state or paths change."""
        key = (self._canvas.view(), self._session.state, paths)
        if self._hit_test_cache is None or self._hit_test_cache[0] != key:
            x, y = key[0].to_pixels(paths.vertices)
            drawn = visible_filter(self._session)
            self._hit_test_cache = key, HitTester(paths, x, y, drawn.vertices(paths), drawn.segments(paths))
        return self._hit_test_cache[1]

    def click(self, position: QPointF, adds: bool) -> None:
        """Select the recordings at a position; with `adds`, toggle them in the selection."""
        toggle(self._session, self._recordings_at(position), adds=adds)

    def pointed_at(self, position: QPointF) -> Pointed | None:
        """Return the point under the pointer; None over a label or the legend, where a click means those."""
        return None if self._labelled_recordings_at(position) else self.nearest(position)

    def _recordings_at(self, position: QPointF) -> tuple[int, ...]:
        named = self._labelled_recordings_at(position)
        pointed = None if named else self.nearest(position)
        return named if pointed is None else (pointed.recording,)

    def _labelled_recordings_at(self, position: QPointF) -> tuple[int, ...]:
        scene = self._canvas.drawn_scene()
        if scene is not None:
            scale = self._canvas.text_scale()
            right = legend_right(scene, self._canvas.view().width, scale)
            entry = legend_entry_at(scene, position.x(), position.y(), right, LEGEND_MARGIN, scale)
            if entry is not None:
                return entry.recordings
            for p in self._canvas.placed_labels():
                if QRectF(p.x, p.y, p.width, p.height).contains(position):
                    label = labels_of(scene, self._canvas.shown_step())[p.number]
                    if label.recording is not None:
                        return (label.recording,)
                    if label.playhead is not None and len(self._session.state.selected) > 1:
                        return (label.playhead,)
                    return shown_of_sign(self._session, label.sign)
        return ()

    # Painting

    def paint(self, painter: QPainter, view: View2D, theme: Theme, ratio: float) -> None:
        """Paint the pointed recording with its hover card, and the outline."""
        self._paint_pointed(painter, view, theme, ratio)
        if self.outline is not None:
            self.outline.paint(painter, theme)

    def _paint_pointed(self, painter: QPainter, view: View2D, theme: Theme, ratio: float) -> None:
        pointed, trajectories = self._session.pointed, self._session.trajectories(2)
        card = build_hover_card(self._session, pointed)
        if pointed is None or trajectories is None or card is None:
            return
        part = trajectories.vertices_of(pointed.recording)
        x, y = view.to_pixels(trajectories.vertices[part])
        painter.setPen(QPen(colour(theme.accent, 0.9), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        at = pointed.step - int(trajectories.first_step[pointed.recording])
        # Pointed at from a list, a path may not have grown so far yet.
        until = max(self._session.state.steps_reached(self._session.activations, pointed.recording), at + 1)
        painter.drawPolyline(QPolygonF([QPointF(a, b) for a, b in zip(x[:until], y[:until], strict=True)]))
        if not 0 <= at < len(x):
            return
        middle = QPointF(float(x[at]), float(y[at]))
        painter.setPen(QPen(colour(theme.background), 4))
        painter.drawEllipse(middle, 6, 6)
        painter.setPen(QPen(colour(theme.accent), 2))
        painter.drawEllipse(middle, 6, 6)
        if self._canvas.underMouse():
            image = hover_card_image(card, theme, ratio)
            room, path = (view.width, view.height), np.column_stack([x[:until], y[:until]])
            painter.drawImage(hover_card_rect(middle, image, room, path).topLeft(), image)
