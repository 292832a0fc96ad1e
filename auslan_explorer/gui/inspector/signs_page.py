"""The inspector's page for several signs."""

from __future__ import annotations

import numpy as np
from PySide6.QtWidgets import QLabel, QWidget

from auslan_explorer.core.selected import Selected
from auslan_explorer.core.selection import position_of_step, select
from auslan_explorer.core.session import Session
from auslan_explorer.core.shares import percent
from auslan_explorer.core.signs import isolate
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.inspector.fork_section import ForkSection
from auslan_explorer.gui.inspector.probabilities import ProbabilityPlots
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.recording_frames import RecordingFrames
from auslan_explorer.gui.widgets.page import Heading, Page, muted_label
from auslan_explorer.gui.widgets.row_list import Row, RowList
from auslan_explorer.gui.widgets.text import format_count, recording_title

MOST_ROWS = 100
"""Most misclassified recordings listed."""


class SignsPage(Page):
    """Numbers of recordings and correct predictions of several signs, and their misclassified recordings."""

    def __init__(self, session: Session, frames: RecordingFrames, jobs: Jobs, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._session = session
        inner = self.inner
        self.title = QLabel(inner)
        self.title.setProperty("type", "title")
        self.summary = muted_label("", inner)
        self.mistaken_head = Heading(tr("Mistaken"), inner)
        self.mistaken = RowList(tr("Mistaken recordings"), inner, session)
        self.signs = RowList(tr("Selected signs"), inner, session)
        self.probabilities = ProbabilityPlots(session, inner)
        self.probabilities.step_chosen.connect(self._go_to_step)
        self.add(self.title, self.summary, Heading(tr("Signs"), inner), self.signs, self.mistaken_head, self.mistaken)
        self.fork = ForkSection(session, frames, jobs, inner)
        self.fork.step_chosen.connect(self._go_to_step)
        self.add(self.fork, self.probabilities)
        self.column.addStretch(1)
        for rows in (self.signs, self.mistaken):
            rows.chosen.connect(self._choose)

    def show_selected(self, selected: Selected) -> None:
        """Show the selected recordings, of more than one sign."""
        a = self._session.activations
        chosen = selected.rows
        signs = a.sort_signs(np.unique(a.sign[chosen]))
        known = chosen[a.predicted[chosen] >= 0]
        wrong = known[a.predicted[known] != a.sign[known]]
        wrong = wrong[np.argsort(a.sign_ranks[a.sign[wrong]], kind="stable")]
        self.title.setText(format_count(len(signs), "sign"))
        text = tr("{0} selected", format_count(len(chosen), "recording"))
        if len(known):
            text += tr(
                ", {0} of {1} recognised ({2})",
                len(known) - len(wrong),
                len(known),
                percent(1 - len(wrong) / len(known)),
            )
        self.summary.setText(text + ".")
        by_sign = chosen[np.argsort(a.sign[chosen], kind="stable")]
        found, starts = np.unique(a.sign[by_sign], return_index=True)
        own = dict(zip(found.tolist(), np.split(by_sign, starts[1:]), strict=True))
        self.signs.show_rows([self._sign_row(int(sign), own[int(sign)]) for sign in signs])
        self.mistaken_head.setVisible(len(wrong) > 0)
        self.mistaken.show_rows(
            [
                Row(f"{recording_title(self._session, int(i))}", f"→ {isolate(a.names[a.predicted[i]])}", (int(i),))
                for i in wrong[:MOST_ROWS]
            ]
        )
        self.fork.show_selected(selected)
        self.probabilities.show_recordings(selected)
        self.verticalScrollBar().setValue(0)

    def _sign_row(self, sign: int, own: np.ndarray) -> Row:
        a = self._session.activations
        known = own[a.predicted[own] >= 0]
        right = int((a.predicted[known] == sign).sum())
        value = tr("{0} of {1} right", right, len(known)) if len(known) else ""
        return Row(a.names[sign], value, tuple(own.tolist()))

    def _choose(self, row: Row) -> None:
        select(self._session, row.select)

    def _go_to_step(self, recording: int, step: int) -> None:
        self._session.update(step=position_of_step(self._session, recording, step))
