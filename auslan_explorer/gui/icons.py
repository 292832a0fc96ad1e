"""Icons: Phosphor's regular weight through QtAwesome, coloured by the theme."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon

from auslan_explorer import paths
from auslan_explorer.draw.theme import RGB, Theme

SIZE = QSize(18, 18)
_FONT = ("ph", "phosphor-1.3.0.ttf", "phosphor-charmap-1.3.0.json")


@lru_cache(maxsize=1)
def _phosphor() -> Any:
    # QtAwesome's own `icon()` loads all its fonts; this one alone is a third of the time.
    from qtawesome.iconic_font import IconicFont

    return IconicFont(_FONT)


def _hex(colour: RGB) -> str:
    return QColor(*colour).name()


def icon(name: str, theme: Theme, colour: RGB | None = None) -> QIcon:
    """Return a Phosphor icon in a theme's colours.

    Parameters
    ----------
    name : str
        Name in Phosphor's regular set, for example "play".
    theme : Theme
    colour : RGB, optional
        In place of the theme's foreground, for example on an accented button.
    """
    return _phosphor().icon(
        f"ph.{name}",
        color=_hex(colour or theme.foreground),
        color_disabled=_hex(theme.grey),
        color_on=_hex(colour or theme.accent),
    )


def program_icon() -> QIcon:
    """Return the program's icon from the PNG files made of ``resources/icon.svg``; empty if they are missing."""
    result = QIcon()
    for file in sorted((paths.resources_dir() / "icons").glob("auslan-explorer-*.png")):
        result.addFile(str(file))
    return result
