from __future__ import annotations

import json
from pathlib import Path

import pytest

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.groups import UserGroup
from auslan_explorer.core.names import RecordingName
from auslan_explorer.io.groups_file import read_groups, write_groups

GROUPS = (
    UserGroup("mine", (RecordingName("crazy", 3, 2), RecordingName("God", 1, 1, 2))),
    UserGroup("日本 ☂", ()),
)


def test_groups_come_back_as_they_were_kept(tmp_path: Path) -> None:
    file = tmp_path / "new folder" / "groups.json"
    write_groups(file, GROUPS)
    assert read_groups(file) == (GROUPS, "")
    assert json.loads(file.read_text(encoding="utf-8"))["groups"][0]["recordings"] == [
        ["crazy", 3, 2],
        ["God", 1, 1, 2],
    ]


def test_no_file_is_no_groups(tmp_path: Path) -> None:
    assert read_groups(tmp_path / "groups.json") == ((), "")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b'{"version": 2, "groups": []}',
        b'{"version": 1}',
        b'{"version": 1, "groups": [1]}',
        b'{"version": 1, "groups": [{"name": 5, "recordings": []}]}',
        b'{"version": 1, "groups": [{"name": "a", "recordings": [["crazy", 1]]}]}',
        b'{"version": 1, "groups": [{"name": "a", "recordings": [["crazy", 1, NaN]]}]}',
        b'{"version": 1, "groups": [{"name": "a", "recordings": [["crazy", true, 1]]}]}',
        b'{"version": 1, "groups": [{"name": "a", "recordings": [[]]}]}',
        b"[" * 100_000,
    ],
)
def test_a_broken_file_is_said_and_set_aside_not_lost(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "groups.json"
    file.write_bytes(content)
    groups, sentence = read_groups(file)
    assert groups == () and "set aside" in sentence
    (aside,) = tmp_path.glob("groups-broken-*.json")
    assert aside.read_bytes() == content and str(aside) in sentence and not file.exists()


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match=r"file.*\."):
        write_groups(tmp_path / "file" / "groups.json", GROUPS)


def test_what_was_saved_by_the_first_version_is_read_and_what_is_saved_says_the_same(tmp_path: Path) -> None:
    file = tmp_path / "groups.json"
    content = {
        "format": "auslan-explorer groups",
        "version": 1,
        "groups": [
            {"name": "mine", "recordings": [["crazy", 3, 2], ["God", 1, 1, 2]]},
            {"name": "日本 ☂", "recordings": []},
        ],
    }
    file.write_text(json.dumps(content), encoding="utf-8")
    assert read_groups(file) == (GROUPS, "")
    write_groups(file, GROUPS)
    assert json.loads(file.read_text(encoding="utf-8")) == content
