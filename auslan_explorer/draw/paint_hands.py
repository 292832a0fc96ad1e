"""Paints two gloves, their trails and a quiet body, from any side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from auslan_explorer.core.palettes import OKABE_ITO
from auslan_explorer.draw.hands import (
    BODY,
    FACE,
    FRONT,
    HAND_CHANNELS,
    HEAD,
    METRES,
    Ellipsoid,
    Glove,
    Viewpoint,
    gloves,
)
from auslan_explorer.draw.paint import font
from auslan_explorer.draw.theme import RGB, SMALL, Theme

LEFT_COLOUR, RIGHT_COLOUR = OKABE_ITO[1], OKABE_ITO[0]
"""Colours of the hands; the letters beside the wrists tell them apart too."""
_CENTRE = np.array((0.0, 0.09, -0.03))
_RADIUS = 0.4
"""Sphere that holds the body and nearly all frames, in the recordings' units."""
_DISTANCE = 2.2
"""Distance of the eye from its middle, in the recordings' units."""
_NEAREST = 0.5
"""Least distance of anything from the eye: what is pulled past it would be seen upside down."""
_HAND = 0.1
"""How far a hand reaches beyond its tracker, in the recordings' units."""
_SMALLEST = 0.5
"""Least size of what is drawn, as a share of the usual one; at a hand that is farther off still points an arrow."""
_FINGER = 0.017
_THUMB = 0.02
_CUFF = 0.05
"""Thickness of fingers, thumb and wrist, metres."""
_TRAIL_PIECES = 8
_ARROW = 12.0
"""Length of the arrow at the edge, logical pixels."""


@dataclass(frozen=True, eq=False)
class Pose:
    """The frames of a recording and how far they have got.

    Attributes
    ----------
    frames : ndarray of float, shape (length, 22)
    at : int
        Frame that is shown; below 0: the recording has not begun.
    outlined : bool
        Draw in outline, to lie over another.
    """

    frames: np.ndarray
    at: int
    outlined: bool = False


