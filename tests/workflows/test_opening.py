from __future__ import annotations

from pathlib import Path

import numpy as np

from auslan_explorer.core.identity import identify
from auslan_explorer.core.session import Session
from auslan_explorer.io.cache import cache_from_arrays, write_cache
from auslan_explorer.workflows.opening import open_request
from auslan_explorer.workflows.reading import Request


def test_a_file_without_a_map_opens_with_its_principal_components_and_says_so(tmp_path: Path) -> None:
    states = np.random.default_rng(0).normal(0, 0.5, (20, 4)).astype(np.float32)
    write_cache(tmp_path / "bare.h5", cache_from_arrays(states, [20]))
    points = states[:, :2].copy()
    write_cache(tmp_path / "own.h5", cache_from_arrays(states, [20], projections={2: points, 3: states[:, :3].copy()}))
    shown = {}
    for name in ("bare", "own"):
        opened = open_request(Request(tmp_path / f"{name}.h5"))
        session = Session(opened.activations)
        opened.add_trained(session)
        shown[name] = identify(session).maps
        assert session.trajectories(2) is not None
    assert shown == {"bare": ("Principal components",), "own": ("Map in its file",)}
