"""Icons: Phosphor's regular weight through QtAwesome, always in the colours of the theme in force."""

from __future__ import annotations

from functools import cache
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap

from auslan_explorer import paths
from auslan_explorer.draw.theme import RGB, Theme
from auslan_explorer.gui.style import current_theme

ICON_SIZE = QSize(18, 18)
_FONT = ("ph", "phosphor-1.3.0.ttf", "phosphor-charmap-1.3.0.json")


@cache
def _phosphor() -> Any:
    # QtAwesome's own `icon()` loads all its fonts; this one alone is a third of the time.
    from qtawesome.iconic_font import IconicFont

    return IconicFont(_FONT)


def _to_hex(colour: RGB) -> str:
    return QColor(*colour).name()


@cache
def _coloured(name: str, role: str, theme: Theme) -> QIcon:
    colour: RGB = getattr(theme, role)
    icon: QIcon = _phosphor().icon(
        f"ph.{name}",
        color=_to_hex(colour),
        color_disabled=_to_hex(theme.grey),
        color_on=_to_hex(theme.accent if role == "foreground" else colour),
    )
    return icon


class _ThemedEngine(QIconEngine):
    """Icon engine that paints with the colours of the present theme, so that icons need no update."""

    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        self._name, self._role = name, role

    def _icon(self) -> QIcon:
        return _coloured(self._name, self._role, current_theme())

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        self._icon().paint(painter, rect, Qt.AlignmentFlag.AlignCenter, mode, state)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        # `size` is in device pixels already, hence the ratio of 1.
        return self._icon().pixmap(size, 1.0, mode, state)


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
