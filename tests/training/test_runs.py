"""Runs are kept whole, listed, named, deleted, exported and imported; damaged and hostile files harm nothing."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import h5py
import numpy as np
import pytest

from auslan_explorer import paths
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.network import Autoencoder
from auslan_explorer.draw.thumbnail import thumbnail
from auslan_explorer.io import atomic, hdf5, hdf5_survey
from auslan_explorer.io.cache import read_cache, write_cache
from auslan_explorer.training import run_file
from auslan_explorer.training.events import AutoencoderTrained
from auslan_explorer.training.run import Run, new_id, new_run, with_info
from auslan_explorer.training.run_file import is_id
from auslan_explorer.training.runs import RunStore, runs_dir
from auslan_explorer.training.settings import AutoencoderSettings, article_autoencoder
from tests.hdf5_layout import layout_of


@pytest.fixture
def run(activations: Activations, autoencoder: Autoencoder) -> Run:
    points = autoencoder.encode(activations.all_states())
    trained = AutoencoderTrained(
        autoencoder, 2, 3, 0.2, 0.1, 12.5, (0.5, 0.2, float("nan")), (0.4, 0.1, 0.15), points,
        autoencoder.encode(activations.prefix),
    )  # fmt: skip
    picture = thumbnail(points, activations.step_of_point(), 64)
    metrics = {"explained_variance": 0.8, "mse": 0.1, "trustworthiness": None, "measured_on": "test"}
    return new_run(activations, article_autoencoder(2, 5), trained, metrics, picture, " first ")


@pytest.fixture
def store(tmp_path: Path) -> RunStore:
    return RunStore(tmp_path / "runs")


def test_a_runs_file_holds_what_its_page_says(store: RunStore, run: Run) -> None:
    lines = dict(line.split(": ", 1) for line in layout_of(store.folder / f"{store.save(run).id}.h5"))
    info = run.info
    texts = {name: lines.pop(f"@{name}") for name in ("id", "name", "created", "activations", "data", "program")}
    assert texts == {
        "id": info.id, "name": "first", "created": info.created, "activations": info.activations, "data": info.data,
        "program": info.version,
    }  # fmt: skip
    assert json.loads(lines.pop("@settings")) == info.settings.as_dict()
    assert json.loads(lines.pop("@metrics")) == dict(info.metrics)
    assert json.loads(lines.pop("@losses")) == [[0.5, 0.2, None], [0.4, 0.1, 0.15]]
    plain = {"format": "auslan-explorer-run", "version": "1", "class_word": "class", "sequence_word": "sequence"}
    assert {name: lines.pop(f"@{name}") for name in plain} == plain
    assert (lines.pop("@best_epoch"), lines.pop("@seconds"), lines.pop("@bottleneck")) == ("2", "12.5", "1")
    kinds = [lines.pop(f"layers/{number}@activation") for number in range(4)]
    assert kinds == ["relu", "linear", "relu", "linear"]
    assert set(lines) == {
        "thumbnail", "projection/points", "projection/prefix",
        *(f"layers/{number}/{part}" for number in range(4) for part in ("kernel", "bias")),
    }  # fmt: skip
    assert {kind.split()[0] for name, kind in lines.items() if name != "thumbnail"} == {"<f4"}


def test_a_run_is_read_as_it_was_kept(store: RunStore, run: Run, activations: Activations) -> None:
    assert store.list() == ()
    kept = store.save(run)
    (listed,) = store.list()
    for info in (kept, listed, store.read(run.id).info):
        assert (info.id, info.name, info.dims, info.damaged) == (run.id, "first", 2, "")
        assert info.settings == article_autoencoder(2, 5)
        assert info.validation_losses == (0.4, 0.1, 0.15)
        assert info.train_losses[:2] == (0.5, 0.2) and np.isnan(info.train_losses[2])
        assert (info.best_epoch, info.epochs_run, info.seconds) == (2, 3, 12.5)
        assert info.metrics == run.info.metrics
        assert info.thumbnail == run.info.thumbnail != b""
        assert info.belongs_to(activations)
    again = store.read(run.id)
    assert again.autoencoder.fingerprint == run.autoencoder.fingerprint
    assert np.array_equal(again.points, run.points)
    assert np.array_equal(again.make_projection(activations).prefix, run.prefix)


def test_the_store_stands_in_the_persons_data_folder() -> None:
    assert RunStore().folder == runs_dir() == paths.data_dir() / "runs"


def test_a_run_knows_its_activations_before_and_after_they_are_saved(
    run: Run, activations: Activations, tmp_path: Path
) -> None:
    write_cache(tmp_path / "a.h5", activations)
    assert run.info.belongs_to(read_cache(tmp_path / "a.h5"))
    others = read_cache(tmp_path / "a.h5")
    object.__setattr__(others, "session", others.session + 1)
    assert not run.info.belongs_to(others)
    with pytest.raises(UserError, match=r"“first” was trained on the hidden states of another network.*Open that"):
        run.make_projection(others)


def test_the_newest_run_comes_first(store: RunStore, run: Run) -> None:
    for id_ in ("20250101-000000-aaaaaa", "20260101-000000-aaaaaa", "20240101-000000-aaaaaa"):
        store.save(with_info(run, id=id_))
    assert [info.id[:4] for info in store.list()] == ["2026", "2025", "2024"]


def test_runs_of_one_second_are_listed_newest_first_too(store: RunStore, run: Run) -> None:
    second = datetime(2026, 11, 27, 3, 29, 57, tzinfo=UTC)
    names = [f"after {microsecond} us" for microsecond in (0, 400, 5_000, 600_000, 999_999)]
    for name in names:
        id_ = new_id(second.replace(microsecond=int(name.split()[1])))
        assert is_id(id_)
        store.save(with_info(run, id=id_, name=name))
    assert [info.name for info in store.list()] == names[::-1]


def test_renaming_and_deleting(store: RunStore, run: Run) -> None:
    store.save(run)
    assert store.rename(run.id, "  good one ").name == "good one"
    assert store.find("good one").id == store.find(run.id[:10]).id == run.id
    for name in ("", "  ", "x" * 121, "two\nlines", "\x00"):
        with pytest.raises(UserError):
            store.rename(run.id, name)
    assert store.list()[0].name == "good one"
    store.delete(run.id)
    store.delete(run.id)
    assert store.list() == ()
    with pytest.raises(UserError, match="not there any more"):
        store.read(run.id)
    with pytest.raises(UserError, match="no run 'good one'"):
        store.find("good one")


def test_what_is_meant_by_a_name_must_be_clear(store: RunStore, run: Run) -> None:
    store.save(run)
    store.save(with_info(run, id="20240101-000000-aaaaaa"))
    with pytest.raises(UserError, match="2 runs are meant"):
        store.find("first")


@pytest.mark.parametrize(
    "id_", ["../../etc/passwd", "", "20240101-000000-aaaaaa/../x", "20240101-000000-AAAAAA", "x" * 999]
)
def test_an_id_is_never_a_path(store: RunStore, id_: str) -> None:
    for act in (store.read, store.delete):
        with pytest.raises(UserError, match="no run’s id"):
            act(id_)


def test_a_run_goes_to_another_folder_and_comes_in_once(store: RunStore, run: Run, tmp_path: Path) -> None:
    store.save(run)
    file = tmp_path / "mine.h5"
    store.export(run.id, file)
    other = RunStore(tmp_path / "other")
    assert other.import_(file).id == run.id
    other.rename(run.id, "theirs")
    assert other.import_(file).name == "theirs"
    assert len(other.list()) == 1
    assert np.array_equal(other.read(run.id).points, run.points)
    # Another run under the same id is kept beside it.
    changed = with_info(run, id=run.id)
    layers = (*run.autoencoder.layers[:-1], run.autoencoder.layers[-1].__class__(
        run.autoencoder.layers[-1].kernel * 2, run.autoencoder.layers[-1].bias, "linear"))  # fmt: skip
    RunStore(tmp_path / "third").save(Run(changed.info, Autoencoder(layers, 1), run.points, run.prefix))
    assert other.import_(tmp_path / "third" / f"{run.id}.h5").id != run.id
    assert len(other.list()) == 2


def test_a_damaged_run_is_listed_and_can_be_deleted(store: RunStore, run: Run) -> None:
    store.save(run)
    broken = "20240101-000000-aaaaaa"
    whole = (store.folder / f"{run.id}.h5").read_bytes()
    (store.folder / f"{broken}.h5").write_bytes(whole[: len(whole) // 2])
    (store.folder / "notes.txt").write_text("not a run")
    (store.folder / ".x.part.h5").write_text("half")
    good, bad = store.list()
    assert good.id == run.id and not good.damaged
    assert bad.id == broken and "damaged" in bad.damaged
    assert not bad.belongs_to(None)  # type: ignore[arg-type]
    with pytest.raises(UserError):
        store.export(broken, store.folder.parent / "out.h5")
    assert not (store.folder.parent / "out.h5").exists()
    store.delete(broken)
    assert len(store.list()) == 1


def edited(source: Path, target: Path, change: Callable[[h5py.File], None]) -> Path:
    target.write_bytes(source.read_bytes())
    with h5py.File(target, "r+") as file:
        change(file)
    return target


def put(name: str, value: str) -> Callable[[h5py.File], None]:
    return lambda file: hdf5.put_text(file, name, value)


def bomb(file: h5py.File) -> None:
    file.create_dataset("more", shape=(1 << 34,), dtype="u1", chunks=(1 << 20,), compression="gzip")


def large_picture(file: h5py.File) -> None:
    data = file["thumbnail"][()]
    data[16:20] = 0, 0, 4, 1  # a pixel more than there may be
    file["thumbnail"][...] = data


def picture_of(value: np.ndarray) -> Callable[[h5py.File], None]:
    def change(file: h5py.File) -> None:
        del file["thumbnail"]
        file["thumbnail"] = value

    return change


def soft_link(file: h5py.File) -> None:
    del file["projection/points"]
    file["projection/points"] = h5py.ExternalLink("/etc/passwd", "/x")


def other_size(file: h5py.File) -> None:
    del file["projection/points"]
    file["projection/points"] = np.zeros((4, 3), np.float32)


def many(file: h5py.File) -> None:
    for number in range(hdf5_survey.MOST_PARTS):
        file.create_group(f"g{number}")


def loop(file: h5py.File) -> None:
    file["layers/again"] = file["/"]


def not_finite(file: h5py.File) -> None:
    file["projection/points"][0, 0] = np.nan


HOSTILE = [
    (put("id", "../../x"), "id is missing"),
    (put("name", "a\nb"), "too long or cannot be read"),
    (put("name", ""), "name"),
    (put("created", "yesterday"), "time at which"),
    (put("data", "x" * 60_000), "too long"),
    (put("settings", "[]"), "settings cannot be read"),
    (put("settings", '{"dims": 2, "code": "import os"}'), "no setting 'code'"),
    (put("settings", '{"dims": "2"}'), "dims"),
    (put("settings", '{"dims": 3}'), "3"),
    (put("settings", '{"dims": 2, "widths": [1e9]}'), "widths"),
    (put("settings", "[" * 100_000), "settings cannot be read"),
    (put("losses", "[[1], [1, 2]]"), "losses"),
    (put("losses", '[["a"], ["b"]]'), "losses"),
    (put("losses", "[[], []]"), "best epoch"),
    (put("metrics", '{"mse": "low"}'), "mse"),
    (put("metrics", '{"explained_variance": "low"}'), "its explained variance is no number"),
    (lambda file: file.attrs.modify("best_epoch", 99), "best epoch"),
    (lambda file: file.attrs.modify("seconds", -1.0), "time that it took"),
    (lambda file: file.attrs.modify("version", 2), "version 2"),
    (lambda file: file.attrs.modify("bottleneck", 3), "bottleneck"),
    (lambda file: file["layers/0"].pop("kernel"), "layers/0/kernel"),
    (bomb, "claims to hold"),
    (large_picture, "its thumbnail is no small picture"),
    (picture_of(np.zeros(9, np.int16)), "its thumbnail is no small picture"),
    (picture_of(np.zeros((3, 3), np.uint8)), "its thumbnail is no small picture"),
    (picture_of(np.zeros(9, np.uint8)), "its thumbnail is no small picture"),
    (soft_link, "link"),
    (other_size, "shape"),
    (many, "more parts"),
    (loop, "more parts"),
    (not_finite, "not finite"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "words"), HOSTILE)
def test_a_hostile_file_is_refused_in_words(
    store: RunStore, run: Run, tmp_path: Path, change: Callable[[h5py.File], None], words: str
) -> None:
    store.save(run)
    store.export(run.id, tmp_path / "good.h5")
    store.delete(run.id)
    with pytest.raises(UserError, match=words):
        store.import_(edited(tmp_path / "good.h5", tmp_path / "bad.h5", change))
    assert store.list() == ()


def test_other_files_are_no_runs(store: RunStore, activations: Activations, tmp_path: Path) -> None:
    write_cache(tmp_path / "cache.h5", activations)
    with pytest.raises(UserError, match="is an activation cache, not a training run"):
        store.import_(tmp_path / "cache.h5")
    with pytest.raises(UserError, match="no file"):
        store.import_(tmp_path / "missing.h5")
    (tmp_path / "text.h5").write_text("hello")
    with pytest.raises(UserError, match="not an HDF5 file"):
        store.import_(tmp_path / "text.h5")


def test_no_room_and_no_right_are_explained_and_lose_nothing(
    store: RunStore, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    store.save(run)
    before = store.read(run.id)

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(atomic.os, "fsync", full)
    with pytest.raises(UserError, match="no room left"):
        store.rename(run.id, "other")
    monkeypatch.undo()
    assert store.read(run.id).name == before.name
    assert sorted(path.name for path in store.folder.iterdir()) == [f"{run.id}.h5"]
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="cannot be made"):
        RunStore(tmp_path / "file" / "runs").save(run)


def test_two_programs_at_once(store: RunStore, run: Run) -> None:
    failed: list[BaseException] = []

    def work(number: int) -> None:
        mine = RunStore(store.folder)
        try:
            for turn in range(4):
                id_ = f"2024010{number}-00000{turn}-aaaaaa"
                mine.save(with_info(run, id=id_))
                mine.rename(id_, f"{number} {turn}")
                assert not [info for info in mine.list() if info.damaged]
                if turn % 2:
                    mine.delete(id_)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in (1, 2, 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert len(store.list()) == 6


def test_settings_are_told_and_read_again() -> None:
    settings = AutoencoderSettings(3, (40, 20), "tanh", code_noise=None, seed=3, recordings="all")
    assert AutoencoderSettings.from_dict(json.loads(json.dumps(settings.as_dict()))) == settings


def test_how_large_a_file_may_be_is_said_and_as_many_parts_as_a_run_may_have_are_read(
    store: RunStore, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.save(run)
    good = tmp_path / "good.h5"
    store.export(run.id, good)
    with h5py.File(good) as file:
        parts: list[str] = []
        file.visit(parts.append)
    deepest = max(name.count("/") for name in parts)
    for name, allowed, words in (
        ("MOST_PARTS", len(parts), "more parts"),
        ("MOST_DEPTH", deepest, "more parts"),
        ("MOST_FILE_BYTES", good.stat().st_size, "larger than 0 MB"),
    ):
        where = hdf5_survey if hasattr(hdf5_survey, name) else run_file
        with monkeypatch.context() as limits:
            limits.setattr(where, name, allowed)
            assert run_file.read_run(good).info.id == run.id
            limits.setattr(where, name, allowed - 1)
            os.utime(good, ns=(0, allowed))  # else it is known as the file that was checked just now
            with pytest.raises(UserError, match=words):
                run_file.read_run(good)
    with pytest.raises(UserError, match="claims to hold 16 GB"):
        run_file.read_run(edited(good, tmp_path / "bomb.h5", bomb))
