"""Two selected signs are told where they part, and the page of pairs lists what stays together and what parts it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auslan_explorer import paths
from auslan_explorer.analysis.activate import activate
from auslan_explorer.analysis.warping import step_beside
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.minimal_pair import MinimalPair
from auslan_explorer.core.network import Head
from auslan_explorer.core.recordings import Recordings
from auslan_explorer.core.shares import percent
from auslan_explorer.core.signs import isolate
from auslan_explorer.gui.inspector.pairs_dock import MOST_ROWS, PairsDock
from auslan_explorer.gui.window.main_window import MainWindow
from auslan_explorer.workflows.forks import part_recordings, part_signs
from tests.gui.glove_parts import MIDDLE_FINGER, encoders, import_them, made_up_recordings, network
from tests.gui.window_parts import open_window
from tests.made_up import made_up_activations


@pytest.fixture(scope="module")
def recordings() -> Recordings:
    """The right middle finger, which alone the network hears, bends from the middle on, otherwise in each sign."""
    a = made_up_activations()
    made = made_up_recordings(a)
    within = np.concatenate([np.arange(n) / n for n in a.lengths])
    made.frames[:, MIDDLE_FINGER] = np.where(within < 0.5, 0.1, 0.1 + 0.3 * np.repeat(a.sign, a.lengths))
    return made


@pytest.fixture(scope="module")
def activations(recordings: Recordings) -> Activations:
    a = made_up_activations()
    made = activate(network(a), recordings)
    last = np.column_stack([made.all_states()[made.offsets[1:] - 1], np.ones(len(made))])
    fitted = np.linalg.lstsq(last, 20 * np.eye(len(a.signs))[made.sign], rcond=None)[0].astype(np.float32)
    return activate(network(replace(a, head=Head(fitted[:-1], fitted[-1]))), recordings, encoders(a.units))


@pytest.fixture
def window(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, activations: Activations, recordings: Recordings,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[MainWindow]:  # fmt: skip
    monkeypatch.setenv(paths.DATA_VARIABLE, str(tmp_path / "data"))
    with open_window(qapp, qtbot, tmp_path / "window.ini", activations) as shown:
        shown.resize(1400, 1000)
        import_them(qtbot, shown, recordings)
        yield shown


def select_signs(window: MainWindow, *signs: int) -> None:
    window.session.update(selected=tuple(np.flatnonzero(np.isin(window.session.activations.sign, signs)).tolist()))


def test_two_signs_are_told_where_they_part_and_by_what(
    qtbot: QtBot, window: MainWindow, activations: Activations
) -> None:
    window.docks.show("inspector", True)
    section, session = window.inspector_dock.inspector.signs.fork, window.session
    select_signs(window, 1, 3)
    qtbot.waitUntil(lambda: section.found is not None and bool(section.found.differences))
    found = part_signs(activations, (1, 3)).fork
    marks = session.step_marks
    assert section.found.fork.at == found.at > 0 and len(marks) == 2
    assert [activations.sign[mark.recording] for mark in marks] == [1, 3]
    text = section.words.text()
    assert f"part at step {marks[0].step + 1} of the one, {marks[1].step + 1} of the other" in text
    assert "up to there: right middle finger" in text
    assert section.lines.isVisible() and section.signal.isVisible() and section.signal._mark is not None
    first, second = (window.frames.frames_of(path.reference) for path in (section.found.first, section.found.second))
    assert first is not None and second is not None and not np.array_equal(section.signal._other, second[: len(first)])
    np.testing.assert_array_equal(section.signal._frames, first)
    np.testing.assert_array_equal(section.signal._other, second[step_beside(section.found.fork.pairs, len(first))])
    section.go.click()
    own = session.state.own_steps(activations, np.array([marks[0].recording]))
    assert own[0] == marks[0].step
    section.show_two.click()
    assert set(session.state.selected) == {mark.recording for mark in marks}
    qtbot.waitUntil(lambda: section.found is not None)
    assert not section.show_two.isVisible() and len(section.found.first.recordings) == 1
    session.update(selected=())
    assert session.step_marks == ()


def test_two_recordings_of_one_sign_are_held_against_its_spread(
    qtbot: QtBot, window: MainWindow, activations: Activations
) -> None:
    window.docks.show("inspector", True)
    section, session = window.inspector_dock.inspector.sign.fork, window.session
    first, second = np.flatnonzero(activations.sign == 1)[[0, 3]].tolist()
    session.update(selected=(second, first))
    qtbot.waitUntil(lambda: section.found is not None)
    found = part_recordings(activations, (first, second)).fork
    assert section.isVisible() and (section.found.first.reference, section.found.second.reference) == (first, second)
    np.testing.assert_array_equal(section.found.fork.spread, found.spread)
    assert section.found.fork.at == found.at and len(session.step_marks) == (2 if found.at >= 0 else 0)
    assert f"{activations.names[1]} " in section.words.text() and not section.show_two.isVisible()
    select_signs(window, 1)
    assert not section.isVisible() and session.step_marks == ()


def test_one_sign_and_three_are_not_asked_where_they_part(qtbot: QtBot, window: MainWindow) -> None:
    window.docks.show("inspector", True)
    section = window.inspector_dock.inspector.signs.fork
    select_signs(window, 0, 1, 2)
    assert not section.isVisible() and window.session.step_marks == ()
    assert not section._rest.isActive()


def test_both_tables_are_computed_kept_copied_and_exported(
    qtbot: QtBot, window: MainWindow, activations: Activations, tmp_path: Path
) -> None:
    dock = window.pairs
    window.docks.show("pairs", True)
    assert dock.find_forks.isVisible() and not dock.fork_rows.isVisible()
    dock.find_forks.click()
    qtbot.waitUntil(lambda: dock.forks is not None)
    assert len(dock.forks) == 6 and len(dock.fork_rows.rows) == 6 and not dock.find_forks.isVisible()
    shares = [each.together for each in dock.forks]
    assert shares == sorted(shares, reverse=True)
    dock.find_pairs.click()
    qtbot.waitUntil(lambda: dock.pairs is not None)
    # All that the network hears is a finger.
    assert dock.pairs and {pair.feature for pair in dock.pairs} == {"handshape"}
    names = [isolate(name) for name in activations.names]
    for pair, row in zip(dock.pairs, dock.pair_rows.rows, strict=True):
        one, other = names[pair.one], names[pair.other]
        assert row.text == f"{one} – {other}" and row.value == f"handshape {percent(pair.share)}"
        assert row.tip == (
            f"Without handshape, taken for “{other}”: {pair.taken} of {pair.of_one} recordings of “{one}”; "
            f"the other way round: {pair.back} of {pair.of_other}."
        )
        assert row.select == tuple(np.flatnonzero(np.isin(activations.sign, [pair.one, pair.other])).tolist())
    assert any(pair.taken != pair.back for pair in dock.pairs) and dock.counted.text() == f"{len(dock.pairs)} pairs."
    for fork, row in zip(dock.forks, dock.fork_rows.rows, strict=True):
        assert (row.text, row.value) == (f"{names[fork.one]} – {names[fork.other]}", percent(fork.together))
    _hand_over_many_pairs(dock)
    dock.feature.setCurrentIndex(dock.feature.findData("place"))
    assert not dock.pair_rows.rows and dock.counted.text() == "0 pairs."
    dock.feature.setCurrentIndex(dock.feature.findData("handshape"))
    assert len(dock.pair_rows.rows) == len(dock.pairs)
    dock.feature.setCurrentIndex(0)
    dock.pair_rows.setFocus()
    QTest.keyClick(dock.pair_rows, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "handshape" in QGuiApplication.clipboard().text()
    dock.export_to(tmp_path / "pairs.csv")
    assert (tmp_path / "pairs.csv-metadata.json").is_file()
    assert (tmp_path / "pairs.csv").read_text().count("handshape") == len(dock.pairs)
    first = dock.fork_rows.rows[0]
    dock._choose(first)
    assert tuple(window.session.state.selected) == first.select
    before = dock.forks, dock.pairs
    window.session.open(activations)
    assert (dock.forks, dock.pairs) == before and dock.fork_rows.isVisible()  # kept


def _hand_over_many_pairs(dock: PairsDock) -> None:
    """See that of very many pairs the first are listed, that all are counted, and that counts stand in place."""
    before = dock.pairs
    counts = MinimalPair(0, 1, "movement", 1, 2, 3, 4)
    dock._on_pairs([counts] * (MOST_ROWS + 7))
    assert len(dock.pair_rows.rows) == MOST_ROWS
    assert dock.counted.text() == f"{MOST_ROWS + 7} pairs in all; the {MOST_ROWS} with the largest share are listed."
    tip = dock.pair_rows.rows[0].tip
    assert (
        "Without movement, taken for “computer (PC)”: 1 of 3 recordings" in tip
        and "the other way round: 2 of 4." in tip
    )
    dock._on_pairs(before or [])


def test_both_tables_can_be_asked_for_at_once(qtbot: QtBot, window: MainWindow) -> None:
    window.docks.show("pairs", True)
    dock = window.docks.dock("pairs")
    assert isinstance(dock, PairsDock)
    started: list[str] = []
    window.jobs.started.connect(lambda job: started.append(job.title))
    dock.find_forks.click()
    dock.find_pairs.click()
    dock.find_pairs.click()
    assert started == ["Comparing all signs", "Asking the network"]
    qtbot.waitUntil(lambda: dock.forks is not None and dock.pairs is not None, timeout=60_000)


def test_without_recordings_the_forks_are_known_and_the_pairs_say_what_is_needed(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    paths.recordings_file().unlink()
    window.frames.read_again()
    window.docks.show("pairs", True)
    window.pairs.find_pairs.click()
    assert "recordings themselves" in window.pairs.pairs_pending.label.text()


def test_what_compares_signs_is_off_with_a_reason_where_there_is_one(window: MainWindow) -> None:
    a = window.session.activations
    one = replace(a, sign=np.zeros_like(a.sign), signs=a.signs[:1], names=a.names[:1], predicted=np.zeros_like(a.sign))
    window.session.open(one)
    window.docks.show("pairs", True)
    window.docks.show("mistakes", True)
    for button in (window.pairs.find_forks, window.inspector_dock.inspector.mistakes.labels.check):
        assert not button.isEnabled() and button.toolTip() == "It needs two signs to compare."
