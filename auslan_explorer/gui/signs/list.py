"""The sign list: every sign with a tick, found by search and selected by a click."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import numpy as np
from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from auslan_explorer.core.selection import clear_selection, pick_signs, select
from auslan_explorer.core.session import Session
from auslan_explorer.gui import icons
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.actions.qactions import QActions
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.signs.groups_menu import GroupsButton
from auslan_explorer.gui.signs.model import Column, FoundSigns, SignModel
from auslan_explorer.gui.signs.search import EXAMPLES
from auslan_explorer.gui.signs.search_feedback import SearchFeedback
from auslan_explorer.gui.signs.user_groups import UserGroups
from auslan_explorer.gui.style import UNIT, scaled
from auslan_explorer.gui.widgets.elided_label import ElidedLabel
from auslan_explorer.gui.widgets.page import muted_label
from auslan_explorer.gui.widgets.responsive_row import ResponsiveRow
from auslan_explorer.gui.widgets.row_hover import RowHover
from auslan_explorer.gui.widgets.table_copy import TableCopy, open_menu
from auslan_explorer.gui.widgets.text import format_count

ROW_HEIGHT = 3 * UNIT
_NAME_LETTERS, _FEWEST_LETTERS = 9, 7
_SELECT = QItemSelectionModel.SelectionFlag


class SignTable(QTableView):
    """Table of signs; check boxes do not change the selection, and can be ticked by dragging over them.

    Signals
    -------
    emptied()
        A click outside all rows, or Escape: clear the selection.
    """

    emptied = Signal()
    own_keys = (Qt.Key.Key_Space,)

    def __init__(self, model: SignModel, found: FoundSigns, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._model = model
        self._found = found
        self._painting: bool | None = None
        self.setModel(found)
        model.together = self._rows_to_tick
        self.setAccessibleName(tr("Signs"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._set_up_header()

    def _set_up_header(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(UNIT * 3)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)
        self.fit_to_text()
        # Before sorting is enabled, which sorts at once: each sorting asks for a thousand keys.
        header.setSortIndicator(Column.NAME, Qt.SortOrder.AscendingOrder)
        header.setSortIndicatorClearable(False)
        self.setSortingEnabled(True)

    def fit_to_text(self) -> None:
        """Fit rows and columns to the text size."""
        self.verticalHeader().setDefaultSectionSize(scaled(ROW_HEIGHT))
        self.setColumnWidth(Column.TICK, self._tick_width())
        # A hidden column reports no width, but keeps the one that it is given.
        metrics = self.fontMetrics()
        widest = {Column.COUNT: "0000", Column.ACCURACY: "100%0"}
        self._wide = {column: metrics.horizontalAdvance(text) + 2 * UNIT for column, text in widest.items()}
        for column, width in self._wide.items():
            self.setColumnWidth(column, width)
        self._fit_name_column()

    def _tick_width(self) -> int:
        return max(4 * UNIT, scaled(13) + 2 * UNIT + UNIT // 2)

    def _fit_name_column(self) -> None:
        # With large text, or in a narrow dock, the columns of counts and then of accuracy give way to the names.
        room = self.viewport().width() - self._tick_width()
        letter = self.fontMetrics().horizontalAdvance("m")
        self.setColumnHidden(Column.COUNT, room - sum(self._wide.values()) < letter * _NAME_LETTERS)
        self.setColumnHidden(Column.ACCURACY, room - self._wide[Column.ACCURACY] < letter * _FEWEST_LETTERS)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_name_column()

    def rows(self) -> list[int]:
        """Return the indices of the selected signs."""
        return [self._found.mapToSource(index).row() for index in self.selectionModel().selectedRows()]

    def select(self, signs: Iterable[int]) -> None:
        """Select the rows of these signs, as far as they are listed."""
        selection = QItemSelection()
        for sign in signs:
            first = self._found.mapFromSource(self._model.index(sign, 0))
            if first.isValid():
                selection.select(first, first.siblingAtColumn(Column.ACCURACY))
        self.selectionModel().select(selection, _SELECT.ClearAndSelect)
        if not selection.isEmpty():
            self.scrollTo(selection.first().topLeft())

    def event(self, event: QEvent) -> bool:
        # The list keeps its navigation keys while it has the focus.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
            own = (Qt.Key.Key_Home, Qt.Key.Key_End)
            if plain and (event.key() in own or event.text().isalpha()):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        current = self.currentIndex()
        if event.key() == Qt.Key.Key_Space and current.isValid():
            box = current.siblingAtColumn(Column.TICK)
            on = self._model.is_ticked(self._found.mapToSource(box).row()) is not Qt.CheckState.Checked
            self._found.setData(box, _state(on), Qt.ItemDataRole.CheckStateRole)
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid() and index.column() == Column.TICK:
            self._painting = self._model.is_ticked(self._found.mapToSource(index).row()) is not Qt.CheckState.Checked
            self._found.setData(index, _state(self._painting), Qt.ItemDataRole.CheckStateRole)
            return
        if event.button() == Qt.MouseButton.LeftButton and not index.isValid():
            self.clearSelection()
            self.emptied.emit()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._painting is None:
            super().mouseMoveEvent(event)
            return
        row = self.rowAt(round(event.position().y()))
        if row >= 0:
            self._model.set_ticked([self._found.mapToSource(self._found.index(row, 0)).row()], self._painting)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._painting is None:
            super().mouseReleaseEvent(event)
        self._painting = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        # A second quick click on a box is a second tick.
        if self.columnAt(round(event.position().x())) == Column.TICK:
            self.mousePressEvent(event)
        else:
            super().mouseDoubleClickEvent(event)

    def _rows_to_tick(self, row: int) -> list[int]:
        selected = self.rows()
        return selected if row in selected else [row]


def _state(on: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked


class SearchField(QLineEdit):
    """Field that asks for room for its placeholder, so that beside a button it is not cut."""

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        beside = scaled(16) + 3 * UNIT  # the magnifying glass, and the padding
        return QSize(self.fontMetrics().horizontalAdvance(self.placeholderText()) + beside, hint.height())


class SignList(QWidget):
    """Search field, buttons and table of signs; ticks and selection are the session's."""

    def __init__(self, session: Session, actions: QActions, groups: UserGroups, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._session = session
        self._actions = actions
        self._quiet = False
        self._model = SignModel(session)
        self._found = FoundSigns(self._model)
        self.search = SearchField(self)
        self.search.setPlaceholderText(tr("Search or filter"))
        self.search.setAccessibleName(tr("Search signs"))
        self.search.setClearButtonEnabled(True)
        self.search.setToolTip(tr("Part of a sign’s name, or filters (Ctrl+F):\n{0}", tr(EXAMPLES)))
        self.notes = SearchFeedback(session, self)
        self.notes.found.connect(self._list)
        self.notes.went_wrong.connect(lambda: self._show_nothing_found(False))
        self.groups = GroupsButton(session, groups, actions, self)
        glass = QAction(icons.icon("magnifying-glass", "muted"), "", self.search)
        self.search.addAction(glass, QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(self.notes.search)
        self.search.installEventFilter(self)
        self.table = SignTable(self._model, self._found, self)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._open_menu)
        self._copying = TableCopy(self.table)
        RowHover(self.table)
        self.nothing = QLabel(self)
        self.nothing.setProperty("muted", True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setWordWrap(True)
        self.nothing.hide()
        self.count = ElidedLabel(Qt.AlignmentFlag.AlignRight, self, follow_text=True, muted=True)
        self.count.setAccessibleName(tr("Signs shown"))

        self.hidden = muted_label("", self)
        self.hidden.setAccessibleName(tr("Recordings shown"))

        buttons = QHBoxLayout()
        buttons.setSpacing(0)
        for key in (ActionId.TICK_ALL, ActionId.TICK_NONE, ActionId.INVERT_TICKS):
            button = actions.button(key, self)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, UNIT, 0, 0)
        layout.setSpacing(UNIT // 2)
        field = QHBoxLayout()
        field.setContentsMargins(UNIT, 0, UNIT, 0)
        field.setSpacing(UNIT // 2)
        field.addWidget(ResponsiveRow(self, self.search, self.groups))
        layout.addLayout(field)
        below = QHBoxLayout()
        below.setContentsMargins(UNIT, 0, UNIT, 0)
        below.addWidget(self.notes)
        layout.addLayout(below)
        layout.addLayout(buttons)
        hidden = QHBoxLayout()
        hidden.setContentsMargins(UNIT, 0, UNIT, 0)
        hidden.addWidget(self.hidden)
        layout.addLayout(hidden)
        layout.addWidget(self.nothing, 1)
        layout.addWidget(self.table, 1)

        self.table.selectionModel().selectionChanged.connect(self._select)
        self.table.emptied.connect(lambda: clear_selection(session))
        session.watch(("selected",), self._show_selected)
        session.watch(("visible_signs", "splits", "isolate", "selected"), self._show_count)
        session.data_changed.connect(self._reset)
        self.fit_to_text()
        self._show_count()

    def fit_to_text(self) -> None:
        """Fit rows, columns and the least width to the text size."""
        self.table.fit_to_text()
        self.setMinimumWidth(min(scaled(UNIT * 27), UNIT * 32))

    def sizeHint(self) -> QSize:
        """Return the initial size, wider for large text."""
        return QSize(min(scaled(UNIT * 27), UNIT * 40), super().sizeHint().height())

    def listed(self) -> frozenset[int]:
        """Return the indices of the signs that the search finds; all without a search."""
        return self._found.signs()

    def start_search(self) -> None:
        """Focus the search field and select its text."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if watched is self.search and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape and self.search.text():
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                return self._search_key(event)
        return False

    def _search_key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            self.search.clear()
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # What the button below the field offers.
            self.notes.select()
            return True
        if event.key() == Qt.Key.Key_Down and self._found.rowCount():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            self.table.selectRow(0)
            return True
        return False

    def _list(self, signs: frozenset[int]) -> None:
        self._found.list_only(signs)
        none = self._found.rowCount() == 0
        self.nothing.setText(
            tr("No recording is like this.") if self.notes.filters else tr("No sign has this in its name.")
        )
        self._show_nothing_found(none)

    def _show_nothing_found(self, none: bool) -> None:
        self.nothing.setVisible(none)
        self.table.setVisible(not none)

    def _select(self) -> None:
        if self._quiet:
            return
        self._quiet = True
        pick_signs(self._session, self.table.rows())
        self._quiet = False

    def _open_menu(self, at: QPoint) -> None:
        menu, place = QMenu(self), self.table.indexAt(at)
        if place.isValid():
            sign = self._found.mapToSource(place).row()
            rows = self.table.rows()
            signs = frozenset(rows if sign in rows else (sign,))
            menu.addAction(tr("Select all recordings"), partial(self._take, signs))
            menu.addAction(tr("Show alone"), partial(self._tick, signs))
            menu.addAction(tr("Hide"), partial(self._untick, signs))
            menu.addSeparator()
        for key in (ActionId.TICK_ALL, ActionId.TICK_NONE, ActionId.INVERT_TICKS):
            menu.addAction(self._actions[key])
        menu.addSeparator()
        self._copying.add_to(menu)
        open_menu(menu, self.table.viewport(), at)

    def _take(self, signs: frozenset[int]) -> None:
        select(self._session, np.flatnonzero(np.isin(self._session.activations.sign, list(signs))))

    def _tick(self, signs: frozenset[int]) -> None:
        self._session.update(visible_signs=signs)

    def _untick(self, signs: frozenset[int]) -> None:
        self._session.update(visible_signs=self._session.state.visible_signs - signs)

    def _show_selected(self) -> None:
        if self._quiet:
            return
        signs = np.unique(self._session.activations.sign[self._session.state.selected.rows])
        self._quiet = True
        self.table.select(int(sign) for sign in signs)
        self._quiet = False

    def _reset(self) -> None:
        self.search.clear()
        # If the field was empty already, clearing it does not list the new signs.
        self.notes.search("")
        self._show_count()

    def _show_count(self) -> None:
        ticked, signs = len(self._session.state.visible_signs), len(self._session.activations.signs)
        self.count.setText(tr("{0} of {1}", ticked, signs))
        self.hidden.setText(self._describe_hidden())
        self.hidden.setVisible(bool(self.hidden.text()))

    def _describe_hidden(self) -> str:
        """Return what is hidden though its sign is ticked, as a sentence; empty if nothing is."""
        session, state = self._session, self._session.state
        of_ticked = int(np.isin(session.activations.sign, list(state.visible_signs)).sum())
        shown = int(session.shown().sum())
        if shown == of_ticked:
            return ""
        alone = state.isolate and bool(state.selected)
        why = tr("only the selection is shown") if alone else tr("other splits are hidden")
        return tr("{0} of {1}: {2}.", shown, format_count(of_ticked, "recording"), why)
