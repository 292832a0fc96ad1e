"""How long a training is said to take before it starts."""

from __future__ import annotations

import os
import time
from dataclasses import replace

import numpy as np
import pytest

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.splits import TRAIN
from auslan_explorer.training.estimate import estimate_seconds
from auslan_explorer.training.run import RunInfo
from auslan_explorer.training.settings import ARTICLE_STEPS, AutoencoderSettings

SETTINGS = AutoencoderSettings(epochs=10, steps="all")


def run(settings: AutoencoderSettings = SETTINGS, epochs: int = 5, seconds: float = 20.0) -> RunInfo:
    return RunInfo("id", "name", settings=settings, validation_losses=(1.0,) * epochs, seconds=seconds)


def test_an_earlier_run_of_the_same_settings_gives_its_own_speed(activations: Activations) -> None:
    assert estimate_seconds(activations, SETTINGS, runs=[run()]) == pytest.approx(40)
    assert estimate_seconds(activations, replace(SETTINGS, epochs=80), runs=[run()]) == pytest.approx(320)


def test_work_grows_with_layers_and_steps(activations: Activations) -> None:
    units = activations.units
    narrow = replace(SETTINGS, widths=(10,), dims=2)
    wide = replace(SETTINGS, widths=(40,), dims=2)
    assert estimate_seconds(activations, wide, runs=[run(narrow)]) == pytest.approx(160)
    assert units * 10 + 10 * 2 > 0
    article = replace(SETTINGS, steps="article")
    step, split = activations.step_of_point(), np.repeat(activations.split, activations.lengths)
    trained = split == TRAIN
    share = (trained & (step >= ARTICLE_STEPS[0]) & (step <= ARTICLE_STEPS[1])).sum() / trained.sum()
    assert estimate_seconds(activations, article, runs=[run()]) == pytest.approx(40 * share)


def test_the_newest_run_that_tells_its_time_counts(activations: Activations) -> None:
    of_selection = run(replace(SETTINGS, recordings="selection"))
    runs = [run(seconds=0), run(epochs=0), of_selection, run(seconds=10), run(seconds=99)]
    assert estimate_seconds(activations, SETTINGS, runs=runs) == pytest.approx(20)


def test_without_a_run_it_is_measured_and_grows_with_the_epochs(activations: Activations) -> None:
    once = estimate_seconds(activations, SETTINGS)
    assert 0 < once < 3600 and estimate_seconds(activations, replace(SETTINGS, epochs=20)) == pytest.approx(2 * once)


def test_what_else_a_computer_does_makes_no_training_look_longer(
    activations: Activations, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the processor's time counts: a clock that is stopped most of the time changes nothing."""
    busy = replace(SETTINGS, widths=(31,))
    ticks = iter(range(1000))
    monkeypatch.setattr(time, "thread_time", lambda: 0.25 * next(ticks))
    monkeypatch.setattr(time, "perf_counter", lambda: 1e6 * next(ticks))
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    rows = np.repeat(activations.split == TRAIN, activations.lengths).sum()
    # A batch takes a quarter of a second: so many batches on two processors, by the share that a training reaches.
    batches = rows / busy.batch * busy.epochs
    assert estimate_seconds(activations, busy) == pytest.approx(batches * 0.25 / 2 / 0.28)


def test_too_few_recordings_are_refused_as_by_the_training(activations: Activations) -> None:
    with pytest.raises(UserError):
        estimate_seconds(activations, replace(SETTINGS, recordings="selection"), np.zeros(len(activations), dtype=bool))
