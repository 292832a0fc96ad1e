"""Icons: Phosphor's regular weight, whose font comes with QtAwesome, always in the colours of the theme in force."""

from __future__ import annotations

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

from auslan_explorer import paths
from auslan_explorer.draw.theme import RGB
from auslan_explorer.gui.style import current_theme

ICON_SIZE = QSize(18, 18)
_FONT, _NAMES = "phosphor-1.3.0.ttf", "phosphor-charmap-1.3.0.json"
_GLYPH = 0.875
"""Size of a glyph as a fraction of its icon's height: the rest is for what lies beside it in the font."""


@cache
def _phosphor() -> tuple[str, dict[str, str]]:
    """Load the font; return its family, and the code of each icon's name, in hexadecimal digits.

    QtAwesome itself is not imported: its layer over several bindings of Qt takes a tenth of the program's start.
    """
    package = find_spec("qtawesome")
    if package is None or package.origin is None:
        raise ImportError("QtAwesome, which brings the icons’ font, is not installed")
    fonts = Path(package.origin).parent / "fonts"
    (family, *_) = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(fonts / _FONT)))
    return family, json.loads((fonts / _NAMES).read_text(encoding="utf-8"))


class _ThemedEngine(QIconEngine):
    """Icon engine that paints with the colours of the present theme, so that icons need no update."""

    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        self._name, self._role = name, role

    def _colour(self, mode: QIcon.Mode, state: QIcon.State) -> RGB:
        theme = current_theme()
        if mode is QIcon.Mode.Disabled:
            return theme.grey
        plain = state is QIcon.State.Off and mode is QIcon.Mode.Normal
        colour: RGB = getattr(theme, self._role)
        return colour if plain or self._role != "foreground" else theme.accent

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        family, codes = _phosphor()
        font = QFont()
        font.setFamily(family)
        font.setPixelSize(max(round(_GLYPH * rect.height()), 1))
        painter.save()
        painter.setPen(QColor(*self._colour(mode, state)))
        painter.setFont(font)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, chr(int(codes[self._name], 16)))
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)  # in device pixels already
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return pixmap


def icon(name: str, role: str = "foreground") -> QIcon:
    """Return a Phosphor icon that is always painted in the colours of the theme in force.

    Parameters
    ----------
    name : str
        Name in Phosphor's regular set, for example "play".
    role : str
        Colour of the theme, such as "muted" or "accent"; what is switched on has the accent in place of "foreground".
    """
    return QIcon(_ThemedEngine(name, role))


def program_icon() -> QIcon:
    """Return the program's icon from the PNG files made of ``resources/icon.svg``; empty if they are missing."""
    result = QIcon()
    for file in sorted((paths.resources_dir() / "icons").glob("auslan-explorer-*.png")):
        result.addFile(str(file))
    return result
