"""Commands of quality and the switches of map layers by themselves, without a window around them."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.network import Autoencoder
from auslan_explorer.core.projection import PointQuality
from auslan_explorer.core.resting import NO_MARKS, HeldInput, RestingMarks, RestingPoints
from auslan_explorer.core.session import Colouring, Session, SessionState
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.quality import resting
from auslan_explorer.gui.quality.commands import QualityCommands
from auslan_explorer.gui.quality.figure_table import FIGURES, FigureTable
from auslan_explorer.gui.quality.map_layers import MapLayers
from auslan_explorer.gui.recording_frames import FramesState, RecordingFrames
from auslan_explorer.workflows import quality
from tests.gui.quality.test_quality import _with_autoencoders
from tests.gui.quality_parts import Told
from tests.gui.waiting import wait_at_rest


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
    asked: list[tuple[object, int, str]] = []
    found = commands._session.activations.autoencoders

    def find(activations: object, projection: object, run: str) -> Autoencoder:
        dims = projection.dims  # type: ignore[attr-defined]
        asked.append((activations, dims, run))
        return found[dims]

    monkeypatch.setattr(quality, "find_autoencoder", find)
    session = commands._session
    for opened in (session.activations, replace(session.activations)):
        if opened is not session.activations:
            session.open(opened)
        asked.clear()
        for dims, run in ((2, "flat"), (3, "solid")):
            session.add_projection(run, session.projections[dims])
        session.update(run_2d="flat", run_3d="solid")
        for _ in range(2):
            for dims in (2, 3):
                assert commands.autoencoder(session.projections[dims]) is found[dims]
        assert asked == [(session.activations, 2, "flat"), (session.activations, 3, "solid")]


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


def test_the_table_tells_each_figure_in_its_row_and_stands_whole_at_every_width(
    top: QWidget, light_theme: None
) -> None:
    names = [name for name, _, _ in FIGURES]
    own, pca, article = ({name: at / 10 + column for at, name in enumerate(names)} for column in (0, 2, 4))
    one, other = (SimpleNamespace(quality=SimpleNamespace(**each)) for each in (own, pca))
    found = SimpleNamespace(own=one, pca=other, published=article)
    expected = [[title, *(f"{each[name]:.3f}" for each in (own, pca, article))] for name, title, _ in FIGURES]
    table = FigureTable(top)
    table.show_figures(found)  # type: ignore[arg-type]
    top.resize(800, 900)
    top.show()
    widest = max(table.fontMetrics().horizontalAdvance(title) for _, title, _ in FIGURES)
    for width, below in ((600, False), (260, True), (700, False), (200, True)):
        table.resize(width, table.height())
        QApplication.processEvents()
        assert table.below is below, width
        spans = [table.columnSpan(row, 0) for row in range(table.rowCount())]
        assert spans == ([4, 1] if below else [1]) * len(FIGURES)
        rows = [
            [table.item(2 * at, 0), *(table.item(2 * at + 1, column) for column in (1, 2, 3))]
            if below
            else [table.item(at, column) for column in range(4)]
            for at in range(len(FIGURES))
        ]
        assert [[cell.text() for cell in row] for row in rows] == expected
        widths = [table.columnWidth(column) for column in range(4)]
        assert sum(widths) <= width and (widths[0] == 0 if below else widths[0] > widest)
        assert widths[1] >= widths[2] == widths[3] > table.fontMetrics().horizontalAdvance("0.000")
        assert table.height() >= table.horizontalHeader().height() + table.verticalHeader().length()


class Frames:
    """Frames of recordings that are at hand."""

    state = FramesState.READY

    def __init__(self) -> None:
        self.changed = SimpleNamespace(connect=lambda slot: None)

    def request(self) -> None:
        """They have been read."""

    def frames_of(self, recording: int) -> None:
        return None


def test_resting_points_are_looked_for_once_for_each_input_that_stays(
    top: QWidget, told: Told, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[HeldInput] = []
    points = RestingPoints(*np.zeros((2, 0, 8)), *np.zeros((5, 0)))

    def find(a: object, projections: dict[int, object], state: SessionState, *_: object, **__: object) -> object:
        asked.append(state.resting)
        marks = {
            dims: PointQuality(resting={state.resting: RestingMarks(NO_MARKS.places, NO_MARKS.stable, ())})
            for dims in projections
        }
        return points, marks

    monkeypatch.setattr(resting, "find_resting", find)
    monkeypatch.setattr(resting, "_REST_MS", 0)
    session, jobs = Session(_with_autoencoders()), Jobs(top)
    found = resting.RestingCommands(session, jobs, told, Frames(), top)  # type: ignore[arg-type]
    heard: list[str] = []
    found.told.connect(heard.append)

    def look(expected: list[HeldInput], **changes: object) -> None:
        asked.clear()
        session.update(**changes)
        wait_at_rest(qtbot, found)
        qtbot.waitUntil(lambda: not jobs.running)
        assert asked == expected, changes

    found.toggle()
    qtbot.waitUntil(lambda: not jobs.running)
    assert asked == [HeldInput.REST] and heard[-1].startswith("No resting point was found")
    look([], resting=HeldInput.NONE)
    look([], resting=HeldInput.REST)
    assert heard[-1].startswith("No resting point was found")
    look([HeldInput.MEAN], resting=HeldInput.MEAN)
    look([], resting=HeldInput.REST)
    look([], step=7, selected=(3,))
    look([HeldInput.FRAME], resting=HeldInput.FRAME)
    look([HeldInput.FRAME], step=8)
    look([HeldInput.FRAME], selected=(4,))
    look([], colouring=Colouring.SIGN)
    session.open(replace(session.activations, projections=_with_autoencoders().projections))
    look([HeldInput.REST], resting=HeldInput.REST)


def test_what_was_found_of_resting_points_is_counted_and_the_first_is_described(commands: QualityCommands) -> None:
    def tell(*points: tuple[float, float]) -> str:
        speed, growth = np.array(points).reshape(-1, 2).T
        none = np.zeros(len(speed))
        return commands.resting._sentence(RestingPoints(none, none, speed, growth, none, none, none))

    stable, other_stable, unstable, creeping = (0.0, 0.25), (1e-7, 0.5), (0.0, 1.5), (0.1, 0.75)
    assert tell(stable, other_stable, unstable, creeping, creeping) == (
        "5 resting points: 2 stable (with a dot), 1 unstable, 2 where the state only creeps. "
        "Of a departure from the first, 25.0% is left after a step."
    )
    assert tell(unstable) == "1 resting point: 0 stable (with a dot), 1 unstable, 0 where the state only creeps."
    assert tell().startswith("No resting point was found")
