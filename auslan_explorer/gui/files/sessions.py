"""Session files in the window: save, open, recent files, and restoring after a crash."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QMenu

from auslan_explorer import paths
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.history import History
from auslan_explorer.core.identity import identify
from auslan_explorer.core.origin import Kind
from auslan_explorer.core.saved_labels import labels_from_json, labels_to_json
from auslan_explorer.core.saved_state import state_from_json, state_to_json
from auslan_explorer.core.session import (
    DECLARED,
    TRANSIENT,
    Layout,
    Session,
    SessionState,
    changed_fields,
    opening_state,
)
from auslan_explorer.draw.view import Camera, View2D
from auslan_explorer.gui.export.offered_name import name_of_shown
from auslan_explorer.gui.files.autosave import LEFT_OFF, Autosave
from auslan_explorer.gui.files.recent import RecentFiles
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.playback.controller import Playback
from auslan_explorer.gui.settings.store import Settings
from auslan_explorer.gui.style import Appearance, Look
from auslan_explorer.gui.views import viewpoint
from auslan_explorer.gui.views.panes import Views
from auslan_explorer.gui.widgets.identity_text import title_of
from auslan_explorer.gui.widgets.save_file import ask_where_to_save
from auslan_explorer.gui.widgets.text import menu_text
from auslan_explorer.gui.window_port import Reporter, WindowPort
from auslan_explorer.io.cache import write_cache
from auslan_explorer.io.file_names import free_path
from auslan_explorer.io.session_file import (
    SUFFIX,
    UNSAVED,
    SavedSession,
    is_of,
    is_unsaved,
    shows_same_map,
    source_of,
    write_session,
)
from auslan_explorer.workflows.opening import takes_long
from auslan_explorer.workflows.sessions import OpenedSession, offer_maps, open_session, with_maps, write_view

CRASHED = "The program ended unexpectedly last time. What was shown then is back."


class SessionFiles(QObject):
    """Saves the session with the window's state to files, and restores it from them.

    Attributes
    ----------
    file : Path or None
        The open session file.
    autosave : Autosave
    recent : RecentFiles
    recent_menu : QMenu

    Signals
    -------
    recent_chosen(file)
        A recent file was chosen from the menu.
    shown()
        A session file has been restored.
    """

    recent_chosen = Signal(object)
    shown = Signal()

    def __init__(
        self,
        session: Session,
        history: History,
        playback: Playback,
        settings: Settings,
        appearance: Appearance,
        jobs: Jobs,
        views: Callable[[], Views | None],
        reporter: Reporter,
        window: WindowPort,
    ) -> None:
        super().__init__(window.widget)
        self._session = session
        self._history = history
        self._playback = playback
        self._settings = settings
        self.recent = RecentFiles(settings)
        self._appearance = appearance
        self._jobs = jobs
        self._views = views
        self._reporter = reporter
        self._window = window
        self.file: Path | None = None
        self._saved_state: SessionState | None = None
        # The cache in which activations of this program were kept, which are the open ones.
        self._kept: dict[int, Path] = {}
        # Those that the program keeps by itself for the case of a crash, by the same.
        self._for_crash: dict[int, Path] = {}
        self._keeping: Activations | None = None
        self._left_off: Path | None = None
        self._touched = False
        self.autosave = Autosave(self._collect_for_crash, self)
        self.autosave.failed.connect(reporter.show_notice)
        self.recent_menu = QMenu(tr("Open recent"), window.widget)
        self.recent_menu.aboutToShow.connect(self.fill_recent)
        # Nothing is written during playback: the step matters less than smooth drawing.
        self._session.watch(DECLARED.keys() - {"step"}, self.autosave.schedule)
        self._session.data_changed.connect(self._reset)
        self._session.watch(DECLARED.keys() - TRANSIENT, self._show_title)
        self._show_title()

    # ------------------------------------------------------------------------------------------------- saving
    def collect(self, file: Path) -> SavedSession:
        """Return the session, view and look to be saved in `file`."""
        a, views = self._session.activations, self._views()
        return SavedSession(
            shown=state_to_json(self._session.state, a),
            source=source_of(a, file, self._kept.get(id(a))),
            look=self._appearance.look.value,
            map_view=viewpoint.map_bounds(views),
            camera=viewpoint.camera(views),
            sizes=viewpoint.pane_sizes(views),
            sign_list=self._window.sign_list_shown,
            labels=labels_to_json(a)[0],
        )

    def _collect_for_crash(self, file: Path) -> SavedSession:
        """Return what is autosaved; activations of no file are kept beside it once, in the background."""
        a = self._session.activations
        if len(a) and is_unsaved(a) and id(a) not in self._for_crash:
            beside = file.with_name(f"{UNSAVED}{a.fingerprint}.h5")
            if beside.exists():
                self._for_crash = {id(a): beside}
            elif self._keeping is not a:
                self._keeping = a
                title = tr("Keeping what is shown, for the case of a crash")
                job = self._jobs.start(title, partial(write_cache, beside, a), makes_something=False)
                job.done.connect(lambda _: self.autosave.schedule())
                job.failed.connect(lambda why, _details: self.autosave.report_failure(why))
        saved = self.collect(file)
        return replace(saved, source=source_of(a, file, self._kept.get(id(a)) or self._for_crash.get(id(a))))

    def write_view(self, file: Path, seen: Mapping[int, View2D | Camera]) -> None:
        """Write what is shown to a file for commands, looked at from given viewpoints; it does not become the open one.

        Raises
        ------
        UserError
            If it cannot be written.
        """
        write_view(file, self.collect(file), seen)

    def save(self) -> None:
        """Save to the open session file, or ask for one."""
        if self.file is None:
            self.save_as()
        else:
            self.write(self.file)

    def save_as(self) -> None:
        """Ask for a file and save to it; what is shown gives the offered name."""
        a, state = self._session.activations, self._session.state
        dims = {Layout.MAP_2D: 2, Layout.MAP_3D: 3}.get(state.layout)
        offered = self.file or paths.home_dir() / f"{name_of_shown(a, state, dims)}{SUFFIX}"

        def write(file: Path) -> None:
            self.write(file if file.suffix.lower() == SUFFIX else file.with_name(file.name + SUFFIX))

        kinds = tr("Auslan Explorer sessions ({0})", f"*{SUFFIX}")
        ask_where_to_save(self._window.widget, tr("Save session"), offered, kinds, write, self.file)

    def write(self, file: Path) -> None:
        """Save to a file; a failure is shown in the window, not raised.

        Activations that stand in no file yet are kept beside it, in the background; the file then says where.
        """
        if not self._write(file):
            return
        a = self._session.activations
        if len(a) and is_unsaved(a) and id(a) not in self._kept:
            beside = free_path(file.with_suffix(".h5"))
            job = self._jobs.start(
                tr("Keeping what the session shows"), partial(write_cache, beside, a), makes_something=True
            )
            job.done.connect(lambda _: self._on_kept(file, beside, a))
            job.failed.connect(self._reporter.show_error)

    def _on_kept(self, file: Path, beside: Path, activations: Activations) -> None:
        if self._session.activations is activations:
            self._kept = {id(activations): beside}
            self.recent.remember_made(beside)
            if self._write(file):
                self._reporter.show_status(tr("Saved {0}, and its hidden states beside it in {1}", file, beside.name))

    def _write(self, file: Path) -> bool:
        try:
            write_session(file, self.collect(file))
        except UserError as error:
            self._reporter.show_error(str(error))
            return False
        self._set_file(file)
        self._reporter.show_status(tr("Saved {0}", file))
        left_out = labels_to_json(self._session.activations)[1]
        if left_out:
            sentence = tr("The labels {0} are too many for a session file; open their file again beside it.",
                          ", ".join(left_out))  # fmt: skip
            self._reporter.show_notice(sentence)
        return True

    # ------------------------------------------------------------------------------------------------- opening
    def open_file(self, file: Path) -> None:
        """Read a session file in the background, then show it."""
        job = self._jobs.start(
            tr("Opening {0}", file.name), partial(open_session, file, *self._open_now()), makes_something=False
        )
        job.done.connect(self.show)
        job.failed.connect(self._reporter.show_error)

    def _open_now(self) -> tuple[Path | None, str]:
        a = self._session.activations
        return getattr(a.states, "path", None), a.layer

    def show(self, opened: OpenedSession, sentence: str = "") -> None:
        """Restore a session, as far as possible, and report what could not be restored.

        Parameters
        ----------
        opened : OpenedSession
        sentence : str
            Shown before what could not be restored. An autosave does not become the open file.
        """
        if opened.activations is not None and takes_long(opened.activations):
            self._find_maps_and_show(opened, sentence)
            return
        saved = opened.saved
        self._playback.pause()
        self._reporter.show_notice("")
        if opened.activations is not None:
            self._session.open(opened.activations)
        a = self._session.activations
        changed = [] if opened.remarks or is_of(saved.source, a) else [tr("its activations are others than then")]
        if saved.labels:
            labels, unread = labels_from_json(saved.labels, a)
            self._session.set_step_labels(labels)
            changed += unread
        state, remarks = state_from_json(saved.shown, a)
        state, missing = offer_maps(self._session, state, opened.maps)
        self._session.update(**{name: getattr(state, name) for name in changed_fields(state, self._session.state)})
        if opened.activations is not None:
            # Undo cannot go back to other activations.
            self._history.forget()
        if saved.look is not None:
            self._appearance.choose(Look(saved.look))
        self._window.show_sign_list(saved.sign_list)
        if self._window.widget.isVisible():
            self._restore_viewpoint(saved)
        else:
            # A view has its final size, and so its aspect ratio, only once it is shown.
            QTimer.singleShot(0, self, lambda: self._restore_viewpoint(saved))
        remarks = [*opened.remarks, *changed, *saved.remarks, *remarks, *missing]
        if remarks:
            whole = tr("The session could not be opened whole: {0}.", "; ".join(remarks))
            sentence = f"{sentence} {whole}" if sentence else whole
        self._reporter.add_notice(sentence)
        if not opened.restored:
            self._set_file(opened.file)
        self.shown.emit()

    def _find_maps_and_show(self, opened: OpenedSession, sentence: str) -> None:
        job = self._jobs.start(tr("Finding a map"), partial(with_maps, opened), makes_something=False)
        job.done.connect(lambda found: self.show(found, sentence))
        job.failed.connect(self._reporter.show_error)

    def _restore_viewpoint(self, saved: SavedSession) -> None:
        views, a, state = self._views(), self._session.activations, self._session.state
        self._window.reset_views()
        if saved.map_view is not None and shows_same_map(saved, a, state, 2):
            viewpoint.set_map_bounds(views, saved.map_view)
        if saved.camera is not None and shows_same_map(saved, a, state, 3):
            viewpoint.set_camera(views, saved.camera)

    # ------------------------------------------------------------------------------------------------- after a crash
    def begin(self, *, restore: bool) -> None:
        """Start the autosave, and restore the session that a crash has left.

        Parameters
        ----------
        restore : bool
            False if the user has asked for a file: what was left is then only reported.
        """
        left = self.autosave.begin()
        if left is not None:
            self._restore_autosave(left, restore)
        elif self.autosave.file is not None and self.autosave.file.with_name(LEFT_OFF).exists():
            self._left_off = self.autosave.file.with_name(LEFT_OFF)
        self._session.watch(DECLARED.keys() - TRANSIENT, self._on_touched)
        self._session.data_changed.connect(self._on_touched)
        self.shown.emit()
        self._reporter.add_notice(self._settings.complaint())

    def _restore_autosave(self, left: Path, restore: bool) -> None:
        if not restore:
            self._reporter.show_notice(
                tr("The program ended unexpectedly last time; what was shown then is kept as {0}.", left)
            )
            return
        try:
            opened = open_session(left, *self._open_now(), maps_later=True)
        except UserError:
            self._reporter.show_notice(tr("The program ended unexpectedly last time; what was shown then is lost."))
            return
        self.show(replace(opened, file=left, restored=True), tr(CRASHED))

    # ------------------------------------------------------------------------------------------------- left off
    @property
    def offers_to_continue(self) -> bool:
        """Whether to offer the last session by a button: there is one, and nothing was changed since the start."""
        return self._left_off is not None and not self._touched

    def continue_disabled_reason(self) -> str:
        """Return why the last session cannot be gone on with; empty if it can."""
        return "" if self._left_off is not None else tr("Nothing was left off when the program was last quit")

    def continue_last(self) -> None:
        """Show what was shown when the program was last quit."""
        if self._left_off is None:
            return
        file, self._left_off = self._left_off, None
        work = partial(open_session, file, *self._open_now())
        job = self._jobs.start(tr("Opening what was left off"), work, makes_something=False)
        job.done.connect(lambda opened: self.show(replace(opened, restored=True)))
        job.failed.connect(self._reporter.show_error)
        self.shown.emit()

    def _on_touched(self) -> None:
        if not self._touched:
            self._touched = True
            self.shown.emit()

    def finish(self) -> None:
        """End the autosave at a clean exit; what is shown is kept to be gone on with, unless it is as at any start."""
        a = self._session.activations
        changed = changed_fields(self._session.state, opening_state(a)) - TRANSIENT - {"layout"}
        lost = is_unsaved(a) and not (self._kept.get(id(a)) or self._for_crash.get(id(a)))
        self.autosave.finish(keep=bool(len(a) and not lost and (changed or a.origin.kind is not Kind.SHIPPED)))

    # ------------------------------------------------------------------------------------------------- recent files
    def fill_recent(self) -> None:
        """Fill the menu of recent files."""
        menu = self.recent_menu
        menu.clear()
        for file in self.recent.files:
            action = menu.addAction(menu_text(file.name))
            action.setToolTip(str(file))
            action.triggered.connect(lambda _=False, file=file: self.recent_chosen.emit(file))
        menu.setToolTipsVisible(True)
        if menu.isEmpty():
            menu.addAction(tr("Nothing was opened yet")).setEnabled(False)
            return
        menu.addSeparator()
        menu.addAction(tr("Forget these")).triggered.connect(self.recent.forget)

    # ------------------------------------------------------------------------------------------------- signals
    def _set_file(self, file: Path) -> None:
        self.file, self._saved_state = file, self._session.state
        self.recent.remember(file)
        self._show_title()

    def _reset(self) -> None:
        self.file = self._saved_state = None
        self._kept, self._for_crash = {}, {}
        self._show_title()
        self.autosave.schedule()

    def _show_title(self) -> None:
        """Show what is on the map in the window's title, and whether the open session file lacks something of it."""
        state, saved = self._session.state, self._saved_state
        changed = set() if saved is None else changed_fields(state, saved) - TRANSIENT
        parts = [*([] if self.file is None else [f"{self.file.stem}[*]"])]
        if len(self._session.activations):
            parts.append(title_of(identify(self._session)))
        window = self._window.widget
        window.setWindowTitle(" – ".join([*parts, tr("Auslan Explorer")]))
        window.setWindowModified(bool(changed))
