"""Small widgets of every room: popovers, copied tables, fields for paths, and what stands where a result is to come."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QHelpEvent, QHoverEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QMenu,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QStyle,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QToolTip,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from auslan_explorer.core.errors import UserError
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.widgets import progress_bar
from auslan_explorer.gui.widgets.ask_name import AskName
from auslan_explorer.gui.widgets.page import KeyValueList, PendingResult, open_note
from auslan_explorer.gui.widgets.path_field import PathField
from auslan_explorer.gui.widgets.popover import Popover
from auslan_explorer.gui.widgets.progress_bar import show_fraction
from auslan_explorer.gui.widgets.row_hover import RowHover
from auslan_explorer.gui.widgets.row_list import Row, RowList
from auslan_explorer.gui.widgets.table_copy import TableCopy, table_text


# ------------------------------------------------------------------------------------------------- popover
@pytest.fixture
def parent(qtbot: QtBot) -> Iterator[QWidget]:
    made = QWidget()
    qtbot.addWidget(made)
    yield made


@pytest.fixture
def anchor(qtbot: QtBot, parent: QWidget) -> QPushButton:
    parent.setGeometry(200, 150, 300, 200)
    button = QPushButton("?", parent)
    button.setGeometry(200, 80, 60, 30)
    with qtbot.waitExposed(parent):
        parent.show()
    return button


def filled(anchor: QWidget, height: int) -> Popover:
    frame = Popover(anchor)
    frame.setAccessibleName("Note")
    content = QLabel("text", frame)
    content.setFixedSize(120, height)
    column = QVBoxLayout(frame)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(content)
    return frame


@pytest.mark.parametrize(
    ("opens", "edge"),
    [
        (lambda frame, anchor: frame.open_below(anchor), "right"),
        (lambda frame, anchor: frame.open_below(anchor, left=True), "left"),
        (lambda frame, anchor: frame.open_above(anchor), "left"),
    ],
)
def test_a_popover_opens_beside_its_button_and_edges_meet(
    anchor: QPushButton, opens: Callable[[Popover, QWidget], None], edge: str
) -> None:
    frame = filled(anchor, 40)
    opens(frame, anchor)
    of_button = anchor.rect().translated(anchor.mapToGlobal(anchor.rect().topLeft()))
    shown = frame.geometry()
    assert frame.isVisible()
    # Without a window manager's frame, or with a narrow one.
    assert getattr(shown, edge)() == pytest.approx(getattr(of_button, edge)(), abs=3)
    assert not shown.intersects(of_button) and abs(shown.center().y() - of_button.center().y()) < 60
    QTest.keyClick(frame, Qt.Key.Key_Escape)
    assert not frame.isVisible()


def test_a_popover_stays_within_the_screen_and_scrolls_where_it_is_too_high(anchor: QPushButton) -> None:
    room = anchor.screen().availableGeometry()
    anchor.window().move(room.right() - 80, room.bottom() - 60)
    frame = filled(anchor, 60)
    frame.open_below(anchor, left=True)
    assert room.contains(frame.geometry()) and not frame.findChildren(QScrollArea)
    frame.close()
    anchor.window().move(0, 0)
    high = filled(anchor, room.height() + 300)
    high.open_below(anchor)
    (area,) = high.findChildren(QScrollArea)
    assert room.contains(high.geometry()) and area.accessibleName() == "Note"
    assert high.focusWidget() is area, "keys scroll it"
    QApplication.processEvents()
    assert area.verticalScrollBar().maximum() >= 300 and area.horizontalScrollBar().maximum() == 0
    high.close()


def test_a_note_is_a_popover_with_its_text(anchor: QPushButton) -> None:
    note = open_note(anchor, "Name", "What it is.")
    (label,) = note.findChildren(QLabel)
    assert (note.accessibleName(), label.text(), label.wordWrap()) == ("Name", "What it is.", True)
    note.close()


# ------------------------------------------------------------------------------------------------- tables
@pytest.fixture
def table(qtbot: QtBot) -> Iterator[QTableWidget]:
    made = QTableWidget(3, 3)
    qtbot.addWidget(made)
    made.setHorizontalHeaderLabels(["Name", "", "Right"])
    header = made.horizontalHeaderItem(1)
    assert header is not None
    header.setData(Qt.ItemDataRole.AccessibleTextRole, "Shown")
    for row, (name, right) in enumerate((("a\nb", "1"), ("hidden", "2"), ("c", "3"))):
        made.setItem(row, 0, QTableWidgetItem(name))
        made.setItem(row, 2, QTableWidgetItem(right))
        tick = QTableWidgetItem()
        tick.setData(Qt.ItemDataRole.DisplayRole, None)
        tick.setCheckState(Qt.CheckState.Checked if row else Qt.CheckState.Unchecked)
        made.setItem(row, 1, tick)
    made.hideRow(1)
    made.copied = TableCopy(made)  # type: ignore[attr-defined]
    made.show()
    yield made


COPIED = "Name\tShown\tRight\na b\t0\t1\nc\t1\t3"


def test_a_table_is_copied_whole_by_key_and_by_its_menu(table: QTableWidget) -> None:
    assert table_text(table) == COPIED
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    QTest.keySequence(table, QKeySequence(QKeySequence.StandardKey.Copy))
    assert clipboard.text() == COPIED
    clipboard.clear()
    table.customContextMenuRequested.emit(table.rect().center())
    (menu,) = table.findChildren(QMenu)
    (action,) = menu.actions()
    assert action.text() == "Copy the table" and menu.isVisible()
    action.trigger()
    assert clipboard.text() == COPIED
    menu.close()


def test_a_row_under_the_pointer_is_painted_so_and_else_as_it_was(table: QTableWidget) -> None:
    states = QStyle.StateFlag
    hover, before = RowHover(table), states.State_Enabled | states.State_Selected

    def pointed() -> list[bool]:
        """Return for each row whether all its cells are painted as under the pointer, and keep their other states."""
        rows = []
        for row in range(table.rowCount()):
            options = [QStyleOptionViewItem() for _ in range(table.columnCount())]
            for column, option in enumerate(options):
                option.state = before
                hover.initStyleOption(option, table.model().index(row, column))
            under = {option.state for option in options}
            assert under in ({before}, {before | states.State_MouseOver})
            rows.append(under != {before})
        return rows

    def move(kind: QEvent.Type, at: QPointF) -> None:
        QApplication.sendEvent(table.viewport(), QHoverEvent(kind, at, at, at))

    at = QPointF(table.visualItemRect(table.item(2, 0)).center())
    move(QEvent.Type.HoverMove, at)
    assert pointed() == [False, False, True]
    move(QEvent.Type.HoverLeave, QPointF(-1, -1))
    assert pointed() == [False] * 3


def test_a_heading_that_is_not_shown_is_not_copied(qtbot: QtBot) -> None:
    made = QTableWidget(1, 2)
    qtbot.addWidget(made)
    made.setItem(0, 0, QTableWidgetItem("a"))
    made.horizontalHeader().hide()
    assert table_text(made) == "a\t"


# ------------------------------------------------------------------------------------------------- fields for paths
@pytest.mark.parametrize(
    ("how", "button", "asks"),
    [
        ({"files": "Caches (*.h5)"}, "File…", "getOpenFileName"),
        ({"files": "Caches (*.h5)", "saving": True}, "Save as…", "getSaveFileName"),
        ({"folders": True}, "Folder…", "getExistingDirectory"),
    ],
)
def test_a_field_asks_from_where_it_stands_and_takes_what_is_chosen(
    parent: QWidget, monkeypatch: pytest.MonkeyPatch, how: dict[str, Any], button: str, asks: str
) -> None:
    field = PathField("Source", parent, **how)
    asked: list[tuple[object, ...]] = []
    answers = ["/tmp/new.h5", ""]

    def answer(*given: object, **_: object) -> object:
        asked.append(given[1:])
        return (answers[0], "") if "Name" in asks else answers[0]

    monkeypatch.setattr(QFileDialog, asks, answer)
    field.set_path(Path("/tmp/old.h5"))
    (pressed,) = field.findChildren(QPushButton)
    assert pressed.text() == button and pressed.accessibleName() == f"Source: {button.rstrip('…')}"
    pressed.click()
    assert field.path() == Path("/tmp/new.h5") and asked[0][:2] == ("Source", "/tmp/old.h5")
    assert asks == "getExistingDirectory" or asked[0][2] == "Caches (*.h5)"
    answers.pop(0)
    pressed.click()
    assert field.path() == Path("/tmp/new.h5"), "closed without a choice"


def test_an_empty_field_says_what_is_missing_and_the_home_folder_is_meant_by_its_sign(parent: QWidget) -> None:
    field = PathField("Source", parent, folders=True)
    for text in ("", "   "):
        field.line.setText(text)
        assert field.path_or_none() is None
        with pytest.raises(UserError, match="Source: choose one first"):
            field.path()
    field.line.setText(" ~/a b ")
    assert field.path() == field.path_or_none() == Path.home() / "a b"
    field.set_path(None)
    assert field.line.text() == ""


# ------------------------------------------------------------------------------------------------- what is to come
class PaintCount(QObject):
    """Counts how often a widget is painted."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def looks(part: PendingResult) -> tuple[str, bool, bool, bool]:
    return part.label.text(), not part.bar.isHidden(), not part.retry.isHidden(), not part.isHidden()


