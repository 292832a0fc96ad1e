"""A row of controls that becomes a column if there is too little room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QSizePolicy, QSpacerItem, QWidget

from auslan_explorer.gui.style import UNIT

_Direction = QBoxLayout.Direction


class ResponsiveRow(QWidget):
    """Row that turns into a column if large text or a narrow dock leaves too little room.

    Parameters
    ----------
    parent : QWidget
    *widgets : QWidget or None
        From left to right; None is a stretch.
    """

    def __init__(self, parent: QWidget, *widgets: QWidget | None) -> None:
        super().__init__(parent)
        self._widgets = [widget for widget in widgets if widget is not None]
        self._row = QBoxLayout(_Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)  # the row's own margins are the widget's
        self._row.setSpacing(UNIT)
        for widget in widgets:
            if widget is None:
                self._row.addSpacerItem(QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum))
            else:
                self._row.addWidget(widget)

    def minimumSizeHint(self) -> QSize:
        widest = max((each.minimumWidth() or each.minimumSizeHint().width() for each in self._widgets), default=0)
        margins = self.contentsMargins()
        return QSize(widest + margins.left() + margins.right(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._update_direction()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        # A control was shown or hidden, or its text or font has changed.
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show):
            self._update_direction()
        return done

    def _update_direction(self) -> None:
        shown = [widget.sizeHint().width() for widget in self._widgets if widget.isVisibleTo(self)]
        needed = sum(shown) + UNIT * (len(shown) - 1)
        direction = _Direction.LeftToRight if needed <= self.contentsRect().width() else _Direction.TopToBottom
        if direction != self._row.direction():
            self._row.setDirection(direction)
            # A column would stretch buttons to its width.
            side = Qt.AlignmentFlag.AlignLeft if direction is _Direction.TopToBottom else Qt.AlignmentFlag(0)
            for widget in self._widgets:
                if isinstance(widget, QAbstractButton):
                    self._row.setAlignment(widget, side)
