"""A saved run's row: its words for people and screen readers, its picture, and what marks it as chosen or shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auslan_explorer.core.projection import Projection
from auslan_explorer.core.session import Session
from auslan_explorer.draw.theme import LIGHT
from auslan_explorer.gui.style import UNIT, Appearance, Look, mix
from auslan_explorer.gui.training.run_list import THUMBNAIL, RunList
from auslan_explorer.gui.training.run_text import format_created, summary_lines
from auslan_explorer.training.runs import RunInfo, new_run
from auslan_explorer.training.settings import AutoencoderSettings
from tests.gui.training_parts import learned_map
from tests.gui.window_parts import made_up_activations

ROLE = Qt.ItemDataRole
GREEN = QColor(10, 200, 30)


def thumbnail() -> bytes:
    image = QImage(60, 30, QImage.Format.Format_RGB32)
    image.fill(GREEN)
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(held.data())


@pytest.fixture
def session() -> Session:
    return Session(made_up_activations())


@pytest.fixture
def infos(session: Session) -> list[RunInfo]:
    made = []
    for seed, dims in ((1, 2), (2, 3), (3, 2)):
        settings = AutoencoderSettings(dims=dims, seed=seed)
        metrics = {"explained_variance": 0.1 * seed, "knn_accuracy": 0.2 * seed}
        learned = learned_map(session.activations, dims, seed)
        made.append(new_run(session.activations, settings, learned, metrics, thumbnail(), f"run {seed}").info)
    return made


@pytest.fixture
def runs(qapp: QApplication, qtbot: QtBot, session: Session, infos: list[RunInfo]) -> Iterator[RunList]:
    appearance = Appearance(qapp, Look.LIGHT)
    made = RunList(session, None)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.set_runs(infos)
    made.resize(360, 420)
    made.show()
    yield made
    appearance.choose(Look.LIGHT)


def test_the_row_of_the_keyboard_stays_where_others_are_listed(runs: RunList, infos: list[RunInfo]) -> None:
    for chosen in (True, False):
        runs.set_runs(infos)
        runs.setCurrentIndex(runs.runs.index(1))
        if not chosen:
            runs.clearSelection()
        runs.set_runs(infos[:2])
        assert runs.currentIndex().row() == 1 and len(runs.selected_runs()) == chosen
    runs.set_runs(infos)
    runs.setCurrentIndex(runs.runs.index(2))
    runs.set_runs(infos[:2])
    assert runs.currentIndex().row() == 1, "the last one is the nearest to a row that is gone"


def row_of(runs: RunList, row: int) -> tuple[np.ndarray, QRect]:
    """Return the pixels of a row, and its rectangle."""
    rect = runs.visualRect(runs.runs.index(row))
    image = runs.viewport().grab(rect).toImage().convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)[..., 2::-1].astype(int), rect


def has(pixels: np.ndarray, colour: tuple[int, ...]) -> int:
    return int((np.abs(pixels - np.array(colour[:3])).sum(axis=-1) < 40).sum())


def test_a_row_s_words_are_its_settings_figures_date_and_where_it_is_shown(
    runs: RunList, session: Session, infos: list[RunInfo]
) -> None:
    session.add_projection(
        infos[0].id, Projection(session.projections[2].points, session.projections[2].prefix, "", "")
    )
    session.update(run_2d=infos[0].id)
    runs.set_runs([*infos[:2], replace(infos[2], activations="another")])
    for row, info in enumerate(infos):
        index = runs.runs.index(row)
        assert index.data() == index.data(ROLE.EditRole) == info.name
        spoken = index.data(ROLE.AccessibleTextRole)
        assert spoken.startswith(", ".join((info.name, *summary_lines(info))))
        assert f"{info.dims}-D, seed {info.settings.seed}" in spoken
        assert spoken.endswith(["on the map", spoken[-10:], "of another network"][row])
        assert ("on the map" in spoken, "another network" in spoken) == (row == 0, row == 2)
        tip = index.data(ROLE.ToolTipRole)
        assert (tip == f"{info.name}, made on {format_created(info)}") is (row < 2)
    assert "network" in runs.runs.index(2).data(ROLE.ToolTipRole)
    assert runs.runs.headings[2] and not runs.runs.is_of_other_network(infos[0])


def test_a_row_is_drawn_with_its_picture_its_selection_and_its_mark(
    runs: RunList, session: Session, infos: list[RunInfo]
) -> None:
    plain, rect = row_of(runs, 1)
    left = plain[:, : UNIT + THUMBNAIL.width() + 1]
    ys, xs = np.nonzero(np.abs(left - np.array(GREEN.getRgb()[:3])).sum(axis=-1) < 40)  # type: ignore[index]
    # 2 to 1 in a square: as wide as it, in the middle of its height.
    assert (np.ptp(xs) + 1, np.ptp(ys) + 1) == pytest.approx((72, 36), abs=3)
    assert ys.mean() == pytest.approx(UNIT + THUMBNAIL.height() / 2, abs=2)
    chosen = mix(LIGHT.panel, LIGHT.accent, 0.18)
    assert has(plain, LIGHT.foreground) > 10 and not has(plain[:2], chosen)
    runs.selectionModel().select(runs.runs.index(1), runs.selectionModel().SelectionFlag.Select)
    picked, _ = row_of(runs, 1)
    assert has(picked, chosen) > 0.3 * rect.width() * rect.height() and not has(row_of(runs, 0)[0][:2], chosen)
    accent = has(row_of(runs, 0)[0], LIGHT.accent)
    session.add_projection(
        infos[0].id, Projection(session.projections[2].points, session.projections[2].prefix, "", "")
    )
    session.update(run_2d=infos[0].id)
    runs.runs.refresh()
    assert has(row_of(runs, 0)[0], LIGHT.accent) > accent + 5
    damaged = replace(infos[1], damaged="The file is cut off.")
    runs.set_runs([infos[0], damaged])
    assert has(row_of(runs, 1)[0], LIGHT.mistake) > 10 > has(plain, LIGHT.mistake)


def test_keys_and_a_double_click_are_for_the_row_they_mean(runs: RunList, qtbot: QtBot, infos: list[RunInfo]) -> None:
    wanted: list[str] = []
    runs.wanted.connect(lambda info: wanted.append(info.id))
    runs.setCurrentIndex(runs.runs.index(1))
    QTest.keyClick(runs, Qt.Key.Key_Enter)
    runs.doubleClicked.emit(runs.runs.index(2))
    assert wanted == [infos[1].id, infos[2].id]
    with qtbot.waitSignal(runs.unwanted):
        QTest.keyClick(runs, Qt.Key.Key_Delete)
    renamed: list[tuple[str, str]] = []
    runs.runs.renamed.connect(lambda info, name: renamed.append((info.id, name)))
    runs.rename()
    (editor,) = [each for each in runs.viewport().children() if each.inherits("QLineEdit")]
    room = runs.visualRect(runs.runs.index(1))
    assert room.contains(editor.geometry()) and editor.geometry().left() > THUMBNAIL.width()
    editor.setText("mine")
    runs.commitData(editor)
    assert renamed == [(infos[1].id, "mine")]


def test_the_selection_and_the_current_row_stay_where_runs_come_and_go(runs: RunList, infos: list[RunInfo]) -> None:
    runs.setCurrentIndex(runs.runs.index(2))
    runs.set_runs(infos[1:])
    assert [info.id for info in runs.selected_runs()] == [infos[2].id] and runs.currentIndex().row() == 1
    runs.set_runs([infos[0], infos[2]])
    assert [info.id for info in runs.selected_runs()] == [infos[2].id] and runs.currentIndex().row() == 1
    runs.set_runs([])
    assert runs.selected_runs() == ()


def test_a_run_of_another_network_has_a_quiet_name(runs: RunList, session: Session, infos: list[RunInfo]) -> None:
    for row in range(2):
        runs.setCurrentIndex(QModelIndex())
        runs.selectionModel().clear()
        runs.set_runs([infos[0], replace(infos[1], activations="another")])
        assert (has(row_of(runs, row)[0], LIGHT.foreground) > 10) is (row == 0)
    # Whatever is on the map is of the open network.
    session.add_projection(infos[0].id, session.projections[2])
    session.update(run_2d=infos[0].id)
    assert has(row_of(runs, 0)[0], LIGHT.foreground) > 10
