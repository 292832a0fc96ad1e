from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from auslan_explorer.analysis.neighbours import (
    complete_distances,
    distances_among,
    distances_to_all,
    fingerprint,
    nearest,
    warped_distance,
)
from auslan_explorer.core.errors import Cancelled, UserError
from auslan_explorer.io.neighbour_store import MOST_FOLDERS, NeighbourStore


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


def test_distance_is_dtw_by_its_definition(paths: tuple[np.ndarray, np.ndarray]) -> None:
    states, offsets = paths
    found = distances_to_all(states, offsets, 2)
    for other in (0, 1, 2, 4, 5):
        expected = brute_force(states[offsets[2] : offsets[3]], states[offsets[other] : offsets[other + 1]])
        assert found[other] == pytest.approx(expected, rel=1e-5, abs=1e-6)
    assert np.isinf(found[3]) and np.isinf(distances_to_all(states, offsets, 3)).all()


def test_a_stretched_path_is_no_farther(paths: tuple[np.ndarray, np.ndarray]) -> None:
    path = np.random.default_rng(1).normal(size=(8, 3))
    assert warped_distance(path, np.repeat(path, 2, axis=0)) == pytest.approx(0)


def test_however_late_a_path_begins_it_is_warped_without_a_band() -> None:
    ramp = np.stack([np.arange(1, 6), np.arange(5, 0, -1)], axis=1).astype(float)
    early = np.concatenate([ramp, np.repeat(ramp[-1:], 60, axis=0)])
    late = np.concatenate([np.repeat(ramp[:1], 60, axis=0), ramp])
    assert warped_distance(early, late) == pytest.approx(0, abs=1e-9)
    short = np.random.default_rng(2).normal(size=(4, 3))
    long = np.random.default_rng(3).normal(size=(50, 3))
    assert warped_distance(short, long) == pytest.approx(brute_force(short, long), rel=1e-6)


def test_distances_among_agree_with_distances_to_all(paths: tuple[np.ndarray, np.ndarray]) -> None:
    states, offsets = paths
    few = [5, 0, 2]
    among = distances_among(states, offsets, few)
    np.testing.assert_allclose(among[0], distances_to_all(states, offsets, 5)[few], rtol=1e-6)
    np.testing.assert_array_equal(among, among.T)


def test_nearest_leaves_out_itself_and_what_has_no_step() -> None:
    distances = np.array([0.0, 3.0, np.inf, 1.0, 3.0], dtype=np.float32)
    assert nearest(distances, 0, 10).tolist() == [3, 1, 4]
    assert nearest(distances, 0, 1).tolist() == [3]


def test_it_stops_when_asked_and_tells_how_far(paths: tuple[np.ndarray, np.ndarray]) -> None:
    with pytest.raises(Cancelled):
        distances_to_all(*paths, 0, cancelled=lambda: True)
    with pytest.raises(Cancelled):
        distances_among(*paths, [0, 2], cancelled=lambda: True)
    told: list[float] = []
    distances_among(*paths, [0, 2, 4, 5], progress=lambda fraction, text: told.append(fraction))
    assert told == sorted(told) and 0 <= told[0] < told[-1] <= 1


def test_fingerprint_changes_with_any_value_and_length(paths: tuple[np.ndarray, np.ndarray]) -> None:
    states, offsets = paths
    lengths = np.diff(offsets)
    first = fingerprint(states, lengths)
    assert first == fingerprint(states.copy(), lengths.astype(np.int32)) and len(first) == 16
    other = states.copy()
    other[-1, -1] += 1e-6
    assert fingerprint(other, lengths) != first
    assert fingerprint(states, lengths[::-1]) != first


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


def test_all_pairs_are_what_each_recording_gives_alone(paths: tuple[np.ndarray, np.ndarray], tmp_path: Path) -> None:
    states, offsets = paths
    known = np.full((6, 6), np.nan, dtype=np.float32)
    for recording in range(6):
        row = complete_distances(states, offsets, recording, known[recording])
        known[recording], known[:, recording] = row, row
    for recording in range(6):
        np.testing.assert_allclose(known[recording], distances_to_all(states, offsets, recording), rtol=1e-5)
    with pytest.raises(Cancelled):
        complete_distances(states, offsets, 0, np.full(6, np.nan), cancelled=lambda: True)


def test_distances_of_hidden_states_used_long_ago_are_removed(tmp_path: Path) -> None:
    stores = [NeighbourStore(tmp_path / f"{number}", 3) for number in range(MOST_FOLDERS + 3)]
    for age, store in enumerate(stores):
        store.save(0, np.zeros(3, np.float32))
        os.utime(store.folder, (age, age))
    stores[0].clean()
    left = {int(each.name) for each in tmp_path.iterdir()}
    assert left == {0, *range(4, MOST_FOLDERS + 3)}
