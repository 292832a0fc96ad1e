"""Whatever a window shows of a state that it followed, a window says that is opened on this state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QTableView,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.clock import SPEEDS, Repeat
from auslan_explorer.core.playing import Alignment, Trail
from auslan_explorer.core.session import Colouring, Layout
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.widgets.line_plot import LinePlot
from auslan_explorer.gui.widgets.page import PendingResult
from auslan_explorer.gui.window.main_window import MainWindow
from tests.gui.window_parts import open_window
from tests.made_up import made_up_activations

# What depends on the way, not on the state.
OF_THE_WAY = {ActionId.UNDO, ActionId.REDO, ActionId.CONTINUE}
LONGEST_PAUSE = 1000
"""Milliseconds."""
DOCKS = ("answers", "mistakes", "pairs", "retrain", "runs", "inspector")
ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.CheckStateRole, Qt.ItemDataRole.AccessibleTextRole)
CHANGES: dict[str, tuple[Mapping[str, Any], ...]] = {
    "what is selected": ({"selected": (3,)}, {"selected": (3, 4, 20)}, {"selected": (7, 9), "isolate": True}),
    "nothing selected": ({"selected": (3,), "isolate": True}, {"selected": (), "isolate": False}),
    "what is ticked": ({"visible_signs": frozenset({0, 2})}, {"splits": frozenset({0, 2})}),
    "nothing ticked": ({"visible_signs": frozenset()},),
    "the step": ({"selected": (5,)}, {"step": 12}, {"alignment": Alignment.START}, {"step": 7}),
    "how it is played": (
        {"section": (3, 11)}, {"speed": SPEEDS[1]}, {"repeat": Repeat.BOUNCE}, {"trail": Trail(5, 2)},
        {"ghost": True, "every_step": True, "settled": True}, {"alignment": Alignment.STRETCH},
    ),
    "hands": ({"hand_threshold": 0.3}, {"colouring": Colouring.HANDS}, {"hand_threshold": 0.6}),
    "how it is drawn": (
        {"layout": Layout.MAP_3D}, {"colouring": Colouring.SPLIT, "points": False},
        {"log_scale": False, "labels": True},
        {"mistakes": True, "last_only": True}, {"layout": Layout.MAP_2D},
    ),
}  # fmt: skip


def activations() -> Activations:
    a = made_up_activations()
    ratio = np.linspace(0, 1, len(a), dtype=np.float32)[np.random.default_rng(1).permutation(len(a))]
    return replace(a, hand_ratio=ratio)


def path_of(widget: QWidget) -> str:
    names = []
    parent: QWidget | None = widget
    while parent is not None:
        names.append(parent.objectName() or parent.accessibleName().split(":")[0] or type(parent).__name__)
        parent = parent.parentWidget()
    return "/".join(reversed(names[:3]))


def said_by(widget: QWidget) -> list[object]:
    """Return what a widget says, for eyes and screen readers."""
    said: list[object] = [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip(), widget.isEnabled()]
    if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
        said.append(widget.text())
    if isinstance(widget, QAbstractButton):
        said.append(widget.isChecked())
    if isinstance(widget, QComboBox):
        said.append(widget.currentText())
    if isinstance(widget, QAbstractSlider):
        said += [widget.minimum(), widget.maximum(), widget.value()]
    if isinstance(widget, QAbstractSpinBox):
        said.append(widget.text())
    if isinstance(widget, LinePlot):
        said += [widget._step, str([(line.name, line.y.tolist()) for line in widget.lines])]
    if isinstance(widget, QTableView):
        model = widget.model()
        cells = [(row, column) for row in range(model.rowCount()) for column in range(model.columnCount())]
        said.append([str(model.index(*cell).data(role)) for cell in cells for role in ROLES])
        said.append(sorted(index.row() for index in widget.selectionModel().selectedRows()))
    return said


def is_of_the_way(widget: QWidget) -> bool:
    action = widget.defaultAction() if isinstance(widget, QToolButton) else None
    return action is not None and action.objectName() in {key.value for key in OF_THE_WAY}


def snapshot(window: MainWindow) -> dict[str, list[list[object]]]:
    """Return what all that can be seen says, by where it stands, and which actions are on and can be used."""
    QApplication.processEvents()
    # What is to be deleted goes in the next turn of an event loop, which there is none of here.
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    seen: dict[str, list[list[object]]] = {}
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or type(widget) is QWidget or widget.objectName().startswith("qt_"):
            continue
        if not is_of_the_way(widget):
            seen.setdefault(path_of(widget), []).append(said_by(widget))
    for key in ActionId:
        if key not in OF_THE_WAY:
            action = window.actions_[key]
            seen[f"action {key.value}"] = [[action.text(), action.toolTip(), action.isEnabled(), action.isChecked()]]
    return {place: sorted(said, key=repr) for place, said in seen.items()}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("AUSLAN_EXPLORER_DATA", str(tmp_path / "data"))
    yield tmp_path


def at_rest(window: MainWindow, qtbot: QtBot) -> None:
    for _ in range(5):
        QApplication.processEvents()

    def rests() -> bool:
        # What is paused may begin work, and work that ends a pause.
        waiting = [each for each in window.findChildren(PendingResult) if each.isVisible()]
        pauses = [each for each in window.findChildren(QTimer) if is_pause(each)]
        return not (window.jobs.running or window.status.strip.isVisible() or waiting or pauses)

    qtbot.waitUntil(rests)


def is_pause(timer: QTimer) -> bool:
    """Return whether a timer is a short pause before something is shown; others, such as autosave's, show nothing."""
    return timer.isActive() and timer.isSingleShot() and timer.interval() <= LONGEST_PAUSE


