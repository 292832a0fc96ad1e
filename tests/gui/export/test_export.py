"""Exporting from the window: the picture on screen, the clipboard, data."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import h5py
import numpy as np
import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auslan_explorer.app import make_window
from auslan_explorer.core.session import Layout
from auslan_explorer.draw.theme import DARK, LIGHT
from auslan_explorer.draw.view import View2D
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.export import commands as export_commands
from auslan_explorer.gui.export.data_dialog import FILES as TABLES
from auslan_explorer.gui.export.data_dialog import ExportDataDialog
from auslan_explorer.gui.export.picture_dialog import FILES as PICTURES
from auslan_explorer.gui.export.picture_dialog import ExportPictureDialog
from auslan_explorer.gui.settings.store import Settings
from auslan_explorer.gui.views.map2d.canvas import MapCanvas
from auslan_explorer.gui.views.panes import VIEWS
from auslan_explorer.gui.widgets.task_dialog import TaskDialog
from auslan_explorer.gui.window.main_window import MainWindow
from tests.gui.export.conftest import Owner
from tests.gui.window_parts import StandIn, open_window
from tests.made_up import made_up_activations


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """A window with a real map."""
    with open_window(qapp, qtbot, tmp_path / "w.ini", made_up_activations(), {2: VIEWS[2], 3: StandIn}) as shown:
        shown.session.update(layout=Layout.MAP_2D)
        canvas = the_map(shown)
        qtbot.waitUntil(canvas.is_sharp)
        yield shown


def the_map(window: MainWindow) -> MapCanvas:
    assert window.views is not None
    canvas = window.views.panes[2].view
    assert isinstance(canvas, MapCanvas)
    return canvas


def run(dialog: TaskDialog, qtbot: QtBot) -> None:
    dialog.show()
    dialog.start()
    qtbot.waitUntil(lambda: dialog._job is None)


def pixels(image: QImage) -> np.ndarray:
    """Bytes red, green, blue, shape (height, width, 3)."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    data = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    return data[..., 2::-1].astype(int)


