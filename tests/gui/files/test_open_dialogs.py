"""A file of no known kind is asked about, a network asked for its sequences; neither opens the recordings dialog."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from unittest.mock import Mock

import h5py
import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QMessageBox,
    QTableWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from auslan_explorer import paths
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.files.get_recordings_dialog import RecordingsDialog
from auslan_explorer.gui.files.open_arrays_dialog import ArraysDialog
from auslan_explorer.gui.files.open_network_dialog import NetworkDialog
from auslan_explorer.gui.window.main_window import MainWindow
from auslan_explorer.io.eaf_reader import SUFFIX as ANNOTATIONS
from auslan_explorer.io.session_file import SUFFIX
from auslan_explorer.workflows.reading import suffixes
from tests.gui.window_parts import StandIn, open_window
from tests.io.test_keras_weights import write_weights

RNG = np.random.default_rng(0)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("brought")


@pytest.fixture(scope="module")
def window(request: pytest.FixtureRequest, qapp: QApplication, folder: Path) -> Iterator[MainWindow]:
    before = pytest.MonkeyPatch()
    before.setenv(paths.DATA_VARIABLE, str(folder / "data"))
    with open_window(qapp, QtBot(request), folder / "window.ini", makers={2: StandIn, 3: StandIn}) as shown:
        yield shown
    before.undo()


def messages(qapp: QApplication) -> list[QMessageBox]:
    return [each for each in qapp.topLevelWidgets() if isinstance(each, QMessageBox) and each.isVisible()]


def dialog_of(qapp: QApplication, kind: type[QWidget]) -> QWidget:
    (found,) = [each for each in qapp.topLevelWidgets() if isinstance(each, kind) and each.isVisible()]
    for widget in found.findChildren(QWidget):
        if isinstance(widget, QAbstractButton | QLineEdit | QComboBox | QTableWidget):
            assert (
                widget.accessibleName()
                or widget.objectName().startswith("qt_")
                or widget.parent() is None
                or (isinstance(widget.parent(), QTableWidget))
            ), widget
    assert not any(isinstance(each, RecordingsDialog) and each.isVisible() for each in qapp.topLevelWidgets())
    return found


def drop(window: MainWindow, *files: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    button, modifier = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, button, modifier))


def test_files_of_this_computer_alone_are_taken(window: MainWindow) -> None:
    here, elsewhere = QUrl.fromLocalFile("/a.h5"), QUrl("https://example.org/a.h5")
    for urls, taken in (([here], True), ([here, here], True), ([here, elsewhere], False), ([], False)):
        mime = QMimeData()
        mime.setUrls(urls)
        button, modifier = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        event = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, mime, button, modifier)
        event.ignore()
        window.dragEnterEvent(event)
        assert event.isAccepted() is taken


def test_the_file_that_is_chosen_is_opened_and_all_kinds_can_be(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(window.commands.files, "open_path", opened.append)
    for chosen in ("", "/a/b.h5"):
        ask = Mock(return_value=(chosen, ""))
        monkeypatch.setattr(QFileDialog, "getOpenFileName", ask)
        window.actions_[ActionId.OPEN].trigger()
        kinds = " ".join(f"*{ending}" for ending in (SUFFIX, *suffixes(), ANNOTATIONS))
        ask.assert_called_once_with(window, "Open", "", f"Sessions, activations and annotations ({kinds})")
    assert opened == [Path("/a/b.h5")]


def test_a_dropped_file_of_another_program_is_seen_and_asked_about(
    window: MainWindow, qapp: QApplication, qtbot: QtBot, folder: Path
) -> None:
    with h5py.File(folder / "other.h5", "w") as file:
        file["hidden"] = np.cumsum(RNG.normal(0, 0.1, (6, 5, 4)), axis=1).astype(np.float32)
        file["len"] = [5, 4, 3, 2, 5, 5]
        file["label"] = np.array(list("ababab"), dtype="S1")
    drop(window, folder / "other.h5")
    dialog = dialog_of(qapp, ArraysDialog)
    assert isinstance(dialog, ArraysDialog)
    assert "other.h5" in dialog.windowTitle()
    told = [[dialog.table.item(row, column).text() for column in range(3)] for row in range(3)]
    assert told[0] == ["hidden", "6 × 5 × 4", "decimal numbers"]
    qtbot.waitUntil(lambda: len(dialog.preview.points) == 30)
    # The points are on the screen.
    picture = dialog.preview.grab().toImage()
    paper = picture.pixelColor(0, 0)
    inked = sum(
        picture.pixelColor(x, y) != paper for x in range(0, picture.width(), 2) for y in range(0, picture.height(), 2)
    )
    assert inked > 30
    dialog.boxes["states"].setCurrentIndex(dialog.boxes["states"].findData("label"))
    qtbot.waitUntil(lambda: not len(dialog.preview.points))
    dialog.boxes["states"].setCurrentIndex(0)
    dialog.start()
    assert "choose the array that holds them" in dialog.message.text()
    dialog.boxes["states"].setCurrentIndex(dialog.boxes["states"].findData("hidden"))
    with qtbot.waitSignal(dialog.result_ready):
        dialog.start()
    a = window.session.activations
    assert (a.lengths.tolist(), a.signs) == ([5, 4, 3, 2, 5, 5], ("a", "b")) and set(window.session.projections) == {
        2,
        3,
    }
    dialog.close()


def test_a_network_and_the_file_that_it_reads_are_dropped_together(
    window: MainWindow, qapp: QApplication, qtbot: QtBot, folder: Path
) -> None:
    write_weights(folder / "net.hdf5")
    np.savez(folder / "x.npz", X=RNG.normal(0, 1, (4, 5, 22)), y=[0, 1, 2, 29])
    drop(window, folder / "x.npz", folder / "net.hdf5")
    dialog = dialog_of(qapp, NetworkDialog)
    assert isinstance(dialog, NetworkDialog)
    assert dialog.inputs.path() == folder / "x.npz"
    dialog.inputs.set_path(None)
    dialog.start()
    assert "choose those that the network is to read" in dialog.message.text()
    dialog.inputs.set_path(folder / "x.npz")
    with qtbot.waitSignal(dialog.result_ready):
        dialog.start()
    assert window.session.activations.units == 64 and len(window.session.activations) == 4
    assert Path(window.session.activations.origin.file).parent == folder / "data" / "opened"
    dialog.close()


def test_a_broken_file_is_refused_where_it_is_opened(window: MainWindow, qapp: QApplication, folder: Path) -> None:
    (folder / "a.npy").write_bytes(b"no array")
    window.commands.files.open_path(folder / "a.npy")
    (box,) = messages(qapp)
    assert "a.npy" in box.text()
    box.close()
    (folder / "photos").mkdir()
    window.commands.files.open_path(folder / "photos")
    (box,) = messages(qapp)
    assert "photos is nothing that can be opened here" in box.text()
    box.close()


def test_many_states_get_their_map_beside_the_window(window: MainWindow, qtbot: QtBot, folder: Path) -> None:
    from auslan_explorer.io.cache import cache_from_arrays

    states = RNG.normal(0, 1, (40, 4)).astype(np.float32)
    window.commands.files.show(cache_from_arrays(states, [20, 20], [0, 1], ["a", "b"]))
    window.session.update(selected=(1,))
    assert not window.session.projections
    window.commands.files.find_maps()
    qtbot.waitUntil(lambda: set(window.session.projections) == {2, 3})
    assert window.session.state.selected == (1,)
