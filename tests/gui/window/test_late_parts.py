"""What a window makes late: docks when they are first shown, and what waits for the first picture."""

from __future__ import annotations

import builtins
import gc
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QSize
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from auslan_explorer.draw.theme import DARK
from auslan_explorer.gui.idle_queue import IdleQueue
from auslan_explorer.gui.settings.store import Settings
from auslan_explorer.gui.style import Look
from auslan_explorer.gui.views import viewpoint
from auslan_explorer.gui.views.panes import Views
from auslan_explorer.gui.window.dock_widths import DockWidths
from auslan_explorer.gui.window.docks import SideDocks
from auslan_explorer.gui.window.main_window import MainWindow
from auslan_explorer.gui.window.saved_layout import layout_values, restore_layout
from auslan_explorer.io.session_file import CameraPose
from auslan_explorer.quick_start import QuickStart
from tests.gui.window_parts import StandIn, open_window

ROOT = Path(__file__).parents[3]
NAMES = ("inspector", "mistakes", "quality", "hands")


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    with open_window(qapp, qtbot, tmp_path / "window.json") as shown:
        yield shown


@pytest.fixture
def bare(qtbot: QtBot) -> SideDocks:
    """Docks of nothing in a window of nothing."""
    window = QMainWindow()
    qtbot.addWidget(window)
    window.setCentralWidget(QWidget(window))
    docks = SideDocks(window, DockWidths(window))

    def make(name: str) -> QDockWidget:
        dock = QDockWidget(name, window)
        dock.setObjectName(name)
        return dock

    for name in NAMES:
        docks.add(name, lambda name=name: make(name))
    window.resize(1000, 800)
    window.show()
    return docks


def made(docks: SideDocks) -> set[str]:
    return {name for name in docks.names if docks.made(name) is not None}


# ------------------------------------------------------------------------------------------------------- docks
def test_a_dock_is_made_when_it_is_first_shown_and_once(bare: SideDocks) -> None:
    bare.show("quality", False)
    assert bare.names == NAMES and made(bare) == set() and not bare.shown("quality")
    bare.toggle("quality")
    assert made(bare) == {"quality"} and bare.shown("quality")
    first = bare.made("quality")
    bare.toggle("quality")
    bare.show("quality")
    assert bare.dock("quality") is first and made(bare) == {"quality"}


def test_a_dock_that_is_only_asked_for_stays_hidden(bare: SideDocks) -> None:
    bare.show("quality")
    asked = bare.dock("mistakes")
    QApplication.processEvents()  # Qt shows later what is added to a window
    assert asked.isHidden() and bare.shown("quality")
    bare.show("mistakes")
    assert bare.shown("mistakes") and not bare.shown("quality"), "pages take one another's place"


def test_widths_are_shared_anew_where_the_first_page_comes_or_the_last_goes(
    bare: SideDocks, monkeypatch: pytest.MonkeyPatch
) -> None:
    fits: list[str] = []
    for name, shown, expected in (
        ("quality", True, 1), ("mistakes", True, 0), ("mistakes", False, 1), ("quality", True, 1), ("hands", True, 0),
        ("hands", False, 0), ("quality", False, 1),
    ):  # fmt: skip
        fits.clear()
        monkeypatch.setattr(bare._widths, "fit", lambda name=name: fits.append(name))
        bare.show(name, shown)
        assert len(fits) == expected, (name, shown)


def test_nothing_of_a_dock_exists_before_an_action_shows_it(window: MainWindow) -> None:
    inspector = window.docks.made("inspector")
    shown = set() if inspector is None or inspector.isHidden() else {"inspector"}
    assert made(window.docks) == shown
    kinds = {type(each).__name__ for each in window.findChildren(QObject)}
    assert not kinds & {"Page", "SettingsForm", "RunList", "PairTable", "RecordingPage", "SignPage", "SignsPage"}
    window.actions_.refresh()
    window.appearance.choose(Look.DARK)
    window.appearance.choose_text_size(150)
    window.session.update(selected=(1,), step=3, hand_threshold=0.3)
    window.session.open(window.session.activations)
    window.appearance.choose_text_size(100)
    window.appearance.choose(Look.LIGHT)
    assert made(window.docks) <= {"inspector"}, "what changes in a window makes no dock"


