"""Ensemble of maps of the same hidden states by autoencoders that differ only in their seed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .words import Words, told_words


@dataclass(frozen=True, eq=False)
class Ensemble:
    """N maps of the same hidden states, as trained: not yet aligned with one another.

    Attributes
    ----------
    seeds : tuple of int
        One per training.
    paths : ndarray of float32, shape (N, signs, phases, dims)
        Each sign's mean path on each map, in bottleneck values; not a number for a sign without recordings.
    ends : ndarray of float32, shape (N, recordings, dims)
        Each recording's last step on each map.
    full_paths : ndarray of float64, shape (signs, signs)
        Distances between the signs' mean paths in the space of all units.
    full_ends : ndarray of float64, shape (signs, signs)
        Distances between the ends of the mean paths alone.
    signs : tuple of str
        Keys.
    fingerprint : str
        Of the hidden states, see `analysis.neighbours.fingerprint`.
    info : mapping
        How it was made: settings, version, date, validation losses.
    """

    seeds: tuple[int, ...]
    paths: np.ndarray
    ends: np.ndarray
    full_paths: np.ndarray
    full_ends: np.ndarray
    signs: tuple[str, ...]
    fingerprint: str
    info: Mapping[str, Any] = field(default_factory=dict)

    @property
    def words(self) -> Words:
        """What its classes and sequences are called: as `info` says, else as of sign language."""
        return told_words(self.info.get("class_word"), self.info.get("sequence_word"))

    @property
    def dims(self) -> int:
        """Dimensions of the maps."""
        return int(self.paths.shape[-1])

    def sign_ends(self) -> np.ndarray:
        """Return the end of each sign's mean path on each map, shape (N, signs, dims)."""
        return self.paths[:, :, -1]
