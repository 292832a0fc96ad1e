"""The channels behind the hidden states: read once beside the window, when a part that shows them is first seen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property

import numpy as np
from PySide6.QtCore import QObject, Signal

from auslan_explorer import paths
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.matching import kept_recordings, match_recordings
from auslan_explorer.core.recordings import CHANNELS, Recordings
from auslan_explorer.core.session import Session
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.jobs import Job, Jobs


class FramesState(Enum):
    """Whether the recordings' channels are at hand."""

    UNREAD = auto()
    READING = auto()
    MISSING = auto()
    OTHERS = auto()
    """There are recordings, but not those of which the open hidden states were made."""
    FAILED = auto()
    READY = auto()


@dataclass(frozen=True, eq=False)
class _Matched:
    recordings: Recordings
    places: np.ndarray


class RecordingFrames(QObject):
    """Frames of the open recordings: those that the open file keeps, else from those that were imported.

    Signals
    -------
    changed()
        `state` has changed, and with it what `frames_of` returns.

    Attributes
    ----------
    state : FramesState
    problem : str
        Why they could not be read; empty unless `state` is FAILED.
    """

    changed = Signal()

    def __init__(self, session: Session, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state = FramesState.UNREAD
        self.problem = ""
        self._session = session
        self._jobs = jobs
        self._job: Job | None = None
        self._recordings: Recordings | None = None
        self._matched: _Matched | None = None
        self._kept: _Matched | None = None
        session.data_changed.connect(self._on_data_changed)
        self._find_kept()

    def request(self) -> None:
        """Read the imported recordings unless they have been read; `changed` tells when they are there."""
        if self.state in (FramesState.UNREAD, FramesState.MISSING):
            self.read_again()

    def read_again(self) -> None:
        """Read the imported recordings, which may be others by now."""
        if self._job is not None:
            self._job.cancel()
        if not paths.recordings_file().exists():
            self._recordings = None
            self._set(FramesState.MISSING)
            return
        from auslan_explorer.io.recordings import open_recordings

        self._set(FramesState.READING)
        self._job = self._jobs.start(tr("Reading recordings"), open_recordings, makes_something=False)
        self._job.done.connect(self._on_read)
        self._job.failed.connect(self._on_failed)
        self._job.cancelled.connect(self._on_cancelled)

    def frames_of(self, recording: int) -> np.ndarray | None:
        """Return the frames of a recording, float32, shape (length, channels); None where they are not at hand."""
        if self._matched is None or not 0 <= recording < len(self._matched.places):
            return None
        place = int(self._matched.places[recording])
        return None if place < 0 else self._matched.recordings.frames_of(place)

    @property
    def channels(self) -> tuple[str, ...]:
        """Names of the channels."""
        return CHANNELS

    def spreads(self) -> np.ndarray | None:
        """Return the standard deviation of each channel over all frames, shape (channels,); None where unknown."""
        return None if self._measured is None else self._statistics[1]

    def mean_frame(self) -> np.ndarray | None:
        """Return the mean of all frames, shape (channels,); None where they are not at hand."""
        return None if self._measured is None else self._statistics[0]

    @property
    def _measured(self) -> Recordings | None:
        """Those of which mean and spread are told: all that were imported, else those of the open file."""
        return self._recordings if self._recordings is not None or self._kept is None else self._kept.recordings

    @cached_property
    def _statistics(self) -> tuple[np.ndarray, np.ndarray]:
        """Mean and standard deviation of all frames: asked for at every change of a recording, and the same for all."""
        assert self._measured is not None
        frames = self._measured.frames
        return np.asarray(frames.mean(axis=0)), np.maximum(frames.std(axis=0), 1e-6)

    def _on_read(self, recordings: Recordings) -> None:
        self._job = None
        self._recordings = recordings
        self._match()

    def _on_failed(self, sentence: str) -> None:
        self._job = None
        self.problem = sentence
        self._set(FramesState.FAILED)

    def _on_cancelled(self) -> None:
        self._job = None
        self._set(FramesState.UNREAD)

    def _on_data_changed(self) -> None:
        had = self._kept is not None
        self._find_kept()
        self._match()
        if had and self._kept is None:
            self.request()  # whoever shows frames has asked for them before

    def _find_kept(self) -> None:
        try:
            kept = kept_recordings(self._session.activations)
        except UserError:
            kept = None  # the file is gone; whatever reads it next says so
        self._kept = None if kept is None else _Matched(kept, np.arange(len(kept)))
        if self._kept is not None:
            self._set(FramesState.READY)

    def _match(self) -> None:
        self.__dict__.pop("_statistics", None)
        self._matched = None
        if self._recordings is None:
            self._set(FramesState.UNREAD if self.state is FramesState.READY else self.state)
            return
        places = match_recordings(self._recordings, self._session.activations)
        if (places >= 0).any():
            self._matched = _Matched(self._recordings, places)
        self._set(FramesState.OTHERS if self._matched is None else FramesState.READY)

    def _set(self, state: FramesState) -> None:
        if self._kept is not None:
            state, self._matched = FramesState.READY, self._kept
        self.state = state
        if state is not FramesState.READY:
            self._matched = None
        if state is not FramesState.FAILED:
            self.problem = ""
        self.changed.emit()
