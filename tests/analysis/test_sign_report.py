from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from auslan_explorer.analysis.confusion import confused_recordings, confusions
from auslan_explorer.analysis.sign_report import last_state_distances, sign_report, spread, typical
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.splits import TEST, TRAIN
from tests.made_up import made_up_activations


@pytest.fixture
def mistaken() -> Activations:
    """Six recordings of each of four signs; 0 is taken for 1 twice and for 3 once, one 2 for 0; one unknown."""
    a = made_up_activations()
    predicted = a.sign.copy()
    predicted[[0, 4]], predicted[5], predicted[12], predicted[13] = 1, 3, 0, -1
    return replace(a, predicted=predicted)


def test_accuracy_and_confusions_of_a_sign(mistaken: Activations) -> None:
    report = sign_report(mistaken, 0)
    assert report.recordings == tuple(range(6))
    assert report.right == {"train": (3, 4), "validation": (0, 1), "test": (0, 1), "all": (3, 6)}
    assert [(c.sign, c.recordings) for c in report.taken_for] == [(1, (0, 4)), (3, (5,))]
    assert [(c.sign, c.recordings) for c in report.mistaken_as] == [(2, (12,))]
    assert sign_report(mistaken, 2).right["all"] == (4, 5)


def test_spread_by_its_definition(mistaken: Activations) -> None:
    last = mistaken.all_states()[mistaken.offsets[1:] - 1]
    found = spread(last, mistaken.sign, 2)
    centres = np.stack([last[mistaken.sign == s].mean(axis=0) for s in range(4)])
    assert found is not None
    assert found.mean_distance == pytest.approx(
        np.mean([np.linalg.norm(x - centres[2]) for x in last[12:18]]), rel=1e-5
    )
    apart = [np.linalg.norm(centres[s] - centres[2]) if s != 2 else np.inf for s in range(4)]
    assert found.nearest_sign == int(np.argmin(apart)) and found.nearest_distance == pytest.approx(min(apart), rel=1e-5)


def test_spread_of_the_only_sign_and_of_none() -> None:
    alone = spread(np.array([[0.0, 0], [2, 0]]), np.array([3, 3]), 3)
    assert alone is not None and alone.mean_distance == 1 and alone.nearest_sign == -1
    assert np.isnan(alone.nearest_distance)
    assert spread(np.zeros((2, 2)), np.array([0, 0]), 1) is None


def test_the_medoid_is_the_middle_and_the_farthest_lie_out() -> None:
    x = np.array([[0.0], [1.0], [1.2], [1.4], [9.0]])
    distances = last_state_distances(x)
    np.testing.assert_allclose(distances, np.abs(x - x.T), atol=1e-6)
    found = typical((10, 11, 12, 13, 14), distances, whole_paths=False, count=2)
    assert found.medoid == 12 and [r for r, _ in found.outlying] == [14, 10]
    assert found.outlying[0][1] == pytest.approx(7.8)
    assert typical((), np.zeros((0, 0)), whole_paths=True).medoid == -1
    assert typical((4,), np.zeros((1, 1)), whole_paths=True).outlying == ()


def test_the_matrix_holds_only_what_is_confused(mistaken: Activations) -> None:
    found = confusions(mistaken)
    assert found.true.tolist() == [0, 2] and found.predicted.tolist() == [0, 1, 3]
    assert found.counts.tolist() == [[3, 2, 1], [1, 0, 0]]
    assert (found.mistakes, found.known) == (4, 23)
    train = confusions(mistaken, [TRAIN])
    assert train.true.tolist() == [0, 2] and train.mistakes == 2
    assert confused_recordings(mistaken, 0, 1).tolist() == [0, 4]
    assert confused_recordings(mistaken, 0, 1, [TRAIN]).tolist() == [0]
    assert confused_recordings(mistaken, 0, 3, [TEST]).tolist() == [5]


def test_without_a_known_answer_there_is_no_matrix(mistaken: Activations) -> None:
    nothing = confusions(replace(mistaken, predicted=np.full(len(mistaken), -1, np.int16)))
    assert nothing.counts.shape == (0, 0) and nothing.known == 0
