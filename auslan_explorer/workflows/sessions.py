"""Maps of runs that a session file names: read beside the window, and taken in as far as they are there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from auslan_explorer.core.errors import UserError
from auslan_explorer.core.session import Session, SessionState
from auslan_explorer.gui.i18n import said, to_say
from auslan_explorer.training.runs import Run, RunStore

_NAMES = {2: "run_2d", 3: "run_3d"}
_WHERE = {2: to_say("on its map"), 3: to_say("in its 3-D view")}


def read_maps(shown: Mapping[str, Any]) -> dict[str, Run]:
    """Return the runs that a session file names, as far as they are kept here.

    Parameters
    ----------
    shown : mapping
        From the file; nothing in it is trusted: only runs that are listed are read.
    """
    wanted = {shown.get(name) for name in _NAMES.values()} - {"", None}
    if not wanted:
        return {}
    maps: dict[str, Run] = {}
    try:
        store = RunStore()
        kept = {info.id for info in store.list()}
    except UserError:
        return {}
    for name in wanted & kept:
        try:
            maps[str(name)] = store.read(str(name))
        except UserError:
            continue
    return maps


def take_maps(session: Session, state: SessionState, maps: Mapping[str, Run]) -> tuple[SessionState, list[str]]:
    """Return the state with the maps that can be shown, and in a few words which cannot.

    Parameters
    ----------
    session : Session
        Takes in the maps; its activations are the ones that the state is of.
    state : SessionState
        As the file has it.
    maps : mapping of str to Run
        As `read_maps` returns them.
    """
    remarks = []
    for dims, field in _NAMES.items():
        name = state.run(dims)
        if session.has(name):
            continue
        try:
            if name not in maps:
                raise UserError("")
            session.offer(name, maps[name].projection_of(session.activations))
        except UserError:
            changes: dict[str, Any] = {field: ""}
            state = replace(state, **changes)
            remarks.append(
                said("the run {0} that was {1} is not among the runs kept here", name[:60], said(_WHERE[dims]))
            )
    return state, remarks
