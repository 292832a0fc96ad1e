"""Asks what to do with a running training before the window closes."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.training.controller import TrainingController


class ClosePrompt(QObject):
    """Asks once whether to save, discard or continue the running training.

    Attributes
    ----------
    box : QMessageBox or None
        The open question, if any.
    """

    def __init__(self, retraining: TrainingController, window: QWidget) -> None:
        super().__init__(window)
        self._retraining = retraining
        self._window = window
        self._leaving = False
        self.box: QMessageBox | None = None
        retraining.kept.connect(self._on_training_ended)
        retraining.lost.connect(self._on_training_ended)
        retraining.discarded.connect(self._on_training_ended)

    def may_close(self) -> bool:
        """Return whether the window may close now.

        If a training is running, ask and return False; if its run is still being saved, return False and close the
        window once that is done.
        """
        if not self._retraining.busy:
            return True
        if not self._retraining.trainer.busy:
            self._leaving = True  # Its run is still being written, which takes only a moment.
        elif not self._leaving:
            self._ask()
        return False

    def _ask(self) -> None:
        if self.box is not None:
            self.box.raise_()
            return
        box = self.box = QMessageBox(
            QMessageBox.Icon.NoIcon,
            tr("A training is under way"),
            tr("A training is under way."),
            parent=self._window,
        )
        box.setInformativeText(tr("What shall become of it?"))
        role = QMessageBox.ButtonRole
        stay = box.addButton(tr("Keep going"), role.RejectRole)
        keep = box.addButton(tr("Stop, keep best and close"), role.AcceptRole)
        discard = box.addButton(tr("Discard and close"), role.DestructiveRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        self.buttons: tuple[QPushButton, ...] = (stay, keep, discard)
        keep.clicked.connect(self._stop_and_close)
        discard.clicked.connect(self._discard_and_close)
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

    def _on_training_ended(self, *_: object) -> None:
        # The training ended while the question was open, so the question is moot.
        if self.box is not None:
            self.box.done(0)
        if self._leaving:
            self._leaving = False
            self._window.close()
