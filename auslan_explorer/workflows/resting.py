"""Jobs on resting points: the input that stays, states of real recordings to begin from, and places on the maps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.network import Autoencoder, Classifier
from auslan_explorer.core.progress import IsCancelled, Progress, never, no_progress
from auslan_explorer.core.projection import PointQuality, Projection
from auslan_explorer.core.resting import HeldInput, RestingMarks, RestingPoints
from auslan_explorer.core.session import SessionState

if TYPE_CHECKING:
    from auslan_explorer.workflows.what_if import FramesOf, Networks

STARTS = 48
"""States of real recordings that the search begins from."""
NO_RECORDINGS = (
    "The recordings themselves are needed to hold an input; “Download recordings” or “Import recordings” gets them."
)
NO_ENCODER = (
    "The autoencoders behind the maps are not at hand, so resting points have no place on them; train a map, or open "
    "one with its networks."
)
NO_FRAME = "Select one recording; its frame at the step of playback is the input that stays."


def find_resting(
    activations: Activations,
    projections: Mapping[int, Projection],
    state: SessionState,
    frames_of: FramesOf,
    *,
    progress: Progress = no_progress,
    cancelled: IsCancelled = never,
) -> tuple[RestingPoints, dict[int, PointQuality]]:
    """Find resting points under the input that a state asks for, and their places on maps.

    Parameters
    ----------
    activations : Activations
    projections : mapping of int to Projection
        The maps shown, by their dimensions.
    state : SessionState
    frames_of : callable
        Returns a recording's frames, or None.
    progress, cancelled : callable, optional

    Returns
    -------
    RestingPoints
    dict of int to PointQuality
        For each map whose autoencoder is at hand.

    Raises
    ------
    UserError
        If network or recordings are not at hand, or no recording is selected whose frame could be held.
    Cancelled
    """
    from auslan_explorer.analysis.resting_points import find_resting_points
    from auslan_explorer.workflows.what_if import find_networks

    networks = find_networks(activations, projections, {dims: state.run(dims) for dims in projections})
    frames = {each: values for each in range(len(activations)) if (values := frames_of(each)) is not None}
    if not frames:
        raise UserError(NO_RECORDINGS)
    held = held_frame(activations, state, frames)
    starts = starting_states(networks.classifier, list(frames.values()))
    points = find_resting_points(networks.classifier, held, starts, progress=progress, cancelled=cancelled)
    if not networks.autoencoders:
        raise UserError(NO_ENCODER)
    return points, place_points(activations, points, networks, state.resting)


def held_frame(activations: Activations, state: SessionState, frames: Mapping[int, np.ndarray]) -> np.ndarray:
    """Return the input that stays, shape (channels,).

    Raises
    ------
    UserError
        If that is a frame of the selected recording, and not one is selected, or its frames are not known.
    """
    if state.resting is HeldInput.FRAME:
        (chosen,) = state.selected if len(state.selected) == 1 else (-1,)
        if chosen not in frames:
            raise UserError(NO_FRAME)
        step = int(state.own_steps(activations, np.array([chosen]))[0]) - int(activations.first_step[chosen])
        return frames[chosen][min(max(step, 0), len(frames[chosen]) - 1)]
    if state.resting is HeldInput.REST:
        first = np.array([values[0] for values in frames.values() if len(values)])
        return np.asarray(first.mean(axis=0, dtype=np.float64))
    return np.asarray(np.concatenate(list(frames.values())).mean(axis=0, dtype=np.float64))


def starting_states(classifier: Classifier, frames: list[np.ndarray]) -> np.ndarray:
    """Return hidden and cell states of recordings spread over all, at steps spread over each."""
    from auslan_explorer.analysis.resting_points import states_on_the_way

    fitting = [each for each in frames if 0 < len(each) <= classifier.steps]
    if not fitting:
        raise UserError(NO_RECORDINGS)
    chosen = np.unique(np.linspace(0, len(fitting) - 1, STARTS).round().astype(int))
    padded = np.zeros((len(chosen), classifier.steps, classifier.kernel.shape[0]), dtype=np.float32)
    steps = np.zeros(len(chosen), dtype=np.int64)
    for row, number in enumerate(chosen.tolist()):
        values = fitting[number]
        first = classifier.steps - len(values)
        padded[row, first:] = (values - classifier.mean) / classifier.std
        steps[row] = first + (row * len(values)) // len(chosen)
    return states_on_the_way(classifier, padded, steps)


def place_points(
    activations: Activations, points: RestingPoints, networks: Networks, held: HeldInput
) -> dict[int, PointQuality]:
    """Return where resting points stand on the maps whose autoencoders are known, as `PointQuality`."""
    names = activations.output_names or activations.names
    # Places where the state only creeps lie by the dozen beside each other.
    texts = tuple(
        f"{names[answer]} {chance:.0%}" if still else ""
        for answer, chance, still in zip(points.answers, points.certainty, points.still, strict=True)
    )

    def marks(encoder: Autoencoder) -> RestingMarks:
        return RestingMarks(encoder.encode(points.states.astype(np.float32)), points.stable, texts)

    return {dims: PointQuality(resting={held: marks(each)}) for dims, each in networks.autoencoders.items()}
