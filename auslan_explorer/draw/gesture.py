"""The gesture of one or two recordings as a part of a picture: hands, captions, and the frame at a step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter

from auslan_explorer.core.playing import Alignment, own_step
from auslan_explorer.draw.hands import FRONT, Viewpoint
from auslan_explorer.draw.paint import font
from auslan_explorer.draw.paint_hands import Pose, paint_gesture
from auslan_explorer.draw.theme import SMALL, Theme

MOST_OF_WIDTH = 0.36
"""Largest part of a picture's width that the hands take beside the map."""
_LINE = 1.6
"""Height of a caption's line, in heights of type."""
_EDGE = 8.0


@dataclass(frozen=True, eq=False)
class Gesture:
    """One or two recordings whose hands are drawn.

    Attributes
    ----------
    titles : tuple of str
        What each recording is called.
    frames : tuple of ndarray of float
        Shape (length, 22) each.
    first_step : int
        The network's step, from 0, of the first recording's first frame.
    beside : ndarray of int, shape (length of the first,)
        The second recording's frame beside each of the first's; empty for one recording alone.
    apart : bool
        Two recordings side by side, not one over the other.
    viewpoint : Viewpoint
    """

    titles: tuple[str, ...]
    frames: tuple[np.ndarray, ...]
    first_step: int
    beside: np.ndarray
    apart: bool = False
    viewpoint: Viewpoint = FRONT

    def frame_at(self, position: int, alignment: Alignment, steps: int) -> int:
        """Return the first recording's frame at a position of playback; below 0: it has not begun."""
        first, length = np.array([self.first_step]), np.array([len(self.frames[0])])
        return int(own_step(alignment, steps, position, first, length)[0]) - self.first_step

    def poses(self, at: int) -> list[Pose]:
        """Return what is drawn at a frame of the first recording."""
        poses = [Pose(self.frames[0], min(at, len(self.frames[0]) - 1))]
        if len(self.frames) > 1:
            beside = -1 if at < 0 else int(self.beside[min(at, len(self.beside) - 1)])
            poses.append(Pose(self.frames[1], beside, outlined=not self.apart))
        return poses


def describe_pose(title: str, pose: Pose) -> str:
    """Return the line below a recording's hands: its title, its frame, and how it is drawn."""
    where = f"frame {pose.at + 1} of {len(pose.frames)}" if pose.at >= 0 else "not begun yet"
    return f"{'outlined: ' if pose.outlined else ''}{title}, {where}"


def gesture_width(width: int, height: int) -> int:
    """Return how many pixels of a picture's width the hands take beside the map."""
    return round(min(MOST_OF_WIDTH * width, 0.9 * height))


def hand_areas(area: QRectF, gesture: Gesture, unit: float = 1.0) -> list[QRectF]:
    """Return where hands are drawn, with room for captions below: one area, or two beside or above each other."""
    line = _LINE * SMALL * unit
    two = len(gesture.frames) > 1
    whole = area.adjusted(0, 0, 0, -line * (2 if two and not gesture.apart else 1) - _EDGE * unit)
    if not (two and gesture.apart):
        return [whole]
    if whole.width() >= whole.height():
        half = whole.width() / 2
        return [whole.adjusted(0, 0, -half, 0), whole.adjusted(half, 0, 0, 0)]
    half = whole.height() / 2
    return [whole.adjusted(0, 0, 0, -half - line / 2), whole.adjusted(0, half + line / 2, 0, 0)]


def paint_hands_and_captions(
    painter: QPainter,
    area: QRectF,
    gesture: Gesture,
    at: int,
    theme: Theme,
    unit: float,
    describe: Callable[[str, Pose], str] = describe_pose,
) -> None:
    """Paint the hands at a frame of the first recording, with a caption for each recording below.

    Parameters
    ----------
    painter : QPainter
    area : QRectF
        Where, in pixels; it is not cleared.
    gesture : Gesture
    at : int
        See `Gesture.frame_at`.
    theme : Theme
    unit : float
        Pixels per logical pixel.
    describe : callable
        Returns the caption of a title and a pose.
    """
    poses, areas = gesture.poses(at), hand_areas(area, gesture, unit)
    for where, shown in zip(areas, [[each] for each in poses] if len(areas) > 1 else [poses], strict=True):
        paint_gesture(painter, where, shown, theme, gesture.viewpoint, unit)
    painter.setFont(font(SMALL * unit))
    painter.setPen(QColor(*theme.muted))
    line, edge = _LINE * SMALL * unit, _EDGE * unit
    for number, (title, pose) in enumerate(zip(gesture.titles, poses, strict=True)):
        above = areas[min(number, len(areas) - 1)]
        top = above.bottom() + (0 if len(areas) > 1 else number * line)
        where = QRectF(above.left() + edge, top, above.width() - 2 * edge, line)
        text = fitting_caption(painter.fontMetrics(), title, pose, describe, int(where.width()))
        painter.drawText(where, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)


def fitting_caption(
    metrics: QFontMetrics, title: str, pose: Pose, describe: Callable[[str, Pose], str], room: int
) -> str:
    """Return a caption whose title is cut where it is too long, at the same letter in each frame."""
    digits = str.maketrans(dict.fromkeys("0123456789", max("0123456789", key=metrics.horizontalAdvance)))
    ends = (replace(pose, at=at) for at in (-1, len(pose.frames) - 1))
    widest = max(metrics.horizontalAdvance(describe("", end).translate(digits)) for end in ends)
    cut = metrics.elidedText(title, Qt.TextElideMode.ElideMiddle, room - widest)
    # Where not even the frame has room.
    return metrics.elidedText(describe(cut, pose), Qt.TextElideMode.ElideRight, room)
