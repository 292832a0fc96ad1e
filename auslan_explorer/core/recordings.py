"""Glove recordings: frames of all recordings in one array, with the sign, session and trial of each."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from .errors import UserError
from .signs import ARTICLE_DROPS, readable_name
from .words import counted

CHANNELS = tuple(
    f"{hand} {channel}"
    for hand in ("left", "right")
    for channel in ("x", "y", "z", "roll", "pitch", "yaw", "thumb", "fore", "middle", "ring", "little")
)
"""The 22 channels in file order; x, y, z in metres, angles in 0..1, finger bends 0 (flat) to 1 (bent)."""

STEPS = 90
"""Steps that the article's network reads; shorter recordings are padded with zeros in front."""


@dataclass(frozen=True, eq=False)
class Recordings:
    """A set of recordings.

    Attributes
    ----------
    frames : ndarray of float32, shape (frames, channels)
        All frames, recording after recording.
    lengths : ndarray of int32, shape (recordings,)
        Frames of each recording; they add up to ``len(frames)``.
    sign : ndarray of int16, shape (recordings,)
        Index into `signs`.
    session, trial : ndarray of int16, shape (recordings,)
        Recording session (1-9) and trial within the session (1-3).
    signs : tuple of str
        Sign keys as in the files, in sorted (ASCII) order.
    notes : tuple of str
        What was repaired or noticed on import, one sentence each.

    Raises
    ------
    UserError
        If the parts do not fit together or a frame is not a finite number.
    """

    frames: np.ndarray
    lengths: np.ndarray
    sign: np.ndarray
    session: np.ndarray
    trial: np.ndarray
    signs: tuple[str, ...]
    notes: tuple[str, ...] = ()
    offsets: np.ndarray = field(init=False, repr=False)
    """int64, shape (recordings + 1,): where each recording starts in `frames`."""

    def __post_init__(self) -> None:
        n = len(self.lengths)
        if any(len(a) != n for a in (self.sign, self.session, self.trial)):
            raise UserError("The recordings’ tables differ in length; import the recordings again.")
        if self.frames.ndim != 2 or int(np.sum(self.lengths)) != len(self.frames):
            raise UserError("The recordings’ lengths do not add up to their frames; import the recordings again.")
        if n and (self.sign.min() < 0 or self.sign.max() >= len(self.signs)):
            raise UserError("A recording names a sign that is not in the list; import the recordings again.")
        if not np.isfinite(self.frames).all():
            raise UserError("A recording holds a value that is not a finite number; repair or remove that file.")
        object.__setattr__(self, "offsets", np.concatenate([[0], np.cumsum(self.lengths, dtype=np.int64)]))

    def __len__(self) -> int:
        return len(self.lengths)

    @property
    def names(self) -> tuple[str, ...]:
        """Readable sign names, in the order of `signs`."""
        return tuple(readable_name(key) for key in self.signs)

    def frames_of(self, index: int) -> np.ndarray:
        """Return the frames of one recording, shape (length, channels)."""
        return self.frames[self.offsets[index] : self.offsets[index + 1]]

    def select(self, keep: np.ndarray) -> Recordings:
        """Return the recordings selected by `keep` (bool mask or indices), without the signs that none of them has."""
        rows = np.flatnonzero(keep) if np.asarray(keep).dtype == bool else np.asarray(keep, dtype=np.int64)
        used = np.unique(self.sign[rows])
        renumber = np.full(len(self.signs), -1, dtype=np.int16)
        renumber[used] = np.arange(len(used), dtype=np.int16)
        parts = [self.frames_of(int(i)) for i in rows]
        return Recordings(
            frames=np.concatenate(parts) if parts else self.frames[:0],
            lengths=self.lengths[rows],
            sign=renumber[self.sign[rows]],
            session=self.session[rows],
            trial=self.trial[rows],
            signs=tuple(self.signs[i] for i in used),
            notes=self.notes,
        )

    def article_subset(self, steps: int = STEPS) -> Recordings:
        """Return the article's recordings: those shorter than `steps` frames, without the sign ``his_hers``."""
        keep = self.lengths < steps
        if ARTICLE_DROPS in self.signs:
            keep &= self.sign != self.signs.index(ARTICLE_DROPS)
        return self.select(keep)

    def padded(self, steps: int = STEPS, mean: np.ndarray | None = None, std: np.ndarray | None = None) -> np.ndarray:
        """Return all recordings as network input, zeros in front.

        Parameters
        ----------
        steps : int
            Steps of the network; no recording may be longer.
        mean, std : ndarray, shape (channels,), optional
            Standardisation of real frames, applied before padding (padding stays zero).

        Returns
        -------
        ndarray of float32, shape (recordings, steps, channels)

        Raises
        ------
        UserError
            If a recording is longer than `steps`.
        """
        if len(self) and self.lengths.max() > steps:
            raise UserError(
                f"A recording is longer than the network’s {counted(steps, 'step')}; leave it out or cut it."
            )
        frames = self.frames
        if mean is not None and std is not None:
            frames = ((frames - mean) / std).astype(np.float32)
        out = np.zeros((len(self), steps, frames.shape[1]), dtype=np.float32)
        real = np.arange(steps)[None, :] >= (steps - self.lengths)[:, None]
        out[real] = frames
        return out
