"""Menu of a network's layers and cell states: chooses which of them is shown."""

from __future__ import annotations

from dataclasses import fields
from functools import partial

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from auslan_explorer.core.session import Session, SessionState
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.widgets.text import menu_text
from auslan_explorer.gui.window_port import Reporter
from auslan_explorer.workflows.opening import Opened, find_maps

_OF_LAYER = frozenset({"run_2d", "run_3d"})
"""Fields of the state that another layer does not take over."""


class LayerMenu(QMenu):
    """Lists the layers of the open activations; hidden where there is one alone."""

    def __init__(self, session: Session, jobs: Jobs, reporter: Reporter, parent: QWidget) -> None:
        super().__init__(tr("Layer"), parent)
        self._session = session
        self._jobs = jobs
        self._reporter = reporter
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
            action.triggered.connect(lambda _=False, name=layer.name: self.show_layer(name))
        self.menuAction().setVisible(len(a.layers) > 1)

    def show_layer(self, name: str) -> None:
        """Show another layer of the open activations, once its maps are found beside the window."""
        before = self._session.activations
        if name == before.layer:
            return

        def take(opened: Opened) -> None:
            if self._session.activations is before:
                show_layer(self._session, opened)

        job = self._jobs.start(
            tr("Opening {0}", name), partial(find_maps, before.with_layer(name)), makes_something=False
        )
        job.done.connect(take)
        job.failed.connect(self._reporter.show_error)


def show_layer(session: Session, opened: Opened) -> None:
    """Show another layer of the same recordings; what is selected, shown and coloured stays."""
    before = session.state
    opened.show_in(session)
    kept = {field.name for field in fields(SessionState)} - _OF_LAYER
    session.update(**{field: getattr(before, field) for field in kept})
