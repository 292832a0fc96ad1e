"""The dialog of arrays, alone: what it needs to know before it opens, and its preview."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from auslan_explorer.core.errors import UserError
from auslan_explorer.gui.files.array_preview import ArrayPreview
from auslan_explorer.gui.files.open_arrays_dialog import ArraysDialog
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.io.array_survey import Choice


@pytest.fixture
def owner(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def opened(file: Path, owner: QWidget) -> ArraysDialog:
    jobs = Jobs(owner)
    dialog = ArraysDialog(file, jobs, owner)
    for box in dialog.boxes.values():
        box.setCurrentIndex(0)
    return dialog


def test_arrays_need_states_and_a_table_one_column_that_tells_something(owner: QWidget, tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", h=np.zeros((4, 3, 2)), y=np.arange(4))
    (tmp_path / "a.csv").write_text("who,when,x\na,0,0.5\na,1,0.25\nb,0,1.5\n")
    arrays, table = (opened(tmp_path / name, owner) for name in ("a.npz", "a.csv"))
    with pytest.raises(UserError, match="choose the array that holds them"):
        arrays.work()
    with pytest.raises(UserError, match="Choose at least the column"):
        table.work()
    arrays.boxes["states"].setCurrentIndex(arrays.boxes["states"].findData("h"))
    table.boxes["sequence"].setCurrentIndex(table.boxes["sequence"].findData("who"))
    for dialog, choice in ((arrays, Choice(states="h")), (table, Choice(sequence="who"))):
        assert dialog.work().args[0].choice == choice == dialog.choice()  # type: ignore[attr-defined]
        dialog._jobs.close()
        dialog.reject()


def test_a_look_into_an_array_that_comes_late_is_not_shown_for_another(
    owner: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    np.savez(tmp_path / "a.npz", h=np.zeros((4, 3, 2)), k=np.zeros((4, 3, 2)))
    asked: list[dict[str, Any]] = []

    def start(*_: object, **__: object) -> Any:
        slots: dict[str, Any] = {}
        asked.append(slots)
        return SimpleNamespace(**{
            name: SimpleNamespace(connect=partial(slots.__setitem__, name)) for name in ("done", "failed")
        })  # fmt: skip

    dialog = ArraysDialog(tmp_path / "a.npz", cast("Jobs", SimpleNamespace(start=start)), owner)
    for name in ("h", "k"):
        dialog.boxes["states"].setCurrentIndex(dialog.boxes["states"].findData(name))
    shown: list[object] = []
    monkeypatch.setattr(dialog.preview, "show_points", shown.append)
    monkeypatch.setattr(dialog.preview, "show_sentence", shown.append)
    for slots in asked[-2:]:
        slots["done"]("points")
        slots["failed"]("Not so.", "")
        assert shown == (["points", "Not so."] if slots is asked[-1] else [])


def test_points_of_the_preview_lie_to_the_right_and_up_where_they_are_large(owner: QWidget) -> None:
    preview = ArrayPreview(owner)
    preview.resize(200, 160)

    def inked() -> np.ndarray:
        image = preview.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        data = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[..., :3].astype(int)
        return np.abs(data - data[80, 100]).sum(axis=-1) > 60

    # A corner without a point: low at the right.
    preview.show_points(np.array([[0, 0], [0, 2], [5, 2]], np.float32))
    seen = inked()
    quarters = {(up, right): seen[:80] if up else seen[80:] for up in (True, False) for right in (True, False)}
    assert {at: half[:, 100:].any() if at[1] else half[:, :100].any() for at, half in quarters.items()} == {
        (True, False): True, (True, True): True, (False, False): True, (False, True): False,
    }  # fmt: skip
    assert "3 points" in preview.accessibleDescription()
    preview.show_sentence("Nothing is chosen.")
    assert preview.accessibleDescription() == "Nothing is chosen." and not len(preview.points)
