"""Texts of the tour, and the parts of the window that they are about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtWidgets import QWidget

from auslan_explorer.gui.actions.menus import ActionId


class WindowPart(Enum):
    """Parts of the window that the tour and help refer to."""

    VIEWS = auto()
    SIGN_LIST = auto()
    PLAYBACK = auto()
    INSPECTOR = auto()
    HELP_BUTTON = auto()


PartFinder = Callable[[WindowPart], QWidget | None]
"""Returns the widget of a part of the window, or None."""


@dataclass(frozen=True)
class Stop:
    """One card of the tour.

    Attributes
    ----------
    title, text : str
    part : WindowPart or ActionId
        A part of the window, or an action whose menu is meant.
    """

    title: str
    text: str
    part: WindowPart | ActionId


STOPS = (
    Stop(
        "A point",
        "is what the network holds in memory after one step of a recording, squeezed to two numbers, or three. Points "
        "close together are moments that the network sees as alike.",
        WindowPart.VIEWS,
    ),
    Stop(
        "A path",
        "is one recording of a sign, from its first step (dark) to its last (light). All begin together and part as "
        "the network makes up its mind; the sign’s name stands where they end.",
        WindowPart.VIEWS,
    ),
    Stop(
        "Select",
        "Click a path, a name or a sign in this list, and the rest steps back. Tick signs to show or hide them; typing "
        "finds signs, and filters such as “session:3” or “wrong”.",
        WindowPart.SIGN_LIST,
    ),
    Stop(
        "Play",
        "Space plays the paths step by step, as the network saw the sign being made. The slider goes to any step.",
        WindowPart.PLAYBACK,
    ),
    Stop(
        "Look closer",
        "The inspector says what the network answers at every step, what its units do, and which recordings are "
        "most like the one selected.",
        WindowPart.INSPECTOR,
    ),
    Stop(
        "Retrain",
        "The map is itself learned. Train it again on your machine, watch it take shape, and compare what stays.",
        ActionId.RETRAIN,
    ),
    Stop(
        "Export",
        "Save what you see as a picture, a film, a table, or a session to go on with. Ctrl+K finds everything, and F1 "
        "opens the guide.",
        ActionId.EXPORT_PICTURE,
    ),
)
