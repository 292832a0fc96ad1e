"""A training of a map says in the terminal how far it is, and what went wrong."""

from __future__ import annotations

import queue

import numpy as np
import pytest

from auslan_explorer.commands.map_training import _until_measured
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.network import Autoencoder, DenseLayer
from auslan_explorer.training.events import (
    AutoencoderTrained,
    BatchesDone,
    EpochDone,
    Event,
    Failed,
    Measured,
    Stage,
    Started,
)

LAYERS = tuple(
    DenseLayer(np.zeros(shape, np.float32), np.zeros(shape[1], np.float32), "linear") for shape in ((4, 2), (2, 4))
)
TRAINED = AutoencoderTrained(Autoencoder(LAYERS, 0), 1, 1, 0.2, 0.1, 1.0)
NAN = float("nan")


def queue_of(*events: Event) -> queue.Queue[Event]:
    waiting: queue.Queue[Event] = queue.Queue()
    for event in events:
        waiting.put(event)
    return waiting


def test_each_event_is_told_in_its_order_with_how_much_is_done() -> None:
    told: list[tuple[float, str]] = []
    events = queue_of(
        Stage("reading"), Started(3, 80, 200), BatchesDone(0.25), EpochDone(1, 3, 0.5, 0.25, NAN, True, 1.0),
        Started(3, 80), BatchesDone(0.5), Stage("projecting"), TRAINED, Measured({"mse": 0.5}),
    )  # fmt: skip
    trained, quality = _until_measured(events, lambda share, text="": told.append((share, text)))
    assert trained is TRAINED and quality == {"mse": 0.5}
    assert told == [
        (0.0, "reading hidden states"),
        (0.97 * 0.25, "learning from 80 of 200 steps"),
        (0.97 * 0.5, "epoch 1 of 3, validation loss 0.2500"),
        (0.97 * 0.5, "finding the place of every step on the map"),
        (0.97, "measuring the map"),
    ]


@pytest.mark.parametrize(("log", "says"), [((), "It ended."), (("first", "last"), "It ended. Its last words: last")])
def test_what_went_wrong_is_said_with_the_last_words_of_the_process(log: tuple[str, ...], says: str) -> None:
    with pytest.raises(UserError) as error:
        _until_measured(queue_of(Stage("reading"), Failed("It ended.", log)), lambda *_: None)
    assert str(error.value) == says
