"""Smoothness of paths is what its definition says, and tells a torn map from a whole one."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.manifold import trustworthiness

from auslan_explorer.analysis.smoothness import Smoothness, smoothness, trustworthiness_elsewhere
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.splits import TEST
from auslan_explorer.io.cache import read_cache
from auslan_explorer.paths import models_dir


@pytest.fixture(scope="module")
def shipped() -> Activations:
    return read_cache(models_dir() / "activations.h5")


@pytest.mark.parametrize("dims", [2, 3])
def test_the_shipped_maps_are_as_smooth_as_the_definition_says(shipped: Activations, dims: int) -> None:
    """Recording by recording, by hand."""
    points = shipped.projections[dims].points.astype(np.float64)
    tested = np.flatnonzero(shipped.split == TEST)
    rows = np.concatenate([np.arange(*shipped.offsets[i : i + 2]) for i in tested])
    states = shipped.all_states()
    expected: dict[str, list[float]] = {"raw": [], "log": [], "largest": []}
    moved, state_moved = [], []
    logged = np.sign(points) * np.log1p(np.abs(points))
    extents = [
        np.sqrt(np.sum(np.square(np.percentile(p[rows], 99.5, axis=0) - np.percentile(p[rows], 0.5, axis=0))))
        for p in (points, logged)
    ]
    for i in tested:
        path = slice(*shipped.offsets[i : i + 2])
        raw, log = (np.sqrt(np.square(np.diff(p[path], axis=0)).sum(axis=1)) for p in (points, logged))
        expected["raw"].append(raw.max() > 0.1 * extents[0])
        expected["log"].append(log.max() > 0.1 * extents[1])
        expected["largest"].append(raw.max() / raw.sum())
        moved.extend(raw)
        state_moved.extend(np.linalg.norm(np.diff(states[path], axis=0), axis=1))
    got = smoothness(states[rows], points[rows], shipped.recording_of_point()[rows])
    assert got.long_steps == pytest.approx(np.mean(expected["raw"]))
    assert got.long_steps_log == pytest.approx(np.mean(expected["log"]))
    assert got.largest_step == pytest.approx(np.median(expected["largest"]), rel=1e-6)
    assert got.step_correlation == pytest.approx(np.corrcoef(moved, state_moved)[0, 1], rel=1e-5)


def test_one_tear_in_one_of_two_recordings_is_seen() -> None:
    time = np.linspace(0, 1, 50)[:, None] * [1.0, 0.5]
    whole, torn = time, time + np.where(np.arange(50) < 25, 0, 0.4)[:, None]
    states = np.concatenate([time, time])
    recording = np.repeat([3, 8], 50)
    assert smoothness(states, np.concatenate([whole, whole]), recording).long_steps == 0
    got = smoothness(states, np.concatenate([whole, torn]), recording)
    assert got.long_steps == 0.5 and got.largest_step is not None
    # From one recording to the next is no step, however far.
    far = smoothness(states, np.concatenate([whole, whole + 9]), recording)
    assert far.long_steps == 0 and far.step_correlation is None


def test_nothing_to_measure_is_said_to_be_nothing() -> None:
    one_step_each = smoothness(np.ones((3, 4)), np.ones((3, 2)), np.arange(3))
    assert one_step_each == Smoothness(None, None, None, None)
    still = smoothness(np.ones((6, 4)), np.ones((6, 2)), np.repeat([0, 1], 3))
    assert still == Smoothness(None, None, None, None)


def test_among_other_recordings_a_steps_own_neighbours_in_time_do_not_count() -> None:
    rng = np.random.default_rng(1)
    states = rng.normal(size=(120, 5)).astype(np.float32)
    points = rng.normal(size=(120, 2)).astype(np.float32)
    # With one step each, there is nothing to leave out: the figure is scikit-learn's.
    alone = trustworthiness_elsewhere(states, points, np.arange(120), 6)
    assert alone == pytest.approx(trustworthiness(states, points, n_neighbors=6), abs=1e-6)
    # Four steps of each recording lie on one place, in both spaces: within a recording the map is perfect.
    recording = np.repeat(np.arange(120), 4)
    near = rng.normal(scale=1e-4, size=(480, 1))
    crowded, shown = np.repeat(states, 4, axis=0) + near, np.repeat(points, 4, axis=0) + near
    elsewhere = trustworthiness_elsewhere(crowded, shown, recording, 3)
    assert elsewhere is not None and elsewhere < trustworthiness(crowded, shown, n_neighbors=3) - 0.1
    assert trustworthiness_elsewhere(crowded, shown, np.zeros(480, int), 3) is None


def test_a_perfect_map_is_trustworthy_elsewhere_too() -> None:
    flat = np.random.default_rng(2).normal(size=(90, 2)).astype(np.float32)
    turned = flat @ np.array([[0, 1], [-1, 0]], np.float32)
    assert trustworthiness_elsewhere(flat, turned, np.arange(90) // 3, 5) == 1


@pytest.mark.parametrize(("others", "known"), [(8, False), (9, True)])
def test_there_have_to_be_more_than_twice_as_many_other_steps_as_neighbours(others: int, known: bool) -> None:
    flat = np.random.default_rng(3).normal(size=(others + 1, 2)).astype(np.float32)
    found = trustworthiness_elsewhere(flat, flat, np.arange(others + 1), 4)
    assert found == (1 if known else None)
