"""What leaves the program says where it is from, and the copied command makes the very same file."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import av
import h5py
import numpy as np
import pytest
from PIL import Image
from pypdf import PdfReader
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auslan_explorer import __version__, cli
from auslan_explorer.core.session import Colouring, Session
from auslan_explorer.draw.film_settings import FilmSettings, FilmView
from auslan_explorer.draw.presets import FIGURES
from auslan_explorer.draw.theme import LIGHT
from auslan_explorer.draw.view import Camera, View2D
from auslan_explorer.gui.export.data_dialog import ExportDataDialog
from auslan_explorer.gui.export.export_dialog import ExportDialog
from auslan_explorer.gui.export.film_dialog import ExportFilmDialog
from auslan_explorer.gui.export.picture_dialog import ExportPictureDialog
from auslan_explorer.gui.window.main_window import MainWindow
from auslan_explorer.io.cache import read_cache, write_cache
from tests.gui.export.conftest import Owner
from tests.gui.window_parts import made_up_activations, open_window


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """A window on activations from a file, at the article's figure 4."""
    cache = tmp_path / "own & network.h5"
    write_cache(cache, made_up_activations())
    with open_window(qapp, qtbot, tmp_path / "window.ini", read_cache(cache)) as shown:
        shown.session.state = FIGURES[4].state(shown.session.activations)
        yield shown


@pytest.fixture
def shown(owner: Owner, tmp_path: Path) -> Owner:
    """The same without a window."""
    cache = tmp_path / "own & network.h5"
    write_cache(cache, made_up_activations())
    owner.session = Session(read_cache(cache))
    owner.session.state = FIGURES[4].state(owner.session.activations)
    return owner


def make(kind: str, shown: Owner) -> ExportDialog:
    dialog: ExportDialog
    if kind in ("png", "svg", "pdf"):
        picture = dialog = ExportPictureDialog(shown.jobs, shown, shown.session, LIGHT)
        picture.width_box.setValue(240)
        picture.height_box.setValue(200)
    elif kind in ("csv", "h5"):
        data = dialog = ExportDataDialog(shown.jobs, shown, shown.session)
        data.describe.setChecked(True)
    else:
        settings = FilmSettings(width=64, height=64, hold=0)
        film = dialog = ExportFilmDialog(shown.jobs, shown, shown.session, settings)
        film.view.setCurrentIndex(film.view.findData(FilmView.MAP_2D))
    return dialog


NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")


def tags(file: Path) -> str:
    """The texts that a file holds beside its picture, as another program reads them."""
    match file.suffix:
        case ".png":
            return json.dumps(dict(Image.open(file).text), ensure_ascii=False)  # type: ignore[attr-defined]
        case ".svg":
            return file.read_text(encoding="utf-8").partition("<metadata>")[2].partition("</metadata>")[0]
        case ".pdf":
            return str(dict(PdfReader(file).metadata or {}))
        case ".gif":
            return Image.open(file).info["comment"].decode()
        case ".mp4":
            with av.open(str(file)) as film:
                return film.metadata["comment"]
        case ".h5":
            with h5py.File(file) as table:
                return str({name: table.attrs[name] for name in ("software", "network", "data", "map", "command")})
        case _:
            return file.with_name(f"{file.name}-metadata.json").read_text(encoding="utf-8")


def drawn(pdf: bytes) -> list[bytes]:
    """What the page of a PDF draws: its own operators, and those of the map beneath."""
    page = PdfReader(BytesIO(pdf)).pages[0]
    contents = page.get_contents()
    assert contents is not None
    return [contents.get_data(), page["/Resources"]["/XObject"]["/Map"].get_data()]  # type: ignore[index]


@pytest.mark.parametrize("kind", ["png", "svg", "pdf", "csv", "h5", "gif", "mp4"])
def test_an_export_says_where_it_is_from_and_its_command_makes_it_again(
    shown: Owner, qtbot: QtBot, tmp_path: Path, kind: str
) -> None:
    dialog = make(kind, shown)
    file = tmp_path / f"it's here.{kind}"
    dialog.file.set_path(file)
    dialog.copy_button.click()
    command = QGuiApplication.clipboard().text()
    assert command.startswith("auslan-explorer "), dialog.message.text()
    dialog.start()
    qtbot.waitUntil(lambda: dialog._job is None)
    told = tags(file)
    assert f"Auslan Explorer {__version__}" in told and "24 recordings of 4 signs" in told
    assert shown.session.activations.projections[2].fingerprint in told
    assert "own & network.h5" in told.replace("&amp;", "&")
    first = file.read_bytes()
    file.unlink()
    assert cli.main(shlex.split(command)[1:]) == 0
    again = file.read_bytes()
    if kind == "pdf":
        # Qt gives each PDF another number and its own time, and hints letters' outlines by the size last used: they
        # differ by about a sixty-fourth of a pixel.
        for one, other in zip(drawn(again), drawn(first), strict=True):
            assert NUMBER.split(one) == NUMBER.split(other)
            np.testing.assert_allclose(*(np.array(NUMBER.findall(each), float) for each in (one, other)), atol=0.03)
    elif kind == "h5":
        assert tags(file) == told
    else:
        assert again == first
    dialog.reject()


