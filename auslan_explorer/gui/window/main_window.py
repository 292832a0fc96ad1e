"""The main window: creates the parts and lays them out; their behaviour is in the parts, session and commands."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QDockWidget,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMessageBox,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from auslan_explorer.core.clock import FIRST_SPEED, SPEEDS, Repeat
from auslan_explorer.core.session import Layout, Session, SessionState, changed_fields
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.actions.qactions import QActions
from auslan_explorer.gui.animation import reduce_motion
from auslan_explorer.gui.files.layer_menu import LayerMenu
from auslan_explorer.gui.help.tour_stops import WindowPart
from auslan_explorer.gui.i18n import current_words, tr
from auslan_explorer.gui.idle_queue import IdleQueue
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.playback.bar import PlaybackBar
from auslan_explorer.gui.playback.controller import Playback
from auslan_explorer.gui.playback.prediction_job import PredictionJob
from auslan_explorer.gui.recording_frames import RecordingFrames
from auslan_explorer.gui.settings.preferences import read_preferences
from auslan_explorer.gui.settings.store import Settings
from auslan_explorer.gui.shortcut_override import ShortcutOverride
from auslan_explorer.gui.signs.list import SignList
from auslan_explorer.gui.style import UNIT, Appearance
from auslan_explorer.gui.training.close_prompt import ClosePrompt
from auslan_explorer.gui.views.panes import Views
from auslan_explorer.gui.views.view import ViewFactory
from auslan_explorer.gui.wheel_guard import WheelGuard
from auslan_explorer.gui.widgets.empty_state import EmptyState
from auslan_explorer.gui.window.action_registry import ACTIONS
from auslan_explorer.gui.window.commands import Commands
from auslan_explorer.gui.window.dock_widths import DockWidths
from auslan_explorer.gui.window.docked_window import DockedWindow
from auslan_explorer.gui.window.empty_inspector import EmptyInspector
from auslan_explorer.gui.window.head_warning import HeadWarning
from auslan_explorer.gui.window.identity_bar import IdentityBar
from auslan_explorer.gui.window.map_menu import open_map_menu
from auslan_explorer.gui.window.notice_bar import NoticeBar
from auslan_explorer.gui.window.rewording import Rewording
from auslan_explorer.gui.window.saved_layout import layout_values, restore_layout
from auslan_explorer.gui.window.status_bar import StatusLine
from auslan_explorer.gui.window.toolbar import MainToolBar

if TYPE_CHECKING:
    from auslan_explorer.gui.views.gesture.pane import GesturePane

FIRST_SIZE = QSize(1280, 800)
WIDE_SIZE = QSize(1560, 900)
"""Screen size from which the inspector is open at the first start; on smaller ones it is hidden."""
STATUS_MS = 4000
"""Milliseconds that a message stays in the status bar."""


class MainWindow(DockedWindow):
    """Sign list on the left, views in the middle, docks on the right, playback and status below.

    Parameters
    ----------
    session : Session
    settings : Settings
        Stores rectangle, layout, look and playback speed.
    appearance : Appearance
    makers : mapping of int to callable
        Make the 2-D and the 3-D view.
    one_first : bool
        Show one view first, and make the other one once that is painted.

    Attributes
    ----------
    idle : IdleQueue
        What is done once the first picture is painted.
    """

    def __init__(
        self,
        session: Session,
        settings: Settings,
        appearance: Appearance,
        makers: Mapping[int, ViewFactory],
        *,
        one_first: bool = False,
    ) -> None:
        super().__init__()
        self._one_first = one_first
        self.idle = IdleQueue(self)
        self.session = session
        self.settings = settings
        self.appearance = appearance
        self._rewording = Rewording(session, self)
        ShortcutOverride(self)
        reduce_motion(read_preferences(settings).reduce_motion)
        self.jobs = Jobs(self)
        self.frames = RecordingFrames(session, self.jobs, self)
        self.views: Views | None = None
        layout = Layout(settings.text("layout", session.state.layout.value, [each.value for each in Layout]))
        session.update(
            layout=layout,
            speed=settings.number("speed", FIRST_SPEED, SPEEDS),
            repeat=Repeat(settings.text("repeat", Repeat.ONCE.value, [each.value for each in Repeat])),
            every_step=settings.flag("every_step", False),
        )
        self.playback = Playback(session, self)
        self._dock = QDockWidget(tr("Signs"), self)
        self.widths = DockWidths(self)
        self.add_docks()
        self.commands = Commands(
            session,
            self.playback,
            settings,
            appearance,
            self.jobs,
            docks=self.docks,
            inspector=lambda: self.inspector_dock.inspector,
            frames=self.frames,
            views=lambda: self.views,
            find_part=self._find_part,
            reporter=self,
            window=self,
        )
        self._closing = ClosePrompt(self.commands.training.controller, self.jobs, self)
        self.actions_ = QActions(ACTIONS, self.commands, self)
        self._rewording.then(self.actions_.reword)

        self.setAcceptDrops(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._file_menu = self.actions_.fill_menu_bar(self.menuBar())
        self.toolbar = MainToolBar(self.actions_, self)
        self.addToolBar(self.toolbar)
        self.signs = SignList(session, self.actions_, self.commands.groups, self._dock)
        self._make_dock()
        self.commands.training.controller.trainer.phase_changed.connect(self._on_training)
        self.docks.changed.connect(self.actions_.refresh)
        self.commands.quality.changed.connect(self.actions_.refresh)
        self._makers = makers
        self.bar = PlaybackBar(session, self.playback, self.actions_, self)
        self.answering = PredictionJob(session, self.jobs, self)
        self.answering.failed.connect(self.show_error)
        self.notice = NoticeBar(self)
        self._make_middle()
        self.notice.show_sentence(self.commands.groups.complaint)
        HeadWarning(session, self.notice)
        self.status = StatusLine(session, self.jobs, self)
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().addWidget(self.status, 1)

        self.sessions = self.commands.files.sessions
        self.sessions.shown.connect(self.actions_.refresh)
        self._file_menu.insertMenu(self.actions_[ActionId.PUBLISHED], self.sessions.recent_menu)
        self.layers = LayerMenu(session, self.jobs, self, self)
        self.identity.offer_layers(self.layers)
        self._file_menu.insertMenu(self.actions_[ActionId.PUBLISHED], self.layers)
        session.changed.connect(self._on_state_changed)
        session.data_changed.connect(self._show_data)
        session.tool_changed.connect(self.actions_.refresh)
        self.playback.changed.connect(self.actions_.refresh)
        appearance.theme_changed.connect(self._follow_look)
        self._show_data()
        self._restore_settings()
        self._room = EmptyInspector(session, self.docks, self)
        # What a first choice would import, and wait for: `numpy.unique` needs the one, the inspector's jobs the other.
        for module in ("numpy.ma", "auslan_explorer.workflows.inspection"):
            self.idle.add(partial(import_module, module))
        # Those that a first click shows; whatever else a dock holds is made when it is opened.
        self.idle.add(lambda: self.inspector_dock.inspector.recording)
        self.idle.add(lambda: self.inspector_dock.inspector.sign)
        self.idle.add(lambda: self.inspector_dock.inspector.signs)
        WheelGuard(self)

    # ------------------------------------------------------------------------------------------------- parts
    def _on_training(self) -> None:
        self.actions_.refresh()
        if self.views is not None:
            self.views.set_training_off(self.commands.training.start_disabled_reason())

    def _make_dock(self) -> None:
        dock = self._dock
        dock.setObjectName("signs")
        dock.setAllowedAreas(Qt.DockWidgetArea.LeftDockWidgetArea | Qt.DockWidgetArea.RightDockWidgetArea)
        dock.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetMovable)
        title = QLabel(tr("Signs"), dock)
        title.setProperty("type", "title")
        head = QWidget(dock)
        row = QHBoxLayout(head)
        row.setContentsMargins(UNIT + 2, UNIT, UNIT, 0)
        row.addWidget(title)
        row.addStretch(1)
        row.addWidget(self.signs.count)
        dock.setTitleBarWidget(head)
        dock.setWidget(self.signs)
        self.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, dock)

    def _make_middle(self) -> None:
        offered = [self.actions_[key] for key in (ActionId.OPEN, ActionId.IMPORT, ActionId.DOWNLOAD)]
        self._empty = EmptyState(
            "path",
            tr("No activations are open"),
            tr(
                "Open a file of hidden states, or drop one here. The file that ships with the program is missing; "
                "“make models” makes it again."
            ),
            offered,
            self,
        )
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        middle = QWidget(self)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.identity = IdentityBar(self.session, self.actions_, self.commands.files, self.commands.training, self)
        column.addWidget(self.identity)
        column.addWidget(self.notice)
        column.addWidget(self._stack, 1)
        column.addWidget(self.bar)
        self.setCentralWidget(middle)

    @property
    def gesture(self) -> GesturePane | None:
        """The hands beside the views; None before anything was shown."""
        return None if self.views is None else self.views.beside

    def _make_gesture(self) -> GesturePane:
        from auslan_explorer.gui.views.gesture.pane import GesturePane

        get_them = [self.actions_[key] for key in (ActionId.DOWNLOAD, ActionId.IMPORT)]
        pane = GesturePane(self.session, self.frames, get_them)
        pane.close_asked.connect(self.actions_[ActionId.GESTURE].trigger)
        return pane

    # ------------------------------------------------------------------------------------------------- window port
    @property
    def widget(self) -> QMainWindow:
        """The window itself, as parent of dialogs."""
        return self

    @property
    def full_screen(self) -> bool:
        """Whether the window is full screen."""
        return self.isFullScreen()

    @property
    def sign_list_shown(self) -> bool:
        """Whether the sign list is shown."""
        return not self._dock.isHidden()

    def show_sign_list(self, shown: bool) -> None:
        """Show or hide the sign list."""
        self._dock.setVisible(shown)
        self.actions_.refresh()

    def listed_signs(self) -> frozenset[int]:
        """Return the indices of the signs that the list's search finds."""
        return self.signs.listed()

    def find_sign(self) -> None:
        """Show the sign list and focus its search field."""
        self.show_sign_list(True)
        self.signs.start_search()

    def reset_views(self) -> None:
        """Reset both views to show everything."""
        if self.views is not None:
            self.views.reset()

    def set_full_screen(self, full: bool) -> None:
        """Enter or leave full screen."""
        self.setWindowState(
            self.windowState() | Qt.WindowState.WindowFullScreen
            if full
            else self.windowState() & ~Qt.WindowState.WindowFullScreen
        )
        self.actions_.refresh()

    def _find_part(self, part: WindowPart) -> QWidget | None:
        parts = {
            WindowPart.VIEWS: self.views,
            WindowPart.SIGN_LIST: self.signs,
            WindowPart.PLAYBACK: self.bar,
            WindowPart.INSPECTOR: self.inspector_dock if self.docks.shown("inspector") else self.toolbar.inspector,
            WindowPart.HELP_BUTTON: self.toolbar.question,
        }
        return parts[part]

    def open_palette(self) -> None:
        """Open the command palette."""
        from auslan_explorer.gui.window.command_palette import CommandPalette
        from auslan_explorer.gui.window.palette_entries import PaletteEntries

        entries = PaletteEntries(self.session, self.commands.groups, self.actions_)
        CommandPalette(entries, self).open_over(self)

    def show_error(self, sentence: str, details: str = "") -> QMessageBox:
        """Open a non-modal message box with an error and its details."""
        from auslan_explorer.gui.widgets.message_box import show_error

        return show_error(self, current_words().say(sentence), details)

    def show_notice(self, sentence: str) -> None:
        """Show a sentence above the views until it is closed; an empty one hides the notice."""
        self.notice.show_sentence(current_words().say(sentence))

    def remove_notice(self, sentence: str) -> None:
        """Take a sentence out of the notice, if it is there."""
        self.notice.remove_sentence(current_words().say(sentence))

    def add_notice(self, sentence: str) -> None:
        """Append a sentence to the notice."""
        self.notice.append_sentence(current_words().say(sentence))

    def show_status(self, sentence: str) -> None:
        """Show a sentence in the status bar for a few seconds."""
        self.statusBar().showMessage(sentence, STATUS_MS)

    # ------------------------------------------------------------------------------------------------- signals
    def _on_state_changed(self, new: SessionState, old: SessionState) -> None:
        ends = {0, self.playback.last_step}
        # A step alone enables or disables an action only at either end, and none during playback.
        at_end = not self.playback.playing and bool({new.step, old.step} & ends)
        if at_end or changed_fields(new, old) != {"step"}:
            self.actions_.refresh()

    def _show_data(self) -> None:
        # While hidden, its buttons must not widen the window.
        room = QSizePolicy.Policy.Ignored if len(self.session.activations) else QSizePolicy.Policy.Preferred
        self._empty.setSizePolicy(room, room)
        if len(self.session.activations):
            if self.views is None:
                self.views = Views(self.session, self._makers, self, self._make_gesture, one_first=self._one_first)
                self.idle.add(self.views.make_coming)
                self.views.completed.connect(self.idle.start)
                self._stack.addWidget(self.views)
                self.views.menu_requested.connect(self._open_map_menu)
                self.views.training_asked.connect(self.commands.training.train_better)
                self.views.set_training_off(self.commands.training.start_disabled_reason())
                self.playback.wait_for(self.views)
            self._stack.setCurrentWidget(self.views)
            # Otherwise the first control gets the focus, and Space would press it instead of playing.
            self.views.focus_first_view()
        else:
            self._stack.setCurrentWidget(self._empty)
        self._leave_sign_language()
        self.actions_.refresh()

    def _leave_sign_language(self) -> None:
        """Hide what is about hands once other data are open."""
        if not self.session.activations.wording.of_signs:
            self.docks.show("hands", False)
            if self.views is not None:
                self.views.show_beside(False)

    def _open_map_menu(self, at: QPoint) -> None:
        open_map_menu(self.session, self.actions_, self, at)

    def _follow_look(self) -> None:
        # An empty inspector leaves before the others get its room.
        for part in (self.signs, self.status, self._room, self.widths):
            part.fit_to_text()
        if self.views is not None:
            self.views.set_theme(self.appearance.theme)
        self.actions_.refresh()
        if sys.platform == "darwin":  # its menu bar does not update icons by itself
            for action in self.findChildren(QAction):
                action.setIcon(action.icon())
        self.settings.set_value("look", self.appearance.look.value)

    # ------------------------------------------------------------------------------------------------- stored settings
    def _restore_settings(self) -> None:
        room = self.screen().availableSize()
        wide = room.width() > WIDE_SIZE.width() and room.height() > WIDE_SIZE.height()
        self.resize(WIDE_SIZE if wide else FIRST_SIZE.boundedTo(room))
        if wide:
            self.inspector_dock.show()
        self.widths.fit()
        restore_layout(self, self.docks, self.widths, self.settings)
        if self.views is not None:
            self.views.map_fraction = self.settings.number("map_share", self.views.map_fraction)
            self.views.show_beside(self.settings.flag("gesture", False))
        self._leave_sign_language()
        self.actions_.refresh()

    def _save_settings(self) -> None:
        state = self.session.state
        values = {
            **layout_values(self, self.docks),
            "layout": state.layout.value,
            "look": self.appearance.look.value,
            "speed": state.speed,
            "repeat": state.repeat.value,
            "every_step": state.every_step,
        }
        if self.views is not None:
            values["map_share"] = self.views.map_fraction
            if self.session.activations.wording.of_signs:
                values["gesture"] = self.views.beside_shown
        self.settings.set_values(values)

    def close_unasked(self) -> None:
        """Close without a question, as Ctrl+C in a terminal asks; a training ends first, which takes a moment."""
        self._closing.close_unasked()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._closing.may_close():
            event.ignore()
            return
        self.idle.stop()
        self.playback.pause()
        self.jobs.close()
        self.sessions.finish()
        self._save_settings()
        if self.views is not None:
            self.views.dispose()
        self._rewording.end()
        super().closeEvent(event)

    # ------------------------------------------------------------------------------------------------- dropped files
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        urls = event.mimeData().urls()
        if urls and all(url.isLocalFile() for url in urls):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.commands.files.open_paths([Path(url.toLocalFile()) for url in event.mimeData().urls()])
