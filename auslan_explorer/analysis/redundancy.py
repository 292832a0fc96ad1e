"""Finds redundant steps, at which the hidden state stands still: the article does not train autoencoders on them."""

from __future__ import annotations

import numpy as np

from auslan_explorer.analysis.step_lengths import distances_to_next
from auslan_explorer.core.activations import Activations

STILL = 0.2
"""A step is still if the state moves less than this fraction of the median movement of all real steps.

On the published network the median movement is 0.28 a step and the threshold so 0.056. A fraction of the median, not a
fixed length, fits networks of any size. A fifth leaves out about 5 % of the published network's real steps, all of them
at the end: half of the recordings never come to rest, some stand still for fifty steps, and at the start the state
moves fast, because padding gives way to the first frame.
"""


def movement(activations: Activations) -> np.ndarray:
    """Compute how far the hidden state moves at each real step.

    Returns
    -------
    ndarray of float32, shape (S,)
        Euclidean norm of h_t - h_(t-1). Before a recording's first step stands the padding prefix, or the zero state
        where the network begins with it; infinite where what comes before is not known.
    """
    states = activations.all_states()
    out = np.zeros(len(states), dtype=np.float32)
    out[1:] = distances_to_next(states)
    filled = activations.lengths > 0
    first = activations.offsets[:-1][filled]
    before = np.full((len(first), activations.units), np.inf, dtype=np.float32)
    step = activations.first_step[filled]
    before[step == 0] = 0
    known = (step > 0) & (step <= len(activations.prefix))
    before[known] = activations.prefix[step[known] - 1]
    out[first] = np.linalg.norm(states[first] - before, axis=1)
    return out


def moving_steps(activations: Activations, still: float = STILL) -> np.ndarray:
    """Return which real steps are not redundant.

    The article calls redundant the steps "from the beginning and at the end of each gesture, where the activations
    remained approximately constant" (its code cut every recording to steps 10 to 64, and so never trained on the end
    of a sign). Here these are the unbroken runs of still steps from the first real step on, and back from the last.
    The last step itself is never redundant: the classifier decides on it.

    Parameters
    ----------
    activations : Activations
    still : float
        Fraction of the median movement below which a step is still.

    Returns
    -------
    ndarray of bool, shape (S,)
    """
    moved = movement(activations)
    if not len(moved):
        return np.zeros(0, dtype=bool)
    moving = moved >= still * np.median(moved)
    rows = np.arange(len(moved))
    filled = activations.lengths > 0
    starts = activations.offsets[:-1][filled]
    lengths = activations.lengths[filled]
    first = np.minimum.reduceat(np.where(moving, rows, len(rows)), starts)
    last = np.maximum.reduceat(np.where(moving, rows, -1), starts)
    keep = (rows >= np.repeat(first, lengths)) & (rows <= np.repeat(last, lengths))
    keep[starts + lengths - 1] = True
    return keep