def test_only_the_chosen_recordings_are_in_the_command(shown: Owner, tmp_path: Path, qtbot: QtBot) -> None:
    shown.session.update(selected=(1, 2, 9))
    dialog = make("csv", shown)
    file = tmp_path / "three.csv"
    dialog.file.set_path(file)
    assert "--only=1-2,9" in dialog.command()
    dialog.start()
    qtbot.waitUntil(lambda: dialog._job is None)
    first = file.read_bytes()
    assert cli.main(shlex.split(dialog_command(dialog, file))[1:]) == 0
    assert file.read_bytes() == first
    dialog.reject()


def dialog_command(dialog: ExportDialog, file: Path) -> str:
    dialog.file.set_path(file)
    return dialog.command()


def pixels(file: Path) -> np.ndarray:
    return np.asarray(Image.open(file).convert("RGBA"))


VIEWS: dict[int, View2D | Camera] = {
    2: View2D(-1.0, 1.5, -0.75, 1.0, 500.0, 350.0),
    3: Camera((0.1, 0.2, -0.3), 9.5, 372.5, 21.0, 320.0, 410.0, 45.0),
}


@pytest.mark.parametrize("on_screen", [True, False], ids=["as on screen", "everything"])
@pytest.mark.parametrize("dims", [2, 3])
def test_a_view_that_is_no_figure_is_kept_as_a_session_that_the_command_draws(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, dims: int, on_screen: bool
) -> None:
    window.session.update(selected=(1, 2), colouring=Colouring.SIGN, lines=True, step=9)
    keep = window.sessions.write_view
    dialog = ExportPictureDialog(window.jobs, window, window.session, LIGHT, VIEWS, None, keep)
    choices = [dialog.what.itemData(row) for row in range(dialog.what.count())]
    dialog.what.setCurrentIndex(choices.index((dims, on_screen)))
    dialog.width_box.setValue(280)
    dialog.height_box.setValue(200)
    dialog.share.setValue(130)
    file = tmp_path / "it's here.png"
    dialog.file.set_path(file)
    dialog.copy_button.click()
    command = QGuiApplication.clipboard().text()
    assert "--session=" in command and f"--view={dims}d" in command, dialog.message.text()
    assert ("--whole" in command) is not on_screen
    assert "it's here.auslan" in dialog.message.text() and (tmp_path / "it's here.auslan").is_file()
    assert window.sessions.file is None, "the kept view is not the open session"
    dialog.start()
    qtbot.waitUntil(lambda: dialog._job is None)
    first = pixels(file)
    file.unlink()
    assert cli.main(shlex.split(command)[1:]) == 0
    assert np.array_equal(pixels(file), first)
    dialog.reject()


def test_a_film_of_what_is_on_screen_is_made_again_from_a_session(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.session.update(selected=(1, 2))
    settings = FilmSettings(width=96, height=64, hold=0)
    dialog = ExportFilmDialog(window.jobs, window, window.session, settings, VIEWS, None, window.sessions.write_view)
    dialog.view.setCurrentIndex(dialog.view.findData(FilmView.MAP_2D))
    dialog.part.setCurrentIndex(dialog.part.findData(True))
    file = tmp_path / "a.gif"
    dialog.file.set_path(file)
    dialog.copy_button.click()
    command = QGuiApplication.clipboard().text()
    assert "--session=" in command and "--whole" not in command
    dialog.start()
    qtbot.waitUntil(lambda: dialog._job is None)
    first = [pixels_of(Image.open(file), number) for number in (0, 12)]
    file.unlink()
    assert cli.main(shlex.split(command)[1:]) == 0
    assert all(np.array_equal(pixels_of(Image.open(file), n), one) for n, one in zip((0, 12), first, strict=True))
    dialog.reject()


def pixels_of(film: Image.Image, number: int) -> np.ndarray:
    film.seek(number)
    return np.asarray(film.convert("RGB"))


def test_where_no_command_makes_the_same_it_says_so(shown: Owner, tmp_path: Path) -> None:
    QGuiApplication.clipboard().setText("before")
    shown.session.update(selected=(1,))
    dialog = make("png", shown)
    dialog.file.set_path(tmp_path / "a.png")
    dialog.copy_button.click()
    assert "No command" in dialog.message.text() and QGuiApplication.clipboard().text() == "before"
    dialog.reject()
