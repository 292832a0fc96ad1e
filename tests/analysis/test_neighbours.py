from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from auslan_explorer.analysis import dtw, neighbours
from auslan_explorer.analysis.dtw import Scaling
from auslan_explorer.analysis.neighbours import PathIndex, distances_among, fingerprint, nearest
from auslan_explorer.core.activations import ArrayStates
from auslan_explorer.core.errors import Cancelled, UserError
from auslan_explorer.io.cache import read_cache
from auslan_explorer.io.neighbour_store import MOST_FOLDERS, NeighbourStore
from auslan_explorer.paths import models_dir


def brute_force(x: np.ndarray, y: np.ndarray) -> float:
    """DTW by its definition, a cell after the other."""
    cost = np.full((len(x) + 1, len(y) + 1), np.inf)
    cost[0, 0] = 0
    for i in range(len(x)):
        for j in range(len(y)):
            here = float(((x[i] - y[j]) ** 2).sum())
            cost[i + 1, j + 1] = here + min(cost[i, j], cost[i, j + 1], cost[i + 1, j])
    return float(np.sqrt(cost[-1, -1]))


@pytest.fixture
def paths() -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(5)
    lengths = np.array([6, 1, 9, 0, 4, 12])
    return rng.normal(size=(lengths.sum(), 7)).astype(np.float32), np.concatenate([[0], np.cumsum(lengths)])


def index_of(states: np.ndarray, offsets: np.ndarray) -> PathIndex:
    return PathIndex(ArrayStates(states), offsets, Scaling.of(states))


def distance(one: np.ndarray, other: np.ndarray) -> float:
    return float(distances_among(np.concatenate([one, other]), np.cumsum([0, len(one), len(other)]), [0, 1])[0, 1])


