"""Where the tour and the help find the parts of a window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auslan_explorer.gui.help.tour_stops import WindowPart
from tests.gui.window_parts import open_window


def test_what_is_pointed_at_is_there_to_be_seen(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    with open_window(qapp, qtbot, tmp_path / "window.json") as window:
        for shown in (True, False):
            window.docks.show("inspector", shown)
            QApplication.processEvents()
            found = {part: window._find_part(part) for part in WindowPart}
            assert all(each is not None and each.isVisible() for each in found.values())
            assert found[WindowPart.INSPECTOR] is (window.inspector_dock if shown else window.toolbar.inspector)
        assert (found[WindowPart.VIEWS], found[WindowPart.SIGN_LIST]) == (window.views, window.signs)
        assert (found[WindowPart.PLAYBACK], found[WindowPart.HELP_BUTTON]) == (window.bar, window.toolbar.question)
