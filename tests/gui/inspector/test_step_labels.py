"""Labels of steps, outputs with classes of their own, and seconds of a step, as the window shows them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auslan_explorer.core.clock import SCALED_SECONDS
from auslan_explorer.core.session import Pointed
from auslan_explorer.core.step_labels import make_step_labels
from auslan_explorer.gui.inspector.step_label_lines import line_of
from auslan_explorer.gui.views.common.hover_card import build_hover_card
from tests.gui.window_parts import open_window, other_network

STEPS = int(np.arange(8, 20).sum())
TEXT = "the quick brown fox jumps over the lazy dog "


@pytest.mark.parametrize(
    ("labels", "row", "line"),
    [
        (list("a<b c"), 2, "a&lt;<b><u>b</u></b>␣c"),
        (["the", "quick", "fox"], 1, "the <b><u>quick</u></b> fox"),
        ([0.5, 1.25, 2.0], 1, "<b>1.25</b>"),
    ],
)
def test_a_line_shows_the_step_among_its_neighbours(labels: list[object], row: int, line: str) -> None:
    assert line_of(make_step_labels("x", labels, len(labels)), row, 0, len(labels)) == line


def test_labels_and_outputs_of_steps_are_shown_in_their_own_words(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    rng = np.random.default_rng(2)
    chances = rng.random((STEPS, 4)).astype(np.float32)
    activations = other_network(
        step_labels={"letter": [TEXT[at % len(TEXT)] for at in range(STEPS)], "energy": np.arange(STEPS) / 4},
        step_probabilities=chances / chances.sum(axis=1, keepdims=True), step_classes=list("abcd"),
        seconds_per_step=0.02, recording_names=[f"line {number}" for number in range(12)],
    )  # fmt: skip
    with open_window(qapp, qtbot, tmp_path / "settings.ini", activations) as window:
        window.docks.show("inspector")
        window.session.update(selected=(1,), step=3)
        page = window.inspector_dock.inspector.recording
        row = int(activations.offsets[1]) + 3
        shown = TEXT.replace(" ", "␣")
        assert page.title.text() == "down, line 1"
        letter, energy = (line.text() for line in page.labels.lines[:2])
        assert f"<b><u>{shown[row]}</u></b>" in letter and letter.startswith("letter: ")
        assert energy == f"energy: <b>{row / 4:g}</b>"
        assert window.bar.label.text() == f"“{shown[row]}”  step 4 of 19, 0.06 s"
        # Nobody says what output would be right.
        assert [guess.right for guess in window.bar.answers.guesses] == [None] * 4
        assert {guess.name for guess in window.bar.answers.guesses} == set("abcd")
        assert window.playback.clock.rate == pytest.approx(50)
        card = build_hover_card(window.session, Pointed(1, 3))
        assert card is not None and card.lines[0] == "line 1" and f"letter: {shown[row]}" in card.lines
        window.session.update(step=4)
        assert f"<b><u>{shown[row + 1]}</u></b>" in page.labels.lines[0].text()
        assert page.no_head.isVisible() and page.no_head.text() == "Of the network’s own outputs: a, b, c, d"
        assert page.lines.geometry().bottom() < page.no_head.y(), "below what it is said of"
        assert page.about_lines.note.startswith("The network’s outputs at each step, as the file holds them")
        assert window.bar.speed.toolTip().startswith("Speed")
        # A step of an hour: real time would take a day.
        window.session.open(replace(activations, seconds_per_step=3600.0))
        assert window.playback.clock.rate == pytest.approx(activations.steps / SCALED_SECONDS)
        assert f"it takes {SCALED_SECONDS:g} seconds" in window.bar.speed.toolTip()
        window.session.update(step=5)
        assert window.bar.label.text().endswith(", 5 h")
