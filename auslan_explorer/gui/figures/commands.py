"""Shows the article's figures in the views, as network drawings, or all in a gallery."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.session import TRANSIENT, Session
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.playback.controller import Playback
from auslan_explorer.gui.widgets.dialogs import open_beside
from auslan_explorer.gui.window_port import Reporter


class FigureCommands:
    """Commands that show the article's figures.

    Parameters
    ----------
    session : Session
    playback : Playback
    jobs : Jobs
    reset_views, zoom_to_shown : callable
        Reset both views to show everything, or zoom them to what is shown.
    reporter : Reporter
    parent : QWidget
        Parent of the dialogs.
    """

    def __init__(
        self,
        session: Session,
        playback: Playback,
        jobs: Jobs,
        reset_views: Callable[[], None],
        zoom_to_shown: Callable[[], None],
        reporter: Reporter,
        parent: QWidget,
    ) -> None:
        self._session = session
        self._playback = playback
        self._jobs = jobs
        self._reset_views = reset_views
        self._zoom_to_shown = zoom_to_shown
        self._reporter = reporter
        self._parent = parent
        self._named_mistakes = False
        session.watch(("visible_signs", "splits", "mistakes"), self._on_shown_changed)

    def show(self, number: int) -> None:
        """Show one of the figures, by number; afterwards everything can be changed as usual."""
        from auslan_explorer.draw.presets import figure

        wanted = figure(number, self._session.activations)
        if not wanted.dims:
            self._show_architecture(number)
            return
        self._playback.pause()
        state = wanted.state(self._session.activations)
        # A figure is drawn with the present map, whoever trained it.
        kept = TRANSIENT - {"step"} | {"run_2d", "run_3d"}
        changes: dict[str, Any] = {f.name: getattr(state, f.name) for f in fields(state) if f.name not in kept}
        self._named_mistakes = False
        self._session.update(**changes)
        self._named_mistakes = wanted.mistakes_in is not None
        self._reset_views()
        if wanted.signs or wanted.compares:
            self._zoom_to_shown()

    def _on_shown_changed(self) -> None:
        """Remove the names of mistakes that a figure has brought, once other signs or splits are shown."""
        if self._named_mistakes:
            self._named_mistakes = False
            # Not within the change that is being announced, so that everyone hears of the two in this order.
            QTimer.singleShot(0, self._parent, lambda: self._session.update(mistakes=False))

    def _show_architecture(self, number: int) -> None:
        from auslan_explorer.gui.figures.architecture import ArchitectureDialog
        from auslan_explorer.io.model_lookup import with_networks

        try:
            found = with_networks(self._session.activations)
            open_beside(ArchitectureDialog(number, found, self._parent))
        except UserError as error:
            self._reporter.show_error(str(error))

    def open_gallery(self) -> None:
        """Open the gallery, which follows the activations."""
        from auslan_explorer.gui.figures.gallery import GalleryDialog

        session = self._session
        dialog = GalleryDialog(session.activations, self._jobs, self._parent)
        dialog.chosen.connect(self.show)
        open_beside(dialog)

        def refresh() -> None:
            dialog.show_data(session.activations)

        session.data_changed.connect(refresh)
        dialog.destroyed.connect(lambda: session.data_changed.disconnect(refresh))
