"""The hover card: a small card beside the pointer that describes the recording under it, in 2-D and 3-D alike.

It is drawn into an image that is cached until the content changes: painting text through OpenGL is slow.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QPen

from auslan_explorer.core.added_labels import all_step_labels
from auslan_explorer.core.session import Pointed, Session
from auslan_explorer.core.signs import short_name
from auslan_explorer.draw.paint import colour
from auslan_explorer.draw.theme import BODY, SMALL, Theme
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.style import font, text_scale
from auslan_explorer.gui.widgets.text import recording_details

_PAD_X, _PAD_Y, _GAP = 10.0, 7.0, 2.0
_DISTANCE = 14.0
"""Pixels between the point and its card."""
MOST_LABELS = 3
"""Columns of step labels that are shown."""


@dataclass(frozen=True)
class HoverCard:
    """Content of a hover card.

    Attributes
    ----------
    title : str
        Name of the sign.
    lines : tuple of str
        Session and trial of the recording, or its own name, if known, the step, and what that is labelled with.
    prediction : str
        Name of the predicted sign; empty if not known.
    is_correct : bool
        Whether the prediction is the true sign.
    """

    title: str
    lines: tuple[str, ...]
    prediction: str = ""
    is_correct: bool = True


def build_hover_card(session: Session, pointed: Pointed | None) -> HoverCard | None:
    """Return the content of the card for a point; None for no point, or for one of the padding prefix."""
    a = session.activations
    if pointed is None or not 0 <= pointed.recording < len(a):
        return None
    recording = pointed.recording
    told_apart = ", ".join(recording_details(a, recording, short=True))
    row = int(a.offsets[recording]) + pointed.step - int(a.first_step[recording])
    if int(a.offsets[recording]) <= row < int(a.offsets[recording + 1]):
        said = ((name, labels.short_text(row)) for name, labels in list(all_step_labels(a).items())[:MOST_LABELS])
        labelled = tuple(f"{short_name(name, 16)}: {text}" for name, text in said if text)
    else:
        labelled = ()
    answer = int(a.predicted[recording])
    return HoverCard(
        title=short_name(a.names[a.sign[recording]]),
        lines=(told_apart, tr("step {0} of {1}", pointed.step + 1, a.steps), *labelled),
        prediction="" if answer < 0 else short_name(a.names[answer]),
        is_correct=answer == a.sign[recording],
    )


def hover_card_image(card: HoverCard, theme: Theme, ratio: float) -> QImage:
    """Return a card as an image with the device pixel ratio `ratio`; cached."""
    return _card_image(card, theme, ratio, text_scale())


@lru_cache(maxsize=8)
def _card_image(card: HoverCard, theme: Theme, ratio: float, _text_scale: float) -> QImage:
    head, body = font(BODY, strong=True), font(SMALL, tabular=True)
    # By mark and word as well as by colour.
    verdict = tr("{0} answers {1}", "✓" if card.is_correct else "✗", card.prediction) if card.prediction else ""
    rows = [(card.title, head, theme.foreground), *((text, body, theme.muted) for text in card.lines)]
    if verdict:
        rows.append((verdict, body, theme.truth if card.is_correct else theme.mistake))
    metrics = [QFontMetricsF(face) for _, face, _ in rows]
    width = max(m.horizontalAdvance(text) for m, (text, _, _) in zip(metrics, rows, strict=True)) + 2 * _PAD_X
    height = sum(m.height() for m in metrics) + _GAP * (len(rows) - 1) + 2 * _PAD_Y
    image = QImage(int((width + 2) * ratio), int((height + 2) * ratio), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour(theme.border), 1))
    painter.setBrush(colour(theme.raised, 0.96))
    painter.drawRoundedRect(QRectF(0.5, 0.5, width, height), 6, 6)
    y = _PAD_Y
    for (text, face, foreground), m in zip(rows, metrics, strict=True):
        painter.setFont(face)
        painter.setPen(colour(foreground))
        painter.drawText(QPointF(_PAD_X, y + m.ascent()), text)
        y += m.height() + _GAP
    painter.end()
    return image


def hover_card_rect(at: QPointF, card: QImage, room: tuple[float, float], path: np.ndarray) -> QRectF:
    """Return the rectangle of a card in a pane: beside its point, at that of four places that covers the path least.

    Parameters
    ----------
    at : QPointF
        The point, in logical pixels.
    card : QImage
        From `hover_card_image`.
    room : tuple of float
        Width and height of the pane.
    path : ndarray of float, shape (n, 2)
        The path that the card is about, in logical pixels; rows that are not finite are nowhere.
    """
    size = card.deviceIndependentSize()
    width, height = room
    places = []
    for right, below in ((True, True), (True, False), (False, True), (False, False)):
        x = at.x() + _DISTANCE if right else at.x() - _DISTANCE - size.width()
        y = at.y() + _DISTANCE if below else at.y() - _DISTANCE - size.height()
        # Pushed into the pane where there is too little room, and so perhaps over its point.
        x, y = min(max(x, 0.0), max(width - size.width(), 0.0)), min(max(y, 0.0), max(height - size.height(), 0.0))
        places.append(QRectF(x, y, size.width(), size.height()))
    return min(places, key=lambda place: (place.contains(at), _covered(place, path)))


def _covered(place: QRectF, path: np.ndarray) -> float:
    """Return how many points of a path, and middles between them, lie within a rectangle."""
    points = np.concatenate([path, (path[:-1] + path[1:]) / 2]) if len(path) else path
    with np.errstate(invalid="ignore"):
        across = (points[:, 0] > place.left()) & (points[:, 0] < place.right())
        return float((across & (points[:, 1] > place.top()) & (points[:, 1] < place.bottom())).sum())
