"""What takes a while is asked once: not again while it is under way, nor when what is known is shown again."""

from __future__ import annotations

import threading
from dataclasses import replace
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from auslan_explorer.core.session import Colouring
from auslan_explorer.gui.jobs import Job
from auslan_explorer.gui.quality import ensemble_form, quality_dock
from auslan_explorer.gui.quality.commands import QualityCommands
from auslan_explorer.gui.quality.ensemble_form import EnsembleForm
from auslan_explorer.gui.quality.quality_dock import QualityDock
from auslan_explorer.workflows import quality
from auslan_explorer.workflows.quality import assess_map


@pytest.fixture
def started(commands: QualityCommands) -> list[Job]:
    """The jobs that were started."""
    found: list[Job] = []
    commands._jobs.started.connect(found.append)
    return found


def test_a_map_is_measured_once_for_each_question(
    commands: QualityCommands, top: QWidget, started: list[Job], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_end = threading.Event()

    def measure(*what: object) -> object:
        may_end.wait(60)
        return assess_map(*what)  # type: ignore[arg-type]

    monkeypatch.setattr(quality_dock, "assess_map", measure)
    session, jobs = commands._session, commands._jobs
    dock = QualityDock(session, jobs, commands, top)
    top.show()
    dock.show()
    session.update(log_scale=False)
    session.update(selected=(3,), log_scale=True)
    assert [job.title for job in started] == ["Measuring the map"] and jobs.running
    may_end.set()

    def asked() -> int:
        qtbot.waitUntil(lambda: not jobs.running)
        return len(started)

    assert asked() == 1
    dock.hide()
    dock.show()
    session.update(log_scale=False)
    assert asked() == 1
    for place, expected in ((1, 2), (0, 2)):
        dock.dims.setCurrentIndex(place)
        assert asked() == expected
    for neighbours, expected in ((7, 3), (12, 3)):
        session.update(neighbours=neighbours)
        assert asked() == expected
    session.open(replace(session.activations))
    assert asked() == 4


def test_a_landscape_is_asked_for_once_on_each_scale(
    commands: QualityCommands, started: list[Job], qtbot: QtBot
) -> None:
    session = commands._session
    for changes, expected in (
        ({"landscape": True}, 1), ({"landscape": False}, 1), ({"landscape": True}, 1), ({"log_scale": False}, 2),
        ({"log_scale": True}, 2), ({"selected": (3,)}, 2), ({"run_2d": session.state.run_2d}, 2),
    ):  # fmt: skip
        session.update(**changes)
        qtbot.waitUntil(lambda: not commands._jobs.running)
        assert len(started) == expected, changes
    assert session.state.landscape


def test_a_colouring_is_measured_once(commands: QualityCommands, started: list[Job], qtbot: QtBot) -> None:
    session = commands._session
    measured = (Colouring.ERROR, Colouring.DISTORTION, Colouring.TRUST, Colouring.CONTINUITY)
    for round_ in (1, 2):
        for at, colouring in enumerate(measured, 1):
            commands.colour_by(colouring)
            qtbot.waitUntil(lambda: not commands._jobs.running)
            assert session.state.colouring is colouring
            assert len(started) == (at if round_ == 1 else len(measured))


def test_an_ensemble_is_sought_once_for_all_who_ask(
    commands: QualityCommands, started: list[Job], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid: list[int] = []
    monkeypatch.setattr(quality, "lay_over", lambda a, ensemble, projection: laid.append(projection.dims))
    told: list[str] = []
    for asker in ("first", "second"):
        commands.find_ensemble(lambda asker=asker: told.append(asker))
    qtbot.waitUntil(lambda: len(told) == 2)
    commands.find_ensemble(lambda: told.append("third"))
    assert told == ["first", "second", "third"] and len(started) == 1
    commands.set_ensemble(object())  # type: ignore[arg-type]
    assert laid == [2]


def test_a_training_of_maps_makes_something_and_begins_once(
    commands: QualityCommands, top: QWidget, started: list[Job], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_end = threading.Event()
    trained = object()

    def train(*_: object) -> object:
        may_end.wait(60)
        return trained

    monkeypatch.setattr(ensemble_form, "train_and_save_ensemble", train)
    cluster = SimpleNamespace(
        address="", changed=SimpleNamespace(connect=lambda _: None), when_trusted=lambda do: do("")
    )
    form = EnsembleForm(commands._session, commands._jobs, cluster, top)  # type: ignore[arg-type]
    heard: list[object] = []
    form.trained.connect(heard.append)
    top.show()
    form.seeds.setValue(7)
    for _ in range(2):
        form._start()
    assert [(job.title, job.makes_something) for job in started] == [("Training 7 maps", True)]
    assert (form.start.isVisible(), form.stop.isVisible(), form.seeds.isEnabled()) == (False, True, False)
    may_end.set()
    qtbot.waitUntil(lambda: not form.running)
    assert heard == [trained] and form.start.isVisible() and form.seeds.isEnabled()
