"""The channels behind hidden states: which recordings' frames, mean and spread are told, and when they change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from auslan_explorer import paths
from auslan_explorer.core.recordings import Recordings
from auslan_explorer.core.session import Session
from auslan_explorer.gui.jobs import Jobs
from auslan_explorer.gui.recording_frames import FramesState, RecordingFrames
from auslan_explorer.io.recordings import save_recordings
from tests.gui.glove_parts import made_up_recordings


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(paths.DATA_VARIABLE, str(tmp_path / "data"))
    file = paths.recordings_file()
    file.parent.mkdir(parents=True)
    return file


@pytest.fixture
def frames(qapp: object, session: Session) -> Iterator[RecordingFrames]:
    jobs = Jobs()
    yield RecordingFrames(session, jobs, jobs)
    jobs.cancel_all()


def tell(frames: RecordingFrames, recordings: Recordings) -> None:
    """Fail unless these are the recordings of which everything is told."""
    own = recordings.frames
    mean, spreads, first = frames.mean_frame(), frames.spreads(), frames.frames_of(0)
    assert mean is not None and spreads is not None and first is not None
    np.testing.assert_allclose(mean, own.mean(axis=0), rtol=1e-5)
    np.testing.assert_allclose(spreads, np.maximum(own.std(axis=0), 1e-6), rtol=1e-4)
    np.testing.assert_array_equal(first, own[: recordings.lengths[0]])


def test_mean_and_spread_are_those_of_the_recordings_that_were_read_last(
    file: Path, frames: RecordingFrames, session: Session, qtbot: QtBot
) -> None:
    for seed in (1, 2):
        recordings = made_up_recordings(session.activations, seed)
        recordings = replace(recordings, frames=recordings.frames * seed)
        save_recordings(recordings, file)
        with qtbot.waitSignals([frames.changed, frames.changed]):
            frames.read_again()
        assert frames.state is FramesState.READY
        tell(frames, recordings)


def test_they_are_read_once_and_are_missing_once_the_file_is_gone(
    file: Path, frames: RecordingFrames, session: Session, qtbot: QtBot
) -> None:
    frames.request()
    assert frames.state is FramesState.MISSING and frames.mean_frame() is frames.spreads() is None
    recordings = made_up_recordings(session.activations)
    save_recordings(recordings, file)
    frames.request()
    assert frames.state is FramesState.READING
    qtbot.waitUntil(lambda: frames.state is FramesState.READY)
    heard: list[object] = []
    frames.changed.connect(lambda: heard.append(frames.state))
    frames.request()
    assert not heard and frames.frames_of(len(session.activations)) is None and frames.frames_of(-1) is None
    file.unlink()
    frames.read_again()
    assert heard == [FramesState.MISSING] and frames.frames_of(0) is frames.mean_frame() is None


def test_of_other_data_than_were_imported_no_frames_are_told(
    file: Path, frames: RecordingFrames, session: Session, qtbot: QtBot
) -> None:
    recordings = made_up_recordings(session.activations)
    save_recordings(recordings, file)
    frames.request()
    qtbot.waitUntil(lambda: frames.state is FramesState.READY)
    a = session.activations
    session.open(replace(a, trial=(a.trial + 40).astype(np.int16)))
    assert frames.state is FramesState.OTHERS and frames.frames_of(0) is None
    session.open(a)
    assert frames.state is FramesState.READY
    tell(frames, recordings)


def test_a_damaged_file_is_said_and_can_be_read_again(
    file: Path, frames: RecordingFrames, session: Session, qtbot: QtBot
) -> None:
    file.write_bytes(b"no recordings")
    frames.request()
    qtbot.waitUntil(lambda: frames.state is FramesState.FAILED)
    assert frames.problem and frames.frames_of(0) is None
    save_recordings(made_up_recordings(session.activations), file)
    frames.read_again()
    qtbot.waitUntil(lambda: frames.state is FramesState.READY)
    assert frames.problem == ""
