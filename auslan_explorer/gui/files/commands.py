"""Opens sessions, activations, recordings and published weights, from dialogs or dropped on the window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from auslan_explorer import paths
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.origin import Kind
from auslan_explorer.core.session import Session
from auslan_explorer.gui.files.sessions import SessionFiles
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.playback.controller import Playback
from auslan_explorer.gui.widgets.dialogs import open_beside
from auslan_explorer.gui.window_port import Reporter
from auslan_explorer.io.cache import read_cache
from auslan_explorer.io.readers import find_reader, suffixes
from auslan_explorer.io.session_file import SHIPPED, SUFFIX
from auslan_explorer.workflows.opening import Opened, open_activations

RECORDING_FILES = (".zip", ".tar", ".gz", ".tgz", ".tsd")


class FileCommands:
    """Commands that open files; `on_imported` is called once other recordings were imported.

    Attributes
    ----------
    sessions : SessionFiles
    """

    def __init__(
        self,
        session: Session,
        playback: Playback,
        jobs: Jobs,
        sessions: SessionFiles,
        reporter: Reporter,
        parent: QWidget,
        on_imported: Callable[[], None] = lambda: None,
    ) -> None:
        self._session = session
        self._playback = playback
        self._jobs = jobs
        self._reporter = reporter
        self._parent = parent
        self._on_imported = on_imported
        self.sessions = sessions
        sessions.recent_chosen.connect(self.open_path)

    def ask_and_open(self) -> None:
        """Ask for a session or activations file, and open it."""
        endings = " ".join(f"*{ending}" for ending in (SUFFIX, *suffixes()))
        name, _ = QFileDialog.getOpenFileName(
            self._parent, tr("Open"), "", tr("Sessions and activations ({0})", endings)
        )
        if name:
            self.open_path(Path(name))

    def open_path(self, source: Path) -> None:
        """Open a session, activations, a folder of published weights, or recordings, by what the path is.

        For any other file, say what can be opened.
        """
        if source.suffix.lower() == SUFFIX:
            self.sessions.open_file(source)
        elif find_reader(source) is not None or source.suffix.lower() in suffixes():
            self._open_activations(source)
        elif source.is_dir() and any(source.glob("*.hdf5")):
            self.open_published(source)
        elif source.is_dir() or source.suffix.lower() in RECORDING_FILES:
            self.import_recordings(source)
        else:
            self._reporter.show_error(
                tr(
                    "{0} is nothing that can be opened here. These can: a session ({1}), activations ({2}), recordings"
                    " ({3}, or a folder of them), and a folder of published weights.",
                    source.name,
                    SUFFIX,
                    ", ".join(suffixes()),
                    ", ".join(RECORDING_FILES),
                )
            )

    def _open_activations(self, file: Path) -> None:
        job = self._jobs.start(tr("Opening {0}", file.name), partial(open_activations, file), makes_something=False)
        job.done.connect(self.show_opened)
        job.done.connect(lambda _: self.sessions.recent.remember(file))
        job.failed.connect(self._reporter.show_error)

    def shipped_disabled_reason(self) -> str:
        """Return why the shipped network cannot be opened; empty if it can."""
        if self._session.activations.origin.kind is Kind.SHIPPED:
            return tr("It is open already")
        return "" if paths.ships(SHIPPED).is_file() else tr("Its file is missing; “make models” makes it again")

    def open_shipped(self) -> None:
        """Open the network that ships with the program."""
        job = self._jobs.start(
            tr("Opening the shipped network"), partial(read_cache, paths.ships(SHIPPED)), makes_something=False
        )
        job.done.connect(self.show)
        job.failed.connect(self._reporter.show_error)

    def show_opened(self, opened: Opened) -> None:
        """Replace the open activations by those of a file, with the maps that were found for them."""
        self._playback.pause()
        opened.show_in(self._session)

    def show(self, activations: Activations) -> None:
        """Replace the open activations."""
        self._playback.pause()
        self._session.open(activations)

    def import_recordings(self, source: Path | None = None) -> None:
        """Open the dialog that imports recordings from a folder or archive."""
        self._get_recordings(source, download=False)

    def download_recordings(self) -> None:
        """Open the dialog that downloads the recordings."""
        self._get_recordings(None, download=True)

    def _get_recordings(self, source: Path | None, *, download: bool) -> None:
        from auslan_explorer.gui.files.get_recordings_dialog import RecordingsDialog

        dialog = RecordingsDialog(self._jobs, self._parent, source, download=download)
        dialog.result_ready.connect(lambda _: self._on_imported())
        open_beside(dialog)

    def open_published(self, folder: Path | None = None) -> None:
        """Open the dialog that runs the article's published network."""
        from auslan_explorer.gui.files.open_published_dialog import PublishedDialog

        dialog = PublishedDialog(self._jobs, self._parent, folder)
        dialog.result_ready.connect(self.show)
        open_beside(dialog)
