"""Colour palettes that a person may choose from; all are safe for colour-blind people."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

RGB = tuple[int, int, int]


@dataclass(frozen=True)
class ColourSet:
    """Categorical palette for signs, most different colours first; for more signs than colours, Glasbey's is used."""

    title: str
    colours: tuple[RGB, ...]


# Okabe and Ito 2008. Black is left out, and yellow comes last: either is lost on one of the two backgrounds.
OKABE_ITO = (
    (0, 114, 178), (213, 94, 0), (0, 158, 115), (204, 121, 167), (86, 180, 233), (230, 159, 0), (240, 228, 66),
)  # fmt: skip
# Found by a search for the least difference (CIEDE2000) between any two, to normal, deuteranopic and protanopic eyes.
EIGHT_APART = (
    (0, 108, 180), (204, 132, 0), (180, 60, 84), (0, 144, 132), (120, 108, 0), (144, 132, 240), (240, 96, 156),
    (192, 120, 96),
)  # fmt: skip
_DARKEST, _LIGHTEST = 0.135, 0.295
"""Relative luminances between which a colour stands out 3 to 1 from both backgrounds."""


def luminance(colours: np.ndarray) -> np.ndarray:
    """Return the relative luminance of sRGB bytes as WCAG 2 defines it, shape (..., 3) to (...)."""
    return _linear(colours) @ np.array([0.2126, 0.7152, 0.0722])


def _linear(colours: np.ndarray) -> np.ndarray:
    share = np.asarray(colours) / 255.0
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)


def _readable(colours: tuple[RGB, ...]) -> tuple[RGB, ...]:
    """Darken or lighten those colours that would be lost on one of the backgrounds, keeping their hue."""
    out = []
    for rgb in colours:
        now = float(luminance(np.array(rgb)))
        light = np.minimum(_linear(np.array(rgb)) * (min(max(now, _DARKEST), _LIGHTEST) / now), 1.0)
        r, g, b = np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055) * 255
        out.append((int(r), int(g), int(b)))
    return tuple(out)


# Tol 2021, "bright" and "vibrant", without their greys, which mean "not selected" here.
TOL_BRIGHT = _readable(
    ((68, 119, 170), (238, 102, 119), (34, 136, 51), (204, 187, 68), (102, 204, 238), (170, 51, 119))
)
TOL_VIBRANT = _readable(((0, 119, 187), (238, 119, 51), (0, 153, 136), (238, 51, 119), (51, 187, 238), (204, 51, 17)))

SIGN_SETS = {
    "apart": ColourSet("Eight colours far apart", EIGHT_APART),
    "tol-bright": ColourSet("Tol’s bright, six colours", TOL_BRIGHT),
    "tol-vibrant": ColourSet("Tol’s vibrant, six colours", TOL_VIBRANT),
}
"""All stand out at least 3 to 1 from either background."""
TIME_MAPS = {
    "viridis": ("Viridis, violet to yellow", "matplotlib:viridis"),
    "cividis": ("Cividis, blue to yellow", "cividis"),
    "imola": ("Imola, blue to light green", "crameri:imola"),
}
"""Title and name in the catalogue of cmap. All run from dark to light, as the explanations say, and print in grey."""


@dataclass
class _Chosen:
    time: str = "viridis"
    signs: str = "apart"


_chosen = _Chosen()


def set_palettes(*, time: str | None = None, signs: str | None = None) -> None:
    """Set the colour map of time and the palette of signs for the whole program; None leaves one as it is.

    Raises
    ------
    KeyError
        If there is no such set.
    """
    for asked, offered in ((time, TIME_MAPS), (signs, SIGN_SETS)):
        if asked is not None and asked not in offered:
            raise KeyError(asked)
    _chosen.time = time or _chosen.time
    _chosen.signs = signs or _chosen.signs


def are_default() -> bool:
    """Return whether the palettes are the ones that a command draws with."""
    return (_chosen.time, _chosen.signs) == (_Chosen().time, _Chosen().signs)


def time_map() -> str:
    """Return the name of the chosen colour map of time in the catalogue of cmap."""
    return TIME_MAPS[_chosen.time][1]


def sign_set() -> tuple[RGB, ...]:
    """Return the chosen colours of signs, for as many signs as there are colours."""
    return SIGN_SETS[_chosen.signs].colours
