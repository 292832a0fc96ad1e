from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from auslan_explorer import paths
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.session import opening_state
from auslan_explorer.io import session_file as module
from auslan_explorer.io.cache import read_cache, write_cache
from auslan_explorer.io.session_file import (
    LARGEST,
    CameraPose,
    SavedSession,
    Source,
    find_source,
    identity,
    is_of,
    read_session,
    same_projection,
    shows_same_map,
    source_of,
    write_session,
)
from tests.made_up import made_up_activations

SESSION = SavedSession(
    shown={"signs": "all", "step": 5},
    source=Source("/data/a.h5", "../a.h5", False, {"recordings": 24, "provenance": {"data": "日本"}}),
    look="dark",
    map_view=(-1.5, 2.0, 0.0, 3.25),
    camera=CameraPose(45.0, 30.0, 1.5, (0.0, 1.0, -2.0)),
    sign_list=False,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "one.auslan"


def changed(file: Path, **changes: Any) -> SavedSession:
    write_session(file, SESSION)
    content = json.loads(file.read_text(encoding="utf-8"))
    for path, value in changes.items():
        place = content
        *way, last = path.split("__")
        for step in way:
            place = place[step]
        place[last] = value
    file.write_text(json.dumps(content), encoding="utf-8")
    return read_session(file)


def test_a_session_comes_back(file: Path) -> None:
    write_session(file, SESSION)
    assert read_session(file) == SESSION


def test_a_newer_version_opens_and_says_so(file: Path) -> None:
    session = changed(file, version=7, extra={"x": 1})
    assert session.shown == SESSION.shown and session.camera == SESSION.camera
    assert session.remarks == ("a newer version of the program has written it",)


@pytest.mark.parametrize("part", ["shown", "activations", "views", "window"])
def test_missing_parts_are_remarked_and_the_rest_is_read(file: Path, part: str) -> None:
    session = changed(file, **{part: None})
    assert session.remarks == (f"the part “{part}” is missing",) and session.look == "dark"


@pytest.mark.parametrize(
    "changes",
    [
        {"views__map": [1, 2, 3]},
        {"views__map": [2, 1, 0, 1]},
        {"views__map": [0, 1e-12, 0, 1]},
        {"views__map": [0, 10**400, 0, 1]},
        {"views__map": [0, "1", 0, True]},
        {"views__map": 5},
        {"views__camera": [1]},
        {"views__camera": {}},
        {"views__camera__zoom": 0},
        {"views__camera__centre": [0, 0, 1e300]},
        {"activations__file": 5},
        {"activations__file": "x" * 10_000},
        {"activations__beside": "a\x00b"},
        {"version": "1"},
        {"version": True},
    ],
)
def test_parts_of_a_wrong_kind_are_remarked_and_left_out(file: Path, changes: dict[str, Any]) -> None:
    session = changed(file, **changes)
    (remark,) = session.remarks
    part = next(iter(changes)).split("__")
    word = {"map": "the map", "camera": "3-D view", "activations": "path", "version": "version"}
    assert next(says for name, says in word.items() if name in part) in remark
    assert session.shown == SESSION.shown
    find_source(session.source, file)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x89HDF\r\n",
        b"[]",
        b"{}",
        b"null",
        b'{"format": "auslan-explorer session", "version": NaN}',
        b"[" * 1_000_000,
        b'{"format": "auslan-explorer session", "version": ' + b"9" * 10_000 + b"}",
        b" " * (LARGEST + 1),
    ],
)
def test_what_is_no_session_is_one_sentence(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises(UserError, match=r"one\.auslan.*\.$"):
        read_session(file)


def test_missing_and_unreadable_files_are_sentences(file: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no file"):
        read_session(file)
    with pytest.raises(UserError, match="is a folder"):
        read_session(tmp_path)
    with pytest.raises(UserError, match="does not exist"):
        write_session(tmp_path / "no" / "one.auslan", SESSION)


def test_activations_are_found_where_they_were_beside_or_by_name(tmp_path: Path) -> None:
    cache = tmp_path / "there" / "a.h5"
    cache.parent.mkdir()
    write_cache(cache, made_up_activations())
    activations = read_cache(cache)
    file = tmp_path / "sessions" / "one.auslan"
    file.parent.mkdir()
    source = source_of(activations, file)
    assert source.file == str(cache) and source.beside == "../there/a.h5" and not source.shipped
    assert find_source(source, file) == cache
    moved = tmp_path / "elsewhere"
    moved.mkdir()
    os.rename(cache.parent, moved / "there")
    os.rename(file.parent, moved / "sessions")
    found = find_source(source, moved / "sessions" / "one.auslan")
    assert found is not None and found.resolve() == moved / "there" / "a.h5"
    os.rename(found, moved / "sessions" / "a.h5")
    windows = replace(source, file="C:\\data\\a.h5")
    assert find_source(windows, moved / "sessions" / "one.auslan") == moved / "sessions" / "a.h5"
    (moved / "sessions" / "a.h5").unlink()
    assert find_source(source, moved / "sessions" / "one.auslan") is None


def test_the_shipped_cache_is_known_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "ships", lambda name: tmp_path / name)
    write_cache(tmp_path / "activations.h5", made_up_activations())
    source = source_of(read_cache(tmp_path / "activations.h5"), None)
    assert source.shipped and source.file == ""
    assert find_source(source, tmp_path / "x.auslan") == tmp_path / "activations.h5"
    (tmp_path / "activations.h5").unlink()
    assert find_source(source, tmp_path / "x.auslan") is None, "a program without them finds none"


def test_no_look_is_taken_at_other_computers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[Path] = []
    monkeypatch.setattr(module, "is_regular", lambda path: looked.append(path) or False)
    for start in ("\\\\", "/\\", "\\/", "//"):
        find_source(Source(f"{start}server\\share\\a.h5", "//server/share/b.h5"), tmp_path / "one.auslan")
    assert looked == [tmp_path / "a.h5"] * 4


def test_another_projection_is_told_from_the_same() -> None:
    a = made_up_activations()
    source = Source(identity=identity(a))
    assert same_projection(source, a, 2)
    other = replace(a, projections={2: replace(a.projections[2], fingerprint="other")})
    assert not same_projection(source, other, 2) and not same_projection(source, other, 3)
    assert not same_projection(Source(identity={"projections": 5}), a, 2)


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        ({}, True),
        ({"recordings": 5}, False),
        ({"steps": 91}, False),
        ({"units": 9}, False),
        ({"projections": {"2": "other"}}, False),
        ({"provenance": {"data": "written on another day"}}, True),
    ],
)
def test_activations_are_those_of_a_session_where_sizes_and_maps_agree(changes: dict[str, Any], same: bool) -> None:
    a = made_up_activations()
    assert is_of(Source(identity={**identity(a), **changes}), a) is same
    assert is_of(Source(identity=changes), a) is same  # what a file does not tell is not in the way


