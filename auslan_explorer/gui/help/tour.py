"""Tour of the window: a card beside each part with a ring around the part; the window stays usable."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMainWindow, QMenu, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.help.explanation import PathGlyph
from auslan_explorer.gui.help.tour_stops import STOPS, PartFinder, WindowPart
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.style import UNIT, current_theme, scaled

_RING, _GAP = 3, UNIT + UNIT // 2
_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Left, Qt.Key.Key_Right)
_TURNS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_MOVES = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.LayoutRequest)


class _Ring(QWidget):
    """Frame around a part of the window, transparent to the pointer."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def surround(self, part: QRect) -> None:
        """Place the frame around a rectangle."""
        self.setGeometry(part)
        self.setMask(QRegion(self.rect()) - QRegion(self.rect().adjusted(_RING, _RING, -_RING, -_RING)))

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(*current_theme().accent))


class _Button(QPushButton):
    own_keys = _KEYS


class Tour(QFrame):
    """Card of the tour, which goes through `STOPS`.

    Signals
    -------
    reached(part)
        The card of a `WindowPart` or an `ActionId` is about to be shown.
    ended()
        The tour was finished or skipped.
    """

    reached = Signal(object)
    ended = Signal()

    def __init__(self, window: QMainWindow, find_part: PartFinder) -> None:
        super().__init__(window)
        self._window = window
        self._find_part = find_part
        self.place = 0
        self.setObjectName("tour")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._ring = _Ring(window)
        self._watched: list[QObject] = [window]
        self._glyph = PathGlyph(self)
        self.title = QLabel(self)
        self.title.setProperty("type", "title")
        self.text = QLabel(self)
        self.text.setWordWrap(True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.count = QLabel(self)
        self.count.setProperty("muted", True)
        self.skip = self._button(tr("Skip the tour"), self.end)
        self.skip.setFlat(True)
        self.back = self._button(tr("Back"), lambda: self.go(self.place - 1))
        self.next = self._button(tr("Next"), lambda: self.go(self.place + 1))
        self.next.setDefault(True)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self._glyph)
        row = QHBoxLayout()
        row.setSpacing(UNIT)
        row.addWidget(self.count)
        row.addStretch(1)
        for button in (self.skip, self.back, self.next):
            row.addWidget(button)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, UNIT + UNIT // 2)
        column.setSpacing(UNIT)
        column.addLayout(head)
        column.addWidget(self.text, 1)
        column.addLayout(row)
        window.installEventFilter(self)

    def _button(self, text: str, slot: Callable[[], None]) -> QPushButton:
        button = _Button(text, self)
        button.setAccessibleName(text)
        button.installEventFilter(self)
        button.clicked.connect(lambda: slot())
        return button

    def begin(self) -> None:
        """Show the first card and focus it."""
        self.show()
        self._ring.show()
        self.go(0)
        self.next.setFocus(Qt.FocusReason.OtherFocusReason)

    def go(self, place: int) -> None:
        """Show a card by its index; after the last one the tour ends."""
        if place >= len(STOPS):
            self.end()
            return
        self.place = max(place, 0)
        stop = STOPS[self.place]
        self.title.setText(tr(stop.title))
        self.text.setText(tr(stop.text))
        self.count.setText(tr("{0} of {1}", self.place + 1, len(STOPS)))
        self._glyph.setVisible(stop.part is WindowPart.VIEWS)
        self.back.setEnabled(self.place > 0)
        last = self.place == len(STOPS) - 1
        self.next.setText(tr("Done") if last else tr("Next"))
        self.next.setAccessibleName(self.next.text())
        self.skip.setVisible(not last)
        # Screen readers read the names of the focused widget and of its parents.
        self.setAccessibleName(tr("Tour, {0}: {1} {2}", self.count.text(), self.title.text(), self.text.text()))
        self.reached.emit(stop.part)
        self._watch_part(stop.part)
        self._lay_out()

    def _watch_part(self, part: WindowPart | ActionId) -> None:
        """Follow a part of the window: it moves where a dock beside it is shown, hidden or made wider."""
        self._unwatch()
        widget = None if isinstance(part, ActionId) else self._find_part(part)
        while widget is not None and widget is not self._window:
            self._watched.append(widget)
            widget.installEventFilter(self)
            widget = widget.parentWidget()

    def _unwatch(self) -> None:
        for watched in self._watched[1:]:
            if isValid(watched):
                watched.removeEventFilter(self)
        del self._watched[1:]

    def end(self) -> None:
        """Close the tour and focus the map."""
        self._unwatch()
        self._window.removeEventFilter(self)
        self._ring.hide()
        self._ring.deleteLater()
        self.hide()
        self.deleteLater()
        views = self._find_part(WindowPart.VIEWS)
        if views is not None:
            views.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ended.emit()

    def _lay_out(self) -> None:
        width = min(scaled(44 * UNIT), self._window.width() - 4 * UNIT)
        self.text.setFixedWidth(width - 4 * UNIT)
        self.setFixedWidth(width)
        self.resize(width, self._column.totalHeightForWidth(width))
        part = self.part_rect().intersected(self._window.rect())
        self._ring.setVisible(not part.isEmpty())
        if not part.isEmpty():
            self._ring.surround(part)
        self.move(self._steady_place(part) or card_place(part, self.size(), self._window.rect()))
        self._ring.raise_()
        self.raise_()

    def _steady_place(self, part: QRect) -> QPoint | None:
        """Return the lower left corner of the map, where the buttons stand still from card to card.

        None where the card would cover its part, or is larger than the map.
        """
        views = self._find_part(WindowPart.VIEWS)
        if views is None or not views.isVisible():
            return None
        room = QRect(views.mapTo(self._window, QPoint(0, 0)), views.size()).adjusted(_GAP, _GAP, -_GAP, -_GAP)
        place = QRect(QPoint(room.left(), room.bottom() + 1 - self.height()), self.size())
        covers = part.intersects(place) and not part.contains(room)
        return place.topLeft() if room.contains(place) and not covers else None

    def part_rect(self) -> QRect:
        """Return the rectangle of the card's part in the window; empty if it is not shown."""
        part = STOPS[self.place].part
        if isinstance(part, ActionId):
            return self._menu_rect(part)
        widget = self._find_part(part)
        if widget is None or not widget.isVisible():
            return QRect()
        return QRect(widget.mapTo(self._window, QPoint(0, 0)), widget.size())

    def _menu_rect(self, action_id: ActionId) -> QRect:
        bar = self._window.menuBar()
        for entry in bar.actions():
            menu = entry.menu()
            if isinstance(menu, QMenu) and any(action.objectName() == action_id for action in menu.actions()):
                return bar.actionGeometry(entry).translated(bar.mapTo(self._window, QPoint(0, 0)))
        return QRect()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched in self._watched and event.type() in _MOVES:
            self._lay_out()
        elif watched is self._window and isinstance(event, QKeyEvent) and self._goes_on(event):
            # After a click outside, what the clicked part leaves alone still turns the cards.
            self.next.click()
            return True
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _TURNS:
            # A button would use arrow keys to move the focus.
            self.go(max(self.place + _TURNS[Qt.Key(event.key())], 0))
            return True
        return False

    @staticmethod
    def _goes_on(event: QKeyEvent) -> bool:
        return event.type() == QEvent.Type.KeyPress and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.end()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            button = self.focusWidget()
            (button if isinstance(button, QPushButton) else self.next).click()
        else:
            super().keyPressEvent(event)


