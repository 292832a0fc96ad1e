"""Hidden states of every recording, with what is known of each recording."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Protocol

import numpy as np

from .errors import UserError
from .network import Autoencoder, Classifier, Head
from .origin import Kind, Origin
from .projection import Projection
from .signs import shown_name, sort_key
from .step_labels import StepLabels
from .words import GENERAL, SIGN_LANGUAGE, Words, counted

NO_HEAD = "These activations hold no softmax head, so the network’s probabilities are not known."
HEAD_DISAGREES = (
    "The softmax head does not give this network’s own answers (it reads more than the last state), so its "
    "probabilities are not known."
)
_ASKED = 24
"""Recordings whose last state is read to see whether the head gives the network's answers."""
_TIES = 0.05
"""Share of answers that rounding of the hidden states may turn."""
_BLOCK = 16384
"""Rows of hidden states that are worked on at once: the probabilities of all 144 530 would take 54 MB."""


class StateSource(Protocol):
    """Rows of hidden states, in memory or read from a file when they are asked for."""

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and units."""
        ...

    def rows(self, start: int, stop: int) -> np.ndarray:
        """Return rows [start, stop) as float32, shape (stop - start, units)."""
        ...


@dataclass(frozen=True, eq=False)
class ArrayStates:
    """Hidden states held in memory; a `StateSource`."""

    array: np.ndarray

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and units."""
        return self.array.shape[0], self.array.shape[1]

    def rows(self, start: int, stop: int) -> np.ndarray:
        """Return rows [start, stop) as float32, shape (stop - start, units)."""
        return np.asarray(self.array[start:stop], dtype=np.float32)