def test_a_late_dock_is_in_the_look_and_text_size_of_the_window(window: MainWindow) -> None:
    window.appearance.choose_text_size(150)
    window.docks.show("quality")
    early = window.quality.table.fontMetrics().height()
    window.docks.show("stability")
    assert window.stability.table.fontMetrics().height() == early > window.fontMetrics().height() / 1.5
    window.appearance.choose_text_size(100)
    assert window.quality.table.fontMetrics().height() < early


def test_docks_moved_to_the_other_side_are_there_again(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    from PySide6.QtCore import Qt

    left, right = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
    with open_window(qapp, qtbot, tmp_path / "window.json") as window:
        signs = window.findChild(QDockWidget, "signs")
        window.addDockWidget(left, window.hands)
        window.addDockWidget(right, signs)
        window.docks.show("hands", False)
    for _ in range(2):  # it is not opened in between
        with open_window(qapp, qtbot, tmp_path / "window.json") as window:
            assert not window.docks.shown("hands") and window.dockWidgetArea(window.hands) == left
            assert window.dockWidgetArea(window.findChild(QDockWidget, "signs")) == right
    with open_window(qapp, qtbot, tmp_path / "other.json") as window:
        window.docks.show("hands")
        window.docks.show("quality")
        qtbot.waitUntil(lambda: window.quality.isVisible() and window.hands.isVisible())
        assert window.hands.y() >= window.quality.geometry().bottom(), "it stands below the pages"


def test_the_size_of_a_dock_is_kept_while_it_stands_in_the_window(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    with open_window(qapp, qtbot, tmp_path / "window.json") as window:
        window.docks.show("hands")
        QApplication.processEvents()
        within = layout_values(window, window.docks)["dock_hands"]
        assert within == [window.hands.width(), window.hands.height()]
        window.hands.setFloating(True)
        window.hands.resize(500, 420)
        assert "dock_hands" not in layout_values(window, window.docks), "a window of its own says nothing of the dock"


@pytest.mark.parametrize(("stored", "shown"), [
    ((120, 90), (120, 90)), ((-50, 30), (0, 30)), ((1500, 60), (1500, 60)), ((-5000, 30), None),
])  # fmt: skip
def test_a_window_opens_where_it_was_as_far_as_a_screen_has_it(
    bare: SideDocks, tmp_path: Path, stored: tuple[int, int], shown: tuple[int, int] | None
) -> None:
    window = bare._window
    window.move(7, 8)
    settings = Settings(tmp_path / "window.json")
    settings.set_value("window", [*map(float, stored), 700.0, 500.0])
    restore_layout(window, bare, bare._widths, settings)
    assert window.size() == QSize(700, 500)
    assert (window.x(), window.y()) == (shown or (7, 8)), "elsewhere where no screen has it"


# ------------------------------------------------------------------------------------------------------- views
@pytest.fixture
def views(qtbot: QtBot, session) -> Views:  # type: ignore[no-untyped-def]
    made = Views(session, {2: StandIn, 3: StandIn}, one_first=True)
    qtbot.addWidget(made)
    made.resize(800, 500)
    return made


def test_the_second_view_waits_for_the_first_picture(views: Views, qtbot: QtBot) -> None:
    first, second = views.panes[2], views.panes[3]
    assert first.view is not None and second.view is None and second.coming is not None
    views.show()
    seen: list[bool] = []
    views.completed.connect(lambda: seen.append(second.view is None))
    for _ in range(2):
        first.view.presented.emit(0)
    assert seen == [True], "it is said once, and nothing is made of it"
    views.make_coming()
    assert isinstance(second.view, StandIn) and second.coming is None
    qtbot.waitUntil(second.view.isVisible)


def test_the_place_of_a_view_to_come_has_the_colour_of_its_background(views: Views) -> None:
    coming = views.panes[3].coming
    assert coming is not None
    views.show()
    QApplication.processEvents()
    from auslan_explorer.gui.style import current_theme

    middle = coming.grab().toImage().pixelColor(20, 20)
    assert (middle.red(), middle.green(), middle.blue()) == current_theme().background != DARK.background


def test_a_camera_that_a_session_has_makes_the_view_at_once(views: Views) -> None:
    assert viewpoint.camera(views) is None and views.panes[3].view is None
    viewpoint.set_camera(views, CameraPose(1.0, 2.0, 3.0, (0.0, 0.0, 0.0)))
    assert isinstance(views.panes[3].view, StandIn)


# ------------------------------------------------------------------------------------------------------- idle time
def test_work_waits_for_the_start_and_leaves_the_window_time_between(qtbot: QtBot) -> None:
    parent = QObject()
    queue, done = IdleQueue(parent), list[str]()
    queue.add(lambda: done.append("one"))
    queue.add(lambda: done.append("two"))
    QApplication.processEvents()
    assert done == []
    queue.start()
    assert done == [], "nothing is done within the call"
    qtbot.waitUntil(lambda: len(done) == 2)
    queue.add(lambda: done.append("late"))
    qtbot.waitUntil(lambda: done == ["one", "two", "late"])
    queue.add(lambda: done.append("never"))
    queue.stop()
    QApplication.processEvents()
    assert done[-1] == "late"


def test_a_start_gives_back_what_it_does_without() -> None:
    before = builtins.__import__
    gc.unfreeze()  # which tests of windows have frozen
    with QuickStart() as start:
        assert not gc.isenabled()
        start.end()
        assert builtins.__import__ is before and gc.get_freeze_count() > 0
    assert gc.get_freeze_count() == 0, "a window that is closed can be collected"
    gc.freeze()
    with QuickStart() as start:
        start.end()
    assert gc.get_freeze_count() > 0, "what was frozen before stays so"


def test_a_start_reads_no_sources_though_pyside_comes_after_it() -> None:
    code = """
import builtins
from auslan_explorer.quick_start import QuickStart
with QuickStart() as start:
    import PySide6.QtWidgets
    assert builtins.__import__ is builtins.__orig_import__
    start.end()
    assert builtins.__import__ is not builtins.__orig_import__
"""
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, timeout=300)


def test_settings_are_those_of_a_made_dock_and_of_no_other(window: MainWindow, tmp_path: Path) -> None:
    window.docks.show("runs")
    window.close()
    stored = Settings(tmp_path / "window.json")
    assert "runs" in (stored.texts("docks_shown") or ())


def test_hands_stand_below_the_pages_where_they_are_shown_before_any_page(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("auslan_explorer.gui.window.main_window.WIDE_SIZE", QSize(9000, 9000))
    with open_window(qapp, qtbot, tmp_path / "window.json") as window:
        assert window.docks.made("inspector") is None, "a small screen has no inspector at first"
        window.docks.show("hands")
        QApplication.processEvents()
        window.docks.show("quality")
        qtbot.waitUntil(lambda: window.quality.isVisible() and window.hands.isVisible())
        qtbot.waitUntil(lambda: window.hands.y() >= window.quality.geometry().bottom())


@pytest.mark.parametrize(("scale", "times"), [(1.0, 0), (1.5, 1)])
def test_docks_share_a_window_of_another_width_anew_where_the_text_is_large(
    bare: SideDocks, monkeypatch: pytest.MonkeyPatch, scale: float, times: int
) -> None:
    monkeypatch.setattr("auslan_explorer.gui.window.dock_widths.text_scale", lambda: scale)
    QApplication.processEvents()
    window, fitted = bare._window, []
    monkeypatch.setattr(window, "resizeDocks", lambda *asked: fitted.append(asked))
    window.resize(window.width() + 200, window.height())
    QApplication.processEvents()
    QApplication.processEvents()
    assert len(fitted) == times
