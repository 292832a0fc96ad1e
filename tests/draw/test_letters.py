"""Letters look the same whatever was written before, so that a picture is the same in every process."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QImage, QPainter

from auslan_explorer.draw import paint
from auslan_explorer.draw.theme import BODY, DARK, LIGHT, SMALL, TITLE, Theme


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


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("size", [SMALL, BODY, TITLE])
@pytest.mark.usefixtures("qapp")
def test_a_halo_of_pixels_looks_like_one_that_is_stroked(size: float, ratio: float, theme: Theme) -> None:
    face, text = paint.font(size), "part here, gQ 12 %"
    image, left, baseline = paint._text_sprite(text, face.key(), theme.foreground, theme.background, ratio)
    stroked = QImage(image.size(), image.format())
    stroked.setDevicePixelRatio(ratio)
    stroked.fill(0)
    with QPainter(stroked) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint._stroke_text(painter, left, baseline, text, face, theme.foreground, theme.background)
    made, wanted = (np.frombuffer(each.constBits(), np.uint8).reshape(-1, 4).astype(int) for each in (image, stroked))
    there = wanted[:, 3] > 0
    assert np.abs(made - wanted)[there].mean() < 20 and abs((made - wanted)[there].mean()) < 8
    assert made[~there][:, 3].mean() < 3, "it ends where the stroked one does"
    assert (made[:, :3] <= made[:, 3:]).all(), "premultiplied"
