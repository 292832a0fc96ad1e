"""Finds the recordings that activations were made of."""

from __future__ import annotations

import numpy as np

from .activations import Activations
from .recordings import CHANNELS, Recordings


def match_recordings(recordings: Recordings, activations: Activations) -> np.ndarray:
    """Find the recording of each of the activations', by sign, session, trial and length.

    Returns
    -------
    ndarray of int64, shape (activations' recordings,)
        Index into `recordings`; -1 where there is none, or more than one that fits, on either side.
    """
    r, a = recordings, activations
    places: dict[tuple[str, int, int, int], int] = {}
    columns = (r.sign.tolist(), r.session.tolist(), r.trial.tolist(), r.lengths.tolist())
    for place, (sign, session, trial, length) in enumerate(zip(*columns, strict=True)):
        key = (r.signs[sign], session, trial, length)
        places[key] = -1 if key in places else place
    wanted = zip(a.sign.tolist(), a.session.tolist(), a.trial.tolist(), a.lengths.tolist(), strict=True)
    found = np.array([places.get((a.signs[sign], *rest), -1) for sign, *rest in wanted], dtype=np.int64)
    # A changed recording has all of that from the one that it was made of.
    found[(found >= 0) & (np.bincount(found[found >= 0], minlength=len(r) + 1)[found] > 1)] = -1
    return found


def kept_recordings(activations: Activations) -> Recordings | None:
    """Return the glove recordings that activations keep as their inputs, in their order; None where they keep none.

    Raises
    ------
    UserError
        If they cannot be read.
    """
    a = activations
    if a.inputs is None or a.inputs.names != CHANNELS:
        return None
    return Recordings(a.inputs.rows.rows(0, a.real_steps), a.lengths, a.sign, a.session, a.trial, a.signs)