def card_place(part: QRect, card: QSize, window: QRect) -> QPoint:
    """Return the position of the card: beside the part if there is room, else in the window's lower corner.

    Parameters
    ----------
    part : QRect
        Part that the card is about; empty for none.
    card : QSize
    window : QRect
    """
    inner = window.adjusted(_GAP, _GAP, -_GAP, -_GAP)
    width, height = card.width(), card.height()
    if part.isEmpty():
        return QPoint(inner.center().x() - width // 2, inner.center().y() - height // 2)
    below = QPoint(part.left(), part.bottom() + _GAP)
    beside: tuple[QPoint, ...] = (
        QPoint(part.right() + _GAP, part.top()),
        QPoint(part.left() - _GAP - width, part.top()),
        below,
        QPoint(part.center().x() - width // 2, part.top() - _GAP - height),
    )
    if part.height() < height:
        # A menu or a button: its row is kept free.
        beside = (below, *beside)
    for corner in beside:
        x = min(max(corner.x(), inner.left()), inner.right() - width)
        y = min(max(corner.y(), inner.top()), inner.bottom() - height)
        if not QRect(QPoint(x, y), card).intersects(part) and inner.contains(QRect(QPoint(x, y), card)):
            return QPoint(x, y)
    x = min(part.left() + 2 * _GAP, inner.right() - width)
    y = min(part.bottom() - 2 * _GAP - height, inner.bottom() - height)
    return QPoint(max(x, inner.left()), max(y, inner.top()))
