from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.identity import identify
from auslan_explorer.core.network import Autoencoder, DenseLayer
from auslan_explorer.core.session import Session
from auslan_explorer.io.cache import cache_from_arrays, write_cache
from auslan_explorer.training.run import Run, RunInfo
from auslan_explorer.training.runs import RunStore
from auslan_explorer.training.settings import AutoencoderSettings
from auslan_explorer.workflows.opening import find_maps, newest_maps, open_request, with_runs
from auslan_explorer.workflows.reading import Request
from auslan_explorer.workflows.sessions import offer_maps
from tests.made_up import made_up_activations


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RunStore:
    """The runs of a person who has none yet."""
    monkeypatch.setenv("AUSLAN_EXPLORER_DATA", str(tmp_path / "data"))
    return RunStore()


def saved(store: RunStore, a: Activations, day: int, name: str, dims: int = 2, **about: str) -> Run:
    """Save a run whose map is that of the activations, times the day."""
    own = a.projections[dims]
    layers = [DenseLayer(np.ones(shape, np.float32), np.ones(shape[1], np.float32), "linear")
              for shape in ((a.units, dims), (dims, a.units))]  # fmt: skip
    info = RunInfo(
        f"202601{day:02d}-000000-00000a", name, f"2026-01-{day:02d}T00:00:00+00:00", "0.1.0",
        AutoencoderSettings(dims=dims), (0.5,), (0.4,), 1, **{"activations": a.fingerprint, **about},
    )  # fmt: skip
    run = Run(info, Autoencoder(tuple(layers), 0), own.points * np.float32(day), own.prefix * np.float32(day))
    store.save(run)
    return run


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


def test_the_newest_run_of_these_activations_and_dimensions_gives_the_map(store: RunStore) -> None:
    a = made_up_activations()
    assert newest_maps(a, (2, 3)) == {}
    saved(store, a, 1, "older")
    newest = saved(store, a, 2, "newer")
    solid = saved(store, a, 3, "solid", dims=3)
    saved(store, a, 4, "of another network", activations="0123")
    (store.folder / "20260105-000000-00000a.h5").write_bytes(b"damaged")
    found = newest_maps(a, (2, 3))
    assert {dims: name for dims, (name, _) in found.items()} == {2: newest.id, 3: solid.id}
    assert found[2][1].is_run and found[2][1].title == "newer" and np.array_equal(found[2][1].points, newest.points)
    assert list(newest_maps(a, (3,))) == [3]
    bare = replace(a, projections={3: a.projections[3]})
    opened = find_maps(bare)
    assert list(opened.trained) == [2], "the file has a map in 3-D"
    session = Session(made_up_activations(seed=1))
    opened.show_in(session)
    assert (session.state.run_2d, session.state.run_3d) == (newest.id, "")
    assert session.projections[2] is opened.trained[2][1] and session.projections[3] is a.projections[3]
    assert opened.activations.projections[2].title.startswith("PCA")
    assert find_maps(a).trained == {}
    flat = find_maps(replace(a, projections={2: a.projections[2]}))
    assert list(flat.trained) == [3], "the file has a map in 2-D"


def test_runs_are_named_to_show_their_maps(store: RunStore) -> None:
    a = made_up_activations()
    first = saved(store, a, 1, "first")
    saved(store, a, 2, "solid", dims=3)
    saved(store, a, 3, "of another network", activations="0123", data="vowels")
    shown = with_runs(a, ["first", "20260102"])
    assert [shown.projections[dims].title for dims in (2, 3)] == ["first", "solid"]
    assert np.array_equal(shown.projections[2].points, first.points)
    assert with_runs(a, ["first"]).projections[3] is a.projections[3]
    with pytest.raises(UserError, match=r"“of another network” was trained on the hidden states .* \(vowels\), and"):
        with_runs(a, ["of another network"])
    with pytest.raises(UserError, match="There is no run 'nobody'"):
        with_runs(a, ["nobody"])
    with pytest.raises(UserError, match="3 runs are meant by '202601'; give more of the id"):
        with_runs(a, ["202601"])


def test_runs_that_a_session_shows_are_offered_or_told(store: RunStore) -> None:
    a = made_up_activations()
    session = Session(a)
    mine, other = saved(store, a, 1, "mine"), saved(store, a, 2, "theirs", dims=3, activations="0123")
    wanted = replace(session.state, run_2d=mine.id, run_3d=other.id)
    state, remarks = offer_maps(session, wanted, {mine.id: mine, other.id: other})
    assert (state.run_2d, state.run_3d) == (mine.id, "")
    assert remarks == ["the run “theirs” that was in its 3-D view belongs to another network"]
    assert session.has_projection(mine.id) and not session.has_projection(other.id)
    assert offer_maps(session, replace(wanted, run_3d=""), {}) == (replace(wanted, run_3d=""), []), "it is there now"