@dataclass(frozen=True, eq=False)
class Layer:
    """One layer of a network, or its cell states: other states of the same real steps.

    Attributes
    ----------
    name : str
    states : StateSource, shape (S, units of this layer)
    prefix : ndarray of float32, shape (P, units of this layer)
    head : Head or None
    projections : mapping of int to Projection
    """

    name: str
    states: StateSource
    prefix: np.ndarray
    head: Head | None = None
    projections: Mapping[int, Projection] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class StepColumns:
    """Columns of numbers, a row for every real step: what the network answers, or what it reads.

    Attributes
    ----------
    rows : StateSource, shape (S, K)
    names : tuple of str
        What the columns are called; empty where they are the signs, or have no names.
    """

    rows: StateSource
    names: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Activations:
    """Hidden states of a recurrent network for every recording, with each recording's metadata.

    "Real steps" are those at which the network read a frame and not padding; S of them in all.

    Attributes
    ----------
    states : StateSource, shape (S, units)
        Hidden state of every real step, recording after recording.
    prefix : ndarray of float32, shape (P, units)
        Hidden states while only padding was read, steps 0 to P-1, the same for everyone; P may be 0.
    lengths, first_step : ndarray of int32, shape (recordings,)
        Real steps, and the network's step (from 0) of the first of them.
    sign, predicted : ndarray of int16, shape (recordings,)
        True and predicted sign, indices into `signs`; predicted -1 where it is not known.
    session, trial : ndarray of int16, shape (recordings,)
    split : ndarray of uint8, shape (recordings,)
        Codes of `core.splits`.
    signs, names : tuple of str
        Keys and readable names.
    steps : int
        Steps of the network.
    head : Head or None
        Softmax layer on top of the hidden state, where there is one.
    projections : mapping of int to Projection
        Ready projections by number of dimensions.
    provenance : mapping of str to str
        Where it comes from: data, model, seed, version, date.
    hand_ratio : ndarray of float32, shape (recordings,), or None
        How much the left hand moves beside the right; None where it is not known.
    classifier : Classifier or None
    autoencoders : mapping of int to Autoencoder
        The networks that made this, where they are at hand; a cache does not hold them.
    recording_names : tuple of str
        A name for each recording; empty where they have none.
    step_labels : mapping of str to StepLabels
        Columns of labels, one of each real step.
    outputs : StepColumns or None
        The network's own probabilities at each step, where they are not those of `head`.
    inputs : StepColumns or None
        The channels that the network reads at each step, where they are kept; those of gloves are in `Recordings`.
    seconds_per_step : float
        0 where it is not known.
    classified : bool
        False where the recordings have no classes: all are of the one sign there is then.
    words : Words
        What signs and recordings are called; by default by what the data are.
    layers : tuple of Layer
        All layers, where there are several; one of them is shown.
    layer : str
        Name of the layer that is shown; may be empty where there is one alone.
    origin : Origin
        Where they were opened; not part of a cache.
    """

    states: StateSource
    prefix: np.ndarray
    lengths: np.ndarray
    first_step: np.ndarray
    sign: np.ndarray
    predicted: np.ndarray
    session: np.ndarray
    trial: np.ndarray
    split: np.ndarray
    signs: tuple[str, ...]
    names: tuple[str, ...]
    steps: int
    head: Head | None = None
    projections: Mapping[int, Projection] = field(default_factory=dict)
    provenance: Mapping[str, str] = field(default_factory=dict)
    hand_ratio: np.ndarray | None = None
    classifier: Classifier | None = None
    autoencoders: Mapping[int, Autoencoder] = field(default_factory=dict)
    recording_names: tuple[str, ...] = ()
    step_labels: Mapping[str, StepLabels] = field(default_factory=dict)
    outputs: StepColumns | None = None
    inputs: StepColumns | None = None
    seconds_per_step: float = 0.0
    classified: bool = True
    words: Words | None = None
    layers: tuple[Layer, ...] = ()
    layer: str = ""
    origin: Origin = field(default_factory=Origin)
    offsets: np.ndarray = field(init=False, repr=False)
    """int64, shape (recordings + 1,): first row of each recording in `states`."""

    def __post_init__(self) -> None:
        n = len(self.lengths)
        columns = (self.first_step, self.sign, self.predicted, self.session, self.trial, self.split)
        if any(len(a) != n for a in columns) or (self.hand_ratio is not None and len(self.hand_ratio) != n):
            raise UserError("The recordings’ tables differ in length; write the cache again.")
        if int(np.sum(self.lengths)) != self.states.shape[0]:
            raise UserError(
                "The recordings’ lengths do not add up to the rows of hidden states; write the cache again."
            )
        # Cleaned once, so that a name is the same wherever it is shown.
        for texts in ("names", "recording_names"):
            object.__setattr__(self, texts, tuple(shown_name(name) for name in getattr(self, texts)))
        object.__setattr__(self, "offsets", np.concatenate([[0], np.cumsum(self.lengths, dtype=np.int64)]))

    def __len__(self) -> int:
        return len(self.lengths)

    @cached_property
    def sign_ranks(self) -> np.ndarray:
        """Place of each sign in the order of names, int64, shape (signs,); see `core.signs.sort_key`."""
        ranks = np.empty(len(self.names), dtype=np.int64)
        ranks[sorted(range(len(self.names)), key=lambda sign: sort_key(self.names[sign]))] = np.arange(len(self.names))
        return ranks

    @cached_property
    def signs_present(self) -> frozenset[int]:
        """Indices of the signs of which there are recordings."""
        return frozenset(self.sign.tolist())

    @cached_property
    def splits_present(self) -> frozenset[int]:
        """Codes of the splits that recordings are of."""
        return frozenset(self.split.tolist())

    def sort_signs(self, signs: np.ndarray) -> np.ndarray:
        """Return some signs, int, shape (n,), in the order of their names."""
        return signs[np.argsort(self.sign_ranks[signs], kind="stable")]

    @property
    def wording(self) -> Words:
        """What signs and recordings are called: the person's words, or those of sign language for glove data.

        With nothing open, those of sign language: recordings to get and networks that ship are what is offered then.
        """
        if self.words is not None:
            return self.words
        return SIGN_LANGUAGE if self.hand_ratio is not None or not len(self) else GENERAL

    @property
    def output_names(self) -> tuple[str, ...]:
        """Names of the classes that the network's outputs at each step are of; empty where it has none."""
        if self.outputs is not None and self.outputs.names:
            return self.outputs.names
        return self.names if self.outputs is not None or self.head_agrees else ()

    @cached_property
    def head_agrees(self) -> bool:
        """Whether the head, applied to last states, gives what the network predicted, as a sample of recordings shows.

        It does not where the network reads more than the last state: pooled, bidirectional or with attention. What the
        head says is then not what the network says, at any step. False without a head.
        """
        if self.head is None:
            return False
        if self.origin.kind is not Kind.FILE:
            return True  # this program made them with this head; reading a sample would take a moment at each start
        known = np.flatnonzero((self.predicted >= 0) & (self.lengths > 0))
        asked = known[np.linspace(0, len(known) - 1, min(len(known), _ASKED)).astype(int)] if len(known) else known
        try:
            return self.head_disagreements(asked) <= _TIES * len(asked)
        except UserError:
            return True  # the file is gone; whatever reads it next says so

    def head_disagreements(self, recordings: np.ndarray) -> int:
        """Count recordings for which the head, applied to the last state, gives another answer than `predicted`.

        Parameters
        ----------
        recordings : ndarray of int
            With steps, and whose prediction is known.
        """
        head = self.head
        assert head is not None
        wrong = 0
        for index in recordings:
            row = int(self.offsets[index + 1]) - 1
            wrong += int((self.states.rows(row, row + 1) @ head.kernel + head.bias).argmax()) != self.predicted[index]
        return wrong

    @property
    def no_probabilities_reason(self) -> str:
        """Why the network's probabilities at each step are not known; empty where they are."""
        if self.output_names:
            return ""
        return HEAD_DISAGREES if self.head_disagrees else NO_HEAD

    @property
    def head_disagrees(self) -> bool:
        """Whether there is a head, its answers are not the network's own, and nothing else gives probabilities."""
        return self.head is not None and not self.output_names

    @property
    def predicts_signs(self) -> bool:
        """Whether the network's outputs at each step are probabilities of the signs."""
        return bool(self.output_names) and (self.outputs is None or not self.outputs.names)

    def output_rows(self, start: int, stop: int) -> np.ndarray | None:
        """Return the probabilities at rows [start, stop), float32, shape (stop - start, outputs); None without any."""
        if self.outputs is not None:
            return self.outputs.rows.rows(start, stop)
        if self.head is None or not self.head_agrees:
            return None
        return self.head.probabilities(self.states.rows(start, stop))

    def with_layer(self, name: str) -> Activations:
        """Return the same recordings with another layer shown.

        Raises
        ------
        UserError
            If there is no such layer.
        """
        for layer in self.layers:
            if layer.name == name:
                return replace(
                    self, states=layer.states, prefix=layer.prefix, head=layer.head, projections=layer.projections,
                    layer=name, classifier=None, autoencoders={},
                )  # fmt: skip
        offered = ", ".join(layer.name for layer in self.layers) or "none by name"
        raise UserError(f"There is no layer {name!r}; there are: {offered}.")

    @property
    def units(self) -> int:
        """Units of a hidden state."""
        return self.states.shape[1]

    @property
    def real_steps(self) -> int:
        """Number S of real steps of all recordings."""
        return self.states.shape[0]

    def recording_states(self, index: int) -> np.ndarray:
        """Return the hidden states of one recording, shape (length, units), float32."""
        return self.states.rows(int(self.offsets[index]), int(self.offsets[index + 1]))

    def all_states(self) -> np.ndarray:
        """Return every real step's hidden state, shape (S, units), float32 (58 MB for the article's data)."""
        return self.states.rows(0, self.real_steps)

    def states_before(self) -> np.ndarray:
        """Return the hidden state before each recording's first real step, float32, shape (recordings, units).

        That of the padding where there is some before it, else the zeros that a recurrent network begins with.
        """
        states = np.concatenate([np.zeros((1, self.units), np.float32), self.prefix])
        return states[np.where(self.first_step < len(states), self.first_step, 0)]

    def step_of_point(self) -> np.ndarray:
        """Return the network's step (from 0) of every real step, shape (S,), int32."""
        within = np.arange(self.real_steps) - np.repeat(self.offsets[:-1], self.lengths)
        return (within + np.repeat(self.first_step, self.lengths)).astype(np.int32)

    def recording_of_point(self) -> np.ndarray:
        """Return the recording of every real step, shape (S,), int32."""
        return np.repeat(np.arange(len(self), dtype=np.int32), self.lengths)

    @cached_property
    def fingerprint(self) -> str:
        """Hash that identifies these activations, 16 hexadecimal digits; the same before and after saving.

        It covers the recordings' table, the padding and the hidden states of three recordings: all of them would
        take seconds to read.
        """
        digest = hashlib.sha256(f"{self.units} {self.steps} {len(self)}".encode())
        for column in (self.lengths, self.first_step, self.sign, self.session, self.trial):
            digest.update(np.ascontiguousarray(column, dtype="<i4").tobytes())
        digest.update(np.ascontiguousarray(self.prefix, dtype="<f4").tobytes())
        with np.errstate(over="ignore"):
            for index in sorted({0, len(self) // 2, len(self) - 1}) if len(self) else ():
                states = self.recording_states(index)
                # As a cache stores them; whole where that would leave nothing to tell networks apart.
                stored = np.ascontiguousarray(states, dtype="<f2")
                lost = len(states) > 0 and (not np.isfinite(stored).all() or np.ptp(stored) == 0 < np.ptp(states))
                digest.update(np.ascontiguousarray(states, dtype="<f4").tobytes() if lost else stored.tobytes())
        return digest.hexdigest()[:16]

    @cached_property
    def confidence(self) -> np.ndarray | None:
        """Probability of the true sign at every real step, float32, shape (S,); None where it is not known.

        The head was trained on last steps only; earlier it gives the prediction if the recording ended there.
        """
        if not self.predicts_signs or not self.classified:
            return None
        out = np.empty(self.real_steps, dtype=np.float32)
        truth = np.repeat(self.sign, self.lengths)
        if self.outputs is not None:
            for start in range(0, self.real_steps, _BLOCK):
                stop = min(start + _BLOCK, self.real_steps)
                out[start:stop] = self.outputs.rows.rows(start, stop)[np.arange(stop - start), truth[start:stop]]
            return out
        assert self.head is not None
        for start in range(0, self.real_steps, _BLOCK):
            stop = min(start + _BLOCK, self.real_steps)
            logits = self.states.rows(start, stop) @ self.head.kernel + self.head.bias
            logits -= logits[np.arange(stop - start), truth[start:stop]][:, None]
            # Differences beyond 80 would overflow; their probability is zero in float32 all the same.
            out[start:stop] = 1 / np.exp(np.minimum(logits, 80)).sum(axis=1)
        return out

    @cached_property
    def step_predictions(self) -> np.ndarray | None:
        """Predicted sign at every real step, int16, shape (S,); None where the network gives none."""
        if not self.predicts_signs or not self.classified:
            return None
        out = np.empty(self.real_steps, dtype=np.int16)
        for start in range(0, self.real_steps, _BLOCK):
            stop = min(start + _BLOCK, self.real_steps)
            if self.outputs is not None:
                out[start:stop] = self.outputs.rows.rows(start, stop).argmax(axis=1)
            else:
                assert self.head is not None
                out[start:stop] = (self.states.rows(start, stop) @ self.head.kernel + self.head.bias).argmax(axis=1)
        return out

    @cached_property
    def distance_moved(self) -> np.ndarray:
        """Distance that the hidden state moved in each real step, Euclidean norm, float32, shape (S,)."""
        out = np.empty(self.real_steps, dtype=np.float32)
        first = np.zeros(self.real_steps, dtype=bool)
        first[self.offsets[:-1][self.lengths > 0]] = True
        before = np.zeros((1, self.units), dtype=np.float32)
        step = self.step_of_point()
        for start in range(0, self.real_steps, _BLOCK):
            stop = min(start + _BLOCK, self.real_steps)
            now = self.states.rows(start, stop)
            last = np.concatenate([before, now[:-1]])
            starts = np.flatnonzero(first[start:stop])
            # A recording begins from the padding before it, or from the zeros that an LSTM begins with.
            begun = step[start + starts] - 1
            known = (begun >= 0) & (begun < len(self.prefix))
            last[starts] = 0
            last[starts[known]] = self.prefix[begun[known]]
            out[start:stop] = np.linalg.norm(now - last, axis=1)
            before = now[-1:]
        return out

    def project(self, autoencoder: Autoencoder, title: str) -> Projection:
        """Project all hidden states with `autoencoder`.

        Raises
        ------
        UserError
            If the autoencoder reads another number of units.
        """
        if autoencoder.units != self.units:
            raise UserError(
                f"The autoencoder reads {counted(autoencoder.units, 'unit')}, but these hidden states have "
                f"{self.units}; "
                "train one on them."
            )
        prefix = (
            autoencoder.encode(self.prefix) if len(self.prefix) else np.zeros((0, autoencoder.dims), dtype=np.float32)
        )
        points = np.empty((self.real_steps, autoencoder.dims), dtype=np.float32)
        for start in range(0, self.real_steps, _BLOCK):
            stop = min(start + _BLOCK, self.real_steps)
            points[start:stop] = autoencoder.encode(self.states.rows(start, stop))
        return Projection(points, prefix, autoencoder.fingerprint, title)
