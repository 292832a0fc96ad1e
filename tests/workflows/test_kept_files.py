"""What was made of a person's files is found again by their contents, and not for others."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from auslan_explorer.workflows.kept_files import kept_file


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AUSLAN_EXPLORER_DATA", str(tmp_path / "data"))
    made = tmp_path / "recordings"
    (made / "tctodd1").mkdir(parents=True)
    for name in ("hello-1", "name-1"):
        (made / "tctodd1" / f"{name}.tsd").write_text("0")
        os.utime(made / "tctodd1" / f"{name}.tsd", (1e9, 1e9))
    return made


def test_a_folder_is_known_by_its_recordings_names_sizes_and_dates(folder: Path) -> None:
    one, two = folder / "tctodd1" / "hello-1.tsd", folder / "tctodd1" / "name-1.tsd"
    kept = [kept_file([folder])]
    assert kept_file([folder]) == kept[0]
    assert kept[0].parent == folder.parent / "data" / "opened" and kept[0].name.startswith("recordings-")
    (folder / "notes.txt").write_text("no recording")
    assert kept_file([folder]) == kept[0]

    def lengthen() -> None:
        one.write_text("00")
        os.utime(one, (2e9, 2e9))

    for change in (
        lambda: os.utime(one, (2e9, 2e9)),
        lengthen,
        lambda: two.rename(folder / "tctodd1" / "name-2.tsd"),
        lambda: (folder / "tctodd1").rename(folder / "tctodd2"),
    ):
        change()
        kept.append(kept_file([folder]))
    assert len(set(kept)) == len(kept), "each change is seen"


def test_a_file_is_known_by_what_is_in_it_and_what_was_said_of_it(folder: Path) -> None:
    one, two = folder / "one.csv", folder / "two.csv"
    one.write_text("1,2")
    two.write_text("1,3")
    kept = kept_file([one])
    os.utime(one, (2e9, 2e9))
    assert kept_file([one]) == kept
    assert len({kept, kept_file([two]), kept_file([one], "other columns"), kept_file([one, two])}) == 4


def test_files_after_a_folder_count_too_and_so_does_what_was_said(folder: Path, tmp_path: Path) -> None:
    weights = tmp_path / "weights.h5"
    weights.write_bytes(b"1")
    before = kept_file([folder, weights], "one")
    assert kept_file([folder, weights], "one") == before
    others = [kept_file([folder, weights]), kept_file([folder, weights], "two"), kept_file([folder], "one"),
              kept_file([weights, folder], "one")]  # fmt: skip
    weights.write_bytes(b"2")
    others.append(kept_file([folder, weights], "one"))
    assert len({before, *others}) == 6
    weights.write_bytes(b"1" * ((1 << 20) + 1))
    long = kept_file([weights])
    weights.write_bytes(b"1" * (1 << 20) + b"2")
    assert kept_file([weights]) != long, "all of a long file counts"
