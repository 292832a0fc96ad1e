"""The dialogs offer the hands beside the map where the window shows some, and only there."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from auslan_explorer.core.recordings import CHANNELS
from auslan_explorer.core.session import Session
from auslan_explorer.draw.film_settings import FilmSettings
from auslan_explorer.draw.gesture import Gesture
from auslan_explorer.draw.theme import LIGHT
from auslan_explorer.gui.export.film_dialog import ExportFilmDialog
from auslan_explorer.gui.export.picture_dialog import ExportPictureDialog
from auslan_explorer.gui.jobs import Jobs

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
