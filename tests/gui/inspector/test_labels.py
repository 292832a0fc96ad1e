"""The label check on the page of mistakes: computed on request, kept, copied, lit up and chosen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from auslan_explorer.analysis.label_check import HELD_OUT_KIND, held_out_table
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.session import Session
from auslan_explorer.gui.inspector.confusion_page import ConfusionPage
from auslan_explorer.gui.inspector.label_section import LabelSection
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.window.main_window import MainWindow
from auslan_explorer.io.table_store import save_table
from auslan_explorer.workflows.label_check import check_labels, known_doubts
from tests.gui.inspector_parts import click_row
from tests.made_up import made_up_activations


def section_of(window: MainWindow) -> LabelSection:
    window.docks.show("mistakes")
    return window.inspector_dock.inspector.mistakes.labels


def mislabelled(a: Activations) -> Activations:
    """Number 3, of "alive" by its path, is called "drink", and the network answers "alive"."""
    sign, predicted = a.sign.copy(), a.sign.copy()
    sign[3] = 2
    return replace(a, sign=sign, predicted=predicted)


def test_a_wrong_label_is_found_lit_up_and_laid_beside_its_neighbour(
    window: MainWindow, qtbot: QtBot, activations: Activations
) -> None:
    a = mislabelled(activations)
    window.session.open(a)
    section = section_of(window)
    assert section.doubts is None and section.check.isVisible() and not section.rows.rows
    section.check.click()
    assert section.pending.isVisible()
    qtbot.waitUntil(lambda: section.doubts is not None)
    found = section.doubts
    assert found is not None and found[0].recording == 3 and found == check_labels(a) == known_doubts(a)
    assert not section.check.isVisible() and not section.pending.isVisible()
    assert f"{len(found)} recording" in section.counted.text() and "in 1 both witnesses" in section.counted.text()
    row = section.rows.rows[0]
    assert row.text.startswith("drink") and row.text.endswith("alive") and row.value == f"0 of {found[0].neighbours}"
    assert "is this network’s own" in section.counted.text()
    for words in ("of its sign", "the network answers alive", "it was trained with this recording"):
        assert words in row.tip
    spot = section.rows.visualRect(section.rows.model().index(0, 0)).center()
    QTest.mouseMove(section.rows.viewport(), spot)
    qtbot.waitUntil(lambda: window.session.pointed is not None)
    assert window.session.pointed is not None and window.session.pointed.recording == 3
    click_row(qtbot, section.rows, 0)
    chosen = window.session.state.selected
    assert tuple(chosen) == tuple(sorted((3, found[0].beside))) and a.sign[found[0].beside] == 0
    section.rows.setFocus()
    QTest.keyClick(section.rows, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().splitlines()[0] == f"{row.text}\t{row.value}"


def test_the_answer_of_a_network_that_had_not_seen_the_session_is_told_as_such(
    window: MainWindow, activations: Activations
) -> None:
    a = mislabelled(activations)
    a = replace(a, predicted=a.sign.copy())
    answers = held_out_table(activations.sign, np.full(len(a), 0.9), np.full(len(a), 0.04))
    save_table(HELD_OUT_KIND, a.fingerprint, answers)
    found = check_labels(a)
    assert found[0].recording == 3 and found[0].by_answer and found[0].answer == 0
    window.session.open(a)
    section = section_of(window)
    assert section.doubts == found and "had not seen the recording’s session" in section.counted.text()
    tip = section.rows.rows[0].tip
    assert "a network that had not seen this session answers alive (90%), and drink with 4%" in tip
    assert "trained with" not in tip


def test_neighbours_are_said_to_be_of_other_sessions_where_sessions_are_known(
    window: MainWindow, activations: Activations
) -> None:
    a = mislabelled(activations)
    check_labels(a)
    window.session.open(a)
    assert "nearest recordings of other sessions, " in section_of(window).rows.rows[0].tip
    a = replace(a, session=np.zeros_like(a.session))
    check_labels(a)
    window.session.open(a)
    tip = section_of(window).rows.rows[0].tip
    assert "nearest recordings, " in tip and "session" not in tip


def test_what_was_found_before_is_there_once_the_page_is_seen(window: MainWindow, activations: Activations) -> None:
    a = mislabelled(activations)
    found = check_labels(a)
    window.session.open(a)
    labels = window.inspector_dock.inspector.mistakes.labels
    assert labels.doubts is None, "nothing is read while it is hidden"
    assert section_of(window).doubts == found
    window.session.open(replace(a, trial=a.trial + 1))
    assert labels.doubts is None and labels.check.isVisible(), "other recordings are asked about anew"


def test_labels_that_nothing_speaks_against_are_said_to_be_so(window: MainWindow, activations: Activations) -> None:
    a = replace(activations, predicted=activations.sign.copy())
    assert check_labels(a) == []
    window.session.open(a)
    assert section_of(window).counted.text().startswith("No label is in doubt. The answer is")
    window.session.open(replace(a, classified=False, sign=np.zeros_like(a.sign)))
    assert not section_of(window).check.isEnabled()


def test_a_small_matrix_leaves_its_room_to_the_labels(qtbot: QtBot) -> None:
    page = ConfusionPage(Session(made_up_activations()), Jobs())
    qtbot.addWidget(page)
    page.resize(350, 700)
    page.show()
    qtbot.waitUntil(lambda: page.labels.y() < 350 and page.labels.height() > 350)
    assert page.area.height() == page.matrix.height()
