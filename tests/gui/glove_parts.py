"""A network that hears one finger, and recordings in which that finger speaks, for tests of the inspector."""

from __future__ import annotations

import numpy as np
from pytestqt.qtbot import QtBot

from auslan_explorer import paths
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.network import Autoencoder, Classifier, DenseLayer
from auslan_explorer.core.recordings import CHANNELS, Recordings
from auslan_explorer.gui.recording_frames import FramesState
from auslan_explorer.gui.window.main_window import MainWindow
from auslan_explorer.io.recordings import save_recordings
from tests.made_up import STEPS

MIDDLE_FINGER = 19


def network(a: Activations) -> Classifier:
    """A network that hears the right middle finger and nothing else."""
    assert a.head is not None
    rng = np.random.default_rng(0)
    kernel = np.zeros((len(CHANNELS), 4 * a.units), np.float32)
    kernel[MIDDLE_FINGER] = rng.normal(0, 2, 4 * a.units)
    recurrent = rng.normal(0, 0.3, (a.units, 4 * a.units)).astype(np.float32)
    mean, std = np.zeros(len(CHANNELS), np.float32), np.ones(len(CHANNELS), np.float32)
    return Classifier(
        kernel, recurrent, np.zeros(4 * a.units, np.float32), a.head, "sigmoid", mean, std, STEPS, a.signs
    )


def encoders(units: int) -> dict[int, Autoencoder]:
    """Encoders of a 2-D and a 3-D map that keep so many units' first directions."""
    rng = np.random.default_rng(4)
    made = {}
    for dims in (2, 3):
        layers = [(units, dims), (dims, units)]
        made[dims] = Autoencoder(
            tuple(
                DenseLayer(rng.normal(0, 1, each).astype(np.float32), np.zeros(each[1], np.float32), "linear")
                for each in layers
            ),
            0,
        )
    return made


def made_up_recordings(a: Activations, seed: int = 1) -> Recordings:
    """The right middle finger bends in one frame in the middle; all else is noise."""
    frames = np.random.default_rng(seed).normal(0.5, 0.05, (a.real_steps, len(CHANNELS))).astype(np.float32)
    frames[:, MIDDLE_FINGER] = 0
    frames[a.offsets[:-1] + a.lengths // 2, MIDDLE_FINGER] = 1
    return Recordings(frames, a.lengths, a.sign, a.session, a.trial, a.signs)


def import_them(qtbot: QtBot, window: MainWindow, recordings: Recordings) -> None:
    """Import recordings, and wait until the window has read them."""
    paths.recordings_file().parent.mkdir(parents=True, exist_ok=True)
    save_recordings(recordings, paths.recordings_file())
    window.frames.read_again()
    qtbot.waitUntil(lambda: window.frames.state is FramesState.READY)
