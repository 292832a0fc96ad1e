"""Opens sessions, activations, recordings and published weights, from dialogs or dropped on the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from auslan_explorer import paths
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.origin import Kind
from auslan_explorer.core.session import Colouring, Session
from auslan_explorer.gui.files.layer_menu import show_layer
from auslan_explorer.gui.files.sessions import SessionFiles
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.playback.controller import Playback
from auslan_explorer.gui.signs.user_groups import UserGroups
from auslan_explorer.gui.widgets.dialogs import open_beside
from auslan_explorer.gui.widgets.text import format_count
from auslan_explorer.gui.window_port import Reporter
from auslan_explorer.io.cache import read_cache
from auslan_explorer.io.eaf_reader import SUFFIX as ANNOTATIONS
from auslan_explorer.io.session_file import SHIPPED, SUFFIX
from auslan_explorer.workflows.opening import Opened, find_maps, open_request

if TYPE_CHECKING:
    from auslan_explorer.analysis.annotation_tiers import ReadBack
    from auslan_explorer.gui.widgets.task_dialog import TaskDialog

MOST_NAMED = 4
"""Most new groups that a notice names."""


class FileCommands:
    """Commands that open files.

    `on_imported` is called once other recordings were imported, `show_hands` where their hands are asked for then.

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
        groups: UserGroups,
        on_imported: Callable[[], None],
        show_hands: Callable[[], None],
    ) -> None:
        self._session = session
        self._playback = playback
        self._jobs = jobs
        self._reporter = reporter
        self._parent = parent
        self._groups = groups
        self._on_imported = on_imported
        self._show_hands = show_hands
        self.sessions = sessions
        sessions.recent_chosen.connect(self.open_path)

    def ask_and_open(self) -> None:
        """Ask for a session or activations file, and open it."""
        from auslan_explorer.workflows.reading import suffixes

        endings = " ".join(f"*{ending}" for ending in (SUFFIX, *suffixes(), ANNOTATIONS))
        name, _ = QFileDialog.getOpenFileName(
            self._parent, tr("Open"), "", tr("Sessions, activations and annotations ({0})", endings)
        )
        if name:
            self.open_path(Path(name))

    def open_paths(self, sources: Sequence[Path]) -> None:
        """Open what was dropped: a network with the file that it is to read, or the first file."""
        from auslan_explorer.workflows.reading import Brought, what_is

        networks = [source for source in sources if what_is(source) is Brought.NETWORK]
        others = [source for source in sources if source not in networks]
        if len(networks) == 1 and len(others) == 1:
            self.open_network(networks[0], others[0])
        elif sources:
            self.open_path(sources[0])

    def open_path(self, source: Path) -> None:
        """Open whatever a path is; ask where it does not say by itself what it is."""
        from auslan_explorer.workflows.reading import RECORDING_FILES, Brought, suffixes, what_is

        opening: dict[Brought, Callable[[Path], object]] = {
            Brought.SESSION: self.sessions.open_file,
            Brought.ACTIVATIONS: self._open_activations,
            Brought.NETWORK: self.open_network,
            Brought.PUBLISHED: self.open_published,
            Brought.RECORDINGS: self.import_recordings,
            Brought.ARRAYS: self.open_arrays,
            Brought.ANNOTATIONS: self.open_annotations,
        }
        kind = what_is(source)
        if kind in opening:
            opening[kind](source)
            return
        self._reporter.show_error(
            tr(
                "{0} is nothing that can be opened here. These can: a session ({1}), activations, networks and arrays"
                " ({2}), recordings ({3}, or a folder of them), annotations of these ({4}), and a folder of"
                " published weights.",
                source.name,
                SUFFIX,
                ", ".join(suffixes()),
                ", ".join(RECORDING_FILES),
                ANNOTATIONS,
            )
        )

    def _open_activations(self, file: Path) -> None:
        from auslan_explorer.workflows.reading import Request

        job = self._jobs.start(
            tr("Opening {0}", file.name), partial(open_request, Request(file)), makes_something=False
        )
        job.done.connect(self.show_opened)
        job.done.connect(lambda _: self.sessions.recent.remember(file))
        job.failed.connect(self._reporter.show_error)

    def find_maps(self) -> None:
        """Find the maps that the open activations lack, beside the window; what is selected and coloured stays."""
        before = self._session.activations

        def show(found: Opened) -> None:
            if self._session.activations is before:
                show_layer(self._session, found)

        job = self._jobs.start(tr("Finding a map"), partial(find_maps, before), makes_something=False)
        job.done.connect(show)
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
        dialog.hands_asked.connect(self._show_hands)
        open_beside(dialog)

    def open_published(self, folder: Path | None = None) -> None:
        """Open the dialog that runs the article's published network."""
        from auslan_explorer.gui.files.open_published_dialog import PublishedDialog

        dialog = PublishedDialog(self._jobs, self._parent, folder)
        dialog.result_ready.connect(self.show)
        open_beside(dialog)

    def open_network(self, file: Path, inputs: Path | None = None) -> None:
        """Open the dialog that asks what a network is to read, and runs it."""
        from auslan_explorer.gui.files.open_network_dialog import NetworkDialog

        self._ask(NetworkDialog(file, self._jobs, self._parent, inputs))

    def open_annotations(self, file: Path) -> None:
        """Read annotations of the open recordings, beside the window; they become groups and colours."""
        from auslan_explorer.workflows.elan import read_annotations

        activations = self._session.activations
        job = self._jobs.start(
            tr("Reading {0}", file.name), partial(read_annotations, activations, file), makes_something=False
        )
        job.done.connect(partial(self._take_annotations, activations, file.name))
        job.failed.connect(self._reporter.show_error)

    def _take_annotations(self, activations: Activations, name: str, found: ReadBack) -> None:
        session = self._session
        if session.activations is not activations:
            return
        try:
            added = self._groups.add(found.groups)
        except UserError as error:
            self._reporter.show_error(str(error))
            return
        session.set_step_labels(found.labels)
        # Selected, so that those that nothing was said of are quiet.
        coloured = {"colouring": Colouring.LABEL, "label_column": found.column} if found.labels else {}
        session.update(selected=found.recordings, **coloured)
        told = [tr("{0} is of {1}.", name, format_count(len(found.recordings), "recording"))]
        if found.missing:
            told.append(tr("{0} more are not open.", found.missing))
        told.append(
            tr("New in Groups: {0}.", ", ".join(f"“{each}”" for each in added[:MOST_NAMED]))
            if added
            else tr("It brings no new group.")
        )
        if len(added) > MOST_NAMED:
            told.append(tr("And {0}.", format_count(len(added) - MOST_NAMED, "more group")))
        told += [tr("“{0}” has too many different texts for groups.", tier) for tier in found.remarks]
        if found.labels:
            told.append(tr("Colours stand for its tier “{0}”.", found.column))
        self._reporter.show_notice(" ".join(told))

    def open_arrays(self, file: Path) -> None:
        """Open the dialog that shows what is in a file and asks which array is what."""
        from auslan_explorer.gui.files.open_arrays_dialog import ArraysDialog

        try:
            dialog = ArraysDialog(file, self._jobs, self._parent)
        except UserError as error:
            self._reporter.show_error(str(error))
            return
        self._ask(dialog)

    def _ask(self, dialog: TaskDialog) -> None:
        def show(opened: Opened) -> None:
            self.show_opened(opened)
            if opened.activations.origin.file:
                self.sessions.recent.remember(Path(opened.activations.origin.file))

        dialog.result_ready.connect(show)
        open_beside(dialog)
