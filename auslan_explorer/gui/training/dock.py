"""The retraining dock: the settings form, the start and stop buttons, and the progress panel."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDockWidget, QMessageBox, QStackedWidget, QVBoxLayout, QWidget

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.session import Session
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.settings.preferences import read_preferences
from auslan_explorer.gui.settings.store import Settings
from auslan_explorer.gui.style import UNIT
from auslan_explorer.gui.training.controller import TrainingController
from auslan_explorer.gui.training.form import SettingsForm
from auslan_explorer.gui.training.progress_panel import ProgressPanel, at_most, format_seconds
from auslan_explorer.gui.training.trainer import Phase
from auslan_explorer.gui.widgets.buttons import push_button
from auslan_explorer.gui.widgets.page import Page, muted_label
from auslan_explorer.gui.widgets.responsive_row import ResponsiveRow
from auslan_explorer.training import prerequisites
from auslan_explorer.training.job import split_known
from auslan_explorer.training.runs import RunInfo

NAME = "retrain"
_REMEMBERED = "retrain"
_CHANGED_MS = 500
"""Milliseconds from the last edit until the form is stored in the settings."""


class RetrainDock(QDockWidget):
    """Dock that sets up a training, starts and stops it, and shows its progress.

    Attributes
    ----------
    form : SettingsForm
    live : ProgressPanel
    start_button, keep_button, discard_button : QPushButton
    question : QMessageBox or None
        Whether to discard the training under way, while it is asked.

    Signals
    -------
    focus_left()
        What had the keyboard focus is no longer shown.
    """

    focus_left = Signal()

    def __init__(self, session: Session, retraining: TrainingController, settings: Settings, parent: QWidget) -> None:
        super().__init__(tr("Retrain"), parent)
        self.setObjectName(NAME)
        self._session = session
        self._retraining = retraining
        self._settings = settings
        # Each part is made where it stays: to move a page into another widget costs as much as to make half of it.
        body = QWidget(self)
        page = Page(body)
        self.live = ProgressPanel(page.inner)
        self.form = SettingsForm(page.inner)
        page.add(self.live, self.form)
        page.column.addStretch(1)
        self.page = page
        page.viewport().installEventFilter(self)
        foot = QWidget(body)
        self.why_off = muted_label("", foot)
        self.estimate = muted_label("", foot)
        self.estimate.setAccessibleName(tr("How long it takes"))
        self.start_button = push_button(tr("Start training"), tr("Train a map with these settings"), self)
        self.start_button.setDefault(True)
        self.keep_button = push_button(
            tr("Stop and keep best"), tr("End now; the best map so far is kept as a run"), self
        )
        self.discard_button = push_button(
            tr("Cancel and discard"), tr("End now and keep nothing; the map before comes back"), self
        )
        self.start_button.clicked.connect(self.start)
        self.keep_button.clicked.connect(retraining.trainer.stop_and_keep)
        self.discard_button.clicked.connect(self.ask_to_discard)
        self.question: QMessageBox | None = None
        below = QVBoxLayout(foot)
        below.setContentsMargins(UNIT + UNIT // 2, UNIT, UNIT + UNIT // 2, UNIT)
        below.setSpacing(UNIT // 2)
        below.addWidget(self.why_off)
        below.addWidget(self.estimate)
        # Both in one place, as wide as the wider: if the dock widened, both views would be redrawn at once.
        self._buttons = QStackedWidget(foot)
        for turn in ((self.start_button,), (self.discard_button, self.keep_button)):
            self._buttons.addWidget(ResponsiveRow(self._buttons, None, *turn))
        below.addWidget(self._buttons)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(page, 1)
        column.addWidget(foot)
        body.setMinimumHeight(30 * UNIT)
        self.setWidget(body)
        self._remember = QTimer(self, singleShot=True, interval=_CHANGED_MS)
        self._remember.timeout.connect(lambda: settings.set_value(_REMEMBERED, self.form.to_text()))
        self.form.from_text(settings.text(_REMEMBERED, ""))
        self.form.changed.connect(self._on_edited)
        self.form.accepted.connect(self.start)
        retraining.trainer.changed.connect(self._on_phase_changed)
        retraining.kept.connect(self._on_saved)
        retraining.lost.connect(self._on_failed)
        retraining.discarded.connect(self._on_discarded)
        retraining.library.changed.connect(self._show_estimate)
        session.watch(("selected",), self._count_selected)
        session.data_changed.connect(self._reset)
        self.live.hide()
        self._reset()
        self._on_phase_changed()

    def start(self) -> None:
        """Start a training with the form's settings, or show why that is not possible."""
        if self.form.settings is None:
            return
        self._settings.set_value(_REMEMBERED, self.form.to_text())
        try:
            self._retraining.start(self.form.settings, read_preferences(self._settings).training_threads)
        except UserError as error:
            self.why_off.setText(str(error))

    def showEvent(self, event: QShowEvent) -> None:
        """Estimate the time once the dock is shown: without a run that is listed it takes a short measurement."""
        super().showEvent(event)
        self._show_estimate()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lay the form out anew where its page has another width."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            margins = self.page.column.contentsMargins()
            self.form.fit_width(watched.width() - margins.left() - margins.right())
        return False

    def ask_to_discard(self) -> None:
        """Ask whether to cancel the training under way and keep nothing of it."""
        if not self._retraining.trainer.busy:
            return
        if self.question is not None:
            self.question.raise_()
            return
        box = self.question = QMessageBox(
            QMessageBox.Icon.NoIcon,
            tr("Cancel and discard"),
            tr("Discard the training under way?"),
            parent=self.window(),
        )
        box.setInformativeText(tr("Nothing of it is kept, and the map before comes back."))
        role = QMessageBox.ButtonRole
        stay = box.addButton(tr("Keep going"), role.RejectRole)
        box.addButton(tr("Discard"), role.DestructiveRole).clicked.connect(self._retraining.trainer.cancel)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        box.finished.connect(self._on_answered)
        box.open()

    # ------------------------------------------------------------------------------------------------- signals
    def _on_answered(self) -> None:
        box, self.question = self.question, None
        if box is not None:
            box.deleteLater()

    def _count_selected(self) -> None:
        self.form.set_selected_count(len(self._session.state.selected))

    def _reset(self) -> None:
        self.form.set_split_known(split_known(self._session.activations.split))
        self.form.set_selected_count(len(self._session.state.selected))
        self._update_buttons()

    def _on_edited(self) -> None:
        self._remember.start()
        self._update_buttons()

    def _on_phase_changed(self) -> None:
        trainer = self._retraining.trainer
        if self.question is not None and not trainer.busy:
            # The training ended by itself, so there is nothing left to ask.
            self.question.done(0)
        if trainer.phase is Phase.STARTING:
            self.live.show()
            self.page.verticalScrollBar().setValue(0)
        self.live.show_progress(trainer.phase, trainer.progress)
        self._update_buttons()

    def _update_buttons(self) -> None:
        """Show the buttons that apply now, and why Start is disabled."""
        busy, phase = self._retraining.busy, self._retraining.trainer.phase
        held = self.window().focusWidget()
        self.form.setVisible(not busy)
        self._buttons.setCurrentIndex(int(busy))
        self.discard_button.setVisible(phase is not Phase.IDLE)
        self.keep_button.setVisible(phase not in (Phase.IDLE, Phase.MEASURING))
        self.keep_button.setEnabled(phase is Phase.LEARNING)
        if held is not None and self.isAncestorOf(held) and not held.isVisibleTo(self):
            # Qt would move the focus to the button that comes next, where Space would discard or start a training.
            held.clearFocus()
            self.focus_left.emit()
        why = ""
        if not busy:
            count = len(self.form.problems)
            if missing := prerequisites.missing():
                why = missing
            elif not len(self._session.activations):
                why = tr("There are no recordings to train on. Open activations first.")
            elif count:
                why = (
                    tr("One value cannot work; see ⚠ above.")
                    if count == 1
                    else tr("{0} values cannot work; see ⚠ above.", count)
                )
        self.start_button.setEnabled(not why)
        self.why_off.setText(why)
        self.why_off.setVisible(bool(why))
        self._show_estimate()

    def _show_estimate(self) -> None:
        """Show how long a training with the form's settings takes; nothing where none can start."""
        if not self.isVisible():
            return
        settings = self.form.settings
        seconds = None
        if settings is not None and self.start_button.isEnabled() and not self._retraining.busy:
            seconds = self._retraining.estimate_seconds(settings)
        self.estimate.setText("" if seconds is None else tr("Takes {0} on this computer.", at_most(seconds)))
        self.estimate.setVisible(seconds is not None)

    def _on_saved(self, info: RunInfo) -> None:
        self.live.show_outcome(
            tr(
                "Done in {0}. The map is kept as “{1}” among the runs; undo brings the one before back.",
                format_seconds(info.seconds),
                info.name,
            )
        )
        self._update_buttons()

    def _on_failed(self, sentence: str, log: tuple[str, ...]) -> None:
        self.live.show_outcome(sentence, wrong=True, log=log)
        self._update_buttons()

    def _on_discarded(self) -> None:
        self.live.show_outcome(tr("Cancelled. Nothing was kept, and the map before is back."))
        self._update_buttons()
