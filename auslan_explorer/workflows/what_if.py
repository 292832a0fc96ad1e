"""Asks a network "what if": finds it and its maps' encoders, and the smallest change that gives another answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from auslan_explorer.analysis.warping import frame_beside, warp
from auslan_explorer.analysis.what_if import SmallestChange, smallest_change
from auslan_explorer.core.activations import Activations, ArrayStates, StepColumns
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.network import Autoencoder, Classifier
from auslan_explorer.core.progress import IsCancelled, Progress, never, no_progress, part
from auslan_explorer.core.projection import Projection
from auslan_explorer.core.recordings import CHANNELS, Recordings
from auslan_explorer.workflows.attribution import NO_NETWORK

FramesOf = Callable[[int], np.ndarray | None]
"""Returns a recording's frames, or None where they are not at hand."""


@dataclass(frozen=True, eq=False)
class Networks:
    """The networks that a changed recording goes through.

    Attributes
    ----------
    classifier : Classifier
    autoencoders : mapping of int to Autoencoder
        Of the maps shown, by their dimensions; without those that are not at hand.
    """

    classifier: Classifier
    autoencoders: Mapping[int, Autoencoder]


def find_networks(activations: Activations, projections: Mapping[int, Projection], runs: Mapping[int, str]) -> Networks:
    """Find the network that made activations, and the encoders of maps.

    Parameters
    ----------
    activations : Activations
    projections : mapping of int to Projection
        The maps shown, by their dimensions.
    runs : mapping of int to str
        The saved run of each; empty for those that came with the activations.

    Raises
    ------
    UserError
        If the network is not at hand.
    """
    from auslan_explorer.io.model_lookup import with_networks
    from auslan_explorer.workflows.quality import find_autoencoder

    known = with_networks(activations)
    if known.classifier is None:
        raise UserError(NO_NETWORK)
    found = {dims: find_autoencoder(known, each, runs.get(dims, "")) for dims, each in projections.items()}
    return Networks(known.classifier, {dims: each for dims, each in found.items() if each is not None})


@dataclass(frozen=True, eq=False)
class Found:
    """What would have been enough for another answer.

    Attributes
    ----------
    donor : int
        The recording that the change was taken from.
    change : SmallestChange or None
        None where no change by that recording is enough.
    """

    donor: int
    change: SmallestChange | None


def find_smallest_change(
    activations: Activations,
    classifier: Classifier,
    frames: np.ndarray,
    frames_of: FramesOf,
    spreads: np.ndarray,
    sign: int,
    *,
    progress: Progress = no_progress,
    cancelled: IsCancelled = never,
) -> Found:
    """Find how little of the nearest recording of a sign suffices for that sign to be the answer.

    Parameters
    ----------
    activations : Activations
    classifier : Classifier
    frames : ndarray of float32, shape (length, channels)
        The recording, perhaps changed already.
    frames_of : callable
    spreads : ndarray of float, shape (channels,)
        What channels are divided by where recordings are compared.
    sign : int
    progress, cancelled : callable, optional

    Raises
    ------
    UserError
        If there is no recording of the sign that is answered right.
    Cancelled
    """
    a = activations
    nearest, least = -1, np.inf
    candidates = np.flatnonzero((a.sign == sign) & (a.predicted == sign))
    for number, each in enumerate(candidates.tolist()):
        other = frames_of(each)
        progress(0.3 * number / len(candidates), "")
        if other is None or np.array_equal(other, frames):
            continue
        pairs = warp(frames / spreads, other / spreads)
        far = float((((frames[pairs[:, 0]] - other[pairs[:, 1]]) / spreads) ** 2).sum())
        if far < least:
            nearest, least = each, far
    found = frames_of(nearest) if nearest >= 0 else None
    if found is None:
        raise UserError(f"There is no recording of “{a.names[sign]}” at hand that this network answers right.")
    beside = frame_beside(frames, found, spreads)
    change = smallest_change(
        classifier, frames, found[beside], sign, progress=part(progress, 0.3, 1.0), cancelled=cancelled
    )
    return Found(nearest, change)


def save_changed(
    file: Path,
    activations: Activations,
    networks: Networks,
    recording: int,
    own: np.ndarray,
    changed: np.ndarray,
    *,
    progress: Progress = no_progress,
    cancelled: IsCancelled = never,
) -> Path:
    """Save a changed recording: as text (.tsd), or with the recording itself as hidden states on their maps (.h5).

    Parameters
    ----------
    file : Path
    activations : Activations
    networks : Networks
    recording : int
        The recording that was changed.
    own, changed : ndarray of float32, shapes (length, 22) and (changed length, 22)
    progress, cancelled : callable, optional

    Raises
    ------
    UserError
        If the file cannot be written, or is named otherwise.
    Cancelled
    """
    from auslan_explorer.analysis.activate import activate
    from auslan_explorer.io.atomic import write_bytes
    from auslan_explorer.io.cache import write_cache
    from auslan_explorer.io.tsd import to_text

    if file.suffix.lower() == ".tsd":
        write_bytes(file, to_text(changed))
        return file
    if file.suffix.lower() != ".h5":
        raise UserError("A changed recording is saved as .tsd (its numbers) or .h5 (its hidden states on the maps).")
    a = activations
    pair = Recordings(
        np.concatenate([own, changed]), np.array([len(own), len(changed)], dtype=np.int32),
        np.zeros(2, dtype=np.int16), np.repeat(a.session[recording], 2), np.repeat(a.trial[recording], 2),
        (a.signs[a.sign[recording]],),
    )  # fmt: skip
    made = activate(
        networks.classifier, pair, networks.autoencoders, progress=part(progress, 0, 0.5), cancelled=cancelled
    )
    # No imported recording has the hands of the changed one: the file keeps both.
    kept = StepColumns(ArrayStates(pair.frames), CHANNELS)
    named = replace(made, recording_names=("as recorded", "changed"), inputs=kept)
    write_cache(file, named, part(progress, 0.5, 1.0), cancelled)
    return file
