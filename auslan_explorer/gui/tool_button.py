"""Tool buttons."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QToolButton, QWidget

from auslan_explorer.gui import icons


def tool_button(
    parent: QWidget,
    name: str = "",
    tooltip: str = "",
    *,
    icon: str = "",
    role: str = "foreground",
    size: QSize | None = None,
) -> QToolButton:
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
        Of the icon, in pixels; by default the style's, 16 by 16.
    """
    button = QToolButton(parent)
    button.setAccessibleName(name)
    button.setToolTip(tooltip or name)
    if icon:
        button.setIcon(icons.icon(icon, role))
    if size is not None:
        button.setIconSize(size)
    # Reachable by Tab; a click does not take the focus, so that Space still plays.
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
