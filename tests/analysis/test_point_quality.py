from __future__ import annotations

import numpy as np
import pytest
from sklearn.manifold import trustworthiness

from auslan_explorer.analysis.point_quality import point_trust, references
from auslan_explorer.core.errors import Cancelled, UserError


def _made_up(rows: int = 240) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(5)
    space = rng.normal(size=(rows, 9)).astype(np.float32)
    return space, space[:, :2] + rng.normal(0, 0.4, (rows, 2)).astype(np.float32)


@pytest.mark.parametrize("k", [1, 5, 12])
def test_the_mean_of_all_points_is_scikit_learns_figure(k: int) -> None:
    space, shown = _made_up()
    every = np.arange(len(space))
    trust, continuity = point_trust(space, shown, k, every), point_trust(shown, space, k, every)
    assert trust.mean() == pytest.approx(trustworthiness(space, shown, n_neighbors=k), abs=1e-6)
    assert continuity.mean() == pytest.approx(trustworthiness(shown, space, n_neighbors=k), abs=1e-6)
    assert trust.min() >= 0 and trust.max() <= 1


def test_a_faithful_map_is_believed_everywhere_and_a_torn_point_is_told() -> None:
    space = np.stack([np.arange(100.0), np.zeros(100)], axis=1).astype(np.float32)
    shown = space.copy()
    every = np.arange(100)
    assert (point_trust(space, shown, 4, every) == 1).all()
    shown[10] = (90.5, 0.0)
    trust = point_trust(space, shown, 4, every)
    # It has landed among strangers; they have one wrong neighbour each, those far away none.
    assert trust.argmin() == 10 and trust[10] < 0.2 and trust[90] < 1 and trust[50] == 1


def test_among_a_sample_its_own_points_are_told_exactly_and_the_rest_nearly() -> None:
    space, shown = _made_up(3000)
    among = references(len(space), 600)
    sampled = point_trust(space, shown, 12, among)
    exact = trustworthiness(space[among], shown[among], n_neighbors=12)
    assert len(among) == 600 and sampled[among].mean() == pytest.approx(exact, abs=1e-6)
    assert sampled.mean() == pytest.approx(exact, abs=0.01)


def test_too_few_points_are_explained_and_a_cancel_is_heard() -> None:
    space, shown = _made_up(20)
    with pytest.raises(UserError, match="20 steps cannot have 12 neighbours each"):
        point_trust(space, shown, 12, np.arange(20))
    with pytest.raises(UserError, match="20 steps cannot have 10 neighbours each"):
        point_trust(space, shown, 10, np.arange(20))
    assert point_trust(space, shown, 9, np.arange(20)).shape == (20,), "fewer than half"
    with pytest.raises(Cancelled):
        point_trust(space, shown, 3, np.arange(20), cancelled=lambda: True)
