"""What the rest of the window can ask of a view."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import numpy as np
from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from auslan_explorer.core.session import Session
from auslan_explorer.draw.theme import Theme
from auslan_explorer.draw.view import Camera, View2D
from auslan_explorer.gui.views.common.legend import LegendCursor


class View(Protocol):
    """What the rest of the window can ask of a view. A view follows the session by itself.

    Signals
    -------
    render_pending()
        An image of the new state is being rendered in a thread, and the image on screen is outdated. A view that
        draws in its paint event sends neither this signal nor `rendered`.
    rendered()
        An image of the new state, perhaps a coarse one, is ready to be painted.
    presented(step)
        A new image has been painted, with paths drawn up to that step.

    Attributes
    ----------
    widget : QWidget
        The view as a widget.
    legend_cursor : LegendCursor or None
        Keyboard navigation in the view's legend; None if the view cannot draw.
    """

    @property
    def render_pending(self) -> SignalInstance: ...

    @property
    def rendered(self) -> SignalInstance: ...

    @property
    def presented(self) -> SignalInstance: ...

    @property
    def widget(self) -> QWidget: ...

    @property
    def legend_cursor(self) -> LegendCursor | None: ...

    def set_theme(self, theme: Theme) -> None:
        """Draw with another theme."""

    def reset_view(self) -> None:
        """Zoom and pan (in 3-D, also turn) back to where everything is shown."""

    def zoom_to(self, recordings: np.ndarray) -> None:
        """Zoom and move (in 3-D, without turning) to where some recordings fill the view; bool, shape (recordings,)."""

    def is_current(self) -> bool:
        """Return whether the image on screen shows the current step; also True while the view is hidden."""

    def is_sharp(self) -> bool:
        """Return whether the image on screen is a full one of the present state."""

    def picture_view(self) -> View2D | Camera | None:
        """Return the view or camera for an exported picture; None if nothing is drawn."""

    def viewpoint(self) -> tuple[float, ...] | None:
        """Return the viewpoint as numbers for `set_viewpoint`; None if the user has not chosen one."""

    def set_viewpoint(self, viewpoint: tuple[float, ...]) -> None:
        """Set the viewpoint, as if the user had chosen it."""

    def dispose(self) -> None:
        """Disconnect from the session and stop threads. Called before the window closes; a second call does nothing."""


ViewFactory = Callable[[Session, QWidget | None], View]
