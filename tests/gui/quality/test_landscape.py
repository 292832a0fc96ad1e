"""The decision landscape in a real window: computed beside it, followed over scales and maps, and undone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auslan_explorer.core.network import Autoencoder, DenseLayer
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.window.main_window import MainWindow
from tests.gui.window_parts import open_window
from tests.made_up import made_up_activations


def _autoencoder(seed: int, units: int) -> Autoencoder:
    down = np.random.default_rng(seed).normal(0, 0.5, (units, 2)).astype(np.float32)
    back = np.linalg.pinv(down).astype(np.float32)
    layers = (
        DenseLayer(down, np.zeros(2, np.float32), "linear"),
        DenseLayer(back, np.zeros(units, np.float32), "linear"),
    )
    return Autoencoder(layers, 0)


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    a = made_up_activations()
    autoencoder = _autoencoder(0, a.units)
    a = replace(a, projections={2: a.project(autoencoder, "2-D")}, autoencoders={2: autoencoder})
    with open_window(qapp, qtbot, tmp_path / "settings.ini", a) as found:
        found.resize(1100, 800)
        yield found


def known(window: MainWindow) -> set[bool]:
    return set(window.session.projections[2].measured.landscapes)


def pixels(window: MainWindow) -> np.ndarray:
    assert window.views is not None
    image = window.views.panes[2].grab().toImage()
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4).copy()


def test_it_is_shown_on_both_scales_hidden_undone_and_computed_once_each(window: MainWindow, qtbot: QtBot) -> None:
    action = window.actions_[ActionId.LANDSCAPE]
    assert action.isEnabled() and not action.isChecked() and known(window) == set()
    before = pixels(window)
    action.trigger()
    qtbot.waitUntil(lambda: known(window) == {True})
    qtbot.waitUntil(lambda: not np.array_equal(pixels(window), before))
    assert action.isChecked()
    landscape = window.session.projections[2].measured.landscapes[True]
    window.actions_[ActionId.LOG_SCALE].trigger()
    qtbot.waitUntil(lambda: known(window) == {True, False})
    window.actions_[ActionId.UNDO].trigger()
    window.actions_[ActionId.UNDO].trigger()
    assert not window.session.state.landscape and window.session.state.log_scale
    action.trigger()
    assert window.session.projections[2].measured.landscapes[True] is landscape


def test_what_is_said_of_it_goes_when_it_goes_and_comes_again_with_it(window: MainWindow, qtbot: QtBot) -> None:
    action, notice = window.actions_[ActionId.LANDSCAPE], window.notice
    action.trigger()
    qtbot.waitUntil(lambda: known(window) == {True})
    said = notice.text.text()
    assert said.startswith("Regions are what the network answers")
    window.actions_[ActionId.LOG_SCALE].trigger()
    qtbot.waitUntil(lambda: known(window) == {True, False})
    far = window.session.projections[2].measured.landscapes[False].far_from
    assert notice.text.text().count("Regions are") == 1 and f"more than {far:.2f} from" in notice.text.text()
    action.trigger()
    assert not notice.isVisible()
    window.actions_[ActionId.LOG_SCALE].trigger()
    action.trigger()
    assert notice.isVisible() and notice.text.text() == said
    window.show_notice("Something else.")
    action.trigger()
    assert notice.text.text() == "Something else."


def test_another_map_has_its_own(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_[ActionId.LANDSCAPE].trigger()
    qtbot.waitUntil(lambda: known(window) == {True})
    first = window.session.projections[2]
    autoencoder = _autoencoder(1, window.session.activations.units)
    other = window.session.activations.project(autoencoder, "another")
    window.commands.quality._autoencoders[other.fingerprint] = autoencoder
    window.session.adopt_learned(2, "another", other)
    assert window.session.projections[2] is not first
    qtbot.waitUntil(lambda: known(window) == {True})


def test_the_flow_is_switched_on_and_undone(window: MainWindow) -> None:
    window.actions_[ActionId.FLOW].trigger()
    assert window.session.state.flow and window.actions_[ActionId.FLOW].isChecked()
    window.actions_[ActionId.UNDO].trigger()
    assert not window.session.state.flow
    window.session.open(replace(window.session.activations, projections={}))
    assert not window.actions_[ActionId.FLOW].isEnabled()


def test_switches_in_map_quality_follow_and_lead(window: MainWindow) -> None:
    window.docks.show("quality")
    session, switches = window.session, window.quality.layers.switches
    switches["flow"].click()
    assert session.state.flow
    session.update(flow=False)
    assert not switches["flow"].isChecked()
    session.open(replace(session.activations, head=None))
    assert not switches["landscape"].isEnabled() and "last layer" in switches["landscape"].toolTip()
    session.open(replace(session.activations, projections={}))
    assert not switches["flow"].isEnabled() and "2-D map" in switches["flow"].toolTip()


@pytest.mark.parametrize("lacks", ["head", "map"])
def test_what_is_missing_is_said(window: MainWindow, lacks: str) -> None:
    a = window.session.activations
    window.session.open(replace(a, head=None) if lacks == "head" else replace(a, projections={}))
    action = window.actions_[ActionId.LANDSCAPE]
    assert not action.isEnabled()
    word = "its last layer is not at hand" if lacks == "head" else "these activations have none"
    assert word in action.toolTip()


def test_an_autoencoder_that_is_lost_is_said_and_nothing_is_drawn(window: MainWindow, qtbot: QtBot) -> None:
    a = replace(window.session.activations, autoencoders={})
    projection = replace(a.projections[2], fingerprint="lost")
    window.session.open(replace(a, projections={2: projection}))
    window.actions_[ActionId.LANDSCAPE].trigger()
    qtbot.waitUntil(lambda: not window.session.state.landscape)
    assert projection.measured.landscapes == {}
