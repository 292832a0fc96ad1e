"""Where a file is written whose ending is none that can be, that is said before anything is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from auslan_explorer import cli
from tests.cli.options import every_option

CALLS = {
    "cache": (),
    "download": (),
    "elan": (),
    "export": ("paths", "--cache", "none.h5"),
    "film": ("--cache", "none.h5"),
    "import": ("none.zip",),
    "open": ("net.hdf5",),
    "render": ("--figure", "all", "--cache", "none.h5"),
    "stability": ("--seeds", "2", "--cache", "none.h5"),
    "train autoencoder": ("--dims", "2", "--cache", "none.h5"),
    "train classifier": ("--recordings", "none.zip"),
}
OTHERS = {"models", "self-test"}
"""Write into a folder."""


def test_every_command_that_writes_a_file_is_tried() -> None:
    writing = {name.rpartition(" ")[0] for name in every_option() if name.endswith(" --out")}
    assert writing == set(CALLS) | OTHERS


@pytest.mark.parametrize("command", CALLS)
def test_another_ending_is_refused_before_anything_is_read(
    command: str, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("net.hdf5").write_bytes(b"")
    assert cli.main([*command.split(), *CALLS[command], "--out", "a.doc"]) == 2
    said = capsys.readouterr().err
    assert "a.doc" in said and "ending" in said and said.count("\n") == 1
    assert sorted(file.name for file in tmp_path.iterdir() if file.is_file()) == ["net.hdf5"]
