"""An ensemble's trainings, here and on a local Dask cluster: real child processes on made-up activations."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from auslan_explorer import __version__
from auslan_explorer.core.activations import Activations, ArrayStates
from auslan_explorer.core.errors import Cancelled, UserError
from auslan_explorer.core.network import Autoencoder, DenseLayer
from auslan_explorer.training import ensemble as module
from auslan_explorer.training.ensemble import SeedMap, Trainings, assemble_ensemble, train_ensemble
from auslan_explorer.training.job import TrainingJob
from auslan_explorer.training.settings import AutoencoderSettings
from tests.made_up import made_up_activations
from tests.waiting import wait_until

SETTINGS = AutoencoderSettings(widths=(16,), batch=64, epochs=2, last_step_copies=0)


def _children() -> set[int]:
    """Processes that this one has started."""
    file = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
    return set(map(int, file.read_text().split())) if file.exists() else set()


@pytest.fixture(scope="module")
def trained() -> tuple[Trainings, list[float]]:
    """An ensemble of two seeds, trained side by side, and the progress that was told."""
    told: list[float] = []
    done = train_ensemble(made_up_activations(), SETTINGS, (1, 0), 2, lambda fraction, text: told.append(fraction))
    return done, told


def test_seeds_differ_and_their_maps_come_in_order(trained: tuple[Trainings, list[float]]) -> None:
    a, (done, told) = made_up_activations(), trained
    assert [each.seed for each in done.maps] == [0, 1] and done.failed == ()
    first, second = (each.points for each in done.maps)
    assert first.shape == (a.real_steps, 2) and not np.allclose(first, second)
    assert told[-1] == 1 and told == sorted(told)
    found = assemble_ensemble(a, done.maps, SETTINGS)
    assert found.seeds == (0, 1) and found.info["settings"]["epochs"] == 2 and "seed" not in found.info["settings"]
    assert found.ends.shape == (2, len(a), 2) and len(found.info["validation_loss"]) == 2


def test_a_cancel_leaves_no_process_and_keeps_what_is_finished_the_same_map_for_the_same_seed(
    trained: tuple[Trainings, list[float]],
) -> None:
    a = made_up_activations()
    kept: list[SeedMap] = []
    before = _children()
    with pytest.raises(Cancelled):
        train_ensemble(a, SETTINGS, range(4), 1, cancelled=lambda: bool(kept), on_map=kept.append)
    assert len(kept) == 1 and isinstance(kept[0], SeedMap)
    assert _children() <= before
    # One at a time or side by side.
    (same,) = (each for each in trained[0].maps if each.seed == kept[0].seed)
    assert (kept[0].points == same.points).all()
    with pytest.raises(UserError, match="One map alone"):
        assemble_ensemble(a, kept, SETTINGS)


def test_activations_that_cannot_train_end_it_at_once_in_a_sentence() -> None:
    """Which activations those are, and each one's sentence, tests/ml knows without a process for each."""
    a = made_up_activations()
    bad = replace(a, states=ArrayStates(np.full_like(a.all_states(), 0.5)))
    with pytest.raises(UserError, match="all the same"):
        train_ensemble(bad, replace(SETTINGS, steps="all"), range(3), 1)


@pytest.mark.parametrize("count", [0, 1, 51])
def test_a_number_of_seeds_that_cannot_be_meant_is_said_before_anything_starts(
    count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "train_seed", lambda *_: pytest.fail("a training was started"))
    with pytest.raises(UserError, match=f"2 to 50 seeds, not {count}"):
        train_ensemble(made_up_activations(), SETTINGS, range(count), 1)


# ------------------------------------------------------------------------------------------------------- cluster
def test_a_local_cluster_runs_the_same_task(trained: tuple[Trainings, list[float]]) -> None:
    distributed = pytest.importorskip("distributed", reason="the extra “cluster” is not installed")
    from auslan_explorer.training.cluster import train_on_cluster

    a: Activations = made_up_activations()
    kept: list[SeedMap] = []
    with distributed.LocalCluster(n_workers=1, threads_per_worker=2, dashboard_address=None) as cluster:
        done = train_on_cluster(a, SETTINGS, (0, 1), cluster.scheduler_address, on_map=kept.append)
        with pytest.raises(Cancelled):
            train_on_cluster(a, SETTINGS, range(6), cluster.scheduler_address, cancelled=lambda: True)
    assert len(kept) == 2
    for there, own in zip(done.maps, trained[0].maps, strict=True):
        assert there.seed == own.seed and (there.points == own.points).all()


