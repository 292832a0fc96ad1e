"""Commands of quality and the switches of map layers by themselves, without a window around them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.network import Autoencoder
from auslan_explorer.core.resting import HeldInput
from auslan_explorer.core.session import Colouring, Session
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.quality.commands import QualityCommands
from auslan_explorer.gui.quality.map_layers import MapLayers
from auslan_explorer.gui.recording_frames import RecordingFrames
from auslan_explorer.workflows import quality
from tests.gui.quality.test_quality import _with_autoencoders


class Told:
    """Keeps the errors that were reported."""

    def __init__(self) -> None:
        self.errors: list[str] = []

    def show_error(self, sentence: str, details: str = "") -> None:
        self.errors.append(sentence)

    def show_notice(self, sentence: str) -> None:
        """Nothing is kept of notices."""

    add_notice = remove_notice = show_status = show_notice


@pytest.fixture
def top(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def commands(top: QWidget, told: Told) -> QualityCommands:
    session, jobs = Session(_with_autoencoders()), Jobs(top)
    return QualityCommands(session, jobs, told, RecordingFrames(session, jobs, top), top)


def test_a_colouring_that_cannot_be_measured_is_said_once_whoever_asks_for_it(
    commands: QualityCommands, told: Told, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise UserError("The states are gone.")

    monkeypatch.setattr(quality, "measure_points", fail)
    commands.colour_by(Colouring.TRUST)
    qtbot.waitUntil(lambda: commands._job is None)
    assert told.errors == ["The states are gone."] and commands._session.state.colouring is not Colouring.TRUST
    commands._session.update(colouring=Colouring.CONTINUITY)  # as an undo and an opened session do
    qtbot.waitUntil(lambda: commands._job is None)
    assert told.errors == ["The states are gone."] * 2


def test_a_maps_autoencoder_is_looked_for_once_and_anew_for_other_activations(
    commands: QualityCommands, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[object, int]] = []
    found = commands._session.activations.autoencoders

    def find(activations: object, projection: object, run: str) -> Autoencoder:
        dims = projection.dims  # type: ignore[attr-defined]
        asked.append((activations, dims))
        return found[dims]

    monkeypatch.setattr(quality, "find_autoencoder", find)
    session = commands._session
    for opened in (session.activations, replace(session.activations)):
        if opened is not session.activations:
            session.open(opened)
        asked.clear()
        for _ in range(2):
            for dims in (2, 3):
                assert commands.autoencoder(session.projections[dims]) is found[dims]
        assert asked == [(session.activations, 2), (session.activations, 3)]


def test_each_switch_shows_its_own_layer_follows_it_and_is_off_with_a_reason(
    commands: QualityCommands, top: QWidget
) -> None:
    layers, session = MapLayers(commands._session, commands, top), commands._session
    assert list(layers.switches) == ["landscape", "flow"]
    for name, switch in layers.switches.items():
        before = session.state
        layers._switch(name, True)
        assert session.state == replace(before, **{name: True}) and switch.isChecked()
        session.update(**{name: False})
        assert not switch.isChecked()
        switch.setChecked(True)
        assert session.state == replace(before, **{name: True})
        switch.setChecked(False)
        assert session.state == before
    session.open(replace(session.activations, projections={}))
    assert [(switch.isEnabled(), bool(switch.toolTip())) for switch in layers.switches.values()] == [(False, True)] * 2
    assert not layers.held.isEnabled() and layers.held.toolTip() == commands.resting.disabled_reason()


def test_what_was_found_of_resting_points_goes_with_them(
    commands: QualityCommands, top: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(RecordingFrames, "request", lambda frames: None)  # nothing is looked for
    layers, session = MapLayers(commands._session, commands, top), commands._session
    session.update(resting=HeldInput.MEAN)
    assert layers.held.currentData() == HeldInput.MEAN
    commands.resting.told.emit("Three of them.")
    assert layers.found.text() == "Three of them."
    session.update(resting=HeldInput.NONE)
    assert layers.found.text() == "" and layers.held.currentText() == "not drawn"
    for place, (held, text) in enumerate(
        zip(HeldInput, ("not drawn", "hands at rest", "mean frame", "this frame"), strict=True)
    ):
        assert (layers.held.itemText(place), layers.held.itemData(place)) == (text, held)
