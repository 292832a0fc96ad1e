from __future__ import annotations

import sys
from pathlib import Path

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
