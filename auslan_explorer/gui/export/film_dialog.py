"""Dialog that exports a film, with a preview."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QLineEdit, QWidget

from auslan_explorer.core.annotations import NOTHING_BESIDE
from auslan_explorer.core.clock import steps_per_second
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.identity import short_name
from auslan_explorer.core.session import DECLARED, Layout, Session
from auslan_explorer.draw.film import check_settings
from auslan_explorer.draw.film_files import check_target
from auslan_explorer.draw.film_frames import subject_of
from auslan_explorer.draw.film_settings import (
    GIF,
    LARGEST,
    LONGEST_CAPTION,
    MOST_GIF_RATE,
    MOST_HOLD,
    MP4,
    PNG,
    FilmSettings,
    FilmView,
    kind_of,
)
from auslan_explorer.draw.gesture import Gesture
from auslan_explorer.draw.theme import DARK, LIGHT
from auslan_explorer.draw.view import Camera, View2D
from auslan_explorer.gui.export.export_dialog import ExportDialog, KeepView
from auslan_explorer.gui.export.film_preview import FilmPreview, PreviewFilm
from auslan_explorer.gui.export.offered_name import name_of_shown
from auslan_explorer.gui.export.picture_dialog import hands_box, size_fields
from auslan_explorer.gui.i18n import mark, tr
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.style import UNIT
from auslan_explorer.gui.widgets.number_box import IntegerBox, NumberBox
from auslan_explorer.gui.widgets.text import format_count
from auslan_explorer.io.file_names import with_ending
from auslan_explorer.workflows.again import film_command, film_of_session, keepable
from auslan_explorer.workflows.export import export_film

FILES = "MP4 film (*.mp4);;GIF (*.gif);;Numbered PNG frames (*.png)"
_KINDS = {MP4: mark("MP4 film"), GIF: mark("GIF"), PNG: mark("PNG frames in a folder")}
_VIEWS = {
    FilmView.MAP_2D: mark("2-D map"),
    FilmView.MAP_3D: mark("3-D, the camera turning"),
    FilmView.BOTH: mark("Both, side by side"),
}
_LAYOUTS = {Layout.MAP_2D: FilmView.MAP_2D, Layout.MAP_3D: FilmView.MAP_3D, Layout.BOTH: FilmView.BOTH}
_SIZES = {
    mark("Full HD, 1920 × 1080"): (1920, 1080),
    mark("HD, 1280 × 720"): (1280, 720),
    mark("4K, 3840 × 2160"): (3840, 2160),
    mark("Square, 1080 × 1080"): (1080, 1080),
    mark("Upright, 1080 × 1920"): (1080, 1920),
    mark("Small, 640 × 360"): (640, 360),
}
_OWN_SIZE = "Own size"
_FRAMES = "-frames"
_WIDTH = 116 * UNIT


class ExportFilmDialog(ExportDialog):
    """Exports the growing paths, as the session shows them, as a film.

    Parameters
    ----------
    jobs : Jobs
    parent : QWidget
    session : Session
    wish : FilmSettings
        Initial settings.
    seen : mapping of int to View2D or Camera, optional
        Viewpoints of the views by their number of dimensions.
    gesture : Gesture, optional
        The hands that the window shows.
    keep_view : callable, optional
        Writes a session file, for a command that films it.
    """

    def __init__(
        self,
        jobs: Jobs,
        parent: QWidget,
        session: Session,
        options: FilmSettings,
        seen: Mapping[int, View2D | Camera] = MappingProxyType({}),
        gesture: Gesture | None = None,
        keep_view: KeepView | None = None,
    ) -> None:
        super().__init__(
            tr("Export film"),
            tr("Films the paths as they grow, just as the window shows them."),
            "film",
            tr(FILES),
            MP4,
            jobs,
            parent,
        )
        self._session = session
        self._seen = dict(seen)
        self._gesture = gesture
        self._keep_view = keep_view
        camera = self._seen.get(3)
        if isinstance(camera, Camera):
            options = replace(options, azimuth=camera.azimuth, elevation=camera.elevation)
        self._wish = options
        self.preview = FilmPreview(self)
        self.about_length = QLabel(self)
        self.about_length.setWordWrap(True)
        self.about_length.setAccessibleName(tr("Length of the film"))
        self._problem = ""
        self._make_fields(options)
        self.put_beside(self.preview, self.about_length)
        self.setMinimumWidth(_WIDTH)
        # The film has its own steps, independent of the session's.
        self._stop_watching = session.watch(DECLARED.keys() - {"step"}, self._refresh)
        session.data_changed.connect(self._refresh)
        session.annotations_changed.connect(self._refresh)
        self.view.currentIndexChanged.connect(self.renew_offer)
        self.offer()
        self._refresh()
        self.file.setFocus()

    # ------------------------------------------------------------------------------------------------- fields
    def _make_fields(self, options: FilmSettings) -> None:
        self.kind = self._choice(tr("Kind"), _KINDS)
        self.view = self._choice(tr("View"), _VIEWS)
        self.view.setCurrentIndex(self.view.findData(_LAYOUTS[self._session.state.layout]))
        self.hands = hands_box(self._gesture, self)
        self.form.addRow("", self.hands)
        self.form.setRowVisible(self.hands, self._gesture is not None)
        self.part = self._choice(tr("Shows"), {False: tr("Everything"), True: tr("What is on screen")})
        self.turn = self._amount(tr("Camera turns"), options.turn, -3600, 3600, "°", 15)
        self.preset = self._choice(tr("Size"), {**{size: name for name, size in _SIZES.items()}, None: tr(_OWN_SIZE)})
        row, self.width_box, self.height_box = size_fields(options.width, options.height, LARGEST[0], 2, self)
        self.form.addRow("", row)
        self.rate = IntegerBox(self)
        self._add(tr("Frames a second"), self.rate)
        self.rate.setRange(1, 120)
        self.rate.setValue(round(options.fps))
        self.speed = self._amount(tr("Speed"), options.steps_per_frame * options.fps, 0.5, 2000, tr(" steps/s"), 5)
        self.hold = self._amount(tr("Hold at the end"), options.hold, 0, MOST_HOLD, tr(" s"), 0.5)
        self.caption = QLineEdit(options.caption, self)
        self.caption.setMaxLength(LONGEST_CAPTION)
        self.caption.setPlaceholderText(tr("None"))
        self._add(tr("Caption"), self.caption)
        self.step, self.time = QCheckBox(tr("Step"), self), QCheckBox(tr("Time"), self)
        self.source = QCheckBox(tr("Network and map"), self)
        checks = QWidget(self)
        line = QHBoxLayout(checks)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2 * UNIT)
        for box, on in ((self.source, True), (self.step, options.show_step), (self.time, options.show_time)):
            box.setChecked(on)
            box.setAccessibleName(tr("Write the {0}", box.text().lower()))
            line.addWidget(box)
        line.addStretch(1)
        self.form.addRow(tr("Written"), checks)
        self.look = self._choice(tr("Paper"), {LIGHT.name: tr("Light"), DARK.name: tr("Dark")})
        self.look.setCurrentIndex(self.look.findData(options.theme))
        self.scale = IntegerBox(self)
        self._add(tr("Type and points"), self.scale)
        self.scale.setRange(25, 400)
        self.scale.setSingleStep(25)
        self.scale.setSuffix(" %")
        self.scale.setValue(round(100 * options.scale))
        self._on_size_typed()
        self.file.line.textChanged.connect(self._refresh)
        self.kind.activated.connect(self._on_kind_chosen)
        self.preset.activated.connect(self._on_preset_chosen)
        for number in (self.width_box, self.height_box):
            number.valueChanged.connect(self._on_size_typed)
        for combo in (self.view, self.part, self.look):
            combo.currentIndexChanged.connect(self._refresh)
        for amount in (self.turn, self.rate, self.speed, self.hold, self.scale):
            amount.valueChanged.connect(self._refresh)
        self.caption.textChanged.connect(self._refresh)
        for box in (self.source, self.step, self.time, self.hands):
            box.toggled.connect(self._refresh)

    def _add(self, name: str, field: QWidget) -> None:
        field.setAccessibleName(name)
        self.form.addRow(name, field)

    def _choice(self, name: str, choices: Mapping[Any, str]) -> QComboBox:
        box = QComboBox(self)
        for value, text in choices.items():
            box.addItem(tr(text), value)
        self._add(name, box)
        return box

    def _amount(self, name: str, value: float, least: float, most: float, suffix: str, step: float) -> NumberBox:
        box = NumberBox(self)
        box.setRange(least, most)
        box.setDecimals(1)
        box.setSingleStep(step)
        box.setSuffix(suffix)
        box.setValue(value)
        self._add(name, box)
        return box

    # ------------------------------------------------------------------------------------------------- settings
    def settings(self) -> FilmSettings:
        """Return the settings of the fields; they may be invalid."""
        rate = float(self.rate.value())
        view = FilmView(self.view.currentData())
        return replace(
            self._wish,
            view=view,
            width=self.width_box.value(),
            height=self.height_box.value(),
            fps=rate,
            steps_per_frame=self.speed.value() / rate,
            hold=self.hold.value(),
            turn=self.turn.value(),
            caption=self.caption.text().strip(),
            show_step=self.step.isChecked(),
            show_time=self.time.isChecked(),
            source=self._source_of(view) if self.source.isChecked() else "",
            theme=self.look.currentData(),
            scale=self.scale.value() / 100,
            real_rate=steps_per_second(self._session.activations.seconds_per_step),
        )

    def _source_of(self, view: FilmView) -> str:
        maps = self._session.projections
        return short_name(self._session.activations, [maps[dims] for dims in view.dims if dims in maps])

    def _viewpoints(self) -> dict[int, View2D | Camera]:
        return self._seen if self.part.currentData() else {}

    def _shown_hands(self) -> Gesture | None:
        return self._gesture if self.hands.isChecked() else None

    def _kind(self) -> str | None:
        try:
            return kind_of(self.file.path())
        except UserError:
            return None

    # ------------------------------------------------------------------------------------------------- signals
    def _on_kind_chosen(self) -> None:
        """Set the file's suffix to the chosen format; frames get their own folder."""
        text = self.file.line.text().strip()
        path = Path(text or "map")
        plain = with_ending(path, "") if self._kind() in _KINDS else path
        kind = self.kind.currentData()
        self.file.set_path(path.with_name(plain.name.removesuffix(_FRAMES) + (_FRAMES if kind == PNG else kind)))
        self._refresh()

    def _on_preset_chosen(self) -> None:
        size = self.preset.currentData()
        if size is None:
            self.width_box.setFocus()
            return
        with QSignalBlocker(self.width_box):
            self.width_box.setValue(size[0])
        self.height_box.setValue(size[1])
        self._on_size_typed()

    def _on_size_typed(self) -> None:
        size = self.width_box.value(), self.height_box.value()
        place = next((i for i in range(self.preset.count()) if self.preset.itemData(i) == size), -1)
        self.preset.setCurrentIndex(self.preset.count() - 1 if place < 0 else place)
        self._refresh()

    def _refresh(self) -> None:
        """Update the preview and the available choices; during an export the preview shows what is being filmed."""
        if self._job is not None:
            return
        kind, settings = self._kind(), self.settings()
        if kind in _KINDS:
            self.kind.setCurrentIndex(self.kind.findData(kind))
        self.rate.setMaximum(int(MOST_GIF_RATE) if kind == GIF else 120)
        self.turn.setEnabled(3 in settings.view.dims)
        self.part.setEnabled(any(dims in self._seen for dims in settings.view.dims))
        self.speed.setToolTip(tr("{0:g} steps a second is as fast as the hands were", settings.real_rate))
        steps = self._session.activations.steps
        problems = settings.problems(kind if kind in _KINDS else None, steps)
        problem = problems[0] if problems else ""
        if problem != self._problem:
            # Otherwise what came of the last export stands until the next.
            self._show_sentence(problem, wrong=bool(problem))
        self._problem = problem
        self.start_button.setEnabled(not problems)
        if problems:
            self.preview.show_sentence(problems[0])
            self.about_length.clear()
            return
        self.about_length.setText(_length(settings, steps))
        self._show(settings, steps)

    def _show(self, settings: FilmSettings, steps: int) -> None:
        activations, projections = self._session.activations, self._session.projections
        state, seen, hands = replace(self._session.state, step=0), self._viewpoints(), self._shown_hands()
        beside = self._session.beside
        told_apart = (
            id(activations),
            tuple((dims, id(each)) for dims, each in projections.items()),
            state,
            settings.view,
            settings.theme,
            tuple(seen.items()),
            id(hands),
            beside,
        )
        self.preview.show_film(
            PreviewFilm(
                settings,
                steps,
                told_apart,
                lambda: subject_of(activations, projections, state, settings, seen, hands, beside),
            )
        )

    # ------------------------------------------------------------------------------------------------- job
    def offered_name(self) -> str:
        view = FilmView(self.view.currentData())
        dims = view.dims[0] if len(view.dims) == 1 else None
        return name_of_shown(self._session.activations, self._session.state, dims)

    def default_suffix(self) -> str:
        # Frames go into a folder, which has no ending.
        return "" if self.kind.currentData() == PNG else str(self.kind.currentData())

    def command(self) -> str:
        if self._viewpoints() or self._shown_hands() is not None or self._session.beside != NOTHING_BESIDE:
            return ""
        session = self._session
        return film_command(session.activations, session.projections, session.state, self.target(), self.settings())

    def command_of_session(self, file: Path) -> str:
        session, settings = self._session, self.settings()
        keep = keepable(session.activations, session.projections, session.state, settings.view.dims)
        if self._keep_view is None or not keep or self._shown_hands() is not None or session.beside != NOTHING_BESIDE:
            return ""
        seen = self._viewpoints()
        self._keep_view(file, seen)
        return film_of_session(file, self.target(), settings, whole=not seen)

    def work(self) -> Callable[..., Path]:
        session, path, settings = self._session, self.target(), self.settings()
        check_settings(settings, check_target(path), session.activations.steps)
        projections = session.projections
        return partial(
            export_film,
            session.activations,
            projections,
            session.state,
            path,
            settings,
            self._viewpoints(),
            self._shown_hands(),
            self.command(),
            session.beside,
        )

    def _on_done(self, result: object) -> None:
        super()._on_done(result)
        # What has changed meanwhile is in the next film.
        self._refresh()

    def _offer_another_try(self, sentence: str, wrong: bool = False, notes: Sequence[str] = ()) -> None:
        super()._offer_another_try(sentence, wrong, notes)
        self._refresh()

    def done(self, result: int) -> None:
        """Stop following the session and drawing the preview, and close the dialog."""
        self._stop_watching()
        self._session.data_changed.disconnect(self._refresh, missing_ok=True)
        self._session.annotations_changed.disconnect(self._refresh, missing_ok=True)
        self.preview.stop()
        super().done(result)


def _length(settings: FilmSettings, steps: int) -> str:
    frames, seconds = settings.count(steps), settings.seconds(steps)
    long = f"{seconds:.1f} s" if seconds < 120 else tr("{0:.1f} min", seconds / 60)
    share = settings.steps_per_frame * settings.fps / settings.real_rate
    return tr("{0}, {1}; {2:.2g} × real time", format_count(frames, "frame"), long, share)