def test_an_address_where_nobody_answers_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="the extra “cluster” is not installed")
    from auslan_explorer.training import cluster

    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 1)
    bad = {"": "no address", "two words": "no address", "tcp://127.0.0.1:1": "No Dask", "gopher://nowhere": "No Dask"}
    for address, sentence in bad.items():
        with pytest.raises(UserError, match=sentence):
            cluster.connect(address)


def test_without_the_extra_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    from auslan_explorer.training import cluster

    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UserError, match=r"auslan-explorer\[cluster\]"):
        cluster.connect("tcp://127.0.0.1:8786")


# ------------------------------------------------------------------------------- what is trained, without a process
def test_what_travels_is_what_a_training_needs_and_no_file() -> None:
    a = made_up_activations()
    dense = (DenseLayer(np.zeros((8, 2), "f4"), np.zeros(2, "f4"), "linear"),
             DenseLayer(np.zeros((2, 8), "f4"), np.zeros(8, "f4"), "linear"))  # fmt: skip
    full = replace(a, autoencoders={2: Autoencoder(dense, 0)}, hand_ratio=np.zeros(len(a), np.float32))
    found = module.detach_from_file(full)
    np.testing.assert_array_equal(found.all_states(), a.all_states())
    assert isinstance(found.states, ArrayStates)
    assert (found.head, found.classifier, found.autoencoders, found.hand_ratio) == (None, None, {}, None)
    for name in ("lengths", "first_step", "sign", "split", "prefix"):
        np.testing.assert_array_equal(getattr(found, name), getattr(a, name))


def test_after_a_cancel_no_further_training_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[int] = []
    kept: list[SeedMap] = []

    def train(job: TrainingJob, tell: object, cancelled: Callable[[], bool]) -> SeedMap:
        begun.append(job.settings.seed)
        if len(begun) > 1:
            wait_until(cancelled)
        return SeedMap(job.settings.seed, np.zeros((3, 2)), 0.1, 1.0)

    monkeypatch.setattr(module, "train_seed", train)
    with pytest.raises(Cancelled):
        train_ensemble(made_up_activations(), SETTINGS, range(6), 1, cancelled=lambda: bool(kept), on_map=kept.append)
    assert begun in ([0], [0, 1]), "the second may have begun before anybody asked"


def test_an_ensemble_says_how_it_was_made() -> None:
    a = made_up_activations()
    points = np.zeros((a.real_steps, 2), np.float32)
    maps = [SeedMap(seed, points + seed, 0.12345678 + seed, 3.14159) for seed in (3, 5)]
    info = assemble_ensemble(a, maps, SETTINGS).info
    assert info["validation_loss"] == [3.123457, 5.123457] and info["seconds"] == [3.1, 3.1]
    assert info["program_version"] == __version__
    assert info["created"] == datetime.now(UTC).date().isoformat()
    assert info["settings"] == {name: value for name, value in SETTINGS.as_dict().items() if name != "seed"}


def test_a_later_training_that_fails_is_missing_and_the_first_ends_all(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail_for(*seeds: int) -> None:
        def train(job: TrainingJob, *_: object) -> SeedMap:
            if job.settings.seed in seeds:
                raise UserError(f"Seed {job.settings.seed} ran out of memory.")
            return SeedMap(job.settings.seed, np.zeros((3, 2)), 0.1, 1.0)

        monkeypatch.setattr(module, "train_seed", train)

    fail_for(2, 1)
    done = train_ensemble(made_up_activations(), SETTINGS, range(4), 1)
    assert [each.seed for each in done.maps] == [0, 3]
    assert done.failed == ((1, "Seed 1 ran out of memory."), (2, "Seed 2 ran out of memory."))
    fail_for(0)
    with pytest.raises(UserError, match="Seed 0 ran out of memory"):
        train_ensemble(made_up_activations(), SETTINGS, range(4), 1)
