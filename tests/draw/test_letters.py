"""Letters look the same whatever was written before, so that a picture is the same in every process."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QImage, QPainter

from auslan_explorer.draw import paint
from auslan_explorer.draw.theme import BODY, LIGHT, SMALL, TITLE


@pytest.mark.parametrize("bold", [True, False])
@pytest.mark.parametrize("size", [SMALL, BODY, TITLE])
@pytest.mark.usefixtures("qapp")
def test_a_text_is_drawn_alike_whatever_was_drawn_before(size: float, bold: bool) -> None:
    face = paint.font(size, bold=bold)

    def drawn() -> QImage:
        paint._text_sprite.cache_clear()
        image, _, _ = paint._text_sprite("part here, gQ 12 %", face.key(), LIGHT.foreground, LIGHT.background, 1.0)
        return image.copy()

    first = drawn()
    canvas = QImage(400, 80, QImage.Format.Format_ARGB32_Premultiplied)
    for scale, pixels in ((1.0, 13), (1.0, 17), (2.0, 13), (1.7, 9), (1.0, face.pixelSize())):
        other = QFont(face)
        other.setPixelSize(pixels)
        with QPainter(canvas) as painter:
            painter.scale(scale, scale)
            painter.setFont(other)
            painter.drawText(QPointF(5.3, 20.4), "part here, gQ 12 %")
        assert drawn() == first, f"after {pixels} pixels at {scale}"
