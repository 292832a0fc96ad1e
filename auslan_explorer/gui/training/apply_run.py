"""Shows the map of a saved run: loads it in the background, adds it to the session and selects it there.

Also says which runs can be compared.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.projection import Projection
from auslan_explorer.core.session import Session
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.training.run_library import RunLibrary
from auslan_explorer.workflows.runs import read_map

if TYPE_CHECKING:
    from auslan_explorer.training.runs import RunInfo


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


def apply_disabled_reason(runs: Sequence[RunInfo], activations: Activations) -> str:
    """Return why the map of what is chosen cannot be shown; empty if it can."""
    if not runs:
        return tr("Choose a run first")
    if len(runs) > 1:
        return tr("Choose one run alone; of several, only Compare shows the maps")
    return runs[0].damaged or runs[0].refusal(activations)


def compare_disabled_reason(runs: Sequence[RunInfo], activations: Activations) -> str:
    """Return why runs cannot be compared; empty if they can.

    One run is compared with the map that the network came with; runs of two networks are measured on other things.
    """
    if not runs:
        return tr("Choose one run, to see it beside the map that came with the network, or several with Ctrl")
    if any(info.damaged for info in runs):
        return next(info.damaged for info in runs if info.damaged)
    if len({info.activations for info in runs}) > 1:
        return tr("These runs were trained on different networks; their figures do not measure the same")
    if len(runs) == 1 and not runs[0].belongs_to(activations):
        return runs[0].refusal(activations)
    if len(runs) == 1 and runs[0].dims not in activations.projections:
        return tr("This network came with no {0}-D map to compare the run with; choose a second run", runs[0].dims)
    return ""