def test_a_picture_of_what_is_on_screen_has_the_same_pixels(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    canvas = the_map(window)
    QTest.keyClick(canvas, Qt.Key.Key_Plus)
    QTest.keyClick(canvas, Qt.Key.Key_Plus)
    qtbot.waitUntil(canvas.is_sharp)
    canvas.clearFocus()
    assert window.views is not None
    dialog = ExportPictureDialog(window.jobs, window, window.session, LIGHT, window.views.picture_views())
    assert dialog.what.currentText() == "2-D map, as on screen"
    assert (dialog.width_box.value(), dialog.height_box.value()) == (2 * canvas.width(), 2 * canvas.height())
    dialog.width_box.setValue(canvas.width())
    dialog.height_box.setValue(canvas.height())
    dialog.dpi.setValue(200)
    dialog.file.set_path(tmp_path / "map.png")
    run(dialog, qtbot)
    assert (tmp_path / "map.png").exists(), dialog.message.text()
    made = QImage(str(tmp_path / "map.png"))
    assert made.dotsPerMeterX() == 7874
    shown = pixels(canvas.grab().toImage())
    apart = np.abs(shown - pixels(made)).max(axis=-1)
    assert (apart > 40).mean() < 0.01
    points = (shown.max(axis=-1) - shown.min(axis=-1)) > 60
    assert points.sum() > 100 and apart[points].mean() < 12
    dialog.reject()


def test_everything_dark_or_light_and_clear(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    assert window.views is not None
    dialog = ExportPictureDialog(window.jobs, window, window.session, DARK, window.views.picture_views())
    dialog.what.setCurrentIndex(dialog.what.findText("2-D map, everything"))
    assert (dialog.width_box.value(), dialog.height_box.value()) == (2400, 2000)
    dialog.width_box.setValue(320)
    dialog.height_box.setValue(300)
    for light, clear, wanted in ((True, False, LIGHT.background), (False, False, DARK.background), (False, True, None)):
        dialog.light.setChecked(light)
        dialog.transparent.setChecked(clear)
        dialog.file.set_path(tmp_path / f"{light}{clear}.png")
        dialog.start_button.show()
        run(dialog, qtbot)
        corner = QImage(str(tmp_path / f"{light}{clear}.png")).pixelColor(1, 1)
        assert corner.alpha() == 0 if wanted is None else corner.getRgb()[:3] == wanted
    dialog.file.set_path(tmp_path / "map.pdf")
    assert not dialog.dpi.isEnabled()
    dialog.reject()


def test_a_view_of_another_shape_is_widened_not_cut() -> None:
    view = View2D(0, 2, 0, 1, 200, 100)
    square = view.within(300, 300)
    assert (square.left, square.right, square.bottom, square.top) == (0, 2, -0.5, 1.5)
    assert view.within(400, 200) == replace(view, width=400, height=200)


def test_the_clipboard_gets_the_view(window: MainWindow, qtbot: QtBot) -> None:
    canvas = the_map(window)
    QGuiApplication.clipboard().clear()
    window.commands.export.copy_picture()
    qtbot.waitUntil(lambda: not QGuiApplication.clipboard().image().isNull())
    image = QGuiApplication.clipboard().image()
    assert (image.width(), image.height()) == (2 * canvas.width(), 2 * canvas.height())
    assert np.ptp(pixels(image), axis=-1).max() > 60


def offered(files: str) -> list[str]:
    """Return the endings that a file dialog's filter offers."""
    return [ending for part in files.split(";;") for ending in part[part.index("(") + 1 : -1].replace("*", "").split()]


def is_png(content: bytes) -> bool:
    return content.startswith(b"\x89PNG\r\n\x1a\n") and not QImage.fromData(content, "PNG").isNull()


def is_svg(content: bytes) -> bool:
    return ElementTree.fromstring(content).tag == "{http://www.w3.org/2000/svg}svg"


def is_pdf(content: bytes) -> bool:
    return content.startswith(b"%PDF-") and content.rstrip().endswith(b"%%EOF") and b"/Page" in content


IS_KIND = {".png": is_png, ".svg": is_svg, ".pdf": is_pdf}


def test_every_kind_of_picture_that_is_offered_is_what_its_ending_says(
    owner: Owner, qtbot: QtBot, tmp_path: Path
) -> None:
    assert set(offered(PICTURES)) == set(IS_KIND)
    for ending in (*IS_KIND, *(ending.upper() for ending in IS_KIND)):
        dialog = ExportPictureDialog(owner.jobs, owner, owner.session, LIGHT)
        dialog.width_box.setValue(300)
        dialog.height_box.setValue(200)
        file = tmp_path / f"map{ending}"
        dialog.file.set_path(file)
        assert dialog.dpi.isEnabled() is (ending.lower() == ".png")
        run(dialog, qtbot)
        assert file.exists(), (ending, dialog.message.text())
        kinds = [kind for kind, test in IS_KIND.items() if not _fails(test, file.read_bytes())]
        assert kinds == [ending.lower()]
        file.unlink()
        dialog.reject()


def _fails(test: Callable[[bytes], bool], content: bytes) -> bool:
    try:
        return not test(content)
    except ElementTree.ParseError:
        return True


@pytest.mark.parametrize("dims", [2, 3])
@pytest.mark.parametrize("which", [0, 1, 2])
def test_a_table_has_each_real_step_with_its_labels(
    owner: Owner, qtbot: QtBot, tmp_path: Path, dims: int, which: int
) -> None:
    """Cell by cell against the arrays, for what is selected, shown, or all there is."""
    session, a = owner.session, owner.session.activations
    session.update(selected=(1, 9), visible_signs=frozenset({0, 1}), splits=frozenset({0, 1}), step=3, log_scale=True)
    dialog = ExportDataDialog(owner.jobs, owner, session)
    dialog.which.setCurrentIndex(which)
    dialog.dims.setCurrentIndex(dialog.dims.findData(dims))
    assert set(offered(TABLES)) == {".csv", ".h5", ".hdf5"}
    dialog.file.set_path(tmp_path / "p.csv")
    run(dialog, qtbot)
    chosen = [np.isin(np.arange(len(a)), (1, 9)), (a.sign < 2) & (a.split < 2), np.ones(len(a), dtype=bool)][which]
    wanted = [["sign", "session", "trial", "step", *"xyz"[:dims], "split", "predicted"]]
    for r in np.flatnonzero(chosen):
        for i in range(a.lengths[r]):
            place = [f"{value:.9g}" for value in session.projections[dims].points[a.offsets[r] + i].tolist()]
            names = ("train", "validation", "test")[a.split[r]], a.signs[a.predicted[r]]
            numbers = a.session[r], a.trial[r], a.first_step[r] + i
            wanted.append([a.signs[a.sign[r]], *map(str, numbers), *place, *names])
    with (tmp_path / "p.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == wanted
    dialog.reject()


def test_data_of_what_is_selected(owner: Owner, qtbot: QtBot, tmp_path: Path) -> None:
    session = owner.session
    session.update(selected=(1, 9), visible_signs=frozenset({0, 1}))
    dialog = ExportDataDialog(owner.jobs, owner, session)
    assert [dialog.which.itemText(i) for i in range(3)] == [
        "What is selected: 2 recordings",
        "What is shown: 12 recordings",
        "All: 24 recordings",
    ]
    dialog.file.set_path(tmp_path / "p.csv")
    run(dialog, qtbot)
    with (tmp_path / "p.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.reader(file))) == 1 + session.activations.lengths[[1, 9]].sum()
    dialog.file.set_path(tmp_path / "p.h5")
    dialog.which.setCurrentIndex(1)
    dialog.dims.setCurrentIndex(1)
    run(dialog, qtbot)
    with h5py.File(tmp_path / "p.h5") as file:
        assert len(file["recordings/sign"]) == 12 and file["points/position"].shape[1] == 3
    dialog.reject()


def alike(image: np.ndarray, other: np.ndarray) -> float:
    """Return the share of pixels that two pictures of one size have in common."""
    return float((np.abs(image - other).max(axis=-1) < 40).mean())


@pytest.mark.gl
def test_the_view_that_has_the_keyboard_is_copied_and_the_one_that_is_chosen_exported(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    with open_window(qapp, qtbot, tmp_path / "w.ini", made_up_activations(), dict(VIEWS)) as window:
        window.resize(1200, 800)
        window.session.update(layout=Layout.BOTH, labels=False)
        assert window.views is not None
        panes = {dims: window.views.panes[dims].view for dims in (2, 3)}
        qtbot.waitUntil(lambda: all(view is not None and view.is_current() for view in panes.values()))
        made, copied = {}, {}
        for dims, view in panes.items():
            assert view is not None
            dialog = ExportPictureDialog(window.jobs, window, window.session, LIGHT, window.views.picture_views())
            dialog.what.setCurrentText({2: "2-D map, as on screen", 3: "3-D, as on screen"}[dims])
            dialog.file.set_path(tmp_path / f"{dims}.png")
            run(dialog, qtbot)
            dialog.reject()
            made[dims] = pixels(QImage(str(tmp_path / f"{dims}.png")))
            QGuiApplication.clipboard().clear()
            target = view.widget if dims == 2 else view.view  # type: ignore[attr-defined]
            target.setFocus()
            qtbot.waitUntil(lambda dims=dims: window.views.focused_dims() == dims)  # type: ignore[union-attr]
            window.actions_[ActionId.COPY_PICTURE].trigger()
            qtbot.waitUntil(lambda: not QGuiApplication.clipboard().image().isNull())
            copied[dims] = pixels(QGuiApplication.clipboard().image())
            assert copied[dims].shape == made[dims].shape
            assert alike(copied[dims], made[dims]) > 0.999
        least = tuple(np.minimum(made[2].shape, made[3].shape)[:2])
        assert alike(made[2][: least[0], : least[1]], made[3][: least[0], : least[1]]) < 0.99, "two different pictures"


@pytest.mark.gl
def test_the_camera_of_the_3d_view_draws_the_same_picture(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    window = make_window(qapp, made_up_activations(), Settings(tmp_path / "w.ini"))
    with qtbot.waitExposed(window):
        window.show()
    window.session.update(layout=Layout.MAP_3D)
    assert window.views is not None
    scatter = window.views.panes[3].view
    assert scatter is not None
    qtbot.waitUntil(scatter.is_current)  # type: ignore[attr-defined]
    scatter.view.orbit(25, 10)  # type: ignore[attr-defined]
    scatter.view.move_by(30, -20)  # type: ignore[attr-defined]
    camera = window.views.picture_views()[3]
    vertices = window.session.trajectories(3).vertices  # type: ignore[union-attr]
    xy, _ = scatter.view.project(vertices)  # type: ignore[attr-defined]
    np.testing.assert_allclose(np.column_stack(camera.to_pixels(vertices)), xy, atol=0.5)
    window.close()
    shiboken6.delete(window)


@pytest.mark.parametrize(("seen", "focused", "copied"), [
    ((2, 3), None, 2), ((2, 3), 2, 2), ((2, 3), 3, 3), ((3,), None, 3), ((3,), 2, 3), ((2,), None, 2),
])  # fmt: skip
def test_the_view_in_use_is_copied_and_else_the_first_that_is_shown(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, seen: tuple[int, ...], focused: int | None, copied: int
) -> None:
    views: dict[int, View2D] = {dims: View2D(0, 1, 0, 1, 100 * dims, 50) for dims in seen}
    monkeypatch.setattr(window.views, "picture_views", lambda: views)
    monkeypatch.setattr(window.views, "focused_dims", lambda: focused)
    made: list[tuple[int, object]] = []

    def draw(*given: Any) -> QImage:
        made.append((given[-1].dims, given[-1].size))
        return QImage(8, 8, QImage.Format.Format_RGB32)

    monkeypatch.setattr(export_commands, "draw_picture", draw)
    window.commands.export.copy_picture()
    (job,) = window.jobs.running
    job.wait(120)
    assert made == [(copied, (200 * copied, 100))]


def test_the_preview_follows_every_choice_and_is_the_picture_small(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    assert window.views is not None
    dialog = ExportPictureDialog(window.jobs, window, window.session, DARK, window.views.picture_views())
    preview = dialog.preview
    preview.refresh()
    assert not preview._timer.isActive(), "nothing is drawn while it is hidden"
    dialog.file.set_path(tmp_path / "map.png")
    dialog.what.setCurrentIndex(dialog.what.findText("2-D map, everything"))
    dialog.width_box.setValue(400)
    dialog.height_box.setValue(200)
    with qtbot.waitSignal(preview.presented):
        dialog.show()
    seen = [preview.image]
    assert seen[0].width() == pytest.approx(2 * seen[0].height(), abs=2) and seen[0].width() <= preview.width()
    room = seen[0].size()
    changes = (
        lambda: dialog.height_box.setValue(400),
        lambda: dialog.share.setValue(200),
        lambda: dialog.light.setChecked(False),
        lambda: window.session.update(labels=False),
    )
    for change in changes:
        with qtbot.waitSignal(preview.presented):
            change()
        assert preview.image != seen[-1]
        seen.append(preview.image)
    assert seen[1].width() == seen[1].height() and seen[1].size() != room
    assert pixels(seen[-1])[0, 0].max() < 60, "dark, as the picture is going to be"
    run(dialog, qtbot)
    made = QImage(str(tmp_path / "map.png"))
    small = made.scaled(seen[-1].size(), mode=Qt.TransformationMode.SmoothTransformation)
    assert np.abs(pixels(small) - pixels(seen[-1])).mean() < 12
    dialog.reject()
    assert preview._job is None
