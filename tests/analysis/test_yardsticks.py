"""What a map is held against is what its definition says."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from auslan_explorer.analysis.stability import PHASES
from auslan_explorer.analysis.yardsticks import explained_along_path, mean_path_explained, same_session_share
from auslan_explorer.core.activations import Activations, ArrayStates
from auslan_explorer.core.network import Autoencoder, DenseLayer
from auslan_explorer.core.splits import NO_SPLIT, TEST, TRAIN
from auslan_explorer.io.cache import read_cache
from auslan_explorer.io.model_lookup import AUTOENCODERS
from auslan_explorer.io.models import load_autoencoder
from auslan_explorer.paths import models_dir
from tests.made_up import made_up_activations


@pytest.fixture(scope="module")
def shipped() -> Activations:
    return read_cache(models_dir() / "activations.h5")


def test_explained_variance_along_the_path_is_counted_step_by_step(shipped: Activations) -> None:
    autoencoder = load_autoencoder(models_dir() / AUTOENCODERS[2])
    chosen = shipped.split == TEST
    parts: list[list[np.ndarray]] = [[] for _ in range(5)]
    lost: list[list[np.ndarray]] = [[] for _ in range(5)]
    for r in np.flatnonzero(chosen):
        states = shipped.recording_states(r)
        error = np.square(autoencoder.reconstruct(states) - states).sum(axis=1)
        for step in range(len(states)):
            part = int(5 * step / len(states))
            parts[part].append(states[step])
            lost[part].append(error[step])
    expected = [1 - np.sum(e) / np.square(s - np.mean(s, axis=0)).sum() for s, e in zip(parts, lost, strict=True)]
    got = explained_along_path(shipped, autoencoder, chosen)
    assert got == pytest.approx(expected, rel=1e-4)
    assert got[0] is not None and got[4] is not None and got[0] < got[4], "the beginning is the harder part"


def test_a_map_that_keeps_all_explains_all_and_where_nothing_varies_nothing_is_said(shipped: Activations) -> None:
    some = np.arange(len(shipped)) < 5
    layer = DenseLayer(np.eye(shipped.units, dtype=np.float32), np.zeros(shipped.units, np.float32), "linear")
    same = Autoencoder((layer, layer), 0)
    assert explained_along_path(shipped, same, some, 3) == pytest.approx((1, 1, 1))
    one = np.arange(len(shipped)) == 0
    parts = int(shipped.lengths[0])
    assert explained_along_path(shipped, same, one, parts) == (None,) * parts, "a part of one step"


def test_the_mean_path_of_training_recordings_is_stretched_to_each_tested_one(shipped: Activations) -> None:
    phases = PHASES
    error, states = 0.0, []
    paths = {}
    for sign in np.unique(shipped.sign):
        own = np.flatnonzero((shipped.sign == sign) & (shipped.split == TRAIN))
        stretched = []
        for r in own:
            values = shipped.recording_states(r)
            at = np.linspace(0, len(values) - 1, phases)
            stretched.append(np.stack([np.interp(at, np.arange(len(values)), unit) for unit in values.T], axis=1))
        paths[sign] = np.mean(stretched, axis=0)
    for r in np.flatnonzero(shipped.split == TEST):
        values, path = shipped.recording_states(r), paths[shipped.sign[r]]
        at = np.linspace(0, phases - 1, len(values))
        expected = np.stack([np.interp(at, np.arange(phases), unit) for unit in path.T], axis=1)
        error += np.square(values - expected).sum()
        states.append(values)
    together = np.concatenate(states)
    got = mean_path_explained(shipped)
    assert got == pytest.approx(1 - error / np.square(together - together.mean(axis=0)).sum(), rel=1e-3)


def test_recordings_of_a_known_session_are_counted_one_by_one(shipped: Activations) -> None:
    session, learned = shipped.session, shipped.split == TRAIN
    near = [
        ((shipped.sign == shipped.sign[r]) & (session == session[r]) & learned).any()
        for r in np.flatnonzero(shipped.split == TEST)
    ]
    assert same_session_share(shipped) == pytest.approx(np.mean(near))
    apart = np.where(session >= 8, TEST, TRAIN).astype(np.uint8)
    assert same_session_share(replace(shipped, split=apart)) == 0


def test_where_splits_are_not_known_nothing_is_said(shipped: Activations) -> None:
    unknown = replace(shipped, split=np.full_like(shipped.split, NO_SPLIT))
    assert same_session_share(unknown) is None and mean_path_explained(unknown) is None


def test_without_recordings_to_train_on_or_to_test_nothing_is_said_and_those_without_a_step_count_for_none() -> None:
    a = made_up_activations()
    for split in (TRAIN, TEST):
        alone = replace(a, split=np.full(len(a), split, np.uint8))
        assert same_session_share(alone) is None and mean_path_explained(alone) is None
    assert same_session_share(replace(a, session=np.zeros(len(a), np.int16))) is None
    some = replace(a, session=np.where(a.split == TEST, -1, 1).astype(np.int16))
    # Two recordings are tested: one of its own session, and one without a step, which would not be.
    first, second = np.flatnonzero(a.split == TEST)[:2]
    split = np.where(a.split == TEST, NO_SPLIT, a.split).astype(np.uint8)
    split[[first, second]] = TEST
    session = some.session.copy()
    session[first] = 1
    lengths = a.lengths.copy()
    kept = np.delete(np.arange(a.real_steps), np.arange(a.offsets[second], a.offsets[second + 1]))
    lengths[second] = 0
    shorter = replace(some, split=split, session=session, lengths=lengths, states=ArrayStates(a.all_states()[kept]))
    assert same_session_share(replace(some, split=split, session=session)) == 0.5
    assert same_session_share(shorter) == 1.0
    assert mean_path_explained(shorter) is not None
