"""What a part shows anew is painted anew: a picture that a test takes of it would not tell, since that paints it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from auslan_explorer.core.annotations import StepMark
from auslan_explorer.core.playing import Alignment
from auslan_explorer.core.session import Pointed, Session, Tool
from auslan_explorer.draw.hands import SIDE
from auslan_explorer.gui.export.preview_screen import PreviewScreen
from auslan_explorer.gui.files.array_preview import ArrayPreview
from auslan_explorer.gui.inspector.step_axis import StepAxis
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.playback.slider import StepSlider
from auslan_explorer.gui.recording_frames import RecordingFrames
from auslan_explorer.gui.settings.colour_preview import ColourPreview
from auslan_explorer.gui.settings.preferences import Preferences
from auslan_explorer.gui.signs.hand_usage_dock import HandUsageDock
from auslan_explorer.gui.views.gesture.canvas import GestureCanvas
from auslan_explorer.gui.views.map2d.canvas import MapCanvas
from auslan_explorer.gui.views.scatter3d.scatter import Scatter3D
from auslan_explorer.gui.widgets.elided_label import ElidedLabel
from tests.gui.test_known_drawings import attribution, frames, maps, matrix, signal, units
from tests.made_up import made_up_activations

Change = Callable[[], object]
Show = Callable[[Callable[[QWidget], Any]], Any]
LEFT = Qt.MouseButton.LeftButton


class Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def check(widget: QWidget, changes: dict[str, Change]) -> None:
    """Fail where a change of what a widget shows leaves it as it was painted."""
    paints = Paints(widget)
    for name, change in changes.items():
        QApplication.processEvents()
        before = paints.count
        change()
        QApplication.processEvents()
        assert paints.count > before, name


@pytest.fixture
def show(qtbot: QtBot) -> Iterator[Show]:
    """Shows a part by itself, in a window of its own."""
    windows: list[QWidget] = []

    def make_and_show(make: Callable[[QWidget], Any]) -> Any:
        windows.append(window := QWidget())
        qtbot.addWidget(window)
        made = make(window)
        made.resize(380, 320)
        window.resize(400, 400)
        with qtbot.waitExposed(window):
            window.show()
        return made

    yield make_and_show


def test_plots_of_steps_are_painted_anew(show: Show) -> None:
    axis = StepAxis(3, 12)
    for make in (units, signal, attribution):
        plot = show(make)
        changes: dict[str, Change] = {
            "step": lambda plot=plot: plot.set_step(5),
            "range": lambda plot=plot: plot.set_range(1, 3),
            "no range": lambda plot=plot: plot.set_range(0, 0),
        }
        if make is not attribution:
            place = QPointF(plot.steps_area().center().x(), plot.ruler_top() + 4).toPoint()
            far = place + QPoint(60, 0)
            changes["press on the ruler"] = lambda plot=plot, at=place: QTest.mousePress(plot, LEFT, pos=at)
            changes["drag along it"] = lambda plot=plot, at=far: QTest.mouseMove(plot, at)
            changes["press again"] = lambda plot=plot, at=far: (
                QTest.mouseRelease(plot, LEFT, pos=at) or QTest.mousePress(plot, LEFT, pos=at)
            )
            changes["jitter"] = lambda plot=plot, at=far: QTest.mouseMove(plot, at + QPoint(1, 0))
            changes["click on the ruler"] = lambda plot=plot, at=far: QTest.mouseRelease(plot, LEFT, pos=at)
        check(plot, changes)
    heat = show(units)
    states = np.zeros((12, 5), np.float32)
    check(heat, {
        "states": lambda: heat.show_states(states, axis, np.arange(5)),
        "order": lambda: heat.reorder(np.arange(5)[::-1]),
        "key": lambda: QTest.keyClick(heat, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier),
        "key back": lambda: QTest.keyClick(heat, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier),
    })  # fmt: skip
    check(lines := show(signal), {"signal": lambda: lines.show_signal(frames(2), axis)})
    worth = np.ones((14, 12), np.float32)
    check(cells := show(attribution), {"worth": lambda: cells.show_worth(worth, axis)})


def test_the_matrix_is_painted_anew(show: Show) -> None:
    made = show(matrix)
    confusions, names = made._shown, made._names
    check(made, {
        "cell": lambda: QTest.keyClick(made, Qt.Key.Key_Right),
        "left": lambda: QApplication.sendEvent(made, QEvent(QEvent.Type.Leave)),
        "other confusions": lambda: made.show_confusions(confusions, names),
        "width": lambda: made.fit_width(70),
    })  # fmt: skip


def test_previews_of_files_are_painted_anew(show: Show) -> None:
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    check(screen := show(PreviewScreen), {
        "image": lambda: screen.show_image(image),
        "another image": lambda: screen.show_image(image.copy(0, 0, 4, 8)),
        "sentence": lambda: screen.show_sentence("No."),
        "another sentence": lambda: screen.show_sentence("Not yet."),
    })  # fmt: skip


def test_small_parts_are_painted_anew(show: Show) -> None:
    check(slider := show(StepSlider), {
        "steps": lambda: slider.setRange(0, 14),
        "step": lambda: slider.setValue(3),
        "section": lambda: slider.set_section(2, 5),
        "marks": lambda: slider.set_marks(np.arange(15)),
    })  # fmt: skip
    check(label := show(lambda parent: ElidedLabel(Qt.AlignmentFlag.AlignLeft, parent)), {
        "text": lambda: label.setText("What is shown"),
        "another text": lambda: label.setText("Where it is"),
    })  # fmt: skip
    check(strip := show(ColourPreview), {
        "colours of time": lambda: strip.show_choices(Preferences(time_colours="imola")),
        "colours of signs": lambda: strip.show_choices(Preferences(sign_colours="tol-vibrant")),
    })  # fmt: skip
    check(preview := show(ArrayPreview), {
        "points": lambda: preview.show_points(np.eye(2)),
        "sentence": lambda: preview.show_sentence("Reading…"),
    })  # fmt: skip
    a = made_up_activations()
    session = Session(replace(a, hand_ratio=np.linspace(0, 1, len(a), dtype=np.float32)))
    hands = show(lambda parent: HandUsageDock(session, parent))
    check(hands.histogram, {
        "threshold": lambda: session.update(hand_threshold=0.3),
        "other data": lambda: session.open(replace(a, hand_ratio=np.ones(len(a), np.float32))),
    })  # fmt: skip


def test_maps_of_an_ensemble_are_painted_anew(show: Show) -> None:
    made = show(maps)
    check(made, {
        "pair": lambda: made.show_pair((0, 1), np.array([False, True]), ""),
        "scale": lambda: made.set_log_scale(True),
        "ensemble": lambda: made.set_ensemble(made.ensemble),
    })  # fmt: skip


def test_the_hands_are_painted_anew(show: Show, session: Session) -> None:
    jobs = Jobs()
    made = show(lambda parent: GestureCanvas(session, RecordingFrames(session, jobs, jobs), parent))
    check(made, {
        "step": lambda: session.update(step=4),
        "alignment": lambda: session.update(alignment=Alignment.START),
        "annotations": lambda: session.mark_steps((StepMark(1, 5, "part here"),)),
        "recordings": lambda: made.show_recordings((1,)),
        "side by side": lambda: made.show_side_by_side(True),
        "viewpoint": lambda: made.look_from(SIDE),
        "turn": lambda: QTest.keyClick(made, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier),
    })  # fmt: skip


def changes_of_views(session: Session, view: QWidget) -> dict[str, Change]:
    """Return what is painted over the paths of a view without a new picture of them."""
    around = [QPoint(120, 120), QPoint(220, 130), QPoint(180, 220)]
    return {
        "pointed": lambda: session.point_at(Pointed(2, 5)),
        "pointed at nothing": lambda: session.point_at(None),
        "annotations": lambda: session.mark_steps((StepMark(1, 5, "part here"),)),
        "tool": lambda: session.choose_tool(Tool.LASSO),
        "outline": lambda: QTest.mousePress(view, LEFT, pos=around[0]) or QTest.mouseMove(view, around[1]),
        "escape": lambda: QApplication.sendEvent(view, escape()),
        "second outline": lambda: QTest.mousePress(view, LEFT, pos=around[0]) or QTest.mouseMove(view, around[2]),
        "release": lambda: QTest.mouseRelease(view, LEFT, pos=around[2]),
        "no tool": lambda: session.choose_tool(Tool.POINTER),
    }


def escape() -> QEvent:
    return QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)


def test_what_lies_over_the_map_is_painted_anew(canvas: MapCanvas, session: Session) -> None:
    check(canvas.viewport(), changes_of_views(session, canvas.viewport()))


@pytest.mark.gl
def test_what_lies_over_the_3d_view_is_painted_anew(scatter: Scatter3D, session: Session) -> None:
    assert scatter.view is not None
    view = scatter.view
    changes = changes_of_views(session, view)
    focus: dict[str, Change] = {
        "focus by key": lambda: view._set_keyboard_focus(True),
        "focus lost": lambda: view._set_keyboard_focus(False),
    }
    check(view, changes | focus)