def test_a_place_for_a_result_shows_bar_or_button_or_neither(qtbot: QtBot, parent: QWidget) -> None:
    part = PendingResult(parent)
    assert looks(part) == ("", False, False, False)
    part.show_waiting("Waiting…")
    assert looks(part) == ("Waiting…", True, False, True) and part.bar.maximum() == 0
    part.show_failure("No.")
    assert looks(part) == ("No.", False, True, True)
    part.show_sentence("Nothing here.")
    assert looks(part) == ("Nothing here.", False, False, True)
    with qtbot.waitSignal(part.again):
        part.retry.click()


@pytest.mark.parametrize("end", ["done", "failed", "cancelled"])
def test_a_place_for_a_result_follows_its_job(qtbot: QtBot, parent: QWidget, end: str) -> None:
    part, jobs = PendingResult(parent), Jobs()

    def work(progress: Callable[[float, str], None], cancelled: Callable[[], bool]) -> None:
        progress(0.25, "a quarter")
        while end == "cancelled" and not cancelled():
            pass
        if end != "done":
            raise UserError("It cannot be read.")

    part.show_waiting("Reading…")
    job = jobs.start("Reading", work, makes_something=False)
    part.show_job(job)
    seen: list[int] = []
    job.progressed.connect(lambda *_: seen.append(part.bar.value()))
    if end == "cancelled":
        qtbot.waitUntil(lambda: bool(seen))
    with qtbot.waitSignal(job.finished):
        if end == "cancelled":
            job.cancel()
    expected = {"failed": ("It cannot be read.", False, True, True), "cancelled": ("Stopped.", False, True, True)}
    assert looks(part) == expected.get(end, ("Reading…", True, False, True))
    assert not seen or (seen[0], part.bar.maximum()) == (250, 1000)


