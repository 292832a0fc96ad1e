"""The retraining dock: settings, what is seen while it learns, and every way in which a training ends."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from auslan_explorer.analysis.principal import with_principal_components
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.style import Look
from auslan_explorer.gui.training.progress_panel import at_most
from auslan_explorer.gui.training.trainer import Phase
from auslan_explorer.gui.window.main_window import MainWindow
from auslan_explorer.training import prerequisites
from auslan_explorer.training.events import BatchesDone, Stage, Started
from auslan_explorer.training.runs import RunStore
from auslan_explorer.training.settings import recommended_autoencoder
from tests.gui.training_parts import EPOCHS, Trainings, put
from tests.gui.window_parts import made_up_activations


def start(window: MainWindow) -> None:
    window.docks.show("retrain")
    window.retrain.start_button.click()


def phase(window: MainWindow) -> Phase:
    return window.commands.training.controller.trainer.phase


def shown_points(window: MainWindow) -> np.ndarray:
    paths = window.session.trajectories(2)
    assert paths is not None
    return paths.vertices


# ------------------------------------------------------------------------------------------------------- the form
def test_the_selection_must_be_two_recordings_at_least(window: MainWindow, trainings: Trainings) -> None:
    window.docks.show("retrain")
    put(window.retrain.form, recordings="selection")
    assert "Nothing is selected" in window.retrain.form.rows["recordings"].problem.text()
    window.session.update(selected=(1,))
    assert "at least two" in window.retrain.form.rows["recordings"].problem.text()
    window.session.update(selected=(1, 4))
    start(window)
    job = trainings.now.job
    assert job.selected is not None and np.flatnonzero(job.selected).tolist() == [1, 4]


def test_how_long_a_training_takes_is_said_before_it_starts(window: MainWindow, trainings: Trainings) -> None:
    window.docks.show("retrain")
    dock = window.retrain
    assert dock.estimate.isVisible() and dock.estimate.text().startswith("Takes at most ")
    epochs, widths = dock.form.rows["epochs"].field, dock.form.rows["widths"].field
    assert isinstance(epochs, QLineEdit) and isinstance(widths, QLineEdit)
    few = dock.estimate.text()
    widths.setText("2000, 2000")
    epochs.setText("90000")
    many = dock.estimate.text()
    assert few != many and many.endswith((" min on this computer.", " h on this computer."))
    epochs.setText("none")
    assert not dock.estimate.isVisible()
    dock.form.apply_preset()
    start(window)
    assert not dock.estimate.isVisible()
    window.commands.training.controller.trainer.cancel()


def test_principal_components_offer_a_better_map_which_is_trained_at_a_click(
    window: MainWindow, trainings: Trainings
) -> None:
    assert window.views is not None
    offers = {dims: pane.better_map for dims, pane in window.views.panes.items()}
    assert not any(offer.isVisible() for offer in offers.values()), "these maps were trained"
    window.session.open(with_principal_components(replace(window.session.activations, projections={})))
    assert all(offer.isVisible() and offer.isEnabled() for offer in offers.values())
    offers[3].click()
    settings = trainings.now.job.settings
    assert settings.dims == 3 and settings == recommended_autoencoder(3), "with the values that are recommended for 3-D"
    assert window.retrain.isVisible() and not offers[2].isEnabled() and "under way" in offers[2].toolTip()
    trainings.now.begin()
    trainings.now.epoch(1, 0.1, shows=True)
    assert not offers[3].isVisible(), "it shows what is learned"
    assert offers[2].isVisible()
    window.commands.training.controller.trainer.cancel()
    assert offers[3].isVisible() and offers[2].isEnabled()


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (3, "at most a few seconds"),
        (12, "at most 15 s"),
        (89, "at most 90 s"),
        (100, "at most 2 min"),
        (7200, "at most 120 min"),
        (7201, "at most 3 h"),
    ],
)
def test_the_most_time_left_is_never_less_than_what_is_left(seconds: float, text: str) -> None:
    assert at_most(seconds) == text


# --------------------------------------------------------------------------------------------------- while it runs
def test_a_training_is_followed_and_its_run_put_on_the_map(
    window: MainWindow, trainings: Trainings, qtbot: QtBot
) -> None:
    window.session.update(selected=(2,), step=5)
    own = shown_points(window).copy()
    start(window)
    training, dock = trainings.now, window.retrain
    assert training.did == ["start"] and phase(window) is Phase.STARTING
    assert dock.live.isVisible() and not dock.form.isVisible() and not dock.start_button.isVisible()
    assert dock.discard_button.isVisible() and not dock.keep_button.isEnabled()
    training.begin()
    assert dock.keep_button.isEnabled()
    training.epoch(1, 0.5)
    training.epoch(2, 0.25, shows=True)
    assert not np.array_equal(shown_points(window), own)
    assert np.array_equal(window.session.projections[2].prefix, training.map.prefix), "the steps of padding, too"
    assert window.session.state.selected == (2,) and window.session.state.step == 5
    facts = {name: label.text() for name, label in dock.live.facts.values.items()}
    assert facts["epoch"] == "2 of at most 6" and facts["best epoch"].startswith("2, ")
    assert facts["an epoch takes"] == "2.0 s" and facts["time left"] == "at most 10 s"
    assert dock.live.plot.shown == ((1.0, 0.5), (0.5, 0.25), 2)
    assert "epoch 3 of 6" in window.status.strip.label.text() and window.status.strip.isVisible()
    training.epoch(3, 0.4, best=False)
    assert dock.live.plot.shown[2] == 2
    training.finish()
    qtbot.waitUntil(lambda: bool(window.session.state.run_2d))
    assert phase(window) is Phase.IDLE and dock.start_button.isVisible()
    qtbot.waitUntil(lambda: not window.status.strip.isVisible())
    (info,) = RunStore().list()
    assert info.id == window.session.state.run_2d and info.best_epoch == 2
    assert np.allclose(window.session.projections[2].points, training.map.points)
    assert window.actions_[ActionId.UNDO].text() == "Undo: 2-D map"
    window.actions_[ActionId.UNDO].trigger()
    assert np.array_equal(shown_points(window), own) and window.session.state.selected == (2,)
    window.actions_[ActionId.REDO].trigger()
    assert window.session.state.run_2d == info.id


def test_what_a_training_is_at_is_said_and_how_long_it_takes_within_the_first_epoch(
    window: MainWindow, trainings: Trainings
) -> None:
    start(window)
    training, panel = trainings.now, window.retrain.live
    facts = panel.facts.values
    assert "TensorFlow" in panel.says.text()
    training.send(Stage("reading", 0.25))
    assert "Reading the hidden states" in panel.says.text() and "reading" in window.status.strip.label.text()
    training.send(Stage("preparing"))
    assert "Preparing the network" in panel.says.text()
    training.send(Started(EPOCHS, 200_000, 1_000_000))
    assert re.search("Learning from 200.000 steps of 1.000.000 steps, drawn by chance", panel.says.text())
    assert not facts["time left"].text()
    training.send(BatchesDone(0.01, 4.0))
    training.send(Stage("projecting"))
    assert facts["time left"].text() == "at most 7 min", "99 times 4 s"
    assert "place of every step" in panel.says.text()
    training.send(Started(EPOCHS, 100))
    assert "drawn by chance" not in panel.says.text()


def test_cancel_brings_the_old_map_back_and_keeps_nothing(window: MainWindow, trainings: Trainings) -> None:
    own = shown_points(window).copy()
    start(window)
    training = trainings.now
    training.begin()
    training.epoch(1, 0.5, shows=True)
    assert not np.array_equal(shown_points(window), own)
    window.retrain.discard_button.click()
    question = window.retrain.question
    assert question is not None and training.did == ["start"]
    next(button for button in question.buttons() if button.text() == "Discard").click()
    assert window.retrain.question is None
    assert training.did == ["start", "cancel"] and np.array_equal(shown_points(window), own)
    # What was under way in its thread still comes, and is not heard.
    training.epoch(2, 0.4, shows=True)
    training.give_up()
    assert np.array_equal(shown_points(window), own) and phase(window) is Phase.IDLE
    assert "Nothing was kept" in window.retrain.live.says.text() and not RunStore().list()
    start(window)
    assert len(trainings) == 2


SAYS = {
    "that it starts": lambda training: training.begin(),
    "an epoch and its map": lambda training: training.epoch(1, 0.5, shows=True),
    "its best map": lambda training: training.learned(),
    "its figures": lambda training: training.finish(),
    "that it failed": lambda training: training.die(),
    "that it was discarded": lambda training: training.give_up(),
}


@pytest.mark.parametrize("says", SAYS)
def test_a_cancelled_training_is_never_heard_not_even_while_the_next_one_runs(
    window: MainWindow, trainings: Trainings, says: str
) -> None:
    own, trainer = shown_points(window).copy(), window.commands.training.controller.trainer
    start(window)
    old = trainings.now
    old.begin()
    trainer.cancel()
    SAYS[says](old)
    assert phase(window) is Phase.IDLE and not window.commands.training.controller.busy
    said = window.retrain.live.says.text()
    start(window)
    trainings.now.begin()
    trainings.now.epoch(1, 0.25)
    before = trainer.progress
    SAYS[says](old)
    assert trainer.progress == before and phase(window) is Phase.LEARNING
    assert np.array_equal(shown_points(window), own) and not RunStore().list() and not window.jobs.running[1:]
    assert window.retrain.live.plot.shown == ((0.5,), (0.25,), 1) and "Nothing was kept" in said
    trainings.now.epoch(2, 0.125)
    assert trainer.progress.validation == (0.25, 0.125), "the new one is heard as before"


def test_the_dock_says_how_a_training_ended_and_offers_the_next_one(
    window: MainWindow, trainings: Trainings, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("auslan_explorer.training.estimate.estimate_seconds", lambda *_: 61.0)
    dock = window.retrain

    def finish() -> None:
        trainings.now.learned()
        trainings.now.finish()
        qtbot.waitUntil(lambda: phase(window) is Phase.IDLE and bool(RunStore().list()))

    ends: dict[str, tuple[Callable[[], object], str, bool]] = {
        "kept": (finish, r"^Done in .*\. The map is kept as “.+” among the runs", False),
        "failed": (lambda: trainings.now.die(), r".", True),
        "cancelled": (dock._retraining.trainer.cancel, r"^Cancelled\. Nothing was kept", False),
    }
    for end, says, wrong in ends.values():
        start(window)
        trainings.now.begin()
        trainings.now.epoch(1, 0.5)
        assert not dock.start_button.isVisible() or not dock.start_button.isEnabled()
        assert dock.estimate.isHidden()
        end()
        qtbot.waitUntil(lambda says=says: bool(re.search(says, dock.live.says.text())))
        qtbot.waitUntil(dock.start_button.isEnabled)
        assert bool(dock.live.says.property("wrong")) == wrong
        assert dock.start_button.isVisible() and not dock.discard_button.isVisible() and dock.why_off.isHidden()
        assert not dock.estimate.isHidden() and "Takes" in dock.estimate.text()


def test_stop_and_keep_ends_with_a_run(window: MainWindow, trainings: Trainings, qtbot: QtBot) -> None:
    start(window)
    training = trainings.now
    training.begin()
    training.epoch(1, 0.5)
    window.status.strip.stop.click()
    assert training.did == ["start", "stop and keep"] and phase(window) is Phase.STOPPING
    training.finish()
    qtbot.waitUntil(lambda: len(RunStore().list()) == 1)


def test_a_training_that_dies_is_told_with_its_log_to_copy(
    window: MainWindow, trainings: Trainings, qapp: QApplication
) -> None:
    own = shown_points(window).copy()
    start(window)
    training, live = trainings.now, window.retrain.live
    training.begin()
    training.epoch(1, 0.5, shows=True)
    training.die()
    assert live.says.text() == "⚠ The training was ended from outside." and np.array_equal(shown_points(window), own)
    assert live.unfold.isVisible() and not live.log.isVisible()
    live.unfold.click()
    assert live.log.isVisible() and live.log.toPlainText() == "line one\nline two"
    live.copy.click()
    assert QGuiApplication.clipboard().text() == "line one\nline two"
    start(window)
    assert len(trainings) == 2 and not live.unfold.isVisible()


def test_a_second_start_is_refused_in_words(window: MainWindow, trainings: Trainings) -> None:
    start(window)
    window.retrain.start()
    assert len(trainings) == 1 and "under way" in window.retrain.why_off.text()
    action = window.actions_[ActionId.START_TRAINING]
    assert not action.isEnabled() and "under way" in action.toolTip()
    assert window.actions_[ActionId.CANCEL_TRAINING].isEnabled()


def test_a_full_disk_costs_the_run_and_nothing_else(window: MainWindow, trainings: Trainings, qtbot: QtBot) -> None:
    own = shown_points(window).copy()
    blocked = RunStore().folder
    blocked.parent.mkdir(parents=True, exist_ok=True)
    blocked.write_text("in the way")
    start(window)
    trainings.now.begin()
    trainings.now.finish()
    qtbot.waitUntil(lambda: window.retrain.live.says.text().startswith("⚠"))
    assert np.array_equal(shown_points(window), own) and not window.commands.training.controller.busy


def test_other_activations_opened_meanwhile_keep_their_map(
    window: MainWindow, trainings: Trainings, qtbot: QtBot
) -> None:
    start(window)
    training = trainings.now
    training.begin()
    window.commands.files.show(made_up_activations())
    own = shown_points(window).copy()
    training.epoch(1, 0.5, shows=True)
    training.finish()
    qtbot.waitUntil(lambda: len(RunStore().list()) == 1)
    qtbot.waitUntil(lambda: not window.commands.training.controller.busy)
    assert window.session.state.run_2d == "" and np.array_equal(shown_points(window), own)


# --------------------------------------------------------------------------------------------------------- closing
def test_closing_asks_and_can_go_on(window: MainWindow, trainings: Trainings) -> None:
    start(window)
    trainings.now.begin()
    window.close()
    question = window._closing
    assert window.isVisible() and question.box is not None
    question.buttons[0].click()
    assert window.isVisible() and question.box is None and trainings.now.did == ["start"]


def test_closing_can_keep_the_best_and_waits_for_it(window: MainWindow, trainings: Trainings, qtbot: QtBot) -> None:
    start(window)
    trainings.now.begin()
    window.close()
    window._closing.buttons[1].click()
    assert window.isVisible() and trainings.now.did == ["start", "stop and keep"]
    trainings.now.finish()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert len(RunStore().list()) == 1


def test_closing_can_discard(window: MainWindow, trainings: Trainings) -> None:
    start(window)
    trainings.now.begin()
    window.close()
    window._closing.buttons[2].click()
    assert not window.isVisible() and trainings.now.did == ["start", "cancel"]


def test_the_keyboard_reaches_everything(window: MainWindow, trainings: Trainings, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert window.retrain.isVisible()
    window.retrain.start_button.setFocus()
    qtbot.keyClick(window.retrain.start_button, Qt.Key.Key_Space)
    assert len(trainings) == 1
    assert window.views is not None and window.views.isAncestorOf(window.focusWidget())
    trainings.now.begin()
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Space)
    assert trainings.now.did == ["start"] and window.retrain.question is None and window.playback.playing
    window.actions_[ActionId.CANCEL_TRAINING].trigger()
    question = window.retrain.question
    assert question is not None and question.defaultButton().text() == "Keep going"
    qtbot.keyClick(question.defaultButton(), Qt.Key.Key_Space)
    assert window.retrain.question is None and trainings.now.did == ["start"]
    trainings.now.finish()
    qtbot.waitUntil(lambda: not window.commands.training.controller.busy)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Space)
    assert len(trainings) == 1
    assert "tensorflow" not in sys.modules


def test_in_large_text_words_stand_above_their_fields_and_nothing_lies_aside(window: MainWindow, qtbot: QtBot) -> None:
    window.docks.show("retrain")
    form, page = window.retrain.form, window.retrain.page
    row = form.rows["epochs"]
    qtbot.waitUntil(lambda: row.label.mapTo(form, row.label.rect().topLeft()).x() < row.field.x())
    qtbot.waitUntil(lambda: page.horizontalScrollBar().maximum() == 0)
    window.appearance.choose_text_size(200)
    window.resize(1024, 700)
    qtbot.waitUntil(lambda: row.field.x() == 0)
    qtbot.waitUntil(lambda: row.label.mapTo(form, row.label.rect().bottomLeft()).y() <= row.field.y())
    qtbot.waitUntil(lambda: page.horizontalScrollBar().maximum() == 0)
    large = row.label.font().pixelSize()
    window.appearance.choose(Look.DARK)
    assert row.label.font().pixelSize() == large  # another theme leaves the text as large as it was
    window.appearance.choose_text_size(100)
    qtbot.waitUntil(lambda: row.field.x() > 0)


def test_without_tensorflow_start_is_off_and_says_what_to_install(
    window: MainWindow, trainings: Trainings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prerequisites, "missing", lambda: prerequisites.NOT_INSTALLED)
    window.docks.show("retrain")
    dock = window.retrain
    put(dock.form, epochs="3")
    assert not dock.start_button.isEnabled() and dock.why_off.isVisible()
    assert 'pip install "auslan-explorer[train]"' in dock.why_off.text()
    dock.form.accepted.emit()  # Enter in a field
    window.commands.training.start()
    assert not trainings and dock.why_off.text() == prerequisites.NOT_INSTALLED
    assert window.commands.training.start_disabled_reason() == prerequisites.NOT_INSTALLED


@pytest.mark.parametrize("dims", [2, 3])
@pytest.mark.parametrize("ending", ["cancelled", "failed", "discarded"])
def test_the_map_that_was_learning_goes_with_its_training(
    window: MainWindow, trainings: Trainings, dims: int, ending: str
) -> None:
    before = window.session.trajectories(dims)
    other = window.session.trajectories(5 - dims)
    assert before is not None
    window.docks.show("retrain")
    window.retrain.form.set_dims(dims)
    window.retrain.start_button.click()
    trainings.now.begin()
    trainings.now.epoch(1, 0.5, shows=True)
    learning = window.session.trajectories(dims)
    assert learning is not None and not np.array_equal(learning.vertices, before.vertices)
    assert window.session.trajectories(5 - dims) is other, "the other map is left alone"
    if ending == "cancelled":
        window.commands.training.controller.trainer.cancel()
    elif ending == "failed":
        trainings.now.die()
    else:
        trainings.now.give_up()
    after = window.session.trajectories(dims)
    assert after is not None and np.array_equal(after.vertices, before.vertices)
