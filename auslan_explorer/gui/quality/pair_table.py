"""Table model of pairs of signs: the article's pairs on top, the rest sorted by a column."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from auslan_explorer.core.signs import joined_names, sort_key
from auslan_explorer.gui.i18n import mark, tr
from auslan_explorer.gui.style import font
from auslan_explorer.gui.widgets.text import plain_tip

if TYPE_CHECKING:
    from auslan_explorer.analysis.stability import Pair

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
COLUMNS = (mark("Signs"), mark("Apart"), mark("Paths"), mark("Ends"))
TIPS = (
    mark("Pairs that the article speaks of stand on top (◆)"),
    mark("Distance of the signs’ mean paths in the space of all units; a ring says that they are neighbours there"),
    mark("Maps on which they are among each other’s nearest signs by whole paths"),
    mark("Maps on which they are among each other’s nearest signs by where they end"),
)
_ROLE = Qt.ItemDataRole


class PairModel(QAbstractTableModel):
    """Table model that sorts and filters by itself, so that the article's pairs always stay on top.

    Attributes
    ----------
    rows : list of Pair
        The listed pairs in order.
    """

    def __init__(self, parent: Any) -> None:
        super().__init__(parent)
        self.rows: list[Pair] = []
        self._all: Sequence[Pair] = ()
        self._names: Sequence[str] = ()
        self._words: list[str] = []
        self._order: tuple[int, Qt.SortOrder] | None = None

    def set_pairs(self, pairs: Sequence[Pair], names: Sequence[str]) -> None:
        """Replace the pairs; `names` are the display names of the signs."""
        self._all, self._names = pairs, names
        self._list()

    def search(self, text: str) -> None:
        """List only pairs whose names and verdict contain every word of `text`."""
        self._words = text.casefold().split()
        self._list()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; a negative one restores the original order."""
        self._order = (column, order) if column >= 0 else None
        self._list()

    def text(self, pair: Pair) -> str:
        """Return the names of both signs."""
        return joined_names(self._names[pair.one], self._names[pair.other])

    def _list(self) -> None:
        self.beginResetModel()
        rows = [pair for pair in self._all if self._matches(pair)] if self._words else list(self._all)
        if self._order is not None:
            column, order = self._order
            rows.sort(key=self._key(column), reverse=order is Qt.SortOrder.DescendingOrder)
            rows.sort(key=lambda pair: pair.article < 0)
        self.rows = rows
        self.endResetModel()

    def _matches(self, pair: Pair) -> bool:
        text = f"{self.text(pair)} {tr(pair.verdict)}".casefold()
        return all(word in text for word in self._words)

    def _key(self, column: int) -> Callable[[Pair], Any]:
        keys: tuple[Callable[[Pair], Any], ...] = (
            lambda pair: (sort_key(self._names[pair.one]), sort_key(self._names[pair.other])),
            lambda pair: pair.path_distance,
            lambda pair: (pair.path_maps, pair.end_maps),
            lambda pair: (pair.end_maps, pair.path_maps),
        )
        return keys[column]

    # ----------------------------------------------------------------------------------------------- Qt model interface
    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == _ROLE.DisplayRole:
            return tr(COLUMNS[section])
        if role == _ROLE.ToolTipRole:
            return tr(TIPS[section])
        if role == _ROLE.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: _Index, role: int = _ROLE.DisplayRole) -> Any:
        pair, column = self.rows[index.row()], index.column()
        if role == _ROLE.DisplayRole:
            ring = " ○" if pair.path_true else ""
            return (
                f"◆ {self.text(pair)}" if pair.article >= 0 else self.text(pair),
                f"{pair.path_distance:.2f}{ring}",
                f"{pair.path_maps}/{pair.maps}",
                f"{pair.end_maps}/{pair.maps}",
            )[column]
        if role == _ROLE.ToolTipRole:
            true = tr("are") if pair.path_true else tr("are not")
            tip = tr(
                "{0}: {1:.2f} apart in the full space, place {2} of all pairs; they {3} neighbours there. Ends "
                "{4:.2f} apart. Over retraining: {5}.",
                self.text(pair),
                pair.path_distance,
                pair.path_rank,
                true,
                pair.end_distance,
                tr(pair.verdict),
            )
            return plain_tip(tip)
        if role == _ROLE.FontRole:
            if column == 0:
                return font(strong=True) if pair.article >= 0 else None
            return font(tabular=True) if column <= 3 else None
        if role == _ROLE.TextAlignmentRole and 1 <= column <= 3:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None
