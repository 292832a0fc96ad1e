"""Dialog that exports a picture of the map."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType

from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QWidget

from auslan_explorer.core.annotations import NOTHING_BESIDE
from auslan_explorer.core.session import DECLARED, Layout, Session
from auslan_explorer.draw.gesture import MOST_OF_WIDTH, Gesture
from auslan_explorer.draw.theme import LIGHT, Theme
from auslan_explorer.draw.view import Camera, View2D
from auslan_explorer.gui.export.export_dialog import ExportDialog, KeepView
from auslan_explorer.gui.export.offered_name import name_of_shown
from auslan_explorer.gui.export.picture_preview import PicturePreview
from auslan_explorer.gui.i18n import mark, tr
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.style import UNIT
from auslan_explorer.gui.widgets.number_box import IntegerBox
from auslan_explorer.workflows.again import keepable, picture_command, picture_of_session
from auslan_explorer.workflows.export import PictureOptions, export_picture

_TITLES = {2: mark("2-D map"), 3: mark("3-D")}
FILES = "PNG picture (*.png);;SVG drawing (*.svg);;PDF document (*.pdf)"


def size_fields(
    width: int, height: int, most: int, step: int, parent: QWidget
) -> tuple[QWidget, IntegerBox, IntegerBox]:
    """Return a row with two fields for width and height, and the two fields."""
    row = QWidget(parent)
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(UNIT)
    boxes = []
    for name, value in ((tr("Width"), width), (tr("Height"), height)):
        box = IntegerBox(row)
        box.setRange(64, most)
        box.setSingleStep(step)
        box.setValue(value)
        box.setSuffix(tr(" px"))
        box.setAccessibleName(name)
        boxes.append(box)
    layout.addWidget(boxes[0])
    layout.addWidget(QLabel("×", row))
    layout.addWidget(boxes[1])
    layout.addStretch(1)
    return row, boxes[0], boxes[1]


def hands_box(gesture: Gesture | None, parent: QWidget) -> QCheckBox:
    """Return a check box for the hands beside the map, on where the window shows some."""
    box = QCheckBox(tr("Hands beside the map"), parent)
    box.setAccessibleName(tr("Hands beside the map"))
    box.setChecked(gesture is not None)
    return box


class ExportPictureDialog(ExportDialog):
    """Exports the map as PNG, SVG or PDF: the part on screen, or everything shown.

    Parameters
    ----------
    jobs : Jobs
    parent : QWidget
    session : Session
    theme : Theme
    seen : mapping of int to View2D or Camera, optional
        Viewpoints of the views by their number of dimensions.
    gesture : Gesture, optional
        The hands that the window shows.
    keep_view : callable, optional
        Writes a session file, for a command that draws it.
    """

    def __init__(
        self,
        jobs: Jobs,
        parent: QWidget,
        session: Session,
        theme: Theme,
        seen: Mapping[int, View2D | Camera] = MappingProxyType({}),
        gesture: Gesture | None = None,
        keep_view: KeepView | None = None,
    ) -> None:
        super().__init__(
            tr("Export picture"),
            tr("Draws what is shown, in any size. The ending of the file chooses the kind: .png, .svg or .pdf."),
            "export",
            tr(FILES),
            ".png",
            jobs,
            parent,
        )
        self._session = session
        self._theme = theme
        self._seen = dict(seen)
        self._gesture = gesture
        self._keep_view = keep_view
        self.file.line.textChanged.connect(self._on_kind_changed)
        self.what = QComboBox(self)
        self.what.setAccessibleName(tr("What is drawn"))
        for dims in sorted(self._seen, key=lambda d: d != self._first_dims()):
            self.what.addItem(tr("{0}, as on screen", tr(_TITLES[dims])), (dims, True))
        for dims in sorted(session.projections, key=lambda d: d != self._first_dims()):
            if dims in _TITLES:
                self.what.addItem(tr("{0}, everything", tr(_TITLES[dims])), (dims, False))
        self.form.addRow(tr("What"), self.what)
        row, self.width_box, self.height_box = size_fields(2400, 2000, 30_000, 100, self)
        self.form.addRow(tr("Size"), row)
        self.share = self._number(tr("Type and points"), 100, 25, 400, " %")
        self.dpi = self._number(tr("Resolution"), 300, 36, 2400, tr(" dpi"))
        self.transparent = QCheckBox(tr("Transparent ground"), self)
        self.transparent.setAccessibleName(tr("Transparent ground"))
        self.form.addRow("", self.transparent)
        self.hands = hands_box(gesture, self)
        self.form.addRow("", self.hands)
        self.form.setRowVisible(self.hands, gesture is not None)
        self.light = QCheckBox(tr("Light paper, for print"), self)
        self.light.setAccessibleName(tr("Light paper, for print"))
        self.light.setChecked(True)
        self.light.setVisible(theme is not LIGHT)
        if theme is not LIGHT:
            self.form.addRow("", self.light)
        self.what.currentIndexChanged.connect(self._on_extent_changed)
        self.hands.toggled.connect(self._on_extent_changed)
        self.what.currentIndexChanged.connect(self.renew_offer)
        self._on_extent_changed()
        self.preview = PicturePreview(jobs, session, self.options, self)
        self.put_beside(self.preview)
        self._follow_changes()
        self.offer()
        self.file.setFocus()

    def _follow_changes(self) -> None:
        for number in (self.width_box, self.height_box, self.share):
            number.valueChanged.connect(self._refresh_preview)
        for box in (self.transparent, self.hands, self.light):
            box.toggled.connect(self._refresh_preview)
        self.what.currentIndexChanged.connect(self._refresh_preview)
        self._stop_watching = self._session.watch(DECLARED.keys(), self._refresh_preview)
        self._session.data_changed.connect(self._refresh_preview)
        self._session.annotations_changed.connect(self._refresh_preview)

    def _refresh_preview(self) -> None:
        # During an export it shows what is being written.
        if self._job is None:
            self.preview.refresh()

    def done(self, result: int) -> None:
        """Stop following the session, and close the dialog; a preview that is hidden draws no more."""
        self._stop_watching()
        self._session.data_changed.disconnect(self._refresh_preview, missing_ok=True)
        self._session.annotations_changed.disconnect(self._refresh_preview, missing_ok=True)
        super().done(result)

    def _first_dims(self) -> int:
        return 3 if self._session.state.layout is Layout.MAP_3D else 2

    def _number(self, name: str, value: int, least: int, most: int, suffix: str) -> IntegerBox:
        box = IntegerBox(self)
        box.setRange(least, most)
        box.setValue(value)
        box.setSuffix(suffix)
        box.setAccessibleName(name)
        self.form.addRow(name, box)
        return box

    def _on_extent_changed(self) -> None:
        """Set the size to twice the pane's pixels if only the part on screen is exported; hands come on top."""
        chosen = self.what.currentData()
        on_screen = chosen is not None and chosen[1]
        width, height = (
            (2 * self._seen[chosen[0]].width, 2 * self._seen[chosen[0]].height) if on_screen else (2400, 2000)
        )
        self.width_box.setValue(round(width / (1 - MOST_OF_WIDTH * self.hands.isChecked())))
        self.height_box.setValue(round(height))

    def _on_kind_changed(self, text: str) -> None:
        # Vector formats have no pixels, and so no resolution.
        self.dpi.setEnabled(not text.strip().lower().endswith((".svg", ".pdf")))

    def offered_name(self) -> str:
        chosen = self.what.currentData()
        dims = self._first_dims() if chosen is None else chosen[0]
        return name_of_shown(self._session.activations, self._session.state, dims)

    def options(self) -> PictureOptions:
        """Return what the fields ask for."""
        chosen = self.what.currentData()
        dims, on_screen = (self._first_dims(), False) if chosen is None else chosen
        return PictureOptions(
            dims,
            (self.width_box.value(), self.height_box.value()),
            LIGHT if self.light.isChecked() else self._theme,
            self._seen[dims] if on_screen else None,
            self.share.value() / 100,
            self.dpi.value(),
            self.transparent.isChecked(),
            self._gesture if self.hands.isChecked() else None,
            self._session.beside,
        )

    def command(self) -> str:
        session = self._session
        return picture_command(session.activations, session.projections, session.state, self.target(), self.options())

    def command_of_session(self, file: Path) -> str:
        session, options = self._session, self.options()
        keep = keepable(session.activations, session.projections, session.state, [options.dims])
        if self._keep_view is None or not keep or options.gesture is not None or options.beside != NOTHING_BESIDE:
            return ""
        self._keep_view(file, {} if options.seen is None else {options.dims: options.seen})
        return picture_of_session(file, self.target(), options)

    def work(self) -> Callable[..., Path]:
        session = self._session
        return partial(
            export_picture,
            session.activations,
            session.projections,
            session.state,
            self.target(),
            self.options(),
            self.command(),
        )
