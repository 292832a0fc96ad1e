"""The inspector's page on pairs of signs: which stay together longest, and what keeps them apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QDockWidget, QMainWindow, QPushButton, QWidget

from auslan_explorer import paths
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.minimal_pair import FEATURES, MinimalPair
from auslan_explorer.core.session import Session
from auslan_explorer.core.shares import percent
from auslan_explorer.core.signs import isolate, joined_names
from auslan_explorer.gui.i18n import mark, tr
from auslan_explorer.gui.inspector.label_section import TWO_SIGNS
from auslan_explorer.gui.jobs import Job, Jobs
from auslan_explorer.gui.recording_frames import FramesState, RecordingFrames
from auslan_explorer.gui.style import UNIT
from auslan_explorer.gui.widgets.buttons import push_button
from auslan_explorer.gui.widgets.page import Heading, Page, PendingResult, muted_label
from auslan_explorer.gui.widgets.responsive_row import ResponsiveRow
from auslan_explorer.gui.widgets.row_list import Row, RowList
from auslan_explorer.gui.widgets.save_file import ask_where_to_save
from auslan_explorer.gui.widgets.text import format_count
from auslan_explorer.workflows.forks import PairFork, find_all_forks, known_forks
from auslan_explorer.workflows.minimal_pairs import find_minimal_pairs, known_minimal_pairs
from auslan_explorer.workflows.origin import origin_of

MOST_FORKS, MOST_ROWS = 20, 60
ABOUT_FORKS = mark(
    "The share of their way that two signs’ mean paths go together before they part, in the space of all units: see "
    "“?” at “Where they part” of two selected signs. It takes a minute or so and is kept."
)
ABOUT_PAIRS = mark(
    "Sign linguists call two signs a minimal pair if one of handshape, place, movement and orientation alone parts "
    "them (Stokoe 1960; Johnston and Schembri 2007 on Auslan). Here one of them is taken from every recording, and the "
    "network answers again: bends of fingers and turns of hands become those of a mean frame, a place the mean one "
    "while hands move as before, or hands stay at their own mean place. Listed is what is then taken for something "
    "else. That says what this network goes by; a network that was not trained on such gestures may err for other "
    "reasons, and the face and the spread of fingers were never measured."
)
PAIRS_ASKED = mark("Which signs are kept apart by handshape, place, movement or orientation alone.")
_FEATURES = {
    "handshape": mark("handshape"), "place": mark("place"), "movement": mark("movement"),
    "orientation": mark("orientation"),
}  # fmt: skip


class PairsDock(QDockWidget):
    """Dock with tables of pairs of signs, computed on request and kept."""

    def __init__(self, session: Session, frames: RecordingFrames, jobs: Jobs, window: QMainWindow) -> None:
        super().__init__(tr("Pairs"), window)
        self.setObjectName("pairs")
        self._session, self._frames, self._jobs = session, frames, jobs
        self._running: dict[PendingResult, Job] = {}
        """What is being computed, by where its progress stands."""
        self._sought = False
        self.forks: list[PairFork] | None = None
        self.pairs: list[MinimalPair] | None = None
        page = Page(self)
        inner = page.inner
        self.find_forks = self._button(tr("Compare all signs"), inner)
        self.find_pairs = self._button(tr("Ask the network"), inner)
        self.fork_rows = RowList(tr("Pairs that stay together longest"), inner, session)
        self.pair_rows = RowList(tr("The network’s minimal pairs"), inner, session)
        self.forks_pending, self.pairs_pending = PendingResult(inner), PendingResult(inner)
        self.counted = muted_label("", inner)
        self.feature = QComboBox(inner)
        self.feature.setAccessibleName(tr("What keeps them apart"))
        self.feature.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.feature.addItem(tr("all four"), "")
        for name in FEATURES:
            self.feature.addItem(tr(_FEATURES[name]), name)
        self.export = push_button(tr("Export…"), tr("Write all pairs as a table with glosses (CSV)"), inner)
        self._row = ResponsiveRow(inner, self.feature, None, self.export)
        self._forks_asked = muted_label(tr("Which two signs’ paths go together longest. It takes a minute."), inner)
        self._pairs_asked = muted_label(tr(PAIRS_ASKED), inner)
        self._pairs_head = Heading(tr("The network’s minimal pairs"), inner, tr(ABOUT_PAIRS))
        page.add(Heading(tr("Together longest"), inner, tr(ABOUT_FORKS)), self._forks_asked)
        page.column.addWidget(self.find_forks, 0, Qt.AlignmentFlag.AlignLeft)
        page.add(self.forks_pending, self.fork_rows, self._pairs_head, self._pairs_asked)
        page.column.addWidget(self.find_pairs, 0, Qt.AlignmentFlag.AlignLeft)
        page.add(self.pairs_pending, self._row, self.counted, self.pair_rows)
        page.column.addStretch(1)
        page.setMinimumWidth(34 * UNIT)
        self.setWidget(page)
        for rows in (self.fork_rows, self.pair_rows):
            rows.chosen.connect(self._choose)
        self.find_forks.clicked.connect(self._start_forks)
        self.find_pairs.clicked.connect(self._start_pairs)
        self.forks_pending.again.connect(self._start_forks)
        self.pairs_pending.again.connect(self._start_pairs)
        self.feature.currentIndexChanged.connect(self._show_pairs)
        self.export.clicked.connect(self._ask_where)
        session.data_changed.connect(self._reset)
        self.visibilityChanged.connect(lambda visible: self._look() if visible else None)
        self._reset()

    @staticmethod
    def _button(text: str, parent: QWidget) -> QPushButton:
        button = QPushButton(text, parent)
        button.setAccessibleName(text)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._frames.request()

    # ------------------------------------------------------------------------------------------------- what is known
    def _reset(self) -> None:
        running, self._running = self._running, {}
        for job in running.values():
            job.cancel()
        self._sought, self.forks, self.pairs = False, None, None
        self._show_forks()
        self._show_pairs()
        for pending in (self.forks_pending, self.pairs_pending):
            pending.show_sentence("")
        if self.isVisible():
            self._look()

    def _look(self) -> None:
        """Show what was computed before, once the page is seen."""
        if self._sought:
            return
        self._sought = True
        a = self._session.activations
        several = a.classified and len(a.signs) > 1
        for button in (self.find_forks, self.find_pairs):
            button.setEnabled(several)
            button.setToolTip("" if several else tr(TWO_SIGNS))
        if len(a):
            self.forks, self.pairs = known_forks(a), known_minimal_pairs(a)
        self._show_forks()
        self._show_pairs()

    # ------------------------------------------------------------------------------------------------- jobs
    def _start(self, title: str, work: Callable[..., Any], pending: PendingResult, show: Callable[[Any], None]) -> None:
        if pending in self._running and self._running[pending].running:
            return
        pending.show_waiting(tr("{0}…", title))
        job = self._running[pending] = self._jobs.start(title, work, makes_something=False)
        job.done.connect(show)
        pending.show_job(job)

    def _start_forks(self) -> None:
        work = partial(find_all_forks, self._session.activations)
        self._start(tr("Comparing all signs"), work, self.forks_pending, self._on_forks)

    def _start_pairs(self) -> None:
        if self._frames.state is not FramesState.READY:
            self.pairs_pending.show_sentence(
                tr("The recordings themselves are needed; File > Download recordings gets them.")
            )
            return
        work = partial(find_minimal_pairs, self._session.activations, self._frames.frames_of)
        self._start(tr("Asking the network"), work, self.pairs_pending, self._on_pairs)

    def _on_forks(self, found: list[PairFork]) -> None:
        self.forks = found
        self.forks_pending.show_sentence("")
        self._show_forks()

    def _on_pairs(self, found: list[MinimalPair]) -> None:
        self.pairs = found
        self.pairs_pending.show_sentence("")
        self._show_pairs()

    # ------------------------------------------------------------------------------------------------- display
    def _show_forks(self) -> None:
        known = self.forks is not None
        self._forks_asked.setVisible(not known)
        self.find_forks.setVisible(not known)
        self.fork_rows.setVisible(known)
        self.fork_rows.show_rows(
            [
                Row(self._name(each.one, each.other), percent(each.together), self._recordings(each.one, each.other))
                for each in (self.forks or [])[:MOST_FORKS]
            ]
        )

    def _show_pairs(self) -> None:
        # Handshape, place, movement and orientation are those of gloves.
        offered = self._session.activations.wording.of_signs
        known = offered and self.pairs is not None
        self._pairs_head.setVisible(offered)
        self._pairs_asked.setVisible(offered and not known)
        self.find_pairs.setVisible(offered and not known)
        for part in (self._row, self.counted, self.pair_rows):
            part.setVisible(known)
        wanted = self.feature.currentData()
        found = [each for each in self.pairs or () if wanted in ("", each.feature)]
        shown = found[:MOST_ROWS]
        self.counted.setText(
            tr("{0} pairs in all; the {1} with the largest share are listed.", len(found), len(shown))
            if len(found) > len(shown)
            else tr("{0}.", format_count(len(found), "pair"))
        )
        self.pair_rows.show_rows([self._pair_row(each) for each in shown])

    def _pair_row(self, pair: MinimalPair) -> Row:
        names = [isolate(self._session.activations.names[each]) for each in (pair.one, pair.other)]
        tip = tr("Without {0}, taken for “{4}”: {1} of {2} of “{3}”; the other way round: {5} of {6}.",
                 tr(_FEATURES[pair.feature]), pair.taken, format_count(pair.of_one, "recording"), names[0], names[1],
                 pair.back, pair.of_other)  # fmt: skip
        value = f"{tr(_FEATURES[pair.feature])} {percent(pair.share)}"
        return Row(self._name(pair.one, pair.other), value, self._recordings(pair.one, pair.other), None, tip)

    def _name(self, one: int, other: int) -> str:
        names = self._session.activations.names
        return joined_names(names[one], names[other])

    def _recordings(self, *signs: int) -> tuple[int, ...]:
        return tuple(np.flatnonzero(np.isin(self._session.activations.sign, signs)).tolist())

    def _choose(self, row: Row) -> None:
        from auslan_explorer.core.selection import select

        select(self._session, row.select)

    # ------------------------------------------------------------------------------------------------- export
    def _ask_where(self) -> None:
        offered = paths.home_dir() / "minimal-pairs.csv"
        ask_where_to_save(self, tr("Export minimal pairs"), offered, tr("Table (*.csv)"), self.export_to)

    def export_to(self, file: Path) -> None:
        """Write all pairs as CSV, and beside it what its columns hold and where it is from."""
        from auslan_explorer.io.minimal_pairs_export import write_minimal_pairs

        pairs: Sequence[MinimalPair] = self.pairs or ()
        a = self._session.activations
        try:
            write_minimal_pairs(file, pairs, a.signs, a.names, origin_of(a, ()), describe=True)
        except UserError as error:
            self.pairs_pending.show_sentence(str(error))
            return
        self.pairs_pending.show_sentence(tr("Written to {0}.", str(file)))
