"""Form that trains an ensemble of maps: number of seeds, start and stop."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.ensemble import Ensemble
from auslan_explorer.core.session import Session
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.jobs import Job, Jobs
from auslan_explorer.gui.settings.cluster import Cluster
from auslan_explorer.gui.style import UNIT
from auslan_explorer.gui.widgets.number_box import IntegerBox
from auslan_explorer.gui.widgets.page import PendingResult, muted_label
from auslan_explorer.gui.widgets.responsive_row import ResponsiveRow
from auslan_explorer.gui.widgets.text import format_count
from auslan_explorer.training import prerequisites
from auslan_explorer.workflows.quality import save_ensemble, train_and_save_ensemble

if TYPE_CHECKING:
    from auslan_explorer.training.ensemble import SeedMap

FIRST_SEEDS, FEWEST, MOST = 20, 2, 50


class EnsembleForm(QWidget):
    """Fields and buttons that train an ensemble on the open activations.

    Signals
    -------
    trained(ensemble)
        An ensemble has been trained and saved.
    """

    trained = Signal(object)

    def __init__(self, session: Session, jobs: Jobs, cluster: Cluster, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._jobs, self._cluster = session, jobs, cluster
        self._job: Job | None = None
        self.seeds = IntegerBox(self)
        self.seeds.setRange(FEWEST, MOST)
        self.seeds.setValue(FIRST_SEEDS)
        self.seeds.setSuffix(tr(" seeds"))
        self.seeds.setAccessibleName(tr("How many seeds"))
        self.start = QPushButton(tr("Train"), self)
        self.start.setToolTip(tr("Train so many 2-D maps, one at a time on each processor"))
        self.stop = QPushButton(tr("Stop and keep"), self)
        self.stop.setToolTip(tr("End the trainings, and compare the maps that are finished"))
        self.where = muted_label("", self)
        self.why_off = muted_label(prerequisites.missing(), self)
        self.waiting = PendingResult(self)
        for button in (self.start, self.stop):
            button.setAccessibleName(button.text())
        row = ResponsiveRow(self, self.seeds, self.start, self.stop, None)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT)
        column.addWidget(row)
        column.addWidget(self.where)
        column.addWidget(self.why_off)
        column.addWidget(self.waiting)
        self.stop.hide()
        cluster.changed.connect(self._update_start)
        self._update_start()
        self.start.clicked.connect(self._start)
        self.stop.clicked.connect(self._stop)
        self.waiting.again.connect(self._start)
        session.data_changed.connect(self._reset)

    @property
    def running(self) -> bool:
        """Whether an ensemble is being trained."""
        return self._job is not None

    def _update_start(self) -> None:
        """Tell where maps are trained, and enable Start; with a cluster it does not depend on this computer."""
        address = self._cluster.address
        self.where.setText(
            tr("Trains on the cluster at {0}.", address)
            if address
            else tr("Trains on all processors here; the settings take the address of a cluster.")
        )
        off = bool(prerequisites.missing()) and not address
        self.start.setEnabled(not off)
        self.why_off.setVisible(off)

    def _start(self) -> None:
        if not self.running and len(self._session.activations):
            self._cluster.when_trusted(self._start_at)

    def _start_at(self, address: str) -> None:
        """Train at a cluster's address; empty for this computer."""
        activations, seeds = self._session.activations, range(self.seeds.value())
        if self.running or not len(activations):
            return
        maps: list[SeedMap] = []
        training = partial(train_and_save_ensemble, activations, seeds, address or None, maps.append)
        self._run(tr("Training {0}", format_count(len(seeds), "map")), training, activations)
        self._show(training=True)
        assert self._job is not None
        self._job.cancelled.connect(lambda: self._build_from_partial(activations, maps))

    def _run(self, title: str, training: Callable[..., Ensemble], activations: Activations) -> None:
        job = self._job = self._jobs.start(title, training, makes_something=True)
        self.waiting.show_waiting(f"{title}…")
        self.waiting.show_job(job)
        job.progressed.connect(lambda _, text: self.waiting.label.setText(f"{title}: {text}"))
        job.done.connect(lambda ensemble: self._on_done(activations, ensemble))
        job.finished.connect(lambda: self._on_job_ended(job))

    def _on_job_ended(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self._show(training=False)

    def _show(self, *, training: bool) -> None:
        self.stop.setVisible(training)
        self.start.setVisible(not training)
        self.seeds.setEnabled(not training)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _build_from_partial(self, activations: Activations, maps: list[SeedMap]) -> None:
        """Build the ensemble from the maps that were finished before a cancel."""
        if self._session.activations is not activations:
            return
        if len(maps) < FEWEST:
            self.waiting.show_sentence(tr("Stopped before two maps were finished, so there is nothing to compare."))
            return
        self._job = None
        self._run(
            tr("Comparing {0}", format_count(len(maps), "map")),
            partial(save_ensemble, activations, list(maps)),
            activations,
        )

    def _on_done(self, activations: Activations, ensemble: Ensemble) -> None:
        self.waiting.show_sentence("")
        if self._session.activations is activations:
            self.trained.emit(ensemble)

    def _reset(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self.waiting.show_sentence("")
