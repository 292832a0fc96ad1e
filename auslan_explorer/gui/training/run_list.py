"""The list of saved runs: a thumbnail and three lines each, with names edited in place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.groups import LONGEST_NAME
from auslan_explorer.core.session import Session
from auslan_explorer.draw.theme import SMALL
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.style import UNIT, current_theme, font, mix
from auslan_explorer.gui.training.run_text import format_created, group_by_network, list_text, summary_lines
from auslan_explorer.training.runs import RunInfo

THUMBNAIL = QSize(72, 72)
_Index = QModelIndex | QPersistentModelIndex


class RunModel(QAbstractListModel):
    """List model of the saved runs.

    Signals
    -------
    renamed(info, name)
        A name was edited in the list.
    """

    renamed = Signal(object, str)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._pictures: dict[str, QPixmap] = {}
        self._own = ""
        self.runs: tuple[RunInfo, ...] = ()
        self.headings: tuple[str, ...] = ()
        """What stands above each run: the network of the group that it begins, else nothing."""

    def set_runs(self, runs: Sequence[RunInfo]) -> bool:
        """Replace the listed runs, those of the open network first; return whether anything differs."""
        try:
            own = self._session.activations.fingerprint
        except UserError:
            own = ""  # their file is gone; whatever reads it next says so
        ordered, headings = group_by_network(runs, own)
        if (ordered, headings) == (self.runs, self.headings):
            return False
        self.beginResetModel()
        self.runs, self.headings, self._own = ordered, headings, own
        self._pictures.clear()
        self.endResetModel()
        return True

    def is_of_other_network(self, info: RunInfo) -> bool:
        """Return whether a run was trained on other activations than those that are open."""
        return info.activations != self._own

    def refresh(self) -> None:
        """Repaint all rows after another run was put on the map."""
        if self.runs:
            self.dataChanged.emit(self.index(0), self.index(len(self.runs) - 1))

    def is_on_map(self, info: RunInfo) -> bool:
        """Return whether a run's map is shown in the 2-D or 3-D view."""
        return self._session.state.run(info.dims) == info.id

    def picture(self, info: RunInfo) -> QPixmap:
        """Return a run's thumbnail; a null pixmap if it has none."""
        if info.id not in self._pictures:
            image = QImage.fromData(info.thumbnail)
            self._pictures[info.id] = QPixmap.fromImage(image)
        return self._pictures[info.id]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.runs)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.runs):
            return None
        info = self.runs[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return info.name
        if role == Qt.ItemDataRole.ToolTipRole:
            refusal = info.refusal(self._session.activations) if self.is_of_other_network(info) else ""
            return refusal or tr("{0}, made on {1}", info.name, format_created(info))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            first, second = summary_lines(info)
            on_map = tr(", on the map") if self.is_on_map(info) else ""
            other = tr(", of another network") if self.is_of_other_network(info) else ""
            return f"{info.name}, {first}, {second}{on_map}{other}"
        return None

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        self.renamed.emit(self.runs[index.row()], str(value))
        return True

    def flags(self, index: _Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable


class _RunPainter(QStyledItemDelegate):
    """Paints a run: thumbnail, name, two lines, and whether it is on the map."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        model, view = index.model(), self.parent()
        assert isinstance(model, RunModel) and isinstance(view, QListView)
        width = text_room(QRect(0, 0, view.viewport().width(), 0)).width()
        lines = 1 + len(_summary(model.runs[index.row()], width)) + 1
        height = lines * (QFontMetrics(font()).height() + 1)
        return QSize(30 * UNIT, max(THUMBNAIL.height(), height) + 2 * UNIT + _heading_height(index))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model, theme = index.model(), current_theme()
        assert isinstance(model, RunModel)
        info, rect = model.runs[index.row()], _without_heading(option.rect, index)
        state = option.state
        painter.save()
        if model.headings[index.row()]:
            self._heading(painter, model.headings[index.row()], QRect(option.rect))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(*mix(theme.panel, theme.accent, 0.18)))
        picture = QRect(rect.left() + UNIT, rect.top() + UNIT, THUMBNAIL.width(), THUMBNAIL.height())
        painter.fillRect(picture, QColor(*theme.background))
        pixmap = model.picture(info)
        if not pixmap.isNull():
            fitted = pixmap.size().scaled(picture.size(), Qt.AspectRatioMode.KeepAspectRatio)
            where = QRect(picture.topLeft(), fitted)
            where.moveCenter(picture.center())
            painter.drawPixmap(where, pixmap)
        painter.setPen(QPen(QColor(*theme.border), 1))
        painter.drawRect(picture)
        self._texts(painter, info, model.is_on_map(info), text_room(rect), model.is_of_other_network(info))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(*theme.accent), 1))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        painter.restore()

    def _heading(self, painter: QPainter, text: str, rect: QRect) -> None:
        """Paint the network of the runs below, on the band above the first of them."""
        painter.setFont(font(SMALL, strong=True))
        painter.setPen(QColor(*current_theme().muted))
        room = QRect(rect.left() + UNIT, rect.top(), rect.width() - 2 * UNIT, painter.fontMetrics().height() + UNIT)
        cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, cut)

    def _texts(self, painter: QPainter, info: RunInfo, shown: bool, room: QRect, other: bool = False) -> None:
        theme = current_theme()
        summary = _summary(info, room.width())
        line = room.height() // (2 + len(summary))
        lines = [(info.name, font(strong=True), theme.muted if other else theme.foreground)]
        muted = font(SMALL, tabular=True)
        lines += [(text, muted, theme.mistake if info.damaged else theme.muted) for text in summary]
        if shown:
            where = tr("● on the map") if info.dims == 2 else tr("● in the 3-D view")
            lines.append((where, font(SMALL), theme.accent))
        else:
            lines.append((format_created(info), muted, theme.muted))
        if info.damaged:
            del lines[-1]
        for place, (text, letters, foreground) in enumerate(lines):
            painter.setFont(letters)
            painter.setPen(QColor(*foreground))
            where_ = QRect(room.left(), room.top() + place * line, room.width(), line)
            cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, where_.width())
            painter.drawText(where_, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, cut)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setMaxLength(LONGEST_NAME)
        editor.setAccessibleName(tr("Name of the run"))
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: _Index) -> None:
        room = text_room(_without_heading(option.rect, index))
        editor.setGeometry(room.left() - UNIT, room.top() - UNIT // 2, room.width() + UNIT, 3 * UNIT + UNIT // 2)


def broken_lines(text: str, metrics: QFontMetrics, width: int) -> list[str]:
    """Return the lines of a text that is broken after its commas where it is wider than `width` pixels."""
    lines, line = [], ""
    for part in text.split(", "):
        longer = f"{line}, {part}" if line else part
        if line and metrics.horizontalAdvance(longer) > width:
            lines.append(f"{line},")
            longer = part
        line = longer
    return [*lines, line]


def _summary(info: RunInfo, width: int) -> list[str]:
    metrics = QFontMetrics(font(SMALL, tabular=True))
    return [line for text in summary_lines(info) for line in broken_lines(text, metrics, width)]


def _heading_height(index: _Index) -> int:
    model = index.model()
    assert isinstance(model, RunModel)
    return QFontMetrics(font(SMALL, strong=True)).height() + UNIT + UNIT // 2 if model.headings[index.row()] else 0


def _without_heading(rect: QRect, index: _Index) -> QRect:
    return QRect(rect).adjusted(0, _heading_height(index), 0, 0)


def text_room(rect: QRect) -> QRect:
    """Return the rectangle of a run's texts within its row."""
    return rect.adjusted(THUMBNAIL.width() + 2 * UNIT + UNIT // 2, UNIT, -UNIT, -UNIT)


class RunList(QListView):
    """List view of the saved runs; Enter shows a run, F2 renames it, Delete deletes it, Ctrl+C copies the list.

    Signals
    -------
    wanted(info)
        Show this run on the map.
    unwanted()
        Delete the selected runs.
    chosen_changed()
        The selection in the list has changed.
    """

    wanted = Signal(object)
    unwanted = Signal()
    chosen_changed = Signal()
    own_keys = (
        Qt.Key.Key_Space, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Delete,
        Qt.Key.Key_F2,
    )  # fmt: skip

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.runs = RunModel(session, self)
        self._painter = _RunPainter(self)
        self.setModel(self.runs)
        self.setItemDelegate(self._painter)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Runs"))
        self.setTabKeyNavigation(False)
        self.doubleClicked.connect(lambda index: self.wanted.emit(self.runs.runs[index.row()]))
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen_changed.emit())

    def set_runs(self, runs: Sequence[RunInfo]) -> None:
        """Replace the listed runs; the selection is kept."""
        chosen, current = {info.id for info in self.selected_runs()}, self.currentIndex().row()
        if not self.runs.set_runs(runs):
            return
        select = self.selectionModel().SelectionFlag.Select
        for row, info in enumerate(self.runs.runs):
            if info.id in chosen:
                self.selectionModel().select(self.runs.index(row), select)
        if self.runs.runs:
            row = min(max(current, 0), len(self.runs.runs) - 1)
            self.selectionModel().setCurrentIndex(self.runs.index(row), self.selectionModel().SelectionFlag.NoUpdate)
        self.chosen_changed.emit()

    def selected_runs(self) -> tuple[RunInfo, ...]:
        """Return the selected runs in the order of the list."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return tuple(self.runs.runs[row] for row in rows if row < len(self.runs.runs))

    def rename(self) -> None:
        """Edit the name of the first selected run."""
        chosen = self.selected_runs()
        if chosen:
            index = self.runs.index(self.runs.runs.index(chosen[0]))
            self.setFocus()
            self.setCurrentIndex(index)
            self.edit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            for info in self.selected_runs()[:1]:
                self.wanted.emit(info)
        elif event.key() == Qt.Key.Key_Delete:
            self.unwanted.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(list_text(self.runs.runs))
        else:
            super().keyPressEvent(event)
