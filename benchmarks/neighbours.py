"""Comparing paths: one recording with all, and all pairs, against dtaidistance on a part of them in the same run."""

from __future__ import annotations

import sys
import threading
import time
from statistics import median

import numpy as np
from dtaidistance import dtw_ndim

from auslan_explorer.analysis.dtw import Scaling
from auslan_explorer.analysis.neighbours import PathIndex, distances_among, nearest
from auslan_explorer.core.activations import ArrayStates
from auslan_explorer.io.cache import read_cache
from benchmarks.common import SHIPPED, verdict

QUERIES = 20
TICK_SECONDS = 0.005


def main() -> int:
    """Measure and print; 1 if an aim is missed."""
    activations = read_cache(SHIPPED)
    states, offsets = activations.all_states(), activations.offsets
    index, count = PathIndex(ArrayStates(states), offsets, Scaling.of(states)), len(activations)
    index.distances_to_all(0)
    queries = np.random.default_rng(0).choice(count, QUERIES, replace=False).tolist()
    ours, theirs, same, worst = [], [], 0, 0.0
    paths = [states[offsets[i] : offsets[i + 1]].astype(np.float64) for i in range(count)]
    for query in queries:
        began = time.perf_counter()
        found = index.distances_to_all(query)
        ours.append(time.perf_counter() - began)
        began = time.perf_counter()
        peer = np.array([dtw_ndim.distance_fast(paths[query], path) for path in paths])
        theirs.append(time.perf_counter() - began)
        same += nearest(found, query, 10).tolist() == nearest(peer, query, 10).tolist()
        worst = max(worst, float(np.max(np.abs(found - peer) / np.where(peer > 0, peer, 1))))
    print(f"the same ten nearest as dtaidistance for {same} of {QUERIES}; largest relative difference {worst:.1e}")

    late, done = [0.0], threading.Event()

    def tick() -> None:
        """Wake every few milliseconds as a window does, and note how late."""
        while not done.is_set():
            began = time.perf_counter()
            time.sleep(TICK_SECONDS)
            late.append(time.perf_counter() - began - TICK_SECONDS)

    ticking = threading.Thread(target=tick)
    ticking.start()
    began = time.perf_counter()
    distances_among(states, offsets, range(count))
    all_pairs = time.perf_counter() - began
    done.set()
    ticking.join()

    met = [
        verdict("one recording with all", median(ours) * 1000, 50, "ms", at_most=True),
        verdict("dtaidistance takes", median(theirs) / median(ours), 6, "times as long"),
        verdict(f"all pairs of {count}", all_pairs, 60, "s", at_most=True),
        verdict("another thread is late by up to", max(late) * 1000, 30, "ms", at_most=True),
    ]
    return 0 if all(met) and same == QUERIES else 1


if __name__ == "__main__":
    sys.exit(main())
