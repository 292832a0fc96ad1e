"""What is left of the data before is gone once other data are opened."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from auslan_explorer.core.playing import Alignment
from auslan_explorer.core.selection import position_of_step
from auslan_explorer.gui.inspector.inspector import Inspector
from auslan_explorer.gui.widgets.page import PendingResult
from auslan_explorer.gui.window.main_window import MainWindow
from tests.gui.inspector_parts import settle
from tests.gui.window_parts import other_network

SELECTIONS = [(5,), (0, 1, 2, 3, 4, 5), (5, 11)]


def test_no_sentence_on_a_result_outlives_its_data(window: MainWindow, qtbot: QtBot) -> None:
    for dock in window.docks.names:
        window.docks.show(dock)
    for selected in SELECTIONS:
        window.session.update(selected=selected)
        settle(qtbot, window)
    # The quality dock asks anew once it is seen, and runs are not of the data.
    others = {window.quality.waiting, window.runs._waiting}
    pending = set(window.findChildren(PendingResult)) - others
    assert len(pending) >= 5
    for each in pending:
        each.show_failure("What failed before.")
    window.session.open(other_network())
    for selected in SELECTIONS:
        window.session.update(selected=selected)
        settle(qtbot, window)
    assert not [each.parentWidget() for each in pending if each.label.text() == "What failed before."]


def test_a_step_chosen_on_any_page_is_gone_to_as_recordings_are_lined_up(
    window: MainWindow, inspector: Inspector, qtbot: QtBot
) -> None:
    session = window.session
    session.update(selected=(5, 11))
    settle(qtbot, window)
    for alignment in Alignment:
        session.update(alignment=alignment)
        for page in (inspector.sign, inspector.signs):
            session.update(step=0)
            page.probabilities.step_chosen.emit(5, 12)
            assert session.state.step == position_of_step(session, 5, 12), alignment
    assert position_of_step(session, 5, 12) != 12
