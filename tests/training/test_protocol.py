"""What one process says, the other one understands, and nothing else."""

from __future__ import annotations

import io
import math
from dataclasses import replace

import numpy as np
import pytest

from auslan_explorer.core.activations import Activations, ArrayStates, Layer
from auslan_explorer.core.network import Autoencoder
from auslan_explorer.core.projection import Projection
from auslan_explorer.io.cache import read_cache, write_cache
from auslan_explorer.training.events import (
    AutoencoderTrained,
    BatchesDone,
    EpochDone,
    Failed,
    Measured,
    Snapshot,
    Stage,
    Started,
)
from auslan_explorer.training.job import TrainingJob
from auslan_explorer.training.protocol import (
    BrokenMessage,
    WorkerMessage,
    event_message,
    job_message,
    message_event,
    message_job,
    read_message,
    write_message,
)
from auslan_explorer.training.settings import article_autoencoder


def sent(message: WorkerMessage) -> WorkerMessage:
    stream = io.BytesIO()
    write_message(stream.write, message)
    stream.seek(0)
    again = read_message(stream)
    assert again is not None and read_message(stream) is None
    return again


def test_events_arrive_as_they_were_sent(autoencoder: Autoencoder) -> None:
    for event in (
        Stage("reading", 0.5),
        Stage("preparing"),
        Started(80, 200, 1000),
        BatchesDone(0.5, 3.0),
        EpochDone(3, 80, 0.5, 0.25, 0.75, True, 1.5),
        Failed("No.", ("a", "b")),
        Failed("No."),
        Measured({"mse": None}),
    ):
        assert str(message_event(sent(event_message(event)))) == str(event)
    assert Failed("No.").log == (), "a reader joins its lines"
    unknown = message_event(sent(event_message(EpochDone(1, 2, math.nan, math.nan, math.nan, False, 0.1))))
    assert isinstance(unknown, EpochDone) and math.isnan(unknown.train_loss)
    points = np.random.default_rng(0).normal(size=(200_000, 2)).astype(np.float32)  # more than one piece
    snapshot = message_event(sent(event_message(Snapshot(5, points, points[:0]))))
    assert isinstance(snapshot, Snapshot) and np.array_equal(snapshot.points, points)
    assert snapshot.prefix is not None and snapshot.prefix.shape == (0, 2)
    trained = message_event(
        sent(event_message(AutoencoderTrained(autoencoder, 4, 9, 0.1, 0.2, 3.0, (0.3,), (0.4,), points)))
    )
    assert isinstance(trained, AutoencoderTrained)
    assert trained.autoencoder.fingerprint == autoencoder.fingerprint
    assert trained.train_losses == (0.3,) and trained.prefix is None


def test_a_job_arrives_with_states_in_memory(activations: Activations) -> None:
    map_before = Projection(np.ones((activations.real_steps, 3), np.float32), np.ones((3, 3), np.float32), "x", "3-D")
    known = replace(activations, projections={3: map_before})
    selected = np.arange(len(activations)) < 4
    job = message_job(sent(job_message(TrainingJob(known, article_autoencoder(3, 7), selected, 2, None, 1))))
    assert job.settings == article_autoencoder(3, 7)
    assert (job.show_every, job.threads, job.on_screen) == (2, 1, None)
    assert np.array_equal(job.selected, selected)
    assert np.array_equal(job.activations.all_states(), activations.all_states())
    assert np.array_equal(job.activations.split, activations.split)
    assert np.array_equal(job.activations.projections[3].points, map_before.points)


def test_states_in_a_file_stay_there(activations: Activations, tmp_path) -> None:
    write_cache(tmp_path / "a.h5", activations)
    message = job_message(TrainingJob(read_cache(tmp_path / "a.h5")))
    assert "states" not in message.arrays
    job = message_job(sent(message))
    np.testing.assert_allclose(job.activations.all_states(), activations.all_states(), atol=2e-3)


def test_another_layer_of_a_file_is_learned_from_where_it_is_shown(activations: Activations, tmp_path) -> None:
    other = activations.all_states()[:, ::-1] / 2
    layers = (
        Layer("upper", activations.states, activations.prefix),
        Layer("lower", ArrayStates(other), activations.prefix),
    )
    write_cache(tmp_path / "a.h5", replace(activations, layers=layers, layer="upper"))
    shown = read_cache(tmp_path / "a.h5").with_layer("lower")
    job = message_job(sent(job_message(TrainingJob(shown))))
    np.testing.assert_allclose(job.activations.all_states(), other, atol=2e-3)


@pytest.mark.parametrize(
    "data",
    [
        b"hello\n",
        b"[]\n",
        b'{"kind": "Snapshot", "plain": {}, "arrays": {"points": ["<f4", [4]]}}\n1234',
        b'{"kind": "Snapshot", "plain": {}, "arrays": {"points": ["|O", [1]]}}\n12345678',
        b'{"kind": "Snapshot", "plain": {}, "arrays": {"points": ["<f4", [-1]]}}\n1234',
    ],
)
def test_what_is_no_message_is_refused(data: bytes) -> None:
    with pytest.raises(BrokenMessage):
        read_message(io.BytesIO(data))


def test_what_is_no_job_is_refused() -> None:
    with pytest.raises(BrokenMessage, match="'Snapshot' is no job"):
        message_job(WorkerMessage("Snapshot"))


def test_what_is_no_event_is_refused() -> None:
    for message in (WorkerMessage("TrainingJob"), WorkerMessage("Snapshot", {"epochs": 1})):
        with pytest.raises(BrokenMessage):
            message_event(message)
