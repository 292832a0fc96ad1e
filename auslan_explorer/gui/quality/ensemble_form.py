"""Form that trains an ensemble of maps: number of seeds, cluster address, start and stop."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QMessageBox, QPushButton, QSpinBox, QVBoxLayout, QWidget

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.ensemble import Ensemble
from auslan_explorer.core.session import Session
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.jobs import Job, Jobs
from auslan_explorer.gui.style import UNIT
from auslan_explorer.gui.widgets.page import PendingResult, muted_label
from auslan_explorer.gui.widgets.responsive_row import ResponsiveRow
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

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._jobs = session, jobs
        self._job: Job | None = None
        self._trusted = ""
        self.question: QMessageBox | None = None
        self.seeds = QSpinBox(self)
        self.seeds.setRange(FEWEST, MOST)
        self.seeds.setValue(FIRST_SEEDS)
        self.seeds.setSuffix(tr(" seeds"))
        self.seeds.setAccessibleName(tr("How many seeds"))
        self.address = QLineEdit(self)
        self.address.setPlaceholderText(tr("tcp://host:8786; empty: this computer"))
        self.address.setAccessibleName(tr("Address of a Dask cluster"))
        self.address.setToolTip(tr("Scheduler of a Dask cluster of yours; empty trains on all processors here"))
        self.start = QPushButton(tr("Train"), self)
        self.start.setToolTip(tr("Train so many 2-D maps, one at a time on each processor"))
        self.stop = QPushButton(tr("Stop and keep"), self)
        self.stop.setToolTip(tr("End the trainings, and compare the maps that are finished"))
        self.why_off = muted_label(prerequisites.missing(), self)
        self.waiting = PendingResult(self)
        for button in (self.start, self.stop):
            button.setAccessibleName(button.text())
        row = ResponsiveRow(self, self.seeds, self.start, self.stop, None)
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(UNIT)
        form.addRow(tr("Cluster"), self.address)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT)
        column.addWidget(row)
        column.addLayout(form)
        column.addWidget(self.why_off)
        column.addWidget(self.waiting)
        self.stop.hide()
        self.address.textChanged.connect(self._update_start)
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
        """Enable Start; with a cluster's address it does not depend on this computer."""
        off = bool(prerequisites.missing()) and not self.address.text().strip()
        self.start.setEnabled(not off)
        self.why_off.setVisible(off)

    def _start(self) -> None:
        activations, seeds = self._session.activations, range(self.seeds.value())
        if self.running or not len(activations):
            return
        address = self.address.text().strip()
        if address and address != self._trusted:
            self._ask_trust(address)
            return
        maps: list[SeedMap] = []
        training = partial(train_and_save_ensemble, activations, seeds, address or None, maps.append)
        self._run(tr("Training {0} maps", len(seeds)), training, activations)
        self._show(training=True)
        assert self._job is not None
        self._job.cancelled.connect(lambda: self._build_from_partial(activations, maps))

    def _ask_trust(self, address: str) -> None:
        """Ask, once for each address, whether its scheduler may run code here; train after a yes."""
        if self.question is not None:
            self.question.raise_()
            return
        box = self.question = QMessageBox(
            QMessageBox.Icon.NoIcon, tr("Train on a cluster"), tr("Is the cluster at {0} yours?", address), parent=self
        )
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setInformativeText(
            tr("Whoever runs it can run code on this computer, with your rights: Dask’s messages carry Python objects.")
        )
        stay = box.addButton(tr("Do not connect"), QMessageBox.ButtonRole.RejectRole)
        self.trust = box.addButton(tr("Connect"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        self.trust.clicked.connect(lambda: self._trust(address))
        box.finished.connect(self._on_answered)
        box.open()

    def _trust(self, address: str) -> None:
        self._trusted = address
        QTimer.singleShot(0, self._start)

    def _on_answered(self) -> None:
        box, self.question = self.question, None
        if box is not None:
            box.deleteLater()

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
        for field in (self.seeds, self.address):
            field.setEnabled(not training)

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
        self._run(tr("Comparing {0} maps", len(maps)), partial(save_ensemble, activations, list(maps)), activations)

    def _on_done(self, activations: Activations, ensemble: Ensemble) -> None:
        self.waiting.show_sentence("")
        if self._session.activations is activations:
            self.trained.emit(ensemble)

    def _reset(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self.waiting.show_sentence("")
