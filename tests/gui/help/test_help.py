"""The menu Help: the tour and what opens the guide."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auslan_explorer import app as app_module
from auslan_explorer import paths
from auslan_explorer.gui.actions.ids import Key
from auslan_explorer.gui.help.commands import TOUR_SEEN
from auslan_explorer.gui.help.guide_dialog import GuideDialog
from auslan_explorer.gui.help.tour import Tour, card_place
from auslan_explorer.gui.help.tour_stops import STOPS
from auslan_explorer.gui.window.main_window import MainWindow
from tests.gui.window_parts import open_window


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    with open_window(qapp, qtbot, tmp_path / "window.ini") as shown:
        yield shown


@pytest.fixture
def tour(window: MainWindow) -> Tour:
    window.commands.help.first_start()
    begun = window.commands.help.tour
    assert begun is not None
    return begun


def inside(window: MainWindow, tour: Tour) -> bool:
    return window.rect().contains(tour.geometry())


def test_the_tour_goes_through_all_its_stops_by_the_keyboard(window: MainWindow, tour: Tour, qtbot: QtBot) -> None:
    qtbot.waitUntil(tour.next.hasFocus)
    seen = []
    for place in range(len(STOPS)):
        assert tour.isVisible() and inside(window, tour)
        assert tour.count.text() == f"{place + 1} of {len(STOPS)}"
        seen.append(tour.title.text())
        qtbot.keyClick(tour.next, Qt.Key.Key_Space if place % 2 else Qt.Key.Key_Return)
    assert seen == [stop.title for stop in STOPS]
    assert not tour.isVisible() and not window.playback.playing
    assert window.settings.flag(TOUR_SEEN, False)
    window.commands.help.first_start()
    assert window.commands.help.tour is None


def test_escape_skips_it_and_help_calls_it_again(window: MainWindow, tour: Tour, qtbot: QtBot) -> None:
    window.session.update(selected=(1,))
    qtbot.keyClick(tour.next, Qt.Key.Key_Right)
    assert tour.place == 1
    qtbot.keyClick(tour.back, Qt.Key.Key_Left)
    assert tour.place == 0
    qtbot.keyClick(tour.next, Qt.Key.Key_Escape)
    assert not tour.isVisible() and window.session.state.selected == (1,)
    window.actions_.of[Key.TOUR].trigger()
    again = window.commands.help.tour
    assert again is not None and again is not tour and again.place == 0
    again.end()


def test_the_window_works_beneath_the_tour(window: MainWindow, tour: Tour, qtbot: QtBot) -> None:
    qtbot.mouseClick(window.bar.slider, Qt.MouseButton.LeftButton)
    window.activateWindow()
    window.signs.search.setFocus()
    qtbot.keyClicks(window.signs.search, "think")
    assert window.listed_signs() == {3}
    window.actions_.of[Key.DARK].trigger()
    assert tour.isVisible() and inside(window, tour)
    window.actions_.of[Key.LIGHT].trigger()


@pytest.mark.parametrize("size", [(1024, 700), (760, 500), (1400, 900)])
def test_cards_stay_within_the_window_and_off_small_parts(
    window: MainWindow, tour: Tour, size: tuple[int, int]
) -> None:
    window.resize(*size)
    QApplication.processEvents()
    for place, stop in enumerate(STOPS):
        tour.go(place)
        QApplication.processEvents()
        assert inside(window, tour)
        part = stop.where(window)
        if not part.isEmpty() and part.width() * part.height() < 0.2 * size[0] * size[1]:
            assert not tour.geometry().intersects(part), stop.title
    tour.end()


def test_a_card_without_a_part_stands_in_the_middle() -> None:
    assert card_place(QRect(), QSize(100, 60), QRect(0, 0, 500, 400)).x() in range(198, 202)


def test_without_anything_to_show_there_is_no_tour(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    with open_window(qapp, qtbot, tmp_path / "window.ini", app_module.no_activations()) as window:
        window.commands.help.first_start()
        assert window.commands.help.tour is None and not window.actions_.of[Key.TOUR].isEnabled()


def test_f1_opens_the_built_guide(window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    opened: list[QUrl] = []
    monkeypatch.setattr(paths, "guide_page", lambda: page)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
    assert window.actions_.of[Key.GUIDE].shortcut().toString() == "F1"
    window.actions_.of[Key.GUIDE].trigger()
    assert opened == [QUrl.fromLocalFile(str(page))]


def test_without_the_built_guide_its_text_is_shown(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "guide_page", lambda: None)
    window.actions_.of[Key.GUIDE].trigger()
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, GuideDialog) and w.isVisible())
    assert "make docs" in dialog.sentence.text() and "Auslan Explorer" in dialog.browser.toPlainText()
    dialog.close()


def test_without_a_browser_the_place_is_said(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(paths, "guide_page", lambda: tmp_path / "index.html")
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: False)
    window.actions_.of[Key.GUIDE].trigger()
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, GuideDialog) and w.isVisible())
    assert str(tmp_path) in dialog.sentence.text()
    dialog.close()
