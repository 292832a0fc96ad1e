"""What a network did with its sequences, and how that becomes an activation cache."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from auslan_explorer.capture.pack import Extent, find_classes, find_extent, to_numpy
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.network import softmax
from auslan_explorer.core.words import counted
from auslan_explorer.io.cache import cache_from_arrays, write_cache

_QUIET_SECONDS = 1.0
MOST_CHANNELS = 64
"""Channels that are kept without being asked for: lines of more tell nothing, and take the room of the states."""
_LIKE = 1e-2
"""How near a softmax layer on the last state has to come to the network's own probabilities."""


@dataclass(frozen=True)
class Options:
    """What a person may say of the sequences, beside states and labels; as in `io.arrays.cache_from_arrays`."""

    class_names: Sequence[str] | None = None
    names: Sequence[str] | None = None
    split: Any = None
    step_labels: Mapping[str, Any] = field(default_factory=dict)
    inputs: Any = None
    input_names: Sequence[str] | None = None
    seconds_per_step: float | None = None
    class_word: str | None = None
    sequence_word: str | None = None
    provenance: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Recorded:
    """States and outputs of a network.

    Attributes
    ----------
    layers : mapping of str to states
        In the order of the network; each as `capture.pack.find_extent` takes them.
    shown : str
        The layer to show at first.
    outputs : ndarray or None
        Probabilities of each sequence, (R, C), or of each step, as states are.
    head : tuple of ndarray, or None
        Kernel and bias of a last layer that may belong on the shown states.
    inputs : states or None
        What the network reads, as the states are; kept where it is a few channels of numbers.
    """

    layers: Mapping[str, Any]
    shown: str
    outputs: Any = None
    head: tuple[np.ndarray, np.ndarray] | None = None
    inputs: Any = None


def write_recorded(
    file: str | Path, recorded: Recorded, labels: Any, lengths: Any, mask: Any, options: Options
) -> Path:
    """Write a recorded network as an activation cache; return the file.

    Raises
    ------
    UserError
        If something does not fit together, or the file cannot be written; nothing is left half-written.
    """
    path = Path(file)
    if path.suffix.lower() not in (".h5", ".hdf5"):
        raise UserError(f"{path.name}: give the file the ending .h5.")
    activations = make_activations(recorded, labels, lengths, mask, options)
    with_progress = ConsoleProgress(path.name)
    try:
        write_cache(path, activations, with_progress)
    finally:
        with_progress.end()
    return path


def make_activations(recorded: Recorded, labels: Any, lengths: Any, mask: Any, options: Options) -> Activations:
    """Build activations of a recorded network.

    Raises
    ------
    UserError
        If something does not fit together.
    """
    states = recorded.layers[recorded.shown]
    extent = find_extent(states, lengths, mask)
    rows = {name: _rows(name, extent, values) for name, values in recorded.layers.items()}
    shown = rows.pop(recorded.shown)
    given: dict[str, Any] = {"layers": rows, "layer": recorded.shown}
    count = len(extent.lengths)
    per_sequence = per_step = None
    if recorded.outputs is not None:
        per_sequence, per_step = _outputs(recorded.outputs, extent)
    columns = 0 if per_sequence is None else per_sequence.shape[1]
    if labels is not None:
        classes = find_classes(labels, options.class_names, columns)
        if len(classes.sign) != count:
            raise UserError(
                f"{counted(len(classes.sign), 'label')} for {counted(count, 'sequence')}: give one for each."
            )
        given |= {"sign": classes.sign, "signs": classes.keys}
        if per_sequence is not None:
            given["predicted"] = per_sequence.argmax(axis=1)
            last = shown[np.cumsum(extent.lengths) - 1]
            if recorded.head is not None and _fits(recorded.head, last, per_sequence):
                given["head_kernel"], given["head_bias"] = recorded.head
    if per_step is not None:
        given["step_probabilities"] = per_step
        named = options.class_names if options.class_names is not None else range(per_step.shape[1])
        if labels is None or len(given["signs"]) != per_step.shape[1]:
            given["step_classes"] = [str(name) for name in named]
    inputs = _few_channels(recorded.inputs) if options.inputs is None else options.inputs
    activations = cache_from_arrays(
        shown,
        extent.lengths,
        **given,
        first_step=extent.first_step,
        split=None if options.split is None else to_numpy(options.split),
        recording_names=options.names,
        step_labels={name: extent.flat(f"step_labels {name}", each) for name, each in options.step_labels.items()},
        inputs=None if inputs is None else _rows("inputs", extent, inputs),
        input_names=options.input_names,
        seconds_per_step=options.seconds_per_step,
        class_word=options.class_word,
        sequence_word=options.sequence_word,
        provenance=options.provenance,
    )
    order = list(recorded.layers)
    by_place = sorted(activations.layers, key=lambda layer: order.index(layer.name))
    return replace(activations, layers=tuple(by_place))


def _rows(name: str, extent: Extent, values: Any) -> np.ndarray:
    rows = extent.flat(name, values)
    if rows.dtype in (np.float16, np.float32):
        return rows
    with np.errstate(over="ignore"):  # what is too large is refused as not finite
        return rows.astype(np.float32)


def _few_channels(inputs: Any) -> Any:
    """Return the inputs of a model if they are numbers of at most `MOST_CHANNELS` channels a step, else None."""
    first = to_numpy(inputs[0]) if inputs is not None and len(inputs) else np.zeros(0)
    few = first.ndim == 2 and first.dtype.kind in "fiu" and 0 < first.shape[1] <= MOST_CHANNELS
    return inputs if few else None


def _outputs(outputs: Any, extent: Extent) -> tuple[np.ndarray | None, np.ndarray | None]:
    """Return probabilities of each sequence, and of each step; either may be None."""
    if not isinstance(outputs, list):
        array = to_numpy(outputs)
        if array.ndim == 2 and len(array) == len(extent.lengths):
            return (array.astype(np.float32), None) if array.shape[1] > 1 else (None, None)
        if array.ndim == 3 and array.shape[-1] < 2:
            return None, None
    rows = extent.flat("outputs", outputs).astype(np.float32)
    return None, rows if rows.ndim == 2 and rows.shape[1] > 1 else None


def _fits(head: tuple[np.ndarray, np.ndarray], last: np.ndarray, outputs: np.ndarray) -> bool:
    """Return whether a softmax layer on the last state gives the network's own probabilities."""
    kernel, bias = head
    if kernel.shape != (last.shape[1], outputs.shape[1]):
        return False
    return bool(np.abs(softmax(last.astype(np.float32) @ kernel + bias) - outputs).max() < _LIKE)


class ConsoleProgress:
    """Progress of a write that takes longer than a second, on one line of stderr."""

    def __init__(self, title: str) -> None:
        self._title, self._began, self._shown = title, time.monotonic(), False

    def __call__(self, fraction: float, text: str) -> None:
        if time.monotonic() - self._began > _QUIET_SECONDS and sys.stderr is not None:
            self._shown = True
            print(f"\r{self._title}: {text} {fraction:4.0%}", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        """End the line, if there is one."""
        if self._shown:
            print(file=sys.stderr)
