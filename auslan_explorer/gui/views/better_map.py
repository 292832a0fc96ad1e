"""The offer to train a map in place of principal components, in the header of a pane."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from auslan_explorer.core.projection import PCA
from auslan_explorer.core.session import Session
from auslan_explorer.gui import icons
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.style import UNIT
from auslan_explorer.gui.tool_button import ToolButton

_BESIDE = 22 * UNIT
"""Pixels of a header for what stands beside the words."""


class BetterMapButton(ToolButton):
    """Button that stands there while a view shows principal components; a click asks for a trained map.

    Parameters
    ----------
    dims : int
        2 or 3.
    session : Session
    parent : QWidget
    """

    def __init__(self, dims: int, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._dims, self._session = dims, session
        self.setText(tr("Train a better map"))
        self.setAccessibleName(self.text())
        self.setIcon(icons.icon("graduation-cap", "accent"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.set_off("")
        session.watch((f"run_{dims}d",), self._show_where_needed)
        session.data_changed.connect(self._show_where_needed)
        session.paths_changed.connect(self._on_paths_changed)
        self._show_where_needed()

    def set_off(self, reason: str) -> None:
        """Say why no map can be trained now; empty if one can."""
        self.setEnabled(not reason)
        offer = tr(
            "This map shows principal components. A trained one keeps more of what lies near and what far apart; the"
            " dock “Retrain” shows its settings, how long it takes and how far it is."
        )
        self.setToolTip(reason or offer)

    def fit_into(self, width: int) -> None:
        """Show words in a header of so many pixels where they have room, else the icon alone."""
        wide = width > self.fontMetrics().horizontalAdvance(self.text()) + _BESIDE
        style = Qt.ToolButtonStyle
        self.setToolButtonStyle(style.ToolButtonTextBesideIcon if wide else style.ToolButtonIconOnly)

    def _on_paths_changed(self, dims: int) -> None:
        if dims == self._dims:
            self._show_where_needed()

    def _show_where_needed(self) -> None:
        projection = self._session.projections.get(self._dims)
        principal = projection is not None and projection.axis_word == PCA
        self.setVisible(principal and not self._session.is_learning(self._dims))
