"""What plots and glyphs of the window draw is as it was when somebody read it and kept it in `drawings/`.

A drawing that differs is written into `out/drawings/`: read it there, and where the change is meant, move it to
`tests/gui/drawings/`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

import auslan_explorer
from auslan_explorer.analysis.attribution import GROUPS
from auslan_explorer.analysis.confusion import Confusions
from auslan_explorer.analysis.stability import build_ensemble
from auslan_explorer.gui.help.explanation import PathGlyph, TimeBar
from auslan_explorer.gui.inspector.attribution_map import AttributionMap
from auslan_explorer.gui.inspector.confusion_matrix import ConfusionMatrix
from auslan_explorer.gui.inspector.signal_plot import SignalPlot
from auslan_explorer.gui.inspector.step_axis import StepAxis
from auslan_explorer.gui.inspector.unit_heatmap import UnitHeatmap
from auslan_explorer.gui.quality.ensemble_grid import EnsembleGrid
from auslan_explorer.gui.quality.step_plot import StepPlot
from auslan_explorer.gui.widgets.line_plot import Line, LinePlot
from tests.gui.read_panel import read_drawing
from tests.known import compare
from tests.made_up import made_up_activations

pytestmark = pytest.mark.usefixtures("light_theme")

KNOWN = Path(__file__).parent / "drawings"
FIRST, LENGTH = 3, 12


def frames(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).uniform(0, 1, (LENGTH, 22)).astype(np.float32)


def units(parent: QWidget) -> QWidget:
    made = UnitHeatmap(parent)
    states = np.random.default_rng(0).normal(0, 0.4, (LENGTH, 5)).astype(np.float32)
    made.show_states(states, StepAxis(FIRST, LENGTH, 0.05), np.array([3, 0, 4, 1, 2]))
    made.set_range(2, 5)
    made.set_step(FIRST + 6)
    return made


def signal(parent: QWidget) -> QWidget:
    made = SignalPlot(parent)
    made.show_signal(frames(0), StepAxis(FIRST, LENGTH), frames(1))
    made.set_range(2, 5)
    made.set_step(FIRST + 6)
    return made


def attribution(parent: QWidget) -> QWidget:
    made = AttributionMap(parent)
    worth = np.linspace(-1, 0.8, len(GROUPS) * LENGTH, dtype=np.float32).reshape(-1, LENGTH)
    made.show_worth(worth, StepAxis(FIRST, LENGTH))
    made.set_range(2, 5)
    made.set_step(FIRST + 6)
    return made


def matrix(parent: QWidget) -> ConfusionMatrix:
    made = ConfusionMatrix(parent)
    counts = np.array([[4, 9, 0, 1], [7, 0, 2, 0], [0, 3, 0, 0]])
    found = Confusions(np.array([2, 0, 4]), np.array([0, 2, 3, 4]), counts, 10, 26)
    made.show_confusions(found, ("alive", "computer", "drink", "think", "you"))
    return made


def narrow_matrix(parent: QWidget) -> QWidget:
    made = matrix(parent)
    made.fit_width(80)
    return made


LINES = (
    Line("other", np.arange(20), np.linspace(1, 0, 20)),
    Line("another", np.arange(20), np.full(20, 0.3), "muted"),
    Line("wrong", np.arange(20), np.linspace(0.2, 0.6, 20), "mistake"),
    Line("true", np.arange(20), np.linspace(0, 1, 20), "truth"),
)


def plot(parent: QWidget, *, names: bool) -> QWidget:
    made = LinePlot("Lines", parent, height=120, title="step", names=names)
    made.show_lines(LINES, number_at_zero=1, mark=(4, 0.5))
    made.set_step(11)
    return made


def steps(parent: QWidget) -> QWidget:
    made = StepPlot(parent)
    made.show_values(
        {"this map": np.linspace(0.2, 0.8, 15), "PCA": np.linspace(0.1, 0.9, 15)}, from_end=True, share=True
    )
    return made


def maps(parent: QWidget) -> QWidget:
    a, made = made_up_activations(), EnsembleGrid(parent)
    points = a.projections[2].points
    made.set_ensemble(build_ensemble(a, [(4, points), (7, -points)], "it", {}))
    made.show_pair((0, 2), np.array([True, False]), "")
    return made


DRAWINGS: dict[str, Callable[[QWidget], QWidget]] = {
    "units": units,
    "signal": signal,
    "attribution": attribution,
    "matrix": matrix,
    "matrix-narrow": narrow_matrix,
    "lines-named": lambda parent: plot(parent, names=True),
    "lines-legend": lambda parent: plot(parent, names=False),
    "steps-from-end": steps,
    "maps-of-ensemble": maps,
    "path-glyph": PathGlyph,
    "time-bar": lambda parent: TimeBar(90, parent),
}


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_is_the_known_one(name: str, qtbot: QtBot, letters_as_known: None) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    made = DRAWINGS[name](parent)
    made.resize(380, made.heightForWidth(380) if made.hasHeightForWidth() else made.sizeHint().height())
    parent.show()
    QApplication.processEvents()
    compare(KNOWN, name, read_drawing(made))


@pytest.mark.parametrize("make", [signal, maps])
def test_a_picture_that_is_kept_is_as_fine_as_the_screen(make: Callable[[QWidget], QWidget], qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    made: Any = make(parent)
    made.devicePixelRatioF = lambda: 1.5
    made.resize(380, 300)
    parent.grab()
    kept = made._lines if make is signal else made._grounds[0]
    shown = made.size() if make is signal else made._cell(0).size().toSize()
    assert kept.devicePixelRatio() == 1.5 and kept.size() == shown * 1.5


def test_no_widget_is_asked_for_whole_pixels() -> None:
    gui = Path(auslan_explorer.__file__).parent / "gui"
    assert not [file.name for file in gui.rglob("*.py") if "self.devicePixelRatio()" in file.read_text("utf-8")]


def test_what_is_kept_is_drawn() -> None:
    assert {file.stem for file in KNOWN.glob("*.txt")} == set(DRAWINGS)
