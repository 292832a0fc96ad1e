"""The hands in a film: finds the recordings that the option --hands names, and lines a second one up."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from auslan_explorer.core.errors import UserError

if TYPE_CHECKING:
    from auslan_explorer.core.activations import Activations
    from auslan_explorer.draw.gesture import Gesture

_NAMED = re.compile(r"(.+)\s+(\d+)\.(\d+)")
_MOST_NAMED = 9
"""Recordings of a sign that are named where the one that is asked for is not there."""


def gesture_of(activations: Activations, text: str, source: Path | None) -> Gesture:
    """Return the gesture of one or two recordings.

    Parameters
    ----------
    activations : Activations
    text : str
        Such as "crazy 2.3" or "crazy 2.3, think 1.1": sign, session and trial.
    source : Path or None
        The recordings; None for those imported before.

    Raises
    ------
    UserError
        If a recording is not known, or the recordings are not at hand.
    """
    from auslan_explorer.analysis.warping import frame_beside
    from auslan_explorer.draw.gesture import Gesture
    from auslan_explorer.io.recordings import recordings_behind

    a = activations
    chosen = [_find(a, part.strip()) for part in text.split(",")]
    if len(chosen) > 2:
        raise UserError("A film shows the hands of one recording or two; name no more.")
    recordings, behind = recordings_behind(a, source)
    places = behind[chosen]
    if (places < 0).any():
        raise UserError("The imported recordings are not those that these hidden states were made of.")
    frames = tuple(recordings.frames_of(int(place)) for place in places)
    spreads = np.maximum(recordings.frames.std(axis=0), 1e-6)
    beside = frame_beside(*frames, spreads) if len(frames) == 2 else np.zeros(0, dtype=np.int64)
    titles = tuple(f"{a.names[a.sign[i]]}, session {a.session[i]}, trial {a.trial[i]}" for i in chosen)
    return Gesture(titles, frames, int(a.first_step[chosen[0]]), beside)


def _find(activations: Activations, text: str) -> int:
    a, named = activations, _NAMED.fullmatch(text)
    if named is None:
        raise UserError(f"{text!r} names no recording; write sign, session and trial, as in “crazy 2.3”.")
    name, session, trial = named[1].casefold(), int(named[2]), int(named[3])
    called = [{each.casefold() for each in both} for both in zip(a.names, a.signs, strict=True)]
    signs = [sign for sign, names in enumerate(called) if name in names]
    if not signs:
        unknown = a.wording.say("There is no sign {0!r}", named[1])
        raise UserError(f"{unknown}; session and trial stand behind it, as in “crazy 2.3”.")
    own = np.flatnonzero(np.isin(a.sign, signs))
    found = own[(a.session[own] == session) & (a.trial[own] == trial)]
    if not len(found):
        near = own[a.session[own] == session]
        there = [f"{a.session[i]}.{a.trial[i]}" for i in (near if len(near) else own)]
        more = f" and {len(there) - _MOST_NAMED} more" if len(there) > _MOST_NAMED else ""
        raise UserError(f"There is no recording {text!r}; there are {', '.join(there[:_MOST_NAMED])}{more}.")
    return int(found[0])
