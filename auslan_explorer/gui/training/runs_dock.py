"""The runs dock: lists saved runs, and shows, compares, renames, deletes, exports and imports them."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDockWidget,
    QMenu,
    QMessageBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from auslan_explorer.core.session import Session
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.actions.qactions import QActions
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.style import UNIT
from auslan_explorer.gui.training.apply_run import RunApplier, apply_disabled_reason, compare_disabled_reason
from auslan_explorer.gui.training.run_library import RunLibrary
from auslan_explorer.gui.training.run_list import RunList
from auslan_explorer.gui.widgets.buttons import push_button
from auslan_explorer.gui.widgets.empty_state import EmptyState
from auslan_explorer.gui.widgets.page import PendingResult
from auslan_explorer.gui.widgets.responsive_row import ResponsiveRow
from auslan_explorer.training.runs import RunInfo

NAME = "runs"
_MORE = (
    ActionId.RENAME_RUN,
    ActionId.EXPORT_RUN,
    ActionId.DELETE_RUN,
    None,
    ActionId.IMPORT_RUN,
    ActionId.ORIGINAL_MAPS,
)


class RunsDock(QDockWidget):
    """Dock that lists the saved runs.

    Attributes
    ----------
    list : RunList
    put_button, compare_button : QPushButton
    """

    def __init__(self, session: Session, library: RunLibrary, applier: RunApplier, jobs: Jobs, parent: QWidget) -> None:
        super().__init__(tr("Runs"), parent)
        self.setObjectName(NAME)
        self._session = session
        self._library = library
        self._applier = applier
        self._jobs = jobs
        self._actions: QActions | None = None
        self.list = RunList(session, self)
        self.list.wanted.connect(applier.show_run)
        self.list.unwanted.connect(self.delete)
        self.list.runs.renamed.connect(library.rename)
        self.list.chosen_changed.connect(self._update_buttons)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._open_menu)
        self._empty = EmptyState(
            "stack",
            tr("No runs yet"),
            tr(
                "Every training that ends well is kept here, with its settings and how good its map is. "
                "“Retrain” in the menu Train starts one."
            ),
            parent=self,
        )
        self._waiting = PendingResult(self)
        self._waiting.again.connect(library.reload)
        waiting = QWidget(self)
        room = QVBoxLayout(waiting)
        room.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        room.addWidget(self._waiting)
        room.addStretch(1)
        self._pages = QStackedWidget(self)
        for page in (self.list, self._empty, waiting):
            self._pages.addWidget(page)
        self.put_button = push_button(tr("Put on the map"), "", self)
        self.put_button.setDefault(True)
        self.put_button.clicked.connect(self.put_on_map)
        self.compare_button = push_button(tr("Compare…"), "", self)
        self.compare_button.clicked.connect(self.compare)
        self.more_button = push_button(tr("More"), tr("Rename, export, delete, import"), self)
        self.more_button.setMenu(QMenu(self.more_button))
        body = QWidget(self)
        row = ResponsiveRow(body, self.more_button, None, self.compare_button, self.put_button)
        row.setContentsMargins(UNIT + UNIT // 2, UNIT, UNIT + UNIT // 2, UNIT)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._pages, 1)
        column.addWidget(row)
        body.setMinimumHeight(24 * UNIT)
        self.setWidget(body)
        library.changed.connect(self._on_runs_changed)
        session.watch(("run_2d", "run_3d"), self._on_map_changed)
        session.data_changed.connect(self._on_runs_changed)
        self._on_runs_changed()

    def set_actions(self, actions: QActions) -> None:
        """Set the actions that the "More" button and the context menu offer."""
        self._actions = actions
        for key in _MORE:
            if key is None:
                self.more_button.menu().addSeparator()
            else:
                self.more_button.menu().addAction(actions[key])

    def showEvent(self, event: QShowEvent) -> None:
        """Load the runs when the dock is first shown."""
        super().showEvent(event)
        self._library.load()

    def selected_runs(self) -> tuple[RunInfo, ...]:
        """Return the selected runs."""
        return self.list.selected_runs()

    def put_on_map(self) -> None:
        """Show the first selected run in the 2-D or 3-D view."""
        for info in self.selected_runs()[:1]:
            self._applier.show_run(info)

    def rename(self) -> None:
        """Edit the selected run's name in place."""
        self.list.rename()

    def compare(self) -> None:
        """Open the dialog that compares the selected runs."""
        from auslan_explorer.gui.training.compare_dialog import CompareDialog

        if not compare_disabled_reason(self.selected_runs(), self._session.activations):
            CompareDialog(self._session, self.selected_runs(), self._applier, self._jobs, self.window()).show()

    def delete(self) -> None:
        """Ask for confirmation and delete the selected runs."""
        runs = self.selected_runs()
        if not runs:
            return
        what = f"“{runs[0].name}”" if len(runs) == 1 else tr("these {0} runs", len(runs))
        box = QMessageBox(
            QMessageBox.Icon.NoIcon, tr("Delete runs"), tr("Delete {0} for good?", what), parent=self.window()
        )
        box.setInformativeText(tr("This cannot be undone. A map that is on the screen stays there until you close it."))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        delete = box.addButton(tr("Delete"), QMessageBox.ButtonRole.DestructiveRole)
        keep = box.addButton(tr("Keep"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.setEscapeButton(keep)
        delete.clicked.connect(lambda: self._delete(runs))
        box.open()

    def _delete(self, runs: tuple[RunInfo, ...]) -> None:
        for info in runs:
            self._library.delete(info)

    # ------------------------------------------------------------------------------------------------- signals
    def _on_runs_changed(self) -> None:
        library = self._library
        self.list.set_runs(library.runs)
        if library.runs:
            page = 0
        elif library.loading or library.trouble:
            page = 2
            if library.loading:
                self._waiting.show_waiting(tr("Reading the runs that are kept."))
            else:
                self._waiting.show_failure(library.trouble)
        else:
            page = 1
        self._pages.setCurrentIndex(page)
        for button in (self.compare_button, self.put_button):
            button.setVisible(page == 0)
        self._update_buttons()

    def _on_map_changed(self) -> None:
        self.list.runs.refresh()
        self._update_buttons()

    def _is_on_map(self, info: RunInfo) -> bool:
        return self.list.runs.is_on_map(info)

    def _update_buttons(self) -> None:
        runs = self.selected_runs()
        refusal = apply_disabled_reason(runs, self._session.activations)
        if not refusal and self._is_on_map(runs[0]):
            refusal = tr("It is on the map already")
        self.put_button.setEnabled(not refusal)
        self.put_button.setToolTip(refusal or tr("Show this run’s map; undo brings the one before back (Enter)"))
        why_not = compare_disabled_reason(runs, self._session.activations)
        self.compare_button.setEnabled(not why_not)
        self.compare_button.setToolTip(why_not or tr("Settings, figures and maps side by side"))
        if self._actions is not None:
            self._actions.refresh()

    def _open_menu(self, at: QPoint) -> None:
        if self._actions is not None and self.list.indexAt(at).isValid():
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            for key in (ActionId.APPLY_RUN, ActionId.COMPARE_RUNS, None, *_MORE):
                if key is None:
                    menu.addSeparator()
                else:
                    menu.addAction(self._actions[key])
            menu.popup(self.list.viewport().mapToGlobal(at))
