"""The changed recording behind the section "What if": its changes with undo, and what the network makes of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Signal

from auslan_explorer.analysis.warping import frame_beside
from auslan_explorer.analysis.what_if import Outcome, run
from auslan_explorer.core.annotations import Variant
from auslan_explorer.core.session import Session
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.jobs import Job, Jobs
from auslan_explorer.gui.recording_frames import RecordingFrames
from auslan_explorer.workflows.what_if import Networks, find_networks


@dataclass
class Changes:
    """Changes of one recording, one after the other; those that were undone stand behind `done`.

    Attributes
    ----------
    entries : list of (str, ndarray)
        What was done, in words, and the frames after it.
    done : int
        How many of them are in force.
    """

    entries: list[tuple[str, np.ndarray]] = field(default_factory=list)
    done: int = 0

    def add(self, text: str, frames: np.ndarray, *, replaces: bool = False) -> None:
        """Add a change, in place of the last one where it goes on; what was undone is gone."""
        del self.entries[self.done - (1 if replaces and self.done else 0) :]
        self.entries.append((text, frames))
        self.done = len(self.entries)


class WhatIf(QObject):
    """Keeps the changes of each recording, runs the network over the one shown, and hands it to the views.

    Signals
    -------
    changed()
        Another recording, other changes, or a network that has been found or has not.

    Attributes
    ----------
    recording : int
        The recording that is being changed; -1 for none.
    before, outcome : Outcome or None
        What the network makes of the recording as it is, and as it is changed; None until the network is found.
    problem : str
        Why there is no outcome; empty while the network is sought.
    networks : Networks or None
    """

    changed = Signal()

    def __init__(self, session: Session, frames: RecordingFrames, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self.recording = -1
        self.before: Outcome | None = None
        self.outcome: Outcome | None = None
        self.problem = ""
        self.networks: Networks | None = None
        self._session, self._frames, self._jobs = session, frames, jobs
        self._changes: dict[int, Changes] = {}
        self._maps: dict[int, object] = {}
        self._job: Job | None = None
        self._pulling = False
        session.watch(("run_2d", "run_3d"), self._on_maps_changed)
        session.data_changed.connect(self._reset)
        frames.changed.connect(self._run)

    # ------------------------------------------------------------------------------------------------- recording
    def start(self, recording: int) -> None:
        """Change another recording, from where its changes were left."""
        self.recording, self._pulling = recording, False
        self._frames.request()
        if self.networks is None and self._job is None:
            self._seek()
        else:
            self._run()

    def stop(self) -> None:
        """Show no changed recording any more; its changes are kept."""
        self.recording, self.before, self.outcome = -1, None, None
        self._session.show_variant(None)

    @property
    def changes(self) -> Changes:
        """The changes of the recording."""
        return self._changes.setdefault(self.recording, Changes())

    @property
    def own_frames(self) -> np.ndarray | None:
        """Frames of the recording as it is; None where they are not at hand."""
        return self._frames.frames_of(self.recording)

    @property
    def frames(self) -> np.ndarray | None:
        """Frames of the recording with the changes that are in force."""
        done = self.changes.done
        return self.changes.entries[done - 1][1] if done else self.own_frames

    # ------------------------------------------------------------------------------------------------- changes
    def apply(self, text: str, frames: np.ndarray) -> None:
        """Make a change, `text` in words."""
        self.changes.add(text, frames)
        self._run()

    def pull(self, text: str, frames: np.ndarray) -> None:
        """Make a change that goes on until `let_go` as one."""
        self.changes.add(text, frames, replaces=self._pulling)
        self._pulling = True
        self._run()

    def let_go(self) -> None:
        """End a change that went on."""
        self._pulling = False

    @property
    def frames_before_pull(self) -> np.ndarray | None:
        """Frames before the change that goes on; the present ones where none does."""
        done = self.changes.done - (1 if self._pulling else 0)
        return self.changes.entries[done - 1][1] if done else self.own_frames

    def undo(self) -> None:
        """Take the last change back."""
        self.changes.done = max(self.changes.done - 1, 0)
        self._run()

    def redo(self) -> None:
        """Make the change again that was taken back last."""
        self.changes.done = min(self.changes.done + 1, len(self.changes.entries))
        self._run()

    # ------------------------------------------------------------------------------------------------- network
    def _on_maps_changed(self) -> None:
        if self.networks is not None:
            self._seek()

    def _reset(self) -> None:
        self._cancel()
        self.networks, self._changes, self.problem = None, {}, ""
        self.stop()
        self.changed.emit()

    def _cancel(self) -> None:
        if self._job is not None:
            job, self._job = self._job, None
            job.cancel()

    def _seek(self) -> None:
        """Find the network and the encoders of the maps shown."""
        self._cancel()
        session, self.problem = self._session, ""
        self._maps = dict(session.projections)
        runs = {dims: session.state.run(dims) for dims in self._maps}
        work = partial(find_networks, session.activations, session.projections, runs)
        self._job = self._jobs.start(tr("Looking for the network"), work, makes_something=False)
        self._job.done.connect(self._on_found)
        self._job.failed.connect(self._on_missing)

    def _on_found(self, networks: Networks) -> None:
        self._job, self.networks = None, networks
        self._run()

    def _on_missing(self, sentence: str, _details: str) -> None:
        self._job, self.problem = None, sentence
        self.changed.emit()

    def _run(self) -> None:
        """Run the network over the changed recording, some milliseconds, and show it in maps and hands."""
        own, frames = self.own_frames, self.frames if self.recording >= 0 else None
        if self.networks is None or own is None or frames is None:
            self.before = self.outcome = None
            self._session.show_variant(None)
            self.changed.emit()
            return
        if self.before is None or not np.array_equal(self.before.frames, own):
            self.before = run(own, self.networks.classifier, {})
        self.outcome = run(frames, self.networks.classifier, self.networks.autoencoders)
        self._session.show_variant(self._variant(own, frames, self.outcome) if self.changes.done else None)
        self.changed.emit()

    def _variant(self, own: np.ndarray, frames: np.ndarray, outcome: Outcome) -> Variant:
        spreads = self._frames.spreads()
        if len(own) == len(frames) or spreads is None:
            beside = np.minimum(np.arange(len(frames)), len(own) - 1)
        else:
            beside = frame_beside(frames, own, spreads)
        maps = {dims: each for dims, each in self._session.projections.items() if self._maps.get(dims) is each}
        return Variant(self.recording, frames, beside, outcome.first_step, outcome.paths, maps)
