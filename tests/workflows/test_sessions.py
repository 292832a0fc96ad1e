"""Sessions are opened as far as what they are of is there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.saved_state import state_to_json
from auslan_explorer.core.session import Session
from auslan_explorer.draw.view import Camera, View2D
from auslan_explorer.io.cache import cache_from_arrays, read_cache, write_cache
from auslan_explorer.io.session_file import (
    CameraPose,
    SavedSession,
    Source,
    identity,
    read_session,
    source_of,
    write_session,
)
from auslan_explorer.workflows import opening, recordings
from auslan_explorer.workflows.sessions import offer_maps, open_session, with_maps, write_view
from tests.made_up import made_up_activations


@pytest.fixture
def activations(tmp_path: Path) -> Activations:
    write_cache(tmp_path / "a.h5", made_up_activations())
    return read_cache(tmp_path / "a.h5")


def write(session: Session, file: Path) -> Path:
    shown = state_to_json(session.state, session.activations)
    write_session(file, SavedSession(shown=shown, source=source_of(session.activations, file)))
    return file


def test_activations_are_read_unless_they_are_open(activations: Activations, tmp_path: Path) -> None:
    file = write(Session(activations), tmp_path / "one.auslan")
    opened = open_session(file, None)
    assert opened.activations is not None and len(opened.activations) == len(activations) and opened.remarks == ()
    assert open_session(file, tmp_path / "a.h5").activations is None


def test_activations_that_are_missing_or_damaged_are_remarked_on(activations: Activations, tmp_path: Path) -> None:
    file = write(Session(activations), tmp_path / "one.auslan")
    (tmp_path / "a.h5").write_bytes(b"nothing of the kind")
    (damaged,) = open_session(file, None).remarks
    assert damaged.startswith("its activations cannot be read (") and "a.h5" in damaged
    assert damaged.endswith(")") and not damaged.endswith(".)")
    (tmp_path / "a.h5").unlink()
    assert open_session(file, None).remarks == ("its activations a.h5 are not found",)


def test_maps_that_take_long_to_find_can_be_left_for_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_cache(tmp_path / "a.h5", replace(made_up_activations(), projections={}))
    file = write(Session(read_cache(tmp_path / "a.h5")), tmp_path / "one.auslan")
    at_once = open_session(file, None, maps_later=True).activations
    assert at_once is not None and at_once.projections.keys() == {2, 3}, "few states are no reason to wait"
    monkeypatch.setattr(opening, "_AT_ONCE", 10)
    later = open_session(file, None, maps_later=True)
    assert later.activations is not None and not later.activations.projections
    for opened in (with_maps(later), open_session(file, None)):
        assert opened.activations is not None and opened.activations.projections.keys() == {2, 3}


def test_what_is_no_session_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "one.auslan").write_bytes(b"{")
    with pytest.raises(UserError, match=r"one\.auslan"):
        open_session(tmp_path / "one.auslan", None)


def test_a_run_that_is_not_kept_here_leaves_the_activations_own_map(activations: Activations) -> None:
    session = Session(activations)
    state, remarks = offer_maps(session, replace(session.state, run_2d="gone"), {})
    assert state.run_2d == ""
    assert remarks == ["the run gone that was on its map is not among the runs kept here"]


def test_the_layer_of_a_session_is_shown_or_its_lack_is_told(tmp_path: Path) -> None:
    states = np.ones((9, 2), np.float32)
    write_cache(tmp_path / "a.h5", cache_from_arrays(states, [9], layer="top", layers={"low": states[:, :1] * 2}))
    a = read_cache(tmp_path / "a.h5")
    file = write(Session(a.with_layer("low")), tmp_path / "one.auslan")
    opened = open_session(file, None)
    assert opened.activations is not None and (opened.activations.layer, opened.remarks) == ("low", ())
    # The open file is read again where another layer of it is shown.
    assert open_session(file, tmp_path / "a.h5", "low").activations is None
    assert open_session(file, tmp_path / "a.h5", "top").activations is not None
    write_cache(tmp_path / "a.h5", cache_from_arrays(states, [9], layer="top", layers={"other": states}))
    opened = open_session(file, None)
    assert opened.activations is not None and opened.activations.layer == "top"
    assert opened.remarks[0] == "its layer low is not in the file"


def test_a_session_is_written_with_what_is_looked_at(activations: Activations, tmp_path: Path) -> None:
    session = Session(activations)
    shown = state_to_json(session.state, activations)
    pose = CameraPose(1, 2, 1.5, (0, 0, 0))
    source = source_of(activations, tmp_path / "one.auslan")
    saved = SavedSession(shown=shown, source=source, camera=pose, sizes={2: (9, 8), 3: (7, 6)})
    flat, solid = View2D(-1, 2, -3, 4, 640, 480), Camera((1, 2, 3), 5, 10, 20, 320, 240, 45)
    for seen, view, camera, sizes in (
        ({}, None, pose, {2: (9, 8), 3: (7, 6)}),
        ({2: flat}, (-1, 2, -3, 4), pose, {2: (640, 480), 3: (7, 6)}),
        ({3: solid}, None, CameraPose(10, 20, 1.5, (1, 2, 3), 5, 45), {2: (9, 8), 3: (320, 240)}),
    ):
        write_view(tmp_path / "one.auslan", saved, seen)
        read = read_session(tmp_path / "one.auslan")
        assert (read.map_view, read.camera, dict(read.sizes)) == (view, camera, sizes)
    write_view(tmp_path / "one.auslan", replace(saved, camera=None), {3: solid})
    again = read_session(tmp_path / "one.auslan").camera
    assert again is not None and again.zoom == 1.0


@pytest.mark.parametrize("on", ["", "recordings.zip"])
def test_published_weights_of_a_session_are_run_again_or_it_is_remarked_on(
    on: str, activations: Activations, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = Source(weights="weights", weights_on=on, identity=identity(activations))
    write_session(tmp_path / "one.auslan", SavedSession(state_to_json(Session(activations).state, activations), source))
    asked: list[tuple[Path, Path | None]] = []

    def run(folder: Path, source: Path | None, **_: object) -> Activations:
        asked.append((folder, source))
        if len(asked) > 1:
            raise UserError("The weights are damaged.")
        return activations

    monkeypatch.setattr(recordings, "run_published_networks", run)
    opened = open_session(tmp_path / "one.auslan", None)
    assert opened.activations is activations and opened.remarks == ()
    failed = open_session(tmp_path / "one.auslan", None)
    assert failed.activations is None
    assert failed.remarks == ("the published weights that it shows cannot be run again (The weights are damaged)",)
    assert asked == [(Path("weights"), Path(on) if on else None)] * 2
