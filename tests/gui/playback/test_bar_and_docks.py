"""What the bar, its slider and panels, and the dock of accuracy make of the state and of the answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auslan_explorer.analysis.predictions import accuracy_by_step
from auslan_explorer.core.playing import Alignment, Trail, position_of
from auslan_explorer.core.predictions import Predictions, known_predictions
from auslan_explorer.core.splits import SPLIT_NAMES
from auslan_explorer.core.step_labels import make_step_labels
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.playback.bar import BUTTONS
from auslan_explorer.gui.playback.controller import TRAILS
from auslan_explorer.gui.style import UNIT, scaled
from auslan_explorer.gui.window.main_window import MainWindow
from tests.gui.window_parts import open_window
from tests.made_up import STEPS, made_up_activations


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    with open_window(qapp, qtbot, tmp_path / "window.ini", made_up_activations()) as shown:
        yield shown


def wait_for_answers(window: MainWindow, qtbot: QtBot) -> Predictions:
    a = window.session.activations
    window.session.update(step=STEPS - 2)
    qtbot.waitUntil(lambda: known_predictions(a) is not None)
    answers = known_predictions(a)
    assert answers is not None
    return answers


@pytest.mark.parametrize(
    ("section", "step", "begun", "ended"),
    [
        (None, 7, (7, STEPS - 1), (0, 7)),
        ((5, 12), 8, (8, 12), (5, 8)),
        ((5, 12), 15, (15, 15), (5, 15)),
        ((5, 12), 2, (2, 12), (2, 2)),
        ((5, 12), 0, (0, 12), (0, 0)),
        ((5, STEPS - 1), 0, None, (0, 0)),
        ((0, 12), STEPS - 1, (STEPS - 1, STEPS - 1), None),
    ],
)
def test_a_section_begins_and_ends_at_the_step_shown(
    window: MainWindow,
    section: tuple[int, int] | None,
    step: int,
    begun: tuple[int, int] | None,
    ended: tuple[int, int] | None,
) -> None:
    for change, expected in ((window.playback.begin_section, begun), (window.playback.end_section, ended)):
        window.session.update(section=section, step=step)
        change()
        assert window.session.state.section == expected


def test_the_step_is_said_with_the_label_that_the_recording_has_reached(window: MainWindow) -> None:
    session, recording = window.session, 5
    a = session.activations
    rows = int(a.lengths.sum())
    session.set_step_labels({"part": make_step_labels("part", [f"part {row}" for row in range(rows)], rows)})
    a = session.activations
    session.update(selected=(recording,))
    for alignment in (Alignment.NETWORK, Alignment.START):
        session.update(alignment=alignment)
        said = []
        for step in range(STEPS):
            session.update(step=step)
            said.append(window.bar.label.text().partition("step")[0].strip())
        first = int(a.offsets[recording])
        assert [each for each in dict.fromkeys(said) if each] == [
            f"“part {first + at}”" for at in range(int(a.lengths[recording]))
        ]


def test_trails_go_through_all_lengths_and_end_with_whole_paths(window: MainWindow) -> None:
    lengths = [length for length in TRAILS if length < STEPS]
    window.session.update(trail=Trail(0, 3))
    for expected in (*reversed(lengths), lengths[0]):
        window.playback.change_trail(-1)
        assert window.session.state.trail == Trail(expected, 3)
    for expected in (*lengths[1:], 0, 0):
        window.playback.change_trail(1)
        assert window.session.state.trail == Trail(expected, 3)
    # From a length that the slider has set to the next one, none skipped.
    for places, expected in ((1, 5), (-1, 3)):
        window.session.update(trail=Trail(4, 0))
        window.playback.change_trail(places)
        assert window.session.state.trail == Trail(expected, 0)


def test_the_panel_sets_what_its_controls_say_and_follows_the_state(window: MainWindow) -> None:
    panel, session = window.bar.trail_panel, window.session
    for tail, expected in ((1, 1), (7, 7), (STEPS - 1, STEPS - 1), (STEPS, 0)):
        panel.tail.setValue(tail)
        assert session.state.trail == Trail(expected, 0)
        assert panel.tail_said.text() == (str(expected) if expected else "all")
    panel.tail.setValue(5)
    panel.head.setValue(4)
    assert session.state.trail == Trail(5, 4) and panel.head_said.text() == "4"
    session.update(trail=Trail(0, 2), ghost=True, every_step=True, alignment=Alignment.STRETCH)
    assert (panel.tail.value(), panel.head.value()) == (STEPS, 2)
    assert panel.ghost.isChecked() and panel.every.isChecked() and panel.alignment.currentIndex() == 2


def test_the_sliders_bars_count_where_the_answers_of_what_is_shown_settle(window: MainWindow, qtbot: QtBot) -> None:
    session, answers = window.session, wait_for_answers(window, qtbot)
    a = session.activations
    before = window.bar.slider._marks
    for change in (
        {"visible_signs": frozenset({0, 3})},
        {"splits": frozenset({0})},
        {"splits": frozenset({1, 2})},
        {"alignment": Alignment.START},
        {"alignment": Alignment.STRETCH},
        {"selected": (1, 2, 9)},
        {"selected": (4,)},
        {"selected": (), "splits": frozenset({0, 1, 2})},
    ):
        session.update(**change)
        selected = list(session.state.selected)
        rows = np.array(selected) if selected else np.flatnonzero(session.shown())
        at = position_of(session.state.alignment, STEPS, answers.settled[rows], a.first_step[rows], a.lengths[rows])
        np.testing.assert_array_equal(window.bar.slider._marks, np.bincount(at, minlength=STEPS), str(change))
        assert not np.array_equal(window.bar.slider._marks, before)
        before = window.bar.slider._marks


def test_the_guesses_are_those_of_the_recording_and_the_step_shown(window: MainWindow) -> None:
    session = window.session
    a = session.activations
    assert a.head is not None
    for recording in (7, 8, 20, 7):
        for own in (0, 3, int(a.lengths[recording]) - 1):
            session.update(selected=(recording,), step=int(a.first_step[recording]) + own)
            row = a.head.probabilities(a.recording_states(recording))[own]
            guesses = window.bar.answers.guesses
            assert [each.name for each in guesses] == [a.names[i] for i in np.argsort(-row, kind="stable")]
            assert [each.probability for each in guesses] == pytest.approx(sorted(row, reverse=True))
            assert [each.name for each in guesses if each.right] == [a.names[a.sign[recording]]]


def test_what_is_right_in_the_end_is_that_of_the_last_step_of_each_split(window: MainWindow, qtbot: QtBot) -> None:
    a = window.session.activations
    # Right halfway and wrong in the end, so that the end is not the best.
    states = a.all_states()
    head = a.head
    assert head is not None
    wait_for_answers(window, qtbot)
    best = head.probabilities(states).argmax(axis=1)
    middle = best[a.offsets[:-1] + a.lengths // 2]
    window.session.open(replace(a, sign=middle.astype(a.sign.dtype)))
    wait_for_answers(window, qtbot)
    window.docks.show("answers")
    a = window.session.activations
    at_end = best[a.offsets[1:] - 1] == a.sign
    qtbot.waitUntil(lambda: "right in the end" in window.accuracy.said.text())
    said = window.accuracy.said.text().splitlines()
    assert len(said) == 3
    for code, name in SPLIT_NAMES.items():
        rows = a.split == code
        if rows.any():
            assert f"{name}: {at_end[rows].mean():.1%} right in the end" in "\n".join(said)
    for line in window.accuracy.plot.lines:
        code = next(code for code, name in SPLIT_NAMES.items() if name == line.name)
        assert line.y[-1] == pytest.approx(at_end[a.split == code].mean())
        assert line.role == {"train": "truth", "validation": "mistake", "test": "foreground"}[line.name]
    answers = known_predictions(a)
    assert answers is not None
    for alignment in (Alignment.START, Alignment.STRETCH, Alignment.NETWORK):
        window.session.update(alignment=alignment)
        for line, each in zip(window.accuracy.plot.lines, accuracy_by_step(a, answers, alignment), strict=True):
            assert (line.name, line.y.tolist()) == (each.split, each.right.tolist()), alignment


@pytest.mark.parametrize("change", [{"step": 3}, {"selected": (2, 3)}, {"settled": True}])
def test_answers_are_found_as_soon_as_something_tells_of_them(
    window: MainWindow, qtbot: QtBot, change: dict[str, object]
) -> None:
    a = window.session.activations
    assert known_predictions(a) is None and not window.jobs.running
    window.session.update(ghost=True, labels=False)
    assert not window.jobs.running
    window.session.update(**change)
    qtbot.waitUntil(lambda: known_predictions(a) is not None)


def test_the_step_by_which_most_is_known_is_counted_as_the_slider_counts(window: MainWindow, qtbot: QtBot) -> None:
    answers = wait_for_answers(window, qtbot)
    window.docks.show("answers")
    qtbot.waitUntil(lambda: "right in the end" in window.accuracy.said.text())
    for line, each in zip(
        window.accuracy.said.text().splitlines(),
        accuracy_by_step(window.session.activations, answers, Alignment.NETWORK),
        strict=True,
    ):
        enough = np.flatnonzero(each.right >= 0.9 * each.right[-1] - 1e-9)
        window.session.update(step=int(enough[0]))
        shown = window.bar.label.text().split("step ")[1].split()[0]
        assert line.endswith(f"is right by step {shown}."), line


def test_a_button_of_the_bar_goes_into_the_menu_only_where_there_is_no_room_for_it(window: MainWindow) -> None:
    bar = window.bar
    QApplication.processEvents()

    def shown(keys: Iterable[ActionId]) -> list[ActionId]:
        return [key for key in keys if not bar._buttons[key].isHidden()]

    above = [key for key in bar._buttons if key in BUTTONS]
    below = [key for key in bar._buttons if key not in BUTTONS]
    counts = []
    for width in range(2000, bar.minimumSizeHint().width(), -20):
        bar.resize(width, bar.height())
        counts.append((len(shown(above)), len(shown(below))))
        assert ActionId.PLAY in shown(above)
    assert counts[0] == (len(above), len(below)) and counts == sorted(counts, reverse=True)
    for keys, others in (
        (above, bar.label.minimumWidth() + scaled(24 * UNIT)),
        (
            below,
            sum(each.sizeHint().width() + UNIT // 2 for each in (bar.speed, bar.trail, bar.more, bar.question))
            + scaled(20 * UNIT),
        ),
    ):
        whole = others + sum(bar._buttons[key].sizeHint().width() + UNIT // 2 for key in keys) + 4 * UNIT
        for width, count in ((whole, len(keys)), (whole - 1, len(keys) - 1)):
            bar.resize(width, bar.height())
            assert len(shown(keys)) == count


def test_the_step_is_read_whole_once_text_has_become_larger(window: MainWindow) -> None:
    label = window.bar.label
    try:
        for percent in (200, 100, 150):
            window.appearance.choose_text_size(percent)
            window.session.update(step=window.session.activations.steps - 2)
            assert label.text() and label.fontMetrics().horizontalAdvance(label.text()) <= label.width(), percent
            window.session.update(step=0)
    finally:
        window.appearance.choose_text_size(100)
