"""Paths are compared with one another once, and what was found is kept."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from auslan_explorer import paths
from auslan_explorer.analysis import neighbours
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import Cancelled
from auslan_explorer.workflows.inspection import compare, compare_all, find_typical, prepare
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
    computed: list[int] = []
    complete = neighbours.complete_distances

    def counting(states, offsets, recording, *rest):  # type: ignore[no-untyped-def]
        computed.append(recording)
        return complete(states, offsets, recording, *rest)

    monkeypatch.setattr(neighbours, "complete_distances", counting)
    prepared = prepare(activations)
    with pytest.raises(Cancelled):
        compare_all(activations, prepared, cancelled=lambda: len(computed) > 4)
    stopped = len(computed)
    told: list[float] = []
    assert compare_all(activations, None, progress=lambda fraction, _: told.append(fraction)) == len(activations)
    # The one that it was stopped in was not kept.
    assert computed[stopped:] == list(range(stopped - 1, len(activations))) and told[-1] == 1.0


def test_the_most_typical_recording_is_the_nearest_to_the_others(activations: Activations) -> None:
    recordings = np.flatnonzero(activations.sign == 1).tolist()
    prepared = prepare(activations)
    found = find_typical(prepared, recordings)
    sums = [compare(prepared, recording).values[recordings].sum() for recording in recordings]
    assert found.whole_paths and found.medoid == recordings[int(np.argmin(sums))]
