"""What ships and the real recordings, read once for all tests of jobs on them."""

from __future__ import annotations

from pathlib import Path

import pytest

from auslan_explorer import paths
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.matching import match_recordings
from auslan_explorer.core.recordings import Recordings
from auslan_explorer.io.cache import read_cache
from auslan_explorer.io.recordings import import_recordings
from auslan_explorer.workflows.what_if import FramesOf

SHARED = Path(__file__).parents[3] / "shared" / "data" / "tctodd.tar.gz"


@pytest.fixture(scope="session")
def shipped() -> Activations:
    """The activations that ship."""
    file = paths.ships("activations.h5")
    if not file.is_file():
        pytest.skip("models/ does not hold the shipped activations")
    return read_cache(file)


@pytest.fixture(scope="session")
def recordings() -> Recordings:
    """The real recordings."""
    if not SHARED.exists():
        pytest.skip(f"the real recordings are not at {SHARED}")
    return import_recordings(SHARED)


@pytest.fixture(scope="session")
def frames_of(shipped: Activations, recordings: Recordings) -> FramesOf:
    """Return the frames of a recording of the activations that ship, if they are known."""
    places = match_recordings(recordings, shipped).tolist()
    return lambda each: recordings.frames_of(places[each]) if places[each] >= 0 else None
