"""The docks of what the map is worth and of what survives retraining, over real windows."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auslan_explorer.analysis.neighbours import fingerprint
from auslan_explorer.analysis.stability import Pair, build_ensemble
from auslan_explorer.analysis.step_lengths import step_shares
from auslan_explorer.analysis.yardsticks import mean_path_explained
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.network import Autoencoder, DenseLayer
from auslan_explorer.core.projection import Projection
from auslan_explorer.core.session import Colouring
from auslan_explorer.core.shares import percent
from auslan_explorer.core.splits import TEST
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.window.main_window import MainWindow
from auslan_explorer.io.origin_tags import description_of
from auslan_explorer.io.stability_store import save_ensemble
from auslan_explorer.workflows.quality import count_pairs
from tests.gui.window_parts import open_window
from tests.made_up import made_up_activations


def _with_autoencoders() -> Activations:
    a = made_up_activations()
    rng = np.random.default_rng(0)
    autoencoders = {}
    for dims in (2, 3):
        down = rng.normal(0, 0.5, (a.units, dims)).astype(np.float32)
        zero = np.zeros(dims, np.float32), np.zeros(a.units, np.float32)
        layers = (
            DenseLayer(down, zero[0], "linear"),
            DenseLayer(np.linalg.pinv(down).astype(np.float32), zero[1], "linear"),
        )
        autoencoders[dims] = Autoencoder(layers, 0)
    projections = {dims: a.project(one, f"{dims}-D") for dims, one in autoencoders.items()}
    return replace(a, projections=projections, autoencoders=autoencoders)


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    with open_window(qapp, qtbot, tmp_path / "settings.ini", _with_autoencoders()) as found:
        found.resize(1200, 900)
        found.session.update(neighbours=5)
        yield found


@pytest.fixture
def kept(window: MainWindow) -> Iterator[Path]:
    """An ensemble of the window's activations in the person's folder."""
    a = window.session.activations
    rng = np.random.default_rng(0)
    points = a.projections[2].points
    maps = [(seed, (points + rng.normal(0, 0.2, points.shape)).astype(np.float32)) for seed in range(6)]
    file = save_ensemble(build_ensemble(a, maps, fingerprint(a.states, a.lengths), {}))
    yield file
    file.unlink()


def test_colours_are_measured_beside_the_window_and_then_shown(window: MainWindow, qtbot: QtBot) -> None:
    for key, colouring in (
        (ActionId.COLOUR_ERROR, Colouring.ERROR),
        (ActionId.COLOUR_TRUST, Colouring.TRUST),
        (ActionId.COLOUR_DISTORTION, Colouring.DISTORTION),
        (ActionId.COLOUR_CONTINUITY, Colouring.CONTINUITY),
    ):
        assert window.actions_[key].isEnabled()
        window.actions_[key].trigger()
        qtbot.waitUntil(lambda colouring=colouring: window.session.state.colouring is colouring)
    measured = window.session.projections[2].measured
    assert measured.error is not None and set(measured.trust) == set(measured.continuity) == {5}
    window.commands.quality.set_neighbours(7)
    qtbot.waitUntil(lambda: window.session.state.neighbours == 7)
    assert 7 in measured.continuity and 7 not in measured.trust


def test_a_map_whose_autoencoder_is_lost_says_so_and_the_action_goes_off(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_window(qapp, qtbot, tmp_path / "settings.ini", made_up_activations()) as window:
        said: list[str] = []
        monkeypatch.setattr(window, "show_error", lambda sentence, details="": said.append(sentence))
        window.commands.quality.colour_by(Colouring.ERROR)
        qtbot.waitUntil(lambda: not window.jobs.running)
        window.commands.quality.colour_by(Colouring.ERROR)
        qtbot.waitUntil(lambda: bool(window.commands.quality.disabled_reason(Colouring.ERROR)))
        assert window.session.state.colouring is Colouring.TIME
        assert "not at hand" in window.commands.quality.disabled_reason(Colouring.ERROR)
        qtbot.waitUntil(lambda: not window.actions_[ActionId.COLOUR_ERROR].isEnabled())


@pytest.mark.parametrize("missing", [2, 3])
def test_a_map_that_is_not_there_is_told_by_its_dimensions(window: MainWindow, missing: int) -> None:
    dock, session = window.quality, window.session
    window.actions_[ActionId.QUALITY_DOCK].trigger()
    session.open(session.activations, {dims: m for dims, m in session.projections.items() if dims != missing})
    dock.dims.setCurrentIndex(missing - 2)
    assert dock.waiting.label.text() == f"There is no {missing}-D map of these activations."
    assert not dock.table.isVisible()


def test_map_quality_tells_figures_steps_and_neighbours(window: MainWindow, qtbot: QtBot) -> None:
    dock = window.quality
    window.actions_[ActionId.QUALITY_DOCK].trigger()
    qtbot.waitUntil(lambda: dock.table.item(0, 1).text() not in ("", "–"))
    explained = float(dock.table.item(0, 1).text())
    assert 0 < explained < float(dock.table.item(0, 2).text()) <= 1  # PCA is the best straight projection there is
    assert "recordings" in dock.told.text() and "this map" in dock.plot.accessibleDescription()
    expected = mean_path_explained(window.session.activations)
    held_out = int((window.session.activations.split == TEST).sum())
    assert dock.told.text().startswith(f"Measured on {held_out} test recordings, which trained nothing.")
    assert expected is not None and f"explains {expected:.3f} of their variance" in dock.told.text()
    for log in (True, False):
        window.session.update(log_scale=log)
        on_map, true = dock.lengths.lines
        shares = step_shares(window.session.activations.all_states(), window.session.projections[2],
                             window.session.activations.offsets)  # fmt: skip
        assert np.array_equal(on_map.y, shares.shown[log]) and np.array_equal(true.y, shares.true)
        assert dock.lengths.accessibleDescription() == (
            f"this map: {percent(shares.shown[log][-1])} are longer than five mean steps; "
            f"hidden state: {percent(shares.true[-1])} are longer than five mean steps"
        )
    dock.counted.setCurrentIndex(1)
    assert "at step 1" in dock.plot.accessibleDescription()
    window.session.update(selected=(7,))
    assert len(dock.neighbours.on_map.rows) == 10
    both = {row.select for row in dock.neighbours.on_map.rows} & {row.select for row in dock.neighbours.in_space.rows}
    assert f"{len(both)} of its 10 nearest" in dock.neighbours.told.text()
    row = dock.neighbours.in_space.rows[0]
    dock.neighbours.in_space.chosen.emit(row)
    assert window.session.state.selected == row.select


def test_the_map_is_measured_only_while_its_panel_is_in_front(window: MainWindow, qtbot: QtBot) -> None:
    session, own = window.session, window.session.projections[2]

    def change(name: str) -> None:
        session.add_projection(name, Projection(own.points * 2, own.prefix, name, name))
        session.update(run_2d=name)

    def measures() -> bool:
        return any("Measuring" in job.title for job in window.jobs.running)

    window.docks.show("quality", False)
    change("closed")
    assert not measures(), "the panel is closed"
    window.docks.show("quality")
    qtbot.waitUntil(measures)
    qtbot.waitUntil(lambda: not measures())
    window.docks.show("stability")
    change("behind")
    assert not measures(), "another panel lies before it"
    window.docks.show("quality")
    qtbot.waitUntil(measures)
    window.docks.show("stability")
    qtbot.waitUntil(lambda: not measures())
    assert not any(question.projection.title == "behind" for question in window.quality._known), "it was let go of"


def at(pair: Pair) -> tuple[int, int]:
    return pair.one, pair.other


def test_pairs_are_listed_sought_sorted_shown_and_exported(
    window: MainWindow, qtbot: QtBot, kept: Path, tmp_path: Path
) -> None:
    dock = window.stability
    window.actions_[ActionId.STABILITY_DOCK].trigger()
    qtbot.waitUntil(lambda: dock.model.rowCount() == 6)
    ensemble = dock.maps.ensemble
    assert ensemble is not None
    for k in (1, 2):
        dock.k.setValue(k)
        pairs = count_pairs(ensemble, k)
        qtbot.waitUntil(lambda: sorted(dock.model.rows, key=at) == sorted(pairs, key=at))  # noqa: B023
        stay = [pair for pair in pairs if pair.verdict == "stays"]
        assert dock.summary.text() == (
            f"6 maps. Neighbours on 9 of 10 maps or more: {len(stay)} of 6 pairs; "
            f"of these, in the full space as well: {sum(pair.path_true for pair in stay)} of {len(stay)}."
        )
    dock.table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    apart = [pair.path_distance for pair in dock.model.rows]
    assert apart == sorted(apart)
    dock.search.setText("zero")
    assert dock.model.rowCount() == 3 and all("zero" in dock.model.text(pair) for pair in dock.model.rows)
    dock.table.selectRow(0)
    pair = dock.model.rows[0]
    a = window.session.activations
    chosen = np.flatnonzero((a.sign == pair.one) | (a.sign == pair.other)).tolist()
    assert list(window.session.state.selected) == chosen
    assert f"on {pair.path_maps} of 6 maps" in dock.pair_said.text()
    for place, each in enumerate(dock.model.rows):
        dock.table.selectRow(place)
        full = "neighbours in the full space" if each.path_true else "not neighbours in the full space"
        assert dock.pair_said.text().endswith(f"by paths, on {each.end_maps} by their ends ({each.verdict}); {full}.")
        assert dock.maps.accessibleDescription() == dock.pair_said.text()
        assert np.count_nonzero(dock.maps._close) == each.path_maps
    out = tmp_path / "pairs.csv"
    dock.export_to(out)
    qtbot.waitUntil(out.exists)
    qtbot.waitUntil(description_of(out).exists)
    beside = json.loads(description_of(out).read_text(encoding="utf-8"))["rdfs:comment"]
    assert beside["Map"].startswith("2-D, 6 maps") and f"{len(a)} recordings" in beside["Data"]
    with out.open(encoding="utf-8") as file:
        rows = list(csv.reader(file))
    assert len(rows) == 4 and rows[0][0] == "sign"
    table = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    for row, each in zip(table, dock.model.rows, strict=True):
        assert {a.names[each.one], a.names[each.other]} <= set(row.values())
        assert str(each.path_maps) in row.values() and row[rows[0][10]] == str(each.maps) == "6"
        assert any(value == format(each.path_distance, ".4f") or value.startswith(f"{each.path_distance:.3f}")
                   for value in row.values())  # fmt: skip


def test_the_pair_is_seen_on_every_map(window: MainWindow, qtbot: QtBot, kept: Path) -> None:
    dock = window.stability
    window.actions_[ActionId.STABILITY_DOCK].trigger()
    qtbot.waitUntil(lambda: dock.model.rowCount() == 6)

    def inks() -> np.ndarray:
        image = dock.maps.grab().toImage().convertToFormat(dock.maps.grab().toImage().Format.Format_RGB32)
        pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)[..., 2::-1].astype(int)
        return np.asarray((np.abs(pixels - np.array([213, 94, 0])).sum(axis=2) < 40).sum())

    before = inks()
    dock.table.selectRow(0)
    assert before == 0 and inks() > 6 * 20


def test_the_spread_is_switched_on_undone_and_says_what_it_lacks(window: MainWindow, qtbot: QtBot, kept: Path) -> None:
    window.actions_[ActionId.SPREAD].trigger()
    qtbot.waitUntil(lambda: window.session.state.spread)
    ends = window.session.projections[2].measured.ends
    assert ends is not None and ends.shape == (6, 4, 2)
    window.actions_[ActionId.UNDO].trigger()
    assert not window.session.state.spread
    window.session.open(made_up_activations(recordings_per_sign=5))
    window.actions_[ActionId.SPREAD].trigger()
    qtbot.waitUntil(lambda: bool(window.commands.quality.spread_disabled_reason()))
    assert not window.session.state.spread and not window.actions_[ActionId.SPREAD].isEnabled()


def test_stopping_an_ensemble_keeps_what_is_finished(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from auslan_explorer.core.errors import Cancelled
    from auslan_explorer.io.stability_store import user_ensemble_file
    from auslan_explorer.training import ensemble as training
    from auslan_explorer.training.ensemble import SeedMap

    a = window.session.activations

    def train(activations, settings, seeds, workers, progress, cancelled, on_map):  # type: ignore[no-untyped-def]
        rng = np.random.default_rng(1)
        for seed in (0, 1, 2):
            noise = rng.normal(0, 0.1, a.projections[2].points.shape)
            on_map(SeedMap(seed, (a.projections[2].points + noise).astype(np.float32), 0.1, 1.0))
        progress(0.15, "3 of 20 maps")
        while not cancelled():
            pass
        raise Cancelled

    monkeypatch.setattr(training, "train_ensemble", train)
    dock = window.stability
    window.actions_[ActionId.STABILITY_DOCK].trigger()
    qtbot.waitUntil(lambda: window.commands.quality.sought)
    assert "No ensemble" in dock.waiting.label.text()
    qtbot.mouseClick(dock.training.start, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "3 of 20 maps" in dock.training.waiting.label.text())
    assert dock.training.stop.isVisibleTo(dock) and not dock.training.seeds.isEnabled()
    dock.training.stop.click()
    qtbot.waitUntil(lambda: dock.model.rowCount() == 6)
    assert "3 maps" in dock.summary.text() and dock.training.start.isVisibleTo(dock)
    user_ensemble_file(fingerprint(a.states, a.lengths), 2).unlink()
