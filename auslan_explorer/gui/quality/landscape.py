"""Commands of the decision landscape: it is computed in the background, and again for another map or scale."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from auslan_explorer.core.landscape import Landscape
from auslan_explorer.core.progress import IsCancelled
from auslan_explorer.core.projection import PointQuality, Projection
from auslan_explorer.core.session import Session
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.jobs import Job, Jobs
from auslan_explorer.gui.window_port import Reporter
from auslan_explorer.workflows import quality


class LandscapeCommands(QObject):
    """Shows and hides what the network answers at each place of the 2-D map.

    Parameters
    ----------
    session : Session
    jobs : Jobs
    reporter : Reporter
    find : callable
        Returns the autoencoder that made a projection, None where it is not found.
    parent : QObject
    """

    def __init__(
        self, session: Session, jobs: Jobs, reporter: Reporter, find: quality.FindAutoencoder, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session, self._jobs, self._reporter, self._find = session, jobs, reporter, find
        self._job: Job | None = None
        self._told = ""
        session.watch(("landscape", "log_scale", "run_2d"), self._compute_missing)
        session.data_changed.connect(self._reset)

    def disabled_reason(self) -> str:
        """Return why the landscape cannot be drawn; empty if it can, as far as is known."""
        if 2 not in self._session.projections:
            return tr("The landscape is drawn on the 2-D map, and these activations have none.")
        if self._session.activations.head is None or self._session.activations.head_disagrees:
            return tr(quality.NO_LANDSCAPE)
        return ""

    def toggle(self) -> None:
        """Show or hide the landscape; it is there once it has been computed."""
        self._session.update(landscape=not self._session.state.landscape)

    def _compute_missing(self) -> None:
        self._cancel()
        self._tell("")
        session, log_scale = self._session, self._session.state.log_scale
        projection = session.projections.get(2)
        if not session.state.landscape or projection is None:
            return
        if log_scale in projection.measured.landscapes:
            self._explain(projection.measured.landscapes[log_scale])
            return
        activations = session.activations

        def compute(cancelled: IsCancelled) -> PointQuality:
            autoencoder = self._find(projection)
            return quality.measure_landscape(
                activations, projection, autoencoder, log_scale=log_scale, cancelled=cancelled
            )

        self._job = job = self._jobs.start(tr("Asking the network about each place"), compute, makes_something=False)
        job.done.connect(partial(self._on_computed, projection))
        job.failed.connect(self._on_failed)

    def _on_computed(self, projection: Projection, found: PointQuality) -> None:
        self._session.set_measured(projection, found)
        (landscape,) = found.landscapes.values()
        self._explain(landscape)

    def _explain(self, landscape: Landscape) -> None:
        self._tell(
            tr(
                "Regions are what the network answers for the state that the map stands for; grey: it is not sure; "
                "hatched: that state is more than {} from any real one (root mean square over units)."
            ).format(f"{landscape.far_from:.2f}")
        )

    def _tell(self, sentence: str) -> None:
        """Say above the views what the landscape on the map is, in place of what was said of it before."""
        self._reporter.remove_notice(self._told)
        self._told = sentence
        if sentence:
            self._reporter.show_notice(sentence)

    def _on_failed(self, text: str) -> None:
        self._session.update(landscape=False)
        self._reporter.show_error(text)

    def _reset(self) -> None:
        self._cancel()
        self._tell("")

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
