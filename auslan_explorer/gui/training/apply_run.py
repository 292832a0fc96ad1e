"""Shows the map of a saved run: loads it in the background, adds it to the session and selects it there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.projection import Projection
from auslan_explorer.core.session import Session
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.training.run_library import RunLibrary
from auslan_explorer.training.runs import RunInfo
from auslan_explorer.workflows.runs import read_map


class RunApplier(QObject):
    """Loads the maps of saved runs into the session and shows them.

    Signals
    -------
    failed(sentence)
        A run's map could not be read, or does not fit the open activations.
    """

    failed = Signal(str)

    def __init__(self, session: Session, jobs: Jobs, library: RunLibrary, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._jobs = jobs
        self._shelf = library

    def show_run(self, info: RunInfo) -> None:
        """Show a run's map in the 2-D or 3-D view, as one undoable change."""
        self.load_then(info, lambda _: self._session.update(**{f"run_{info.dims}d": info.id}))

    def load_then(self, info: RunInfo, then: Callable[[Projection], None]) -> None:
        """Load a run's map into the session if it is not there yet, then call `then` with the projection.

        The map is read in the background; nothing is called if other activations have been opened meanwhile. Errors
        come through `failed`.
        """
        session, activations = self._session, self._session.activations
        if session.has_projection(info.id):
            then(session.projection_named(info.id))
            return
        refusal = info.refusal(activations)
        if refusal:
            self.failed.emit(refusal)
            return

        def take(projection: Projection) -> None:
            if session.activations is not activations:
                return
            try:
                session.add_projection(info.id, projection)
            except UserError as error:
                self.failed.emit(str(error))
                return
            then(projection)

        job = self._jobs.start(
            tr("Reading the run"), partial(read_map, self._shelf.store, info.id, activations), makes_something=False
        )
        job.done.connect(take)
        job.failed.connect(lambda sentence, _: self.failed.emit(sentence))
