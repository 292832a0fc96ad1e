"""What the actions do. What needs to ask first opens a dialog; the work itself is in `gui.tasks`, without Qt."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QDialog

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.session import Colouring, Layout, Session
from auslan_explorer.gui import tasks
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.playback import Playback
from auslan_explorer.gui.style import Appearance, Look

if TYPE_CHECKING:
    from auslan_explorer.gui.main_window import MainWindow

ACTIVATION_FILES = (".h5", ".hdf5")


class Commands:
    """One method an action; the attributes are what actions ask when they refresh.

    Attributes
    ----------
    session : Session
    playback : Playback
    appearance : Appearance
    jobs : Jobs
    """

    def __init__(self, window: MainWindow, session: Session, playback: Playback, look: Appearance, jobs: Jobs) -> None:
        self._window = window
        self.session = session
        self.playback = playback
        self.appearance = look
        self.jobs = jobs

    # ------------------------------------------------------------------------------------------------- asked
    @property
    def is_full_screen(self) -> bool:
        return self._window.isFullScreen()

    @property
    def sign_list_shown(self) -> bool:
        return self._window.sign_list_shown

    # ------------------------------------------------------------------------------------------------- file
    def open_activations(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        endings = " ".join(f"*{ending}" for ending in ACTIVATION_FILES)
        name, _ = QFileDialog.getOpenFileName(self._window, "Open activations", "", f"Activations ({endings})")
        if name:
            self.open_file(Path(name))

    def open_file(self, file: Path) -> None:
        """Read a file of activations beside the window, and show it."""
        job = self.jobs.start(f"Opening {file.name}", tasks.opening(file))
        job.done.connect(self.show)
        job.failed.connect(self._window.show_error)

    def show(self, activations: Activations) -> None:
        """Put other activations on the map."""
        self.playback.pause()
        self.session.open(activations)

    def open_dropped(self, source: Path) -> None:
        """Open what was dropped on the window: activations, a folder of published weights, or recordings."""
        if source.suffix.lower() in ACTIVATION_FILES:
            self.open_file(source)
        elif source.is_dir() and any(source.glob("*.hdf5")):
            self.open_published(source)
        else:
            self.import_recordings(source)

    def import_recordings(self, source: Path | None = None) -> None:
        from auslan_explorer.gui.dialogs.import_recordings import ImportDialog

        self._open_dialog(ImportDialog(self.jobs, self._window, source))

    def download_recordings(self) -> None:
        from auslan_explorer.gui.dialogs.download_recordings import DownloadDialog

        self._open_dialog(DownloadDialog(self.jobs, self._window))

    def open_published(self, folder: Path | None = None) -> None:
        from auslan_explorer.gui.dialogs.open_published import PublishedDialog

        dialog = PublishedDialog(self.jobs, self._window, folder)
        dialog.result_ready.connect(self.show)
        self._open_dialog(dialog)

    def export_picture(self) -> None:
        from auslan_explorer.gui.dialogs.export_picture import ExportPictureDialog

        self._open_dialog(ExportPictureDialog(self.jobs, self._window, self.session, self.appearance.theme))

    def export_film(self) -> None:
        from auslan_explorer.gui.dialogs.export_film import ExportFilmDialog

        self._open_dialog(ExportFilmDialog(self.jobs, self._window, self.session, self.appearance.theme))

    def quit(self) -> None:
        self._window.close()

    def _open_dialog(self, dialog: QDialog) -> None:
        # Beside the window, not before it: the map stays usable meanwhile.
        dialog.setModal(False)
        dialog.show()
        dialog.raise_()

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

        job = self.jobs.start("Computing colours", tasks.computing(activations, needs))
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
        changes: dict[str, Any] = {field.name: getattr(state, field.name) for field in fields(state)}
        self.session.update(**changes)
        self._window.reset_views()

    def _show_architecture(self, number: int) -> None:
        from auslan_explorer.gui.dialogs.architecture import ArchitectureDialog
        from auslan_explorer.io.at_hand import with_networks

        try:
            found = with_networks(self.session.activations)
            self._open_dialog(ArchitectureDialog(number, found, self.appearance.theme, self._window))
        except UserError as error:
            self._window.show_error(str(error))

    def gallery(self) -> None:
        from auslan_explorer.gui.dialogs.gallery import GalleryDialog

        dialog = GalleryDialog(self.session.activations, self.jobs, self.appearance.theme, self._window)
        dialog.chosen.connect(self.show_figure)
        self._open_dialog(dialog)

    @property
    def hand_panel_shown(self) -> bool:
        return self._window.hand_panel_shown

    def toggle_hand_panel(self) -> None:
        self._window.show_hand_panel(not self.hand_panel_shown)

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
        """Escape: select nothing; with nothing selected, leave the full screen."""
        if self.session.state.selected:
            self.session.update(selected=())
        elif self.is_full_screen:
            self._window.set_full_screen(False)

    def toggle_split(self, code: int) -> None:
        self.session.update(splits=self.session.state.splits ^ {code})

    # ------------------------------------------------------------------------------------------------- playback
    def play_pause(self) -> None:
        self.playback.toggle()

    def step_by(self, steps: int) -> None:
        self.playback.step_by(steps)

    def first_step(self) -> None:
        self.playback.pause()
        self.playback.go(0)

    def last_step(self) -> None:
        self.playback.pause()
        self.playback.go(self.playback.last_step)

    def change_speed(self, places: int) -> None:
        self.playback.change_speed(places)

    def toggle_loop(self) -> None:
        self.playback.set_loop(not self.playback.clock.loop)

    # ------------------------------------------------------------------------------------------------- help
    def explain(self) -> None:
        self._window.explain()

    def about(self) -> None:
        from auslan_explorer.gui.dialogs.about import AboutDialog

        self._open_dialog(AboutDialog(self.appearance.theme, self._window))