def differences(one: Mapping[str, object], other: Mapping[str, object]) -> dict[str, tuple[object, object]]:
    return {key: (one.get(key), other.get(key)) for key in {*one, *other} if one.get(key) != other.get(key)}


def seen_in(window: MainWindow, qtbot: QtBot) -> dict[str, object]:
    """Return what a window says with each of its docks."""
    seen: dict[str, object] = {}
    window.docks.show("hands")
    for name in DOCKS:
        window.docks.show(name)
        at_rest(window, qtbot)
        seen |= {f"{name}: {place}": said for place, said in snapshot(window).items()}
    return seen


@pytest.mark.parametrize(
    ("changes", "other_before"),
    [
        *((name, False) for name in CHANGES),
        ("what is selected", True),
        ("what is ticked", True),
        ("how it is played", True),
    ],
)
def test_a_window_shows_the_state_and_not_how_it_came_to_be(
    qapp: QApplication, qtbot: QtBot, folder: Path, changes: str, other_before: bool
) -> None:
    opened = activations()
    first = replace(made_up_activations(5, seed=3), names=("p", "q", "r", "s"), signs=("p", "q", "r", "s"))
    with open_window(qapp, qtbot, folder / "one.json", first if other_before else opened) as window:
        seen_in(window, qtbot)
        if other_before:
            window.session.update(selected=(1,))
            window.session.open(opened)
        for change in CHANGES[changes]:
            window.session.update(**change)
            QApplication.processEvents()
        state, followed = window.session.state, seen_in(window, qtbot)
    with open_window(qapp, qtbot, folder / "two.json", opened) as window:
        window.session.state = state
        window.session.open(opened)
        window.session.update(**{name: getattr(state, name) for name in type(state).__dataclass_fields__})
        anew = seen_in(window, qtbot)
    found = differences(followed, anew)
    assert not found, "\n".join(f"{place}: {said}" for place, said in found.items())


def test_what_was_said_of_work_on_other_data_is_gone(qapp: QApplication, qtbot: QtBot, folder: Path) -> None:
    said = "This failed with the data before."
    with open_window(qapp, qtbot, folder / "one.json", activations()) as window:

        def results() -> Iterator[PendingResult]:
            """Yield what each page shows in place of a result, with a recording, a sign or nothing chosen."""
            for selected in ((3,), (0, 1, 2, 3, 4, 5), ()):
                window.session.update(selected=selected)
                for name in (*DOCKS, "quality", "stability"):
                    window.docks.show(name)
                    QApplication.processEvents()
                    qtbot.waitUntil(lambda: not window.jobs.running)
                    yield from (each for each in window.findChildren(PendingResult) if each.isVisible())

        assert list(results())
        for pending in window.findChildren(PendingResult):
            pending.show_failure(said)
        window.session.open(made_up_activations(5, seed=3))
        assert not {path_of(each) for each in results() if each.label.text() == said}
