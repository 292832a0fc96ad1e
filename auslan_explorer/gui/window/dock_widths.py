"""Widths of the docks: wider for larger text, as far as the map keeps its room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QDockWidget, QMainWindow

from auslan_explorer.gui.style import UNIT, text_scale

_Area = Qt.DockWidgetArea
FIRST_WIDTHS = {_Area.LeftDockWidgetArea: 35 * UNIT, _Area.RightDockWidgetArea: 44 * UNIT}
"""Width in pixels on each side before anybody has dragged it, with text of 100 %."""


def share_width(least: Sequence[int], wanted: Sequence[float], room: int) -> list[int]:
    """Return widths of docks, as wide as wanted where all together take half of a window's width at most.

    Parameters
    ----------
    least : sequence of int
        Pixels; none becomes narrower, even where they take more than half.
    wanted : sequence of float
        Pixels.
    room : int
        Width of the window.
    """
    more = [max(want - width, 0.0) for width, want in zip(least, wanted, strict=True)]
    left = max(room / 2 - sum(least), 0.0)
    share = min(left / sum(more), 1.0) if sum(more) else 0.0
    return [round(width + share * extra) for width, extra in zip(least, more, strict=True)]


class DockWidths(QObject):
    """Gives docks widths that suit the text size; what a person drags one to is kept, and scaled with the text."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._scale = text_scale()
        self._dragged: dict[Qt.DockWidgetArea, tuple[int, float]] = {}
        self._before: dict[Qt.DockWidgetArea, int] = {}
        window.installEventFilter(self)

    def keep(self, dock: QDockWidget, width: int) -> None:
        """Remember a width that a person chose."""
        self._dragged[self._window.dockWidgetArea(dock)] = width, text_scale()

    def fit(self) -> None:
        """Give each side's docks the width that they were dragged to, or one that suits the text."""
        self._scale = text_scale()
        shown, room = self._shown(), self._window.width()
        widths = share_width([self._least(area) for area in shown], [self._wanted(area, room) for area in shown], room)
        self._window.resizeDocks(list(shown.values()), widths, Qt.Orientation.Horizontal)

    def fit_to_text(self) -> None:
        """Give the docks that are shown widths that suit a text size that was just chosen."""
        if text_scale() != self._scale:
            self.fit()

    def _least(self, area: Qt.DockWidgetArea) -> int:
        first = FIRST_WIDTHS[area]
        width, scale = self._dragged.get(area, (first, 1.0))
        # With large text a dock may have been as narrow as the window asked for.
        return max(round(width / scale), min(width, first))

    def _wanted(self, area: Qt.DockWidgetArea, room: int) -> float:
        width, scale = self._dragged.get(area, (0, 0.0))
        return width if scale == self._scale else min(self._least(area) * self._scale, room / 3)

    def _shown(self) -> dict[Qt.DockWidgetArea, QDockWidget]:
        docks = [dock for dock in self._window.findChildren(QDockWidget) if not (dock.isHidden() or dock.isFloating())]
        return {self._window.dockWidgetArea(dock): dock for dock in docks}

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The window itself is pressed where a separator is; it moves docks a moment later.
        if event.type() == QEvent.Type.MouseButtonPress:
            self._before = {area: dock.width() for area, dock in self._shown().items()}
        elif event.type() == QEvent.Type.MouseButtonRelease:
            QTimer.singleShot(0, self, self._note_dragged)
        elif event.type() == QEvent.Type.Resize and text_scale() > 1:
            QTimer.singleShot(0, self, self.fit)
        return False

    def _note_dragged(self) -> None:
        for area, dock in self._shown().items():
            if dock.width() != self._before.get(area, dock.width()):
                self.keep(dock, dock.width())
