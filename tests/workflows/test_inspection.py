"""Paths are compared with one another once, and what was found is kept."""

from __future__ import annotations

import weakref
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from auslan_explorer import paths
from auslan_explorer.analysis import neighbours, units
from auslan_explorer.analysis.dtw import PathStore
from auslan_explorer.analysis.neighbours import distances_among, fingerprint
from auslan_explorer.analysis.step_lengths import mean_length, step_lengths
from auslan_explorer.analysis.units import likeness_order
from auslan_explorer.core.activations import Activations, ArrayStates
from auslan_explorer.core.errors import Cancelled
from auslan_explorer.io.neighbour_store import NeighbourStore
from auslan_explorer.workflows import inspection
from auslan_explorer.workflows.cluster_comparison import compare_groups_on_cluster
from auslan_explorer.workflows.inspection import compare, compare_all, find_typical, prepare, read_states
from tests.made_up import made_up_activations


@pytest.fixture
def activations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Activations:
    monkeypatch.setenv(paths.DATA_VARIABLE, str(tmp_path))
    return made_up_activations()


def test_distances_of_one_recording_are_kept_for_the_next_session(activations: Activations) -> None:
    found = compare(prepare(activations), 3)
    assert found.not_kept == "" and found.values[3] == 0
    again = prepare(activations).row(3)
    assert again is not None and np.array_equal(again, found.values)


def test_comparing_all_goes_on_where_it_was_stopped(activations: Activations, monkeypatch: pytest.MonkeyPatch) -> None:
    computed: list[np.ndarray] = []
    compare_group = neighbours.compare_group

    def counting(paths: PathStore, order: np.ndarray, first: int) -> np.ndarray:
        computed.append(order[first : first + 3])
        return compare_group(paths, order, first)

    for module in (neighbours, inspection):
        monkeypatch.setattr(module, "QUERIES", 3)
    monkeypatch.setattr(neighbours, "compare_group", counting)
    prepared = prepare(activations)
    with pytest.raises(Cancelled):
        compare_all(activations, prepared, cancelled=lambda: len(computed) > 1)
    kept = {i for i in range(len(activations)) if prepared.store.row(i) is not None}
    assert 0 < len(kept) < len(activations)
    computed.clear()
    told: list[float] = []
    assert compare_all(activations, None, progress=lambda fraction, _: told.append(fraction)) == len(activations)
    assert set(np.concatenate(computed).tolist()) == set(range(len(activations))) - kept and told[-1] == 1.0
    among = distances_among(activations.all_states(), activations.offsets, range(len(activations)))
    for recording in range(len(activations)):
        np.testing.assert_allclose(prepared.store.row(recording), among[recording], rtol=1e-5)


def test_a_local_cluster_compares_many_recordings_by_the_same_task(
    activations: Activations, monkeypatch: pytest.MonkeyPatch
) -> None:
    distributed = pytest.importorskip("distributed", reason="the extra “cluster” is not installed")
    monkeypatch.setattr(inspection, "MOST_HERE", 5)
    monkeypatch.setattr(inspection, "compare_groups", lambda *_: pytest.fail("compared on this computer"))
    prepared = prepare(activations)
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=2, processes=False, dashboard_address=None
    ) as cluster:
        with pytest.raises(Cancelled):
            list(
                compare_groups_on_cluster(
                    PathStore(activations.all_states(), activations.offsets),
                    np.arange(5),
                    cluster.scheduler_address,
                    cancelled=lambda: True,
                )
            )
        compare_all(activations, prepared, cluster.scheduler_address)
    among = distances_among(activations.all_states(), activations.offsets, range(len(activations)))
    for recording in range(len(activations)):
        np.testing.assert_allclose(prepared.store.row(recording), among[recording], rtol=1e-5)


def test_the_most_typical_recording_is_the_nearest_to_the_others(activations: Activations) -> None:
    recordings = np.flatnonzero(activations.sign == 1).tolist()
    prepared = prepare(activations)
    found = find_typical(prepared, recordings)
    sums = [compare(prepared, recording).values[recordings].sum() for recording in recordings]
    assert found.whole_paths and found.medoid == recordings[int(np.argmin(sums))]


def test_states_that_half_precision_holds_are_read_in_it(
    activations: Activations, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inspection, "_BLOCK", 40)
    halves = activations.all_states().astype(np.float16)
    found = read_states(replace(activations, states=ArrayStates(halves.astype(np.float32))))
    assert found.dtype == np.float16 and np.array_equal(found, halves)


@pytest.mark.parametrize("block", [1, 40, 1 << 14])
def test_what_is_prepared_is_that_of_all_hidden_states_however_many_are_read_at_once(
    activations: Activations, monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    monkeypatch.setattr(inspection, "_BLOCK", block)
    monkeypatch.setattr(units, "SAMPLE", 50)
    a = activations
    found, states = prepare(a), a.all_states()
    assert found.store.folder == NeighbourStore.open_for(fingerprint(a.states, a.lengths), len(a)).folder
    assert found.mean_step == mean_length(step_lengths(states, a.offsets))
    assert np.array_equal(found.order, likeness_order(states))
    assert np.array_equal(found.last, states[a.offsets[1:] - 1])


def test_hidden_states_are_read_by_parts_and_not_held(
    activations: Activations, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module, name, most in (
        (inspection, "_BLOCK", 40),
        (neighbours, "_PART_BYTES", 0),
        (neighbours, "_KEPT_BYTES", 0),
    ):
        monkeypatch.setattr(module, name, most)
    read: list[weakref.ref[np.ndarray]] = []

    class Watched:
        shape = activations.states.shape

        def rows(self, start: int, stop: int) -> np.ndarray:
            assert stop - start < 40 + activations.lengths.max()
            values = activations.states.rows(start, stop).copy()
            read.append(weakref.ref(values))
            return values

    a = replace(activations, states=Watched())
    prepared = prepare(a)
    np.testing.assert_allclose(
        compare(prepared, 3).values, distances_among(activations.all_states(), a.offsets, range(len(a)))[3], rtol=1e-5
    )
    recordings = np.flatnonzero(a.sign == 1).tolist()
    assert find_typical(prepared, recordings) == find_typical(prepare(activations), recordings)
    assert read and all(each() is None for each in read)


@pytest.mark.parametrize("value", [1 / 3, 1e6])
def test_states_that_half_precision_does_not_hold_are_read_as_they_are(
    activations: Activations, monkeypatch: pytest.MonkeyPatch, value: float
) -> None:
    monkeypatch.setattr(inspection, "_BLOCK", 40)
    states = activations.all_states().astype(np.float16).astype(np.float32)
    states[-1, -1] = value
    found = read_states(replace(activations, states=ArrayStates(states)))
    assert found.dtype == np.float32 and np.array_equal(found, states)
