"""Table model of the signs: ticks, names, counts and accuracy, read from the session."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import IntEnum
from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt, Signal

from auslan_explorer.analysis.hands import hand_usage
from auslan_explorer.core.session import Session
from auslan_explorer.core.signs import shown_name
from auslan_explorer.gui.i18n import mark, tr
from auslan_explorer.gui.style import font
from auslan_explorer.gui.widgets.text import format_count, plain_tip

SORT_ROLE = Qt.ItemDataRole.UserRole
AnyIndex = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
MIXED = "  \N{CIRCLE WITH LEFT HALF BLACK}"
"""Suffix of the name of a sign whose recordings differ in how many hands they use."""

_TIPS = (
    mark("Ticked signs are shown"),
    mark("Sign; point at one for the name it has in the files"),
    mark("Recordings of the sign in the ticked splits"),
    mark("Share of these recordings that the network recognises"),
)


class Column(IntEnum):
    """Columns of the table."""

    TICK = 0
    NAME = 1
    COUNT = 2
    ACCURACY = 3


class SignModel(QAbstractTableModel):
    """One row for each sign. Ticks are the session's `visible_signs`; only derived counts are stored here.

    Attributes
    ----------
    together : callable
        Given the row whose box is clicked, returns the rows to tick with it.

    Signals
    -------
    recounted()
        Counts and accuracy have changed; a sorted view may need to sort again.
    """

    recounted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.together: Callable[[int], Iterable[int]] = lambda row: (row,)
        self._count()
        session.watch(("hand_threshold",), self._classify_hands)
        session.watch(("splits",), self._count)
        session.watch(("splits", "visible_signs", "hand_threshold"), self._on_state_changed)
        session.watch(("splits",), self._on_recounted)
        session.data_changed.connect(self._reset)

    def rowCount(self, parent: AnyIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._session.activations.signs)

    def columnCount(self, parent: AnyIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(Column)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == Column.TICK else flags

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(row, column)
            case Qt.ItemDataRole.CheckStateRole if column == Column.TICK:
                return self.is_ticked(row)
            case Qt.ItemDataRole.TextAlignmentRole if column >= Column.COUNT:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.FontRole if column >= Column.COUNT:
                return font(tabular=True)
            case Qt.ItemDataRole.ToolTipRole:
                a = self._session.activations
                mixed = f". {MIXED.strip()} {self._mixed[row]}" if row in self._mixed else ""
                key = shown_name(a.signs[row])
                return plain_tip(tr("{0}, in the files “{1}”{2}", a.names[row], key, mixed))
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(row)
            case _ if role == SORT_ROLE:
                return self._sort_key(row, column)
        return None

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        self.set_ticked(self.together(index.row()), Qt.CheckState(value) is Qt.CheckState.Checked)
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return ("", tr("Sign"), tr("Rec."), tr("Right"))[section]
            case Qt.ItemDataRole.ToolTipRole:
                return tr(_TIPS[section])
            case Qt.ItemDataRole.AccessibleTextRole:
                return tr((mark("Shown"), mark("Sign"), mark("Recordings"), mark("Recognised"))[section])
            case Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if section >= Column.COUNT else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def is_ticked(self, row: int) -> Qt.CheckState:
        """Return the check state of a sign."""
        return Qt.CheckState.Checked if row in self._session.state.visible_signs else Qt.CheckState.Unchecked

    def set_ticked(self, rows: Iterable[int], on: bool) -> None:
        """Show or hide signs."""
        shown = self._session.state.visible_signs
        self._session.update(visible_signs=shown | set(rows) if on else shown - set(rows))

    def _text(self, row: int, column: int) -> str | None:
        if column == Column.NAME:
            return self._session.activations.names[row] + (MIXED if row in self._mixed else "")
        if column == Column.COUNT:
            return str(self.counts[row])
        if column == Column.ACCURACY:
            share = self.accuracy[row]
            return "–" if np.isnan(share) else f"{share:.0%}"
        return None

    def _spoken(self, row: int) -> str:
        ticked = tr("shown") if row in self._session.state.visible_signs else tr("not shown")
        share = self.accuracy[row]
        known = "" if np.isnan(share) else tr(", {0:.0%} recognised", share)
        mixed = f", {self._mixed[row]}" if row in self._mixed else ""
        return tr(
            "{0}, {1}, {2}{3}{4}",
            self._session.activations.names[row],
            ticked,
            format_count(self.counts[row], "recording"),
            known,
            mixed,
        )

    def _sort_key(self, row: int, column: int) -> Any:
        if column == Column.TICK:
            return int(row not in self._session.state.visible_signs)
        if column == Column.NAME:
            return int(self._session.activations.sign_ranks[row])
        if column == Column.COUNT:
            return int(self.counts[row])
        return float(np.nan_to_num(self.accuracy[row], nan=-1.0))

    def _count(self) -> None:
        a = self._session.activations
        signs = len(a.signs)
        taken = np.isin(a.split, list(self._session.state.splits))
        known = taken & (a.predicted >= 0)
        total = np.bincount(a.sign[known], minlength=signs)
        right = np.bincount(a.sign[known & (a.predicted == a.sign)], minlength=signs)
        self.counts = np.bincount(a.sign[taken], minlength=signs)
        self._classify_hands()
        self.accuracy = np.where(total > 0, right / np.maximum(total, 1), np.nan)

    def _classify_hands(self) -> None:
        usage = hand_usage(self._session.activations, self._session.state.hand_threshold)
        self._mixed = {} if usage is None else {int(sign): usage.describe_mixed(int(sign)) for sign in usage.mixed}

    def _on_state_changed(self) -> None:
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, len(Column) - 1))

    def _on_recounted(self) -> None:
        self.recounted.emit()

    def _reset(self) -> None:
        self.beginResetModel()
        self._count()
        self.endResetModel()
        self.recounted.emit()


class FoundSigns(QSortFilterProxyModel):
    """Filters the signs by a search, and sorts them by the clicked header."""

    def __init__(self, model: SignModel) -> None:
        super().__init__()
        self._listed: frozenset[int] | None = None
        self.setSourceModel(model)
        self.setSortRole(SORT_ROLE)
        # Not dynamic: sorted by ticks, a row would move away when it is ticked.
        self.setDynamicSortFilter(False)
        model.recounted.connect(self.invalidate)

    def list_only(self, signs: frozenset[int]) -> None:
        """List only these signs."""
        self._listed = signs
        self.invalidate()

    def filterAcceptsRow(self, row: int, parent: AnyIndex) -> bool:
        return self._listed is None or row in self._listed

    def signs(self) -> frozenset[int]:
        """Return the indices of the listed signs."""
        rows = range(self.rowCount())
        return frozenset(self.mapToSource(self.index(row, 0)).row() for row in rows)
