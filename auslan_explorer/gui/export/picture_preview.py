"""Small picture of what is going to be exported, drawn anew beside the window after each change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QImage, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.progress import IsCancelled, Progress, never, no_progress
from auslan_explorer.core.projection import Projection
from auslan_explorer.core.session import Session, SessionState
from auslan_explorer.gui.export.preview_screen import PreviewScreen
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.jobs import Job, Jobs
from auslan_explorer.workflows.export import PictureOptions, compose_picture

_REST_MS = 120
"""Milliseconds without a change until the picture is drawn: a field that is typed in changes with each letter."""


def draw_picture(
    activations: Activations,
    projections: Mapping[int, Projection],
    state: SessionState,
    options: PictureOptions,
    *,
    progress: Progress = no_progress,
    cancelled: IsCancelled = never,
) -> QImage:
    """Draw the picture that `export_picture` writes as pixels, with the same parameters and errors."""
    from auslan_explorer.draw.picture import to_image

    return to_image(compose_picture(activations, projections, state, options), progress, cancelled)


class PicturePreview(PreviewScreen):
    """Preview of a picture; nothing is drawn while it is hidden.

    Parameters
    ----------
    jobs : Jobs
    session : Session
    options : callable
        Returns the picture's options.
    parent : QWidget

    Signals
    -------
    presented()
        What was asked for last is shown.
    """

    presented = Signal()

    def __init__(self, jobs: Jobs, session: Session, options: Callable[[], PictureOptions], parent: QWidget) -> None:
        super().__init__(parent)
        self._jobs, self._session, self._options = jobs, session, options
        self._job: Job | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_REST_MS)
        self._timer.timeout.connect(self._draw)

    def refresh(self) -> None:
        """Draw the picture anew, once nothing has changed for a moment."""
        if self.isVisible():
            self._timer.start()

    def stop(self) -> None:
        """Draw no more."""
        self._timer.stop()
        if self._job is not None:
            job, self._job = self._job, None
            job.cancel()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.refresh()

    def _draw(self) -> None:
        self.stop()
        session = self._session
        options = self._small(self._options())
        drawing = partial(draw_picture, session.activations, session.projections, session.state, options)
        job = self._job = self._jobs.start(tr("Drawing the preview"), drawing, makes_something=False)
        job.done.connect(partial(self._show_drawn, job))
        job.failed.connect(lambda sentence, _: self.show_sentence(sentence))

    def _small(self, options: PictureOptions) -> PictureOptions:
        """Return the options of the same picture, as large as there is room: type and points shrink with it."""
        width, height = options.size
        room, ratio = self.contentsRect().size(), self.devicePixelRatioF()
        factor = min(room.width() * ratio / width, room.height() * ratio / height, 1.0)
        return replace(options, size=(max(round(width * factor), 1), max(round(height * factor), 1)), dpi=None)

    def _show_drawn(self, job: Job, image: QImage) -> None:
        if job is self._job:
            self._job = None
            self.show_image(image)
            self.presented.emit()
