"""Fixtures of a window on synthetic activations with its inspector open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auslan_explorer import paths
from auslan_explorer.core.activations import Activations
from auslan_explorer.gui.inspector.inspector import Inspector
from auslan_explorer.gui.window.main_window import MainWindow
from tests.gui.window_parts import open_window
from tests.made_up import made_up_activations


@pytest.fixture
def activations() -> Activations:
    """Four signs, six recordings each; of "alive" (0) number 0 is taken for 1, of "drink" (2) number 17 for 0."""
    a = made_up_activations()
    predicted = a.sign.copy()
    predicted[0], predicted[17] = 1, 0
    ratio = np.where(a.sign < 2, 0.1, 0.6).astype(np.float32)
    return replace(a, predicted=predicted, hand_ratio=ratio)


@pytest.fixture
def window(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, activations: Activations, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MainWindow]:
    monkeypatch.setenv(paths.DATA_VARIABLE, str(tmp_path / "data"))
    with open_window(qapp, qtbot, tmp_path / "window.ini", activations) as shown:
        shown.resize(1400, 1000)
        shown.docks.show("inspector", True)
        yield shown


@pytest.fixture
def inspector(window: MainWindow) -> Inspector:
    return window.inspector_dock.inspector
