"""Stored settings: what cannot be is as if it had never been set."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from auslan_explorer import paths
from auslan_explorer.gui.settings.store import Settings

INFINITE = float("inf")
READ: dict[str, tuple[Callable[[Settings], object], object, object, tuple[object, ...]]] = {
    "text": (lambda stored: stored.text("it", "usual"), "usual", "own", (3, True, None, ["own"])),
    "one of some texts": (lambda stored: stored.text("it", "a", ("a", "b")), "a", "b", ("c", 3)),
    "flag": (lambda stored: stored.flag("it", False), False, True, (1, "true", None)),
    "flag that is usually set": (lambda stored: stored.flag("it", True), True, False, (0, "false", None)),
    "number": (lambda stored: stored.number("it", 0.5), 0.5, 2.0, ("2", True, None, INFINITE, 10**400)),
    "one of some numbers": (lambda stored: stored.number("it", 0.5, (0.5, 2.0)), 0.5, 2.0, (7.0, 1.0, "2")),
    "numbers": (
        lambda stored: stored.numbers("it", 2), None, [1.0, 2.0],
        ([1.0], [1.0, 2.0, 3.0], [1.0, "2"], 1.0, [1.0, INFINITE]),
    ),
    "texts": (lambda stored: stored.texts("it"), None, ["a", "b"], (["a", 2], "ab", 3.0)),
}  # fmt: skip


@pytest.mark.parametrize("kind", READ)
def test_a_stored_value_is_read_and_one_that_cannot_be_is_not(kind: str, tmp_path: Path) -> None:
    read, usual, own, wrong = READ[kind]
    file = tmp_path / "window.json"
    assert read(Settings(file)) == usual
    for value, meant in ((own, own), *((each, usual) for each in wrong)):
        file.write_text(json.dumps({"it": value}), encoding="utf-8")
        assert read(Settings(file)) == meant, value


def test_the_persons_own_settings_are_those_where_no_file_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "new.json").write_text('{"it": "new"}', encoding="utf-8")
    (tmp_path / "old.ini").write_text("[General]\nit=old\n", encoding="utf-8")
    monkeypatch.setattr(paths, "settings_file", lambda: tmp_path / "new.json")
    monkeypatch.setattr(paths, "old_settings_file", lambda: tmp_path / "old.ini")
    assert Settings().file == tmp_path / "new.json" and Settings().text("it", "") == "new"
    (tmp_path / "new.json").unlink()
    assert Settings().text("it", "") == "old", "those of an earlier version"
