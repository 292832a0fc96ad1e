"""The inspector's page for one sign."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from auslan_explorer.analysis.sign_report import Confused, SignReport, Spread, Typical
from auslan_explorer.core.selection import position_of_step, select
from auslan_explorer.core.session import Session
from auslan_explorer.core.shares import percent
from auslan_explorer.gui.i18n import mark, tr
from auslan_explorer.gui.inspector.fork_section import ForkSection
from auslan_explorer.gui.inspector.probabilities import ProbabilityPlots
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.recording_frames import RecordingFrames
from auslan_explorer.gui.widgets.page import (
    Heading,
    KeyValueList,
    Page,
    PendingResult,
    WrappingTitle,
    link,
    muted_label,
    title_row,
)
from auslan_explorer.gui.widgets.row_list import Row, RowList
from auslan_explorer.gui.widgets.text import format_count, recording_title

_ABOUT_SPREAD = (
    "How far the last hidden states of the sign’s recordings lie from their mean, on average, beside how far the mean "
    "of the nearest other sign is. A sign whose spread comes close to that distance is easily confused (compare the "
    "index of Davies and Bouldin 1979)."
)
_ABOUT_TYPICAL = (
    "The typical recording is the medoid: the one whose distances to all others of the sign add up to least (Kaufman "
    "and Rousseeuw 1990). Outlying ones are farthest from it."
)


class SignPage(Page):
    """Accuracy, confusions, spread, the typical recording and outliers of one sign.

    Signals
    -------
    signbank_asked(sign)
        The link to the sign's page in Signbank was clicked.
    again_typical()
        Retry the typical recording.
    """

    signbank_asked = Signal(int)
    again_typical = Signal()

    def __init__(self, session: Session, frames: RecordingFrames, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.report: SignReport | None = None
        inner = self.inner
        self.title = WrappingTitle("", inner)
        self.title.setProperty("type", "title")
        self.signbank = link(tr("Signbank ↗"), inner, tr("See the sign in Auslan Signbank, in the browser"))
        self.signbank.clicked.connect(self._ask_signbank)
        self.add(title_row(self.title, inner, self.signbank))
        self.facts = KeyValueList(
            (mark("selected"), mark("recognised"), mark("train"), mark("validation"), mark("test")), inner
        )
        self.no_confusion = muted_label("", inner)
        self.confused = RowList(tr("Confusions"), inner, session)
        self.spread = muted_label("", inner)
        self.method = muted_label("", inner)
        self.typical = RowList(tr("Typical recording"), inner, session)
        self.outlying_head = muted_label(tr("Outlying, with their distance to the typical one:"), inner)
        self.outlying = RowList(tr("Outlying recordings"), inner, session)
        self.comparing = PendingResult(inner)
        self.probabilities = ProbabilityPlots(session, inner)
        self.probabilities.step_chosen.connect(self._go_to_step)
        self.fork = ForkSection(session, frames, jobs, inner)
        self.fork.step_chosen.connect(self._go_to_step)
        self.add(
            self.facts,
            self.fork,
            self.probabilities,
            Heading(tr("Confusions"), inner),
            self.no_confusion,
            self.confused,
            Heading(tr("Spread"), inner, tr(_ABOUT_SPREAD)),
            self.spread,
            Heading(tr("Typical and outlying"), inner, tr(_ABOUT_TYPICAL)),
            self.method,
            self.comparing,
            self.typical,
            self.outlying_head,
            self.outlying,
        )
        self.column.addStretch(1)
        for rows in (self.confused, self.typical, self.outlying):
            rows.chosen.connect(self._choose)
        self.comparing.again.connect(self.again_typical)

    def show_report(self, report: SignReport) -> None:
        """Show a sign's report; spread and typical recording follow later."""
        a = self._session.activations
        self.report = report
        self.signbank.setVisible(self._session.activations.wording.of_signs)
        self.title.setText(a.names[report.sign])
        selected = len(self._session.state.selected)
        recordings = format_count(len(report.recordings), "recording")
        whole = selected == len(report.recordings)
        self.facts.show_values(
            selected=tr("all {0}", recordings) if whole else tr("{0} of {1}", selected, recordings),
            recognised=_share(report.right["all"]),
            train=_share(report.right.get("train")),
            validation=_share(report.right.get("validation")),
            test=_share(report.right.get("test")),
        )
        name = a.names[report.sign]
        self.confused.show_rows(
            [self._confusion(each, tr("taken for {0}", a.names[each.sign])) for each in report.taken_for]
            + [self._confusion(each, tr("{0} taken for {1}", a.names[each.sign], name)) for each in report.mistaken_as]
        )
        known = report.right["all"][1] > 0
        self.no_confusion.setText(
            tr("Never confused with another sign.") if known else tr("The answers are not known.")
        )
        self.no_confusion.setVisible(not self.confused.rows)
        self.fork.show_selected(self._session.state.selected)
        self.probabilities.show_recordings(self._session.state.selected)
        self.spread.setText(tr("Being measured…"))
        self.show_typical(Typical(-1, (), whole_paths=False))
        self.method.setText("")
        self.verticalScrollBar().setValue(0)

    def show_spread(self, spread: Spread | None) -> None:
        """Show the spread of the last hidden states; None if it is unknown."""
        if spread is None:
            self.spread.setText(tr("There is no recording to measure."))
            return
        text = tr("{0:.2f} from their mean, on average.", spread.mean_distance)
        if spread.nearest_sign >= 0:
            nearest = self._session.activations.names[spread.nearest_sign]
            text += tr(" The mean of the nearest other sign, “{0}”, is {1:.2f} away", nearest, spread.nearest_distance)
            if spread.nearest_distance > 0:
                text += tr(": the spread is {0:.0%} of that", spread.mean_distance / spread.nearest_distance)
            text += "."
        self.spread.setText(text)

    def show_typical(self, typical: Typical) -> None:
        """Show the medoid recording and those farthest from it."""
        found = typical.medoid >= 0
        self.method.setText(
            tr("By whole paths (dynamic time warping).") if typical.whole_paths else tr("By last hidden states alone.")
        )
        self.typical.show_rows(
            [Row(recording_title(self._session, typical.medoid), "typical", (typical.medoid,))] * found
        )
        self.outlying.show_rows(
            [Row(recording_title(self._session, i), f"{far:.2f}", (i,)) for i, far in typical.outlying]
        )
        self.outlying_head.setVisible(bool(typical.outlying))

    def _confusion(self, each: Confused, text: str) -> Row:
        return Row(text, f"{len(each.recordings)} ×", each.recordings)

    def _choose(self, row: Row) -> None:
        select(self._session, row.select, row.step)

    def _go_to_step(self, recording: int, step: int) -> None:
        self._session.update(step=position_of_step(self._session, recording, step))

    def _ask_signbank(self) -> None:
        if self.report is not None:
            self.signbank_asked.emit(self.report.sign)


def _share(right: tuple[int, int] | None) -> str:
    if right is None or not right[1]:
        return ""
    return tr("{0} of {1}, {2}", right[0], right[1], percent(right[0] / right[1]))
