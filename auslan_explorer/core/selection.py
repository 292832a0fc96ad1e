"""Functions that select recordings, with one rule for those that are hidden.

`select`, `select_sign` and `select_group` are for recordings chosen by what they are (a row or a cell of a table, a
sign's name, a group, a search): the signs and splits that hide them are ticked in the same change, so that one undo
reverts both. `pick`, `toggle` and `pick_signs` are for what is visible or ticked already (a click, a lasso, the legend,
rows of the list of signs): nothing that is hidden is shown by them. `show_all` is what "All" means everywhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import numpy as np

from .groups import Group, Kind
from .playing import position_of
from .selected import Selected
from .session import Session, opening_state


def select(session: Session, recordings: Iterable[int], step: int | None = None) -> None:
    """Select recordings, tick the signs and splits that hide them, and seek to the network's `step` of the first."""
    changes = _revealing(session, recordings)
    if step is not None and changes["selected"]:
        changes["step"] = position_of_step(session, changes["selected"][0], step)
    session.update(**changes)


def select_sign(session: Session, sign: int) -> None:
    """Select every recording of a sign, and tick the signs and splits that hide them."""
    select(session, np.flatnonzero(session.activations.sign == sign))


def select_group(session: Session, group: Group) -> None:
    """Select a group's recordings, and tick what hides them; the group of all clears the selection instead."""
    if group.kind is Kind.ALL:
        session.update(**_everything(session), selected=())
    else:
        session.update(**_revealing(session, np.flatnonzero(group.recordings)))


def show_all(session: Session) -> None:
    """Show every recording: tick all signs and splits, and stop isolating; the selection stays."""
    session.update(**_everything(session))


def pick(session: Session, recordings: Collection[int] | np.ndarray, *, adds: bool = False) -> None:
    """Replace the selection by `recordings`; with `adds`, extend it."""
    chosen = Selected(recordings)
    session.update(selected=np.union1d(session.state.selected.rows, chosen.rows) if adds else chosen)


def toggle(session: Session, recordings: Collection[int], *, adds: bool = False) -> None:
    """Replace the selection by `recordings`; with `adds`, add them, or remove them if all are selected already."""
    if adds and bool(np.isin(Selected(recordings).rows, session.state.selected.rows).all()):
        remove(session, recordings)
    else:
        pick(session, recordings, adds=adds)


def remove(session: Session, recordings: Collection[int]) -> None:
    """Remove recordings from the selection."""
    pick(session, np.setdiff1d(session.state.selected.rows, Selected(recordings).rows))


def pick_signs(session: Session, signs: Iterable[int]) -> None:
    """Select the recordings of those of `signs` that are ticked.

    Unticked signs are left out: selecting hidden recordings alone would grey everything that is visible.
    """
    ticked = [sign for sign in signs if sign in session.state.visible_signs]
    pick(session, np.flatnonzero(np.isin(session.activations.sign, ticked)))


def clear_selection(session: Session) -> None:
    """Clear the selection, so that nothing is greyed."""
    session.update(selected=())


def shown_of_sign(session: Session, sign: int) -> tuple[int, ...]:
    """Return the shown recordings of a sign; indices, ascending."""
    return tuple(np.flatnonzero(session.shown() & (session.activations.sign == sign)).tolist())


def position_of_step(session: Session, recording: int, step: int) -> int:
    """Return the position of the playback at which a recording reaches the network's `step`."""
    a = session.activations
    one = slice(recording, recording + 1)
    return int(position_of(session.state.alignment, a.steps, np.array([step]), a.first_step[one], a.lengths[one])[0])


def _everything(session: Session) -> dict[str, Any]:
    """Return the state changes that show every recording."""
    opening = opening_state(session.activations)
    return {"visible_signs": opening.visible_signs, "splits": opening.splits, "isolate": False}


def _revealing(session: Session, recordings: Iterable[int]) -> dict[str, Any]:
    """Return the state changes that select recordings and tick the signs and splits that hide them."""
    a, state = session.activations, session.state
    chosen = Selected(recordings)
    which = chosen.rows
    return {
        "selected": chosen,
        "visible_signs": state.visible_signs | set(np.unique(a.sign[which]).tolist()),
        "splits": state.splits | set(np.unique(a.split[which]).tolist()),
    }
