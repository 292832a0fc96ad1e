"""The inspector's dock, whose title bar switches between the selection and all errors."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QDockWidget, QHBoxLayout, QMainWindow, QToolButton, QWidget

from auslan_explorer.core.session import Session
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.inspector.inspector import Inspector
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.settings.store import Settings
from auslan_explorer.gui.style import UNIT
from auslan_explorer.gui.tool_button import tool_button

WIDTH = 44 * UNIT


class InspectorDock(QDockWidget):
    """Dock with the inspector.

    Attributes
    ----------
    inspector : Inspector
    close_button : QToolButton
        Connected by the window to its action that hides the dock.
    """

    def __init__(self, session: Session, jobs: Jobs, settings: Settings, window: QMainWindow) -> None:
        super().__init__(tr("Inspector"), window)
        self.setObjectName("inspector")
        self.setAllowedAreas(Qt.DockWidgetArea.LeftDockWidgetArea | Qt.DockWidgetArea.RightDockWidgetArea)
        self.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetMovable)
        self.inspector = Inspector(session, jobs, settings, self)
        head = QWidget(self)
        row = QHBoxLayout(head)
        row.setContentsMargins(UNIT, UNIT // 2, UNIT // 2, 0)
        row.setSpacing(UNIT // 2)
        group = QButtonGroup(head)
        self.tabs: dict[str, QToolButton] = {}
        for name, text, tip in (
            ("selection", tr("Selection"), tr("What is to be said of the selected recording or signs")),
            ("mistakes", tr("Mistakes"), tr("Which signs are mistaken for which")),
        ):
            tab = tool_button(head, text, tip)
            tab.setText(text)
            tab.setCheckable(True)
            group.addButton(tab)
            row.addWidget(tab)
            self.tabs[name] = tab
        self.tabs["selection"].setChecked(True)
        self.tabs["mistakes"].toggled.connect(self.inspector.show_mistakes)
        row.addStretch(1)
        tip = tr("Hide the inspector (Ctrl+I)")
        self.close_button = tool_button(head, tr("Hide the inspector"), tip, icon="x")
        row.addWidget(self.close_button)
        self.setTitleBarWidget(head)
        self.setWidget(self.inspector)
