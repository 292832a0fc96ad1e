"""The inspector's page of all errors: a confusion matrix for each split, and labels in doubt."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from auslan_explorer.analysis.confusion import confused_recordings, confusions
from auslan_explorer.core.selection import select
from auslan_explorer.core.session import Session
from auslan_explorer.core.splits import NO_SPLIT, SPLIT_NAMES
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.inspector.confusion_matrix import ConfusionMatrix
from auslan_explorer.gui.inspector.label_section import LabelSection
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.style import UNIT
from auslan_explorer.gui.widgets.page import link, muted_label
from auslan_explorer.gui.widgets.text import format_count

_ALL = "all splits"


class ConfusionPage(QWidget):
    """Split, number of errors and confusion matrix; a click on a cell selects its recordings."""

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._hint = ""
        self.split = QComboBox(self)
        self.split.setAccessibleName(tr("Split"))
        self.split.setToolTip(tr("Which recordings to count"))
        self.everything = link(tr("select all"), self, tr("Select every misclassified recording of this split"))
        self.count = muted_label("", self)
        self.said = muted_label("", self)
        self.matrix = ConfusionMatrix(self)
        self.labels = LabelSection(session, jobs, self)
        title = QLabel(tr("Mistakes"), self)
        title.setProperty("type", "title")
        head = QHBoxLayout()
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self.split)
        line = QHBoxLayout()
        line.addWidget(self.count, 1)
        line.addWidget(self.everything)
        self.area = QScrollArea(self)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(self.matrix)
        self.area.viewport().installEventFilter(self)
        self.matrix.installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(UNIT + UNIT // 2, UNIT, UNIT, UNIT)
        column.setSpacing(UNIT // 2)
        column.addLayout(head)
        column.addLayout(line)
        column.addWidget(self.said)
        column.addWidget(self.area, 2)
        column.addWidget(self.labels, 1)
        # Two lines are reserved for a cell's description, so that the matrix does not move.
        self._keep_room()
        self.said.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.split.currentIndexChanged.connect(lambda place: self._show())
        self.everything.clicked.connect(self._select_all)
        self.matrix.chosen.connect(self._choose)
        self.matrix.pointed.connect(self._show_sentence)
        self.show_data()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.matrix:
            # What a small matrix does not need is the labels' room.
            self.area.setMaximumHeight(self.matrix.height())
        elif event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.matrix.fit_width(watched.width())
        return False

    def changeEvent(self, event: QEvent) -> None:
        """Keep room for two lines at every text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._keep_room()

    def _keep_room(self) -> None:
        self.said.setMinimumHeight(2 * self.said.fontMetrics().height() + 4)

    def show_data(self) -> None:
        """List the splits of the open activations, and show all of them."""
        present = set(self._session.activations.split.tolist())
        self.split.blockSignals(True)
        self.split.clear()
        self.split.addItem(tr(_ALL), None)
        for code, name in SPLIT_NAMES.items():
            if code in present and code != NO_SPLIT:
                self.split.addItem(tr(name), code)
        self.split.blockSignals(False)
        self.split.setVisible(self.split.count() > 1)
        self._show()

    def _splits(self) -> list[int] | None:
        code = self.split.currentData()
        return None if code is None else [int(code)]

    def _show(self) -> None:
        a = self._session.activations
        found = confusions(a, self._splits())
        self.matrix.show_confusions(found, a.names)
        self.everything.setVisible(found.mistakes > 0)
        self._hint = tr("True signs stand on the left, answers above. Click a cell.") if found.mistakes else ""
        if not found.known:
            self.count.setText(tr("The answers are not known."))
        elif not found.mistakes:
            self.count.setText(tr("None: all {0} are recognised.", format_count(found.known, "recording")))
        else:
            self.count.setText(tr("{0} of {1}", found.mistakes, format_count(found.known, "recording")))
        self._show_sentence("")

    def _show_sentence(self, text: str) -> None:
        self.said.setText(text or self._hint)

    def _choose(self, true: int, predicted: int) -> None:
        select(self._session, confused_recordings(self._session.activations, true, predicted, self._splits()))

    def _select_all(self) -> None:
        a, splits = self._session.activations, self._splits()
        wrong = (a.predicted >= 0) & (a.predicted != a.sign)
        select(self._session, [i for i in wrong.nonzero()[0] if splits is None or a.split[i] in splits])