def test_a_viewpoint_is_kept_for_the_run_or_the_projection_that_it_was_seen_in() -> None:
    a = made_up_activations()
    saved, state = SavedSession({}, Source(identity=identity(a))), opening_state(a)
    of_run = replace(saved, shown={"run_2d": "one"})
    assert shows_same_map(saved, a, state, 2)
    assert not shows_same_map(of_run, a, state, 2) and shows_same_map(of_run, a, state, 3)
    assert not shows_same_map(saved, a, replace(state, run_2d="one"), 2)
    # A run is known by itself, whatever the activations' own projections are.
    elsewhere = replace(of_run, source=Source())
    assert shows_same_map(elsewhere, a, replace(state, run_2d="one"), 2)
    assert not shows_same_map(elsewhere, a, replace(state, run_2d="two"), 2)
    assert not shows_same_map(replace(saved, source=Source()), a, state, 2)


def test_how_much_is_too_much_is_said(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST", 3 << 20)
    file.write_bytes(b" " * (3 << 20) + b"1")
    with pytest.raises(UserError, match=r"too large for a session of this program \(3 MB at most\)"):
        read_session(file)


def test_as_much_as_may_be_is_read(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    longest = "x" * module._LONGEST_PATH
    session = changed(file, activations__file=longest, activations__beside=longest)
    assert (session.source.file, session.source.beside, session.remarks) == (longest, longest, ())
    monkeypatch.setattr(module, "LARGEST", file.stat().st_size)
    assert read_session(file) == session
    monkeypatch.setattr(module, "LARGEST", file.stat().st_size - 1)
    with pytest.raises(UserError, match="too large"):
        read_session(file)


def test_what_a_session_does_not_say_is_as_at_the_first_start(tmp_path: Path) -> None:
    file = tmp_path / "one.auslan"
    plain = SavedSession(shown={"step": 1})
    write_session(file, plain)
    assert json.loads(file.read_text())["window"]["sign_list"] is True
    again = read_session(file)
    assert again.sign_list is True and (again.look, again.map_view, again.camera) == (None, None, None)


@pytest.mark.parametrize(("length", "kept"), [(4096, True), (4097, False)])
def test_a_layer_may_have_as_long_a_name_as_a_path(tmp_path: Path, length: int, kept: bool) -> None:
    file = tmp_path / "one.auslan"
    write_session(file, replace(SESSION, source=replace(SESSION.source, layer="x" * length)))
    again = read_session(file)
    assert again.source.layer == ("x" * length if kept else "")
    assert ("the name of its layer cannot be read" in again.remarks) is not kept


def test_activations_of_a_file_of_the_persons_are_saved_and_those_kept_for_a_crash_are_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUSLAN_EXPLORER_DATA", str(tmp_path / "data"))
    kept = tmp_path / "data" / "sessions" / f"{module.UNSAVED}it.h5"
    kept.parent.mkdir(parents=True)
    own = tmp_path / f"{module.UNSAVED}it.h5"
    for file in (own, kept):
        write_cache(file, made_up_activations())
    assert module.is_unsaved(made_up_activations())
    of_memory = {file: replace(read_cache(file), origin=made_up_activations().origin) for file in (own, kept)}
    assert [module.is_unsaved(a) for a in of_memory.values()] == [False, True]


POSE = {"azimuth": 10, "elevation": 20, "zoom": 2, "centre": [1, 2, 3], "distance": 4, "field": 45}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, (10, 20, 2, (1, 2, 3), 4, 45)),
        ({"azimuth": -10, "elevation": 91}, (350, 90, 2, (1, 2, 3), 4, 45)),
        ({"azimuth": 730, "elevation": -91}, (10, -90, 2, (1, 2, 3), 4, 45)),
        ({"zoom": 1e-3}, (10, 20, 1e-3, (1, 2, 3), 4, 45)),
        ({"zoom": 1e3}, (10, 20, 1e3, (1, 2, 3), 4, 45)),
        ({"zoom": 0.9e-3}, None),
        ({"zoom": 1001}, None),
        ({"zoom": "2"}, None),
        ({"zoom": True}, None),
        ({"azimuth": float("nan")}, None),
        ({"azimuth": 1e9}, None),
        ({"azimuth": -1e9}, None),
        ({"centre": [1, 2]}, None),
        ({"centre": [1, 2, 1e9]}, None),
        ({"distance": 0}, (10, 20, 2, (1, 2, 3), 0, 0)),
        ({"field": 1}, (10, 20, 2, (1, 2, 3), 4, 1)),
        ({"field": 0.99}, (10, 20, 2, (1, 2, 3), 0, 0)),
        ({"field": 179.5}, (10, 20, 2, (1, 2, 3), 4, 179.5)),
        ({"field": 180}, (10, 20, 2, (1, 2, 3), 0, 0)),
        ({"field": None}, (10, 20, 2, (1, 2, 3), 0, 0)),
    ],
)
def test_a_camera_is_read_within_its_limits(changes: dict[str, Any], expected: tuple[Any, ...] | None) -> None:
    parser = module._Parser({})
    read = parser._camera({**POSE, **changes})
    assert read == (None if expected is None else module.CameraPose(*expected))
    assert parser._remarks == ([] if expected else ["the 3-D view cannot be read"])
    assert parser._camera(None) is None


