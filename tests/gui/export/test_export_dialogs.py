"""What all export dialogs do: offer a free name that says what is shown, replace nothing unasked, and go on."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from auslan_explorer.core.session import Colouring, Session
from auslan_explorer.draw.film_settings import FilmSettings, FilmView
from auslan_explorer.draw.theme import LIGHT
from auslan_explorer.gui.export import film_dialog
from auslan_explorer.gui.export.data_dialog import ExportDataDialog
from auslan_explorer.gui.export.export_dialog import ExportDialog
from auslan_explorer.gui.export.film_dialog import ExportFilmDialog
from auslan_explorer.gui.export.offered_name import name_of_recordings
from auslan_explorer.gui.export.picture_dialog import ExportPictureDialog
from tests.gui.export.conftest import Owner
from tests.made_up import made_up_activations

KINDS = {"picture": ".png", "data": ".csv", "film": ".gif"}


def make(kind: str, owner: Owner, folder: Path) -> ExportDialog:
    dialog: ExportDialog
    if kind == "picture":
        picture = dialog = ExportPictureDialog(owner.jobs, owner, owner.session, LIGHT)
        picture.width_box.setValue(200)
        picture.height_box.setValue(160)
    elif kind == "data":
        dialog = ExportDataDialog(owner.jobs, owner, owner.session)
    else:
        settings = FilmSettings(width=64, height=64, hold=0)
        film = dialog = ExportFilmDialog(owner.jobs, owner, owner.session, settings)
        film.view.setCurrentIndex(film.view.findData(FilmView.MAP_2D))
        film.kind.setCurrentIndex(film.kind.findData(".gif"))
        film._on_kind_chosen()
    dialog.offer(folder)
    dialog.show()
    return dialog


def button(box: QMessageBox | None, text: str) -> None:
    assert box is not None
    next(each for each in box.buttons() if each.text().replace("&", "") == text).click()


def finish(dialog: ExportDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: dialog._job is None)


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_is_replaced_only_if_the_answer_is_yes(owner: Owner, qtbot: QtBot, tmp_path: Path, kind: str) -> None:
    dialog = make(kind, owner, tmp_path)
    there = tmp_path / f"mine{KINDS[kind]}"
    there.write_bytes(b"mine")
    dialog.file.set_path(there)
    dialog.start()
    assert dialog._job is None and dialog.question is not None and there.name in dialog.question.text()
    # Enter and Escape keep the file.
    assert dialog.question.defaultButton() is dialog.question.escapeButton()
    button(dialog.question, "Cancel")
    assert dialog._job is None and there.read_bytes() == b"mine"
    dialog.start()
    button(dialog.question, "Replace")
    finish(dialog, qtbot)
    assert there.stat().st_size > 100, dialog.message.text()
    dialog.reject()


@pytest.mark.parametrize("kind", ["picture", "data"])
def test_a_typed_name_gets_its_ending_before_the_question(
    owner: Owner, qtbot: QtBot, tmp_path: Path, kind: str
) -> None:
    dialog = make(kind, owner, tmp_path)
    there = tmp_path / f"mine{KINDS[kind]}"
    there.write_bytes(b"mine")
    dialog.file.line.setText(str(tmp_path / "mine"))
    dialog.start()
    assert dialog.question is not None and there.read_bytes() == b"mine"
    button(dialog.question, "Cancel")
    dialog.file.line.setText(str(tmp_path / "other"))
    dialog.start()
    finish(dialog, qtbot)
    assert (tmp_path / f"other{KINDS[kind]}").stat().st_size > 100
    dialog.reject()


@pytest.mark.parametrize("kind", KINDS)
def test_the_dialog_goes_on_with_the_next_free_name(
    light_theme: None, owner: Owner, qtbot: QtBot, tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    dialog = make(kind, owner, tmp_path)
    first = dialog.target()
    assert dialog.open_button.isHidden() and dialog.folder_button.isHidden()
    dialog.start()
    finish(dialog, qtbot)
    assert first.is_file() and first.name in dialog.message.text()
    assert dialog.stop_button.text() == "Close" and dialog.focusWidget() is dialog.stop_button
    QApplication.processEvents()
    for each in dialog.buttons.buttons():
        assert each.width() >= each.sizeHint().width(), f"{each.text()} is cut"
    dialog.open_button.click()
    dialog.folder_button.click()
    assert [Path(each) for each in opened] == [first, tmp_path]
    second = dialog.target()
    assert second != first and not second.exists() and second.stem.endswith(" 2")
    assert dialog.start_button.isVisible() and dialog.start_button.isEnabled()
    dialog.start()
    finish(dialog, qtbot)
    assert dialog.question is None and second.read_bytes() == first.read_bytes()
    dialog.reject()


def test_data_that_have_no_map_are_refused_in_words(owner: Owner, tmp_path: Path) -> None:
    session = Session(replace(owner.session.activations, projections={}))
    dialog = ExportDataDialog(owner.jobs, owner, session)
    dialog.offer(tmp_path)
    for button in (dialog.start_button, dialog.copy_button):
        dialog.message.setText("")
        button.click()
        assert dialog.message.text() == "⚠ There is no 2-D projection to export; open activations that hold one."
    assert not list(tmp_path.iterdir())
    dialog.reject()


def test_the_offered_name_says_what_is_shown(owner: Owner, tmp_path: Path) -> None:
    session = owner.session
    a = session.activations
    dialog = make("picture", owner, tmp_path)
    assert isinstance(dialog, ExportPictureDialog)

    def offered() -> str:
        dialog.offer()
        return dialog.file.path().name

    plain = session.state
    session.update(selected=tuple(np.flatnonzero(np.isin(a.sign, [2, 3])).tolist()))
    assert offered() == "crazy-think 2-D.png"
    session.update(selected=(12,))
    assert offered() == f"crazy {a.session[12]}.{a.trial[12]} 2-D.png"
    session.update(selected=(), visible_signs=frozenset({0}))
    assert offered() == "alive 2-D.png"
    session.update(visible_signs=plain.visible_signs, colouring=Colouring.SIGN)
    assert offered() == "all signs 2-D.png"
    (tmp_path / "all signs 2-D.png").touch()
    assert offered() == "all signs 2-D 2.png"
    # The name follows a choice, unless it was typed.
    dialog.what.setCurrentIndex(dialog.what.findText("3-D, everything"))
    assert dialog.file.path().name == "all signs 3-D.png"
    dialog.file.set_path(tmp_path / "typed.png")
    dialog.what.setCurrentIndex(dialog.what.findText("2-D map, everything"))
    assert dialog.file.path().name == "typed.png"
    dialog.reject()


def pixels(image: QImage) -> np.ndarray:
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4).copy()


def test_the_preview_shows_what_is_being_filmed_and_not_a_new_selection(
    owner: Owner, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = threading.Event()

    def film(*_args: object) -> Path:
        assert done.wait(120)
        return tmp_path / "map.gif"

    monkeypatch.setattr(film_dialog, "export_film", film)
    dialog = make("film", owner, tmp_path)
    assert isinstance(dialog, ExportFilmDialog)
    preview = dialog.preview
    qtbot.waitUntil(preview.is_current)
    dialog.start()
    QApplication.processEvents()  # the sentence takes room from the preview, which is drawn again
    qtbot.waitUntil(preview.is_current)
    filmed = pixels(preview.image)
    owner.session.update(selected=(1, 2), colouring=Colouring.SIGN)
    assert preview.is_current(), "nothing else is drawn while the film is made"
    preview.slider.setValue(preview.slider.maximum() // 3)
    preview.slider.setValue(round(0.45 * preview.slider.maximum()))
    qtbot.waitUntil(preview.is_current)
    assert (pixels(preview.image) == filmed).all()
    done.set()
    finish(dialog, qtbot)
    qtbot.waitUntil(preview.is_current)
    after = pixels(preview.image)
    assert after.shape != filmed.shape or (after != filmed).any(), "the next film has the new selection"
    assert "Written" in dialog.message.text()
    dialog.reject()


def test_the_preview_of_a_picture_shows_what_is_being_written(
    owner: Owner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = make("picture", owner, tmp_path)
    assert isinstance(dialog, ExportPictureDialog)
    asked: list[object] = []
    monkeypatch.setattr(dialog.preview, "refresh", lambda: asked.append(None))
    with monkeypatch.context() as busy:
        busy.setattr(dialog, "_job", object())
        dialog.share.setValue(200)
        owner.session.update(selected=(3,), colouring=Colouring.SIGN)
    assert not asked
    dialog.share.setValue(150)
    assert asked
    for place in (1, 0):  # the size becomes that of whole maps at the first change alone
        asked.clear()
        dialog.what.setCurrentIndex(place)
        assert asked
    dialog.reject()


@pytest.mark.parametrize("kind", ["picture", "film"])
def test_a_dialog_that_is_closed_draws_no_more(
    owner: Owner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    dialog = make(kind, owner, tmp_path)
    assert isinstance(dialog, ExportPictureDialog | ExportFilmDialog)
    stopped: list[object] = []
    stop = dialog.preview.stop
    monkeypatch.setattr(dialog.preview, "stop", lambda: stopped.append(stop()))
    dialog.reject()
    assert stopped


def test_recordings_are_named_by_their_sign_not_by_the_answer() -> None:
    a = made_up_activations()
    everything = np.ones(len(a), bool)
    assert name_of_recordings(replace(a, predicted=a.sign[::-1].copy()), a.sign == 1) == a.names[1]
    assert name_of_recordings(a, (a.sign == 1) | (a.sign == 3)) == f"{a.names[1]}-{a.names[3]}"
    for one in (0, 7, 23):
        name = name_of_recordings(a, np.arange(len(a)) == one)
        assert name == f"{a.names[a.sign[one]]} {a.session[one]}.{a.trial[one]}"
    assert name_of_recordings(a, everything) == "all signs"
    many = replace(
        a, sign=np.arange(len(a), dtype=np.int16) % 12, signs=tuple("abcdefghijkl"), names=tuple("abcdefghijkl")
    )
    assert name_of_recordings(many, everything) == "all signs"
    assert name_of_recordings(many, many.sign < 3) == "a-b-c" and name_of_recordings(many, many.sign < 4) == "4 signs"
    assert name_of_recordings(many, many.sign < 9) == "9 signs"
    assert name_of_recordings(many, many.sign < 0) == "0 signs"
