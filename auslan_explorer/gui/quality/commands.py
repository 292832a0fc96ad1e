"""Commands of the quality actions: they measure in the background, then change the session's state."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Signal

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.ensemble import Ensemble
from auslan_explorer.core.network import Autoencoder
from auslan_explorer.core.projection import PointQuality, Projection
from auslan_explorer.core.session import OF_MAP, Colouring, Session
from auslan_explorer.draw.spread import MOST_ELLIPSES
from auslan_explorer.gui.i18n import mark, tr
from auslan_explorer.gui.jobs import Job, Jobs
from auslan_explorer.gui.quality.landscape import LandscapeCommands
from auslan_explorer.gui.quality.resting import RestingCommands
from auslan_explorer.gui.recording_frames import RecordingFrames
from auslan_explorer.gui.window_port import Reporter
from auslan_explorer.workflows import quality

_TITLES = {
    Colouring.ERROR: mark("Measuring reconstruction error"),
    Colouring.TRUST: mark("Measuring trustworthiness"),
    Colouring.CONTINUITY: mark("Measuring continuity"),
    Colouring.DISTORTION: mark("Measuring step distortion"),
}


class QualityCommands(QObject):
    """Colours by the map's quality, and holds the ensemble of the open activations.

    Signals
    -------
    ensemble_changed()
        There is another ensemble, or it has been aligned to another map.
    changed()
        A disabled reason may have changed.

    Attributes
    ----------
    ensemble : Ensemble or None
        Aligned to the 2-D map; None before it was searched for, or if there is none.
    sought : bool
        Whether the search for it is over.
    landscape : LandscapeCommands
    resting : RestingCommands
    """

    ensemble_changed = Signal()
    changed = Signal()

    def __init__(
        self, session: Session, jobs: Jobs, reporter: Reporter, frames: RecordingFrames, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._reporter, self._session, self._jobs = reporter, session, jobs
        self._autoencoders: dict[str, Autoencoder | None] = {}
        self._job: Job | None = None
        self._tried: tuple[object, ...] = ()
        self._seeking: Job | None = None
        self.ensemble: Ensemble | None = None
        self.sought = False
        self.landscape = LandscapeCommands(session, jobs, reporter, self.autoencoder, self)
        self.resting = RestingCommands(session, jobs, reporter, frames, self)
        session.watch(("colouring", "neighbours", "run_2d", "run_3d"), self._on_state_changed)
        session.watch(("run_2d", "run_3d"), self._on_map_changed)
        session.watch(("spread",), self._find_ensemble_for_spread)
        session.data_changed.connect(self._reset)

    # ------------------------------------------------------------------------------------------------- queries
    def disabled_reason(self, colouring: Colouring) -> str:
        """Return why a colouring is not available, as far as is known; empty if it is."""
        projections = self._session.projections.values()
        if not projections:
            return tr("There is no map to measure.")
        if colouring is Colouring.ERROR and all(
            self._autoencoders.get(p.fingerprint, p.fingerprint or None) is None for p in projections
        ):
            return tr(quality.NO_AUTOENCODER)
        return ""

    def spread_disabled_reason(self) -> str:
        """Return why the spread cannot be drawn; empty if it can, or before the ensemble was searched for."""
        if 2 not in self._session.projections:
            return tr("The spread is drawn on the 2-D map, and these activations have none.")
        if self.sought and self.ensemble is None:
            return tr("No ensemble of maps is at hand for these activations; train one in “What survives retraining”.")
        return ""

    def flow_disabled_reason(self) -> str:
        """Return why the flow cannot be drawn; empty if it can."""
        if 2 not in self._session.projections:
            return tr("The flow is drawn on the 2-D map, and these activations have none.")
        return ""

    def autoencoder(self, projection: Projection) -> Autoencoder | None:
        """Return the autoencoder of a projection; None if it is not available."""
        name = projection.fingerprint
        if name not in self._autoencoders:
            run = self._session.state.run(projection.dims)
            self._autoencoders[name] = quality.find_autoencoder(self._session.activations, projection, run)
        return self._autoencoders[name]

    # ------------------------------------------------------------------------------------------------- commands
    def colour_by(self, colouring: Colouring) -> None:
        """Colour the map by a quality measure, measured first in the background if necessary."""
        self._measure(colouring, self._session.state.neighbours, {"colouring": colouring})

    def set_neighbours(self, neighbours: int) -> None:
        """Set the number of neighbours of the measures; the colours change once these are measured."""
        state = self._session.state
        if state.colouring in (Colouring.TRUST, Colouring.CONTINUITY):
            self._measure(state.colouring, neighbours, {"neighbours": neighbours})
        else:
            self._session.update(neighbours=neighbours)

    def toggle_spread(self) -> None:
        """Show or hide the spread's ellipses; the ensemble is loaded first."""
        if self._session.state.spread:
            self._session.update(spread=False)
        else:
            self.find_ensemble(self._show_spread)

    def _show_spread(self) -> None:
        self._session.update(spread=self.ensemble is not None)
        shown = self._session.shown()
        picked = shown & self._session.state.selected.mask(len(shown))
        signs = len(np.unique(self._session.activations.sign[picked if picked.any() else shown]))
        if self._session.state.spread and signs > MOST_ELLIPSES:
            self._reporter.show_notice(tr("Point at a path, or select a few signs, to see how far they spread."))

    def find_ensemble(self, then: object = None) -> None:
        """Search for the ensemble of the open activations, then call `then` without arguments."""
        if self.sought:
            if callable(then):
                then()
            return
        if self._seeking is None:
            activations, projection = self._session.activations, self._session.projections.get(2)
            job = self._jobs.start(
                tr("Reading the ensemble of maps"),
                partial(quality.find_laid_ensemble, activations, projection),
                makes_something=False,
            )
            job.done.connect(lambda ensemble: self._on_ensemble_laid(activations, projection, ensemble))
            job.failed.connect(self._reporter.show_error)
            job.finished.connect(self._on_search_ended)
            self._seeking = job
        if callable(then):
            self._seeking.done.connect(lambda _: then())

    def set_ensemble(self, ensemble: Ensemble) -> None:
        """Set an ensemble trained on the open activations, and align it to the 2-D map."""
        activations, projection = self._session.activations, self._session.projections.get(2)
        self._on_ensemble_laid(activations, projection, quality.lay_over(activations, ensemble, projection))

    # ------------------------------------------------------------------------------------------------- internals
    def _on_ensemble_laid(
        self, activations: Activations, projection: Projection | None, ensemble: Ensemble | None
    ) -> None:
        if self._session.activations is not activations:
            return
        self.ensemble, self.sought = ensemble, True
        self.changed.emit()
        self.ensemble_changed.emit()
        if projection is not None and ensemble is not None:
            self._session.set_measured(projection, quality.measured_ends(ensemble, projection))

    def _on_search_ended(self) -> None:
        self._seeking = None

    def _measure(self, colouring: Colouring, neighbours: int, changes: dict[str, object]) -> None:
        activations, projections = self._session.activations, self._session.projections
        if self._job is not None:
            self._job.cancel()
        if all(quality.is_measured(p, colouring, neighbours) for p in projections.values()):
            self._session.update(**changes)
            return

        def there(_: object) -> None:
            if self._session.activations is activations:
                self._session.update(**changes)

        job = self._start(colouring, neighbours)
        job.done.connect(there)

    def _start(self, colouring: Colouring, neighbours: int) -> Job:
        projections = self._session.projections
        self._tried = self._missing_projections(colouring, neighbours)
        measuring = partial(
            quality.measure_points, self._session.activations, projections, colouring, neighbours, self.autoencoder
        )
        self._job = job = self._jobs.start(tr(_TITLES[colouring]), measuring, makes_something=False)
        job.done.connect(partial(self._on_measured, projections))
        job.failed.connect(self._reporter.show_error)
        job.finished.connect(lambda: self._on_job_ended(job))
        return job

    def _on_measured(self, projections: Mapping[int, Projection], found: Mapping[int, PointQuality]) -> None:
        for dims, measured in found.items():
            self._session.set_measured(projections[dims], measured)

    def _missing_projections(self, colouring: Colouring, neighbours: int) -> tuple[object, ...]:
        return (*map(id, self._session.projections.values()), colouring, neighbours)

    def _on_job_ended(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self._measure_missing()
        self.changed.emit()

    def _on_state_changed(self) -> None:
        """Measure what an undo, an opened session or another map needs."""
        if self._job is None:
            self._tried = ()
        self._measure_missing()

    def _on_map_changed(self) -> None:
        if self.ensemble is not None:
            self.set_ensemble(self.ensemble)

    def _find_ensemble_for_spread(self) -> None:
        if self._session.state.spread and not self.sought:
            self.find_ensemble()

    def _measure_missing(self) -> None:
        """Measure the maps that lack the present colouring; each is tried once, since measuring may fail."""
        session, state = self._session, self._session.state
        if state.colouring not in OF_MAP or self._job is not None:
            return
        projections, wanted = session.projections, self._missing_projections(state.colouring, state.neighbours)
        if wanted == self._tried or all(
            quality.is_measured(each, state.colouring, state.neighbours) for each in projections.values()
        ):
            return
        self._start(state.colouring, state.neighbours)

    def _reset(self) -> None:
        if self._job is not None:
            self._job.cancel()
        if self._seeking is not None:
            self._seeking.cancel()
        self._autoencoders.clear()
        self.ensemble, self.sought = None, False
        self.ensemble_changed.emit()
