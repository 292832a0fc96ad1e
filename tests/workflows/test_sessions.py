"""Sessions are opened as far as what they are of is there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.saved_state import state_to_json
from auslan_explorer.core.session import Session
from auslan_explorer.io.cache import read_cache, write_cache
from auslan_explorer.io.session_file import SavedSession, source_of, write_session
from auslan_explorer.workflows import opening
from auslan_explorer.workflows.sessions import offer_maps, open_session, with_maps
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
