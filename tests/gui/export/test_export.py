"""Exporting from the window: the picture on screen, the clipboard, data."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import h5py
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auslan_explorer.app import make_window
from auslan_explorer.core.session import Layout
from auslan_explorer.draw.theme import DARK, LIGHT
from auslan_explorer.draw.view import View2D
from auslan_explorer.gui.export.data_dialog import ExportDataDialog
from auslan_explorer.gui.export.picture_dialog import ExportPictureDialog
from auslan_explorer.gui.settings.store import Settings
from auslan_explorer.gui.views.map2d.canvas import MapCanvas
from auslan_explorer.gui.views.panes import VIEWS
from auslan_explorer.gui.widgets.task_dialog import TaskDialog
from auslan_explorer.gui.window.main_window import MainWindow
from tests.gui.window_parts import StandIn, open_window
from tests.made_up import made_up_activations


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """A window with a real map."""
    with open_window(qapp, qtbot, tmp_path / "w.ini", made_up_activations(), {2: VIEWS[2], 3: StandIn}) as shown:
        shown.session.update(layout=Layout.MAP_2D)
        canvas = the_map(shown)
        qtbot.waitUntil(canvas.is_sharp, timeout=5000)
        yield shown


def the_map(window: MainWindow) -> MapCanvas:
    assert window.views is not None
    canvas = window.views.panes[2].view
    assert isinstance(canvas, MapCanvas)
    return canvas


def run(dialog: TaskDialog, qtbot: QtBot) -> None:
    dialog.show()
    dialog.start()
    qtbot.waitUntil(lambda: dialog._job is None, timeout=20_000)


def pixels(image: QImage) -> np.ndarray:
    """Bytes red, green, blue, shape (height, width, 3)."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    data = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    return data[..., 2::-1].astype(int)


def test_a_picture_of_what_is_on_screen_has_the_same_pixels(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    canvas = the_map(window)
    QTest.keyClick(canvas, Qt.Key.Key_Plus)
    QTest.keyClick(canvas, Qt.Key.Key_Plus)
    qtbot.waitUntil(canvas.is_sharp, timeout=5000)
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
    qtbot.waitUntil(lambda: not QGuiApplication.clipboard().image().isNull(), timeout=10_000)
    image = QGuiApplication.clipboard().image()
    assert (image.width(), image.height()) == (2 * canvas.width(), 2 * canvas.height())
    assert np.ptp(pixels(image), axis=-1).max() > 60


def test_data_of_what_is_selected(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    session = window.session
    session.update(selected=(1, 9), visible_signs=frozenset({0, 1}))
    dialog = ExportDataDialog(window.jobs, window, session)
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


@pytest.mark.gl
def test_the_camera_of_the_3d_view_draws_the_same_picture(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    window = make_window(qapp, made_up_activations(), Settings(tmp_path / "w.ini"))
    window.show()
    window.session.update(layout=Layout.MAP_3D)
    assert window.views is not None
    scatter = window.views.panes[3].view
    assert scatter is not None
    qtbot.waitExposed(window)
    qtbot.waitUntil(scatter.is_current)  # type: ignore[attr-defined]
    scatter.view.orbit(25, 10)  # type: ignore[attr-defined]
    scatter.view.move_by(30, -20)  # type: ignore[attr-defined]
    camera = window.views.picture_views()[3]
    vertices = window.session.trajectories(3).vertices  # type: ignore[union-attr]
    xy, _ = scatter.view.project(vertices)  # type: ignore[attr-defined]
    np.testing.assert_allclose(np.column_stack(camera.to_pixels(vertices)), xy, atol=0.5)
    window.close()
