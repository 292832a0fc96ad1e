"""One short training in its own process, from the window's Start to the map: TensorFlow stays out of the window's."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auslan_explorer.core.activations import ArrayStates
from auslan_explorer.gui.window.main_window import MainWindow
from auslan_explorer.io.cache import read_cache
from auslan_explorer.training.runs import RunStore
from tests.gui.window_parts import open_window

LONG_MS = 240_000


@pytest.fixture
def real_window(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MainWindow]:
    monkeypatch.setenv("AUSLAN_EXPLORER_DATA", str(tmp_path / "data"))
    with open_window(qapp, qtbot, tmp_path / "window.ini") as shown:
        yield shown
        shown.commands.training.controller.trainer.cancel()


def test_the_map_learned_in_another_process_is_shown_and_kept(real_window: MainWindow, qtbot: QtBot) -> None:
    window, retraining = real_window, real_window.commands.training.controller
    own = window.session.projections[2]
    window.docks.show("retrain")
    form = window.retrain.form
    for name, text in {"epochs": "3", "widths": "8", "batch": "32", "patience": "3", "steps": "all"}.items():
        form._set_field(name, text)
    seen: list[object] = []
    retraining.trainer.snapshot.connect(seen.append)
    window.retrain.start_button.click()
    qtbot.waitUntil(lambda: not retraining.busy, timeout=LONG_MS)
    assert window.session.state.run_2d, window.retrain.live.says.text()
    assert len(seen) >= 2 and "tensorflow" not in sys.modules
    (info,) = RunStore().list()
    assert info.epochs_run == 3 and info.thumbnail.startswith(b"\x89PNG")
    assert window.session.projections[2].points.shape == own.points.shape
    assert np.isfinite(window.session.projections[2].points).all()


def test_a_killed_process_is_told_and_the_map_stays(real_window: MainWindow, qtbot: QtBot) -> None:
    window, retraining = real_window, real_window.commands.training.controller
    own = window.session.trajectories(2)
    window.docks.show("retrain")
    window.retrain.start_button.click()
    training = retraining.trainer._training
    qtbot.waitUntil(lambda: training.pid is not None, timeout=LONG_MS)
    import os
    import signal

    os.kill(training.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
    qtbot.waitUntil(lambda: not retraining.busy, timeout=LONG_MS)
    assert window.retrain.live.says.text().startswith("⚠ The training was ended from outside")
    paths = window.session.trajectories(2)
    assert own is not None and paths is not None and np.array_equal(paths.vertices, own.vertices)
    assert not RunStore().list()


def _waves(tmp_path: Path) -> Path:
    path = Path(__file__).resolve().parents[3] / "docs" / "examples" / "gru_cache.py"
    spec = importlib.util.spec_from_file_location("gru_cache", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.main(tmp_path / "waves.h5")
    return tmp_path / "waves.h5"


def test_another_networks_map_is_trained_and_kept(real_window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window, retraining = real_window, real_window.commands.training.controller
    window.session.open(read_cache(_waves(tmp_path)))
    window.docks.show("retrain")
    for name, text in {"epochs": "1", "widths": "8", "batch": "256", "steps": "all"}.items():
        window.retrain.form._set_field(name, text)
    window.retrain.start_button.click()
    qtbot.waitUntil(lambda: not retraining.busy, timeout=LONG_MS)
    assert window.session.state.run_2d, window.retrain.live.says.text()
    assert len(window.session.projections[2].points) == window.session.activations.real_steps


def test_states_that_teach_nothing_are_told_in_the_dock(real_window: MainWindow, qtbot: QtBot) -> None:
    """Those that fail after some epochs; tests/ml knows which fail before the first, without a process for each."""
    window, retraining = real_window, real_window.commands.training.controller
    a = window.session.activations
    window.session.open(replace(a, states=ArrayStates((a.all_states() * 1e18).astype(np.float32))))
    own = window.session.projections[2]
    window.docks.show("retrain")
    wild = {"epochs": "60", "patience": "60", "widths": "8", "batch": "32", "steps": "all", "learning_rate": "1"}
    for name, text in wild.items():
        window.retrain.form._set_field(name, text)
    window.retrain.start_button.click()
    qtbot.waitUntil(lambda: not retraining.busy, timeout=LONG_MS)
    assert "no longer a finite number" in window.retrain.live.says.text()
    assert window.session.projections[2] is own and not RunStore().list()
    assert window.retrain.start_button.isVisible() and window.retrain.start_button.isEnabled()
