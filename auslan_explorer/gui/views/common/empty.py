"""What a view without a single path says in their place: a title, and what to do."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from auslan_explorer.core.session import Session
from auslan_explorer.draw.paint import colour, font, paint_ground
from auslan_explorer.draw.theme import BODY, TITLE, Theme
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.style import UNIT

_WIDEST = 46.0 * UNIT


def no_paths_text(dims: int) -> tuple[str, str]:
    """Return title and sentence for activations without a map of so many dimensions."""
    return tr("No {0}-D projection yet", dims), tr(
        "These activations have no {0}-D projection. Train a {0}-D autoencoder on them to see their paths here.", dims
    )


def nothing_shown_text(session: Session) -> tuple[str, str]:
    """Return title and sentence for a map of whose paths all are hidden."""
    how = tr("Tick a split") if session.state.visible_signs else tr("Tick a sign in the list")
    return tr("Nothing is shown"), tr("{0}, or choose “Show all” above the map.", how)


def paint_empty_state(painter: QPainter, area: QRectF, title: str, sentence: str, theme: Theme, scale: float) -> None:
    """Paint a title with a sentence below it in the middle of `area`, on a ground, with text `scale` times its size."""
    flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
    width = max(min(area.width() - 4 * UNIT, _WIDEST * scale), 1.0)
    room = QRectF(area.center().x() - width / 2, 0, width, area.height())
    texts = [(title, font(TITLE * scale, bold=True), theme.foreground), (sentence, font(BODY * scale), theme.muted)]
    heights, widest = [], 0.0
    for text, face, _ in texts:
        painter.setFont(face)
        needed = painter.boundingRect(room, int(flags), text)
        heights.append(needed.height())
        widest = max(widest, needed.width())
    top = area.center().y() - (sum(heights) + UNIT) / 2
    ground = QRectF(area.center().x() - widest / 2, top, widest, sum(heights) + UNIT)
    paint_ground(painter, ground.adjusted(-UNIT, -UNIT, UNIT, UNIT), theme, scale)
    for (text, face, rgb), height in zip(texts, heights, strict=True):
        painter.setFont(face)
        painter.setPen(colour(rgb))
        painter.drawText(QRectF(room.x(), top, width, height), int(flags), text)
        top += height + UNIT
