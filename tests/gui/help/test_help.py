"""The menu Help: the tour and what opens the guide."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QTextCursor
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from auslan_explorer import app as app_module
from auslan_explorer import paths
from auslan_explorer.core.session import Session
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.help.commands import TOUR_SEEN
from auslan_explorer.gui.help.explanation import Explanation, TimeBar
from auslan_explorer.gui.help.guide_dialog import GuideDialog
from auslan_explorer.gui.help.tour import Tour, _Ring, card_place
from auslan_explorer.gui.help.tour_stops import STOPS, WindowPart
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


def about(window: MainWindow, title: str) -> QRect:
    """Return the rectangle of what a card of the tour is about, in the window."""
    widgets = {
        "A point": window.views, "A path": window.views, "Select": window.signs, "Play": window.bar,
        "Look closer": window.inspector_dock,
    }  # fmt: skip
    widget = widgets.get(title)
    if widget is not None:
        return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    bar, of = window.menuBar(), {"Retrain": ActionId.RETRAIN, "Export": ActionId.EXPORT_PICTURE}[title]
    (entry,) = [each for each in bar.actions() if window.actions_[of] in each.menu().actions()]
    return bar.actionGeometry(entry).translated(bar.mapTo(window, QPoint(0, 0)))


def test_the_tour_goes_through_all_its_stops_by_the_keyboard(window: MainWindow, tour: Tour, qtbot: QtBot) -> None:
    qtbot.waitUntil(tour.next.hasFocus)
    seen = []
    for place in range(len(STOPS)):
        assert tour.isVisible() and inside(window, tour)
        assert tour.count.text() == f"{place + 1} of {len(STOPS)}"
        seen.append(tour.title.text())
        assert tour.part_rect() == about(window, tour.title.text()), tour.title.text()
        qtbot.keyClick(tour.next, Qt.Key.Key_Space if place % 2 else Qt.Key.Key_Return)
    assert seen == [stop.title for stop in STOPS]
    assert not tour.isVisible() and not window.playback.playing
    QApplication.processEvents()
    assert [part for part in window.findChildren(_Ring) if part.isVisible()] == [], "no piece of the ring is left"
    assert window.settings.flag(TOUR_SEEN, False)
    window.commands.help.first_start()
    assert window.commands.help.tour is None


def test_enter_goes_on_after_a_click_outside(window: MainWindow, tour: Tour, qtbot: QtBot) -> None:
    assert window.views is not None
    before = tour.place
    for more, pane in enumerate(window.views.panes.values(), 1):
        if pane.view is not None and pane.isVisible():
            pane.view.widget.setFocus()
            qtbot.keyClick(pane.view.widget, Qt.Key.Key_Return)
            assert tour.place == before + more


def test_escape_skips_it_and_help_calls_it_again(window: MainWindow, tour: Tour, qtbot: QtBot) -> None:
    window.session.update(selected=(1,))
    qtbot.keyClick(tour.next, Qt.Key.Key_Right)
    assert tour.place == 1
    qtbot.keyClick(tour.next, Qt.Key.Key_Left)
    assert tour.place == 0
    qtbot.keyClick(tour.next, Qt.Key.Key_Escape)
    assert not tour.isVisible() and window.session.state.selected == (1,)
    window.actions_[ActionId.TOUR].trigger()
    again = window.commands.help.tour
    assert again is not None and again is not tour and again.place == 0
    again.end()


def test_the_window_works_beneath_the_tour(window: MainWindow, tour: Tour, qtbot: QtBot) -> None:
    qtbot.mouseClick(window.bar.slider, Qt.MouseButton.LeftButton)
    window.activateWindow()
    window.signs.search.setFocus()
    qtbot.keyClicks(window.signs.search, "think")
    assert window.listed_signs() == {3}
    window.actions_[ActionId.DARK].trigger()
    assert tour.isVisible() and inside(window, tour)
    window.actions_[ActionId.LIGHT].trigger()


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
        part = tour.part_rect()
        if not part.isEmpty() and part.width() * part.height() < 0.2 * size[0] * size[1]:
            assert not tour.geometry().intersects(part), stop.title
    tour.end()


def test_next_stands_still_from_card_to_card(window: MainWindow, tour: Tour) -> None:
    window.resize(1400, 900)
    QApplication.processEvents()
    places = set()
    for place in range(len(STOPS)):
        tour.go(place)
        QApplication.processEvents()
        places.add(tour.next.mapTo(window, tour.next.rect().bottomRight()).toTuple())
    assert len(places) == 1
    tour.end()


def test_the_ring_follows_its_part(window: MainWindow, tour: Tour, qtbot: QtBot) -> None:
    window.resize(1400, 900)
    window.docks.show("inspector", False)
    window.docks.show("quality")
    tour.go([stop.part for stop in STOPS].index(WindowPart.PLAYBACK))
    for width in (500, 320):
        before = window.bar.width()
        window.resizeDocks([window.quality], [width], Qt.Orientation.Horizontal)
        qtbot.waitUntil(lambda before=before: window.bar.width() != before)
        assert tour._ring.geometry() == QRect(window.bar.mapTo(window, QPoint(0, 0)), window.bar.size())
    tour.end()


def test_the_ring_follows_a_part_of_whose_move_the_window_hears_nothing(
    window: MainWindow, tour: Tour, qtbot: QtBot
) -> None:
    # As when the line above the map takes a second line, and the window was told of it before.
    tour.go([stop.part for stop in STOPS].index(WindowPart.VIEWS))
    views = window.views
    assert views is not None
    qtbot.waitUntil(lambda: tour._ring.geometry() == tour.part_rect())
    views.setGeometry(views.geometry().adjusted(0, 12, 0, 0))
    assert tour._ring.geometry() == tour.part_rect()
    tour.end()


def test_the_tour_shows_a_recording_in_the_inspector_and_takes_it_away(window: MainWindow, tour: Tour) -> None:
    window.docks.show("inspector", False)
    stop = [each.part for each in STOPS].index(WindowPart.INSPECTOR)
    tour.go(stop)
    assert window.docks.shown("inspector") and len(window.session.state.selected) == 1
    tour.go(stop + 1)
    assert not window.docks.shown("inspector") and not window.session.state.selected
    tour.go(stop)
    tour.end()
    assert not window.docks.shown("inspector") and not window.session.state.selected


def test_what_a_person_has_selected_stays_through_the_tour(window: MainWindow, tour: Tour) -> None:
    window.session.update(selected=(2, 3))
    for place in range(len(STOPS) + 1):
        tour.go(place)
    assert window.session.state.selected == (2, 3)


def test_a_card_without_a_part_stands_in_the_middle() -> None:
    assert card_place(QRect(), QSize(100, 60), QRect(0, 0, 500, 400)).x() in range(198, 202)


def test_without_anything_to_show_there_is_no_tour(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    with open_window(qapp, qtbot, tmp_path / "window.ini", app_module.no_activations()) as window:
        window.commands.help.first_start()
        assert window.commands.help.tour is None and not window.actions_[ActionId.TOUR].isEnabled()


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[QUrl]:
    """What a browser is given to open."""
    urls: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: urls.append(url) or True)
    return urls


@pytest.fixture
def without_built_guide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "guide_page", lambda name="index": None)


@pytest.fixture
def guide(qtbot: QtBot, light_theme: None, without_built_guide: None) -> Iterator[GuideDialog]:
    """The guide's own window, as F1 opens it where the guide has not been built, above a bare widget."""
    owner = QWidget()
    qtbot.addWidget(owner)
    dialog = GuideDialog(None, owner)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    yield dialog


