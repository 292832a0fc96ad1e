"""Runs a classifier over recordings with the NumPy forward pass: hidden states, predictions and projections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from auslan_explorer.analysis.hands import hand_ratio
from auslan_explorer.core.activations import Activations, ArrayStates
from auslan_explorer.core.errors import Cancelled, UserError
from auslan_explorer.core.network import Autoencoder, Classifier, numbered_classes
from auslan_explorer.core.progress import IsCancelled, Progress, never, no_progress
from auslan_explorer.core.recordings import STEPS, Recordings
from auslan_explorer.core.signs import ARTICLE_DROPS, readable_name
from auslan_explorer.core.splits import NO_SPLIT
from auslan_explorer.core.words import counted

BLOCK = 256
"""Recordings that go through the LSTM together: enough for the matrix products, little memory (9 MB a block)."""


def _check(classifier: Classifier, recordings: Recordings, split: np.ndarray | None) -> None:
    if not len(recordings):
        raise UserError(
            f"No recording is left that the network can read (shorter than {classifier.steps} frames, and of a sign "
            "that it knows); choose other recordings."
        )
    unknown = [key for key in recordings.signs if key not in classifier.signs]
    if unknown:
        shown = ", ".join(unknown[:3]) + (f" and {len(unknown) - 3} more" if len(unknown) > 3 else "")
        raise UserError(
            f"The recordings hold signs that the classifier was not trained on ({shown}); leave them out or train a "
            "classifier on these recordings."
        )
    channels = classifier.kernel.shape[0]
    if recordings.frames.shape[1] != channels:
        raise UserError(
            f"The recordings have {counted(recordings.frames.shape[1], 'channel')} a frame where the classifier "
            f"reads {channels}; "
            "they do not belong together."
        )
    if recordings.lengths.min() < 1:
        raise UserError("A recording has no frames; remove it and import the recordings again.")
    if split is not None and len(split) != len(recordings):
        raise UserError(f"The split names {counted(len(split), 'recording')} where there are {len(recordings)}.")


def fitting(
    classifier: Classifier, recordings: Recordings, classes: Sequence[str] = ()
) -> tuple[Classifier, Recordings]:
    """Return a classifier and the recordings that it can read, which are no longer than its steps.

    The article's network reads what the article kept: recordings shorter than its steps, without the sign that it
    drops. Of a network whose outputs are only numbered, the recordings' signs in ASCII order are the names.

    Parameters
    ----------
    classifier : Classifier
    recordings : Recordings
    classes : sequence of str, optional
        Signs in the order of the outputs, where the file does not name them; recordings of others are left out.

    Raises
    ------
    UserError
        If the network has another number of outputs than there are classes or signs.
    """
    count = len(classifier.signs)
    if classes:
        if len(set(classes)) != count or len(classes) != count:
            raise UserError(
                f"The network tells {counted(count, 'class')} apart; name as many, each once, not {len(classes)}."
            )
        keep = [number for number, key in enumerate(recordings.signs) if key in classes]
        chosen = np.isin(recordings.sign, keep) & (recordings.lengths <= classifier.steps)
        return replace(classifier, signs=tuple(classes)), recordings.select(chosen)
    if classifier.signs == numbered_classes(count):
        found = recordings.select(recordings.lengths <= classifier.steps)
        if len(found.signs) != count:
            raise UserError(
                f"The network tells {counted(count, 'class')} apart, which its file does not name, and these "
                "recordings have "
                f"{counted(len(found.signs), 'sign')}; choose recordings of its own signs, or name its classes."
            )
        return replace(classifier, signs=found.signs), found
    if ARTICLE_DROPS not in classifier.signs:
        return classifier, recordings.article_subset(classifier.steps)
    return classifier, recordings.select(recordings.lengths <= classifier.steps)


def activate(
    classifier: Classifier,
    recordings: Recordings,
    autoencoders: Mapping[int, Autoencoder] | None = None,
    split: np.ndarray | None = None,
    provenance: Mapping[str, str] | None = None,
    progress: Progress = no_progress,
    cancelled: IsCancelled = never,
) -> Activations:
    """Run a classifier over recordings; return hidden states of all real steps, predictions and projections.

    Parameters
    ----------
    classifier : Classifier
    recordings : Recordings
        Their signs must be among the classifier's; the result lists signs in the classifier's order.
    autoencoders : mapping of int to Autoencoder, optional
        By number of dimensions; each makes a projection.
    split : ndarray of uint8, shape (recordings,), optional
        Codes of `core.splits`; without it, no split is known.
    provenance : mapping of str to str, optional
        Origin of the result, stored with it.
    progress, cancelled : callable, optional

    Returns
    -------
    Activations
        With real steps only. The prefix is as long as the longest padding among the recordings.

    Raises
    ------
    UserError
        If signs, channels, lengths, split or autoencoders do not fit the classifier.
    Cancelled
        If `cancelled` returns True.
    """
    _check(classifier, recordings, split)
    n, steps = len(recordings), classifier.steps
    if recordings.lengths.max() > steps:
        raise UserError(f"A recording is longer than the network’s {counted(steps, 'step')}; leave it out or cut it.")
    states = np.empty((len(recordings.frames), classifier.units), dtype=np.float32)
    predicted = np.empty(n, dtype=np.int16)
    for start in range(0, n, BLOCK):
        if cancelled():
            raise Cancelled
        rows = np.arange(start, min(start + BLOCK, n))
        block = recordings.select(rows)
        hidden = classifier.hidden_states(block.padded(steps, classifier.mean, classifier.std))
        real = np.arange(steps)[None, :] >= (steps - block.lengths)[:, None]
        states[recordings.offsets[start] : recordings.offsets[rows[-1] + 1]] = hidden[real]
        predicted[rows] = classifier.head.probabilities(hidden[:, -1]).argmax(axis=1)
        progress((start + len(rows)) / n, f"{start + len(rows)} of {counted(n, 'recording')}")

    first_step = (steps - recordings.lengths).astype(np.int32)
    order = np.array([classifier.signs.index(key) for key in recordings.signs], dtype=np.int16)
    bare = Activations(
        states=ArrayStates(states),
        prefix=classifier.padding_prefix(int(first_step.max())),
        lengths=recordings.lengths.astype(np.int32),
        first_step=first_step,
        sign=order[recordings.sign],
        predicted=predicted,
        session=recordings.session,
        trial=recordings.trial,
        split=np.full(n, NO_SPLIT, dtype=np.uint8) if split is None else np.asarray(split, dtype=np.uint8),
        signs=classifier.signs,
        names=tuple(readable_name(key) for key in classifier.signs),
        steps=steps,
        head=classifier.head,
        provenance=dict(provenance or {}),
        hand_ratio=hand_ratio(recordings) if recordings.lengths.max() <= STEPS else None,
        classifier=classifier,
        autoencoders=dict(autoencoders or {}),
    )
    return with_projections(bare, autoencoders or {})


def with_projections(activations: Activations, autoencoders: Mapping[int, Autoencoder]) -> Activations:
    """Return `activations` with the projections by `autoencoders` added.

    Raises
    ------
    UserError
        If an autoencoder reads another number of units, or has other dimensions than its key says.
    """
    projections = dict(activations.projections)
    for dims, autoencoder in autoencoders.items():
        if autoencoder.dims != dims:
            raise UserError(f"The autoencoder given for {dims} dimensions squeezes to {autoencoder.dims}.")
        projections[dims] = activations.project(autoencoder, f"{dims}-D autoencoder")
    return replace(activations, projections=projections)
