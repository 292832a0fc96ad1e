"""Creates the commands of all feature folders for one session; the context of all actions."""

from __future__ import annotations

from collections.abc import Callable

from auslan_explorer import paths
from auslan_explorer.core.history import History
from auslan_explorer.core.session import Session
from auslan_explorer.gui.export.commands import ExportCommands
from auslan_explorer.gui.figures.commands import FigureCommands
from auslan_explorer.gui.files.commands import FileCommands
from auslan_explorer.gui.files.sessions import SessionFiles
from auslan_explorer.gui.help.commands import HelpCommands
from auslan_explorer.gui.help.tour_stops import PartFinder
from auslan_explorer.gui.inspector.inspector import Inspector
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.playback.controller import Playback
from auslan_explorer.gui.quality.commands import QualityCommands
from auslan_explorer.gui.recording_frames import RecordingFrames
from auslan_explorer.gui.settings.commands import SettingsCommands
from auslan_explorer.gui.settings.store import Settings
from auslan_explorer.gui.signs.user_groups import UserGroups
from auslan_explorer.gui.style import Appearance
from auslan_explorer.gui.training.commands import TrainingCommands
from auslan_explorer.gui.views.panes import Views
from auslan_explorer.gui.window_port import Panels, Reporter, WindowPort


class Commands:
    """Context of all actions: implements the context protocol of every feature folder.

    Parameters
    ----------
    session : Session
    playback : Playback
    settings : Settings
    appearance : Appearance
    jobs : Jobs
    docks : Panels
    inspector : callable
        Returns the inspector.
    frames : RecordingFrames
    views : callable
        Returns the views; None before anything was shown.
    find_part : callable
        Returns the widget of a `WindowPart`.
    reporter : Reporter
    window : WindowPort

    Attributes
    ----------
    history : History
    groups : UserGroups
    files : FileCommands
    export : ExportCommands
    figures : FigureCommands
    quality : QualityCommands
    training : TrainingCommands
    settings : SettingsCommands
    help : HelpCommands
    """

    def __init__(
        self,
        session: Session,
        playback: Playback,
        settings: Settings,
        appearance: Appearance,
        jobs: Jobs,
        *,
        docks: Panels,
        inspector: Callable[[], Inspector],
        frames: RecordingFrames,
        views: Callable[[], Views | None],
        find_part: PartFinder,
        reporter: Reporter,
        window: WindowPort,
    ) -> None:
        widget = window.widget
        self.session = session
        self.playback = playback
        self.appearance = appearance
        self.jobs = jobs
        self.docks: Panels = docks
        self._inspector = inspector
        self.reporter: Reporter = reporter
        self.window: WindowPort = window
        self._views = views
        self.history = History(session)
        self.quality = QualityCommands(session, jobs, reporter, frames, widget)
        self.groups = UserGroups(session, paths.data_dir() / "groups.json")
        self.settings = SettingsCommands(settings, appearance, widget)
        self.help = HelpCommands(session, settings, find_part, docks, widget)
        self.training = TrainingCommands(session, jobs, settings, docks, reporter, widget)
        self.figures = FigureCommands(
            session, playback, jobs, window.reset_views, self._zoom_to_shown, reporter, widget
        )
        sessions = SessionFiles(session, self.history, playback, settings, appearance, jobs, views, reporter, window)
        self.export = ExportCommands(session, settings, jobs, views, reporter, widget, frames, sessions.write_view)
        self.files = FileCommands(
            session, playback, jobs, sessions, reporter, widget, self.groups, frames.read_again, self._show_hands
        )

    def _zoom_to_shown(self) -> None:
        if self.views is not None:
            self.views.zoom_to_shown()

    def _show_hands(self) -> None:
        if self.views is not None:
            self.views.show_beside(True)

    @property
    def inspector(self) -> Inspector:
        """What is known of the selection."""
        return self._inspector()

    @property
    def views(self) -> Views | None:
        """The 2-D and 3-D views; None before anything was shown."""
        return self._views()
