"""What each option of the commands about recordings and exports says it does is in the files and the text."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from auslan_explorer import __version__, cli, paths
from auslan_explorer.core.activations import Activations
from auslan_explorer.io import download
from auslan_explorer.io.cache import read_cache, write_cache
from auslan_explorer.io.models import load_autoencoder
from auslan_explorer.io.recordings import load_recordings, open_recordings
from tests.cli.options import changes_output
from tests.made_up import made_up_activations


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(paths.DATA_VARIABLE, str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three splits and none, a prediction that is not known, sessions and trials that differ."""
    a = made_up_activations()
    predicted, split = a.predicted.copy(), a.split.copy()
    predicted[4], split[7] = -1, 255
    file = tmp_path_factory.mktemp("data") / "a.h5"
    write_cache(file, replace(a, predicted=predicted, split=split))
    return file


@changes_output("--version")
def test_the_version_is_the_programs(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--version"]) == 0
    assert capsys.readouterr().out.split() == ["auslan-explorer", __version__]


# ------------------------------------------------------------------------------------------------- import, download
def same_recordings(file: Path, folder: Path) -> bool:
    got, wanted = load_recordings(file), open_recordings(folder)
    return np.array_equal(got.frames, wanted.frames) and got.sign.tolist() == wanted.sign.tolist()


@changes_output("import source", "import --out")
def test_recordings_are_kept_where_they_should_be(signs_folder: Path, tmp_path: Path, home: Path) -> None:
    out = tmp_path / "kept.h5"
    assert cli.main(["import", str(signs_folder), "--out", str(out)]) == 0
    assert same_recordings(out, signs_folder) and not (home / "recordings.h5").exists()
    assert cli.main(["import", str(signs_folder)]) == 0
    assert same_recordings(home / "recordings.h5", signs_folder)


@changes_output("download --url", "download --sha256", "download --out")
@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ((), (download.UCI_URL, None)),
        (("--url", "http://localhost/a.zip"), ("http://localhost/a.zip", None)),
        (("--sha256", "AB" * 32), (download.UCI_URL, "ab" * 32)),
        (("--url", "http://localhost/a.zip", "--sha256", "0" * 64), ("http://localhost/a.zip", "0" * 64)),
    ],
)
def test_what_is_fetched_is_checked_and_imported(
    given: tuple[str, ...],
    expected: tuple[str, str | None],
    signs_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[tuple[str, str | None]] = []

    def fetch(url: str, sha256: str | None, *, progress: Any) -> Path:
        asked.append((url, sha256))
        return signs_folder

    monkeypatch.setattr(download, "download", fetch)
    out = tmp_path / "kept.h5"
    assert cli.main(["download", *given, "--out", str(out)]) == 0
    assert asked == [expected] and same_recordings(out, signs_folder)


# -------------------------------------------------------------------------------------------------------------- info
@changes_output("info file", "info --json")
def test_what_a_cache_holds_is_told_in_text_and_json(cache: Path, capsys: pytest.CaptureFixture[str]) -> None:
    a = read_cache(cache)
    known = a.predicted >= 0
    right = a.predicted == a.sign
    shares = {
        name: right[known & (a.split == code)].mean() for code, name in enumerate(("train", "validation", "test"))
    }
    assert cli.main(["info", str(cache), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    counts = ("recordings", "signs", "units", "steps", "real_steps", "padding_steps")
    expected = [len(a), 4, a.units, a.steps, int(a.lengths.sum()), len(a.prefix)]
    assert [told[name] for name in counts] == expected and told["projections"] == ["2d", "3d"]
    assert told["accuracy"] == pytest.approx({**shares, "all": right[known].mean()})
    assert cli.main(["info", str(cache)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "kind: activation cache" and f"real steps: {a.real_steps}" in lines
    assert f"  test: {shares['test']:.6g}" in lines


# ------------------------------------------------------------------------------------------------------------ export
SPLITS = {0: "train", 1: "validation", 2: "test", 255: "none"}


def cells(a: Activations, dims: int, labels: bool) -> Iterator[list[str]]:
    """Every row of the table, put together one step after the other."""
    points = iter(a.projections[dims].points)
    for i in range(len(a)):
        for step in range(int(a.first_step[i]), int(a.first_step[i] + a.lengths[i])):
            row = [a.signs[a.sign[i]], str(a.session[i]), str(a.trial[i]), str(step)]
            row += [str(np.float32(value)) for value in next(points)]
            if labels:
                row += [SPLITS[int(a.split[i])], "" if a.predicted[i] < 0 else a.signs[a.predicted[i]]]
            yield row


@changes_output("export --only")
def test_only_some_recordings_are_exported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cache, out = tmp_path / "a.h5", tmp_path / "p.csv"
    a = made_up_activations()
    write_cache(cache, a)
    assert cli.main(["export", "paths", "--cache", str(cache), "--out", str(out), "--only", "0-1,4"]) == 0
    lines = out.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1 + int(a.lengths[[0, 1, 4]].sum())
    assert "of 3 recordings" in capsys.readouterr().out
    assert cli.main(["export", "paths", "--cache", str(cache), "--out", str(out), "--only", str(len(a))]) == 2
    assert f"the last is {len(a) - 1}" in capsys.readouterr().err
    assert cli.main(["export", "paths", "--cache", str(cache), "--out", str(out), "--only", "4-1"]) == 2


@changes_output("export --provenance")
def test_a_table_gets_a_description_beside_it(tmp_path: Path) -> None:
    cache, out = tmp_path / "a.h5", tmp_path / "p.csv"
    write_cache(cache, made_up_activations())
    arguments = ["export", "paths", "--cache", str(cache), "--out", str(out)]
    assert cli.main(arguments) == 0
    assert not (tmp_path / "p.csv-metadata.json").exists()
    assert cli.main([*arguments, "--provenance"]) == 0
    told = json.loads((tmp_path / "p.csv-metadata.json").read_text(encoding="utf-8"))
    titles = [column["titles"] for column in told["tableSchema"]["columns"]]
    assert titles == out.read_text(encoding="utf-8").splitlines()[0].split(",")
    assert "--provenance" in told["rdfs:comment"]["Command"]


@changes_output("export what", "export --out", "export --dims", "export --labels", "export --cache")
@pytest.mark.parametrize("dims", [2, 3])
@pytest.mark.parametrize("labels", [False, True])
def test_a_table_holds_every_cell(cache: Path, tmp_path: Path, dims: int, labels: bool) -> None:
    out = tmp_path / "p.csv"
    more = ["--labels"] if labels else []
    assert cli.main(["export", "paths", "--cache", str(cache), "--out", str(out), "--dims", str(dims), *more]) == 0
    with out.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    extra = ["split", "predicted"] if labels else []
    assert header == ["sign", "session", "trial", "step", *"xyz"[:dims], *extra]
    points = slice(4, 4 + dims)
    rows = [[*row[:4], *(str(np.float32(value)) for value in row[points]), *row[4 + dims :]] for row in rows]
    assert rows == list(cells(read_cache(cache), dims, labels))


def test_a_table_has_two_dimensions_and_no_labels_unless_told(cache: Path, tmp_path: Path) -> None:
    out = tmp_path / "p.csv"
    assert cli.main(["export", "paths", "--cache", str(cache), "--out", str(out)]) == 0
    assert out.read_text(encoding="utf-8").startswith("sign,session,trial,step,x,y\n")


def test_an_hdf5_file_holds_every_array(cache: Path, tmp_path: Path) -> None:
    a, out = read_cache(cache), tmp_path / "p.h5"
    assert cli.main(["export", "paths", "--cache", str(cache), "--out", str(out), "--dims", "3"]) == 0
    with h5py.File(out) as file:
        assert file["signs"].asstr()[()].tolist() == list(a.signs)
        for name in ("sign", "predicted", "session", "trial", "lengths", "first_step"):
            assert file["recordings"][name][()].tolist() == getattr(a, name).tolist(), name
        assert file["recordings/split"].asstr()[()].tolist() == [SPLITS[int(code)] for code in a.split]
        owner = [i for i in range(len(a)) for _ in range(a.lengths[i])]
        assert file["points/recording"][()].tolist() == owner
        assert file["points/step"][()].tolist() == [int(row[3]) for row in cells(a, 3, labels=False)]
        assert np.array_equal(file["points/position"][()], a.projections[3].points)
        assert file.attrs["projection"].decode() == a.projections[3].title


INFO = {
    "autoencoder-2d.h5": "kind version dims units layers activations fingerprint training",
    "classifier.h5": "kind version signs units channels steps gates fingerprint split training",
}


def test_what_programs_read_of_a_file_keeps_its_names(
    models: Path, cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = "kind version recordings signs units steps real_steps padding_steps projections accuracy provenance"
    for file, keys in {**{models / name: keys for name, keys in INFO.items()}, cache: names}.items():
        assert cli.main(["info", str(file), "--json"]) == 0
        assert set(keys.split()) <= set(json.loads(capsys.readouterr().out)), file.name
    assert cli.main(["info", str(models / "autoencoder-2d.h5"), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    network = load_autoencoder(models / "autoencoder-2d.h5")
    assert (told["units"], told["dims"], told["layers"]) == (network.units, 2, [2, network.units])
    assert told["activations"] == ["linear", "linear"] and told["fingerprint"] == network.fingerprint
