"""Files asked for by the system's dialog: a free name is offered, nothing is replaced unasked, and one is led there."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from auslan_explorer.gui.widgets import save_file
from auslan_explorer.gui.widgets.file_manager import show_folder
from auslan_explorer.gui.widgets.save_file import ask_where_to_save, tell_written


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def question(parent: QWidget) -> QMessageBox | None:
    boxes = [box for box in parent.findChildren(QMessageBox) if box.isVisible()]
    return boxes[-1] if boxes else None


def test_what_is_there_is_replaced_only_after_a_question(
    parent: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: list[str] = []
    answers = iter(("", "pairs", "pairs", "pairs", "pairs.h5"))

    def ask(parent: QWidget, title: str, start: str, files: str, *, options: QFileDialog.Option) -> tuple[str, str]:
        assert options == QFileDialog.Option.DontConfirmOverwrite, "asked here, once the name has its ending"
        offered.append(Path(start).name)
        answer = next(answers)
        return (str(tmp_path / answer) if answer else ""), files

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    written: list[Path] = []

    def write(file: Path) -> None:
        file.write_text(f"{len(written)}")
        written.append(file)

    def go(own: Path | None = None) -> None:
        ask_where_to_save(parent, "Export", tmp_path / "pairs.csv", "Table (*.csv)", write, own)

    go()
    assert not written, "nothing was chosen"
    go()
    assert written == [tmp_path / "pairs.csv"] and question(parent) is None
    go()
    asked = question(parent)
    assert asked is not None and "pairs.csv is there already" in asked.text() and len(written) == 1
    asked.button(QMessageBox.StandardButton.Cancel).click()
    assert len(written) == 1 and question(parent) is None
    go(own=tmp_path / "pairs.csv")
    assert len(written) == 2 and question(parent) is None, "an open session is written without a question"
    go()
    assert offered == ["pairs.csv", "pairs.csv", "pairs 2.csv", "pairs 2.csv", "pairs 2.csv"]
    assert written[-1] == tmp_path / "pairs.h5", "another ending that was typed is kept"


def test_the_answer_replace_replaces(parent: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.csv"
    file.write_text("old")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(file), ""))
    ask_where_to_save(parent, "Export", file, "", lambda path: path.write_text("new"))
    asked = question(parent)
    assert asked is not None and file.read_text() == "old"
    next(button for button in asked.buttons() if button.text() == "Replace").click()
    assert file.read_text() == "new"


def test_what_was_written_can_be_opened_and_shown_and_the_message_stays(
    parent: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[Path] = []
    monkeypatch.setattr(save_file, "open_file", done.append)
    monkeypatch.setattr(save_file, "show_folder", done.append)
    parent.show()
    box = tell_written(parent, tmp_path / "a.csv")
    buttons = {button.accessibleName(): button for button in box.buttons()}
    assert "a.csv" in box.text() and set(buttons) == {"Open", "Show in folder", "Close"}
    buttons["Open"].click()
    buttons["Show in folder"].click()
    assert done == [tmp_path / "a.csv", tmp_path] and box.isVisible()
    buttons["Close"].click()
    assert not any(each.isVisible() for each in parent.findChildren(QMessageBox))


@pytest.mark.parametrize("below", ["", "gone", "gone/long/since"])
def test_of_a_folder_that_is_gone_the_nearest_that_is_there_is_shown(
    below: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    show_folder(tmp_path / below)
    assert [Path(each) for each in opened] == [tmp_path]
