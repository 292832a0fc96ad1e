"""Parts of the docks' pages: headings with a "?", key-value lists, and pending results."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from auslan_explorer.gui.i18n import tr, tr_again
from auslan_explorer.gui.jobs import Job
from auslan_explorer.gui.style import UNIT, font, scaled
from auslan_explorer.gui.widgets.popover import Popover
from auslan_explorer.gui.widgets.progress_bar import show_fraction
from auslan_explorer.gui.widgets.responsive_row import ResponsiveRow
from auslan_explorer.gui.widgets.text import breakable

ROW_HEIGHT = 3 * UNIT
_SIDE = UNIT + UNIT // 2


class Page(QScrollArea):
    """Page that scrolls vertically, and horizontally only if large text needs it."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget(self)
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(_SIDE, UNIT, _SIDE, 2 * UNIT)
        self.column.setSpacing(UNIT // 2)
        self.setWidget(inner)
        self.inner = inner

    def add(self, *widgets: QWidget) -> None:
        """Append widgets to the column."""
        for widget in widgets:
            self.column.addWidget(widget)


def muted_label(text: str, parent: QWidget | None) -> QLabel:
    """Return a label in the muted colour that wraps its text."""
    label = QLabel(text, parent)
    label.setProperty("muted", True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    # A long sentence makes the label higher instead of the dock wider.
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    return label


class WrappingTitle(QLabel):
    """Title that prefers one line and wraps between words if it must."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)

    def setText(self, text: str) -> None:
        """Set the text; a word longer than a line is broken."""
        super().setText(breakable(text))

    def sizeHint(self) -> QSize:
        return self._size_for_lines([self.text()])

    def minimumSizeHint(self) -> QSize:
        return self._size_for_lines(self.text().replace("\N{ZERO WIDTH SPACE}", " ").split())

    def _size_for_lines(self, lines: Sequence[str]) -> QSize:
        self.ensurePolished()
        metrics = self.fontMetrics()
        # One more pixel, since text widths are rounded.
        return QSize(max((metrics.horizontalAdvance(line) for line in lines), default=0) + 1, metrics.height())


def title_row(title: WrappingTitle, parent: QWidget, *links: QPushButton) -> ResponsiveRow:
    """Return a page's title with links on its right, or below it if there is no room."""
    right = QWidget(parent)
    row = QHBoxLayout(right)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    for each in links:
        row.addWidget(each)
    row.addStretch(1)
    return ResponsiveRow(parent, title, None, right)


def link(text: str, parent: QWidget, tooltip: str = "") -> QPushButton:
    """Return a flat button in the accent colour."""
    button = QPushButton(text, parent)
    button.setFlat(True)
    button.setAccessibleName(text.rstrip(" ↗"))
    button.setToolTip(tooltip)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    return button


class _Question(QToolButton):
    """The "?" button of a heading, sized with the text."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setText("?")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(scaled(22), scaled(22))


class Heading(QWidget):
    """Wrapping title of a section, with an optional "?" button that opens a note.

    Attributes
    ----------
    note : str
        What the button opens; may be set anew where there was one.
    """

    def __init__(self, text: str, parent: QWidget, note: str = "", beside: QWidget | None = None) -> None:
        super().__init__(parent)
        self.note = note
        head = QWidget(self)
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT // 2)
        title = WrappingTitle(text, head)
        title.setFont(font(strong=True))
        row.addWidget(title)
        if note:
            question = _Question(head)
            question.setAccessibleName(tr("What is this: {0}", text))
            question.setToolTip(tr("What is this?"))
            question.clicked.connect(lambda: open_note(question, text, self.note))
            row.addWidget(question)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, UNIT + UNIT // 2, 0, 0)
        column.addWidget(head if beside is None else ResponsiveRow(self, head, None, beside))


def open_note(anchor: QWidget, title: str, text: str) -> Popover:
    """Open a popover with a note below a button; a click outside or Escape closes it.

    The note speaks the words of the data that are open now, also where it was made before.
    """
    frame = Popover(anchor)
    frame.setAccessibleName(tr_again(title))
    column = QVBoxLayout(frame)
    column.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
    label = QLabel(tr_again(text), frame)
    label.setWordWrap(True)
    label.setFixedWidth(scaled(36 * UNIT))
    column.addWidget(label)
    frame.open_below(anchor, left=True)
    return frame


class KeyValueList(QWidget):
    """Two columns of names and values; names are given in English and translated here."""

    def __init__(self, names: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * UNIT)
        grid.setVerticalSpacing(UNIT // 2)
        grid.setColumnStretch(1, 1)
        self.values: dict[str, QLabel] = {}
        self.labels: dict[str, QLabel] = {}
        for row, name in enumerate(names):
            label = QLabel(tr(name), self)
            label.setProperty("muted", True)
            value = QLabel(self)
            value.setTextFormat(Qt.TextFormat.PlainText)
            value.setWordWrap(True)
            value.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
            value.setAccessibleName(tr(name))
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, row, 1)
            self.labels[name], self.values[name] = label, value

    def show_values(self, **texts: str) -> None:
        """Set values by name; an underscore in a name stands for a space."""
        for name, text in texts.items():
            value = self.values[name.replace("_", " ")]
            value.setText(breakable(text))
            # A name without a value says nothing.
            value.setVisible(bool(text))
            self.labels[name.replace("_", " ")].setVisible(bool(text))


class PendingResult(QWidget):
    """Placeholder for a result: a sentence, with a progress bar while waiting or a retry button after a failure.

    Signals
    -------
    again()
        The retry button was pressed.
    """

    again = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.label = muted_label("", self)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress"))
        self.retry = link(tr("Try again"), self)
        self.retry.clicked.connect(self.again)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT // 2)
        column.addWidget(self.label)
        column.addWidget(self.bar)
        column.addWidget(self.retry, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_sentence("")

    def show_sentence(self, text: str) -> None:
        """Show a sentence alone; an empty one hides the widget."""
        self._show(text, bar=False, button=False)

    def show_waiting(self, text: str) -> None:
        """Show a sentence with an indeterminate progress bar."""
        show_fraction(self.bar, None)
        self._show(text, bar=True, button=False)

    def show_failure(self, text: str) -> None:
        """Show an error with the retry button."""
        self._show(text, bar=False, button=True)

    def show_job(self, job: Job) -> None:
        """Follow a job's progress, failure and cancellation."""
        job.progressed.connect(self._on_progress)
        job.failed.connect(self._on_failed)
        job.cancelled.connect(self._on_cancelled)

    def _on_progress(self, fraction: float, text: str) -> None:
        show_fraction(self.bar, fraction)

    def _on_failed(self, sentence: str, details: str) -> None:
        self.show_failure(sentence)

    def _on_cancelled(self) -> None:
        self.show_failure(tr("Stopped."))

    def _show(self, text: str, *, bar: bool, button: bool) -> None:
        self.label.setText(text)
        self.bar.setVisible(bar)
        self.retry.setVisible(button)
        self.setVisible(bool(text))
