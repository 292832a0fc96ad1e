"""Draws the gloves of one or two recordings at the playback's step, turned with the pointer or by keyboard."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from auslan_explorer.analysis.warping import step_beside, warp
from auslan_explorer.core.session import Session
from auslan_explorer.draw.hands import FRONT, Viewpoint
from auslan_explorer.draw.paint_hands import Pose, paint_gesture
from auslan_explorer.draw.theme import SMALL
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.recording_frames import RecordingFrames
from auslan_explorer.gui.style import UNIT, current_theme, font, text_scale
from auslan_explorer.gui.widgets.text import recording_title

_DEGREES = 0.5
"""Degrees that a pixel of dragging turns."""
_KEY_DEGREES = 10.0
_TURNS = {
    Qt.Key.Key_Left: (_KEY_DEGREES, 0.0),
    Qt.Key.Key_Right: (-_KEY_DEGREES, 0.0),
    Qt.Key.Key_Up: (0.0, _KEY_DEGREES),
    Qt.Key.Key_Down: (0.0, -_KEY_DEGREES),
}


class GestureCanvas(QWidget):
    """Gloves of a recording, and of a second one that is lined up with it.

    Signals
    -------
    turned()
        The viewpoint was changed by hand.
    """

    turned = Signal()

    def __init__(self, session: Session, frames: RecordingFrames, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.viewpoint = FRONT
        self.side_by_side = False
        self.recordings: tuple[int, ...] = ()
        self._session = session
        self._frames = frames
        self._beside = np.zeros(0, dtype=np.int64)
        self._dragged: QPointF | None = None
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setAccessibleName(tr("Hands of the recording"))
        self.setAccessibleDescription(tr("Drag to turn; with the keyboard, Alt and an arrow"))
        session.watch(("step", "alignment"), self.update)

    def sizeHint(self) -> QSize:
        return QSize(40 * UNIT, 40 * UNIT)

    def show_recordings(self, recordings: tuple[int, ...]) -> None:
        """Show one recording, or two, the second lined up with the first."""
        self.recordings = recordings
        self._beside = self._line_up() if len(recordings) == 2 else np.zeros(0, dtype=np.int64)
        self.update()

    def show_side_by_side(self, apart: bool) -> None:
        """Show two recordings beside each other, or one over the other."""
        self.side_by_side = apart
        self.update()

    def look_from(self, viewpoint: Viewpoint) -> None:
        """Look from another side."""
        self.viewpoint = viewpoint
        self.update()

    def poses(self) -> list[Pose]:
        """Return what is drawn: frames and the present frame of each recording."""
        found: list[Pose] = []
        for number, recording in enumerate(self.recordings):
            frames = self._frames.frames_of(recording)
            if frames is None:
                return []
            if number == 0:
                at = self._session.state.steps_reached(self._session.activations, recording) - 1
            elif len(self._beside):
                before = found[0].at < 0
                at = -1 if before else int(self._beside[min(found[0].at, len(self._beside) - 1)])
            found.append(Pose(frames, at, outlined=number > 0 and not self.side_by_side))
        return found

    def _line_up(self) -> np.ndarray:
        first, second = (self._frames.frames_of(recording) for recording in self.recordings)
        spreads = self._frames.spreads()
        if first is None or second is None or spreads is None:
            return np.zeros(0, dtype=np.int64)
        return step_beside(warp(first / spreads, second / spreads), len(first))

    # ------------------------------------------------------------------------------------------------- painting
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(*theme.background))
        poses = self.poses()
        if not poses:
            return
        areas = self.areas(len(poses))
        for area, shown in zip(areas, [[each] for each in poses] if len(areas) > 1 else [poses], strict=True):
            paint_gesture(painter, area, shown, theme, self.viewpoint)
        self._write(painter, areas, poses)
        if self.hasFocus():
            painter.setPen(QPen(QColor(*theme.accent), 1))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def areas(self, shown: int) -> list[QRectF]:
        """Return where the hands are drawn: one area, or two beside or above each other."""
        line = round(1.6 * SMALL * text_scale())
        whole = QRectF(self.rect()).adjusted(0, 0, 0, -line * (2 if shown > 1 and not self.side_by_side else 1) - UNIT)
        if shown < 2 or not self.side_by_side:
            return [whole]
        if whole.width() >= whole.height():
            half = whole.width() / 2
            return [whole.adjusted(0, 0, -half, 0), whole.adjusted(half, 0, 0, 0)]
        half = whole.height() / 2
        return [whole.adjusted(0, 0, 0, -half - line / 2), whole.adjusted(0, half + line / 2, 0, 0)]

    def _write(self, painter: QPainter, areas: list[QRectF], poses: list[Pose]) -> None:
        """Write which recording is drawn how, below the hands."""
        painter.setFont(font(SMALL, tabular=True))
        painter.setPen(QColor(*current_theme().muted))
        metrics = painter.fontMetrics()
        line = round(1.6 * SMALL * text_scale())
        for number, pose in enumerate(poses):
            text = self._describe(number, pose)
            area = areas[number] if len(areas) > 1 else areas[0]
            top = area.bottom() + (0 if len(areas) > 1 else number * line)
            where = QRectF(area.left() + UNIT, top, area.width() - 2 * UNIT, line)
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, int(where.width()))
            painter.drawText(where, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

    def _describe(self, number: int, pose: Pose) -> str:
        title = recording_title(self._session, self.recordings[number], short=True)
        where = (
            tr("not begun yet")
            if pose.at < 0
            else tr("frame {0} of {1}", min(pose.at, len(pose.frames) - 1) + 1, len(pose.frames))
        )
        return tr("outlined: {0}, {1}", title, where) if pose.outlined else f"{title}, {where}"

    # ------------------------------------------------------------------------------------------------- turning
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._dragged = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged is not None:
            moved = event.position() - self._dragged
            self._dragged = event.position()
            self._turn(_DEGREES * moved.x(), _DEGREES * moved.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragged = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._is_turn(event):
            self._turn(*_TURNS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_turn(event):
            event.accept()
            return True
        return super().event(event)

    @staticmethod
    def _is_turn(event: QKeyEvent) -> bool:
        return event.key() in _TURNS and bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)

    def _turn(self, right: float, up: float) -> None:
        self.viewpoint = self.viewpoint.turned(right, up)
        self.update()
        self.turned.emit()
