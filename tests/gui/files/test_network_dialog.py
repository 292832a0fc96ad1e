"""The dialog of a network: what it asks for is what is run, and what cannot be run is a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from auslan_explorer import paths
from auslan_explorer.core.errors import UserError
from auslan_explorer.gui.files.open_network_dialog import NetworkDialog
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.workflows.reading import Request
from tests.io.test_keras_weights import write_weights


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(paths.DATA_VARIABLE, str(tmp_path / "data"))
    write_weights(tmp_path / "net.hdf5")
    (tmp_path / "net.onnx").write_bytes(b"\x08\x07")
    np.savez(tmp_path / "x.npz", X=np.zeros((4, 5, 22)))
    return tmp_path


@pytest.fixture
def owner(qtbot: QtBot) -> Iterator[QWidget]:
    made = QWidget()
    qtbot.addWidget(made)
    yield made


def asked(dialog: NetworkDialog) -> Request:
    return dialog.work().args[0]  # type: ignore[attr-defined]


def test_what_is_asked_for_is_what_the_fields_say(folder: Path, owner: QWidget) -> None:
    dialog = NetworkDialog(folder / "net.hdf5", Jobs(owner), owner, folder / "x.npz")
    assert asked(dialog) == Request(folder / "net.hdf5", folder / "x.npz")
    dialog.classes.setText(" one ,two,, three  four,")
    assert asked(dialog).classes == ("one", "two", "three  four")
    for row in range(dialog.gates.count()):
        dialog.gates.setCurrentIndex(row)
        assert asked(dialog).gates == ("" if row == 0 else dialog.gates.currentText())
    dialog.reject()


def test_what_cannot_be_run_is_said_before(folder: Path, owner: QWidget) -> None:
    dialog = NetworkDialog(folder / "net.hdf5", Jobs(owner), owner, None)
    for path, classes, said in (
        (None, "", "Sequences: choose those"),
        (folder / "no.npz", "", "There is no file"),
        (folder / "x.npz", "a, b, a", "a name stands there twice"),
    ):
        dialog.inputs.set_path(path)
        dialog.classes.setText(classes)
        with pytest.raises(UserError, match=said):
            dialog.work()
    dialog.inputs.set_path(folder)
    dialog.classes.setText("")
    assert asked(dialog).inputs == folder, "recordings may be a folder"
    dialog.reject()


def test_recordings_imported_before_are_offered_to_weights_alone(folder: Path, owner: QWidget) -> None:
    for imported in (False, True):
        if imported:
            paths.recordings_file().parent.mkdir(parents=True, exist_ok=True)
            paths.recordings_file().touch()
        for name in ("net.hdf5", "net.onnx"):
            offered = imported and name == "net.hdf5"
            dialog = NetworkDialog(folder / name, Jobs(owner), owner, None)
            assert bool(dialog.inputs.line.placeholderText()) is offered
            if offered:
                assert asked(dialog).inputs is None
            else:
                with pytest.raises(UserError, match="choose those"):
                    dialog.work()
            assert dialog.form.isRowVisible(dialog.gates) is (name == "net.hdf5")
            dialog.reject()
