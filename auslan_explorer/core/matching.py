"""Finds the recordings that activations were made of."""

from __future__ import annotations

import numpy as np

from .activations import Activations
from .recordings import Recordings


def match_recordings(recordings: Recordings, activations: Activations) -> np.ndarray:
    """Find the recording of each of the activations', by sign, session, trial and length.

    Returns
    -------
    ndarray of int64, shape (activations' recordings,)
        Index into `recordings`; -1 where there is none, or more than one that fits.
    """
    r, a = recordings, activations
    places: dict[tuple[str, int, int, int], int] = {}
    columns = (r.sign.tolist(), r.session.tolist(), r.trial.tolist(), r.lengths.tolist())
    for place, (sign, session, trial, length) in enumerate(zip(*columns, strict=True)):
        key = (r.signs[sign], session, trial, length)
        places[key] = -1 if key in places else place
    wanted = zip(a.sign.tolist(), a.session.tolist(), a.trial.tolist(), a.lengths.tolist(), strict=True)
    found = [places.get((a.signs[sign], session, trial, length), -1) for sign, session, trial, length in wanted]
    return np.array(found, dtype=np.int64)
