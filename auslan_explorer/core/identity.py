"""What is shown, as one value: network, data, map, what hides recordings, and what is not known."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

import numpy as np

from .activations import Activations
from .origin import Kind
from .projection import PCA
from .session import Layout, Session
from .splits import NO_SPLIT, SPLIT_NAMES

_NETWORKS = {Kind.SHIPPED: "Shipped network", Kind.PUBLISHED: "Published weights"}
_MAPS = {Kind.SHIPPED: "Shipped map", Kind.PUBLISHED: "Published map", Kind.FILE: "Map in its file"}


_UNNAMED, _OWN_MAP, _LEARNING = "Unnamed network", "Own map", "A map that is learning"
_PRINCIPAL = "Principal components"
WORDS = (*_NETWORKS.values(), *_MAPS.values(), _UNNAMED, _OWN_MAP, _LEARNING, _PRINCIPAL)
"""All names that are not a person's own, for translators."""


@dataclass(frozen=True)
class Hidden:
    """One thing that hides recordings.

    Attributes
    ----------
    by : {"splits", "signs", "isolate"}
    left : tuple of str
        Names of the splits that are shown, for "splits".
    shown, of : int
        Signs that are ticked and all signs, for "signs".
    """

    by: str
    left: tuple[str, ...] = ()
    shown: int = 0
    of: int = 0


@dataclass(frozen=True)
class Identity:
    """What is shown.

    Attributes
    ----------
    network : str
        Name of the network: "Shipped network", "Published weights", a file's name, or what its provenance calls it.
    kind : Kind
        Where the activations come from.
    maps : tuple of str
        Name of the map in each view that is open, each once; empty where there is none.
    runs : tuple of bool
        Whether each of `maps` is a run's.
    recordings, shown : int
        All recordings, and those on the map.
    hidden : tuple of Hidden
        What hides the others.
    unknown : tuple of str
        What is not known of the recordings: "splits", "answers".
    """

    network: str
    kind: Kind
    maps: tuple[str, ...]
    runs: tuple[bool, ...]
    recordings: int
    shown: int
    hidden: tuple[Hidden, ...]
    unknown: tuple[str, ...]


def network_name(activations: Activations) -> str:
    """Return a short name of the network behind activations."""
    origin = activations.origin
    named = _NETWORKS.get(origin.kind, "")
    return named or PurePath(origin.file).name or activations.provenance.get("model", "") or _UNNAMED


def own_map_name(activations: Activations) -> str:
    """Return what the map is called that activations came with."""
    return _MAPS.get(activations.origin.kind, _OWN_MAP)


def splits_known(activations: Activations) -> bool:
    """Return whether it is known which recordings trained the network."""
    return bool((activations.split != NO_SPLIT).any())


def identify(session: Session) -> Identity:
    """Return what a session shows."""
    a, state = session.activations, session.state
    views = {Layout.MAP_2D: (2,), Layout.MAP_3D: (3,)}.get(state.layout, (2, 3))
    maps: dict[str, bool] = {}
    for dims in views:
        projection = session.projections.get(dims)
        if session.is_learning(dims):
            maps[_LEARNING] = False
        elif projection is not None:
            run = bool(state.run(dims))
            own = _PRINCIPAL if projection.axis_word == PCA else own_map_name(a)
            maps[projection.title if run else own] = run
    unknown = []
    if len(a) and not splits_known(a):
        unknown.append("splits")
    if len(a) and not (a.predicted >= 0).any():
        unknown.append("answers")
    return Identity(
        network=network_name(a),
        kind=a.origin.kind,
        maps=tuple(maps),
        runs=tuple(maps.values()),
        recordings=len(a),
        shown=int(session.shown().sum()),
        hidden=tuple(_hidden(session)),
        unknown=tuple(unknown),
    )


def _hidden(session: Session) -> list[Hidden]:
    a, state = session.activations, session.state
    found = []
    present = sorted({int(code) for code in np.unique(a.split)})
    left = [code for code in present if code in state.splits]
    if len(left) < len(present):
        found.append(Hidden("splits", tuple(SPLIT_NAMES[code] for code in left)))
    used = {int(sign) for sign in np.unique(a.sign)}
    ticked = len(used & state.visible_signs)
    if ticked < len(used):
        found.append(Hidden("signs", shown=ticked, of=len(used)))
    if state.isolate and state.selected:
        found.append(Hidden("isolate"))
    return found
