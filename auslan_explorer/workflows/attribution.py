"""Explains the answer to a recording, as a job: finds the network, and asks which channels carried it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from auslan_explorer.analysis.attribution import (
    Explained,
    Summary,
    group_sums,
    integrate_gradients,
    occlude,
    summarise,
)
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.progress import IsCancelled, never

NO_NETWORK = "The network that made these hidden states is not at hand, so it cannot be asked."


class Method(StrEnum):
    """How an answer is explained."""

    GRADIENTS = "gradients"
    OCCLUSION = "occlusion"


@dataclass(frozen=True, eq=False)
class Explanation:
    """What carried an answer.

    Attributes
    ----------
    worth : ndarray of float32, shape (groups, length)
        For each of `analysis.attribution.GROUPS` and each frame; above 0 speaks for the answer.
    summary : Summary or None
        None where nothing speaks for it.
    probability, baseline : float
        Probability of the answer for the recording, and for a hand that rests in the mean frame.
    """

    worth: np.ndarray
    summary: Summary | None
    probability: float
    baseline: float


def explain_answer(
    activations: Activations,
    frames: np.ndarray,
    mean_frame: np.ndarray,
    sign: int,
    method: Method,
    *,
    cancelled: IsCancelled = never,
) -> Explanation:
    """Explain why the network gives a sign as its answer to a recording.

    Parameters
    ----------
    activations : Activations
        Of the network that is asked; it is looked for among the models where they do not hold it.
    frames : ndarray of float, shape (length, channels)
    mean_frame : ndarray of float, shape (channels,)
        The baseline.
    sign : int
        Output of the network.
    method : Method
    cancelled : callable, optional

    Raises
    ------
    UserError
        If the network is not at hand, or the recording does not fit it.
    """
    from auslan_explorer.io.model_lookup import with_networks

    classifier = with_networks(activations).classifier
    if classifier is None:
        raise UserError(NO_NETWORK)
    explained = Explained(classifier, frames, mean_frame.astype(np.float32), sign)
    if method is Method.OCCLUSION:
        worth = occlude(explained, cancelled=cancelled)
    else:
        worth = group_sums(integrate_gradients(explained))
    still = np.broadcast_to(explained.baseline, frames.shape)
    probability, baseline = np.exp(explained.log_probability(np.stack([frames, still])))
    return Explanation(worth, summarise(worth), float(probability), float(baseline))
