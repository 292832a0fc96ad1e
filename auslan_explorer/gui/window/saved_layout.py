"""The window's size and place and its docks as plain numbers and names in the settings.

Not Qt's `saveState` and `saveGeometry`: those bytes go into a parser that a damaged file keeps busy for minutes.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDockWidget, QMainWindow

from auslan_explorer.gui.settings.store import Settings, Value
from auslan_explorer.gui.window.dock_widths import DockWidths
from auslan_explorer.gui.window.docks import SideDocks

_RECTANGLE, _MAXIMIZED, _SHOWN, _LEFT, _RIGHT = "window", "maximized", "docks_shown", "docks_left", "docks_right"
_AREAS = {_LEFT: Qt.DockWidgetArea.LeftDockWidgetArea, _RIGHT: Qt.DockWidgetArea.RightDockWidgetArea}
_SIZE = "dock_{0}"
_FARTHEST = 1 << 15


def layout_values(window: QMainWindow, docks: SideDocks) -> dict[str, Value]:
    """Return what `restore_layout` restores: the window's rectangle, and which docks are shown, where, how large.

    A dock that does not exist is neither shown nor moved.
    """
    size = window.normalGeometry().size() if window.isMaximized() else window.size()
    place = window.normalGeometry().topLeft() if window.isMaximized() else window.pos()
    values: dict[str, Value] = {
        _RECTANGLE: [float(each) for each in (place.x(), place.y(), size.width(), size.height())],
        _MAXIMIZED: window.isMaximized(),
        _SHOWN: [each.objectName() for each in _docks(window) if not each.isHidden()],
    }
    for key, area in _AREAS.items():
        movable = [each.objectName() for each in _docks(window) if each.objectName() not in docks.pages]
        values[key] = [name for name in movable if window.dockWidgetArea(_dock(window, name)) == area]
    for dock in _docks(window):
        if dock.isVisible() and not dock.isFloating():
            values[_SIZE.format(dock.objectName())] = [float(dock.width()), float(dock.height())]
    return values


def restore_layout(window: QMainWindow, docks: SideDocks, widths: DockWidths, settings: Settings) -> None:
    """Restore the window's rectangle and docks as far as they are stored and fit on a screen."""
    _restore_rectangle(window, settings)
    shown = settings.texts(_SHOWN)
    if shown is None:
        docks.leave_one()
        return
    moved = {name for name in settings.texts(_LEFT) or () if name not in docks.pages}
    for name in docks.names:
        if name in shown or name in moved:
            docks.dock(name)
    for dock in _docks(window):
        name = dock.objectName()
        for key, area in _AREAS.items():
            if name not in docks.pages and name in (settings.texts(key) or ()) and dock.isAreaAllowed(area):
                _move(window, dock, area)
        dock.setVisible(name in shown)
    docks.leave_one()
    for dock in _docks(window):
        size = settings.numbers(_SIZE.format(dock.objectName()), 2)
        if size is not None and not dock.isHidden():
            width = round(min(max(size[0], 1), _FARTHEST))
            widths.keep(dock, width)
            window.resizeDocks([dock], [width], Qt.Orientation.Horizontal)
            if dock.objectName() not in docks.pages:
                window.resizeDocks([dock], [round(min(max(size[1], 1), _FARTHEST))], Qt.Orientation.Vertical)


def _restore_rectangle(window: QMainWindow, settings: Settings) -> None:
    numbers = settings.numbers(_RECTANGLE, 4)
    if numbers is not None and all(abs(each) < _FARTHEST for each in numbers):
        x, y, width, height = map(round, numbers)
        screens = [each.availableGeometry() for each in QGuiApplication.screens()]
        on = next((each for each in screens if each.intersects(QRect(x, y, max(width, 1), max(height, 1)))), None)
        room = (on or window.screen().availableGeometry()).size()
        window.resize(QSize(width, height).boundedTo(room).expandedTo(window.minimumSize()))
        if on is not None:
            window.move(QPoint(max(x, on.left()), max(y, on.top())))
    if settings.flag(_MAXIMIZED, False):
        window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)


def _move(window: QMainWindow, dock: QDockWidget, area: Qt.DockWidgetArea) -> None:
    if window.dockWidgetArea(dock) != area:
        window.addDockWidget(area, dock)


def _docks(window: QMainWindow) -> list[QDockWidget]:
    return [each for each in window.findChildren(QDockWidget) if each.objectName()]


def _dock(window: QMainWindow, name: str) -> QDockWidget:
    return next(each for each in _docks(window) if each.objectName() == name)
