"""Commands of resting points: they are searched for in the background, and again for another input or map."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.progress import IsCancelled, Progress
from auslan_explorer.core.projection import PointQuality, Projection
from auslan_explorer.core.resting import NO_MARKS, HeldInput, RestingPoints
from auslan_explorer.core.session import Session, SessionState
from auslan_explorer.gui.i18n import mark, tr
from auslan_explorer.gui.jobs import Job, Jobs
from auslan_explorer.gui.recording_frames import FramesState, RecordingFrames
from auslan_explorer.gui.widgets.text import format_count
from auslan_explorer.gui.window_port import Reporter
from auslan_explorer.workflows.resting import NO_FRAME, NO_RECORDINGS, find_resting

_REST_MS = 400
"""Milliseconds without another step until the frame shown is asked about: a search takes seconds."""
_NOT_ON_MAP = mark("On the {0}-D map none are drawn: the network that made it is not at hand.")
_Found = tuple[RestingPoints, dict[int, PointQuality]]


class RestingCommands(QObject):
    """Shows and hides where a network would stay if its input stayed.

    Signals
    -------
    told(sentence)
        What was found.
    """

    told = Signal(str)

    def __init__(
        self, session: Session, jobs: Jobs, reporter: Reporter, frames: RecordingFrames, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session, self._jobs, self._reporter, self._frames = session, jobs, reporter, frames
        self._job: Job | None = None
        self._of: tuple[object, ...] = ()
        self._sentences: dict[HeldInput, str] = {}
        """What was found for each input."""
        self._noticed = ""
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._find_missing)
        session.watch(("selected", "step", "alignment"), self._on_frame_changed)
        session.watch(("resting", "run_2d", "run_3d"), self._on_state_changed)
        session.data_changed.connect(self._reset)
        frames.changed.connect(self._on_frames_changed)

    def disabled_reason(self) -> str:
        """Return why resting points cannot be shown; empty if they can, as far as is known."""
        if not self._session.projections:
            return tr("Resting points are drawn on the maps, and these activations have none.")
        if self._session.activations.head is None:
            return tr("The network itself is not at hand, so it cannot run with an input that stays.")
        return ""

    def toggle(self) -> None:
        """Show the resting points of hands at rest, or hide those that are shown."""
        shown = self._session.state.resting is not HeldInput.NONE
        self._session.update(resting=HeldInput.NONE if shown else HeldInput.REST)

    def _reset(self) -> None:
        self._cancel()
        self._of, self._sentences = (), {}
        self._notice("")

    def _on_state_changed(self) -> None:
        if self._session.state.resting is not HeldInput.NONE:
            self._frames.request()
        self._find_missing()

    def _on_frame_changed(self) -> None:
        """Take away what was found for another frame, and ask about this one once playback rests."""
        session, state = self._session, self._session.state
        if state.resting is not HeldInput.FRAME or self._asked() == self._of:
            return
        self._cancel()
        if len(state.selected) != 1:
            session.update(resting=HeldInput.NONE)
            self._notice(tr(NO_FRAME))
            return
        self._of = ()
        sentence = tr("Another frame is shown; its resting points are looked for once playback rests.")
        for projection in session.projections.values():
            shown = projection.measured.resting.get(HeldInput.FRAME)
            if shown is not None and len(shown.stable):
                session.set_measured(projection, PointQuality(resting={HeldInput.FRAME: NO_MARKS}))
                self._notice(sentence)  # the rings have just gone from the map
        self.told.emit(sentence)
        self._rest.start()

    def _asked(self) -> tuple[object, ...]:
        """Return what an answer hangs on."""
        state = self._session.state
        frame = (state.selected, state.step, state.alignment) if state.resting is HeldInput.FRAME else ()
        return state.resting, *frame, *map(id, self._session.projections.values())

    def _find_missing(self) -> None:
        session, state, of = self._session, self._session.state, self._asked()
        self._cancel()
        projections, frame = session.projections, state.resting is HeldInput.FRAME
        known = all(state.resting in each.measured.resting for each in projections.values())
        if state.resting is HeldInput.NONE:
            self._notice("")
            return
        if known and (of == self._of or not frame):
            self._tell(self._sentences.get(state.resting, ""))
            return
        if self._frames.state in (FramesState.UNREAD, FramesState.READING):
            return  # it goes on once they are there
        if self._frames.state is not FramesState.READY:
            self._on_failed(tr(NO_RECORDINGS))
            return
        self._of = of
        work = partial(_find, session, state, self._frames)
        self._job = job = self._jobs.start(tr("Looking for resting points"), work, makes_something=False)
        job.done.connect(partial(self._on_found, state.resting, projections))
        job.failed.connect(self._on_failed)

    def _on_frames_changed(self) -> None:
        if self._session.state.resting is not HeldInput.NONE and self._job is None:
            self._find_missing()

    def _on_found(self, held: HeldInput, projections: Mapping[int, Projection], found: _Found) -> None:
        points, by_map = found
        self._job = None
        for dims, measured in by_map.items():
            projection = self._session.projections.get(dims)
            if projection is not None and projection is projections.get(dims):
                self._session.set_measured(projection, measured)
        sentence = self._sentence(points)
        for dims in sorted(projections.keys() - by_map.keys()):
            sentence += " " + tr(_NOT_ON_MAP, dims)
        self._sentences[held] = sentence
        self._tell(sentence)

    def _tell(self, sentence: str) -> None:
        """Say what was found, in map quality and above the views."""
        self.told.emit(sentence)
        self._notice(sentence)

    def _notice(self, sentence: str) -> None:
        """Say a sentence above the views, in place of what was said there before of resting points."""
        self._reporter.remove_notice(self._noticed)
        self._noticed = sentence
        if sentence:
            self._reporter.show_notice(sentence)

    def _sentence(self, points: RestingPoints) -> str:
        count = len(points.speed)
        if not count:
            return tr("No resting point was found: with this input the state goes on moving.")
        stable = int(points.stable.sum())
        creeping = int((~points.still).sum())
        text = tr("{0}: {1} stable (with a dot), {2} unstable, {3} where the state only creeps.",
                  format_count(count, "resting point"), stable, count - stable - creeping, creeping)  # fmt: skip
        if stable:
            text += " " + tr("Of a departure from the first, {0:.1%} is left after a step.", points.growth[0])
        return text

    def _on_failed(self, text: str) -> None:
        self._job = None
        self._session.update(resting=HeldInput.NONE)
        self._reporter.show_error(text)

    def _cancel(self) -> None:
        self._rest.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None


def _find(
    session: Session, state: SessionState, frames: RecordingFrames, *, progress: Progress, cancelled: IsCancelled
) -> _Found:
    if frames.state is not FramesState.READY:
        raise UserError(tr(NO_RECORDINGS))
    return find_resting(
        session.activations, session.projections, state, frames.frames_of, progress=progress,
        cancelled=cancelled,
    )  # fmt: skip