@dataclass(frozen=True)
class _Eye:
    """Projects the recordings' frame into a rectangle, with a little perspective.

    Attributes
    ----------
    middle : tuple of float
        Of the rectangle, pixels.
    scale : float
        Pixels of a unit of the recordings' frame.
    viewpoint : Viewpoint
    """

    middle: tuple[float, float]
    scale: float
    viewpoint: Viewpoint

    @classmethod
    def of(cls, area: QRectF, viewpoint: Viewpoint, frames: Sequence[np.ndarray]) -> _Eye:
        """Return the eye that sees the body in a rectangle, and hands wherever they come: from farther off if need be.

        The distance is one for all frames, so that nothing grows or shrinks while they play.
        """
        usual = cls((area.center().x(), area.center().y()), min(area.width(), area.height()) / (2 * _RADIUS), viewpoint)
        spots = [usual.project(each[:, first : first + 3])[0] for each in frames for first in (0, HAND_CHANNELS)]
        if not any(map(len, spots)):
            return usual
        farthest = np.abs(np.concatenate(spots) - usual.middle).max(axis=0) + _HAND * usual.scale
        room = float(min(area.width() / 2 / farthest[0], area.height() / 2 / farthest[1]))
        return replace(usual, scale=usual.scale * min(max(room, _SMALLEST), 1.0))

    @cached_property
    def axes(self) -> np.ndarray:
        """What is right, up and towards the viewer, as rows, shape (3, 3)."""
        return self.viewpoint.axes()

    def project(self, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return pixels, shape (n, 2), and the nearness of points, shape (n,), larger for nearer ones."""
        turned = (np.asarray(points) - _CENTRE) @ self.axes.T
        larger = self.scale * _DISTANCE / np.maximum(_DISTANCE - turned[:, 2:], _NEAREST)
        return self.middle + turned[:, :2] * larger * (1, -1), turned[:, 2]

    def thickness(self, metres: float) -> float:
        """Return a thickness at the middle in pixels."""
        return metres / METRES * self.scale


def paint_gesture(
    painter: QPainter,
    area: QRectF,
    poses: Sequence[Pose],
    theme: Theme,
    viewpoint: Viewpoint = FRONT,
    unit: float = 1.0,
) -> None:
    """Paint the hands of recordings at their present frames, their trails so far, and a body for scale.

    Parameters
    ----------
    painter : QPainter
    area : QRectF
        Where, in pixels; it is not cleared.
    poses : sequence of Pose
        The last lies over the others; an outlined one without a fill.
    theme : Theme
    viewpoint : Viewpoint
    unit : float
        Pixels per logical pixel.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRect(area, Qt.ClipOperation.IntersectClip)
    eye = _Eye.of(area, viewpoint, [pose.frames for pose in poses])
    _paint_body(painter, eye, theme)
    for pose in poses:
        if not len(pose.frames):
            continue
        painter.setOpacity(1.0 if pose.at >= 0 else 0.4)
        at = min(max(pose.at, 0), len(pose.frames) - 1)
        _paint_trails(painter, eye, pose.frames[: at + 1], pose.outlined, unit)
        hands = zip(gloves(pose.frames[at]), (LEFT_COLOUR, RIGHT_COLOUR), "LR", strict=True)
        for hand, colour, letter in sorted(hands, key=lambda each: float(eye.project(each[0].place[None])[1][0])):
            _paint_glove(painter, eye, hand, colour, theme, outlined=pose.outlined, unit=unit)
            _point_at_hidden(painter, eye, hand, colour, area, unit)
            if not pose.outlined:
                _paint_letter(painter, eye, hand, letter, theme, unit)
    painter.restore()


# ------------------------------------------------------------------------------------------------- body
def _paint_body(painter: QPainter, eye: _Eye, theme: Theme) -> None:
    quiet = _mixed(theme.background, theme.foreground, 0.1)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(*quiet))
    *body, head = _body_outlines(eye)
    for part in body:
        painter.drawPolygon(part)
    # The signer's own head would hide the hands from behind: there it is a ring.
    behind = eye.axes[2, 2] > 0.35
    painter.setBrush(Qt.BrushStyle.NoBrush if behind else QColor(*_mixed(theme.background, theme.foreground, 0.16)))
    painter.setPen(QPen(QColor(*_mixed(theme.background, theme.foreground, 0.3)), 1) if behind else Qt.PenStyle.NoPen)
    painter.drawPolygon(head)
    if eye.axes[2, 2] < -0.2:
        spots, _ = eye.project(FACE)
        size = eye.thickness(0.012)
        pen = QPen(QColor(*_mixed(theme.background, theme.foreground, 0.45)), size)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawPoints(QPolygonF([QPointF(*spot) for spot in spots[:2]]))
        pen.setWidthF(size / 2)
        painter.setPen(pen)
        painter.drawLine(QPointF(*spots[2]), QPointF(*spots[3]))


@lru_cache(maxsize=8)
def _body_outlines(eye: _Eye) -> tuple[QPolygonF, ...]:
    """Return the silhouettes of the body's parts, the head last; as a rule they are those of the frame before."""
    return tuple(_outline(eye, part) for part in (*BODY, HEAD))


def _outline(eye: _Eye, part: Ellipsoid) -> QPolygonF:
    """Return the silhouette of an ellipsoid: the ellipse that its shape matrix leaves on the screen."""
    flat = eye.axes[:2] * part.half
    lengths, ways = np.linalg.eigh(flat @ flat.T)
    angle = np.linspace(0, 2 * np.pi, 49)
    ring = (ways * np.sqrt(np.maximum(lengths, 0))) @ np.stack([np.cos(angle), np.sin(angle)])
    spots, _ = eye.project(part.centre + ring.T @ eye.axes[:2])
    return QPolygonF([QPointF(x, y) for x, y in spots])


# ------------------------------------------------------------------------------------------------- hands
def _paint_trails(painter: QPainter, eye: _Eye, frames: np.ndarray, outlined: bool, unit: float) -> None:
    for first, colour in ((0, LEFT_COLOUR), (HAND_CHANNELS, RIGHT_COLOUR)):
        spots, _ = eye.project(frames[:, first : first + 3])
        ends = np.unique(np.linspace(0, len(spots) - 1, _TRAIL_PIECES + 1).round().astype(int))
        for number, (start, stop) in enumerate(pairwise(ends)):
            alpha = round(40 + 150 * (number + 1) / (len(ends) - 1))
            pen = QPen(QColor(*colour, alpha), 2.0 * unit, Qt.PenStyle.DotLine if outlined else Qt.PenStyle.SolidLine)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in spots[start : stop + 1]]))


