"""Panel of how paths grow: alignment, length of the trail, size of the playheads, and ghost."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QFrame, QHBoxLayout, QLabel, QSlider, QWidget

from auslan_explorer.core.playing import Alignment, Trail
from auslan_explorer.core.session import Session
from auslan_explorer.gui.i18n import mark, tr
from auslan_explorer.gui.style import UNIT, font

_ALIGNMENTS = (
    (Alignment.NETWORK, mark("By the network’s steps")),
    (Alignment.START, mark("From each one’s own start")),
    (Alignment.STRETCH, mark("Stretched to the same length")),
)


class TrailPanel(QFrame):
    """Controls of alignment, trail and ghost, applied at once."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        form = QFormLayout(self)
        form.setContentsMargins(2 * UNIT, UNIT, 2 * UNIT, UNIT)
        form.setSpacing(UNIT)
        self.alignment = QComboBox(self)
        self.alignment.addItems([tr(text) for _, text in _ALIGNMENTS])
        self.alignment.setAccessibleName(tr("Line recordings up"))
        self.alignment.activated.connect(lambda place: session.update(alignment=_ALIGNMENTS[place][0]))
        form.addRow(tr("Line recordings up"), self.alignment)
        self.tail, self.tail_said = self._slider(tr("Trail, steps behind"), form)
        self.head, self.head_said = self._slider(tr("Trail, steps ahead"), form)
        self.ghost = QCheckBox(tr("Whole paths faintly beneath"), self)
        self.ghost.toggled.connect(lambda on: session.update(ghost=on))
        self.every = QCheckBox(tr("Show every step, even if that is slower"), self)
        self.every.toggled.connect(lambda on: session.update(every_step=on))
        for box in (self.ghost, self.every):
            box.setAccessibleName(box.text())
            form.addRow(box)
        session.watch(("alignment", "trail", "ghost", "every_step"), self._show_values)
        session.data_changed.connect(self._show_values)
        self._show_values()

    def _slider(self, name: str, form: QFormLayout) -> tuple[QSlider, QLabel]:
        slider, value = QSlider(Qt.Orientation.Horizontal, self), QLabel(self)
        slider.setAccessibleName(name)
        slider.setMinimumWidth(20 * UNIT)
        value.setFont(font(tabular=True))
        value.setMinimumWidth(value.fontMetrics().horizontalAdvance("000") + UNIT)
        slider.valueChanged.connect(self._on_dragged)
        row = QHBoxLayout()
        row.addWidget(slider, 1)
        row.addWidget(value)
        form.addRow(name, row)
        return slider, value

    def _on_dragged(self) -> None:
        # The last position of the trail's slider draws whole paths.
        tail = self.tail.value()
        self._session.update(trail=Trail(0 if tail == self.tail.maximum() else tail, self.head.value()))

    def _show_values(self) -> None:
        state, steps = self._session.state, self._session.activations.steps
        for part in (self.alignment, self.tail, self.head, self.ghost, self.every):
            part.blockSignals(True)
        self.alignment.setCurrentIndex([each for each, _ in _ALIGNMENTS].index(state.alignment))
        self.tail.setRange(1, steps)
        self.tail.setValue(state.trail.tail or steps)
        self.head.setRange(0, max(steps - 1, 0))
        self.head.setValue(state.trail.head)
        self.ghost.setChecked(state.ghost)
        self.every.setChecked(state.every_step)
        for part in (self.alignment, self.tail, self.head, self.ghost, self.every):
            part.blockSignals(False)
        self.tail_said.setText(str(state.trail.tail) if state.trail.tail else tr("all"))
        self.head_said.setText(str(state.trail.head))
