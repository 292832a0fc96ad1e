"""Maps trained as the window trains them: the same bits for the same seed, turned, measured; bad input in sentences."""

from __future__ import annotations

import importlib.util
import os
import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from auslan_explorer.core.activations import ArrayStates
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.projection import Projection
from auslan_explorer.core.splits import TEST, VALIDATION
from auslan_explorer.io.cache import read_cache
from auslan_explorer.ml.train_map import train_map
from auslan_explorer.training.events import AutoencoderTrained, BatchesDone, Discarded, Failed, Measured, Snapshot
from auslan_explorer.training.job import TrainingJob
from auslan_explorer.training.settings import AutoencoderSettings
from auslan_explorer.training.supervisor import Training

ROOT = Path(__file__).resolve().parents[2]
QUICK = AutoencoderSettings(widths=(32, 16), batch=32, epochs=2, steps="all", learning_rate=5e-3, code_noise=0.01)
LONG = replace(QUICK, epochs=5000, patience=5000)


def trained(events):
    (found,) = (event for event in events if isinstance(event, AutoencoderTrained))
    return found


def with_states(activations, states):
    return replace(activations, states=ArrayStates(states.astype(np.float32)))


def run(job, act=None):
    """Train in a process of its own and return its events; `act` is told the training once something is learned."""
    events, learned = [], threading.Event()

    def hear(event):
        events.append(event)
        if isinstance(event, BatchesDone):
            learned.set()

    training = Training(job, hear)
    training.start()
    if act is not None:
        assert learned.wait(120)
        act(training)
    assert training.wait(120)
    return events


def test_same_settings_and_seed_give_the_same_map_bit_for_bit(activations):
    # Whether it is watched or not, and whatever stands on the screen.
    seen = np.random.default_rng(0).normal(size=(activations.real_steps, 2)).astype(np.float32)
    one = trained(run(TrainingJob(activations, QUICK)))
    two = trained(run(TrainingJob(activations, QUICK, show_every=1, on_screen=seen)))
    assert one.autoencoder.fingerprint == two.autoencoder.fingerprint
    assert one.points.tobytes() == two.points.tobytes()
    assert one.validation_losses == two.validation_losses


def test_stopping_keeps_the_best_map_and_cancelling_nothing(activations):
    events = run(TrainingJob(activations, LONG), Training.stop_and_keep)
    assert isinstance(events[-1], Measured) and events[-1].quality["measured_on"] == "test"
    assert trained(events).epochs_run < LONG.epochs
    assert run(TrainingJob(activations, LONG), Training.cancel)[-1] == Discarded()


def test_what_the_child_cannot_do_comes_back_as_a_sentence(activations):
    states = activations.all_states().copy()
    states[3, 2] = np.nan
    (event,) = run(TrainingJob(with_states(activations, states), QUICK))
    assert isinstance(event, Failed) and "not finite numbers" in event.sentence and not event.log


def test_the_map_is_turned_to_where_it_was(activations):
    first = trained(train_map(TrainingJob(activations, QUICK, threads=1)))
    turn = np.array([[0, -1], [1, 0]], dtype=np.float32)
    before = Projection(first.points @ turn, np.zeros((0, 2), np.float32), "", "before")
    known = replace(activations, projections={2: before})
    events = list(train_map(TrainingJob(known, QUICK, show_every=1, threads=1)))
    assert np.allclose(trained(events).points, before.points, atol=1e-4)
    shown = [event for event in events if isinstance(event, Snapshot)]
    assert [event.epoch for event in shown] == [1, 2]
    assert all(event.points.shape == before.points.shape and event.prefix.shape == (0, 2) for event in shown)
    assert isinstance(events[-1], Measured)


@pytest.mark.parametrize(("recordings", "on", "code"), [("train", "test", TEST), ("all", "validation", VALIDATION)])
def test_the_map_is_measured_on_recordings_that_did_not_train_it(activations, recordings, on, code):
    job = TrainingJob(activations, replace(QUICK, epochs=1, recordings=recordings), threads=1)
    events = list(train_map(job))
    told, split = events[-1].quality, job.split()
    assert told["measured_on"] == on and 0 < (split == code).sum() < len(split)
    states = activations.all_states()[(split == code)[activations.recording_of_point()]]
    ends = activations.all_states()[activations.offsets[1:][split == code] - 1]
    network = trained(events).autoencoder
    assert told["mse"] == pytest.approx(np.square(network.reconstruct(states) - states).mean(), rel=1e-4)
    assert told["last_step_mse"] == pytest.approx(np.square(network.reconstruct(ends) - ends).mean(), rel=1e-4)
    everyone = activations.all_states()
    assert told["mse"] != pytest.approx(np.square(network.reconstruct(everyone) - everyone).mean(), rel=1e-3)


def test_the_training_gets_the_jobs_threads_snapshots_and_split(activations, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "auslan_explorer.ml.train_map.train_autoencoder", lambda *given: asked.append(given) or iter(())
    )
    job = TrainingJob(activations, QUICK, show_every=4, threads=3)
    list(train_map(job))
    list(train_map(replace(job, show_every=0, threads=0)))
    (_, settings, split, _, _, show, every, threads), unseen = asked
    assert (settings, every, threads) == (QUICK, 4, 3) and np.array_equal(split, job.split())
    assert np.array_equal(show.array, np.concatenate([activations.all_states(), activations.prefix]))
    assert unseen[5] is None and unseen[7] == os.cpu_count()


def test_another_networks_cache_trains_all_the_same(tmp_path):
    path = ROOT / "docs" / "examples" / "gru_cache.py"
    spec = importlib.util.spec_from_file_location("gru_cache", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.main(tmp_path / "waves.h5")
    waves = read_cache(tmp_path / "waves.h5")
    for recordings, on in (("train", "test"), ("all", "validation")):
        settings = replace(QUICK, dims=3, batch=256, recordings=recordings, steps="moving")
        events = list(train_map(TrainingJob(waves, settings, threads=1)))
        assert trained(events).points.shape == (waves.real_steps, 3)
        assert events[-1].quality["measured_on"] == on


def test_a_small_selection_trains_and_a_single_recording_is_explained(activations):
    chosen = replace(QUICK, recordings="selection")
    selected = np.arange(len(activations)) < 4
    assert trained(train_map(TrainingJob(activations, chosen, selected, threads=1))).points.shape[1] == 2
    with pytest.raises(UserError, match="One recording is too little"):
        list(train_map(TrainingJob(activations, chosen, np.arange(len(activations)) == 0)))
    with pytest.raises(UserError, match="Nothing is selected"):
        list(train_map(TrainingJob(activations, chosen)))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda states: np.full_like(states, 0.5), "all the same"),
        (lambda states: np.where(states == states[0, 0], np.inf, states), "not finite numbers"),
        (lambda states: states * 1e18, "no longer a finite number"),
    ],
)
def test_states_that_teach_nothing_are_explained(activations, change, words):
    wild = replace(QUICK, learning_rate=1.0, clip_norm=0.0, schedule="constant", epochs=60, patience=60)
    broken = with_states(activations, change(activations.all_states()))
    with pytest.raises(UserError, match=words):
        list(train_map(TrainingJob(broken, wild, threads=1)))


def test_too_few_steps_are_explained(activations):
    few = replace(activations, first_step=np.full(len(activations), 62, np.int32), steps=90)
    with pytest.raises(UserError, match="too few"):
        list(train_map(TrainingJob(few, replace(QUICK, steps="article"), np.ones(len(few), bool))))
