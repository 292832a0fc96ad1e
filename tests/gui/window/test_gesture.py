"""The gesture beside the maps: an action, a button, its width, and the next start remember it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from auslan_explorer.core.session import Layout
from auslan_explorer.gui.actions.menus import ActionId
from tests.gui.window_parts import open_window


def test_it_is_shown_beside_both_views_or_in_place_of_one_and_hidden_again(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    with open_window(qapp, qtbot, tmp_path / "window.ini") as window:
        action = window.actions_[ActionId.GESTURE]
        assert not window.gesture.isVisible() and not action.isChecked()
        action.trigger()
        assert window.gesture.isVisible() and action.isChecked()
        assert window.views is not None
        for layout in Layout:
            window.session.update(layout=layout)
            widths = window.views.sizes()
            assert widths[2] > 0.2 * sum(widths) and min(width for width in widths[:2] if width) > widths[2] / 3
        window.gesture.close_button.click()
        assert not window.gesture.isVisible() and not action.isChecked()


def test_the_next_start_shows_it_again(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    for shown in (True, False):
        with open_window(qapp, qtbot, tmp_path / "window.ini") as window:
            assert window.views is not None
            assert window.views.beside_shown is not shown
            window.views.show_beside(shown)
        with open_window(qapp, qtbot, tmp_path / "window.ini") as window:
            assert window.gesture.isVisible() is shown


def test_without_recordings_its_buttons_get_them(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    with open_window(qapp, qtbot, tmp_path / "window.ini") as window:
        window.actions_[ActionId.GESTURE].trigger()
        names = [button.accessibleName() for button in window.gesture.missing.findChildren(QPushButton)]
        assert names == ["Download recordings", "Import recordings"]
