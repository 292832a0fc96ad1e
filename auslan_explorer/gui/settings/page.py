"""The settings page, whose choices apply at once and can be reset to their defaults."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from auslan_explorer import paths
from auslan_explorer.core import palettes
from auslan_explorer.draw.theme import BODY
from auslan_explorer.gui.i18n import current_words, mark, tr
from auslan_explorer.gui.settings.colour_preview import ColourPreview
from auslan_explorer.gui.settings.preferences import LIMITS, Preferences
from auslan_explorer.gui.signs import signbank
from auslan_explorer.gui.style import UNIT, Look, font, scaled, text_scale
from auslan_explorer.gui.widgets.elided_label import ElidedLabel
from auslan_explorer.gui.widgets.file_manager import show_folder
from auslan_explorer.gui.widgets.guide_link import link_to_guide
from auslan_explorer.gui.widgets.number_box import IntegerBox
from auslan_explorer.gui.widgets.path_field import PathField

LOOKS = {Look.SYSTEM: mark("As the system"), Look.LIGHT: mark("Light"), Look.DARK: mark("Dark")}
_TEXT_STEP = 10


class SettingsPage(QDialog):
    """Dialog with all preferences; signals every change.

    Parameters
    ----------
    chosen : Preferences
    complaint : str
        Why the preferences cannot be saved; empty if they can.
    parent : QWidget

    Signals
    -------
    changed(preferences)
        A preference was changed by the user.
    """

    changed = Signal(object)

    def __init__(self, chosen: Preferences, complaint: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Settings"))
        link_to_guide(self, "settings")
        self._chosen = chosen
        self._filling = False
        self._scale = text_scale()
        self._show: list[Callable[[Preferences], None]] = []
        inner = QWidget(self)
        self._form = form = QFormLayout(inner)
        form.setContentsMargins(3 * UNIT, 2 * UNIT, 3 * UNIT, 2 * UNIT)
        form.setHorizontalSpacing(3 * UNIT)
        form.setVerticalSpacing(UNIT)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for group in (self._add_look, self._colours, self._folders, self._training, self._films, self._web):
            group(inner)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # Otherwise fields are squeezed to their minimum before the page scrolls.
        inner.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        area.setWidget(inner)
        self.area = area
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.setContentsMargins(3 * UNIT, UNIT, 3 * UNIT, 2 * UNIT)
        buttons.rejected.connect(self.reject)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setAccessibleName(tr("Close"))
        close.setDefault(True)
        self.reset_button = buttons.addButton(tr("Reset all…"), QDialogButtonBox.ButtonRole.ResetRole)
        self.reset_button.setAccessibleName(tr("Reset all settings"))
        self.reset_button.setAutoDefault(False)
        self.reset_button.clicked.connect(self.ask_reset)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        if complaint:
            layout.addWidget(self._add_problem_label(complaint))
        layout.addWidget(area, 1)
        layout.addWidget(buttons)
        self.show_choices(chosen)
        room = parent.screen().availableSize()
        self.resize(min(scaled(64 * UNIT), room.width() - 8 * UNIT), min(scaled(90 * UNIT), room.height() - 10 * UNIT))

    # ------------------------------------------------------------------------------------------------- preferences
    def show_choices(self, chosen: Preferences) -> None:
        """Show other preferences without signalling a change."""
        self._chosen = chosen
        self._filling = True
        for show in self._show:
            show(chosen)
        self._filling = False

    def show_look(self, look: Look) -> None:
        """Show a theme that was chosen elsewhere."""
        self.show_choices(replace(self._chosen, look=look))

    def _announce(self, **change: Any) -> None:
        if self._filling:
            return
        new = replace(self._chosen, **change)
        if new != self._chosen:
            self._chosen = new
            self.changed.emit(new)

    def ask_reset(self) -> QMessageBox:
        """Ask whether to reset all preferences, and return the message box without waiting."""
        ask = QMessageBox(
            QMessageBox.Icon.NoIcon,
            tr("Reset all settings"),
            tr("Put all settings back as they were at first?"),
            parent=self,
        )
        ask.setInformativeText(tr("Your recordings, networks, sessions and groups stay as they are."))
        ask.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        reset = ask.addButton(tr("Reset all"), QMessageBox.ButtonRole.AcceptRole)
        ask.setDefaultButton(ask.addButton(QMessageBox.StandardButton.Cancel))
        for button in ask.buttons():
            button.setAccessibleName(button.text().replace("&", ""))
        reset.clicked.connect(self._reset)
        ask.open()
        return ask

    def _reset(self) -> None:
        self.show_choices(Preferences())
        self.changed.emit(Preferences())

    # ------------------------------------------------------------------------------------------------- groups
    def _add_look(self, inner: QWidget) -> None:
        self._group(tr("Look"), inner)
        self.look = self._combo(tr("Theme"), LOOKS, "look")
        self.text_size = QSlider(Qt.Orientation.Horizontal, inner)
        least, most = LIMITS["text_size"]
        self.text_size.setRange(least, most)
        self.text_size.setSingleStep(_TEXT_STEP)
        self.text_size.setPageStep(2 * _TEXT_STEP)
        self.text_size.setAccessibleName(tr("Text size in percent"))
        self.text_size.setMinimumHeight(3 * UNIT)
        self.percent = percent = QLabel(f"{least} %", inner)
        percent.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.text_size.valueChanged.connect(self._show_text_size)
        self.text_size.valueChanged.connect(self._on_text_size_changed)
        self.text_size.sliderReleased.connect(self._on_text_size_changed)
        self._show.append(lambda chosen: self.text_size.setValue(chosen.text_size))
        self._row(tr("Text size"), percent, self.text_size)
        # Alone in its row, it keeps its place and width while the sample beside the title grows.
        self._form.addRow(self.text_size)
        self.reduce_motion = QCheckBox(tr("Reduce motion"), inner)
        self.reduce_motion.setAccessibleName(tr("Reduce motion"))
        self.reduce_motion.setToolTip(tr("Nothing fades or glides; what changes is changed at once"))
        self.reduce_motion.toggled.connect(lambda on: self._announce(reduce_motion=on))
        self._show.append(lambda chosen: self.reduce_motion.setChecked(chosen.reduce_motion))
        self._form.addRow("", self.reduce_motion)

    def _show_text_size(self, value: int) -> None:
        """Show a text size in its own size."""
        self.percent.setText(f"{value} %")
        sample = font()
        sample.setPixelSize(round(BODY * value / 100))
        self.percent.setFont(sample)

    def _on_text_size_changed(self) -> None:
        # Not while dragging: the whole program takes too long to follow, and the slider would move from under the hand.
        if not self.text_size.isSliderDown():
            self._announce(text_size=_TEXT_STEP * round(self.text_size.value() / _TEXT_STEP))
            self._show_text_size(self.text_size.value())

    def changeEvent(self, event: QEvent) -> None:
        """Grow and shrink with the text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._scale != text_scale():
            self._fit_to_text()

    def _fit_to_text(self) -> None:
        grown, self._scale = text_scale() / self._scale, text_scale()
        room = self.screen().availableSize()
        self.resize(
            min(round(self.width() * grown), room.width() - 8 * UNIT),
            min(round(self.height() * grown), room.height() - 10 * UNIT),
        )

    def _colours(self, inner: QWidget) -> None:
        self._group(tr("Colours"), inner)
        titles = {key: title for key, (title, _) in palettes.TIME_MAPS.items()}
        self.time_colours = self._combo(tr("Time"), titles, "time_colours")
        titles = {key: each.title for key, each in palettes.SIGN_SETS.items()}
        self.sign_colours = self._combo(tr("Signs"), titles, "sign_colours")
        strip = ColourPreview(inner)
        self._show.append(strip.show_choices)
        self.changed.connect(strip.show_choices)
        self._form.addRow("", strip)

    def _folders(self, inner: QWidget) -> None:
        self._group(tr("Folders"), inner)
        self.export_folder = PathField(tr("Folder for exports"), inner, folders=True)
        self.export_folder.line.setPlaceholderText(str(paths.home_dir()))
        self.export_folder.line.textChanged.connect(lambda text: self._announce(export_folder=text.strip()))
        self._show.append(lambda chosen: self.export_folder.line.setText(chosen.export_folder))
        self._row(tr("Exports go to"), self.export_folder, self.export_folder)
        for title, folder in ((tr("Your data"), paths.data_dir()), (tr("Log"), paths.log_dir())):
            row = QHBoxLayout()
            row.setSpacing(UNIT)
            place = ElidedLabel(Qt.AlignmentFlag.AlignLeft, inner)
            place.setText(str(folder))
            place.setAccessibleName(f"{title}: {folder}")
            opening = QPushButton(tr("Show folder"), inner)
            opening.setAutoDefault(False)
            opening.setAccessibleName(tr("{0}: show folder", title))
            opening.clicked.connect(lambda _=False, folder=folder: show_folder(folder))
            row.addWidget(place, 1)
            row.addWidget(opening)
            self._row(title, row, None)

    def _training(self, inner: QWidget) -> None:
        self._group(tr("Training"), inner)
        self.training_threads = self._number(tr("Processors"), "training_threads")
        self.training_threads.setSpecialValueText(tr("All"))
        self.training_threads.setToolTip(tr("How many of this computer’s processors a training may keep busy"))
        self.cluster = QLineEdit(inner)
        self.cluster.setPlaceholderText(tr("tcp://host:8786; empty: this computer"))
        self.cluster.setAccessibleName(tr("Address of a Dask cluster"))
        self.cluster.setToolTip(
            tr("Scheduler of a Dask cluster of yours: it trains ensembles, and compares the paths of many recordings")
        )
        self.cluster.textChanged.connect(lambda text: self._announce(cluster_address=text.strip()))
        self._show.append(lambda chosen: self.cluster.setText(chosen.cluster_address))
        self._row(tr("Cluster"), self.cluster, self.cluster)

    def _films(self, inner: QWidget) -> None:
        self._group(tr("Films"), inner)
        self.film_width = self._number(tr("Width"), "film_width")
        self.film_height = self._number(tr("Height"), "film_height")
        for box in (self.film_width, self.film_height):
            box.setSingleStep(2)
            box.setSuffix(tr(" px"))
        self.film_rate = self._number(tr("Frames a second"), "film_rate")

    def _web(self, inner: QWidget) -> None:
        first = self._form.rowCount()
        self._group(tr("Web"), inner)
        self.signbank = QLineEdit(inner)
        self.signbank.setAccessibleName(tr("Address of a sign’s page in Signbank"))
        self.signbank.setToolTip(tr("{word} stands for the sign’s name"))
        self.signbank.textChanged.connect(self._on_address_edited)
        self._show.append(lambda chosen: self.signbank.setText(chosen.signbank_address))
        self._row(tr("Signbank address"), self.signbank, self.signbank)
        self.wrong_address = QLabel(inner)
        self.wrong_address.setProperty("wrong", True)
        self.wrong_address.setWordWrap(True)
        self.wrong_address.hide()
        self._form.addRow(self.wrong_address)
        for row in range(first, self._form.rowCount() - 1):
            self._form.setRowVisible(row, current_words().of_signs)  # Signbank has signs alone

    def _on_address_edited(self, text: str) -> None:
        problem = signbank.template_problem(text.strip())
        self.wrong_address.setText(tr("{0} The old one is kept.", problem))
        self.wrong_address.setVisible(bool(problem))
        if not problem:
            self._announce(signbank_address=text.strip())

    # ------------------------------------------------------------------------------------------------- rows
    def _group(self, title: str, inner: QWidget) -> None:
        heading = QLabel(title, inner)
        heading.setProperty("type", "title")
        if self._form.rowCount():
            heading.setContentsMargins(0, 2 * UNIT, 0, 0)
        self._form.addRow(heading)

    def _row(self, title: str, field: QWidget | QHBoxLayout, buddy: QWidget | None) -> None:
        label = QLabel(title, self)
        if buddy is not None:
            label.setBuddy(buddy)
        self._form.addRow(label, field)

    def _combo(self, title: str, offered: Mapping[Any, str], name: str) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(title)
        # Otherwise the combo box is as wide as its longest entry, and the page wider than its window.
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(8)
        box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        keys = list(offered)
        box.addItems([tr(each) for each in offered.values()])
        box.currentIndexChanged.connect(lambda place: self._announce(**{name: keys[place]}))
        self._show.append(lambda chosen: box.setCurrentIndex(keys.index(getattr(chosen, name))))
        self._row(title, box, box)
        return box

    def _number(self, title: str, name: str) -> IntegerBox:
        box = IntegerBox(self)
        box.setRange(*LIMITS[name])
        box.setKeyboardTracking(False)
        box.setMinimumWidth(14 * UNIT)
        box.setAccessibleName(title)
        box.valueChanged.connect(lambda value: self._announce(**{name: value}))
        self._show.append(lambda chosen: box.setValue(getattr(chosen, name)))
        self._row(title, box, box)
        return box

    def _add_problem_label(self, sentence: str) -> QLabel:
        label = QLabel(f"⚠ {sentence}", self)
        label.setProperty("wrong", True)
        label.setWordWrap(True)
        label.setContentsMargins(3 * UNIT, 2 * UNIT, 3 * UNIT, 0)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label
