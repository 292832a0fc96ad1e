"""What the docks of quality and stability draw and list, against the arrays: lines, lists, order, and small maps."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QHelpEvent, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from auslan_explorer.analysis.neighbours import fingerprint
from auslan_explorer.analysis.stability import Ensemble, build_ensemble
from auslan_explorer.core.session import Session
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.quality import ensemble_grid
from auslan_explorer.gui.quality.ensemble_grid import COLOURS, EnsembleGrid
from auslan_explorer.gui.quality.neighbour_lists import _BESIDE, NeighbourLists
from auslan_explorer.gui.quality.pair_table import PairModel
from auslan_explorer.gui.style import UNIT, Appearance, current_theme
from auslan_explorer.gui.window.main_window import MainWindow
from auslan_explorer.workflows.quality import assess_map, count_pairs
from tests.gui.quality.test_quality import _with_autoencoders
from tests.gui.window_parts import open_window

ROLE = Qt.ItemDataRole.DisplayRole


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    with open_window(qapp, qtbot, tmp_path / "settings.ini", _with_autoencoders()) as found:
        found.resize(1200, 900)
        found.session.update(neighbours=5)
        found.actions_[ActionId.QUALITY_DOCK].trigger()
        qtbot.waitUntil(lambda: found.quality.table.item(0, 1).text() not in ("", "–"))
        yield found


def test_figures_and_lines_are_those_of_the_map_chosen_and_of_pca(window: MainWindow, qtbot: QtBot) -> None:
    dock, a = window.quality, window.session.activations
    for place, dims in enumerate((2, 3)):
        dock.dims.setCurrentIndex(place)
        qtbot.waitUntil(lambda: not window.jobs.running)
        found = assess_map(a, a.projections[dims], 5, window.commands.quality.autoencoder)
        for column, one in ((1, found.own), (2, found.pca)):
            assert one is not None
            for row, name in enumerate(
                ("explained_variance", "mse", "last_step_mse", "trustworthiness", "continuity", "knn_accuracy")
            ):
                assert dock.table.item(row, column).text() == f"{getattr(one.quality, name):.3f}"
        for value, field in enumerate(("explained", "mse")):
            for counted, way in enumerate(("by_step", "from_end")):
                dock.value.setCurrentIndex(value)
                dock.counted.setCurrentIndex(counted)
                lines = {line.name: line for line in dock.plot.lines}
                for name, one in (("this map", found.own), ("PCA", found.pca)):
                    assert one is not None
                    steps = getattr(one, way)
                    np.testing.assert_allclose(lines[name].y, getattr(steps, field))
                    assert lines[name].x[0] == 0 and lines[name].x[1] == (-1 if counted else 1)


def test_each_list_ranks_by_the_distance_that_it_names(window: MainWindow) -> None:
    dock, a = window.quality, window.session.activations
    last = a.offsets[1:] - 1
    for recording in (7, 20):
        window.session.update(selected=(recording,))
        for rows, values in (
            (dock.neighbours.on_map, a.projections[2].points),
            (dock.neighbours.in_space, a.all_states()),
        ):
            apart = np.linalg.norm(values[last] - values[last[recording]], axis=1)
            order = [i for i in np.argsort(apart, kind="stable").tolist() if i != recording][:10]
            assert [row.select for row in rows.rows] == [(i,) for i in order]
            assert [row.value for row in rows.rows] == [f"{apart[i]:.2f}" for i in order]
        lists = [{row.select for row in rows.rows} for rows in (dock.neighbours.on_map, dock.neighbours.in_space)]
        for rows in (dock.neighbours.on_map, dock.neighbours.in_space):
            for row in rows.rows:
                assert row.text.startswith("●" if row.select in lists[0] & lists[1] else "○")


def test_pairs_are_sorted_by_what_their_column_shows(qapp: QApplication) -> None:
    a = _with_autoencoders()
    rng = np.random.default_rng(3)
    points = a.projections[2].points
    maps = [(seed, (points + rng.normal(0, 2.5, points.shape)).astype(np.float32)) for seed in range(9)]
    pairs = count_pairs(build_ensemble(a, maps, fingerprint(a.states, a.lengths), {}), 2)
    model = PairModel(None)
    model.set_pairs(pairs, a.names)
    shown = [[str(model.data(model.index(row, column), ROLE)) for row in range(6)] for column in (2, 3)]
    assert shown[0] != shown[1] and len(set(shown[0])) > 2
    for column in (1, 2, 3):
        for order in Qt.SortOrder:
            model.sort(column, order)
            texts = [str(model.data(model.index(row, column), ROLE)) for row in range(model.rowCount())]
            numbers = [float(text.split("/")[0].split()[0]) for text in texts]
            assert numbers == sorted(numbers, reverse=order is Qt.SortOrder.DescendingOrder)
    model.sort(0)
    assert [model.text(pair) for pair in model.rows] == sorted(model.text(pair) for pair in model.rows)


def ink(grid: EnsembleGrid, colour: tuple[int, int, int]) -> np.ndarray:
    """Return where a colour is drawn, rows and columns, shape (n, 2)."""
    image = grid.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    data = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[..., 2::-1].astype(int)
    return np.argwhere(np.abs(data - np.array(colour)).max(axis=2) < 12)


@pytest.mark.parametrize("log_scale", [False, True])
def test_the_small_maps_stand_as_the_map_does(qtbot: QtBot, log_scale: bool) -> None:
    a = _with_autoencoders()
    ensemble = build_ensemble(a, [(4, a.projections[2].points)], fingerprint(a.states, a.lengths), {})
    parent = QWidget()
    qtbot.addWidget(parent)
    grid = EnsembleGrid(parent)
    grid.set_ensemble(ensemble)
    grid.set_log_scale(log_scale)
    grid.resize(300, 300)
    end = ensemble.paths[0, :, -1]
    high, low = (int(at(end[:, 1])) for at in (np.argmax, np.argmin))
    right, left = (int(at(end[:, 0])) for at in (np.argmax, np.argmin))
    for one, other, axis, sign in ((high, low, 0, -1), (right, left, 1, 1)):
        grid.show_pair((one, other), np.array([True]), "")
        first, second = (ink(grid, COLOURS[place]) for place in (0, 1))
        assert len(first) > 20 and len(second) > 20
        assert sign * (first[:, axis].mean() - second[:, axis].mean()) > 5


def test_a_small_map_is_marked_and_told_where_the_pair_are_neighbours(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    a = _with_autoencoders()
    maps = [(seed, a.projections[2].points) for seed in (4, 7)]
    parent = QWidget()
    qtbot.addWidget(parent)
    grid = EnsembleGrid(parent)
    grid.set_ensemble(build_ensemble(a, maps, fingerprint(a.states, a.lengths), {}))
    grid.resize(400, 220)
    told: list[str] = []
    monkeypatch.setattr(ensemble_grid.QToolTip, "showText", lambda at, text, *_: told.append(text))

    def tips() -> list[str]:
        told.clear()
        for number in (0, 1):
            at = grid._cell(number).center().toPoint()
            QApplication.sendEvent(grid, QHelpEvent(QHelpEvent.Type.ToolTip, at, grid.mapToGlobal(at)))
        return list(told)

    assert tips() == ["Seed 4", "Seed 7"]
    theme = current_theme()
    for close in (np.array([True, False]), np.array([False, True])):
        grid.show_pair((0, 1), close, "of the pair")
        words = {True: "neighbours here", False: "no neighbours here"}
        assert tips() == [f"Seed {seed}, {words[bool(each)]}" for seed, each in zip((4, 7), close, strict=True)]
        framed = ink(grid, theme.accent)
        middle = (grid._cell(0).right() + grid._cell(1).left()) / 2
        assert [bool((framed[:, 1] < middle).any()), bool((framed[:, 1] > middle).any())] == close.tolist()
    assert grid.accessibleDescription() == "of the pair"


def test_a_map_that_is_close_has_a_dot_beside_its_seed_as_well_as_a_frame(qtbot: QtBot) -> None:
    a = _with_autoencoders()
    parent = QWidget()
    qtbot.addWidget(parent)
    grid = EnsembleGrid(parent)
    grid.set_ensemble(build_ensemble(a, [(4, a.projections[2].points)], "it", {}))
    grid.resize(220, 220)
    widths = []
    for close in (False, True):
        grid.show_pair((0, 1), np.array([close]), "")
        cell = grid._cell(0)
        corner = grid.grab(cell.adjusted(4, 4, -cell.width() / 2, 20 - cell.height()).toRect()).toImage()
        corner = corner.convertToFormat(QImage.Format.Format_RGB32)
        data = np.frombuffer(corner.constBits(), np.uint8)
        data = data.reshape(corner.height(), corner.width(), 4)[..., :3].astype(int)
        written = np.abs(data - np.array(current_theme().background[::-1])).sum(axis=-1) > 120
        widths.append(int(np.flatnonzero(written.any(axis=0)).max(initial=0)))
    assert widths[1] > widths[0] + 4


def test_lists_of_neighbours_stand_beside_each_other_where_the_text_leaves_room(
    qtbot: QtBot, qapp: QApplication
) -> None:
    session = Session(_with_autoencoders())
    top = QWidget()
    qtbot.addWidget(top)
    lists = NeighbourLists(session, top)
    session.update(selected=(7,))
    lists.show_neighbours(session.projections[2])
    lists.resize(_BESIDE + UNIT, 500)
    letters, style = qapp.font(), (qapp.palette(), qapp.styleSheet())
    appearance = Appearance(qapp)
    try:
        beside = []
        for percent in (200, 100, 200):
            appearance.choose_text_size(percent)
            QApplication.sendPostedEvents()
            parts = (*lists._heads, lists.on_map, lists.in_space)
            beside.append([lists._grid.getItemPosition(lists._grid.indexOf(part))[:2] for part in parts])
        assert beside[0] == beside[2] == [(1, 0), (3, 0), (2, 0), (4, 0)]
        assert beside[1] == [(1, 0), (1, 1), (2, 0), (2, 1)]
    finally:
        appearance.choose_text_size(100)
        qapp.setFont(letters)
        qapp.setPalette(style[0])
        qapp.setStyleSheet(style[1])


def test_small_maps_that_were_changed_are_drawn_as_those_that_were_made_so(qtbot: QtBot, light_theme: None) -> None:
    a = _with_autoencoders()
    points = a.projections[2].points
    first, second = (build_ensemble(a, [(4, each)], "it", {}) for each in (points, -points * [[1, 3]]))
    top = QWidget()
    qtbot.addWidget(top)

    def grid(*, log_scale: bool, ensemble: Ensemble, width: int) -> EnsembleGrid:
        made = EnsembleGrid(top)
        change(made, log_scale=log_scale, ensemble=ensemble, width=width)
        return made

    def change(made: EnsembleGrid, *, log_scale: bool, ensemble: Ensemble, width: int) -> bytes:
        made.set_ensemble(ensemble)
        made.set_log_scale(log_scale)
        made.resize(width, width)
        return pixels(made)

    def pixels(made: EnsembleGrid) -> bytes:
        image = made.grab().toImage()
        return bytes(image.constBits())

    changed, seen = grid(log_scale=True, ensemble=first, width=160), set()
    for log_scale, ensemble, width in (
        (False, first, 160),
        (True, second, 160),
        (False, second, 160),
        (True, first, 120),
    ):
        now = change(changed, log_scale=log_scale, ensemble=ensemble, width=width)
        assert now == pixels(grid(log_scale=log_scale, ensemble=ensemble, width=width))
        seen.add(now)
    assert len(seen) == 4
