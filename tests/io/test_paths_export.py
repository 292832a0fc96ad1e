from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import h5py
import numpy as np
import pytest

from auslan_explorer.core.errors import UserError
from auslan_explorer.io.paths_export import write_paths
from tests.made_up import made_up_activations


@pytest.mark.parametrize("dims", [2, 3])
def test_csv_and_hdf5_hold_the_same_of_chosen_recordings(tmp_path: Path, dims: int) -> None:
    a = made_up_activations()
    a = replace(a, predicted=np.where(np.arange(len(a)) == 4, -1, a.predicted).astype(np.int16))
    chosen = np.isin(np.arange(len(a)), [0, 4, 11])
    write_paths(tmp_path / "p.csv", a, a.projections[dims], chosen)
    write_paths(tmp_path / "p.h5", a, a.projections[dims], chosen)
    with (tmp_path / "p.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert header == ["sign", "session", "trial", "step", *"xyz"[:dims], "split", "predicted"]
    owner = a.recording_of_point()
    wanted = chosen[owner]
    assert len(rows) == wanted.sum() == a.lengths[chosen].sum()
    np.testing.assert_array_equal(
        np.array([row[4:-2] for row in rows], dtype=np.float32), a.projections[dims].points[wanted]
    )
    assert {row[-1] for row in rows} == {"computer_PC_", "", a.signs[a.predicted[11]]}
    with h5py.File(tmp_path / "p.h5") as file:
        number = file["points/recording"][()]
        assert set(number) == {0, 1, 2}
        np.testing.assert_array_equal(file["points/position"][()], a.projections[dims].points[wanted])
        assert [int(row[3]) for row in rows] == file["points/step"][()].tolist()
        signs = file["signs"].asstr()[()]
        assert [row[0] for row in rows] == signs[file["recordings/sign"][()]][number].tolist()
        assert file["recordings/predicted"][()].tolist() == a.predicted[chosen].tolist()
        assert [row[-2] for row in rows] == file["recordings/split"].asstr()[()][number].tolist()
        assert file["recordings/lengths"][()].tolist() == a.lengths[chosen].tolist()


def test_recordings_of_one_name_are_told_apart_by_their_number(tmp_path: Path) -> None:
    a = made_up_activations()
    a = replace(a, session=np.ones_like(a.session), trial=np.ones_like(a.trial))
    write_paths(tmp_path / "p.csv", a, a.projections[2], np.isin(np.arange(len(a)), [1, 3]), describe=True)
    with (tmp_path / "p.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert header[-1] == "recording" and {row[-1] for row in rows} == {"1", "3"}
    assert sum(row[-1] == "1" for row in rows) == a.lengths[1]
    assert "recording" in (tmp_path / "p.csv-metadata.json").read_text(encoding="utf-8")


def test_nothing_to_write_and_unknown_endings_are_said(tmp_path: Path) -> None:
    a = made_up_activations()
    with pytest.raises(UserError, match="no recording"):
        write_paths(tmp_path / "p.csv", a, a.projections[2], np.zeros(len(a), dtype=bool))
    with pytest.raises(UserError, match=r"\.csv, \.h5"):
        write_paths(tmp_path / "p.txt", a, a.projections[2])
    assert not list(tmp_path.iterdir())
