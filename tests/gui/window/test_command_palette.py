"""The command palette: found by typing, run by Return, with shortcuts and reasons; and the notice strip."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auslan_explorer.app import no_activations
from auslan_explorer.gui.signs.actions import HANDS_UNKNOWN
from auslan_explorer.gui.window.command_palette import ROW_ROLE, CommandPalette
from auslan_explorer.gui.window.main_window import MainWindow
from auslan_explorer.gui.window.palette_entries import PaletteRow
from tests.gui.window_parts import PER_SIGN, SIGNS, open_window

ALL = frozenset(range(len(SIGNS)))


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    monkeypatch.setenv("AUSLAN_EXPLORER_DATA", str(tmp_path / "data"))
    with open_window(qapp, qtbot, tmp_path / "window.ini") as shown:
        yield shown


def open_palette(window: MainWindow, qtbot: QtBot, text: str = "") -> CommandPalette:
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    (palette,) = [p for p in window.findChildren(CommandPalette) if p.isVisible()]
    qtbot.waitUntil(palette.field.hasFocus)
    qtbot.keyClicks(palette.field, text)
    return palette


def rows(palette: CommandPalette) -> list[PaletteRow]:
    model = palette.list.model()
    return [model.index(row, 0).data(ROW_ROLE) for row in range(model.rowCount())]


def press(palette: CommandPalette, qtbot: QtBot, key: Qt.Key) -> None:
    qtbot.keyClick(palette.field, key)


def test_typing_a_sign_selects_it_even_if_it_was_hidden(window: MainWindow, qtbot: QtBot) -> None:
    window.session.update(visible_signs=frozenset({0}))
    palette = open_palette(window, qtbot, "crz")
    first = rows(palette)[0].entry
    assert (first.title, first.kind, first.detail) == ("crazy", "Sign", "6 recordings, 83% right")
    press(palette, qtbot, Qt.Key.Key_Return)
    assert window.session.state.selected == tuple(range(2 * PER_SIGN, 3 * PER_SIGN))
    assert 2 in window.session.state.visible_signs
    assert not [p for p in window.findChildren(CommandPalette) if p.isVisible()]


def test_actions_show_their_key_and_run_and_figures_are_figures(window: MainWindow, qtbot: QtBot) -> None:
    palette = open_palette(window, qtbot, "last activations")
    entry = rows(palette)[0].entry
    assert entry.kind == "Figure" and entry.detail == "Alt+4"
    press(palette, qtbot, Qt.Key.Key_Return)
    assert window.session.state.last_only
    palette = open_palette(window, qtbot, "only last")
    assert rows(palette)[0].entry.checked
    palette.close()


def test_what_cannot_be_done_says_why_and_does_nothing(window: MainWindow, qtbot: QtBot) -> None:
    palette = open_palette(window, qtbot, "undo")
    assert rows(palette)[0].entry.detail == "Nothing was changed yet"
    press(palette, qtbot, Qt.Key.Key_Return)
    assert palette.isVisible()
    palette.close()
    palette = open_palette(window, qtbot, "who soon")
    assert "“who”" in rows(palette)[0].entry.detail
    palette.close()


def test_every_action_that_can_be_disabled_has_a_reason(window: MainWindow) -> None:
    window.session.update(visible_signs=frozenset(), step=0)
    for step in (0, window.session.activations.steps - 1):
        window.session.update(step=step)
        for key in window.actions_:
            assert window.actions_[key].isEnabled() or window.actions_.disabled_reasons[key], key


def test_what_an_action_lacks_is_its_reason(window: MainWindow, qtbot: QtBot) -> None:
    palette = open_palette(window, qtbot, "colour by hand usage")
    entry = rows(palette)[0].entry
    assert entry.run is None and entry.detail == HANDS_UNKNOWN
    palette.close()


def test_groups_and_filters_select(window: MainWindow, qtbot: QtBot) -> None:
    palette = open_palette(window, qtbot, "think cr")
    assert rows(palette)[0].entry.kind == "Group"
    press(palette, qtbot, Qt.Key.Key_Return)
    assert len(window.session.state.selected) == 2 * PER_SIGN
    palette = open_palette(window, qtbot, "split:test wrong")
    assert rows(palette)[0].entry.title == "Select 3 recordings"
    press(palette, qtbot, Qt.Key.Key_Return)
    a = window.session.activations
    assert window.session.state.selected == tuple(np.flatnonzero((a.split == 2) & (a.predicted != a.sign)))
    palette = open_palette(window, qtbot, "session:x")
    assert "session:" in palette.sentence.text() and palette.sentence.property("wrong")
    palette.close()


def test_arrows_go_round_and_escape_closes(window: MainWindow, qtbot: QtBot) -> None:
    palette = open_palette(window, qtbot, "colour by")
    press(palette, qtbot, Qt.Key.Key_Up)
    assert palette.list.currentIndex().row() == len(rows(palette)) - 1
    press(palette, qtbot, Qt.Key.Key_Down)
    press(palette, qtbot, Qt.Key.Key_Down)
    assert palette.list.currentIndex().row() == 1
    press(palette, qtbot, Qt.Key.Key_PageDown)
    assert palette.list.currentIndex().row() > 1
    press(palette, qtbot, Qt.Key.Key_Escape)
    assert not [p for p in window.findChildren(CommandPalette) if p.isVisible()]
    assert window.session.state.selected == ()


def test_typed_letters_are_drawn_in_the_accent(window: MainWindow, qtbot: QtBot) -> None:
    def accented(palette: CommandPalette) -> int:
        image = palette.list.grab().toImage()
        accent = QColor(*window.appearance.theme.accent)
        return sum(image.pixelColor(x, y) == accent for x in range(image.width()) for y in range(12, 24))

    palette = open_palette(window, qtbot)
    assert accented(palette) == 0
    qtbot.keyClicks(palette.field, "import")
    assert accented(palette) > 5
    palette.close()


def test_nothing_found_and_nothing_open_are_said(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    with open_window(qapp, qtbot, tmp_path / "window.ini", no_activations()) as window:
        palette = open_palette(window, qtbot, "export picture")
        assert rows(palette)[0].entry.detail == "Nothing is open"
        palette.field.setText("qqqqqq")
        assert not rows(palette) and palette.sentence.text() == "Nothing is called like this."
        palette.close()


def test_a_broken_file_of_groups_is_said_in_the_window(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUSLAN_EXPLORER_DATA", str(tmp_path))
    (tmp_path / "groups.json").write_text("{")
    with open_window(qapp, qtbot, tmp_path / "window.ini") as window:
        assert window.notice.isVisible() and "set aside" in window.notice.text.text()
        window.notice.close_button.click()
        assert not window.notice.isVisible()


def test_other_words_than_the_title_find_too_but_behind(window: MainWindow, qtbot: QtBot) -> None:
    palette = open_palette(window, qtbot, "figure")
    found = [row.entry for row in rows(palette)]
    assert found[0].title.startswith("Gallery") and found[1].kind == "Figure"
    palette.field.setText("recordings from a folder")
    assert next(row.entry.title for row in rows(palette)) == "Import recordings…"
    palette.close()


def test_what_can_be_done_comes_first_and_the_list_is_as_long_as_what_it_holds(
    window: MainWindow, qtbot: QtBot
) -> None:
    palette = open_palette(window, qtbot, "step")
    first, *others = (row.entry for row in rows(palette))
    assert first.title == "First step" and any(entry.title == "Last step" and entry.run is None for entry in others)
    long = palette.height()
    palette.field.setText("split:test wrong")
    assert len(rows(palette)) == 1 and palette.height() < long / 2
    palette.close()


def test_a_remark_is_no_error(window: MainWindow, qtbot: QtBot) -> None:
    a = window.session.activations
    window.commands.files.show(replace(a, signs=("wrong", *a.signs[1:]), names=("wrong", *a.names[1:])))
    palette = open_palette(window, qtbot, "wrong")
    assert "answer:wrong" in palette.sentence.text() and not palette.sentence.property("wrong")
    assert rows(palette)[0].entry.kind == "Sign"
    palette.close()
