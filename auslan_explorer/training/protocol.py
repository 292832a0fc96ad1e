"""Messages between the program and its training process: a line of JSON, then the raw bytes of the arrays in it.

No pickle: a reader creates nothing but numbers, texts and arrays of them. Arrays are views of the bytes read, without
a copy.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import IO, Any

import numpy as np

from auslan_explorer.core.activations import Activations, ArrayStates, StateSource
from auslan_explorer.core.network import Autoencoder, DenseLayer
from auslan_explorer.core.projection import Projection
from auslan_explorer.io.cache import CacheStates, Stamp
from auslan_explorer.training.events import (
    AutoencoderTrained,
    BatchesDone,
    Discarded,
    EpochDone,
    Event,
    Failed,
    Measured,
    Snapshot,
    Stage,
    Started,
)
from auslan_explorer.training.job import TrainingJob
from auslan_explorer.training.settings import AutoencoderSettings

STOP = b"stop\n"
"""Sent after the job to stop it early and keep the best map."""

_BLOCK = 1 << 20
_LONGEST_LINE = 1 << 24
_EVENTS: dict[str, Any] = {
    kind.__name__: kind
    for kind in (Stage, Started, BatchesDone, EpochDone, Snapshot, AutoencoderTrained, Measured, Failed, Discarded)
}
_COLUMNS = ("lengths", "first_step", "sign", "predicted", "session", "trial", "split")


class BrokenMessage(Exception):
    """Raised for invalid data: the other side ended within a message, or is another program."""


@dataclass(frozen=True, eq=False)
class WorkerMessage:
    """One message: its kind, JSON values, and arrays by name."""

    kind: str
    plain: Mapping[str, Any] = field(default_factory=dict)
    arrays: Mapping[str, np.ndarray] = field(default_factory=dict)


def write_message(write: Callable[[memoryview], object], message: WorkerMessage) -> None:
    """Write a message.

    Parameters
    ----------
    write : callable
        Takes a piece of at most a megabyte and sends all of it.
    message : WorkerMessage
    """
    arrays = {name: np.ascontiguousarray(array) for name, array in message.arrays.items()}
    shapes = {name: [array.dtype.str, list(array.shape)] for name, array in arrays.items()}
    line = json.dumps({"kind": message.kind, "plain": message.plain, "arrays": shapes})
    for data in (memoryview(line.encode() + b"\n"), *(_bytes_of(array) for array in arrays.values())):
        for start in range(0, len(data), _BLOCK):
            write(data[start : start + _BLOCK])


def _bytes_of(array: np.ndarray) -> memoryview:
    return array.reshape(-1).view(np.uint8).data if array.size else memoryview(b"")


def read_message(stream: IO[bytes]) -> WorkerMessage | None:
    """Read the next message, blocking; None where the other side has ended.

    Raises
    ------
    BrokenMessage
        If it ended within a message, or the data are no message.
    """
    line = stream.readline(_LONGEST_LINE)
    if not line:
        return None
    try:
        head = json.loads(line)
        arrays = {}
        for name, (code, shape) in head["arrays"].items():
            dtype = np.dtype(code)
            if dtype.kind not in "fiub":
                raise BrokenMessage(f"{name} is of type {code}")
            size = int(np.prod(shape, dtype=np.int64)) * dtype.itemsize
            data = stream.read(size)
            if len(data) != size:
                raise BrokenMessage("the other side ended within a message")
            arrays[name] = np.frombuffer(data, dtype).reshape(shape)
        return WorkerMessage(str(head["kind"]), head["plain"], arrays)
    except (ValueError, KeyError, TypeError) as error:
        raise BrokenMessage(str(error)) from error


# ----------------------------------------------------------------------------------------------------------- events
def event_message(event: Event) -> WorkerMessage:
    """Encode an event as a message."""
    plain: dict[str, Any] = {}
    arrays: dict[str, np.ndarray] = {}
    for each in fields(event):
        value = getattr(event, each.name)
        if isinstance(value, np.ndarray):
            arrays[each.name] = value
        elif isinstance(value, Autoencoder):
            plain[each.name] = {
                "bottleneck": value.bottleneck,
                "activations": [layer.activation for layer in value.layers],
            }
            for number, layer in enumerate(value.layers):
                arrays[f"{each.name}/{number}/kernel"] = layer.kernel
                arrays[f"{each.name}/{number}/bias"] = layer.bias
        else:
            plain[each.name] = value
    return WorkerMessage(type(event).__name__, plain, arrays)


def message_event(message: WorkerMessage) -> Event:
    """Decode the event of a message.

    Raises
    ------
    BrokenMessage
        If it is no event.
    """
    kind = _EVENTS.get(message.kind)
    if kind is None:
        raise BrokenMessage(f"{message.kind!r} is no event")
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in message.plain.items()}
    values |= {name: array for name, array in message.arrays.items() if "/" not in name}
    if "autoencoder" in values:
        values["autoencoder"] = _autoencoder(message, "autoencoder")
    try:
        event: Event = kind(**values)
    except TypeError as error:
        raise BrokenMessage(str(error)) from error
    return event


def _autoencoder(message: WorkerMessage, name: str) -> Autoencoder:
    told = message.plain[name]
    layers = tuple(
        DenseLayer(message.arrays[f"{name}/{number}/kernel"], message.arrays[f"{name}/{number}/bias"], activation)
        for number, activation in enumerate(told["activations"])
    )
    return Autoencoder(layers, told["bottleneck"])


# -------------------------------------------------------------------------------------------------------------- job
def job_message(job: TrainingJob) -> WorkerMessage:
    """Encode a job as a message; hidden states in a file are sent as its path."""
    activations, dims = job.activations, job.settings.dims
    arrays = {name: getattr(activations, name) for name in _COLUMNS}
    arrays["prefix"] = activations.prefix
    plain: dict[str, Any] = {
        "settings": job.settings.as_dict(),
        "show_every": job.show_every,
        "threads": job.thread_count,
        "steps": activations.steps,
        "signs": len(activations.signs),
    }
    for name, optional in (("selected", job.selected), ("on_screen", job.on_screen)):
        if optional is not None:
            arrays[name] = optional
    projection = activations.projections.get(dims)
    if projection is not None:
        arrays["map"], arrays["map_prefix"] = projection.points, projection.prefix
    states = activations.states
    if isinstance(states, CacheStates):
        stamp = states.stamp
        plain["file"] = [str(states.path.absolute()), *states.shape, stamp.inode, stamp.size, stamp.modified]
        plain["dataset"] = states.dataset
    else:
        arrays["states"] = activations.all_states()
    return WorkerMessage("TrainingJob", plain, arrays)


def message_job(message: WorkerMessage) -> TrainingJob:
    """Decode the job of a message.

    Raises
    ------
    BrokenMessage
        If it is no job.
    """
    if message.kind != "TrainingJob":
        raise BrokenMessage(f"{message.kind!r} is no job")
    plain, arrays = message.plain, message.arrays
    settings = AutoencoderSettings.from_dict(plain["settings"])
    states: StateSource
    if "file" in plain:
        path, rows, units, *stamp = plain["file"]
        states = CacheStates(Path(path), (rows, units), Stamp(*stamp), plain["dataset"])
    else:
        states = ArrayStates(arrays["states"])
    names = tuple(str(number) for number in range(plain["signs"]))
    maps = {}
    if "map" in arrays:
        maps[settings.dims] = Projection(arrays["map"], arrays["map_prefix"], "", "the map before")
    activations = Activations(
        states=states,
        prefix=arrays["prefix"],
        lengths=arrays["lengths"],
        first_step=arrays["first_step"],
        sign=arrays["sign"],
        predicted=arrays["predicted"],
        session=arrays["session"],
        trial=arrays["trial"],
        split=arrays["split"],
        signs=names,
        names=names,
        steps=plain["steps"],
        projections=maps,
    )
    return TrainingJob(
        activations, settings, arrays.get("selected"), plain["show_every"], arrays.get("on_screen"), plain["threads"]
    )
