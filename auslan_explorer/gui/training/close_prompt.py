"""Asks what to do with a running training, or with other work that makes something, before the window closes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.jobs import BackgroundTask, Jobs

if TYPE_CHECKING:
    from auslan_explorer.gui.training.controller import TrainingController


class ClosePrompt(QObject):
    """Asks once whether to save, discard or continue a running training, and whether to stop work that makes something.

    Parameters
    ----------
    retraining : TrainingController
    jobs : Jobs
        Those that make something (`BackgroundTask.makes_something`) are asked about.
    window : QWidget

    Attributes
    ----------
    box : QMessageBox or None
        The open question, if any.
    """

    def __init__(self, retraining: TrainingController, jobs: Jobs, window: QWidget) -> None:
        super().__init__(window)
        self._retraining = retraining
        self._jobs = jobs
        self._window = window
        self._leaving = False
        self.box: QMessageBox | None = None
        retraining.kept.connect(self._on_training_ended)
        retraining.lost.connect(self._on_training_ended)
        retraining.discarded.connect(self._on_training_ended)

    def may_close(self) -> bool:
        """Return whether the window may close now.

        If a training or a job that makes something is running, ask and return False; if a training's run is still
        being saved, return False and close the window once that is done.
        """
        if not self._retraining.busy:
            making = self._making()
            if making:
                self._ask_about_jobs(making)
            return not making
        if not self._retraining.trainer.busy:
            self._leaving = True  # Its run is still being written, which takes only a moment.
        elif not self._leaving:
            self._ask_about_training()
        return False

    def close_unasked(self) -> None:
        """Close the window without a question: what is under way is discarded, and a run that is being saved is."""
        if not self._retraining.busy:
            self._stop_jobs_and_close()
        elif self._retraining.trainer.busy:
            self._discard_and_close()
        else:
            self._leaving = True

    def _making(self) -> list[BackgroundTask]:
        return [task for task in self._jobs.running if task.running and task.makes_something]

    def _ask_about_training(self) -> None:
        role = QMessageBox.ButtonRole
        self._ask(
            tr("A training is under way"),
            tr("A training is under way."),
            tr("What shall become of it?"),
            (tr("Stop, keep best and close"), role.AcceptRole, self._stop_and_close),
            (tr("Discard and close"), role.DestructiveRole, self._discard_and_close),
        )

    def _ask_about_jobs(self, making: list[BackgroundTask]) -> None:
        titles = ", ".join(task.title for task in making)
        self._ask(
            tr("Work is under way"),
            tr("Not finished: {0}.", titles),
            tr("If the window closes now, the work is stopped, and what it has made so far is lost."),
            (tr("Stop and close"), QMessageBox.ButtonRole.DestructiveRole, self._stop_jobs_and_close),
        )
        for task in making:
            task.finished.connect(self._on_job_ended)

    def _ask(
        self, title: str, sentence: str, more: str, *choices: tuple[str, QMessageBox.ButtonRole, Callable[[], None]]
    ) -> None:
        """Ask, with the harmless answer first and chosen."""
        if self.box is not None:
            self.box.raise_()
            return
        box = self.box = QMessageBox(QMessageBox.Icon.NoIcon, title, sentence, parent=self._window)
        box.setInformativeText(more)
        stay = box.addButton(tr("Keep going"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        buttons = [stay]
        for text, role, do in choices:
            button = box.addButton(text, role)
            button.clicked.connect(do)
            buttons.append(button)
        self.buttons: tuple[QPushButton, ...] = tuple(buttons)
        box.finished.connect(self._on_answered)
        box.open()

    def _on_answered(self) -> None:
        box, self.box = self.box, None
        if box is not None:
            box.deleteLater()

    def _stop_and_close(self) -> None:
        self._leaving = True
        self._retraining.trainer.stop_and_keep()

    def _discard_and_close(self) -> None:
        self._leaving = True
        self._retraining.trainer.cancel()

    def _stop_jobs_and_close(self) -> None:
        self._jobs.cancel_all()
        self._window.close()

    def _on_job_ended(self) -> None:
        if self.box is not None and not self._making():
            self.box.done(0)

    def _on_training_ended(self, *_: object) -> None:
        # The training ended while the question was open, so the question is moot.
        if self.box is not None:
            self.box.done(0)
        if self._leaving:
            self._leaving = False
            self._window.close()
