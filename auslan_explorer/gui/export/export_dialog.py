"""Base class of export dialogs: a free name is offered, nothing is replaced without a question, and it can go on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialogButtonBox, QMessageBox, QPushButton, QWidget

from auslan_explorer import paths
from auslan_explorer.core.errors import UserError
from auslan_explorer.draw.view import Camera, View2D
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.widgets.file_manager import open_file, show_folder
from auslan_explorer.gui.widgets.guide_link import link_to_guide
from auslan_explorer.gui.widgets.message_box import ask_to_replace
from auslan_explorer.gui.widgets.path_field import PathField
from auslan_explorer.gui.widgets.task_dialog import TaskDialog
from auslan_explorer.io.file_names import ending, free_path, with_ending
from auslan_explorer.io.session_file import SUFFIX

KeepView = Callable[[Path, Mapping[int, View2D | Camera]], None]
"""Writes a session file that is looked at from given viewpoints."""


class ExportDialog(TaskDialog):
    """Dialog that writes a file; afterwards the file can be opened, and another one written.

    Subclasses implement `offered_name`, `work`, and `default_suffix` if the ending can change.

    Parameters
    ----------
    title, about, guide : str
        `guide` is the guide's page.
    files : str
        Name filter of the file dialog.
    suffix : str
        Ending of a file whose name has none.
    jobs : Jobs
    parent : QWidget

    Attributes
    ----------
    question : QMessageBox or None
        Whether a file is to be replaced; None if nothing is asked.
    """

    repeats = True

    def __init__(
        self, title: str, about: str, guide: str, files: str, suffix: str, jobs: Jobs, parent: QWidget
    ) -> None:
        super().__init__(title, about, tr("Export"), jobs, parent)
        link_to_guide(self, guide)
        self._suffix = suffix
        self._folder = paths.home_dir()
        self._offered = ""
        self._written = Path()
        self.question: QMessageBox | None = None
        self.file = PathField(tr("File"), self, files=files, saving=True)
        self.form.addRow(tr("File"), self.file)
        self.open_button = self._add_button(tr("Open"), tr("Open what was written"), self._open_written)
        self.folder_button = self._add_button(tr("Show in folder"), tr("Show where it was written"), self._show_written)
        for button in (self.open_button, self.folder_button):
            button.hide()
        self.copy_button = self._add_button(
            tr("Copy as command"), tr("Copy the command line that writes the same file"), self._copy_command
        )

    def _add_button(self, text: str, tip: str, do: Callable[[], None]) -> QPushButton:
        button = self.buttons.addButton(text, QDialogButtonBox.ButtonRole.ActionRole)
        button.setAutoDefault(False)
        button.setAccessibleName(text)
        button.setToolTip(tip)
        button.clicked.connect(do)
        return button

    def offered_name(self) -> str:
        """Return the offered file's name without its ending."""
        raise NotImplementedError

    def default_suffix(self) -> str:
        """Return the ending that a typed name without one gets."""
        return self._suffix

    def command(self) -> str:
        """Return the command line that makes the same file; empty where options cannot say what is shown."""
        raise NotImplementedError

    def command_of_session(self, file: Path) -> str:
        """Write what is shown to a session file, and return the command that makes the same of it; empty if none does.

        Raises
        ------
        UserError
            If the file cannot be written.
        """
        return ""

    def extra_targets(self) -> tuple[Path, ...]:
        """Return further files that are written beside the target."""
        return ()

    def target(self) -> Path:
        """Return the file that is going to be written; a typed name without an ending gets the default one.

        Raises
        ------
        UserError
            If the field is empty.
        """
        path = self.file.path()
        suffix = self.default_suffix()
        return path if ending(path) or not suffix else with_ending(path, suffix)

    def offer(self, folder: Path | None = None) -> None:
        """Offer a free name that says what is shown, in `folder` or else in the folder offered last."""
        self._folder = folder or self._folder
        self.file.set_path(free_path(self._folder / f"{self.offered_name()}{self.default_suffix()}"))
        self._offered = self.file.line.text()

    def renew_offer(self) -> None:
        """Offer another name after a choice, unless the person has typed one."""
        if self._offered and self.file.line.text() == self._offered:
            self.offer()

    def confirm(self, go_on: Callable[[], None]) -> None:
        """Ask first if a file would be replaced."""
        path = next((each for each in (self.target(), *self.extra_targets()) if each.is_file()), None)
        if path is None:
            go_on()
            return
        self.question = ask_to_replace(self, path, go_on)
        self.question.finished.connect(self._on_answered)

    def _on_answered(self) -> None:
        self.question = None

    def job_title(self) -> str:
        return tr("Exporting {0}", self.target().name)

    def summary(self, result: object) -> tuple[str, Sequence[str]]:
        return tr("Written: {0}", result), ()

    def _on_done(self, result: object) -> None:
        assert isinstance(result, Path)
        self._written = result
        # The next one gets a name of its own, while the job still counts as running: nothing is said of the field yet.
        if result == self._target_or_none():
            self._folder = result.parent
            self.file.set_path(free_path(result))
            self._offered = self.file.line.text()
        super()._on_done(result)
        for button in (self.open_button, self.folder_button):
            button.show()
        if self.isVisible():
            self._fit()

    def _target_or_none(self) -> Path | None:
        try:
            return self.target()
        except UserError:
            return None

    def _open_written(self) -> None:
        open_file(self._written if self._written.exists() else self._written.parent)

    def _show_written(self) -> None:
        show_folder(self._written.parent)

    def _copy_command(self) -> None:
        try:
            command, kept = self.command(), ""
            if not command:
                session = free_path(with_ending(self.target(), SUFFIX))
                command = self.command_of_session(session)
                kept = tr(" What is shown is kept beside the file, in {0}.", session.name) if command else ""
        except UserError as error:
            self._show_sentence(str(error), wrong=True)
            return
        if command:
            QGuiApplication.clipboard().setText(command)
            self._show_sentence(tr("Copied: {0}", command) + kept)
        else:
            self._show_sentence(
                tr(
                    "No command makes quite this: commands draw figures and sessions, and export paths, of activations"
                    " that are in a file and on maps that are saved, without hands and in the colours of the first"
                    " start."
                )
            )
