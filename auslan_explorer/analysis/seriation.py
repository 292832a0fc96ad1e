"""Orders things so that similar ones are next to each other.

SciPy's `optimal_leaf_ordering` (1.17) misses the best order of most trees, and takes 50 MB and most of a second to
import, for which a first selection would wait.
"""

from __future__ import annotations

import numpy as np

_Tree = list[tuple[int, int]]
"""Clusters that are merged, in their order: 0 to n-1 are single things, n + i is the i-th of these."""


def likeness_ordering(apart: np.ndarray) -> np.ndarray:
    """Order things by average linkage, the leaves of its tree in the optimal order (Bar-Joseph et al. 2001).

    That is the order, of all that the tree allows, in which neighbours are the least apart in all.

    Parameters
    ----------
    apart : ndarray of float, shape (n, n)
        Symmetric; at least two things.

    Returns
    -------
    ndarray of int64, shape (n,)
    """
    return _leaves_in_optimal_order(apart, _average_linkage(apart))


def _average_linkage(apart: np.ndarray) -> _Tree:
    """Return the tree of average linkage, found by chains of nearest neighbours (Murtagh 1983)."""
    count = len(apart)
    between = apart.astype(np.float64)
    np.fill_diagonal(between, np.inf)
    size, name = np.ones(count), list(range(count))
    tree: _Tree = []
    chain: list[int] = []
    while len(tree) < count - 1:
        if not chain:
            chain.append(int(np.argmax(size > 0)))
        here = chain[-1]
        row = between[here]
        nearest = int(row.argmin())
        if len(chain) > 1 and row[chain[-2]] <= row[nearest]:
            other = chain[-2]
            del chain[-2:]
            tree.append((name[other], name[here]))
            merged = (size[here] * row + size[other] * between[other]) / (size[here] + size[other])
            between[other], between[:, other] = merged, merged
            between[other, other] = np.inf
            between[here], between[:, here] = np.inf, np.inf
            size[other], size[here], name[other] = size[other] + size[here], 0, count + len(tree) - 1
        else:
            chain.append(nearest)
    return tree


def _leaves_in_optimal_order(apart: np.ndarray, tree: _Tree) -> np.ndarray:
    count = len(apart)
    leaves = [np.array([leaf]) for leaf in range(count)]
    # How much neighbours are apart in all, at the least, of a cluster that begins with one leaf and ends with another.
    least = [np.zeros((1, 1)) for _ in range(count)]
    for left, right in tree:
        first, second = least[left], least[right]
        joins = apart[np.ix_(leaves[left], leaves[right])]
        best = _least_sums(_least_sums(first, joins), second)
        leaves.append(np.concatenate([leaves[left], leaves[right]]))
        both = np.full((len(leaves[-1]), len(leaves[-1])), np.inf)
        both[: len(first), len(first) :], both[len(first) :, : len(first)] = best, best.T
        least.append(both)
    ends = np.unravel_index(least[-1].argmin(), least[-1].shape)
    order: list[int] = []
    pending = [(count + len(tree) - 1, int(ends[0]), int(ends[1]))]
    while pending:
        cluster, begin, end = pending.pop()
        if cluster < count:
            order.append(cluster)
            continue
        left, right = tree[cluster - count]
        middle = len(leaves[left])
        if begin >= middle:
            left, right, begin, end = right, left, begin - middle, end
        else:
            end -= middle
        joins = apart[np.ix_(leaves[left], leaves[right])]
        sums = least[left][begin][:, None] + joins + least[right][end]
        stop, start = np.unravel_index(sums.argmin(), sums.shape)
        pending += [(right, int(start), end), (left, begin, int(stop))]
    return np.array(order, dtype=np.int64)


def _least_sums(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Return the least of ``first[i, k] + second[k, j]`` over all k, shape (rows of first, columns of second)."""
    return np.stack([(row[:, None] + second).min(axis=0) for row in first])
