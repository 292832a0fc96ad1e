"""The dialog that exports for ELAN writes what is chosen, and offers the hands only where they are at hand."""

from __future__ import annotations

import shlex
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from auslan_explorer.cli import make_parser
from auslan_explorer.core.session import Session
from auslan_explorer.draw.theme import LIGHT
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.export.elan_dialog import ExportElanDialog
from auslan_explorer.gui.export.offered_name import name_of_recordings
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.recording_frames import RecordingFrames
from auslan_explorer.gui.widgets.text import format_count
from auslan_explorer.gui.window.main_window import MainWindow
from auslan_explorer.io.cache import read_cache, write_cache
from auslan_explorer.io.eaf_reader import read_eaf
from tests.gui.window_parts import open_window, other_network
from tests.made_up import made_up_activations


def opened(window: MainWindow, folder: Path) -> ExportElanDialog:
    window.actions_[ActionId.EXPORT_ELAN].trigger()
    (dialog,) = window.findChildren(ExportElanDialog)
    dialog.offer(folder)
    return dialog


def test_hands_are_offered_of_signs_alone_and_a_table_of_all(qtbot: QtBot) -> None:
    jobs, parent = Jobs(), QWidget()
    qtbot.addWidget(parent)
    for activations, offered in ((other_network(), False), (made_up_activations(), True)):
        session = Session(activations)
        dialog = ExportElanDialog(jobs, parent, session, RecordingFrames(session, jobs, jobs), LIGHT)
        shown = [dialog.form.isRowVisible(box) for box in (dialog.film, dialog.table, dialog.pose)]
        assert shown == [offered, True, offered]
        dialog.reject()
    jobs.cancel_all()


def test_answers_are_written_without_recordings_and_a_command_writes_the_same(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUSLAN_EXPLORER_DATA", str(tmp_path / "data"))
    a = made_up_activations()
    assert a.head is not None
    last = a.head.probabilities(a.all_states()[a.offsets[1:] - 1]).argmax(axis=1)
    write_cache(tmp_path / "states.h5", replace(a, predicted=last.astype(np.int16)))
    with open_window(qapp, qtbot, tmp_path / "w.ini", read_cache(tmp_path / "states.h5")) as window:
        window.session.update(selected=(7, 9))
        dialog = opened(window, tmp_path)
        assert dialog.target().name == "computer-(PC).eaf"
        assert not dialog.film.isEnabled() and dialog.film.toolTip()
        assert dialog.table.isEnabled() and not dialog.table.toolTip()
        assert (dialog.table.isChecked(), dialog.pose.isChecked()) == (True, False)
        assert all(dialog.form.isRowVisible(box) for box in (dialog.film, dialog.table, dialog.pose))
        assert [each.name for each in dialog.extra_targets()] == ["computer-(PC).csv"]
        dialog.start()
        qtbot.waitUntil(lambda: dialog._job is None)
        assert dialog.message.text().startswith("Written"), dialog.message.text()
        written = read_eaf(tmp_path / "computer-(PC).eaf")
        a = window.session.activations
        names = [f"{a.signs[a.sign[i]]} {a.session[i]}.{a.trial[i]}" for i in (7, 9)]
        assert [text.text for text in written[0].texts] == names
        header = (tmp_path / "computer-(PC).csv").read_text(encoding="utf-8").splitlines()[0]
        assert header == "time_s,certainty,true_sign"
        args = make_parser()[0].parse_args(shlex.split(dialog.command())[1:])
        assert (args.only, args.no_film, args.no_table, args.pose) == (", ".join(names), True, False, False)
        assert args.cache == tmp_path / "states.h5" and args.out == dialog.target()
        dialog.reject()


@pytest.mark.parametrize("selected", [(), (7, 9)])
def test_what_is_offered_is_what_is_selected_shown_and_all_and_only_what_there_is(
    qtbot: QtBot, tmp_path: Path, selected: tuple[int, ...]
) -> None:
    jobs, parent = Jobs(), QWidget()
    qtbot.addWidget(parent)
    session = Session(made_up_activations())
    shown = np.flatnonzero(np.isin(session.activations.sign, [1, 2]))
    session.update(selected=selected, visible_signs=frozenset({1, 2}))
    dialog = ExportElanDialog(jobs, parent, session, RecordingFrames(session, jobs, jobs), LIGHT)
    dialog.offer(tmp_path)
    wanted = {"What is selected": selected, "What is shown": shown, "All": range(len(session.activations))}
    wanted = {name: list(rows) for name, rows in wanted.items() if len(rows)}
    offered = [dialog.which.itemText(row) for row in range(dialog.which.count())]
    assert offered == [f"{name}: {format_count(len(rows), 'recording')}" for name, rows in wanted.items()]
    for row, rows in enumerate(wanted.values()):
        dialog.which.setCurrentIndex(row)
        assert dialog._recordings().tolist() == rows == dialog.work().args[1]  # type: ignore[attr-defined]
        named = name_of_recordings(session.activations, np.isin(np.arange(len(session.activations)), rows))
        assert dialog.target().stem == "-".join(named.split())
    dialog.reject()
    jobs.cancel_all()
