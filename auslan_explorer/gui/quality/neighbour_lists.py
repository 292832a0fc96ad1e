"""Neighbours of the selected recording on the map and in the full space, side by side."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from auslan_explorer.analysis.end_neighbours import end_neighbours
from auslan_explorer.core.projection import Projection
from auslan_explorer.core.selection import select
from auslan_explorer.core.session import Session
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.style import UNIT, font, scaled
from auslan_explorer.gui.widgets.page import muted_label
from auslan_explorer.gui.widgets.row_list import Row, RowList
from auslan_explorer.gui.widgets.text import recording_title, short_title

COUNT = 10
_BESIDE = 36 * UNIT
"""Least width in pixels, at 100 %, in which the lists stand beside each other."""


class NeighbourLists(QWidget):
    """Two clickable lists of neighbours; recordings in both are bold and marked."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.told = muted_label("", self)
        self.on_map = RowList(tr("Nearest on the map"), self, session)
        self.in_space = RowList(tr("Nearest in the full space"), self, session)
        grid = self._grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(UNIT)
        grid.setVerticalSpacing(UNIT // 2)
        grid.addWidget(self.told, 0, 0, 1, 2)
        self._heads = []
        for rows, title in ((self.on_map, tr("on the map")), (self.in_space, tr("in the full space"))):
            head = QLabel(title, self)
            head.setFont(font(strong=True))
            self._heads.append(head)
            rows.chosen.connect(self._choose)
        grid.setColumnStretch(0, 1)
        self._arrange()

    def _arrange(self) -> None:
        """Place the lists beside each other where there is room, else below each other."""
        beside = self.width() >= scaled(_BESIDE)
        self._grid.setColumnStretch(1, int(beside))
        for place, (head, rows) in enumerate(zip(self._heads, (self.on_map, self.in_space), strict=True)):
            column, row = (place, 1) if beside else (0, 1 + 2 * place)
            self._grid.addWidget(head, row, column)
            self._grid.addWidget(rows, row + 1, column, Qt.AlignmentFlag.AlignTop)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._arrange()

    def show_neighbours(self, projection: Projection | None) -> None:
        """Show the neighbours of the selected recording; a hint unless exactly one is selected."""
        session, selected = self._session, self._session.state.selected
        found = None
        if projection is not None and len(selected) == 1:
            found = end_neighbours(session.activations, projection, selected[0], COUNT)
        for part in (*self._heads, self.on_map, self.in_space):
            part.setVisible(found is not None)
        if found is None:
            one = len(selected) == 1
            self.told.setText(tr("It has no step.") if one else tr("Select one recording to compare its neighbours."))
            self.on_map.show_rows(())
            self.in_space.show_rows(())
            return
        shared, count = found.shared, len(found.on_map)
        self.told.setText(
            tr(
                "{0}: {1} of its {2} nearest on the map are among its {3} nearest in the full space (●).",
                recording_title(session, selected[0]),
                len(shared),
                count,
                count,
            )
        )
        for rows, which, apart in (
            (self.on_map, found.on_map, found.map_distances),
            (self.in_space, found.in_space, found.space_distances),
        ):
            rows.show_rows([self._row(int(i), float(d), int(i) in shared) for i, d in zip(which, apart, strict=True)])

    def _row(self, recording: int, apart: float, shared: bool) -> Row:
        both = tr("among both") if shared else tr("here alone")
        mark = "● " if shared else "○ "
        tip = tr("{0}, {1:.2f} away, {2}", recording_title(self._session, recording), apart, both)
        return Row(mark + short_title(self._session, recording), f"{apart:.2f}", (recording,), None, tip)

    def _choose(self, row: Row) -> None:
        select(self._session, row.select)
