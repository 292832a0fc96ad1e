"""Controls beside one another that go below one another where there is no room."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QSpacerItem, QWidget

from auslan_explorer.gui.style import UNIT

_Direction = QBoxLayout.Direction


class SideBySide(QWidget):
    """A row that turns into a column where large text or a narrow dock leaves too little room for it.

    Parameters
    ----------
    parent : QWidget
    *widgets : QWidget or None
        From left to right; None takes the room that is left.
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
        widest = max((widget.minimumSizeHint().width() for widget in self._widgets), default=0)
        margins = self.contentsMargins()
        return QSize(widest + margins.left() + margins.right(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        shown = [widget.sizeHint().width() for widget in self._widgets if not widget.isHidden()]
        needed = sum(shown) + UNIT * (len(shown) - 1)
        self._row.setDirection(
            _Direction.LeftToRight if needed <= self.contentsRect().width() else _Direction.TopToBottom
        )
