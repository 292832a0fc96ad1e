"""Neighbours of other sessions and the network's answer speak against a label, and are ranked."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from auslan_explorer import paths
from auslan_explorer.analysis.dtw import Scaling
from auslan_explorer.analysis.label_check import (
    COLUMNS,
    HELD_OUT_KIND,
    KIND,
    NEIGHBOURS,
    Doubt,
    doubts,
    held_out_table,
    is_held_out_table,
    neighbour_row,
    neighbour_table,
    other_sessions,
)
from auslan_explorer.analysis.neighbours import PathIndex
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import Cancelled
from auslan_explorer.core.progress import no_progress
from auslan_explorer.io.cache import read_cache
from auslan_explorer.io.npz import read_npy
from auslan_explorer.io.table_store import shipped_name
from tests.made_up import made_up_activations

COUNT = 6
"""Recordings of each of four signs."""


def among(a: Activations) -> np.ndarray:
    """Distances by which a recording lies nearest to its sign's: those of the recordings' numbers on a line."""
    at = a.sign * 100.0 + np.arange(len(a))
    return np.abs(at[:, None] - at[None])


def right() -> Activations:
    a = made_up_activations(COUNT)
    return replace(a, predicted=a.sign.copy(), session=np.tile(np.arange(1, COUNT + 1), 4).astype(np.int16))


def test_no_label_is_in_doubt_where_neighbours_and_answers_agree_with_it() -> None:
    a = right()
    assert doubts(a, neighbour_table(a, among(a))) == []


def test_recordings_of_the_own_session_do_not_vote() -> None:
    a = replace(right(), session=np.repeat([1, 2, 3], 8).astype(np.int16))
    assert np.flatnonzero(other_sessions(a, 3)).tolist() == list(range(8, 24))
    row = neighbour_row(a, 9, among(a)[9])
    assert row[:NEIGHBOURS].tolist() == [7, 6] + [-1] * 8, "as many as there are of its sign: those of session 1"
    assert row[NEIGHBOURS:].tolist() == [20_000, 1_040_000]
    alone = replace(a, session=np.ones(len(a), np.int16))
    assert np.flatnonzero(~other_sessions(alone, 3)).tolist() == [3], "where sessions are not known all others vote"


def test_what_speaks_against_a_label_is_told_in_numbers() -> None:
    a = right()
    sign = a.sign.copy()
    sign[0] = 2  # of sign 0 by its place
    a = replace(a, sign=sign, predicted=np.where(np.arange(24) == 20, 0, sign).astype(np.int16))
    far = among(right())
    first, last = doubts(a, neighbour_table(a, far))
    # Of sign 2 there are five that may vote, since one is of session 1 too: the nearest five are of sign 0.
    assert first == Doubt(0, 0, 2, 0, 5, 5, 1, pytest.approx(far[0, 13] / far[0, 1]), True, False)
    assert (last.recording, last.answer, last.by_neighbours, last.by_answer) == (20, 0, False, True)
    assert (last.sign, last.agreeing, last.neighbours, last.beside) == (3, 5, 5, -1) and last.ratio < 1


def test_both_witnesses_come_first_then_neighbours_then_the_answer() -> None:
    a = right()
    sign, predicted = a.sign.copy(), a.predicted.copy()
    sign[[1, 7]] = 3
    predicted[1] = 3  # the network knows this wrong label by heart
    predicted[14] = 0
    a = replace(a, sign=sign, predicted=predicted)
    found = doubts(a, neighbour_table(a, among(right())))
    assert [(each.recording, each.by_neighbours, each.by_answer) for each in found] == [
        (7, True, True), (1, True, False), (14, False, True)
    ]  # fmt: skip


def test_answers_of_networks_that_had_not_seen_the_session_are_taken_where_they_are_known() -> None:
    a = right()
    sign = a.sign.copy()
    sign[7] = 3
    a = replace(a, sign=sign, predicted=sign.copy())  # the network knows this wrong label by heart
    table = neighbour_table(a, among(right()))
    (by_heart,) = doubts(a, table)
    assert not by_heart.by_answer and (by_heart.of_answer, by_heart.of_label) == (None, None)
    answers = held_out_table(right().sign, np.full(len(a), 0.75), np.where(np.arange(len(a)) == 7, 0.125, 0.75))
    (found,) = doubts(a, table, answers)
    assert (found.recording, found.answer, found.by_neighbours, found.by_answer) == (7, 1, True, True)
    assert (found.of_answer, found.of_label) == (0.75, 0.125)


def test_a_table_of_answers_that_cannot_be_of_these_recordings_is_not_taken() -> None:
    a = right()
    table = held_out_table(a.sign, np.full(len(a), 0.5), np.full(len(a), 0.5))
    assert is_held_out_table(a, table) and not is_held_out_table(a, table[1:])
    for column, value in ((0, -1), (0, len(a.signs)), (1, 10_001), (2, -1)):
        wrong = table.copy()
        wrong[3, column] = value
        assert not is_held_out_table(a, wrong)


def test_recordings_without_a_step_and_unknown_answers_are_borne() -> None:
    a = replace(right(), predicted=np.full(24, -1, np.int16))
    far = among(a)
    far[5], far[:, 5] = np.inf, np.inf
    table = neighbour_table(a, far)
    assert (table[5] == -1).all() and not (table[:, :NEIGHBOURS] == 5).any()
    assert doubts(a, table) == []


def test_it_can_be_cancelled() -> None:
    a = right()
    with pytest.raises(Cancelled):
        neighbour_table(a, among(a), no_progress, lambda: True)


def test_what_ships_is_of_the_activations_that_ship() -> None:
    a = read_cache(paths.ships("activations.h5"))
    table = read_npy(paths.ships(shipped_name(KIND, a.fingerprint)))
    assert table.shape == (len(a), COLUMNS)
    near = table[:, :NEIGHBOURS]
    assert (near >= 0).all() and (a.session[near] != a.session[:, None]).all()
    recording = 1000
    index = PathIndex(a.states, a.offsets, Scaling.of(a.all_states()))
    assert table[recording].tolist() == neighbour_row(a, recording, index.distances_to_all(recording)).tolist()
    held_out = read_npy(paths.ships(shipped_name(HELD_OUT_KIND, a.fingerprint)))
    assert is_held_out_table(a, held_out)
    # By sessions they are as right as the networks of the protocol were.
    told = json.loads(paths.ships("protocols.json").read_text(encoding="utf-8"))
    for session, accuracy in told.get("sessions", {}).get("accuracy", {}).items():
        rows = a.session == int(session)
        assert (held_out[rows, 0] == a.sign[rows]).mean() == pytest.approx(accuracy)
