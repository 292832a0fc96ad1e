"""The status bar: what is shown, the running job, and what is under the pointer."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from auslan_explorer.core.session import Session
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.jobs import BackgroundTask, Jobs
from auslan_explorer.gui.style import UNIT, scaled
from auslan_explorer.gui.tool_button import tool_button
from auslan_explorer.gui.widgets.elided_label import ElidedLabel
from auslan_explorer.gui.widgets.progress_bar import show_fraction
from auslan_explorer.gui.widgets.text import format_count, format_time_left, recording_title

HEIGHT = 3 * UNIT + UNIT // 2


def describe_shown(session: Session) -> str:
    """Return the numbers of signs, recordings and points on the map at the present step."""
    a, state = session.activations, session.state
    if not len(a):
        return tr("No activations are open.")
    shown = session.shown()
    if not shown.any():
        return tr("Nothing is shown. ") + (tr("Tick a split.") if state.visible_signs else tr("Tick a sign."))
    grown = (state.own_steps(a) - a.first_step + 1)[shown]
    points = int(np.count_nonzero(grown) if state.last_only else grown.sum())
    parts = (
        format_count(len(set(a.sign[shown].tolist())), "sign"),
        format_count(int(shown.sum()), "recording"),
        format_count(points, "point"),
    )
    return ", ".join(parts)


def describe_pointed(session: Session) -> str:
    """Return a description of the selection, or of the common beginning under the pointer.

    A recording under the pointer is described by the card beside it.
    """
    a, pointed = session.activations, session.pointed
    if pointed is not None and not 0 <= pointed.recording < len(a):
        return tr("Before any sign begins, step {0}: the same for all", pointed.step + 1)
    selected = session.state.selected
    if not selected:
        return ""
    if len(selected) == 1:
        return tr("Selected: {0}", recording_title(session, selected[0]))
    signs = np.unique(a.sign[selected.rows])
    what = a.names[signs[0]] if len(signs) == 1 else format_count(len(signs), "sign")
    return tr("Selected: {0}, {1}", what, format_count(len(selected), "recording"))


class JobStrip(QWidget):
    """Title, progress, time left and stop button of the running job."""

    def __init__(self, jobs: Jobs, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self.job: BackgroundTask | None = None
        self.label = ElidedLabel(Qt.AlignmentFlag.AlignRight, self, follow_text=True)
        self.label.setAccessibleName(tr("Work under way"))
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(12 * UNIT)
        self.bar.setAccessibleName(tr("Progress"))
        self.stop = tool_button(self, tr("Cancel"), icon="x", size=QSize(14, 14))
        self.stop.set_side(3 * UNIT)
        self.stop.clicked.connect(self._cancel)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT)
        layout.addWidget(self.label, 1)
        layout.addWidget(self.bar)
        layout.addWidget(self.stop)
        self.hide()
        jobs.started.connect(self._watch)

    def _watch(self, job: BackgroundTask) -> None:
        self._on_progress(job)
        job.progressed.connect(lambda *_: self._show_job(job))
        job.finished.connect(lambda: self._on_job_ended(job))
        # An indeterminate bar until there is progress.
        show_fraction(self.bar, None)
        self.label.setText(f"{job.title}…")
        self.show()

    def _on_progress(self, job: BackgroundTask | None) -> None:
        self.job = job
        words = tr("Cancel") if job is None else job.stop_text
        self.stop.setAccessibleName(words)
        self.stop.setToolTip(words)

    def _show_job(self, job: BackgroundTask) -> None:
        if job is not self.job:
            return
        left = job.seconds_left()
        more = len(self._jobs.running) - 1
        # What may be elided comes last.
        parts = [job.title]
        if left is not None:
            parts.append(format_time_left(left))
        if more:
            parts.append(tr("and {0} more", more))
        if job.text:
            parts.append(job.text)
        self.label.setText(", ".join(parts))
        show_fraction(self.bar, job.fraction)

    def _on_job_ended(self, job: BackgroundTask) -> None:
        if job is not self.job:
            return
        others = [other for other in self._jobs.running if other is not job]
        self._on_progress(others[-1] if others else None)
        if self.job is not None:
            self._show_job(self.job)
        self.setVisible(self.job is not None)

    def _cancel(self) -> None:
        if self.job is not None:
            self.job.cancel()


class StatusLine(QWidget):
    """What is shown on the left, then what is under the pointer, and the job strip at the right end."""

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._session = session
        self.shown = ElidedLabel(Qt.AlignmentFlag.AlignLeft, self)
        self.shown.setAccessibleName(tr("What is shown"))
        self.strip = JobStrip(jobs, self)
        self.pointed = ElidedLabel(Qt.AlignmentFlag.AlignRight, self)
        self.pointed.setAccessibleName(tr("What is under the pointer"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(UNIT, 0, UNIT, 0)
        layout.setSpacing(3 * UNIT)
        layout.addWidget(self.shown, 1)
        layout.addWidget(self.pointed, 1)
        layout.addWidget(self.strip)
        # The strip comes and goes; the line has a fixed height, so that nothing above it moves.
        self.fit_to_text()
        session.changed.connect(self._show_counts)
        session.watch(("selected",), self._show_pointed)
        session.data_changed.connect(self._reset)
        session.pointed_changed.connect(self._show_pointed)
        self._reset()

    def fit_to_text(self) -> None:
        """Fit the line's height, and the width of what is at work, to the text size."""
        self.setFixedHeight(scaled(HEIGHT))
        self._fit_strip()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_strip()

    def _fit_strip(self) -> None:
        # Of a width that only the window's sets, so that the cross stays where it is while the text changes.
        least = min(scaled(40 * UNIT), 48 * UNIT)
        self.strip.label.setFixedWidth(max(least, self.width() * 2 // 5))

    def _show_counts(self) -> None:
        self.shown.setText(describe_shown(self._session))

    def _reset(self) -> None:
        self._show_counts()
        self._show_pointed()

    def _show_pointed(self, _pointed: object = None) -> None:
        text = describe_pointed(self._session)
        self.pointed.setText(text)
        # An empty label would keep half of the line from the counts.
        self.pointed.setVisible(bool(text))