def shown_page(dialog: GuideDialog) -> str:
    return dialog.browser.source().fileName()


def click_link(dialog: GuideDialog, target: str, qtbot: QtBot) -> None:
    """Scroll to the first link to that page, and click it."""
    browser = dialog.browser
    cursor = browser.textCursor()
    while cursor.charFormat().anchorHref() != target:
        assert cursor.movePosition(QTextCursor.MoveOperation.NextCharacter), f"no link to {target}"
    browser.setTextCursor(cursor)
    browser.ensureCursorVisible()
    place = browser.cursorRect(cursor).center()
    qtbot.mouseClick(browser.viewport(), Qt.MouseButton.LeftButton, pos=place)


def widest_picture(dialog: GuideDialog) -> float:
    """Width of the widest picture of the page, as it is laid out."""
    document = dialog.browser.document()
    layout, block, widths = document.documentLayout(), document.begin(), [0.0]
    while block.isValid():
        if "\N{OBJECT REPLACEMENT CHARACTER}" in block.text():
            assert layout.blockBoundingRect(block).height() > 0
            widths.append(block.layout().lineAt(0).naturalTextWidth())
        block = block.next()
    return max(widths)


def test_f1_opens_the_built_guide(
    window: MainWindow, opened: list[QUrl], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(paths, "guide_page", lambda name="index": tmp_path / f"{name}.html")
    assert window.actions_[ActionId.GUIDE].shortcut().toString() == "F1"
    window.actions_[ActionId.GUIDE].trigger()
    assert opened == [QUrl.fromLocalFile(str(tmp_path / "index.html"))]


def test_f1_in_the_settings_opens_their_page(
    window: MainWindow, opened: list[QUrl], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qtbot: QtBot
) -> None:
    monkeypatch.setattr(paths, "guide_page", lambda name="index": tmp_path / f"{name}.html")
    window.actions_[ActionId.SETTINGS].trigger()
    page = window.commands.settings.page
    assert page is not None
    qtbot.waitUntil(page.isActiveWindow)
    qtbot.keyClick(page.text_size, Qt.Key.Key_F1)
    assert opened == [QUrl.fromLocalFile(str(tmp_path / "settings.html"))]
    page.close()


def test_f1_in_the_settings_shows_their_page_without_a_built_guide(
    window: MainWindow, without_built_guide: None, qtbot: QtBot
) -> None:
    window.actions_[ActionId.SETTINGS].trigger()
    page = window.commands.settings.page
    assert page is not None
    qtbot.waitUntil(page.isActiveWindow)
    qtbot.keyClick(page.text_size, Qt.Key.Key_F1)
    dialog = window.commands.help.guide_dialog
    assert dialog is not None and shown_page(dialog) == "settings.md"
    dialog.close()
    page.close()


def test_without_the_built_guide_its_pages_are_shown_as_they_are_meant(guide: GuideDialog) -> None:
    assert "make docs" in guide.sentence.text() and guide.focusWidget() is guide.browser
    listed = [item.text(0) for item in guide._items()]
    assert "The first minutes" in listed and "Begin" in listed
    for file in sorted(paths.guide_sources().glob("*.md")):
        guide.show_page(file.name)
        text = guide.browser.toPlainText()
        assert len(text) > 80 and "{toctree}" not in text and ":maxdepth:" not in text and "{include}" not in text, file
    guide.close()


def test_links_lead_from_page_to_page_and_back(guide: GuideDialog, qtbot: QtBot) -> None:
    assert shown_page(guide) == "index.md" and not guide.back_button.isEnabled()
    click_link(guide, "first-minutes.md", qtbot)
    assert shown_page(guide) == "first-minutes.md" and guide.contents.currentItem().text(0) == "The first minutes"
    qtbot.mouseClick(guide.back_button, Qt.MouseButton.LeftButton)
    assert shown_page(guide) == "index.md" and "Auslan Explorer" in guide.browser.toPlainText()
    qtbot.mouseClick(guide.forward_button, Qt.MouseButton.LeftButton)
    assert shown_page(guide) == "first-minutes.md"
    guide.close()


def test_a_link_to_a_heading_scrolls_to_it_and_pictures_go_on_fitting(guide: GuideDialog, qtbot: QtBot) -> None:
    guide.resize(1000, 500)
    guide.show_page("findings.md")
    click_link(guide, "#does-a-recording-bear-the-wrong-name", qtbot)
    top = guide.browser.cursorForPosition(QPoint(20, 30)).block()
    nearby = [top.previous().text(), top.text(), top.next().text()]
    assert shown_page(guide) == "findings.md" and "Does a recording bear the wrong name?" in nearby
    guide.resize(600, 500)
    QApplication.processEvents()
    assert widest_picture(guide) <= guide.browser.viewport().width()
    guide.close()


def test_a_line_of_the_contents_opens_its_page(guide: GuideDialog, qtbot: QtBot) -> None:
    item = next(item for item in guide._items() if item.text(0) == "Playback")
    place = guide.contents.visualItemRect(item).center()
    qtbot.mouseClick(guide.contents.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert shown_page(guide) == "playback.md"
    guide.close()


PAGE = """# Title

One.

Two.

- first
- second

```
x = 1
y = 2
```

## Part

| A | B |
|---|---|
| 1 | 2 |

End.
"""


def test_a_page_is_set_by_what_its_parts_are(guide: GuideDialog, tmp_path: Path) -> None:
    file = tmp_path / "page.md"
    file.write_text(PAGE, encoding="utf-8")
    guide.browser.setSource(QUrl.fromLocalFile(str(file)))
    block, told = guide.browser.document().begin(), []
    while block.isValid():
        look = block.blockFormat()
        code = look.background().style() is not Qt.BrushStyle.NoBrush and look.lineHeight() == 0
        text = not code and look.lineHeight() == 130
        assert code is not text
        told.append(f"{look.topMargin():.0f} {'code' if code else 'text'} {block.text()}")
        block = block.next()
    assert told == [
        "0 text Title", "8 text One.", "8 text Two.", "8 text first", "0 text second", "8 code x = 1", "0 code y = 2",
        "16 text Part", "0 text A", "0 text B", "0 text 1", "0 text 2", "8 text ", "8 text End.",
    ]  # fmt: skip


def test_pictures_are_as_wide_as_the_page_has_room_for(guide: GuideDialog) -> None:
    for width in (1000, 560, 900):
        guide.resize(width, 700)
        QApplication.processEvents()
        assert guide.browser.viewport().width() * 0.8 < widest_picture(guide) <= guide.browser.viewport().width()
        assert guide.browser.horizontalScrollBar().maximum() == 0
    guide.close()


def test_a_short_page_is_as_wide_as_a_long_one(guide: GuideDialog) -> None:
    guide.resize(900, 700)
    widths = []
    for long in (False, True, False):
        guide.browser.setHtml("line<br>" * (500 if long else 1))
        QApplication.processEvents()
        widths.append(guide.browser.viewport().width())
    assert len(set(widths)) == 1
    guide.close()


def test_in_a_narrow_window_the_contents_take_the_pages_place(guide: GuideDialog, qtbot: QtBot) -> None:
    guide.resize(440, 600)
    assert guide.browser.isVisible() and not guide.contents.isVisible()
    qtbot.mouseClick(guide.contents_button, Qt.MouseButton.LeftButton)
    assert guide.contents.isVisible() and not guide.browser.isVisible()
    item = next(item for item in guide._items() if item.text(0) == "Settings")
    guide.contents.scrollToItem(item)
    place = guide.contents.visualItemRect(item).center()
    qtbot.mouseClick(guide.contents.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert guide.browser.isVisible() and shown_page(guide) == "settings.md"
    guide.resize(1200, 600)
    assert guide.browser.isVisible() and guide.contents.isVisible()
    guide.close()


def test_f1_again_brings_the_same_window(window: MainWindow, without_built_guide: None) -> None:
    window.actions_[ActionId.GUIDE].trigger()
    guide = window.commands.help.guide_dialog
    assert guide is not None and guide.isVisible()
    window.activateWindow()
    window.actions_[ActionId.GUIDE].trigger()
    assert window.commands.help.guide_dialog is guide
    guide.close()


def test_without_a_browser_the_place_is_said(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(paths, "guide_page", lambda name="index": tmp_path / "index.html")
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: False)
    window.actions_[ActionId.GUIDE].trigger()
    dialog = window.commands.help.guide_dialog
    assert dialog is not None and str(tmp_path) in dialog.sentence.text()
    dialog.close()


def test_each_card_offers_the_ways_that_there_are(tour: Tour) -> None:
    for place in (*range(len(STOPS)), *reversed(range(len(STOPS)))):
        tour.go(place)
        last = place == len(STOPS) - 1
        assert tour.back.isEnabled() is (place > 0) and tour.skip.isVisible() is not last
        assert tour.next.text() == ("Done" if last else "Next")
        assert tour.count.text() == f"{place + 1} of {len(STOPS)}"
    tour.next.click()
    tour.back.click()
    assert tour.place == 0


def test_the_bar_of_time_goes_from_the_first_step_to_the_networks_last(session: Session, qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    (bar,) = Explanation(session, parent).findChildren(TimeBar)
    assert bar.accessibleName() == f"Colours of time, from step 1 to step {session.activations.steps}"
