"""The dialog that films: its preview follows every field, its film is what was asked for, and a cancel leaves none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auslan_explorer.core.annotations import StepMark
from auslan_explorer.core.session import Colouring
from auslan_explorer.draw.film_files import check_target
from auslan_explorer.draw.film_settings import GIF, MP4, PNG, FilmSettings, FilmView
from auslan_explorer.draw.view import Camera, View2D
from auslan_explorer.gui.export.film_dialog import ExportFilmDialog
from auslan_explorer.gui.window.main_window import MainWindow
from tests.gui.export.conftest import Owner
from tests.gui.window_parts import open_window


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    with open_window(qapp, qtbot, tmp_path / "settings" / "window.ini") as shown:
        yield shown


@pytest.fixture
def dialog(owner: Owner, qtbot: QtBot, tmp_path: Path) -> Iterator[ExportFilmDialog]:
    made = ExportFilmDialog(owner.jobs, owner, owner.session, FilmSettings(width=320, height=240))
    made.file.set_path(tmp_path / "map.mp4")
    made.view.setCurrentIndex(made.view.findData(FilmView.MAP_2D))
    made.show()
    drawn(made, qtbot)
    yield made
    made.reject()


def drawn(dialog: ExportFilmDialog, qtbot: QtBot) -> np.ndarray:
    """Wait until the preview shows what was asked for last, and return its pixels."""
    if not dialog.preview.is_current():
        qtbot.waitSignal(dialog.preview.presented).wait()
    image = dialog.preview.image.convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.bits(), dtype=np.uint8).reshape(image.height(), image.width(), 4).astype(int)


def run(dialog: ExportFilmDialog, qtbot: QtBot) -> str:
    dialog.start()
    qtbot.waitUntil(lambda: dialog._job is None)
    return dialog.message.text()


def test_the_preview_follows_every_field(dialog: ExportFilmDialog, qtbot: QtBot) -> None:
    before = drawn(dialog, qtbot)
    assert before.shape[:2] == (240, 320)
    for change in (
        lambda: dialog.preview.slider.setValue(0),
        lambda: dialog.preview.slider.setValue(dialog.preview.slider.maximum()),
        lambda: dialog.caption.setText("Four signs"),
        lambda: dialog.step.setChecked(True),
        lambda: dialog.time.setChecked(True),
        lambda: dialog.scale.setValue(200),
        lambda: dialog.look.setCurrentIndex(1),
        lambda: dialog.view.setCurrentIndex(1),
        lambda: dialog.turn.setValue(90),
        lambda: dialog.view.setCurrentIndex(2),
        lambda: dialog.width_box.setValue(400),
    ):
        change()
        after = drawn(dialog, qtbot)
        assert after.shape != before.shape or (after != before).any()
        before = after


@pytest.mark.parametrize("view", [FilmView.MAP_2D, FilmView.BOTH])
def test_a_preview_that_followed_another_look_is_that_of_a_new_dialog(
    owner: Owner, dialog: ExportFilmDialog, qtbot: QtBot, view: FilmView
) -> None:
    dialog.view.setCurrentIndex(dialog.view.findData(view))
    drawn(dialog, qtbot)
    dialog.look.setCurrentIndex(1)
    new = ExportFilmDialog(owner.jobs, owner, owner.session, dialog.settings())
    new.view.setCurrentIndex(new.view.findData(view))
    new.show()
    for each in (dialog, new):
        each.preview.slider.setValue(each.preview.slider.maximum())
    followed, wanted = drawn(dialog, qtbot), drawn(new, qtbot)
    new.reject()
    assert followed.shape == wanted.shape and np.abs(followed - wanted).max() <= 1
    assert wanted[2, 2, :3].max() < 60, "dark"


def test_the_preview_follows_the_session_but_not_its_step(dialog: ExportFilmDialog, qtbot: QtBot) -> None:
    before = drawn(dialog, qtbot)
    dialog._session.update(step=3)
    assert (drawn(dialog, qtbot) == before).all()
    dialog._session.update(colouring=Colouring.SIGN)
    assert (drawn(dialog, qtbot) != before).any()
    dialog._session.update(visible_signs=frozenset())
    qtbot.waitUntil(lambda: "nothing to film" in dialog.preview.screen_.accessibleDescription())
    assert "nothing to film" in run(dialog, qtbot)


def test_what_stands_beside_the_paths_is_previewed_and_filmed(dialog: ExportFilmDialog, qtbot: QtBot) -> None:
    before = drawn(dialog, qtbot)
    session = dialog._session
    session.mark_steps((StepMark(3, int(session.activations.first_step[3]) + 4, "apart"),))
    assert (drawn(dialog, qtbot) != before).any()
    assert session.beside in dialog.work().args, "the film has it"
    assert dialog.command() == "", "and no command would draw it"


def test_speed_and_hold_make_the_length(dialog: ExportFilmDialog) -> None:
    steps = dialog._session.activations.steps
    dialog.rate.setValue(10)
    dialog.speed.setValue(5)
    dialog.hold.setValue(2)
    frames = 2 * (steps - 1) + 1 + 20
    assert dialog.about_length.text().startswith(f"{frames} frames, {frames / 10:.1f} s")
    assert dialog.preview.slider.maximum() == frames - 1
    assert dialog.settings().steps_per_frame == 0.5


def test_kind_and_ending_go_together(dialog: ExportFilmDialog, tmp_path: Path) -> None:
    for kind, name in ((GIF, "map.gif"), (PNG, "map-frames"), (MP4, "map.mp4"), (PNG, "map-frames"), (GIF, "map.gif")):
        place = dialog.kind.findData(kind)
        dialog.kind.setCurrentIndex(place)
        dialog.kind.activated.emit(place)
        assert dialog.file.path() == tmp_path / name
    dialog.file.set_path(tmp_path / "other.mp4")
    assert dialog.kind.currentData() == MP4


def test_a_name_with_a_dot_in_it_stays_whole_in_every_kind(dialog: ExportFilmDialog, tmp_path: Path) -> None:
    dialog.file.set_path(tmp_path / "alive 6.3 2-D.mp4")
    for kind, ending in ((PNG, "-frames"), (MP4, ".mp4"), (GIF, ".gif"), (PNG, "-frames")):
        place = dialog.kind.findData(kind)
        dialog.kind.setCurrentIndex(place)
        dialog.kind.activated.emit(place)
        assert dialog.target() == tmp_path / f"alive 6.3 2-D{ending}" and dialog.kind.currentData() == kind
    assert check_target(dialog.target()) == PNG


def test_sizes_are_chosen_or_typed(dialog: ExportFilmDialog) -> None:
    place = dialog.preset.findText("4K, 3840 × 2160")
    dialog.preset.setCurrentIndex(place)
    dialog.preset.activated.emit(place)
    assert (dialog.settings().width, dialog.settings().height) == (3840, 2160)
    dialog.height_box.setValue(1000)
    assert dialog.preset.currentText() == "Own size"
    dialog.width_box.setValue(1280)
    dialog.height_box.setValue(720)
    assert dialog.preset.currentText() == "HD, 1280 × 720"


def test_what_cannot_be_filmed_is_said_before(dialog: ExportFilmDialog, qtbot: QtBot, tmp_path: Path) -> None:
    dialog.width_box.setValue(321)
    assert "even" in dialog.message.text() and not dialog.start_button.isEnabled()
    dialog.file.set_path(tmp_path / "map.gif")
    assert dialog.message.isHidden() and dialog.start_button.isEnabled()
    dialog.file.set_path(tmp_path / "map.avi")
    assert "MP4, GIF or numbered PNG" in run(dialog, qtbot)
    dialog.file.set_path(tmp_path / "no" / "map.gif")
    assert "does not exist" in run(dialog, qtbot)
    assert dialog._jobs.running == []


@pytest.mark.parametrize("name", ["map.mp4", "map.gif", "map-frames"])
def test_a_film_is_exported(dialog: ExportFilmDialog, qtbot: QtBot, tmp_path: Path, name: str) -> None:
    out = tmp_path / name
    dialog.file.set_path(out)
    dialog.view.setCurrentIndex(2)
    dialog.hold.setValue(0.2)
    count = dialog.settings().count(dialog._session.activations.steps)
    assert run(dialog, qtbot) == f"Written: {out}"
    if name == "map.mp4":
        with av.open(str(out)) as film:
            assert sum(1 for _ in film.decode(video=0)) == count
    elif name == "map.gif":
        with Image.open(out) as film:
            assert film.n_frames == count and film.size == (320, 240)
    else:
        assert len(list(out.glob("*.png"))) == count


@pytest.mark.parametrize("name", ["map.mp4", "map.gif", "map-frames"])
def test_cancel_answers_at_once_and_leaves_nothing(
    dialog: ExportFilmDialog, qtbot: QtBot, tmp_path: Path, name: str
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    dialog.file.set_path(out / name)
    dialog.width_box.setValue(1280)
    dialog.height_box.setValue(720)
    dialog.hold.setValue(60)
    dialog.start()
    job = dialog._job
    assert job is not None
    qtbot.waitUntil(lambda: job.fraction > 0)
    assert list(out.iterdir())
    dialog.stop_button.click()
    assert dialog.message.text() == "Cancelled. Nothing was changed." and dialog.start_button.isEnabled()
    assert job.wait(120)
    assert list(out.iterdir()) == []


def test_the_window_opens_it_with_size_and_rate_as_chosen_in_its_look(window: MainWindow) -> None:
    window.settings.set_value("film_width", 640)
    window.settings.set_value("film_height", 480)
    window.settings.set_value("film_rate", 12)
    window.commands.export.export_film()
    dialog = window.findChild(ExportFilmDialog)
    settings = dialog.settings()
    assert (settings.width, settings.height, settings.fps) == (640, 480, 12)
    assert settings.theme == window.appearance.theme.name
    dialog.reject()


def test_what_is_on_screen_is_what_is_filmed(owner: Owner, qtbot: QtBot) -> None:
    near = View2D(-1, 1, -1, 1, 600, 600)
    camera = Camera((0, 0, 0), 9, 15, 40, 600, 600)
    settings = FilmSettings(width=320, height=240)
    dialog = ExportFilmDialog(owner.jobs, owner, owner.session, settings, {2: near, 3: camera})
    dialog.show()
    # The camera begins where the person's stands.
    assert (dialog.settings().azimuth, dialog.settings().elevation) == (15, 40)
    for place in range(3):
        dialog.view.setCurrentIndex(place)
        dialog.part.setCurrentIndex(0)
        everything = drawn(dialog, qtbot)
        dialog.part.setCurrentIndex(1)
        assert (drawn(dialog, qtbot) != everything).any()
    dialog.reject()


def test_every_field_sets_its_own_part_of_the_film(dialog: ExportFilmDialog) -> None:
    plain = dialog.settings()
    for change, expected in (
        (lambda: dialog.step.setChecked(not plain.show_step), {"show_step": not plain.show_step}),
        (lambda: dialog.time.setChecked(not plain.show_time), {"show_time": not plain.show_time}),
        (lambda: dialog.width_box.setValue(400), {"width": 400}),
        (lambda: dialog.height_box.setValue(300), {"height": 300}),
        (lambda: dialog.hold.setValue(2.5), {"hold": 2.5}),
        (lambda: dialog.turn.setValue(-90), {"turn": -90}),
        (lambda: dialog.caption.setText(" Four signs "), {"caption": "Four signs"}),
        (lambda: dialog.scale.setValue(150), {"scale": 1.5}),
        (lambda: dialog.look.setCurrentIndex(1), {"theme": "dark"}),
        (lambda: dialog.view.setCurrentIndex(2), {"view": FilmView.BOTH}),
        (lambda: dialog.speed.setValue(2 * plain.fps), {"steps_per_frame": 2.0}),
        (lambda: dialog.rate.setValue(10), {"fps": 10.0, "steps_per_frame": 2 * plain.fps / 10}),
    ):
        before = dialog.settings()
        change()
        assert dialog.settings() == replace(before, **expected)


def test_what_is_on_screen_is_filmed_only_where_that_is_chosen(owner: Owner, qtbot: QtBot, tmp_path: Path) -> None:
    seen: dict[int, View2D | Camera] = {2: View2D(0, 1, 0, 1, 300, 300)}
    made = ExportFilmDialog(owner.jobs, owner, owner.session, FilmSettings(width=320, height=240), seen)
    made.file.set_path(tmp_path / "map.mp4")
    made.view.setCurrentIndex(made.view.findData(FilmView.MAP_2D))
    pictures = {}
    for on_screen in (True, False):
        made.part.setCurrentIndex(made.part.findData(on_screen))
        assert made._viewpoints() == (seen if on_screen else {})
        made.show()
        made.preview.slider.setValue(made.preview.slider.maximum())
        pictures[on_screen] = drawn(made, qtbot)
    assert (pictures[True] != pictures[False]).any()
    made.reject()


def test_a_sentence_stays_in_the_preview_whatever_its_size_becomes(dialog: ExportFilmDialog, qtbot: QtBot) -> None:
    preview = dialog.preview
    preview.show_sentence("Nothing to see.")
    assert preview.place.text() == "" and preview.is_current()
    for change in (
        lambda: dialog.resize(dialog.width() + 80, dialog.height() + 60),
        lambda: preview.slider.setValue(2),
    ):
        change()
        QApplication.processEvents()
        assert preview.is_current() and preview.place.text() == "", "no frame is asked for"
        assert preview.screen_.accessibleDescription() == "Nothing to see."


def test_the_place_in_the_film_stays_while_its_length_changes(dialog: ExportFilmDialog) -> None:
    slider = dialog.preview.slider
    for at in (0.0, 0.5, 1.0):
        slider.setValue(round(at * slider.maximum()))
        for longer in (3, -3):
            dialog.hold.setValue(dialog.hold.value() + longer)
            assert slider.value() == pytest.approx(at * slider.maximum(), abs=1 if 0 < at < 1 else 0)


def test_the_dialog_begins_with_what_it_was_given(owner: Owner) -> None:
    given = FilmSettings(
        width=642, height=364, fps=12, steps_per_frame=0.75, hold=3.5, turn=120, caption="Four signs", show_step=True,
        show_time=True, theme="dark", scale=1.75,
    )  # fmt: skip
    for settings in (given, replace(given, show_step=False), replace(given, show_time=False, theme="light", hold=0)):
        dialog = ExportFilmDialog(owner.jobs, owner, owner.session, settings)
        read = dialog.settings()
        kept = ("width", "height", "fps", "steps_per_frame", "hold", "turn", "caption", "show_step", "show_time",
                "theme", "scale")  # fmt: skip
        assert {name: getattr(read, name) for name in kept} == {name: getattr(settings, name) for name in kept}
        dialog.reject()
