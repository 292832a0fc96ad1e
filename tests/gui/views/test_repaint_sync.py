"""What one change touches is painted at once: the rest of the window waits for the map's image, but not for long."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from auslan_explorer.core.session import Session
from auslan_explorer.draw.theme import DARK
from auslan_explorer.gui.views import repaint_sync
from auslan_explorer.gui.views.map2d.canvas import MapCanvas
from auslan_explorer.gui.views.panes import Views
from auslan_explorer.gui.views.repaint_sync import MAX_HOLD_MS, RepaintSync
from tests.gui.waiting import at_rest, wait_at_rest


class Counted(QWidget):
    """Counts how often it is painted."""

    painted = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted += 1


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    QVBoxLayout(window).addWidget(Counted())
    window.resize(200, 100)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    child = part(window)
    qtbot.waitUntil(lambda: child.painted > 0)
    paint(child, qtbot)
    return window


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Painting waits as long as it takes."""
    monkeypatch.setattr(repaint_sync, "MAX_HOLD_MS", 600_000)


def part(window: QWidget) -> Counted:
    found = window.findChild(Counted)
    assert found is not None
    return found


def paint(widget: Counted, qtbot: QtBot) -> None:
    """Have it painted: what was asked for before has come by then."""
    before = widget.painted
    widget.update()
    qtbot.waitUntil(lambda: widget.painted > before)


@pytest.mark.usefixtures("patient")
def test_painting_waits_and_goes_on(window: QWidget, qtbot: QtBot) -> None:
    frame, child, free = RepaintSync(window), part(window), Counted()
    qtbot.addWidget(free)
    with qtbot.waitExposed(free):
        free.show()
    frame.set_window(window)
    before = child.painted
    frame.hold()
    for _ in range(3):
        child.update()
        paint(free, qtbot)
    assert child.painted == before
    frame.release()
    qtbot.waitUntil(lambda: child.painted == before + 1)
    child.update()
    qtbot.waitUntil(lambda: child.painted == before + 2)


def test_nothing_waits_longer_than_a_moment(window: QWidget, qtbot: QtBot) -> None:
    frame, child = RepaintSync(window), part(window)
    frame.set_window(window)
    before = child.painted
    frame.hold()
    child.update()
    qtbot.waitUntil(lambda: child.painted == before + 1)
    assert not frame.is_holding


@pytest.mark.usefixtures("patient")
def test_another_window_is_left_alone(window: QWidget, qtbot: QtBot) -> None:
    frame, child = RepaintSync(window), part(window)
    other = QWidget()
    qtbot.addWidget(other)
    frame.set_window(window)
    frame.set_window(other)
    before = child.painted
    frame.hold()
    child.update()
    qtbot.waitUntil(lambda: child.painted == before + 1)


class Requests(QObject):
    """Counts the requests to paint that reach a window."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.UpdateRequest
        return False


@pytest.mark.usefixtures("patient")
def test_a_step_is_one_frame_for_both_views(session: Session, qtbot: QtBot) -> None:
    views, requests = Views(session), Requests()
    qtbot.addWidget(views)
    views.resize(900, 500)
    # Filters are asked latest first: this one hears what was let through.
    views.installEventFilter(requests)
    with qtbot.waitExposed(views):
        views.show()
    canvas, frame = views.panes[2].view, views._repaint_sync
    assert isinstance(canvas, MapCanvas)
    wait_at_rest(qtbot, views)
    session.update(step=5)
    qtbot.waitUntil(lambda: views.is_current() and at_rest(views))
    QApplication.processEvents()
    requests.count = 0
    session.update(step=6)
    assert frame.is_holding
    qtbot.waitUntil(views.is_current)
    assert not frame.is_holding and canvas.shown_step() == 6
    assert requests.count == 1
    views.dispose()


def test_a_theme_is_seen_when_the_map_has_it_too(session: Session, qtbot: QtBot) -> None:
    views = Views(session)
    qtbot.addWidget(views)
    with qtbot.waitExposed(views):
        views.show()
    canvas, frame = views.panes[2].view, views._repaint_sync
    assert isinstance(canvas, MapCanvas)
    wait_at_rest(qtbot, views)
    views.set_theme(DARK)
    assert frame.is_holding and frame._hold_timer.interval() > repaint_sync.MAX_HOLD_MS
    qtbot.waitUntil(lambda: not frame.is_holding)
    drawn = canvas._image_layer.request
    assert drawn is not None and drawn.background == DARK.background
    views.dispose()


def test_nothing_is_waited_for_where_no_map_is_shown(session: Session, qtbot: QtBot) -> None:
    views = Views(session)
    qtbot.addWidget(views)
    with qtbot.waitExposed(views):
        views.show()
    views.panes[2].hide()
    session.update(step=7)
    assert not views._repaint_sync.is_holding
    views.dispose()


def test_a_hold_is_not_made_longer_by_another_and_is_by_what_asks_for_more(qapp: QApplication) -> None:
    sync, started = RepaintSync(qapp), []
    usual = sync._hold_timer.start
    sync._hold_timer.start = lambda ms: (started.append(ms), usual(10_000))  # type: ignore[method-assign, assignment]
    sync.prolong(500)
    sync.hold()
    sync.hold()
    assert started == [MAX_HOLD_MS]
    sync.prolong(500)
    assert started == [MAX_HOLD_MS, 500] and sync.is_holding
    sync.release()
    assert not sync.is_holding
