"""Computes the network's predictions at every step in the background, once they are needed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from auslan_explorer.analysis.predictions import predict_every_step
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.predictions import known_predictions
from auslan_explorer.core.session import Session
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.jobs import Job, Jobs


class PredictionJob(QObject):
    """Starts computing predictions when paths first grow, something is selected, or they are requested.

    Signals
    -------
    failed(sentence)
        The predictions could not be computed, for example because the cache file is missing.
    """

    failed = Signal(str)

    def __init__(self, session: Session, jobs: Jobs, parent: QObject | None) -> None:
        super().__init__(parent)
        self._session = session
        self._jobs = jobs
        self._job: Job | None = None
        self._asked: Activations | None = None
        session.watch(("step", "selected", "settled"), self.start)
        session.data_changed.connect(self._reset)

    def start(self) -> None:
        """Compute the predictions, unless they are known, being computed, or not available."""
        a = self._session.activations
        if self._asked is a or not (a.predicts_signs and a.classified and len(a)):
            return
        self._reset()
        self._asked = a
        known = known_predictions(a)
        if known is not None:
            # Computed elsewhere meanwhile, for example by the film's preview.
            self._session.set_predictions(a, known)
            return

        title = tr("Finding the network’s answers at each step")
        self._job = job = self._jobs.start(title, partial(predict_every_step, a), makes_something=False)
        job.done.connect(partial(self._session.set_predictions, a))
        job.failed.connect(lambda sentence, _details: self.failed.emit(sentence))

    def _reset(self) -> None:
        # Who heard of these activations first, such as a dock, may have asked for their predictions already.
        if self._asked is self._session.activations:
            return
        if self._job is not None:
            self._job.cancel()
        self._job = self._asked = None
