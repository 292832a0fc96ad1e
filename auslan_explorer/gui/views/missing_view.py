"""What stands where a view cannot be, or is not yet."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from auslan_explorer.draw.theme import Theme
from auslan_explorer.gui.style import current_theme
from auslan_explorer.gui.views.scatter3d.window_surface import hold_surface
from auslan_explorer.gui.widgets.empty_state import EmptyState


class MissingView(EmptyState):
    """Placeholder for a view whose libraries are missing; shows the reason."""

    render_pending = Signal()
    rendered = Signal()
    presented = Signal(int)
    legend_cursor = None

    @property
    def widget(self) -> QWidget:
        """The view as a widget."""
        return self

    def set_theme(self, theme: Theme) -> None:
        """Do nothing: the style sheet of the window applies."""

    def reset_view(self) -> None:
        """Do nothing: there is no view to reset."""

    def zoom_to(self, recordings: np.ndarray) -> None:
        """Do nothing: nothing is drawn."""

    def is_current(self) -> bool:
        """Return True: nothing is rendered."""
        return True

    def is_sharp(self) -> bool:
        """Return True: nothing is rendered."""
        return True

    def picture_view(self) -> None:
        """Return None: nothing is drawn."""

    def viewpoint(self) -> None:
        """Return None: there is no viewpoint."""

    def set_viewpoint(self, viewpoint: tuple[float, ...]) -> None:
        """Do nothing."""

    def dispose(self) -> None:
        """Do nothing."""


class ComingView(QWidget):
    """Holds the place of a 3-D view that is made after the window's first picture, in the colour of its background."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        hold_surface(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(*current_theme().background))
