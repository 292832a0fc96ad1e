"""Draws the gloves of one or two recordings at the playback's step, turned with the pointer or by keyboard."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from shiboken6 import isValid

from auslan_explorer.analysis.warping import frame_beside
from auslan_explorer.core.annotations import Variant
from auslan_explorer.core.session import Session
from auslan_explorer.draw.gesture import Gesture, paint_hands_and_captions
from auslan_explorer.draw.hands import FRONT, Viewpoint
from auslan_explorer.draw.paint_hands import Pose
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.recording_frames import RecordingFrames
from auslan_explorer.gui.style import UNIT, current_theme, text_scale
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

    def __init__(self, session: Session, frames: RecordingFrames, parent: QWidget | None) -> None:
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
        session.annotations_changed.connect(self._on_annotations_changed)

    def _on_annotations_changed(self) -> None:
        if isValid(self):
            self.update()

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

    def gesture(self) -> Gesture | None:
        """Return the recordings whose hands are drawn; None while there are none."""
        variant = self._session.variant
        if variant is not None and self.recordings == (variant.recording,):
            return self._changed_gesture(variant)
        frames = [self._frames.frames_of(recording) for recording in self.recordings]
        known = tuple(each for each in frames if each is not None)
        if not known or len(known) < len(frames) or (len(known) == 2 and not len(self._beside)):
            return None
        return Gesture(
            tuple(recording_title(self._session, recording, short=True) for recording in self.recordings),
            known,
            int(self._session.activations.first_step[self.recordings[0]]),
            self._beside,
            self.side_by_side,
            self.viewpoint,
        )

    def _changed_gesture(self, variant: Variant) -> Gesture | None:
        """Return a changed recording, and the recording itself to compare with."""
        own = self._frames.frames_of(variant.recording)
        if own is None:
            return None
        title = recording_title(self._session, variant.recording, short=True)
        return Gesture(
            (tr("changed"), title),
            (variant.frames, own),
            variant.first_step,
            variant.beside,
            self.side_by_side,
            self.viewpoint,
        )

    def poses(self) -> list[Pose]:
        """Return what is drawn: frames and the present frame of each recording."""
        gesture = self.gesture()
        return [] if gesture is None else gesture.poses(self._at(gesture))

    def _at(self, gesture: Gesture) -> int:
        state = self._session.state
        return gesture.frame_at(state.step, state.alignment, self._session.activations.steps)

    def _line_up(self) -> np.ndarray:
        first, second = (self._frames.frames_of(recording) for recording in self.recordings)
        spreads = self._frames.spreads()
        if first is None or second is None or spreads is None:
            return np.zeros(0, dtype=np.int64)
        return frame_beside(first, second, spreads)

    # ------------------------------------------------------------------------------------------------- painting
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(*theme.background))
        gesture = self.gesture()
        if gesture is None:
            return
        at = self._at(gesture)
        paint_hands_and_captions(painter, QRectF(self.rect()), gesture, at, theme, text_scale(), self._describe)
        if self.hasFocus():
            painter.setPen(QPen(QColor(*theme.accent), 1))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    @staticmethod
    def _describe(title: str, pose: Pose) -> str:
        where = tr("not begun yet") if pose.at < 0 else tr("frame {0} of {1}", pose.at + 1, len(pose.frames))
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
