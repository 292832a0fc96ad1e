"""Files of other people's words and values, opened in a window one after the other: read, shown and told the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QTableView
from pytestqt.qtbot import QtBot

from auslan_explorer.core.session import Colouring
from auslan_explorer.core.signs import sort_key
from auslan_explorer.draw.legend import build_legend
from auslan_explorer.draw.paint import _row_text, font
from auslan_explorer.draw.theme import SMALL
from auslan_explorer.gui.signs.model import Column
from auslan_explorer.gui.window.main_window import MainWindow
from tests.gui.inspector_parts import settle
from tests.gui.window_parts import open_window

ODD = Path(__file__).resolve().parents[3].parent / "shared" / "cases" / "odd"
FILES = sorted(ODD.glob("*.h5"))
pytestmark = pytest.mark.skipif(not FILES, reason="shared/cases/odd is not beside the checkout")


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    monkeypatch.setenv("AUSLAN_EXPLORER_DATA", str(tmp_path / "data"))
    with open_window(qapp, qtbot, tmp_path / "window.ini") as shown:
        yield shown


def open_file(window: MainWindow, qtbot: QtBot, file: Path) -> None:
    window.commands.files.open_path(file)
    qtbot.waitUntil(lambda: window.session.activations.origin.file == str(file))
    settle(qtbot, window)


def listed(window: MainWindow) -> list[str]:
    model = window.signs.table.model()
    return [model.index(row, Column.NAME).data() for row in range(model.rowCount())]


def texts(window: MainWindow) -> list[str]:
    """Return all that labels and tables of the window say."""
    said = [label.text() for label in window.findChildren(QLabel)]
    for table in window.findChildren(QTableView):
        model = table.model()
        cells = [model.index(row, column) for row in range(model.rowCount()) for column in range(model.columnCount())]
        said += [str(cell.data() or "") for cell in cells]
    return said


def test_every_odd_file_is_opened_shown_and_told(window: MainWindow, qapp: QApplication, qtbot: QtBot) -> None:
    window.docks.show("inspector")
    session = window.session
    for file in FILES:
        open_file(window, qtbot, file)
        a = session.activations
        assert not [box for box in qapp.topLevelWidgets() if isinstance(box, QMessageBox) and box.isVisible()]
        assert file.name in window.identity.button.text() and session.shown().all(), file.name
        assert listed(window) == sorted(a.names, key=sort_key), f"{file.name}: natural order"
        for selected in ((0,), tuple(range(len(a)))):
            session.update(selected=selected, colouring=Colouring.SIGN)
            settle(qtbot, window)
            control = [t for t in texts(window) if any(ord(letter) < 32 and letter != "\n" for letter in t)]
            assert control == [], file.name
        assert not any(ord(letter) < 32 for name in a.names for letter in name), file.name


def test_numbers_stand_in_their_order(window: MainWindow, qtbot: QtBot) -> None:
    open_file(window, qtbot, ODD / "numeric.h5")
    assert listed(window)[:11] == [str(number) for number in range(1, 12)]


def test_long_names_that_begin_alike_are_told_apart_in_the_legend(window: MainWindow, qtbot: QtBot) -> None:
    open_file(window, qtbot, ODD / "long_names.h5")
    session = window.session
    session.update(selected=tuple(range(len(session.activations))), colouring=Colouring.SIGN)
    legend = build_legend(session.activations, session.state, session.shown())
    metrics = QFontMetricsF(font(SMALL))
    rows = [_row_text(row, metrics, 1.0) for row in legend.legend_entries]
    assert len(set(rows)) == len(rows) == len(session.activations.signs)
    assert window.signs.table.textElideMode() is Qt.TextElideMode.ElideMiddle


def test_states_of_one_value_are_shown_and_nothing_is_claimed_of_them(window: MainWindow, qtbot: QtBot) -> None:
    for name in ("tiny_values", "offset"):
        open_file(window, qtbot, ODD / f"{name}.h5")
        window.docks.show("quality")
        settle(qtbot, window)
        said = [text for text in texts(window) if "nan" in text.lower().split()]
        assert said == [], name
