"""The inspector's pages of signs and of mistakes, and the way to Auslan Signbank."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from auslan_explorer.analysis.dtw import Scaling
from auslan_explorer.analysis.neighbours import PathIndex
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.playing import Alignment
from auslan_explorer.gui.inspector.inspector import Inspector
from auslan_explorer.gui.signs import signbank
from auslan_explorer.gui.window.main_window import MainWindow
from auslan_explorer.workflows import inspection
from tests.gui.inspector_parts import LEFT, click_row, colour_at, settle


# ------------------------------------------------------------------------------------------------------- signs
def test_page_of_a_sign(window: MainWindow, inspector: Inspector, activations: Activations, qtbot: QtBot) -> None:
    window.session.update(selected=tuple(range(6)))
    page = inspector.sign
    assert page.isVisible() and page.title.text() == "alive"
    said = {name: label.text() for name, label in page.facts.values.items()}
    assert said["selected"] == "all 6 recordings" and said["recognised"] == "5 of 6, 83%"
    assert said["train"] == "3 of 4, 75%" and said["test"] == "1 of 1, 100%"
    rows = page.confused.rows
    assert [(row.text, row.value, row.select) for row in rows] == [
        ("taken for computer (PC)", "1 ×", (0,)),
        ("drink taken for alive", "1 ×", (17,)),
    ]
    settle(qtbot, window)
    assert "from their mean" in page.spread.text() and page.method.text().startswith("By whole paths")
    index = PathIndex(activations.states, activations.offsets, Scaling.of(activations.all_states()))
    among = np.array([index.distances_to_all(i)[:6] for i in range(6)])
    medoid = int(np.argmin(among.sum(axis=1)))
    assert page.typical.rows[0].select == (medoid,)
    assert page.outlying.rows[0].select == (int(np.argmax(among[medoid])),) and len(page.outlying.rows) == 5
    click_row(qtbot, page.confused, 1)
    assert window.session.state.selected == (17,) and inspector.recording.isVisible()
    qtbot.mouseClick(inspector.recording.whole_sign, LEFT)
    assert window.session.state.selected == tuple(range(12, 18)) and page.title.text() == "drink"
    settle(qtbot, window)


def test_a_sign_with_too_many_recordings_stays_with_last_states(
    window: MainWindow, inspector: Inspector, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inspection, "MOST_FOR_PATHS", 5)
    window.session.update(selected=(6, 7))
    settle(qtbot, window)
    assert inspector.sign.facts.values["selected"].text() == "2 of 6 recordings"
    assert inspector.sign.method.text() == "By last hidden states alone."
    assert len(inspector.sign.typical.rows) == 1 and not inspector.sign.comparing.isVisible()


def test_page_of_several_signs(window: MainWindow, inspector: Inspector, qtbot: QtBot) -> None:
    window.session.update(selected=(0, 1, 13, 17))
    page = inspector.signs
    assert page.isVisible() and page.title.text() == "2 signs"
    assert page.summary.text() == "4 recordings selected, 2 of 4 recognised (50%)."
    assert [(row.text, row.value) for row in page.signs.rows] == [("alive", "1 of 2 right"), ("drink", "1 of 2 right")]
    assert [row.select for row in page.mistaken.rows] == [(0,), (17,)]
    click_row(qtbot, page.mistaken, 1)
    assert window.session.state.selected == (17,)
    settle(qtbot, window)


def test_signs_and_mistakes_are_listed_in_the_order_of_the_list(
    window: MainWindow, inspector: Inspector, qtbot: QtBot
) -> None:
    a = window.session.activations
    window.commands.files.show(replace(a, names=("to go", *a.names[1:-1], "God")))
    a = window.session.activations
    wrong = np.flatnonzero(a.predicted != a.sign)
    window.session.update(selected=tuple(range(len(a))))
    settle(qtbot, window)
    page = inspector.signs
    names = [row.text for row in page.signs.rows]
    assert names == sorted(names, key=str.lower) and {"God", "to go"} < set(names)
    listed = [int(row.select[0]) for row in page.mistaken.rows]
    assert set(listed) == set(wrong.tolist())
    ordered = [a.names[a.sign[i]].lower() for i in listed]
    assert ordered == sorted(ordered)


def test_rows_show_what_was_hidden(window: MainWindow, inspector: Inspector, qtbot: QtBot) -> None:
    window.session.update(selected=tuple(range(6)), visible_signs=frozenset({0}), splits=frozenset({0}))
    click_row(qtbot, inspector.sign.confused, 1)
    state = window.session.state
    assert state.visible_signs == {0, 2} and window.session.shown()[17]
    settle(qtbot, window)


def test_rows_can_be_chosen_with_the_keyboard(window: MainWindow, inspector: Inspector, qtbot: QtBot) -> None:
    window.session.update(selected=tuple(range(6)))
    rows = inspector.sign.confused
    rows.setFocus()
    rows.setCurrentCell(0, 0)
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert window.session.state.selected == (17,)
    settle(qtbot, window)


# ------------------------------------------------------------------------------------------------------- mistakes
def test_a_cell_of_the_matrix_selects_its_recordings(window: MainWindow, inspector: Inspector, qtbot: QtBot) -> None:
    window.docks._heads["inspector"].pages.setCurrentIndex(1)
    page = inspector.mistakes
    assert page.isVisible() and page.count.text() == "2 of 24 recordings"
    matrix = page.matrix
    # Rows alive, drink; columns alive, computer (PC).
    spot = matrix.cell(1, 0).center().toPoint()
    red, empty = colour_at(matrix, matrix.cell(1, 0).topLeft() + QPointF(3, 3)), matrix.cell(1, 1)
    assert red.red() > red.blue() + 80
    assert colour_at(matrix, empty.topLeft() + QPointF(3, 3)) == QColor(*window.appearance.theme.background)
    qtbot.mouseMove(matrix, spot)
    qtbot.mouseClick(matrix, LEFT, pos=spot)
    assert page.said.text() == "drink taken for alive: 1 recording"
    assert window.session.state.selected == (17,) and page.isVisible()
    qtbot.mouseClick(matrix, LEFT, pos=empty.center().toPoint())
    assert window.session.state.selected == (17,)
    qtbot.mouseClick(page.everything, LEFT)
    assert window.session.state.selected == (0, 17)
    settle(qtbot, window)


def test_the_matrix_counts_one_split_and_hears_the_keyboard(
    window: MainWindow, inspector: Inspector, qtbot: QtBot
) -> None:
    window.docks.show("mistakes")
    page = inspector.mistakes
    page.split.setCurrentText("train")
    assert page.count.text() == "1 of 16 recordings" and page.matrix.sizeHint() == page.matrix.size()
    step = window.session.state.step
    page.matrix.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Return):
        qtbot.keyClick(page.matrix, key)
    assert window.session.state.selected == (0,) and window.session.state.step == step
    page.split.setCurrentText("validation")
    assert page.count.text() == "None: all 4 recordings are recognised."
    assert not page.everything.isVisible() and page.said.text() == ""
    settle(qtbot, window)


# ------------------------------------------------------------------------------------------------------- Signbank
@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("crazy", "crazy"),
        ("change mind", "change-mind"),
        ("computer (PC)", "computer"),
        ("wait / not yet", "wait"),
        ("is it true?", "is-it-true"),
        ("naïve & so", "na%C3%AFve-%26-so"),
    ],
)
def test_address_of_a_sign(name: str, word: str) -> None:
    assert signbank.page_address(name) == f"https://auslan.org.au/dictionary/words/{word}-1.html"
    assert signbank.page_address(name, "https://example.org/?q={word}") == f"https://example.org/?q={word}"


def test_signbank_opens_in_the_browser_or_says_that_there_is_none(
    window: MainWindow, inspector: Inspector, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    answers = [True, False]

    def open_url(url: Any) -> bool:
        opened.append(url.toString())
        return answers.pop(0)

    monkeypatch.setattr(signbank.QDesktopServices, "openUrl", open_url)
    window.session.update(selected=(7,))
    qtbot.mouseClick(inspector.recording.signbank, LEFT)
    assert opened == ["https://auslan.org.au/dictionary/words/computer-1.html"] and not inspector.no_browser.isVisible()
    window.settings.set_value("signbank_address", "https://example.org/{word}")
    window.session.update(selected=tuple(range(6, 12)))
    qtbot.mouseClick(inspector.sign.signbank, LEFT)
    assert opened[1] == "https://example.org/computer"
    assert inspector.no_browser.isVisible()
    assert inspector.no_browser.text() == "No browser could be opened; the page is https://example.org/computer"
    window.session.update(selected=())
    assert not inspector.no_browser.isVisible()


@pytest.mark.parametrize(
    ("template", "why"),
    [
        ("https://example.org/", "needs {word}"),
        ("", "needs {word}"),
        ("file:///etc/{word}", "no page on the web"),
        ("calc:{word}", "no page on the web"),
        ("example.org/{word}", "no page on the web"),
        ("https://exa mple/{word}", "no page on the web"),
    ],
)
def test_a_broken_address_of_signbank_is_said_and_opens_nothing(
    window: MainWindow, inspector: Inspector, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, template: str, why: str
) -> None:
    opened: list[object] = []
    monkeypatch.setattr(signbank.QDesktopServices, "openUrl", opened.append)
    window.settings.set_value("signbank_address", template)
    window.session.update(selected=(7,))
    qtbot.mouseClick(inspector.recording.signbank, LEFT)
    assert inspector.no_browser.isVisible() and why in inspector.no_browser.text()
    assert "Settings" in inspector.no_browser.text() and not opened


def test_steps_of_recordings_are_gone_to_where_paths_begin_together(
    window: MainWindow, inspector: Inspector, activations: Activations
) -> None:
    one, there = 3, 2
    step = int(activations.first_step[one]) + there
    assert step != there
    window.session.update(alignment=Alignment.START)
    page = inspector.recording
    pages = (inspector.sign, inspector.signs)
    of_a_sign = [partial(plot.step_chosen.emit, one) for each in pages for plot in (each.probabilities, each.fork)]
    plots = (page.lines, page.steps, page.units, page.signal, page.what_if, page.why)
    for selected, chosen in [(tuple(range(6)), each) for each in of_a_sign] + [
        ((one,), each.step_chosen.emit) for each in plots
    ]:
        window.session.update(selected=selected, step=0)
        chosen(step)
        assert window.session.state.step == there