@pytest.mark.parametrize("part", [neighbours._PART_BYTES, 28 * 7])
@pytest.mark.parametrize(("kept", "rows"), [(neighbours._KEPT_BYTES, 64), (0, 64), (0, 8), (0, 4), (0, 2), (0, 1)])
def test_distance_is_dtw_by_its_definition(
    kept: int, rows: int, part: int, paths: tuple[np.ndarray, np.ndarray], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(neighbours, "_KEPT_BYTES", kept)
    monkeypatch.setattr(neighbours, "_PART_BYTES", part)
    monkeypatch.setattr(dtw, "_ROWS", rows)  # a query of nine steps is one band, or is compared in bands
    monkeypatch.setattr(neighbours, "_TARGETS", 2)
    states, offsets = paths
    index = index_of(states, offsets)
    for _ in range(2):  # laid out anew, and where it is kept once more
        found = index.distances_to_all(2)
        assert found[2] == 0
        for other in (0, 1, 4, 5):
            expected = brute_force(states[offsets[2] : offsets[3]], states[offsets[other] : offsets[other + 1]])
            assert found[other] == pytest.approx(expected, rel=1e-5)
    assert np.isinf(found[3]) and np.isinf(index.distances_to_all(3)).all()


@pytest.mark.parametrize(("scale", "shift"), [(1e-9, 0.0), (1.0, 30_000.0), (1e8, -3e9)])
def test_states_of_any_size_are_told_apart(scale: float, shift: float) -> None:
    rng = np.random.default_rng(7)
    states = (rng.normal(size=(12, 5)) * scale + shift).astype(np.float32)
    expected = brute_force(states[:5].astype(np.float64), states[5:].astype(np.float64))
    assert distance(states[:5], states[5:]) == pytest.approx(expected, rel=1e-4)


def test_a_stretched_path_is_no_farther() -> None:
    path = np.random.default_rng(1).normal(size=(8, 3))
    assert distance(path, np.repeat(path, 2, axis=0)) == pytest.approx(0, abs=2e-3)


def test_however_late_a_path_begins_it_is_warped_without_a_band() -> None:
    ramp = np.stack([np.arange(1, 6), np.arange(5, 0, -1)], axis=1).astype(float)
    early = np.concatenate([ramp, np.repeat(ramp[-1:], 60, axis=0)])
    late = np.concatenate([np.repeat(ramp[:1], 60, axis=0), ramp])
    assert distance(early, late) == pytest.approx(0, abs=1e-2)
    short = np.random.default_rng(2).normal(size=(4, 3))
    long = np.random.default_rng(3).normal(size=(50, 3))
    assert distance(short, long) == pytest.approx(brute_force(short, long), rel=1e-5)


def test_distances_among_some_are_those_to_all_whatever_the_lengths_and_the_tasks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(neighbours, "QUERIES", 3)
    monkeypatch.setattr(neighbours, "_TARGETS", 4)
    rng = np.random.default_rng(8)
    lengths = np.array([5, 0, 9, 9, 1, 7, 3, 12, 2, 0, 9])
    states, offsets = rng.normal(size=(lengths.sum(), 6)).astype(np.float32), np.concatenate([[0], np.cumsum(lengths)])
    few = [7, 0, 1, 10, 2, 3, 4, 8, 5]
    among = distances_among(states, offsets, few)
    index = index_of(states, offsets)
    expected = np.stack([index.distances_to_all(recording)[few] for recording in few])
    np.testing.assert_allclose(among, expected, rtol=1e-5)
    np.testing.assert_array_equal(among, among.T)


def test_the_shipped_recordings_have_the_neighbours_that_a_tested_library_finds() -> None:
    dtw_ndim = pytest.importorskip("dtaidistance.dtw_ndim", reason="the extra “dev” is not installed")
    activations = read_cache(models_dir() / "activations.h5")
    states, offsets = activations.all_states(), activations.offsets
    index, rng = index_of(states, offsets), np.random.default_rng(0)
    for recording in rng.choice(len(activations), 3, replace=False).tolist():
        found = index.distances_to_all(recording)
        near = nearest(found, recording, 10)
        far = rng.choice(len(activations), 90, replace=False)
        own = states[offsets[recording] : offsets[recording + 1]].astype(np.float64)
        for other in {*near.tolist(), *far.tolist()} - {recording}:
            path = states[offsets[other] : offsets[other + 1]].astype(np.float64)
            assert found[other] == pytest.approx(dtw_ndim.distance_fast(own, path), rel=1e-5)


def test_nearest_leaves_out_itself_and_what_has_no_step() -> None:
    distances = np.array([0.0, 3.0, np.inf, 1.0, 3.0], dtype=np.float32)
    assert nearest(distances, 0, 10).tolist() == [3, 1, 4]
    assert nearest(distances, 0, 1).tolist() == [3]


def test_it_stops_when_asked_and_tells_how_far(
    paths: tuple[np.ndarray, np.ndarray], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(neighbours, "QUERIES", 2)
    with pytest.raises(Cancelled):
        index_of(*paths).distances_to_all(0, cancelled=lambda: True)
    with pytest.raises(Cancelled):
        distances_among(*paths, [0, 2], cancelled=lambda: True)
    told: list[float] = []
    distances_among(*paths, [0, 2, 4, 5], progress=lambda fraction, text: told.append(fraction))
    assert told == sorted(told) and 0 <= told[0] < told[-1] <= 1


def test_fingerprint_changes_with_any_value_and_length_whatever_is_read_at_once(
    paths: tuple[np.ndarray, np.ndarray], monkeypatch: pytest.MonkeyPatch
) -> None:
    states, offsets = paths
    lengths = np.diff(offsets)
    first = fingerprint(ArrayStates(states), lengths)
    monkeypatch.setattr(neighbours, "_PART", 5)
    assert first == fingerprint(ArrayStates(states), lengths.astype(np.int32)) and len(first) == 16
    other = states.copy()
    other[-1, -1] += 1e-6
    assert fingerprint(ArrayStates(other), lengths) != first
    assert fingerprint(ArrayStates(states), lengths[::-1]) != first


# ------------------------------------------------------------------------------------------------------- kept on disk
def test_a_kept_row_comes_back(tmp_path: Path) -> None:
    store = NeighbourStore(tmp_path / "a" / "b", 3)
    assert store.row(1) is None
    row = np.array([0, 1.5, np.inf], dtype=np.float32)
    store.save(1, row)
    kept = store.row(1)
    assert kept is not None and kept.dtype == np.float32
    np.testing.assert_array_equal(kept, row)
    assert [file.name for file in store.folder.iterdir()] == ["1.npy"]


@pytest.mark.parametrize("content", [b"", b"nonsense", b"\x93NUMPY\x01\x00"])
def test_a_broken_row_counts_as_missing(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "0.npy").write_bytes(content)
    assert NeighbourStore(tmp_path, 3).row(0) is None


def test_a_row_of_other_recordings_counts_as_missing(tmp_path: Path) -> None:
    NeighbourStore(tmp_path, 4).save(0, np.zeros(4, np.float32))
    assert NeighbourStore(tmp_path, 3).row(0) is None
    NeighbourStore(tmp_path, 3).save(0, np.full(3, np.nan, np.float32))
    assert NeighbourStore(tmp_path, 3).row(0) is None


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(UserError, match="cannot be made"):
        NeighbourStore(tmp_path / "file" / "x", 3).save(0, np.zeros(3, np.float32))


def test_distances_of_hidden_states_used_long_ago_are_removed(tmp_path: Path) -> None:
    stores = [NeighbourStore(tmp_path / f"{number}", 3) for number in range(MOST_FOLDERS + 3)]
    for age, store in enumerate(stores):
        store.save(0, np.zeros(3, np.float32))
        os.utime(store.folder, (age, age))
    stores[0].clean()
    left = {int(each.name) for each in tmp_path.iterdir()}
    assert left == {0, *range(4, MOST_FOLDERS + 3)}
