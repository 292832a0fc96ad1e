"""What the window remembers, and whether everyone can use it: keys, names, small screens, nothing to show."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QApplication,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from auslan_explorer import app as app_module
from auslan_explorer.core.clock import Repeat
from auslan_explorer.core.session import Layout
from auslan_explorer.draw.theme import DARK
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.settings.store import Settings
from auslan_explorer.gui.style import Look
from auslan_explorer.gui.widgets.responsive_row import ResponsiveRow
from auslan_explorer.gui.window.action_registry import ACTIONS
from auslan_explorer.gui.window.docks import PLACES, TabRow
from auslan_explorer.gui.window.main_window import MainWindow
from tests.gui.window_parts import SIGNS, StandIn, open_window

ALL = frozenset(range(len(SIGNS)))


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    return tmp_path / "window.json"


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, settings: Path) -> Iterator[MainWindow]:
    with open_window(qapp, qtbot, settings) as shown:
        yield shown


# ------------------------------------------------------------------------------------------------------- remembering
def test_geometry_layout_look_and_speed_are_remembered(qapp: QApplication, qtbot: QtBot, settings: Path) -> None:
    with open_window(qapp, qtbot, settings) as window:
        window.session.update(layout=Layout.MAP_2D)
        QApplication.processEvents()
        window.resize(880, 555)
        window.appearance.choose(Look.DARK)
        window.playback.set_speed(2.0)
        window.playback.toggle_repeat(Repeat.LOOP)
        window.show_sign_list(False)
    with open_window(qapp, qtbot, settings) as window:
        assert window.size() == QSize(880, 555)
        assert window.session.state.layout is Layout.MAP_2D
        assert window.appearance.theme is DARK
        assert window.playback.clock.speed == 2.0 and window.playback.clock.repeat is Repeat.LOOP
        assert not window.sign_list_shown and not window.actions_[ActionId.SIGN_DOCK].isChecked()


def test_docks_and_their_width_are_remembered(qapp: QApplication, qtbot: QtBot, settings: Path) -> None:
    with open_window(qapp, qtbot, settings) as window:
        window.resize(1400, 800)
        window.docks.show("runs")
        window.docks.show("hands")
        qtbot.waitUntil(window.docks.dock("runs").isVisible)
        window.resizeDocks([window.docks.dock("runs")], [460], Qt.Orientation.Horizontal)
        qtbot.waitUntil(lambda: window.docks.dock("runs").width() == 460)
    with open_window(qapp, qtbot, settings) as window:
        assert window.docks.shown("runs") and window.docks.shown("hands") and not window.docks.shown("inspector")
        qtbot.waitUntil(lambda: window.docks.dock("runs").width() == 460)
        window.docks.show("runs", False)
        window.docks.show("runs")
        qtbot.waitUntil(lambda: window.docks.dock("runs").width() == 460)


def test_an_inspector_that_was_closed_stays_so_whatever_is_selected(
    qapp: QApplication, qtbot: QtBot, settings: Path
) -> None:
    settings.write_text('{"docks_shown": ["signs"], "window": [0, 0, 1500, 900]}', encoding="utf-8")
    with open_window(qapp, qtbot, settings) as window:
        for selected in ((0,), ()):
            window.session.update(selected=selected)
            assert not window.docks.shown("inspector")


BROKEN = (
    b"\x00\xff\xfe nonsense [[[",
    b'{"look": "purple", "speed": "fast", "layout": 7, "window": [1, 2], "docks_shown": 12, "map_share": "nan"}',
    b'{"window": [1e9, -1e9, 0, 1e300], "dock_signs": [1e9, -5], "docks_left": ["runs", "no such dock"]}',
    b'{"window": [-30000, 30000, 3, 3], "dock_signs": [9999999, 1], "docks_shown": ["signs", "inspector", "runs"]}',
)


@pytest.mark.parametrize("content", BROKEN)
def test_broken_settings_do_not_break_the_start(
    qapp: QApplication, qtbot: QtBot, settings: Path, content: bytes
) -> None:
    settings.write_bytes(content)
    with open_window(qapp, qtbot, settings) as window:
        assert window.isVisible() and window.session.state.layout is Layout.BOTH


def test_a_folder_in_place_of_the_settings_does_not_break_the_start(
    qapp: QApplication, qtbot: QtBot, settings: Path
) -> None:
    settings.mkdir()
    with open_window(qapp, qtbot, settings) as window:
        assert window.isVisible()


def test_settings_are_the_persons_own_by_default(private_home: Path) -> None:
    assert Settings().file.is_relative_to(private_home)


# ------------------------------------------------------------------------------------------------------- access
def test_no_two_actions_share_a_shortcut() -> None:
    claimed: dict[str, list[str]] = {}
    for info in ACTIONS.values():
        for keys in filter(None, (info.shortcut, info.alt_shortcut)):
            sequence = QKeySequence(keys, QKeySequence.SequenceFormat.PortableText)
            assert not sequence.isEmpty(), (info.id, keys)
            claimed.setdefault(sequence.toString(), []).append(info.id)
    assert len(claimed) > 80
    assert {keys: ids for keys, ids in claimed.items() if len(ids) > 1} == {}


def test_actions_have_texts_and_icons(window: MainWindow) -> None:
    assert set(ACTIONS) == set(ActionId)
    for key in ActionId:
        action = window.actions_[key]
        assert action.text() and action.toolTip() and not action.icon().isNull(), key


def test_the_tooltip_of_what_cannot_be_done_says_what_it_is_and_why(window: MainWindow) -> None:
    window.session.update(step=0)
    assert window.actions_[ActionId.STEP_BACK].toolTip() == "One step back (Left)\nThis is the first step"
    window.session.update(step=1)
    assert window.actions_[ActionId.STEP_BACK].toolTip() == "One step back (Left)"


def test_every_action_is_in_a_menu(window: MainWindow) -> None:
    found: set[str] = set()
    menus = [action.menu() for action in window.menuBar().actions()]
    while menus:
        for action in menus.pop().actions():
            if action.menu() is not None:
                menus.append(action.menu())
            else:
                found.add(action.objectName())
    assert set(ActionId) <= found


def test_controls_have_accessible_names(window: MainWindow) -> None:
    kinds = (QAbstractButton, QAbstractSlider, QLineEdit, QProgressBar, StandIn)
    inner = ("qt_", "QToolBarExtension", "QTableCornerButton", "QLineEditIconButton", "QScrollBar")
    nameless = [
        widget
        for widget in window.findChildren(QWidget)
        if isinstance(widget, kinds)
        and not widget.accessibleName()
        and not widget.objectName().startswith(inner)
        and type(widget).__name__ not in inner
        and widget.metaObject().className() not in inner
    ]
    assert nameless == []


def test_a_focused_button_is_pressed_by_space(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    button = next(b for b in window.findChildren(QAbstractButton) if b.accessibleName() == "Tick none")
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert window.session.state.visible_signs == frozenset() and not window.playback.playing


# ------------------------------------------------------------------------------------------------------- small, empty
def test_a_small_window_shows_everything(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1024, 700)

    def is_inside(widget: QWidget) -> bool:
        corner = widget.mapTo(window, QPoint(widget.width(), widget.height()))
        return widget.isVisible() and corner.x() <= 1024 and corner.y() <= 700

    for widget in (window.bar.label, window.bar.speed, window.toolbar.question, window.signs.search):
        # The layout gives way bit by bit.
        qtbot.waitUntil(lambda widget=widget: is_inside(widget))
        assert widget.width() >= widget.minimumSizeHint().width()
    assert window.minimumSizeHint().width() <= 1024


def test_without_activations_the_window_says_what_to_do(qapp: QApplication, qtbot: QtBot, settings: Path) -> None:
    with open_window(qapp, qtbot, settings, app_module.no_activations()) as window:
        assert window.views is None
        assert window.status.shown.text() == "No activations are open."
        assert not window.actions_[ActionId.PLAY].isEnabled()
        qtbot.keyClick(window, Qt.Key.Key_Space)
        assert not window.playback.playing


def test_the_toolbar_shows_all_its_buttons_in_a_narrow_window(window: MainWindow, qtbot: QtBot) -> None:
    wanted = {"Figures", "Lasso", "Only last steps", "What am I looking at?"}

    def shown() -> list[QToolButton]:
        return [button for button in window.toolbar.findChildren(QToolButton) if button.isVisible()]

    for width in (1400, 1024):
        window.resize(width, 560)
        qtbot.waitUntil(lambda: wanted <= {button.accessibleName() for button in shown()})
        assert window.width() == width
        assert all(button.mapTo(window, button.rect().bottomRight()).x() < width for button in shown())


# ------------------------------------------------------------------------------------------------------- large text
@pytest.fixture
def large(window: MainWindow) -> MainWindow:
    """The smallest window that is promised, in the largest text."""
    window.appearance.choose_text_size(200)
    window.resize(1024, 700)
    QApplication.processEvents()
    return window


def test_no_dock_pushes_the_window_over_its_edge_in_large_text(large: MainWindow, qtbot: QtBot) -> None:
    for name in large.docks.names:
        dock = large.docks.dock(name)
        large.docks.show(name, True)
        qtbot.waitUntil(dock.isVisible)
        QApplication.processEvents()
        assert large.width() <= 1024, name
        assert dock.mapTo(large, dock.rect().topRight()).x() < 1024, name
        large.docks.show(name, False)


def test_a_note_is_as_high_as_its_text_or_scrolls(large: MainWindow, qtbot: QtBot) -> None:
    large.actions_[ActionId.EXPLAIN].trigger()
    note = QApplication.activePopupWidget()
    assert note is not None
    labels = [label for label in note.findChildren(QLabel) if label.wordWrap()]
    assert labels and all(label.height() >= label.heightForWidth(label.width()) for label in labels)
    screen = note.screen().availableGeometry()
    assert screen.contains(note.geometry())
    note.close()


def test_controls_go_below_one_another_where_there_is_no_room(qtbot: QtBot) -> None:
    top = QWidget()
    qtbot.addWidget(top)
    first, second = QPushButton("first of two", top), QPushButton("second of two", top)
    row = ResponsiveRow(top, first, None, second)
    top.show()
    for width, below in ((600, False), (second.sizeHint().width() + 10, True), (600, False)):
        row.resize(width, 200)
        qtbot.waitUntil(lambda: (second.y() > first.y()) is below)  # noqa: B023 - is called in this round
        assert second.geometry().right() < width
        qtbot.waitUntil(lambda: first.width() == first.sizeHint().width())
    assert row.minimumSizeHint().width() < first.sizeHint().width() + second.sizeHint().width()
    row.resize(second.sizeHint().width() + 60, 200)
    first.setText("1")
    qtbot.waitUntil(lambda: second.y() == first.y())
    first.setText("first of two")
    qtbot.waitUntil(lambda: second.y() > first.y())


@pytest.mark.parametrize("percent", (100, 150, 200))
def test_the_three_places_and_their_pages_are_read_whole(window: MainWindow, qtbot: QtBot, percent: int) -> None:
    window.appearance.choose_text_size(percent)
    window.resize(1024, 700)
    for title, pages in PLACES:
        for name, page in pages:
            window.docks.show(name)
            dock = window.docks.dock(name)
            qtbot.waitUntil(dock.isVisible)
            QApplication.processEvents()
            shown = [each for each in window.docks.names if window.docks.dock(each).isVisible()]
            assert shown == [name], "one page is shown at a time"
            bars = [bar for bar in window.findChildren(TabRow) if bar.isVisible()]
            assert [bar.tabText(bar.currentIndex()) for bar in bars] == [title, page]
            for bar in bars:
                assert bar.accessibleName()
                last = bar.tabRect(bar.count() - 1)
                assert last.right() < bar.width(), (percent, page)
                for at in range(bar.count()):
                    assert bar.tabRect(at).width() > bar.fontMetrics().horizontalAdvance(bar.tabText(at))


def test_a_place_comes_back_to_the_page_that_was_last_shown_in_it(window: MainWindow, qtbot: QtBot) -> None:
    window.docks.show("stability")
    window.docks.show("retrain")
    window.docks._heads["retrain"].places.setCurrentIndex(1)
    assert window.docks.shown("stability") and not window.docks.shown("retrain")
    window.docks._heads["stability"].pages.setCurrentIndex(0)
    assert window.docks.shown("quality") and not window.docks.shown("stability")
    bar = window.docks._heads["stability"]
    assert bar.pages.currentIndex() == 1 and bar.places.currentIndex() == 1, "a hidden head marks its own page"


def shrunk(window: MainWindow) -> bool:
    """Make the window as small as it goes; return whether it is as small as its layout allows."""
    window.resize(1, 1)
    QApplication.processEvents()
    return window.width() == window.minimumSizeHint().width()


@pytest.mark.parametrize("layout", list(Layout))
def test_the_smallest_window_lets_no_part_lie_over_another(window: MainWindow, qtbot: QtBot, layout: Layout) -> None:
    # A recording is selected: an empty inspector gives its room away.
    window.session.update(layout=layout, selected=(1,))
    for name in window.docks.names:
        dock = window.docks.dock(name)
        window.docks.show(name)
        qtbot.waitUntil(lambda: shrunk(window))
        assert window.views is not None
        panes = [pane for pane in window.views.panes.values() if pane.isVisible()]
        docks = (window.docks.made(each) for each in window.docks.names)
        parts = [window.signs, *panes, *(each for each in docks if each is not None and each.isVisible())]
        assert dock in parts
        rects = [QRect(part.mapTo(window, QPoint(0, 0)), part.size()) for part in parts]
        for at, rect in enumerate(rects):
            assert window.rect().contains(rect), name
            assert not any(rect.intersects(other) for other in rects[at + 1 :]), name
        assert window.width() <= 1024 and window.height() <= 700, name
        window.docks.show(name, False)


def test_an_empty_inspector_gives_its_room_to_the_map_in_a_narrow_window(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1400, 700)
    window.docks.show("inspector")
    assert window.docks.shown("inspector"), "there is room for it"
    window.resize(1024, 700)
    qtbot.waitUntil(lambda: not window.docks.shown("inspector"))
    window.session.update(selected=(3,))
    assert window.docks.shown("inspector")
    window.session.update(selected=())
    assert not window.docks.shown("inspector")
    window.actions_[ActionId.INSPECTOR].trigger()
    assert window.docks.shown("inspector"), "who asks for it gets it"
    window.actions_[ActionId.INSPECTOR].trigger()
    window.session.update(selected=(3,))
    assert not window.docks.shown("inspector"), "who closed it keeps it closed"
    window.session.update(selected=())
    window.docks.show("quality")
    window.session.update(selected=(3,))
    assert window.docks.shown("quality"), "another page stays"