def _paint_glove(
    painter: QPainter, eye: _Eye, hand: Glove, colour: RGB, theme: Theme, *, outlined: bool, unit: float
) -> None:
    """Paint a hand from back to front; the palm's side is lighter than the back."""
    seen = float(hand.facing @ eye.axes[2])
    fill = _mixed(colour, theme.background, 0.5) if seen > 0 else colour
    for _, shape, width in sorted(_shapes(eye, hand), key=lambda each: each[0]):
        if outlined:
            _paint_outline(painter, shape, colour, closed=width == 0, unit=unit)
        else:
            _paint_solid(painter, shape, width, fill, theme, unit)


def _shapes(eye: _Eye, hand: Glove) -> Iterator[tuple[float, QPolygonF, float]]:
    """Yield nearness, outline and thickness of a hand's parts; the palm is a closed outline, without a thickness."""
    spots, near = eye.project(np.concatenate([hand.palm, hand.cuff, *hand.fingers]))
    palm, cuff = len(hand.palm), len(hand.palm) + len(hand.cuff)
    yield float(near[:palm].mean()), _polygon(spots[:palm]), 0.0
    yield float(near[palm:cuff].mean()), _polygon(spots[palm:cuff]), eye.thickness(_CUFF)
    joints = [QPointF(x, y) for x, y in spots[cuff:].tolist()]
    depths = near[cuff:].tolist()
    for number in range(5):
        width = eye.thickness(_FINGER if number else _THUMB)
        for first in range(4 * number, 4 * number + 3):
            yield sum(depths[first : first + 2]) / 2, QPolygonF(joints[first : first + 2]), width


def _paint_solid(painter: QPainter, shape: QPolygonF, width: float, fill: RGB, theme: Theme, unit: float) -> None:
    edge = QColor(*_mixed(fill, theme.background, 0.75))
    if not width:
        painter.setPen(QPen(edge, 1.2 * unit))
        painter.setBrush(QColor(*fill))
        painter.drawPolygon(shape)
        return
    for colour, thickness in ((edge, width + 2.4 * unit), (QColor(*fill), width)):
        pen = QPen(colour, thickness)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawPolyline(shape)


def _paint_outline(painter: QPainter, shape: QPolygonF, colour: RGB, *, closed: bool, unit: float) -> None:
    painter.setPen(QPen(QColor(*colour), 1.6 * unit))
    painter.setBrush(QColor(*colour, 30) if closed else Qt.BrushStyle.NoBrush)
    if closed:
        painter.drawPolygon(shape)
    else:
        painter.drawPolyline(shape)


def _point_at_hidden(painter: QPainter, eye: _Eye, hand: Glove, colour: RGB, area: QRectF, unit: float) -> None:
    """Paint an arrow at the edge towards a hand that is outside of what is seen."""
    (spot,), _ = eye.project(hand.place[None])
    if area.contains(QPointF(*spot)):
        return
    edge = _ARROW * unit
    at = np.clip(spot, (area.left() + edge, area.top() + edge), (area.right() - edge, area.bottom() - edge))
    way = (spot - at) / max(float(np.linalg.norm(spot - at)), 1e-9)
    across = np.array([-way[1], way[0]])
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(*colour))
    painter.drawPolygon(_polygon(np.stack([at + edge * way, at + edge * across / 2, at - edge * across / 2])))


def _paint_letter(painter: QPainter, eye: _Eye, hand: Glove, letter: str, theme: Theme, unit: float) -> None:
    (spot,), _ = eye.project(hand.cuff[1:])
    painter.setFont(font(SMALL * unit, bold=True))
    painter.setPen(QColor(*theme.background))
    size = 16 * unit
    painter.drawText(QRectF(spot[0] - size, spot[1] - size, 2 * size, 2 * size), Qt.AlignmentFlag.AlignCenter, letter)


def _polygon(spots: np.ndarray) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in spots])


def _mixed(one: RGB, other: RGB, share: float) -> RGB:
    r, g, b = (round(a + (z - a) * share) for a, z in zip(one, other, strict=True))
    return r, g, b
