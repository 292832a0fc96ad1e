"""Tool buttons, whose icons grow with the text."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QToolButton, QWidget

from auslan_explorer.gui import icons
from auslan_explorer.gui.style import scaled, text_scale

_ICON = QSize(16, 16)


def grown_icon(size: QSize) -> QSize:
    """Return the size of an icon beside the text: half as much larger as the text, since its strokes are bolder."""
    return size * ((1 + text_scale()) / 2)


class ToolButton(QToolButton):
    """Tool button whose icon, and whose own size where it has a fixed one, grow with the text.

    Parameters
    ----------
    parent : QWidget
    icon_size : QSize
        In pixels at 100 %.
    """

    def __init__(self, parent: QWidget, icon_size: QSize = _ICON) -> None:
        super().__init__(parent)
        self._icon_size = icon_size
        self._side = 0
        self._fit()

    def set_side(self, pixels: int) -> None:
        """Give the button a fixed side length, in pixels at 100 %."""
        self._side = pixels
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        self.setIconSize(grown_icon(self._icon_size))
        if self._side:
            self.setFixedSize(scaled(self._side), scaled(self._side))


def tool_button(
    parent: QWidget,
    name: str = "",
    tooltip: str = "",
    *,
    icon: str = "",
    role: str = "foreground",
    size: QSize | None = None,
) -> ToolButton:
    """Return a tool button.

    Parameters
    ----------
    parent : QWidget
    name : str
        For screen readers.
    tooltip : str
        By default the name.
    icon, role : str
        As `icons.icon` takes them; no icon by default.
    size : QSize, optional
        Of the icon, in pixels at 100 %; by default 16 by 16.
    """
    button = ToolButton(parent, size or _ICON)
    button.setAccessibleName(name)
    button.setToolTip(tooltip or name)
    if icon:
        button.setIcon(icons.icon(icon, role))
    # Reachable by Tab; a click does not take the focus, so that Space still plays.
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
