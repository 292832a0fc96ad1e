"""Base class of dialogs that ask for input, run a job and show its result."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from auslan_explorer.core.errors import UserError
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.jobs import Job, Jobs
from auslan_explorer.gui.style import UNIT
from auslan_explorer.gui.widgets.progress_bar import show_fraction
from auslan_explorer.gui.widgets.text import format_time_left

WIDTH = 60 * UNIT


class TaskDialog(QDialog):
    """Dialog with an introduction, a form, progress, the result or error, and buttons.

    Subclasses add fields to `form`, and implement `work` (the job to run), `job_title` and `summary` (what to say of
    its result).
    After an error the fields can be corrected and the job started again.

    Attributes
    ----------
    repeats : bool
        Whether the job can be started again after it has succeeded.
    buttons : QDialogButtonBox
        In the order of the system.

    Signals
    -------
    result_ready(result)
        The job has returned `result`.
    """

    result_ready = Signal(object)
    repeats = False

    def __init__(self, title: str, about: str, start: str, jobs: Jobs, parent: QWidget, terms: str = "") -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._jobs = jobs
        self._job: Job | None = None
        layout = self._column = QVBoxLayout(self)
        layout.setContentsMargins(3 * UNIT, 3 * UNIT, 3 * UNIT, 2 * UNIT)
        layout.setSpacing(2 * UNIT)
        layout.addWidget(_wrapped(about, self))
        self._fields = QWidget(self)
        self.form = QFormLayout(self._fields)
        self.form.setContentsMargins(0, 0, 0, 0)
        self.form.setHorizontalSpacing(2 * UNIT)
        self.form.setVerticalSpacing(UNIT)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        layout.addWidget(self._fields)
        if terms:
            layout.addWidget(_wrapped(terms, self))
        self.message = _wrapped("", self)
        self.message.setAccessibleName(tr("What came of it"))
        layout.addWidget(self.message)
        self.notes = QPlainTextEdit(self)
        self.notes.setReadOnly(True)
        self.notes.setAccessibleName(tr("Notes"))
        self.notes.setTabChangesFocus(True)
        self.notes.setFixedHeight(14 * UNIT)
        layout.addWidget(self.notes)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress"))
        layout.addWidget(self.bar)
        layout.addStretch(1)
        self.buttons = QDialogButtonBox(self)
        self.start_button = self.buttons.addButton(start, QDialogButtonBox.ButtonRole.AcceptRole)
        self.start_button.setDefault(True)
        self.start_button.setAccessibleName(start)
        self.start_button.clicked.connect(self.start)
        self.stop_button = self.buttons.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.stop_button.setAutoDefault(False)
        self.stop_button.setAccessibleName(tr("Cancel"))
        self.stop_button.clicked.connect(self._cancel)
        layout.addWidget(self.buttons)
        self.setMinimumWidth(WIDTH)
        self._show_sentence()

    def put_beside(self, *widgets: QWidget) -> None:
        """Add widgets, one below the other, on the right of the form, which scrolls on low screens."""
        at = self._column.indexOf(self._fields)
        row, beside = QHBoxLayout(), QVBoxLayout()
        row.setSpacing(3 * UNIT)
        beside.setSpacing(UNIT)
        row.addWidget(_Scrolled(self._fields, self))
        for widget in widgets:
            beside.addWidget(widget)
        row.addLayout(beside, 1)
        self._column.insertLayout(at, row, 1)
        # They take the empty space above the buttons.
        self._column.setStretch(self._column.count() - 2, 0)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        # Wrapping texts ask for more height than they need until the width is known.
        width = max(self.width(), WIDTH)
        screen = self.screen().availableGeometry()
        for area in self.findChildren(_Scrolled):
            # The content gets its style only now, which makes it larger.
            area.updateGeometry()
        self._column.invalidate()
        # The box of buttons lets them be cut rather than ask for room.
        edges = self._column.contentsMargins()
        buttons = self.buttons.sizeHint().width() + edges.left() + edges.right()
        width = min(max(width, buttons, self._column.totalMinimumSize().width()), screen.width() - 2 * UNIT)
        self.resize(width, min(self._column.totalHeightForWidth(width), screen.height() - 6 * UNIT))
        right, below = self.x() + self.width() - screen.right(), self.y() + self.height() - screen.bottom()
        if right > 0 or below > 0:
            self.move(max(self.x() - max(right, 0), screen.left()), max(self.y() - max(below, 0), screen.top()))

    def work(self) -> Callable[..., object]:
        """Return the job that the fields describe, as `Jobs.start` takes it.

        Raises
        ------
        UserError
            If a field's value is not valid.
        """
        raise NotImplementedError

    def job_title(self) -> str:
        """Return what the status bar, and the question before closing, call the job: "Importing recordings"."""
        raise NotImplementedError

    def summary(self, result: object) -> tuple[str, Sequence[str]]:
        """Return a sentence about the job's result, and further notes."""
        raise NotImplementedError

    def start(self) -> None:
        """Start the job, or show which field is not valid."""
        if self._job is not None:
            return
        try:
            work = self.work()
        except UserError as error:
            self._show_sentence(str(error), wrong=True)
            return
        self.confirm(partial(self._run, work))

    def confirm(self, go_on: Callable[[], None]) -> None:
        """Call `go_on`; a subclass may ask something first."""
        go_on()

    def _run(self, work: Callable[..., object]) -> None:
        self._fields.setEnabled(False)
        self.start_button.setEnabled(False)
        self._name_stop_button(tr("Cancel"))
        show_fraction(self.bar, None)
        job = self._job = self._jobs.start(self.job_title(), work, makes_something=True)
        self._show_sentence(tr("Working…"))
        job.progressed.connect(self._on_progress)
        job.done.connect(self._on_done)
        job.failed.connect(self._on_failed)
        job.cancelled.connect(lambda: self._offer_another_try(tr("Cancelled. Nothing was changed.")))

    def _on_progress(self, fraction: float, text: str) -> None:
        left = self._job.seconds_left() if self._job is not None else None
        show_fraction(self.bar, fraction if fraction > 0 else None)
        parts = [part for part in (text, "" if left is None else format_time_left(left)) if part]
        sentence = ", ".join(parts)
        self._show_sentence(sentence[:1].upper() + sentence[1:])

    def _on_done(self, result: object) -> None:
        self._job = None
        self.bar.hide()
        sentence, notes = self.summary(result)
        self._show_sentence(sentence, notes)
        if self.repeats:
            self._fields.setEnabled(True)
            self.start_button.setEnabled(True)
        else:
            self.start_button.hide()
            self.stop_button.setDefault(True)
        self._name_stop_button(tr("Close"))
        # Enter closes while the button has the focus, and starts again from a field.
        self.stop_button.setAutoDefault(True)
        self.stop_button.setFocus()
        self.result_ready.emit(result)

    def _name_stop_button(self, text: str) -> None:
        self.stop_button.setText(text)
        self.stop_button.setAccessibleName(text)

    def _on_failed(self, sentence: str, details: str) -> None:
        self._offer_another_try(sentence, wrong=True, notes=details.splitlines())

    def _offer_another_try(self, sentence: str, wrong: bool = False, notes: Sequence[str] = ()) -> None:
        self._job = None
        self.bar.hide()
        self._fields.setEnabled(True)
        self.start_button.setEnabled(True)
        self._show_sentence(sentence, notes, wrong=wrong)

    def _show_sentence(self, sentence: str = "", notes: Sequence[str] = (), *, wrong: bool = False) -> None:
        self.bar.setVisible(self._job is not None)
        self.message.setText(f"⚠ {sentence}" if wrong else sentence)
        self.message.setProperty("wrong", wrong)
        self.message.style().unpolish(self.message)
        self.message.style().polish(self.message)
        self.message.setVisible(bool(sentence))
        self.notes.setPlainText("\n".join(notes))
        self.notes.setVisible(bool(notes))
        if self.isVisible():
            self._fit()

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
        else:
            self.reject()

    def reject(self) -> None:
        """Cancel a running job and close the dialog."""
        if self._job is not None:
            self._job.cancel()
        super().reject()


class _Scrolled(QScrollArea):
    """Scroll area as large as its content, if the screen allows."""

    def __init__(self, content: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
        self.setWidget(content)
        self._content = content

    def sizeHint(self) -> QSize:
        return self._content.sizeHint() + QSize(self.verticalScrollBar().sizeHint().width(), 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), self.screen().availableGeometry().width() * 3 // 5), 20 * UNIT)


def _wrapped(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setWordWrap(True)
    label.setOpenExternalLinks(True)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.LinksAccessibleByMouse
        | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        | Qt.TextInteractionFlag.TextSelectableByMouse
    )
    return label
