"""What the actions do. What needs to ask first opens a dialog; long work itself is in `workflows`, without Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QDialog

from auslan_explorer import paths
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.history import History
from auslan_explorer.core.progress import IsCancelled, Progress
from auslan_explorer.core.projection import Projection
from auslan_explorer.core.session import TRANSIENT, Colouring, Layout, Session, SessionState, Tool
from auslan_explorer.gui.help.commands import HelpCommands
from auslan_explorer.gui.i18n import said
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.playback.commands import PlayingCommands
from auslan_explorer.gui.playback.controller import Playback
from auslan_explorer.gui.quality.commands import WorthCommands
from auslan_explorer.gui.settings.commands import SettingsCommands
from auslan_explorer.gui.settings.preferences import export_folder, film_wish
from auslan_explorer.gui.signs.user_groups import OwnGroups
from auslan_explorer.gui.style import Appearance, Look
from auslan_explorer.gui.training.commands import TrainingCommands
from auslan_explorer.io.cache import read_cache
from auslan_explorer.io.session_file import SUFFIX
from auslan_explorer.workflows.export import PictureOptions, compose_picture

if TYPE_CHECKING:
    from auslan_explorer.gui.export.data_dialog import ExportDataDialog
    from auslan_explorer.gui.export.film_dialog import ExportFilmDialog
    from auslan_explorer.gui.export.picture_dialog import ExportPictureDialog
    from auslan_explorer.gui.window.main_window import MainWindow

ACTIVATION_FILES = (".h5", ".hdf5")


class Commands:
    """One method an action; the attributes are what actions ask when they refresh.

    Attributes
    ----------
    session : Session
    playback : Playback
    appearance : Appearance
    jobs : Jobs
    history : History
    groups : OwnGroups
    settings : SettingsCommands
    training : TrainingCommands
    help : HelpCommands
    worth : WorthCommands
    """

    def __init__(self, window: MainWindow, session: Session, playback: Playback, look: Appearance, jobs: Jobs) -> None:
        self._window = window
        # With their types, since the tables of actions ask for them before this is read.
        self.session: Session = session
        self.playback: Playback = playback
        self.appearance: Appearance = look
        self.jobs: Jobs = jobs
        self.history: History = History(session)
        self.worth: WorthCommands = WorthCommands(window, session, jobs)
        self.playing: PlayingCommands = PlayingCommands(session, playback)
        self.groups: OwnGroups = OwnGroups(session, paths.data_dir() / "groups.json")
        self.settings: SettingsCommands = SettingsCommands(window, look)
        self.help: HelpCommands = HelpCommands(window, look)
        self.training: TrainingCommands = TrainingCommands(window, session, jobs)

    # ------------------------------------------------------------------------------------------------- asked
    @property
    def is_full_screen(self) -> bool:
        return self._window.isFullScreen()

    @property
    def sign_list_shown(self) -> bool:
        return self._window.sign_list_shown

    def dock_shown(self, name: str) -> bool:
        """Return whether one of the docks on the right is shown."""
        return self._window.docks.shown(name)

    # ------------------------------------------------------------------------------------------------- file
    def open_activations(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        endings = " ".join(f"*{ending}" for ending in (SUFFIX, *ACTIVATION_FILES))
        name, _ = QFileDialog.getOpenFileName(
            self._window, said("Open"), "", said("Sessions and activations ({0})", endings)
        )
        if name:
            self.open_dropped(Path(name))

    def open_file(self, file: Path) -> None:
        """Read a file of activations beside the window, and show it."""
        job = self.jobs.start(said("Opening {0}", file.name), partial(read_cache, file))
        job.done.connect(self.show)
        job.done.connect(lambda _: self._window.sessions.remember(file))
        job.failed.connect(self._window.show_error)

    def save_session(self) -> None:
        self._window.sessions.save()

    def save_session_as(self) -> None:
        self._window.sessions.save_as()

    def show(self, activations: Activations) -> None:
        """Put other activations on the map."""
        self.playback.pause()
        self.session.open(activations)

    def open_dropped(self, source: Path) -> None:
        """Open what was dropped on the window: a session, activations, published weights' folder, or recordings."""
        if source.suffix.lower() == SUFFIX:
            self._window.sessions.open_file(source)
        elif source.suffix.lower() in ACTIVATION_FILES:
            self.open_file(source)
        elif source.is_dir() and any(source.glob("*.hdf5")):
            self.open_published(source)
        else:
            self.import_recordings(source)

    def import_recordings(self, source: Path | None = None) -> None:
        from auslan_explorer.gui.files.get_recordings_dialog import RecordingsDialog

        self._open_dialog(RecordingsDialog(self.jobs, self._window, source))

    def download_recordings(self) -> None:
        from auslan_explorer.gui.files.get_recordings_dialog import RecordingsDialog

        self._open_dialog(RecordingsDialog(self.jobs, self._window, download=True))

    def open_published(self, folder: Path | None = None) -> None:
        from auslan_explorer.gui.files.open_published_dialog import PublishedDialog

        dialog = PublishedDialog(self.jobs, self._window, folder)
        dialog.result_ready.connect(self.show)
        self._open_dialog(dialog)

    def export_picture(self) -> None:
        from auslan_explorer.gui.export.picture_dialog import ExportPictureDialog

        seen = {} if self._window.views is None else self._window.views.picture_views()
        self._open_export(ExportPictureDialog(self.jobs, self._window, self.session, self.appearance.theme, seen))

    def copy_picture(self) -> None:
        """Put what is on screen on the clipboard, in twice its pixels: the view in use, else the first shown."""
        views = self._window.views
        seen = {} if views is None else views.picture_views()
        if views is None or not seen:
            return
        dims = views.focused_dims()
        dims = dims if dims in seen else min(seen)
        view = seen[dims]
        options = PictureOptions(dims, (round(2 * view.width), round(2 * view.height)), self.appearance.theme, view)
        session = self.session
        drawing = partial(_draw, session.activations, session.projections, session.state, options)
        job = self.jobs.start(said("Copying the picture"), drawing)
        job.done.connect(QGuiApplication.clipboard().setImage)
        job.failed.connect(self._window.show_error)

    def export_data(self) -> None:
        from auslan_explorer.gui.export.data_dialog import ExportDataDialog

        self._open_export(ExportDataDialog(self.jobs, self._window, self.session))

    def export_film(self) -> None:
        from auslan_explorer.gui.export.film_dialog import ExportFilmDialog

        seen = {} if self._window.views is None else self._window.views.picture_views()
        wish = film_wish(self._window.settings, self.appearance.theme)
        self._open_export(ExportFilmDialog(self.jobs, self._window, self.session, wish, seen))

    def _open_export(self, dialog: ExportPictureDialog | ExportDataDialog | ExportFilmDialog) -> None:
        dialog.file.move_to(export_folder(self._window.settings))
        self._open_dialog(dialog)

    def quit(self) -> None:
        self._window.close()

    def _open_dialog(self, dialog: QDialog) -> None:
        # Beside the window, not before it: the map stays usable meanwhile.
        dialog.setModal(False)
        dialog.show()
        dialog.raise_()

    # ------------------------------------------------------------------------------------------------- edit
    def undo(self) -> None:
        self.playback.pause()
        self.history.undo()

    def redo(self) -> None:
        self.playback.pause()
        self.history.redo()

    def open_palette(self) -> None:
        self._window.open_palette()

    # ------------------------------------------------------------------------------------------------- view
    def set_layout(self, layout: Layout) -> None:
        self.session.update(layout=layout)

    def toggle(self, field: str) -> None:
        """Switch one of the state's yes-or-no fields."""
        self.session.update(**{field: not getattr(self.session.state, field)})

    def colour_by(self, colouring: Colouring) -> None:
        """Colour by something; what has to be computed first is computed beside the window, once."""
        activations = self.session.activations
        needs = {Colouring.CONFIDENCE: "confidence", Colouring.DISTANCE: "distance_moved"}.get(colouring)
        if needs is None or needs in vars(activations):
            self.session.update(colouring=colouring)
            return

        def coloured(_: object) -> None:
            if self.session.activations is activations:
                self.session.update(colouring=colouring)

        job = self.jobs.start(said("Computing colours"), lambda: getattr(activations, needs))
        job.done.connect(coloured)
        job.failed.connect(self._window.show_error)

    def show_figure(self, number: int) -> None:
        """Show one of the article's figures; from there everything can be changed."""
        from auslan_explorer.draw.presets import figure

        if not figure(number).dims:
            self._show_architecture(number)
            return
        self.playback.pause()
        state = figure(number).state(self.session.activations)
        # A figure is of the map that is shown, whoever trained it.
        kept = TRANSIENT - {"step"} | {"run_2d", "run_3d"}
        changes: dict[str, Any] = {f.name: getattr(state, f.name) for f in fields(state) if f.name not in kept}
        self.session.update(**changes)
        self._window.reset_views()

    def _show_architecture(self, number: int) -> None:
        from auslan_explorer.gui.figures.architecture import ArchitectureDialog
        from auslan_explorer.io.at_hand import with_networks

        try:
            found = with_networks(self.session.activations)
            self._open_dialog(ArchitectureDialog(number, found, self.appearance.theme, self._window))
        except UserError as error:
            self._window.show_error(str(error))

    def gallery(self) -> None:
        from auslan_explorer.gui.figures.gallery import GalleryDialog

        dialog = GalleryDialog(self.session.activations, self.jobs, self.appearance.theme, self._window)
        dialog.chosen.connect(self.show_figure)
        self._open_dialog(dialog)
        session, look = self.session, self.appearance

        def follow(*_: object) -> None:
            dialog.show_data(session.activations, look.theme)

        session.data_changed.connect(follow)
        look.theme_changed.connect(follow)

        def let_go() -> None:
            session.data_changed.disconnect(follow)
            look.theme_changed.disconnect(follow)

        dialog.destroyed.connect(let_go)

    def toggle_dock(self, name: str) -> None:
        """Show or hide one of the docks on the right."""
        self._window.docks.toggle(name)

    def reset_views(self) -> None:
        self._window.reset_views()

    def toggle_sign_list(self) -> None:
        self._window.show_sign_list(not self.sign_list_shown)

    def choose_look(self, look: Look) -> None:
        self.appearance.choose(look)

    def full_screen(self) -> None:
        self._window.set_full_screen(not self.is_full_screen)

    # ------------------------------------------------------------------------------------------------- signs
    def find_sign(self) -> None:
        self._window.find_sign()

    def tick_all(self) -> None:
        """Tick the signs listed: all, or those found."""
        self.session.update(visible_signs=self.session.state.visible_signs | self._window.listed_signs())

    def tick_none(self) -> None:
        self.session.update(visible_signs=self.session.state.visible_signs - self._window.listed_signs())

    def tick_inverse(self) -> None:
        self.session.update(visible_signs=self.session.state.visible_signs ^ self._window.listed_signs())

    def let_go(self) -> None:
        """Escape: back to the pointer, then select nothing, then leave the full screen."""
        if self.session.tool is not Tool.POINTER:
            self.session.choose_tool(Tool.POINTER)
        elif self.session.state.selected:
            self.session.update(selected=())
        elif self.is_full_screen:
            self._window.set_full_screen(False)

    def compare_all(self) -> None:
        """Compare all paths beside the window, once; the inspector reads what is kept."""
        job = self._window.inspector_dock.inspector.compare_all()
        if job is None:
            self._window.notice.say(said("All paths are being compared already; how far it is stands at the foot."))
        else:
            job.failed.connect(self._window.show_error)

    def save_group(self) -> None:
        from auslan_explorer.gui.signs.search import recordings_text
        from auslan_explorer.gui.widgets.ask_name import AskName

        count = int(self.groups.to_save().sum())
        if self.session.state.selected:
            label = said("Name for the {0} selected", recordings_text(count))
        else:
            label = said("Name for the {0} shown", recordings_text(count))
        self._open_dialog(AskName(said("Save as group"), label, said("Save"), self.groups.save, self._window))

    def choose_in_key(self) -> None:
        """Give the keyboard to the colour key of the view in use."""
        if self._window.views is not None and not self._window.views.enter_key():
            self._window.notice.say(said("The colour key has nothing to choose; select or tick fewer signs."))

    def choose_tool(self, tool: Tool) -> None:
        """Take a tool in hand for selecting."""
        self.session.choose_tool(tool)

    def toggle_split(self, code: int) -> None:
        self.session.update(splits=self.session.state.splits ^ {code})


def _draw(
    activations: Activations,
    projections: Mapping[int, Projection],
    state: SessionState,
    options: PictureOptions,
    *,
    progress: Progress,
    cancelled: IsCancelled,
) -> QImage:
    from auslan_explorer.draw.picture import to_image

    return to_image(compose_picture(activations, projections, state, options), progress, cancelled)
