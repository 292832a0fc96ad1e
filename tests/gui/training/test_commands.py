"""What the commands of runs ask for; no window is made."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from auslan_explorer.gui.settings.store import Settings
from auslan_explorer.gui.training import commands
from auslan_explorer.gui.training.commands import TrainingCommands
from auslan_explorer.training.runs import RunInfo, new_run
from auslan_explorer.training.settings import AutoencoderSettings
from tests.gui.training_parts import learned_map
from tests.gui.window_parts import made_up_activations


def made(name: str) -> RunInfo:
    a = made_up_activations()
    return new_run(a, AutoencoderSettings(), learned_map(a, 2, 1), {}, b"", name).info


def test_a_run_is_offered_to_be_kept_where_exports_go_under_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "exports").mkdir()
    settings = Settings(tmp_path / "window.json")
    settings.set_value("export_folder", str(tmp_path / "exports"))
    asked: list[tuple[Any, ...]] = []
    monkeypatch.setattr(commands, "ask_where_to_save", lambda *given: asked.append(given))
    written: list[tuple[RunInfo, Path]] = []
    runs = [made("2-D, seed 1"), made("other")]
    stand: Any = SimpleNamespace(
        selected_runs=lambda: tuple(runs), _settings=settings, _window=None,
        export_to=lambda info, file: written.append((info, file)),
    )  # fmt: skip
    TrainingCommands.export(stand)
    ((_, title, offered, kinds, write),) = asked
    assert (title, offered.parent, offered.suffix) == ("Export run", tmp_path / "exports", ".h5")
    assert offered.stem.startswith("2-D") and "*.h5" in kinds
    write(tmp_path / "a.h5")
    assert written == [(runs[0], tmp_path / "a.h5")], "the first of those that are selected"
    runs.clear()
    TrainingCommands.export(stand)
    assert len(asked) == 1


@pytest.mark.parametrize("name", ["", "run.h5"])
def test_a_chosen_run_is_imported_where_the_runs_are_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    did: list[Any] = []
    file = str(tmp_path / name) if name else ""
    monkeypatch.setattr(commands.QFileDialog, "getOpenFileName", lambda *_: (file, ""))
    stand: Any = SimpleNamespace(
        _window=None, _docks=SimpleNamespace(show=did.append), library=SimpleNamespace(import_file=did.append)
    )
    TrainingCommands.import_run(stand)
    assert did == (["runs", tmp_path / "run.h5"] if name else [])
