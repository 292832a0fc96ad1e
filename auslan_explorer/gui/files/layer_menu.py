"""Menu of a network's layers and cell states: chooses which of them is shown."""

from __future__ import annotations

from dataclasses import fields
from functools import partial

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from auslan_explorer.core.session import Session, SessionState
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.widgets.text import menu_text

_OF_LAYER = frozenset({"run_2d", "run_3d"})
"""Fields of the state that another layer does not take over."""


class LayerMenu(QMenu):
    """Lists the layers of the open activations; hidden where there is one alone."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(tr("Layer"), parent)
        self._session = session
        self._group = QActionGroup(self)
        session.data_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """List the layers of the open activations."""
        self.clear()
        a = self._session.activations
        for layer in a.layers:
            action = self.addAction(menu_text(layer.name))
            action.setCheckable(True)
            action.setChecked(layer.name == a.layer)
            self._group.addAction(action)
            action.triggered.connect(partial(self._show, layer.name))
        self.menuAction().setVisible(len(a.layers) > 1)

    def _show(self, name: str, _checked: bool = False) -> None:
        if name != self._session.activations.layer:
            show_layer(self._session, name)


def show_layer(session: Session, name: str) -> None:
    """Show another layer of the same recordings; what is selected, shown and coloured stays.

    Raises
    ------
    UserError
        If there is no such layer.
    """
    before = session.state
    session.open(session.activations.with_layer(name))
    kept = {field.name for field in fields(SessionState)} - _OF_LAYER
    session.update(**{field: getattr(before, field) for field in kept})
