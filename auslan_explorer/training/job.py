"""Specification of a map's training, and its split of recordings into training, validation and test."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

import numpy as np

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.splits import ARTICLE_TRAIN_PER_SIGN, NO_SPLIT, TEST, TRAIN, VALIDATION, article_split
from auslan_explorer.training.settings import AutoencoderSettings

MOST_ROWS = 200_000
"""Hidden states that a training learns from; of more, a sample is drawn."""
MOST_HELD_OUT = 20_000
"""Hidden states of such a sample that validate, and as many that test."""
HELD_OUT_SHARE = 10
"""One recording in so many is for validation, where there is no split."""


@dataclass(frozen=True, eq=False)
class TrainingJob:
    """Everything that a map's training needs.

    Attributes
    ----------
    activations : Activations
        Of any recurrent network. Hidden states in a file are read by the training process.
    settings : AutoencoderSettings
    selected : ndarray of bool, shape (recordings,), or None
        Recordings to train on where the settings' `recordings` is "selection".
    show_every : int
        Epochs between two snapshots of the map; 0 for none.
    on_screen : ndarray of float32, shape (real steps, dims), or None
        Points of the map that the person sees, with which the first snapshot is aligned.
    threads : int
        Threads of TensorFlow; 0 for as many as there are processors.
    """

    activations: Activations
    settings: AutoencoderSettings = field(default_factory=AutoencoderSettings)
    selected: np.ndarray | None = None
    show_every: int = 0
    on_screen: np.ndarray | None = None
    threads: int = 0

    @property
    def thread_count(self) -> int:
        """`threads`, or the number of processors."""
        return self.threads or os.cpu_count() or 1

    def split(self) -> np.ndarray:
        """Return the split of recordings into training, validation and test; see `split_for`."""
        return split_for(self.activations, self.settings, self.selected)


def split_for(
    activations: Activations, settings: AutoencoderSettings, selected: np.ndarray | None = None
) -> np.ndarray:
    """Split the recordings into training, validation and test for a training.

    Parameters
    ----------
    activations : Activations
    settings : AutoencoderSettings
        `recordings` decides: "train" takes the activations' own split (the article's, or a tenth to validate and a
        tenth to test, where they have none); of "all" and of "selection" a tenth of the recordings validates.
    selected : ndarray of bool, shape (recordings,), optional

    Returns
    -------
    ndarray of uint8, shape (recordings,)
        Codes of `core.splits`.

    Raises
    ------
    UserError
        If there are fewer than two recordings, so that none can be held out.
    """
    filled = activations.lengths > 0
    if settings.recordings == "train":
        known = split_known(activations.split)
        return activations.split if known else _new_split(activations.sign, filled)
    if settings.recordings == "all":
        chosen = filled
    elif selected is None or not (selected & filled).any():
        raise UserError("Nothing is selected to train on; select some recordings, or train on all.")
    else:
        chosen = selected & filled
    split = np.full(len(activations), NO_SPLIT, dtype=np.uint8)
    split[chosen] = TRAIN
    split[_tenth(chosen)] = VALIDATION
    return split


def split_known(split: np.ndarray) -> bool:
    """Return whether recordings of a split can be trained on as they are: some train and some validate."""
    return bool((split == TRAIN).any() and (split == VALIDATION).any())


def measured_on(split: np.ndarray) -> str:
    """Return "test" or "validation": the recordings on which a map's quality is measured."""
    return "test" if (split == TEST).any() else "validation"


def _tenth(chosen: np.ndarray) -> np.ndarray:
    """Return a tenth of the chosen recordings, at least one, always the same ones."""
    rows = np.flatnonzero(chosen)
    if len(rows) < 2:
        raise UserError(
            "One recording is too little to train on, because another one has to tell when to stop; choose more."
        )
    return np.random.default_rng(0).permutation(rows)[: max(len(rows) // HELD_OUT_SHARE, 1)]


def _new_split(sign: np.ndarray, filled: np.ndarray) -> np.ndarray:
    counts = np.bincount(sign[filled]) if filled.any() else np.zeros(1, dtype=np.int64)
    if counts.sum() and counts[counts > 0].min() >= ARTICLE_TRAIN_PER_SIGN + 2 and filled.all():
        return article_split(sign)
    # Another network's classes may be few or many: a tenth of the recordings each to validate and to test.
    validation = _tenth(filled)
    split = np.full(len(sign), NO_SPLIT, dtype=np.uint8)
    split[filled] = TRAIN
    split[validation] = VALIDATION
    rest = np.flatnonzero(split == TRAIN)
    if len(rest) > len(validation):
        split[np.random.default_rng(0).permutation(rest)[: len(validation)]] = TEST
    return split
