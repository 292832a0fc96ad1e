"""Finds the network's answers at every step beside the window, once they are of use to somebody."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from auslan_explorer.analysis.predictions import predict_every_step
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.predictions import known_predictions
from auslan_explorer.core.session import Session
from auslan_explorer.gui.i18n import said
from auslan_explorer.gui.jobs import Job, Jobs


class PredictionJob(QObject):
    """Computes answers when paths first grow, something is selected, or somebody asks.

    Signals
    -------
    failed(sentence)
        Such as a cache's file that is gone.
    """

    failed = Signal(str)

    def __init__(self, session: Session, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._jobs = jobs
        self._job: Job | None = None
        self._asked: Activations | None = None
        session.watch(("step", "selected", "settled"), self.start)
        session.data_changed.connect(self._reset)

    def start(self) -> None:
        """Compute them, unless they are known, being computed, or cannot be."""
        a = self._session.activations
        if self._asked is a or a.head is None or not len(a):
            return
        self._asked = a
        known = known_predictions(a)
        if known is not None:
            # Another has computed them, such as the preview of a film.
            self._session.set_predictions(a, known)
            return

        title = said("Finding the network’s answers at each step")
        self._job = job = self._jobs.start(title, partial(predict_every_step, a))
        job.done.connect(partial(self._session.set_predictions, a))
        job.failed.connect(lambda sentence, _details: self.failed.emit(sentence))

    def _reset(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._job = self._asked = None