@pytest.mark.parametrize("fraction", [None, 0.3])
def test_a_progress_bar_is_painted_with_the_window_and_not_at_once(
    qtbot: QtBot, parent: QWidget, fraction: float | None
) -> None:
    bar, painted = QProgressBar(parent), PaintCount(parent)
    show_fraction(bar, 0.1)
    bar.installEventFilter(painted)
    parent.show()
    qtbot.waitUntil(lambda: painted.count > 0)
    painted.count = 0
    show_fraction(bar, fraction)
    assert painted.count == 0 and (bar.maximum(), bar.value()) == ((0, 0) if fraction is None else (1000, 300))
    qtbot.waitUntil(lambda: painted.count > 0)


def test_no_progress_bar_is_set_in_a_way_that_paints_at_once() -> None:
    folder = Path(progress_bar.__file__).parents[1]
    for file in folder.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        if "QProgressBar(" in text:
            assert "bar.setValue(" not in text and "bar.setRange(" not in text, file.name


def test_names_without_a_value_are_not_shown(parent: QWidget) -> None:
    shown = KeyValueList(["one", "two words"], parent)
    shown.show_values(one="1", two_words="")
    assert shown.values["one"].text() == "1" and not shown.labels["one"].isHidden()
    assert shown.values["two words"].isHidden() and shown.labels["two words"].isHidden()
    shown.show_values(two_words="2")
    assert not shown.values["two words"].isHidden() and shown.values["two words"].accessibleName() == "two words"


def test_enter_chooses_the_row_that_has_the_keyboard(parent: QWidget) -> None:
    rows, chosen = RowList("rows", parent), list[str]()
    QTest.keyClick(rows, Qt.Key.Key_Return)
    rows.show_rows((Row("crazy", "1", ()), Row("think", "2", ())))
    rows.chosen.connect(lambda row: chosen.append(row.text))
    for place, key in ((0, Qt.Key.Key_Return), (1, Qt.Key.Key_Enter)):
        rows.setCurrentCell(place, 0)
        QTest.keyClick(rows, key)
    assert chosen == ["crazy", "think"]


def test_a_tip_that_repeats_its_row_is_shown_only_where_the_row_is_cut(qtbot: QtBot) -> None:
    top = QWidget()
    qtbot.addWidget(top)
    rows = RowList("rows", top)
    rows.show_rows((Row("crazy, session 2, trial 3", "27.32", ()), Row("think", "1", (), tip="another sign")))
    top.resize(420, 120)
    top.show()

    def tip(row: int, width: int) -> str:
        rows.resize(width, rows.height())
        at = rows.visualRect(rows.model().index(row, 0)).center()
        QToolTip.hideText()
        QApplication.sendEvent(rows.viewport(), QHelpEvent(QEvent.Type.ToolTip, at, rows.mapToGlobal(at)))
        return QToolTip.text() if QToolTip.isVisible() else ""

    assert tip(0, 120) == "crazy, session 2, trial 3"
    assert tip(1, 400) == "another sign"
    qtbot.waitUntil(lambda: not tip(0, 400))
    QToolTip.hideText()


def test_a_name_that_is_asked_for_is_the_one_typed_and_one_that_cannot_be_is_said(
    qtbot: QtBot, parent: QWidget
) -> None:
    given: list[str] = []

    def take(name: str) -> None:
        given.append(name)
        if name == "taken":
            raise UserError("There is one of that name.")

    dialog = AskName("Rename", "Name of the run", "Rename it", take, parent, "taken")
    (button,) = [each for each in dialog.findChildren(QPushButton) if each.text() == "Rename it"]
    assert dialog.field.selectedText() == "taken" and dialog.message.isHidden()
    button.click()
    assert dialog.message.text() == "There is one of that name." and not dialog.message.isHidden()
    dialog.field.setText("free")
    with qtbot.waitSignal(dialog.accepted):
        button.click()
    assert given == ["taken", "free"]
