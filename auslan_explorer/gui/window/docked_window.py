"""The main window's docks on the right, each made when it is first asked for.

What makes a dock imports its module: a start reads the code of what it shows, and of no more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QMainWindow

from auslan_explorer.core.session import Session
from auslan_explorer.gui.actions.qactions import QActions
from auslan_explorer.gui.inspector.dock import InspectorDock
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.playback.prediction_job import PredictionJob
from auslan_explorer.gui.recording_frames import RecordingFrames
from auslan_explorer.gui.settings.store import Settings
from auslan_explorer.gui.style import Appearance
from auslan_explorer.gui.views.panes import Views
from auslan_explorer.gui.window.commands import Commands
from auslan_explorer.gui.window.dock_widths import DockWidths
from auslan_explorer.gui.window.docks import SideDocks

if TYPE_CHECKING:
    from auslan_explorer.gui.inspector.dock import MistakesDock
    from auslan_explorer.gui.inspector.pairs_dock import PairsDock
    from auslan_explorer.gui.playback.accuracy_dock import AccuracyDock
    from auslan_explorer.gui.quality.quality_dock import QualityDock
    from auslan_explorer.gui.quality.stability_dock import StabilityDock
    from auslan_explorer.gui.signs.hand_usage_dock import HandUsageDock
    from auslan_explorer.gui.training.dock import RetrainDock
    from auslan_explorer.gui.training.runs_dock import RunsDock


class DockedWindow(QMainWindow):
    """What the main window's docks are made of, and the docks themselves.

    Attributes
    ----------
    docks : SideDocks
        Knows which of them exist, and shows and hides them.
    """

    session: Session
    settings: Settings
    appearance: Appearance
    jobs: Jobs
    frames: RecordingFrames
    widths: DockWidths
    commands: Commands
    actions_: QActions
    answering: PredictionJob
    views: Views | None

    def add_docks(self) -> None:
        """Add all docks, without making one."""
        self.docks = docks = SideDocks(self, self.widths)
        docks.add("inspector", self._make_inspector)
        docks.add("mistakes", self._make_mistakes)
        docks.add("answers", self._make_accuracy)
        docks.add("pairs", self._make_pairs)
        docks.add("hands", self._make_hands, lambda: self.hands.fit_height())
        docks.add("retrain", self._make_retrain)
        docks.add("runs", self._make_runs)
        docks.add("quality", self._make_quality)
        docks.add("stability", self._make_stability)

    @property
    def inspector_dock(self) -> InspectorDock:
        """What is known of the selection."""
        return cast(InspectorDock, self.docks.dock("inspector"))

    @property
    def accuracy(self) -> AccuracyDock:
        """The accuracy at each step."""
        return cast("AccuracyDock", self.docks.dock("answers"))

    @property
    def pairs(self) -> PairsDock:
        """Pairs of signs."""
        return cast("PairsDock", self.docks.dock("pairs"))

    @property
    def hands(self) -> HandUsageDock:
        """The usage of the left hand."""
        return cast("HandUsageDock", self.docks.dock("hands"))

    @property
    def retrain(self) -> RetrainDock:
        """The form that trains a map."""
        return cast("RetrainDock", self.docks.dock("retrain"))

    @property
    def runs(self) -> RunsDock:
        """The runs that are kept."""
        return cast("RunsDock", self.docks.dock("runs"))

    @property
    def quality(self) -> QualityDock:
        """How good the map is."""
        return cast("QualityDock", self.docks.dock("quality"))

    @property
    def stability(self) -> StabilityDock:
        """What survives retraining."""
        return cast("StabilityDock", self.docks.dock("stability"))

    # ------------------------------------------------------------------------------------------------- what makes them
    def _make_inspector(self) -> InspectorDock:
        return InspectorDock(self.session, self.jobs, self.settings, self.frames, self)

    def _make_mistakes(self) -> MistakesDock:
        from auslan_explorer.gui.inspector.dock import MistakesDock

        return MistakesDock(self.inspector_dock.inspector, self)

    def _make_accuracy(self) -> AccuracyDock:
        from auslan_explorer.gui.playback.accuracy_dock import AccuracyDock

        dock = AccuracyDock(self.session, self)
        dock.asked.connect(self.answering.start)
        return dock

    def _make_pairs(self) -> PairsDock:
        from auslan_explorer.gui.inspector.pairs_dock import PairsDock

        return PairsDock(self.session, self.frames, self.jobs, self)

    def _make_hands(self) -> HandUsageDock:
        from auslan_explorer.gui.signs.hand_usage_dock import HandUsageDock

        self.docks.dock("inspector")  # it stands below the pages, of which the first has to be there
        return HandUsageDock(self.session, self)

    def _make_retrain(self) -> RetrainDock:
        from auslan_explorer.gui.training.dock import RetrainDock

        dock = RetrainDock(self.session, self.commands.training.controller, self.settings, self)
        dock.focus_left.connect(self._focus_map)
        return dock

    def _make_runs(self) -> RunsDock:
        from auslan_explorer.gui.training.runs_dock import RunsDock

        training = self.commands.training
        dock = RunsDock(self.session, training.library, training.applier, self.jobs, self)
        dock.set_actions(self.actions_)
        return dock

    def _make_quality(self) -> QualityDock:
        from auslan_explorer.gui.quality.quality_dock import QualityDock

        dock = QualityDock(self.session, self.jobs, self.commands.quality, self)
        self.appearance.theme_changed.connect(dock.fit_to_text)
        return dock

    def _make_stability(self) -> StabilityDock:
        from auslan_explorer.gui.quality.stability_dock import StabilityDock

        dock = StabilityDock(self.session, self.jobs, self.commands.quality, self.commands.settings.cluster, self)
        self.appearance.theme_changed.connect(dock.fit_to_text)
        return dock

    def _focus_map(self) -> None:
        if self.views is not None:
            self.views.focus_first_view()
