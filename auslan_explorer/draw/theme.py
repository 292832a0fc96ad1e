"""Colours and type sizes of the light and the dark theme, shared by window, pictures and film."""

from __future__ import annotations

from dataclasses import dataclass

RGB = tuple[int, int, int]


@dataclass(frozen=True)
class Theme:
    """Colours of a theme.

    Attributes
    ----------
    name : str
        "light" or "dark".
    background : RGB
        Background of the map.
    panel, raised : RGB
        Background of docks and bars, and of fields and buttons on them.
    border : RGB
        Hairlines between panes.
    foreground, muted : RGB
        Text, and less prominent text (axes, captions).
    line : RGB
        Joining lines of paths.
    grey : RGB
        Paths that are shown but not selected.
    accent, on_accent : RGB
        Colour of active and pressable elements, and of text on it.
    truth, mistake : RGB
        True sign and wrong prediction; never distinguished by colour alone.
    """

    name: str
    background: RGB
    panel: RGB
    raised: RGB
    border: RGB
    foreground: RGB
    muted: RGB
    line: RGB
    grey: RGB
    accent: RGB
    on_accent: RGB
    truth: RGB
    mistake: RGB


LIGHT = Theme(
    name="light",
    background=(255, 255, 255),
    panel=(246, 246, 247),
    raised=(255, 255, 255),
    border=(222, 223, 227),
    foreground=(28, 29, 33),
    muted=(104, 107, 117),
    line=(0, 0, 0),
    grey=(170, 173, 181),
    accent=(37, 99, 201),
    on_accent=(255, 255, 255),
    truth=(24, 78, 190),
    mistake=(196, 38, 38),
)
DARK = Theme(
    name="dark",
    background=(22, 23, 27),
    panel=(31, 32, 37),
    raised=(42, 44, 50),
    border=(58, 60, 68),
    foreground=(232, 233, 237),
    muted=(152, 156, 168),
    line=(255, 255, 255),
    grey=(96, 99, 108),
    accent=(110, 162, 255),
    on_accent=(14, 18, 28),
    truth=(120, 168, 255),
    mistake=(255, 122, 112),
)
THEMES = {theme.name: theme for theme in (LIGHT, DARK)}

SMALL, BODY, TITLE = 11, 13, 16
"""Type sizes in pixels at 100 %."""
