"""The line above the map says what is shown, and what hides the rest; its menu goes elsewhere and back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auslan_explorer import paths
from auslan_explorer.core.origin import Kind, Origin
from auslan_explorer.core.projection import Projection
from auslan_explorer.core.session import Layout
from auslan_explorer.core.splits import NO_SPLIT
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.window.main_window import MainWindow
from auslan_explorer.io.cache import read_cache, write_cache
from tests.gui.window_parts import made_up_activations, open_window


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    monkeypatch.setenv("AUSLAN_EXPLORER_DATA", str(tmp_path / "data"))
    write_cache(tmp_path / "activations.h5", made_up_activations())
    monkeypatch.setattr(paths, "models_dir", lambda: tmp_path)
    with open_window(qapp, qtbot, tmp_path / "window.ini", read_cache(tmp_path / "activations.h5")) as shown:
        yield shown


def line(window: MainWindow) -> str:
    return window.identity.button.text().removesuffix(" ▾")


def test_the_line_says_network_map_recordings_and_all_that_hides_some(window: MainWindow) -> None:
    session, bar = window.session, window.identity
    assert line(window) == "Shipped network · shipped map · 24 recordings" and bar.show_all.isHidden()
    hiding = {
        "test": {"splits": frozenset({2})},
        "train, test": {"splits": frozenset({0, 2})},
        "1 of 4 signs": {"visible_signs": frozenset({1})},
        "isolated": {"selected": (1, 2), "isolate": True},
        "test; 2 of 4 signs": {"splits": frozenset({2}), "visible_signs": frozenset({1, 3})},
    }
    for words, changes in hiding.items():
        session.update(**changes)
        count = int(session.shown().sum())
        assert line(window) == f"Shipped network · shipped map · 24 recordings, {count} shown ({words})"
        bar.show_all.click()
        assert session.shown().all() and bar.show_all.isHidden()
        session.update(selected=(), isolate=False)


def test_the_line_follows_the_map_and_the_layout(window: MainWindow) -> None:
    session = window.session
    own = session.projections[2]
    session.add_projection("one", Projection(own.points * 2, own.prefix, "", "my run"))
    session.update(run_2d="one")
    assert "· run “my run” · shipped map ·" in line(window) and "run “my run”" in window.windowTitle()
    session.update(layout=Layout.MAP_3D)
    assert line(window).startswith("Shipped network · shipped map ·")
    session.show_learning(3, Projection(session.projections[3].points, session.projections[3].prefix, "", ""))
    assert "a map that is learning" in line(window)


def test_what_is_not_known_is_said(window: MainWindow) -> None:
    a = made_up_activations()
    unknown = replace(
        a, split=np.full(len(a), NO_SPLIT, np.uint8), predicted=np.full(len(a), -1, np.int16),
        origin=Origin(Kind.PUBLISHED),
    )  # fmt: skip
    window.commands.files.show(unknown)
    assert line(window) == "Published weights · published map · 24 recordings · splits not known · answers not known"


def test_one_click_leads_back_to_the_shipped_network(window: MainWindow, qtbot: QtBot) -> None:
    bar = window.identity
    assert bar.back.isHidden() and not window.actions_[ActionId.SHIPPED_NETWORK].isEnabled()
    window.commands.files.show(made_up_activations())
    assert line(window).startswith("Unnamed network · own map") and not bar.back.isHidden()
    bar.back.click()
    qtbot.waitUntil(lambda: line(window).startswith("Shipped network"), timeout=5000)
    assert bar.back.isHidden()
