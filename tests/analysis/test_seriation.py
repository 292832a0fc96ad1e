"""Similar things are next to each other, in the best order that their tree allows."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.cluster.hierarchy import linkage

from auslan_explorer.analysis.seriation import likeness_ordering


def _clusters(pairs: list[tuple[int, int]], count: int) -> list[list[int]]:
    found = [[leaf] for leaf in range(count)]
    for left, right in pairs:
        found.append(sorted(found[left] + found[right]))
    return found


def _allowed(pairs: list[tuple[int, int]], count: int, cluster: int) -> list[list[int]]:
    """Return every order that a tree allows, by turning each of its branches."""
    if cluster < count:
        return [[cluster]]
    lefts, rights = (_allowed(pairs, count, each) for each in pairs[cluster - count])
    return [order for left in lefts for right in rights for order in (left + right, right + left)]


@pytest.mark.parametrize("count", [2, 3, 4, 7, 9])
@pytest.mark.parametrize("seed", range(4))
def test_of_all_orders_of_the_tree_of_average_linkage_it_is_the_one_with_the_most_alike_neighbours(
    count: int, seed: int
) -> None:
    things = np.random.default_rng(seed).normal(size=(count, 5))
    apart = np.linalg.norm(things[:, None] - things, axis=2)
    tree = [(int(left), int(right)) for left, right, *_ in linkage(apart[np.triu_indices(count, 1)], "average")]
    order = likeness_ordering(apart)
    assert sorted(order.tolist()) == list(range(count))
    for cluster in _clusters(tree, count):
        places = np.flatnonzero(np.isin(order, cluster))
        assert places[-1] - places[0] == len(cluster) - 1, "a cluster of the tree stays together"

    def cost(each: list[int]) -> float:
        return float(apart[each[:-1], each[1:]].sum())

    assert cost(order.tolist()) == pytest.approx(min(map(cost, _allowed(tree, count, 2 * count - 2))))


def test_things_that_are_equal_are_next_to_each_other() -> None:
    kinds = np.array([0, 1, 2, 0, 1, 2, 0, 1, 2, 0])
    order = kinds[likeness_ordering((kinds[:, None] != kinds).astype(float))]
    assert np.count_nonzero(np.diff(order)) == 2
