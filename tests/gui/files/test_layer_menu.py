from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.layers import CELL_STATES
from auslan_explorer.core.projection import Projection
from auslan_explorer.core.session import Session
from auslan_explorer.gui.files.layer_menu import LayerMenu
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.window.cell_switch import CellSwitch
from auslan_explorer.io.cache import cache_from_arrays


class ErrorsFail:
    def show_error(self, sentence: str, details: str = "") -> None:
        raise AssertionError(sentence)


@pytest.fixture
def two_layers() -> Activations:
    states = np.random.default_rng(0).normal(0, 0.5, (9, 4)).astype(np.float32)
    layers = {"lower": np.concatenate([states, states], axis=1)}
    return cache_from_arrays(states, [5, 4], [1, 0], ["saw", "sine"], layer="upper", layers=layers)


def test_another_layer_is_shown_with_the_same_recordings_selected(two_layers: Activations, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    session = Session(two_layers)
    menu = LayerMenu(session, Jobs(window), ErrorsFail(), window)  # type: ignore[arg-type]
    session.add_projection("a run", Projection(np.zeros((9, 2), np.float32), np.zeros((0, 2), np.float32), "it", "it"))
    session.update(selected=(1,), visible_signs=frozenset({0}), run_2d="a run")
    lower, upper = menu.actions()
    assert (lower.text(), lower.isChecked(), upper.isChecked()) == ("lower", False, True)
    lower.trigger()
    qtbot.waitUntil(lambda: session.activations.units == 8)
    assert session.projections[2].axis_word == "PCA"
    assert session.activations.units == 8
    assert session.state.selected == (1,)
    assert session.state.visible_signs == {0}
    assert session.state.run_2d == "", "a run is of its layer"
    assert [action.isChecked() for action in menu.actions()] == [True, False]


def test_the_menu_is_hidden_where_there_is_one_layer(two_layers: Activations, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    session = Session(two_layers)
    menu = LayerMenu(session, Jobs(window), ErrorsFail(), window)  # type: ignore[arg-type]
    assert menu.menuAction().isVisible()
    session.open(cache_from_arrays(np.ones((3, 2), np.float32), [3], [0], ["x"]))
    assert not menu.menuAction().isVisible()


def test_a_switch_chooses_between_hidden_and_cell_states(two_layers: Activations, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    session = Session(two_layers)
    menu = LayerMenu(session, Jobs(window), ErrorsFail(), window)  # type: ignore[arg-type]
    switch = CellSwitch(session, menu, window)
    assert switch.isHidden(), "these have no cell states"
    states = two_layers.all_states()
    layers = {CELL_STATES.format("lstm"): states[:, :3], "other": states}
    session.open(cache_from_arrays(states, [5, 4], [1, 0], ["saw", "sine"], layer="lstm", layers=layers))
    assert not switch.isHidden() and (switch.hidden.isChecked(), switch.cell.isChecked()) == (True, False)
    switch.cell.click()
    assert switch.hidden.isChecked(), "the hidden states are shown until the others are there"
    qtbot.waitUntil(lambda: session.activations.units == 3)
    assert (switch.hidden.isChecked(), switch.cell.isChecked()) == (False, True)
    switch.hidden.click()
    qtbot.waitUntil(lambda: session.activations.units == 4)
    assert switch.hidden.isChecked()
    session.open(session.activations.with_layer("other"))
    assert switch.isHidden(), "a layer without cell states of its own"