@pytest.mark.parametrize(
    ("view", "kept"),
    [
        ([-1, 2, -3, 4], True),
        ([2, 2, 0, 1], False),
        ([0, 1, 1, 0], False),
        ([0, 1, 0], False),
        ([0, 1, 0, "1"], False),
        ([0, 2e-6, 0, 1], True),
        ([0, 1e-6, 0, 1], False),
        ([1e6, 1e6 + 1.1, 0, 1], True),
        ([1e6, 1e6 + 1, 0, 1], False),
        ([-1e6 - 1.1, -1e6, 0, 1], True),
        ([0, 1, 1e6, 1e6 + 1], False),
        ("0123", False),
    ],
)
def test_a_view_of_the_map_is_as_wide_as_numbers_can_tell(view: Any, kept: bool) -> None:
    parser = module._Parser({})
    assert parser._map(view) == (tuple(view) if kept else None)
    assert parser._remarks == ([] if kept else ["the view of the map cannot be read"])


def test_sizes_of_panes_are_kept_each_by_itself_from_1_to_30_000() -> None:
    sizes = {"2": [1, 30_000], "3": [0.9, 5], "4": [5, 5]}
    assert module._sizes(sizes) == {2: (1, 30_000)}
    assert module._sizes({"2": [1, 30_001], "3": [7, 8]}) == {3: (7, 8)}
    assert module._sizes(None) == module._sizes([1, 2]) == {}


def test_weights_on_another_computer_and_paths_that_are_none_are_remarked_on() -> None:
    parser = module._Parser({})
    assert parser._source({"weights": "\\\\other\\w", "file": "a"}) == module.Source("a")
    assert parser._source({"weights_on": "//other/w", "weights": "b"}) == module.Source()
    assert parser._remarks == ["its weights lie on another computer, which is not asked for them"] * 2
    assert parser._source({"weights": "/w", "weights_on": "/o"}) == module.Source(weights="/w", weights_on="/o")
    for path in (3, "a\0b", "a" * 4097):
        assert parser._source({"beside": path, "weights": "/w", "shipped": 1}) == module.Source()
    assert parser._remarks[2:] == ["the path of its activations cannot be read"] * 3
    assert parser._source({"file": "a" * 4096, "shipped": True}) == module.Source("a" * 4096, shipped=True)
