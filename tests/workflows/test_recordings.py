"""Recordings are imported from a file or the web, and kept."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from auslan_explorer import paths
from auslan_explorer.core.errors import Cancelled, UserError
from auslan_explorer.core.network import Autoencoder, Classifier, DenseLayer, Head
from auslan_explorer.core.recordings import CHANNELS, Recordings
from auslan_explorer.io import download
from auslan_explorer.io.recordings import open_recordings
from auslan_explorer.workflows.recordings import (
    download_and_import,
    explain_left_out,
    import_file,
    run_published_networks,
)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    rows = np.random.default_rng(0).uniform(-1, 1, (6, 22))
    text = "".join("\t".join(f"{value:.6f}" for value in row) + "\n" for row in rows)
    file = tmp_path / "recordings.zip"
    with zipfile.ZipFile(file, "w") as packed:
        for trial in (1, 2, 3):
            packed.writestr(f"tctodd/tctodd1/hello-{trial}.tsd", text)
    return file


def test_an_import_is_kept_where_it_is_asked_to_be(archive: Path, tmp_path: Path) -> None:
    told: list[float] = []
    imported = import_file(archive, tmp_path / "mine.h5", progress=lambda fraction, text: told.append(fraction))
    assert (imported.recordings, imported.signs, imported.frames) == (3, 1, 18)
    assert imported.file == tmp_path / "mine.h5" and len(open_recordings(imported.file)) == 3
    assert told == sorted(told) and 0 < told[-1] <= 1


def test_what_the_networks_leave_out_is_counted_and_explained() -> None:
    lengths = np.array([6, 90, 6, 95, 6, 91], dtype=np.int32)
    column = np.arange(1, 7, dtype=np.int16)
    sign = np.array([0, 0, 1, 1, 2, 2], dtype=np.int16)
    frames = np.zeros((int(lengths.sum()), len(CHANNELS)), np.float32)
    made = Recordings(frames, lengths, sign, column, column, ("hello", "his_hers", "name"))
    assert explain_left_out(made) == (
        "The networks read 2 of them, of 2 signs: the 2 of the sign “his / hers” are left out as in the article, and 2 "
        "have 90 frames or more, longer than the networks read."
    )
    assert explain_left_out(made.select(np.array([True, False, False, False, True, False]))) == ""


def test_a_download_is_imported_into_the_person_s_own_file(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def from_here(url: str, *, progress: Callable[[float, str], None], cancelled: Callable[[], bool]) -> Path:
        progress(1.0, "downloaded")
        return archive

    monkeypatch.setenv(paths.DATA_VARIABLE, str(tmp_path / "data"))
    monkeypatch.setattr(download, "download", from_here)
    told: list[tuple[float, str]] = []
    imported = download_and_import("https://example.org/x.zip", progress=lambda *step: told.append(step))
    assert imported.file == paths.recordings_file() and imported.file.exists()
    assert told[0] == (0.8, "downloaded") and all(fraction >= 0.8 for fraction, _ in told)


def test_a_cancelled_import_keeps_nothing(archive: Path, tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        import_file(archive, tmp_path / "mine.h5", cancelled=lambda: True)
    assert not (tmp_path / "mine.h5").exists()


def test_a_file_without_recordings_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "other.zip").write_bytes(b"")
    with pytest.raises(UserError, match=r"other\.zip"):
        import_file(tmp_path / "other.zip", tmp_path / "mine.h5")


def test_the_published_networks_are_run_over_the_recordings_that_they_read(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(0)

    def draw(*shape: int) -> np.ndarray:
        return rng.normal(0, 0.5, shape).astype(np.float32)

    units = 5
    classifier = Classifier(
        draw(22, 4 * units), draw(units, 4 * units), draw(4 * units), Head(draw(units, 2), draw(2)), "hard_sigmoid",
        np.zeros(22, np.float32), np.ones(22, np.float32), 90, ("hello", "name"),
    )  # fmt: skip
    maps = [
        Autoencoder(tuple(DenseLayer(draw(*shape), np.zeros(shape[1], np.float32), "linear") for shape in shapes), 0)
        for shapes in (((units, 2), (2, units)), ((units, 3), (3, units)))
    ]
    asked: list[Path] = []
    monkeypatch.setattr(
        "auslan_explorer.io.published.load_published", lambda at: asked.append(at) or (classifier, *maps)
    )
    told: list[float] = []
    folder = tmp_path / "weights"
    a = run_published_networks(folder, archive, progress=lambda fraction, text: told.append(fraction))
    assert asked == [folder] and len(a) == 3 and a.signs == ("hello", "name") and set(a.sign) == {0}
    for dims, network in zip((2, 3), maps, strict=True):
        np.testing.assert_allclose(a.projections[dims].points, network.encode(a.all_states()), atol=1e-6)
    assert a.provenance == {"model": "published weights in weights", "data": "recordings imported by the person"}
    assert told == sorted(told) and 0 < told[0] < 0.4 < told[-1] == 1
    # One file instead of the folder holds a network without maps.
    monkeypatch.setattr("auslan_explorer.io.published.load_keras_classifier", lambda at: asked.append(at) or classifier)
    file = tmp_path / "mine.h5"
    file.touch()
    alone = run_published_networks(file, archive)
    assert asked == [folder, file] and not alone.projections and alone.origin.weights == str(file)
    np.testing.assert_array_equal(alone.all_states(), a.all_states())
