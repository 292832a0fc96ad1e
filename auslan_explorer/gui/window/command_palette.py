"""The command palette (Ctrl+K): finds actions, signs, groups and recordings by some of their letters."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from auslan_explorer.draw.theme import RGB, SMALL
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.signs.search import EXAMPLES
from auslan_explorer.gui.style import UNIT, current_theme, font, mix, scaled
from auslan_explorer.gui.window.palette_entries import PaletteEntries, PaletteRow

WIDTH, ROWS = 76 * UNIT, 11
ROW_HEIGHT = 4 * UNIT
ROW_ROLE = Qt.ItemDataRole.UserRole
_MOVES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: ROWS - 1, Qt.Key.Key_PageUp: 1 - ROWS}


class RowPainter(QStyledItemDelegate):
    """Paints a row: kind, title with the matching letters bold, and a detail on the right."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._plain, self._strong, self._small = font(), font(strong=True), font(SMALL)
        self._kind_width = QFontMetrics(self._small).horizontalAdvance(tr("Search")) + 2 * UNIT

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(WIDTH // 2, scaled(ROW_HEIGHT))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: PaletteRow = index.data(ROW_ROLE)
        entry, theme = row.entry, current_theme()
        box: QRect = option.rect
        current = bool(option.state & option.state.State_Selected)
        painter.save()
        if current:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(*mix(theme.raised, theme.accent, 0.16)))
            painter.drawRoundedRect(box.adjusted(UNIT // 2, 1, -UNIT // 2, -1), 6, 6)
        inner = box.adjusted(2 * UNIT, 0, -2 * UNIT, 0)
        foreground = theme.muted if entry.run is None else theme.foreground
        self._text(painter, inner, entry.kind, self._small, theme.muted)
        detail = entry.detail
        room = inner.width() - self._kind_width
        detail = QFontMetrics(self._small).elidedText(detail, Qt.TextElideMode.ElideRight, round(room * 0.62))
        self._text(painter, inner, detail, self._small, theme.muted, right=True)
        left = inner.adjusted(self._kind_width, 0, -QFontMetrics(self._small).horizontalAdvance(detail) - UNIT, 0)
        self._title(painter, left, row, foreground)
        painter.restore()

    def _text(
        self, painter: QPainter, box: QRect, text: str, letters: QFont, foreground: RGB, *, right: bool = False
    ) -> None:
        painter.setFont(letters)
        painter.setPen(QColor(*foreground))
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, text)

    def _title(self, painter: QPainter, box: QRect, row: PaletteRow, foreground: RGB) -> None:
        title = QFontMetrics(self._strong).elidedText(row.entry.title, Qt.TextElideMode.ElideRight, box.width())
        x, start = box.left(), 0
        # Consecutive matching or other letters are drawn together, which keeps the kerning.
        while start < len(title):
            typed = start in row.places
            end = start
            while end < len(title) and (end in row.places) == typed:
                end += 1
            letters = self._strong if typed else self._plain
            colour = current_theme().accent if typed and row.entry.run is not None else foreground
            piece = title[start:end]
            self._text(painter, QRect(QPoint(x, box.top()), box.bottomRight()), piece, letters, colour)
            x += QFontMetrics(letters).horizontalAdvance(piece)
            start = end
        if row.entry.checked:
            self._text(
                painter, QRect(QPoint(x + UNIT, box.top()), box.bottomRight()), tr("on"), self._small, foreground
            )


class CommandPalette(QFrame):
    """Popup with a search field and a list of results; a click outside or Escape closes it."""

    def __init__(self, entries: PaletteEntries, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popover")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(tr("Search everything"))
        self._entries = entries
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(tr("Search actions, signs, groups, figures"))
        self.field.setAccessibleName(tr("Search everything"))
        self.field.setFont(font(15))
        self.field.installEventFilter(self)
        self._model = QStandardItemModel(self)
        self.list = QListView(self)
        self.list.setAccessibleName(tr("What was found"))
        self.list.setModel(self._model)
        self.list.setItemDelegate(RowPainter(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(self._run)
        self.sentence = QLabel(self)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setWordWrap(True)
        self.sentence.setProperty("type", "small")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(UNIT, UNIT, UNIT, UNIT)
        layout.setSpacing(UNIT)
        for part in (self.field, self.list, self.sentence):
            layout.addWidget(part)
        self.field.textChanged.connect(self._find)
        self._find("")

    def open_over(self, window: QWidget) -> None:
        """Show the palette near the top of a window, within it."""
        width = min(scaled(WIDTH), window.width() - 4 * UNIT)
        self.setFixedWidth(width)
        self.adjustSize()
        top = max(window.height() // 8, UNIT)
        self.move(window.mapToGlobal(QPoint((window.width() - width) // 2, top)))
        self.show()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def _find(self, text: str) -> None:
        rows, remark, wrong = self._entries.rows(text)
        self._model.clear()
        for row in rows:
            item = QStandardItem(row.entry.title)
            item.setData(row, ROW_ROLE)
            item.setAccessibleText(f"{row.entry.title}, {row.entry.kind}, {row.entry.detail}")
            self._model.appendRow(item)
        if rows:
            self.list.setCurrentIndex(self._model.index(0, 0))
        nothing = tr("Nothing is called like this.") if not rows else ""
        self.sentence.setText(remark or nothing or tr("Filters select recordings:  {0}", tr(EXAMPLES)))
        self.sentence.setProperty("muted", not wrong)
        self.sentence.setProperty("wrong", wrong)
        self.sentence.style().unpolish(self.sentence)
        self.sentence.style().polish(self.sentence)
        self.list.setFixedHeight(min(max(len(rows), 1), self._most_rows()) * scaled(ROW_HEIGHT))
        self.adjustSize()

    def _most_rows(self) -> int:
        # A small window has room for fewer rows of large text.
        window = self.parentWidget()
        room = 0 if window is None else window.height()
        return min(ROWS, max(3, round(0.62 * room / scaled(ROW_HEIGHT))))

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = Qt.Key(event.key())
            if key in _MOVES and self._model.rowCount():
                self._move(_MOVES[key])
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._run(self.list.currentIndex())
                return True
            if key == Qt.Key.Key_Escape or (
                key == Qt.Key.Key_K and event.modifiers() == Qt.KeyboardModifier.ControlModifier
            ):
                self.close()
                return True
        return False

    def _move(self, places: int) -> None:
        last = self._model.rowCount() - 1
        row = self.list.currentIndex().row()
        if abs(places) == 1:
            # Single moves wrap around the ends; page moves stop there.
            row = (row + places) % (last + 1)
        else:
            row = min(max(row + places, 0), last)
        self.list.setCurrentIndex(self._model.index(row, 0))

    def _run(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        row: PaletteRow = index.data(ROW_ROLE)
        if row.entry.run is None:
            return
        # Closed first: the entry may open a dialog, and an open popup would keep the keyboard focus.
        self.close()
        row.entry.run()
