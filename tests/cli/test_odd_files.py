"""What other people's tools and words look like, on the command line: each file of `shared/cases/odd` is read."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from auslan_explorer.cli import main
from auslan_explorer.io.cache import read_cache, write_cache

ODD = Path(__file__).resolve().parents[2].parent / "shared" / "cases" / "odd"
pytestmark = pytest.mark.skipif(not ODD.is_dir(), reason="shared/cases/odd is not beside the checkout")


@pytest.mark.parametrize("name", ["attr_array1", "attr_ints1", "attr_double"])
def test_attributes_as_other_programs_write_them_are_read(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["info", str(ODD / f"{name}.h5")]) == 0
    said = capsys.readouterr().out.splitlines()
    assert {"kind: activation cache", "version: 1", "sequences: 15"} <= set(said)


@pytest.mark.parametrize("folder", ["bom", "utf16", "upper", "trailtab"])
def test_recordings_as_other_programs_write_them_are_read_without_a_false_note(
    folder: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", str(ODD / folder), "--out", str(tmp_path / "o.h5")]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == f"{tmp_path / 'o.h5'} holds 1 recording of 1 sign."
    # The only note is true: one recording of the set is here.
    assert [line for line in said[1:] if "of the full set" not in line] == []


def test_recordings_of_one_name_are_told_apart_in_a_table(tmp_path: Path) -> None:
    assert main(["export", "paths", "--cache", str(ODD / "repeats.h5"), "--out", str(tmp_path / "x.csv")]) == 0
    with (tmp_path / "x.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len({(row["sequence"], row["step"]) for row in rows}) == len(rows) == 80


def test_a_name_with_a_comma_is_one_sign(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    film = ["film", "--cache", str(ODD / "commas.h5"), "--size", "80x80", "--steps-per-frame", "10", "--fps", "5"]
    assert main([*film, "--signs", "walk, fast", "--out", str(tmp_path / "x.gif")]) == 0
    assert main([*film, "--signs", "walk, quick", "--out", str(tmp_path / "y.gif")]) == 2
    assert "walk" in capsys.readouterr().err and not (tmp_path / "y.gif").exists()


@pytest.mark.parametrize("scale_and_offset", [(1e-9, 0.0), (1.0, 3e4)])
def test_what_odd_values_would_lose_as_half_precision_is_kept(
    scale_and_offset: tuple[float, float], tmp_path: Path
) -> None:
    a = read_cache(ODD / "commas.h5")
    scale, offset = scale_and_offset
    from auslan_explorer import record

    states = [a.recording_states(i) * scale + offset for i in range(len(a))]
    record.arrays(states, tmp_path / "x.h5", [a.signs[sign] for sign in a.sign])
    write_cache(tmp_path / "again.h5", read_cache(tmp_path / "x.h5"))
    kept = read_cache(tmp_path / "again.h5").all_states().astype(np.float64)
    wanted = np.concatenate(states).astype(np.float64)
    assert np.sqrt(((kept - wanted) ** 2).mean()) < 5e-4 * wanted.std() + 1e-3 * offset / 3e4
    assert len(np.unique(kept)) > 100
