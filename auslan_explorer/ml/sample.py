"""A sample of very many hidden states: training learns from it as well, and in memory that a computer has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from auslan_explorer.core.activations import Activations, ArrayStates, StateSource
from auslan_explorer.core.network import Autoencoder
from auslan_explorer.core.progress import IsCancelled, never
from auslan_explorer.core.splits import TEST, TRAIN, VALIDATION
from auslan_explorer.training.job import MOST_HELD_OUT, MOST_ROWS

BLOCK = 16384
"""Rows that are read at once; as many as `core.network.Autoencoder.encode` takes."""
SHORTEST = 200
"""Steps of a long recording that are taken at least, so that what follows what is learned too."""


def is_large(activations: Activations) -> bool:
    """Return whether there are more hidden states than a training holds in memory."""
    return activations.real_steps > MOST_ROWS + 2 * MOST_HELD_OUT


class Sampling:
    """Draws recordings of each part of the split, and reads the hidden states of these alone.

    Long recordings give a piece: one of the training recordings anywhere, of the others the end, by which they are
    measured. The same activations and seed give the same sample.

    Parameters
    ----------
    activations : Activations
        With the split of the training.
    seed : int
    """

    def __init__(self, activations: Activations, seed: int) -> None:
        self._whole = activations
        rng = np.random.default_rng(seed)
        recordings, starts, lengths = [], [], []
        for code, most in ((TRAIN, MOST_ROWS), (VALIDATION, MOST_HELD_OUT), (TEST, MOST_HELD_OUT)):
            chosen = np.flatnonzero((activations.split == code) & (activations.lengths > 0))
            if not len(chosen):
                continue
            chosen = rng.permutation(chosen)
            full = activations.lengths[chosen].astype(np.int64)
            taken = full if full.sum() <= most else np.minimum(full, max(most // len(chosen), SHORTEST))
            enough = int(np.searchsorted(np.cumsum(taken), most, side="right"))
            chosen, full, taken = (each[: max(enough, 1)] for each in (chosen, full, taken))
            spare = full - taken
            start = rng.integers(0, spare + 1) if code == TRAIN else spare
            recordings.append(chosen)
            starts.append(start)
            lengths.append(taken)
        self._recordings = np.concatenate(recordings)
        order = np.argsort(self._recordings)
        self._recordings = self._recordings[order]
        self._start, self._length = np.concatenate(starts)[order], np.concatenate(lengths)[order]

    def read(self) -> Iterator[float]:
        """Read the states, in blocks and once; yield the fraction that is done."""
        first = self._whole.offsets[self._recordings] + self._start
        within = np.arange(int(self._length.sum())) - np.repeat(np.cumsum(self._length) - self._length, self._length)
        rows = np.repeat(first, self._length) + within
        self._states = np.empty((len(rows), self._whole.units), dtype=np.float32)
        total = self._whole.real_steps
        for start in range(0, total, BLOCK):
            stop = min(start + BLOCK, total)
            low, high = np.searchsorted(rows, (start, stop))
            if low < high:
                self._states[low:high] = self._whole.states.rows(start, stop)[rows[low:high] - start]
            yield stop / total

    def activations(self) -> Activations:
        """Return the sample as activations without maps, once its states were read."""
        a, chosen = self._whole, self._recordings
        return replace(
            a,
            states=ArrayStates(self._states),
            lengths=self._length.astype(np.int32),
            first_step=(a.first_step[chosen] + self._start).astype(np.int32),
            sign=a.sign[chosen],
            predicted=a.predicted[chosen],
            session=a.session[chosen],
            trial=a.trial[chosen],
            split=a.split[chosen],
            projections={},
            hand_ratio=None,
            recording_names=(),
            step_labels={},
            outputs=None,
            inputs=None,
            layers=(),
        )


@dataclass(frozen=True, eq=False)
class WithPadding:
    """Hidden states of all real steps, and behind them those of the padding; a `StateSource`."""

    states: StateSource
    prefix: np.ndarray

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and units."""
        return self.states.shape[0] + len(self.prefix), self.states.shape[1]

    def rows(self, start: int, stop: int) -> np.ndarray:
        """Return rows [start, stop) as float32, shape (stop - start, units)."""
        real = self.states.shape[0]
        parts = [self.states.rows(start, min(stop, real))] if start < real else []
        if stop > real:
            parts.append(self.prefix[max(start - real, 0) : stop - real])
        return parts[0] if len(parts) == 1 else np.concatenate(parts)


def encode_all(autoencoder: Autoencoder, states: StateSource) -> np.ndarray:
    """Encode hidden states in blocks, float32, shape (rows, dims)."""
    found = encode_until(autoencoder, states, never)
    assert found is not None
    return found


def encode_until(autoencoder: Autoencoder, states: StateSource, stop: IsCancelled) -> np.ndarray | None:
    """Encode hidden states in blocks; None if `stop` returned True meanwhile."""
    places = []
    for start in range(0, states.shape[0], BLOCK):
        if stop():
            return None
        places.append(autoencoder.encode(states.rows(start, min(start + BLOCK, states.shape[0]))))
    return np.concatenate(places)
