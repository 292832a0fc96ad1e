"""Numbers of the inspector's pages, computed anew: what is of a split, known, of a unit, and in which steps."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.playing import Alignment
from auslan_explorer.gui.inspector import unit_heatmap
from auslan_explorer.gui.inspector.inspector import Inspector
from auslan_explorer.gui.inspector.step_axis import StepAxis
from auslan_explorer.gui.inspector.unit_heatmap import UnitHeatmap
from auslan_explorer.gui.style import UNIT
from auslan_explorer.gui.window.main_window import MainWindow
from tests.gui.inspector_parts import click_row, settle


@pytest.mark.parametrize("split", ["train", "validation", "test", "all splits"])
def test_all_mistakes_of_the_split_chosen_and_no_others_are_selected(
    window: MainWindow, inspector: Inspector, activations: Activations, qtbot: QtBot, split: str
) -> None:
    predicted = activations.sign.copy()
    predicted[:12] = (predicted[:12] + 1) % 4
    window.session.open(replace(activations, predicted=predicted))
    window.docks.show("mistakes")
    inspector.mistakes.split.setCurrentText(split)
    inspector.mistakes.everything.click()
    of_split = {"train": [0], "validation": [1], "test": [2]}.get(split, [0, 1, 2])
    wrong = np.flatnonzero((predicted != activations.sign) & np.isin(activations.split, of_split))
    assert window.session.state.selected == tuple(wrong.tolist())
    settle(qtbot, window)


def test_shares_are_of_the_recordings_whose_answer_is_known(
    window: MainWindow, inspector: Inspector, activations: Activations, qtbot: QtBot
) -> None:
    predicted = activations.predicted.copy()
    predicted[[1, 2, 13]] = -1
    window.session.open(replace(activations, predicted=predicted))
    window.session.update(selected=(0, 1, 2, 3, 13, 14, 17))
    page = inspector.signs
    assert page.summary.text() == "7 recordings selected, 2 of 4 recognised (50%)."
    assert [(row.text, row.value) for row in page.signs.rows] == [("alive", "1 of 2 right"), ("drink", "1 of 2 right")]
    window.session.update(selected=tuple(range(6)))
    assert inspector.sign.facts.values["recognised"].text() == "3 of 4, 75%"
    settle(qtbot, window)


def test_the_tip_of_a_cell_names_the_unit_the_step_and_the_value_that_are_drawn_there(
    window: MainWindow, inspector: Inspector, activations: Activations, qtbot: QtBot
) -> None:
    window.session.update(selected=(3,))
    settle(qtbot, window)
    units, states = inspector.recording.units, activations.recording_states(3)
    first, (steps, count) = int(activations.first_step[3]), states.shape
    for order in (np.arange(count), np.arange(count)[::-1], np.roll(np.arange(count), 3)):
        units.reorder(order)
        area = units.area()
        for row in range(count):
            for step in (0, steps // 2, steps - 1):
                x = area.left() + (step + 0.5) * area.width() / steps
                tip = units._tip(QPointF(x, (row + 0.5) * area.height() / count))
                assert tip == f"Unit {order[row] + 1}, step {first + step + 1}: {states[step, order[row]]:+.2f}"


def test_where_else_is_told_in_the_networks_steps(
    window: MainWindow, inspector: Inspector, activations: Activations, qtbot: QtBot
) -> None:
    window.session.update(selected=(3,))
    settle(qtbot, window)
    inspector.recording.units.set_range(2, 6)
    settle(qtbot, window)
    rows = inspector.recording.elsewhere.rows
    assert rows and any(activations.first_step[row.select[0]] for row in rows)
    for row in rows:
        (recording,) = row.select
        start, stop = inspector.recording._alike[recording]
        first = int(activations.first_step[recording])
        assert stop - start == 4 and row.text.endswith(f"steps {first + start + 1}–{first + stop}")
    click_row(qtbot, inspector.recording.elsewhere, 0)
    (recording,) = rows[0].select
    first, marked = int(activations.first_step[recording]), inspector.recording.units._mark
    assert marked is not None
    start, stop = marked
    assert rows[0].text.endswith(f"steps {first + start + 1}–{first + stop}"), "what is marked there is what was told"
    settle(qtbot, window)


def test_the_cursors_stand_at_the_recordings_own_step_however_recordings_are_lined_up(
    window: MainWindow, inspector: Inspector, activations: Activations, qtbot: QtBot
) -> None:
    window.session.update(selected=(3,))
    settle(qtbot, window)
    page, seen = inspector.recording, set()
    for change in (
        {"step": 12},
        {"alignment": Alignment.START},
        {"alignment": Alignment.STRETCH},
        {"step": 5},
        {"alignment": Alignment.NETWORK},
    ):
        window.session.update(**change)
        step = int(window.session.state.own_steps(activations, np.array([3]))[0])
        assert page.lines._step == page.units._step == step
        seen.add(step)
    assert len(seen) > 3


def test_the_heatmaps_colours_have_one_scale_for_all_recordings_up_to_one(qtbot: QtBot) -> None:
    units = UnitHeatmap()
    qtbot.addWidget(units)

    def colour(states: np.ndarray) -> QColor:
        units.show_states(states, StepAxis(0, len(states)), np.arange(states.shape[1]))
        return units._image.pixelColor(0, 0)

    small, large, beyond = (np.array([[0.2, largest]], dtype=np.float32) for largest in (0.3, 1.0, 4.0))
    assert colour(small) == colour(large) != colour(beyond)
    assert colour(np.array([[0.8, 4.0]], dtype=np.float32)) == colour(small), "beyond one, the largest is the end"


def test_the_scale_beside_the_heatmap_runs_from_least_to_most_as_the_cells_do(qtbot: QtBot) -> None:
    units = UnitHeatmap()
    qtbot.addWidget(units)
    states = np.linspace(-2, 2, 9, dtype=np.float32)[:, None]
    units.show_states(states, StepAxis(0, len(states)), np.arange(1))
    units.resize(500, units.height())
    picture, cells = units.grab().toImage(), units._image
    bar = round(units.area().right()) + UNIT + 2 + 5
    for share, value in ((0.02, 2.0), (0.5, 0.0), (0.98, -2.0)):
        drawn, meant = (
            picture.pixelColor(bar, round(2 + share * 12 * UNIT)),
            cells.pixelColor(round((value + 2) * 2), 0),
        )
        apart = [abs(a - b) for a, b in zip(drawn.getRgb()[:3], meant.getRgb()[:3], strict=True)]
        assert max(apart) < 24, (value, drawn.name(), meant.name())
    plus, minus = cells.pixelColor(8, 0), cells.pixelColor(0, 0)
    assert plus != minus


def test_what_a_step_lasts_is_said_below_the_units(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    units = UnitHeatmap()
    qtbot.addWidget(units)
    told: list[float] = []
    monkeypatch.setattr(unit_heatmap, "time_text", lambda seconds: told.append(seconds) or "so long")
    for seconds in (0.0, 0.04):
        units.show_states(np.zeros((12, 2), np.float32), StepAxis(3, 12, seconds), np.arange(2))
        units.grab()
        assert told == [seconds] * (seconds > 0)
