"""The table of signs: what it shows, says to screen readers, sorts by, and announces."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.session import Session
from auslan_explorer.gui.signs.list import SignTable
from auslan_explorer.gui.signs.model import MIXED, SORT_ROLE, Column, FoundSigns, SignModel
from tests.made_up import NAMES, SIGNS, made_up_activations

ROLE = Qt.ItemDataRole


@pytest.fixture
def activations() -> Activations:
    """Of "drink" one recording uses both hands; answers of "zero" are not known."""
    a = made_up_activations()
    predicted = a.predicted.copy()
    predicted[a.sign == 3] = -1
    ratio = np.where(a.sign < 2, 0.1, 0.9).astype(np.float32)
    ratio[12] = 0.1
    return replace(a, predicted=predicted, hand_ratio=ratio)


@pytest.fixture
def model(qapp: object, activations: Activations) -> SignModel:
    return SignModel(Session(activations))


def at(model: SignModel, row: int, column: int, role: int = ROLE.DisplayRole) -> object:
    return model.index(row, column).data(role)


@pytest.mark.parametrize("splits", [{0, 1, 2}, {0}, {1, 2}, set()])
def test_every_row_shows_and_says_what_the_arrays_hold(
    model: SignModel, activations: Activations, splits: set[int]
) -> None:
    a, session = activations, model._session
    session.update(splits=frozenset(splits), visible_signs=frozenset({1, 2}))
    for row in range(4):
        taken = (a.sign == row) & np.isin(a.split, list(splits))
        known = taken & (a.predicted >= 0)
        share = (a.predicted == row)[known].mean() if known.any() else float("nan")
        mixed = row == 2
        assert at(model, row, Column.NAME) == NAMES[row] + (MIXED if mixed else "")
        assert at(model, row, Column.COUNT) == str(taken.sum())
        assert at(model, row, Column.ACCURACY) == (f"{share:.0%}" if known.any() else "–")
        assert at(model, row, Column.TICK, ROLE.CheckStateRole) is (
            Qt.CheckState.Checked if row in (1, 2) else Qt.CheckState.Unchecked
        )
        assert at(model, row, Column.NAME, ROLE.CheckStateRole) is None and at(model, row, Column.TICK) is None
        spoken = str(at(model, row, Column.NAME, ROLE.AccessibleTextRole))
        begin = f"{NAMES[row]}, {'shown' if row in (1, 2) else 'not shown'}, {taken.sum()} recordings"
        assert spoken.startswith(begin + (f", {share:.0%} recognised" if known.any() else ""))
        assert ("recognised" in spoken) == known.any()
        assert (spoken == begin + (f", {share:.0%} recognised" if known.any() else "")) is not mixed
        tip = str(at(model, row, Column.NAME, ROLE.ToolTipRole))
        assert SIGNS[row] in tip and (MIXED.strip() in tip) is mixed
        assert at(model, row, Column.COUNT, SORT_ROLE) == taken.sum()
        assert at(model, row, Column.ACCURACY, SORT_ROLE) == pytest.approx(share if known.any() else -1)
        assert at(model, row, Column.TICK, SORT_ROLE) == int(row not in (1, 2))


def test_figures_stand_at_the_right_and_headings_above_them_say_what_they_are(model: SignModel) -> None:
    titles = [("", "Shown", "Ticked"), ("Sign", "Sign", "files"), ("Rec.", "Recordings", "Recordings"),
              ("Right", "Recognised", "recognises")]  # fmt: skip
    for column, (title, spoken, tip) in enumerate(titles):
        head = [
            model.headerData(column, Qt.Orientation.Horizontal, role)
            for role in (ROLE.DisplayRole, ROLE.AccessibleTextRole, ROLE.ToolTipRole, ROLE.TextAlignmentRole)
        ]
        assert head[:2] == [title, spoken] and tip in head[2]
        assert bool(head[3] & Qt.AlignmentFlag.AlignRight) is (column >= 2)
        side = at(model, 0, column, ROLE.TextAlignmentRole)
        assert (side is not None and bool(side & Qt.AlignmentFlag.AlignRight)) is (column >= 2)  # type: ignore[operator]
        assert bool(model.flags(model.index(0, column)) & Qt.ItemFlag.ItemIsUserCheckable) is (column == 0)
    assert model.headerData(0, Qt.Orientation.Vertical) is None


def test_a_tick_shows_or_hides_the_rows_that_belong_together(model: SignModel) -> None:
    session = model._session
    model.together = lambda row: (row, 3)
    for state, shown in ((Qt.CheckState.Unchecked, {0, 2}), (Qt.CheckState.Checked, {0, 1, 2, 3})):
        assert model.setData(model.index(1, 0), state, ROLE.CheckStateRole)
        assert session.state.visible_signs == shown
    assert not model.setData(model.index(1, 1), "x", ROLE.EditRole)


def test_what_has_changed_is_announced(model: SignModel, qtbot: QtBot, activations: Activations) -> None:
    session = model._session
    for changes in ({"visible_signs": frozenset({1})}, {"splits": frozenset({1})}, {"hand_threshold": 0.3}):
        with qtbot.waitSignal(model.dataChanged) as told:
            session.update(**changes)
        first, last = told.args[:2]
        assert (first.row(), first.column(), last.row(), last.column()) == (0, 0, 3, 3)
    with qtbot.waitSignals([model.modelReset, model.recounted], order="strict"):
        session.open(replace(activations, sign=activations.sign[::-1].copy()))
    with qtbot.waitSignal(model.recounted):
        session.update(splits=frozenset({0, 2}))


def test_the_list_sorts_by_names_figures_and_ticks_and_keeps_to_what_was_found(model: SignModel) -> None:
    session = model._session
    session.update(visible_signs=frozenset({1, 3}))
    found = FoundSigns(model)
    orders = {Column.NAME: [0, 1, 2, 3], Column.ACCURACY: [3, 0, 1, 2]}
    for column, rows in orders.items():
        found.sort(column, Qt.SortOrder.AscendingOrder)
        assert [found.mapToSource(found.index(row, 0)).row() for row in range(4)] == rows
    found.sort(Column.TICK, Qt.SortOrder.AscendingOrder)
    assert {found.mapToSource(found.index(row, 0)).row() for row in range(2)} == {1, 3}
    found.list_only(frozenset({0, 3}))
    assert found.signs() == {0, 3} and found.rowCount() == 2


def test_whose_recordings_disagree_follows_the_threshold_of_hands(model: SignModel) -> None:
    session = model._session
    for threshold, mixed in ((0.25, {2}), (0.95, set()), (0.05, set()), (0.5, {2})):
        session.update(hand_threshold=threshold)
        assert {row for row in range(4) if str(at(model, row, Column.NAME)).endswith(MIXED)} == mixed


def test_the_table_is_sorted_once_when_it_is_made(
    qtbot: QtBot, model: SignModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, key = list[int](), model._sort_key

    def noted(row: int, column: int) -> object:
        asked.append(row)
        return key(row, column)

    monkeypatch.setattr(model, "_sort_key", noted)
    FoundSigns(model).sort(Column.NAME)
    once = len(asked)
    asked.clear()
    table = SignTable(model, FoundSigns(model), None)
    qtbot.addWidget(table)
    assert len(asked) == once > 0
    shown = [table.model().index(row, Column.NAME).data() for row in range(model.rowCount())]
    assert shown == sorted(shown, key=str.casefold)
