"""The inspector's docks: what is to be said of the selection, and all mistakes."""

from __future__ import annotations

from PySide6.QtWidgets import QDockWidget, QMainWindow

from auslan_explorer.core.session import Session
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.inspector.inspector import Inspector
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.recording_frames import RecordingFrames
from auslan_explorer.gui.settings.store import Settings


class InspectorDock(QDockWidget):
    """Dock with the inspector.

    Attributes
    ----------
    inspector : Inspector
    """

    def __init__(
        self, session: Session, jobs: Jobs, settings: Settings, frames: RecordingFrames, window: QMainWindow
    ) -> None:
        super().__init__(tr("Inspector"), window)
        self.setObjectName("inspector")
        self.inspector = Inspector(session, jobs, settings, frames, self)
        self.setWidget(self.inspector)


class MistakesDock(QDockWidget):
    """Dock with the inspector's page of all mistakes."""

    def __init__(self, inspector: Inspector, window: QMainWindow) -> None:
        super().__init__(tr("Mistakes"), window)
        self.setObjectName("mistakes")
        self.setWidget(inspector.mistakes)
