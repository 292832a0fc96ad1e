"""The inspector: shows a page for the selection, and computes in the background what takes long."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.session import Session, SessionState
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.jobs import Job, Jobs
from auslan_explorer.gui.recording_frames import RecordingFrames
from auslan_explorer.gui.settings.store import Settings
from auslan_explorer.gui.style import UNIT
from auslan_explorer.gui.widgets.page import muted_label

if TYPE_CHECKING:
    from auslan_explorer.analysis.sign_report import Typical
    from auslan_explorer.gui.inspector.confusion_page import ConfusionPage
    from auslan_explorer.gui.inspector.recording_page import RecordingPage
    from auslan_explorer.gui.inspector.sign_page import SignPage
    from auslan_explorer.gui.inspector.signs_page import SignsPage
    from auslan_explorer.workflows.inspection import Distances, Prepared

NEAREST = 10
PAGE_WIDTH = 38 * UNIT
REST_MS = 150
"""Milliseconds without a change of selection before long work starts, so that stepping through a list starts none."""


class Inspector(QWidget):
    """Pages on the selected recording, sign or signs, and on all errors.

    Parameters
    ----------
    session : Session
    jobs : Jobs
    settings : Settings
    frames : RecordingFrames
    """

    def __init__(
        self,
        session: Session,
        jobs: Jobs,
        settings: Settings,
        frames: RecordingFrames,
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._jobs = jobs
        self._settings = settings
        self._prepared: Prepared | None = None
        self._preparing: Job | None = None
        self._comparing_all: Job | None = None
        self._of_selection: list[Job] = []
        self._seeking: Job | None = None
        self._marked: tuple[np.ndarray, np.ndarray, int] | None = None
        self._stale = True
        self._frames = frames
        self._recording: RecordingPage | None = None
        self._sign: SignPage | None = None
        self._signs: SignsPage | None = None
        self._mistakes: ConfusionPage | None = None
        self.selection = QStackedWidget(self)
        self.message = QLabel(self.selection)
        self.message.setProperty("muted", True)
        self.message.setWordWrap(True)
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.message.setMargin(3 * UNIT)
        self.selection.addWidget(self.message)
        self.no_browser = muted_label("", self)
        self.no_browser.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.no_browser.setContentsMargins(UNIT + UNIT // 2, UNIT // 2, UNIT, UNIT)
        self.no_browser.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.selection, 1)
        column.addWidget(self.no_browser)
        self.setMinimumWidth(PAGE_WIDTH)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._start_missing)
        # After all else: parts of pages, whenever these are made, let go of what they showed before they show anew.
        session.changed.connect(self._on_state_changed, priority=-1)
        session.data_changed.connect(self._reset, priority=-1)

    # ---- pages, each made when it is first shown, where it stays: to move one costs as much as to make half of it
    @property
    def recording(self) -> RecordingPage:
        """The page on one recording."""
        if self._recording is None:
            from auslan_explorer.gui.inspector.recording_page import RecordingPage

            self._recording = page = RecordingPage(self._session, self._frames, self._jobs, self.selection)
            self.selection.addWidget(page)
            page.marked.connect(self._search_elsewhere)
            page.unmarked.connect(self._clear_search)
            page.again_nearest.connect(self._start_missing)
            page.again_elsewhere.connect(self._retry_search)
            page.signbank_asked.connect(self._open_signbank)
        return self._recording

    @property
    def sign(self) -> SignPage:
        """The page on the recordings of one sign."""
        if self._sign is None:
            from auslan_explorer.gui.inspector.sign_page import SignPage

            self._sign = page = SignPage(self._session, self._frames, self._jobs, self.selection)
            self.selection.addWidget(page)
            page.again_typical.connect(self._start_missing)
            page.signbank_asked.connect(self._open_signbank)
        return self._sign

    @property
    def signs(self) -> SignsPage:
        """The page on several signs."""
        if self._signs is None:
            from auslan_explorer.gui.inspector.signs_page import SignsPage

            self._signs = SignsPage(self._session, self._frames, self._jobs, self.selection)
            self.selection.addWidget(self._signs)
        return self._signs

    @property
    def mistakes(self) -> ConfusionPage:
        """The page on all mistakes, which stands in a dock of its own."""
        if self._mistakes is None:
            from auslan_explorer.gui.inspector.confusion_page import ConfusionPage

            self._mistakes = ConfusionPage(self._session, self._jobs, self)
        return self._mistakes

    def compare_all(self, cluster: str) -> Job | None:
        """Compare the paths of all recordings in the background; return the job, or None if one is running.

        Parameters
        ----------
        cluster : str
            Address of a Dask cluster, if there is one: it compares what is too much for this computer.
        """
        if self._comparing_all is not None and self._comparing_all.running:
            return None
        from auslan_explorer.workflows import inspection

        function = partial(inspection.compare_all, self._session.activations, self._prepared, cluster or None)
        self._comparing_all = self._jobs.start(tr("Comparing all paths"), function, makes_something=False)
        self._comparing_all.done.connect(self._show_kept_distances)
        return self._comparing_all

    # ------------------------------------------------------------------------------------------------- signals
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._show_selection()

    def _on_state_changed(self, new: SessionState, old: SessionState) -> None:
        if new.selected != old.selected:
            self._cancel_jobs()
            # A hidden inspector does no work.
            self._stale = True
            if self.isVisible():
                self._show_selection()
        elif (new.step, new.alignment) != (old.step, old.alignment):
            if self._recording is not None:
                self._recording.follow_playback()
            for page in (self._sign, self._signs):
                if page is not None:
                    page.probabilities.follow_playback()
        if new.hand_threshold != old.hand_threshold and self._recording is not None:
            self._recording.show_hands()

    def _reset(self) -> None:
        self._cancel_jobs()
        if self._preparing is not None:
            self._preparing.cancel()
        # Comparing all paths continues for the activations that it was started for.
        self._prepared = self._preparing = self._comparing_all = None
        if self._mistakes is not None:
            self._mistakes.show_data()
        self._stale = True
        if self.isVisible():
            self._show_selection()

    def _cancel_jobs(self) -> None:
        """Cancel the jobs of an earlier selection."""
        self._rest.stop()
        self._marked = None
        self.no_browser.hide()
        jobs, self._of_selection = self._of_selection, []
        for job in jobs:
            job.cancel()

    def _show_selection(self) -> None:
        self._stale = False
        a, selected = self._session.activations, self._session.state.selected
        if not selected:
            self._show_sentence(tr("Nothing is selected. Click a path or choose a sign."))
            return
        signs = np.unique(a.sign[selected.rows])
        try:
            if len(selected) == 1:
                self._show_recording(selected[0])
            elif len(signs) == 1:
                self._show_sign(int(signs[0]))
            else:
                self.signs.show_selected(selected)
                self.selection.setCurrentWidget(self.signs)
        except UserError as error:
            # For example a missing cache file; shown in place of the page.
            self._show_sentence(str(error))

    def _show_sentence(self, sentence: str) -> None:
        self.message.setText(sentence)
        self.selection.setCurrentWidget(self.message)

    def _show_recording(self, recording: int) -> None:
        ready = self._prepared
        self.recording.show_recording(
            recording, None if ready is None else ready.order, None if ready is None else ready.mean_step
        )
        self.selection.setCurrentWidget(self.recording)
        kept = None if self._prepared is None else self._prepared.row(recording)
        if kept is None:
            self.recording.comparing.show_waiting(tr("Comparing with all other recordings…"))
            self._rest.start()
        else:
            self._show_distances(recording, kept)

    def _show_sign(self, sign: int) -> None:
        from auslan_explorer.analysis.sign_report import sign_report

        self.sign.show_report(sign_report(self._session.activations, sign))
        self.selection.setCurrentWidget(self.sign)
        if self._prepared is None:
            self.sign.comparing.show_waiting(tr("Reading hidden states…"))
            self._rest.start()
        else:
            self._show_prepared_sign(self._prepared)

    # ------------------------------------------------------------------------------------------------- background jobs
    def _start_missing(self) -> None:
        """Start computing what the page shown still lacks."""
        from auslan_explorer.workflows import inspection

        page = self.selection.currentWidget()
        if self._prepared is None:
            self._prepare()
        elif page is self._recording:
            recording = self.recording.recording
            self.recording.comparing.show_waiting(tr("Comparing with all other recordings…"))
            job = self._start(tr("Comparing paths"), partial(inspection.compare, self._prepared, recording))
            job.done.connect(self._on_compared)
            self.recording.comparing.show_job(job)
        elif page is self._sign and self.sign.report is not None:
            self._find_typical(self._prepared)

    def _start(self, title: str, function: Callable[..., Any]) -> Job:
        job = self._jobs.start(title, function, makes_something=False)
        self._of_selection.append(job)
        return job

    def _prepare(self) -> None:
        from auslan_explorer.workflows import inspection

        waiting = (self.recording if self.selection.currentWidget() is self._recording else self.sign).comparing
        if self._preparing is None:
            self._preparing = self._jobs.start(
                tr("Reading hidden states"),
                partial(inspection.prepare, self._session.activations),
                makes_something=False,
            )
            self._preparing.done.connect(self._on_prepared)
            self._preparing.finished.connect(self._on_preparing_ended)
        waiting.show_waiting(tr("Reading hidden states…"))
        waiting.show_job(self._preparing)

    def _on_preparing_ended(self) -> None:
        self._preparing = None

    def _on_prepared(self, prepared: Prepared) -> None:
        self._prepared = prepared
        page = self.selection.currentWidget()
        if page is self._sign:
            self._show_prepared_sign(prepared)
        elif page is self._recording:
            self.recording.show_prepared(prepared.order, prepared.mean_step)
            kept = prepared.row(self.recording.recording)
            if kept is None:
                self._start_missing()
            else:
                self._show_distances(self.recording.recording, kept)
            self._retry_search()

    def _on_compared(self, found: Distances) -> None:
        self._show_distances(found.recording, found.values, found.not_kept)

    def _show_distances(self, recording: int, distances: np.ndarray, not_kept: str = "") -> None:
        if self._prepared is None:
            return
        self._prepared.rows[recording] = distances
        from auslan_explorer.analysis.neighbours import nearest

        self.recording.show_nearest(nearest(distances, recording, NEAREST), distances, not_kept)

    def _show_kept_distances(self) -> None:
        """Show cached distances if the page shown still lacks them, because its own job failed or is running."""
        page = self._recording
        if self._prepared is None or page is None or self.selection.currentWidget() is not page:
            return
        kept = self._prepared.row(page.recording)
        if kept is not None and not page.nearest.rows:
            self._show_distances(page.recording, kept)

    def _show_prepared_sign(self, prepared: Prepared) -> None:
        from auslan_explorer.analysis.sign_report import spread
        from auslan_explorer.workflows.inspection import MOST_FOR_PATHS

        report = self.sign.report
        if report is None:
            return
        a = self._session.activations
        self.sign.show_spread(spread(prepared.last, a.sign, report.sign))
        whole = prepared.typical.get(report.sign)
        self.sign.show_typical(whole or prepared.typical_by_last_states(report))
        self.sign.comparing.show_sentence("")
        if whole is None and 2 < len(report.recordings) <= MOST_FOR_PATHS:
            self.sign.comparing.show_waiting(tr("Comparing whole paths…"))
            self._rest.start()

    def _find_typical(self, prepared: Prepared) -> None:
        from auslan_explorer.workflows import inspection

        report = self.sign.report
        assert report is not None
        self.sign.comparing.show_waiting(tr("Comparing whole paths…"))
        job = self._start(tr("Comparing paths"), partial(inspection.find_typical, prepared, report.recordings))
        job.done.connect(self._on_typical)
        self.sign.comparing.show_job(job)

    def _on_typical(self, found: Typical) -> None:
        # Jobs of earlier selections are cancelled, so this result is for the sign shown.
        if self._prepared is None or self.sign.report is None:
            return
        self._prepared.typical[self.sign.report.sign] = found
        self.sign.comparing.show_sentence("")
        self.sign.show_typical(found)

    def _search_elsewhere(self, units: np.ndarray, change: np.ndarray, window: int) -> None:
        self._marked = (units, change, window)
        self._retry_search()

    def _retry_search(self) -> None:
        if self._marked is None:
            return
        if self._prepared is None:
            self.recording.seeking.show_waiting(tr("Reading hidden states…"))
            self._start_missing()
            return
        from auslan_explorer.analysis.units import alike_elsewhere

        self._cancel_search()
        self.recording.seeking.show_waiting(tr("Looking for alike changes…"))
        units, change, window = self._marked
        title = tr("Looking for alike changes")
        a = self._session.activations
        finding = partial(alike_elsewhere, a.states, a.offsets, units, change, window, self.recording.recording)
        job = self._start(title, finding)
        job.done.connect(self.recording.show_elsewhere)
        self.recording.seeking.show_job(job)
        self._seeking = job

    def _clear_search(self) -> None:
        self._marked = None
        self._cancel_search()

    def _cancel_search(self) -> None:
        # After the range was changed or cleared, the older result is obsolete.
        if self._seeking is not None:
            self._seeking.cancel()
            self._seeking = None

    # ------------------------------------------------------------------------------------------------- Signbank
    def _open_signbank(self, sign: int) -> None:
        from auslan_explorer.gui.signs import signbank

        template = self._settings.text("signbank_address", signbank.TEMPLATE)
        sentence = signbank.open_page(self._session.activations.names[sign], template)
        self.no_browser.setText(sentence)
        self.no_browser.setVisible(bool(sentence))
