"""The user's preferences with their defaults and limits."""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from auslan_explorer import paths
from auslan_explorer.core import palettes
from auslan_explorer.draw.film_settings import FilmSettings
from auslan_explorer.draw.theme import Theme
from auslan_explorer.gui.settings.store import Settings
from auslan_explorer.gui.signs import signbank
from auslan_explorer.gui.style import TEXT_SIZES, Look

CORES = os.cpu_count() or 1


@dataclass(frozen=True)
class Preferences:
    """The preferences; each is saved in the settings file under its own name.

    Attributes
    ----------
    look : Look
    text_size : int
        Percent.
    reduce_motion : bool
        Whether animations are turned off.
    time_colours, sign_colours : str
        Keys of `palettes.TIME_MAPS` and `palettes.SIGN_SETS`.
    export_folder : str
        Initial folder of exports; empty for the home folder.
    training_threads : int
        Processor threads for a training; 0 for all.
    film_width, film_height : int
        Pixels.
    film_rate : int
        Frames per second.
    signbank_address : str
        With ``{word}`` for the sign's name.
    cluster_address : str
        Of a Dask cluster's scheduler; empty for none.
    """

    look: Look = Look.SYSTEM
    text_size: int = 100
    reduce_motion: bool = False
    time_colours: str = "viridis"
    sign_colours: str = "apart"
    export_folder: str = ""
    training_threads: int = 0
    film_width: int = 1920
    film_height: int = 1080
    film_rate: int = 25
    signbank_address: str = signbank.TEMPLATE
    cluster_address: str = ""


_WORDS: dict[str, Collection[str]] = {
    "look": [each.value for each in Look],
    "time_colours": palettes.TIME_MAPS,
    "sign_colours": palettes.SIGN_SETS,
}
LIMITS: dict[str, tuple[int, int]] = {
    "text_size": TEXT_SIZES,
    "training_threads": (0, CORES),
    "film_width": (160, 3840),
    "film_height": (120, 3840),
    "film_rate": (1, 120),
}
"""Minimum and maximum of the numeric preferences."""


def read_preferences(settings: Settings) -> Preferences:
    """Return the preferences of the settings file; missing or invalid ones have their default."""
    found: dict[str, Any] = {}
    for field in fields(Preferences):
        name, default = field.name, field.default
        if isinstance(default, bool):
            found[name] = settings.flag(name, default)
        elif isinstance(default, int):
            least, most = LIMITS[name]
            value = settings.number(name, default)
            found[name] = int(value) if value == int(value) and least <= value <= most else default
        elif isinstance(default, Look):
            found[name] = Look(settings.text(name, default.value, _WORDS[name]))
        else:
            found[name] = settings.text(name, str(default), _WORDS.get(name, ()))
    if "{word}" not in found["signbank_address"]:
        found["signbank_address"] = signbank.TEMPLATE
    return Preferences(**found)


def save_preferences(settings: Settings, chosen: Preferences) -> None:
    """Save the preferences in the settings file."""
    values = {field.name: getattr(chosen, field.name) for field in fields(Preferences)}
    settings.set_values({**values, "look": chosen.look.value})


def export_folder(settings: Settings) -> Path:
    """Return the initial folder of exports: the preferred one if it exists, else the home folder."""
    chosen = read_preferences(settings).export_folder
    folder = Path(os.path.expanduser(chosen)) if chosen else paths.home_dir()
    return folder if folder.is_dir() else paths.home_dir()


def default_film_settings(settings: Settings, theme: Theme) -> FilmSettings:
    """Return the initial settings of a film: preferred size and rate, and the window's theme."""
    chosen = read_preferences(settings)
    fps = float(chosen.film_rate)
    return FilmSettings(width=chosen.film_width, height=chosen.film_height, fps=fps, theme=theme.name)
