"""What the inspector's rows and cells do: select recordings so that they can be seen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from auslan_explorer.core.playing import position_of
from auslan_explorer.core.session import Session


def select(session: Session, recordings: Iterable[int], step: int | None = None) -> None:
    """Select recordings, ticking their signs and splits where these are hidden, and go to a step.

    One change of the state, so that one undo takes it back.
    """
    a, state = session.activations, session.state
    chosen = tuple(int(i) for i in recordings)
    changes: dict[str, Any] = {
        "selected": chosen,
        "visible_signs": state.visible_signs | {int(a.sign[i]) for i in chosen},
        "splits": state.splits | {int(a.split[i]) for i in chosen},
    }
    if step is not None and chosen:
        changes["step"] = position_of_step(session, chosen[0], step)
    session.update(**changes)


def position_of_step(session: Session, recording: int, step: int) -> int:
    """Return the position of the playback at which a recording reaches the network's `step`."""
    a = session.activations
    one = slice(recording, recording + 1)
    return int(position_of(session.state.alignment, a.steps, np.array([step]), a.first_step[one], a.lengths[one])[0])


def select_sign(session: Session, sign: int) -> None:
    """Select every recording of a sign."""
    select(session, np.flatnonzero(session.activations.sign == sign))
