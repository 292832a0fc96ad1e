"""`open` hands files to the window, and says in a sentence what it cannot show, or not without a display."""

from __future__ import annotations

from pathlib import Path

import pytest

from auslan_explorer import cli
from auslan_explorer.commands import window
from auslan_explorer.workflows import reading
from auslan_explorer.workflows.reading import Brought


@pytest.fixture
def kind(monkeypatch: pytest.MonkeyPatch) -> list[Brought]:
    """What every file is taken for: the last of these."""
    kinds = [Brought.ACTIVATIONS]
    monkeypatch.setattr(reading, "what_is", lambda _: kinds[-1])
    return kinds


@pytest.mark.parametrize(
    ("name", "what", "says"),
    [
        ("a.hdf5", Brought.PUBLISHED, "a.hdf5 holds published weights; open them with Ctrl+Shift+O, or use --publishe"),
        ("a.zip", Brought.RECORDINGS, "a.zip holds recordings; import them with `auslan-explorer import {path}`."),
        ("a.doc", Brought.UNKNOWN, "a.doc is nothing that can be opened here. These can: a session; "),
        ("a.auslan", Brought.SESSION, "There is no display to show {path} on; use `film --session {path}` instead."),
        ("a.eaf", Brought.ANNOTATIONS, "There is no display to show {path} on; `elan --read {path}` says what is in "),
        (
            "a.keras",
            Brought.NETWORK,
            "no display to show {path} on; make a cache of it with `cache --from {path} --out ",
        ),
        ("a.npz", Brought.ARRAYS, "no display to show {path} on; make a cache of it with `cache --from {path} --out "),
        ("a.h5", Brought.ACTIVATIONS, "no display to show {path} on; use `render --cache {path}` or `film --cache "),
    ],
)
def test_what_cannot_be_shown_is_said_with_what_can_be_done(
    name: str, what: Brought, says: str, kind: list[Brought], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(window, "has_display", lambda: False)
    kind.append(what)
    Path(name).write_bytes(b"x")
    assert cli.main(["open", name]) == 2
    said = capsys.readouterr().err
    assert says.format(path=name) in said and said.count("\n") == 1


@pytest.mark.parametrize(
    ("names", "what", "handed"),
    [
        ((), Brought.SESSION, {"file": None}),
        (("a.auslan",), Brought.SESSION, {"file": Path("a.auslan")}),
        (("a.eaf",), Brought.ANNOTATIONS, {"annotations": Path("a.eaf")}),
    ],
)
def test_sessions_and_annotations_are_read_by_the_window_itself(
    names: tuple[str, ...], what: Brought, handed: dict[str, Path | None], kind: list[Brought], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    kind.append(what)
    asked: list[dict[str, object]] = []

    def run(*file: Path | None, **more: object) -> int:
        asked.append({**dict(zip(("file",), file, strict=False)), **more})
        return 0

    monkeypatch.setattr(window, "has_display", lambda: True)
    monkeypatch.setattr(window, "check_window_libraries", lambda: None)
    monkeypatch.setattr("auslan_explorer.app.run_window", run)
    for name in names:
        Path(name).write_bytes(b"x")
    assert cli.main(["open", *names] if names else []) == 0
    assert asked == [handed]
