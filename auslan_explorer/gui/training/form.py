"""The form of the retraining dock, with validation and the differences from the preset."""

from __future__ import annotations

import json
from typing import Any

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
    QToolButton,
    QWidget,
)

from auslan_explorer.gui.i18n import mark, tr
from auslan_explorer.gui.style import UNIT, font, scaled, text_scale
from auslan_explorer.gui.tool_button import tool_button
from auslan_explorer.gui.training.fields import (
    ARTICLE,
    FIELDS,
    GROUPS,
    NEW_SPLIT,
    PRESETS,
    RECOMMENDED,
    RECORDING_WORDS,
    SHARP,
    Field,
    differences,
    format_value,
    parse_settings,
    selection_problem,
)
from auslan_explorer.gui.widgets.page import Heading, muted_label, open_note
from auslan_explorer.training.settings import AutoencoderSettings

_ABOUT = {
    RECOMMENDED: mark("as the maps that ship were made"),
    SHARP: mark("explains a little more, but paths tear"),
    ARTICLE: mark("the article’s own recipe"),
}
_SMALL = 22
"""Side length of the buttons beside a field, in pixels at 100 %."""
_ABOVE_FROM = 1.5
"""Text scale from which labels stand above their fields, since both no longer fit side by side."""


class _Row:
    """One setting: label, "?" button, field, reset button and validation message."""

    def __init__(self, text: str, note: str, field: QWidget, grid: QGridLayout, parent: QWidget) -> None:
        self.label = QLabel(text, parent)
        self.label.setBuddy(field)
        self.field = field
        self.back = _small_button(text, parent, icon="arrow-counter-clockwise")
        # Keeps its space when hidden: a field must not grow when its value equals the preset's.
        kept = self.back.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.back.setSizePolicy(kept)
        self.problem = QLabel(parent)
        self.problem.setProperty("wrong", True)
        self.problem.setWordWrap(True)
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.hide()
        self._grid, self._row = grid, grid.rowCount()
        self._head = QWidget(parent)
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(UNIT // 2)
        head.addWidget(self.label)
        if note:
            question = _small_button(tr("What is this: {0}", text), parent)
            question.setText("?")
            question.setToolTip(tr("What is this?"))
            question.clicked.connect(lambda: open_note(question, text, note))
            head.addWidget(question)
        head.addStretch(1)
        field.setAccessibleName(text)
        grid.addWidget(self.problem, self._row + 2, 0, 1, 3)

    def set_label_above(self, above: bool) -> None:
        """Place the label above its field, or beside it."""
        at = self._row + int(above)
        self._grid.addWidget(self._head, self._row, 0, 1, 3 if above else 1)
        self._grid.addWidget(self.field, at, 0 if above else 1, 1, 2 if above else 1)
        self._grid.addWidget(self.back, at, 2)

    def show_state(self, problem: str, preset: str, value: str | None) -> None:
        """Show what is invalid, and offer the preset's value if it differs."""
        self.problem.setText(f"⚠ {problem}" if problem else "")
        self.problem.setVisible(bool(problem))
        self.field.setAccessibleDescription(problem)
        self.label.setFont(font(strong=value is not None))
        self.back.setVisible(value is not None)
        if value is not None:
            self.back.setToolTip(tr("Back to {0}: {1}", preset, value))
            self.back.setAccessibleName(tr("Back to {0}: {1}", preset, value))


def _small_button(name: str, parent: QWidget, *, icon: str = "") -> QToolButton:
    button = tool_button(parent, name, icon=icon, role="accent")
    button.setProperty("small", True)
    button.set_side(_SMALL)
    return button


class SettingsForm(QWidget):
    """Form of all settings of a training.

    Signals
    -------
    changed()
        A setting was edited; `settings` is None while any value is invalid.
    accepted()
        Enter was pressed in a field.
    """

    changed = Signal()
    accepted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._selected = 0
        self._above = False
        self._room, self._beside = 1 << 15, 0
        self.rows: dict[str, _Row] = {}
        self.settings: AutoencoderSettings | None = None
        self.problems: dict[str, str] = {}
        self.preset = QComboBox(self)
        for name in PRESETS:
            self.preset.addItem(tr(name), name)
        self.preset.setAccessibleName(tr("Preset"))
        self.preset.activated.connect(self.apply_preset)
        self.says = muted_label("", self)
        self._dims = QButtonGroup(self)
        dims = QHBoxLayout()
        dims.setSpacing(2 * UNIT)
        for number in (2, 3):
            button = QRadioButton(f"{number}-D", self)
            button.setAccessibleName(tr("A map in {0} dimensions", number))
            self._dims.addButton(button, number)
            dims.addWidget(button)
        dims.addStretch(1)
        self._dims.button(2).setChecked(True)
        self._dims.idToggled.connect(lambda number, on: self._on_dims(number) if on else None)

        grid = self._grid = QGridLayout(self)
        grid.setContentsMargins(0, UNIT // 2, 0, 0)
        grid.setHorizontalSpacing(UNIT // 2 - 1)
        grid.setVerticalSpacing(UNIT // 2)
        grid.setColumnStretch(1, 1)
        label = QLabel(tr("Preset"), self)
        label.setBuddy(self.preset)
        grid.addWidget(label, 0, 0)
        grid.addWidget(QLabel(tr("Map"), self), 2, 0)
        grid.addLayout(dims, 2, 1)
        grid.addWidget(self.says, 3, 0, 1, 3)
        for title, fields in GROUPS:
            grid.addWidget(Heading(tr(title), self), grid.rowCount(), 0, 1, 3)
            for field in fields:
                self.rows[field.name] = _Row(tr(field.text), tr(field.note), self._field(field), grid, self)
                self.rows[field.name].back.clicked.connect(lambda _=False, name=field.name: self._reset_field(name))
        self._arrange_rows(False)
        self.apply_preset()
        self.fit_width(self._room)

    def changeEvent(self, event: QEvent) -> None:
        """Rearrange the rows when the text size changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            # The fields hear of it after their form.
            QTimer.singleShot(0, self, self._fit_anew)

    def _fit_anew(self) -> None:
        self._arrange_rows(False)
        self.fit_width(self._room)

    def fit_width(self, room: int) -> None:
        """Put words above their fields where `room` pixels are too few for both, or the text is large."""
        self._room = room
        if not self._above:
            self._beside = self._grid.minimumSize().width()
        above = text_scale() >= _ABOVE_FROM or room < self._beside
        if above is not self._above:
            self._arrange_rows(above)

    def _arrange_rows(self, above_fields: bool) -> None:
        self._above = above_fields
        self._grid.setColumnMinimumWidth(2, scaled(_SMALL))
        for row in self.rows.values():
            row.set_label_above(self._above)
        above = int(self._above)
        self._grid.addWidget(self.preset, above, 1 - above, 1, 1 + above)
        for box in self.findChildren(QComboBox):
            box.setMinimumContentsLength(8 if self._above else 9)

    # ------------------------------------------------------------------------------------------------- values
    @property
    def dims(self) -> int:
        """Number of dimensions of the map, 2 or 3."""
        return self._dims.checkedId()

    def set_selected_count(self, count: int) -> None:
        """Set how many recordings are selected, and revalidate."""
        self._selected = count
        self._validate()

    def set_split_known(self, known: bool) -> None:
        """Name the training split as what it is: the network's own, or a new one where that is not known."""
        box = self.rows["recordings"].field
        assert isinstance(box, QComboBox)
        box.setItemText(box.findData("train"), tr(RECORDING_WORDS["train"] if known else NEW_SPLIT))
        tip = tr("Which recordings trained this network is not known, so some are set aside by chance")
        box.setToolTip("" if known else tip)

    def apply_preset(self) -> None:
        """Fill in the chosen preset; the seed stays as it is."""
        base = PRESETS[self.preset.currentData()](self.dims, 0)
        seed = self._texts()["seed"] or "0"
        with QSignalBlocker(self):
            for name in FIELDS:
                self._set_field(name, seed if name == "seed" else format_value(getattr(base, name)))
        self._validate()

    def set_dims(self, dims: int) -> None:
        """Set the number of dimensions of the map, 2 or 3."""
        self._dims.button(dims).setChecked(True)

    def _on_dims(self, dims: int) -> None:
        """Show the values that the preset has for a map of so many dimensions, where all were the preset's before."""
        if not differences(self.preset.currentData(), 5 - dims, self._texts()):
            self.apply_preset()
        else:
            self._validate()

    # ------------------------------------------------------------------------------------------------- stored values
    def to_text(self) -> str:
        """Return the form's values as JSON, to be stored in the settings."""
        kept = {"preset": self.preset.currentData(), "dims": self.dims, **self._texts()}
        return json.dumps(kept)

    def from_text(self, text: str) -> None:
        """Restore values from `to_text`; values that cannot be read are skipped."""
        try:
            kept = json.loads(text)
        except ValueError:
            return
        if not isinstance(kept, dict):
            return
        with QSignalBlocker(self):
            if kept.get("preset") in list(PRESETS):
                self.preset.setCurrentIndex(self.preset.findData(kept["preset"]))
            if kept.get("dims") in (2, 3):
                self.set_dims(kept["dims"])
            self.apply_preset()
            for name in FIELDS:
                if isinstance(kept.get(name), str):
                    self._set_field(name, kept[name][:200])
        self._validate()

    # ------------------------------------------------------------------------------------------------- fields
    def _field(self, field: Field) -> QWidget:
        if field.options:
            return self._choice(field.options)
        edit = QLineEdit(self)
        edit.setAlignment(Qt.AlignmentFlag.AlignRight)
        edit.setFont(font(tabular=True))
        edit.setMaxLength(60)
        edit.textChanged.connect(self._validate)
        edit.returnPressed.connect(self.accepted)
        return edit

    def _choice(self, options: tuple[tuple[str, str], ...]) -> QComboBox:
        box = QComboBox(self)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for value, text in options:
            box.addItem(tr(text), value)
        box.currentIndexChanged.connect(self._validate)
        return box

    def _texts(self) -> dict[str, str]:
        return {name: self._text(name) for name in FIELDS}

    def _text(self, name: str) -> str:
        field: Any = self.rows[name].field
        return str(field.currentData()) if isinstance(field, QComboBox) else field.text()

    def _set_field(self, name: str, text: str) -> None:
        field: Any = self.rows[name].field
        if isinstance(field, QComboBox):
            place = field.findData(text)
            if place >= 0:
                field.setCurrentIndex(place)
        else:
            field.setText(text)

    def _reset_field(self, name: str) -> None:
        base = PRESETS[self.preset.currentData()](self.dims, 0)
        self._set_field(name, format_value(getattr(base, name)))
        # The reset button is hidden now, so the keyboard focus moves to the field.
        self.rows[name].field.setFocus()

    def _validate(self) -> None:
        """Validate all fields and show problems and differences from the preset."""
        preset, texts = self.preset.currentData(), self._texts()
        self.settings, self.problems = parse_settings(preset, self.dims, texts)
        lacks = selection_problem(texts["recordings"], self._selected)
        if lacks:
            self.problems["recordings"], self.settings = lacks, None
        other = differences(preset, self.dims, texts)
        for name, row in self.rows.items():
            row.show_state(self.problems.get(name, ""), tr(preset), other.get(name))
        self.says.setText(_summary(preset, len(other)))
        self.changed.emit()


def _summary(preset: str, other: int) -> str:
    if not other:
        return f"{tr(preset)}: {tr(_ABOUT[preset])}."
    if other == 1:
        return tr("One value differs from “{0}”, in bold below.", tr(preset))
    return tr("{0} values differ from “{1}”, in bold below.", other, preset)
