"""What the tour says, and of which part of the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QMenu, QWidget

if TYPE_CHECKING:
    from auslan_explorer.gui.window.main_window import MainWindow


@dataclass(frozen=True)
class Stop:
    """One card of the tour.

    Attributes
    ----------
    title, text : str
    where : callable
        Given the window, the part of it that is spoken of, in the window's own coordinates.
    """

    title: str
    text: str
    where: Callable[[MainWindow], QRect]


def _rect(window: MainWindow, widget: QWidget | None) -> QRect:
    if widget is None or not widget.isVisible():
        return QRect()
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def the_map(window: MainWindow) -> QRect:
    """Return where the views are."""
    return _rect(window, window.views)


def _signs(window: MainWindow) -> QRect:
    return _rect(window, window.signs)


def _playback(window: MainWindow) -> QRect:
    return _rect(window, window.bar)


def _inspector(window: MainWindow) -> QRect:
    dock = window.inspector_dock
    return _rect(window, dock if dock.isVisible() else window.toolbar.inspector)


def _menu_of(key: str) -> Callable[[MainWindow], QRect]:
    """Return what finds the menu in which an action stands."""

    def where(window: MainWindow) -> QRect:
        bar = window.menuBar()
        for entry in bar.actions():
            menu = entry.menu()
            if isinstance(menu, QMenu) and any(action.objectName() == key for action in menu.actions()):
                return bar.actionGeometry(entry).translated(bar.mapTo(window, QPoint(0, 0)))
        return QRect()

    return where


STOPS = (
    Stop(
        "A point",
        "is what the network holds in memory after one step of a recording, squeezed to two numbers, or three. Points "
        "close together are moments that the network sees as alike.",
        the_map,
    ),
    Stop(
        "A path",
        "is one recording of a sign, from its first step (dark) to its last (light). All begin together and part as "
        "the network makes up its mind; the sign’s name stands where they end.",
        the_map,
    ),
    Stop(
        "Select",
        "Click a path, a name or a sign in this list, and the rest steps back. Tick signs to show or hide them; typing "
        "finds signs, and filters such as “session:3” or “wrong”.",
        _signs,
    ),
    Stop(
        "Play",
        "Space plays the paths step by step, as the network saw the sign being made. The slider goes to any step.",
        _playback,
    ),
    Stop(
        "Look closer",
        "The inspector says what the network answers at every step, what its units do, and which recordings are "
        "most like the one selected.",
        _inspector,
    ),
    Stop(
        "Retrain",
        "The map is itself learned. Train it again on your machine, watch it take shape, and compare what stays.",
        _menu_of("retrain"),
    ),
    Stop(
        "Export",
        "Save what you see as a picture, a film, a table, or a session to go on with. Ctrl+K finds everything, and F1 "
        "opens the guide.",
        _menu_of("export_picture"),
    ),
)
