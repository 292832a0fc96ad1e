"""The dialogs offer the hands beside the map where the window shows some, and only there."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from auslan_explorer.core.recordings import CHANNELS
from auslan_explorer.core.session import Session
from auslan_explorer.draw.film_settings import FilmSettings
from auslan_explorer.draw.gesture import Gesture
from auslan_explorer.draw.theme import LIGHT
from auslan_explorer.gui.export import commands, film_dialog, picture_dialog
from auslan_explorer.gui.export.film_dialog import ExportFilmDialog
from auslan_explorer.gui.export.picture_dialog import ExportPictureDialog
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.settings.store import Settings

GESTURE = Gesture(("drink",), (np.full((9, len(CHANNELS)), 0.5),), 3, np.zeros(0, np.int64))


@pytest.mark.parametrize("gesture", [GESTURE, None])
def test_a_picture_has_the_hands_unless_they_are_switched_off(
    qtbot: QtBot, session: Session, gesture: Gesture | None
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = ExportPictureDialog(Jobs(parent), parent, session, LIGHT, {}, gesture)
    dialog.show()
    assert dialog.hands.isVisible() is dialog.hands.isChecked() is (gesture is not None)
    wide = dialog.width_box.value()
    assert dialog.work().args[-2].gesture is gesture
    dialog.hands.setChecked(False)
    assert dialog.work().args[-2].gesture is None
    assert (dialog.width_box.value() < wide) is (gesture is not None)


def test_what_is_drawn_with_hands_is_no_session_that_a_command_draws(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    for module, command in ((picture_dialog, "picture_of_session"), (film_dialog, "film_of_session")):
        monkeypatch.setattr(module, "keepable", lambda *_: True)
        monkeypatch.setattr(module, command, lambda *_, **__: "auslan-explorer render")
    jobs, settings = Jobs(parent), FilmSettings(width=320, height=240)
    for dialog in (
        ExportPictureDialog(jobs, parent, session, LIGHT, {}, GESTURE, lambda *_: None),
        ExportFilmDialog(jobs, parent, session, settings, {}, GESTURE, lambda *_: None),
    ):
        assert not dialog.command_of_session(Path("shown.auslan"))
        dialog.hands.setChecked(False)
        assert dialog.command_of_session(Path("shown.auslan")) == "auslan-explorer render"
        dialog.reject()


@pytest.mark.parametrize("gesture", [GESTURE, None])
def test_a_film_has_the_hands_unless_they_are_switched_off(
    qtbot: QtBot, session: Session, gesture: Gesture | None
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = ExportFilmDialog(Jobs(parent), parent, session, FilmSettings(width=320, height=240), {}, gesture)
    dialog.show()
    assert dialog.hands.isVisible() is dialog.hands.isChecked() is (gesture is not None)
    assert dialog.work().args[-3] is gesture
    dialog.hands.setChecked(False)
    assert dialog.work().args[-3] is None
    dialog.reject()


def test_dialogs_get_what_the_window_shows(
    session: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    given: list[tuple[Any, ...]] = []

    def opened(*args: Any) -> Any:
        given.append(args)
        return SimpleNamespace(offer=lambda _: None)

    monkeypatch.setattr(picture_dialog, "ExportPictureDialog", opened)
    monkeypatch.setattr(film_dialog, "ExportFilmDialog", opened)
    monkeypatch.setattr(commands, "open_beside", lambda _: None)
    seen, keep = {2: object()}, object()
    views: Any = SimpleNamespace(picture_views=lambda: seen, gesture=lambda: GESTURE)
    settings = Settings(tmp_path / "settings.json")
    for shown, expected in ((views, (seen, GESTURE, keep)), (None, ({}, None, keep))):
        others: Any = (settings, Jobs(parent), lambda shown=shown: shown, None, parent, None, keep)
        export = commands.ExportCommands(session, *others)
        export.export_picture()
        export.export_film()
        assert [args[-3:] for args in given] == [expected] * 2
        given.clear()
