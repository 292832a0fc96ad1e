"""Milliseconds to open an activation cache of the article's size: everything but the hidden states, read later."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from auslan_explorer.io.cache import cache_from_arrays, read_cache, write_cache
from benchmarks.common import verdict

RECORDINGS, STEPS, UNITS, SIGNS = 2528, 57, 100, 94
RUNS = 5


def main() -> int:
    """Measure and print; 1 if the aim is missed."""
    rng = np.random.default_rng(0)
    rows = RECORDINGS * STEPS
    cache = cache_from_arrays(
        np.zeros((rows, UNITS), np.float32),
        np.full(RECORDINGS, STEPS),
        np.arange(RECORDINGS) % SIGNS,
        [f"sign{i}" for i in range(SIGNS)],
        projections={dims: rng.normal(size=(rows, dims)).astype(np.float32) for dims in (2, 3)},
    )
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "a.h5"
        write_cache(file, cache)
        times = []
        for _ in range(RUNS):
            began = time.perf_counter()
            read_cache(file)
            times.append(time.perf_counter() - began)
    return 0 if verdict("opening a cache", min(times) * 1000, 100, "ms", at_most=True) else 1


if __name__ == "__main__":
    sys.exit(main())
