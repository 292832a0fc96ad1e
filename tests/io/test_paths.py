from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from auslan_explorer import paths
from auslan_explorer.core.errors import UserError


def test_data_folder_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("AUSLAN_EXPLORER_DATA", str(tmp_path / "mine"))
    assert paths.data_dir() == tmp_path / "mine"
    assert paths.recordings_file() == tmp_path / "mine" / "recordings.h5"
    assert not (tmp_path / "mine").exists()


def test_data_folder_is_the_systems_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AUSLAN_EXPLORER_DATA")
    assert paths.data_dir().name == "auslan-explorer"


def test_models_and_resources_beside_the_package_or_in_the_bundle(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    root = Path(__file__).resolve().parents[2]
    assert paths.models_dir() == root / "models"
    assert paths.resources_dir() == root / "resources"
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.ships("classifier.h5") == tmp_path / "models" / "classifier.h5"


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "home").write_bytes(b"a file in its place")
    with pytest.raises(UserError, match="AUSLAN_EXPLORER_DATA"):
        paths.make_folder(tmp_path / "home" / "data")
    assert paths.make_folder(tmp_path / "a" / "b").is_dir()


def test_what_earlier_versions_have_saved_is_found_where_they_put_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from auslan_explorer.io.neighbour_store import NeighbourStore

    monkeypatch.setenv("AUSLAN_EXPLORER_DATA", str(tmp_path))
    assert paths.recordings_file() == tmp_path / "recordings.h5"
    assert paths.downloads_dir() == tmp_path / "downloads"
    store = NeighbourStore.open_for("abc", 3)
    store.save(1, np.array([0, 2, 1], np.float32))
    assert np.load(tmp_path / "neighbours" / "abc" / "1.npy").tolist() == [0, 2, 1]


@pytest.mark.parametrize("found", ["~/.config", RuntimeError("no home")])
def test_without_a_home_everything_lies_in_the_data_folder_that_is_named(
    found: str | Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def find(*_: object, **__: object) -> str:
        if isinstance(found, Exception):
            raise found
        return found

    for name in ("user_config_dir", "user_log_dir", "user_data_dir"):
        monkeypatch.setattr(paths.platformdirs, name, find)
    monkeypatch.setattr(paths.Path, "expanduser", lambda self: self)
    monkeypatch.setenv(paths.DATA_VARIABLE, str(tmp_path))
    assert (paths.settings_file(), paths.log_dir()) == (tmp_path / "window.json", tmp_path)
    monkeypatch.delenv(paths.DATA_VARIABLE)
    for place in (paths.settings_file, paths.log_dir, paths.data_dir):
        with pytest.raises(UserError, match="There is no home folder for you; set HOME"):
            place()
