"""What is shown, as one value: network, data, map, what hides recordings, and what is not known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

from .activations import Activations
from .origin import Kind
from .projection import PCA, Projection
from .session import Layout, Session
from .signs import shown_name
from .splits import NO_SPLIT, SPLIT_NAMES

_NETWORKS = {Kind.SHIPPED: "Shipped network", Kind.PUBLISHED: "Published weights"}
_MAPS = {Kind.SHIPPED: "Shipped map", Kind.PUBLISHED: "Published map", Kind.FILE: "Map in its file"}


_UNNAMED, _OWN_MAP, _LEARNING = "Unnamed network", "Own map", "A map that is learning"
_PRINCIPAL = "Principal components"
IN_SENTENCE = {
    _MAPS[Kind.SHIPPED]: "shipped map",
    _MAPS[Kind.PUBLISHED]: "published map",
    _MAPS[Kind.FILE]: "map in its file",
    _OWN_MAP: "own map",
    _LEARNING: "a map that is learning",
    _PRINCIPAL: "principal components",
}
"""How maps are called after other words: a table, since other languages keep their capitals there."""
WORDS = (*_NETWORKS.values(), *_MAPS.values(), _UNNAMED, _OWN_MAP, _LEARNING, _PRINCIPAL, *IN_SENTENCE.values())
"""All names that are not a person's own, for translators."""
DOT = " · "


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
        What is not known: "splits" and "answers" of the recordings, "probabilities" where the head gives other answers.
    layer : str
        The layer that is shown, where there are several; empty where there is one.
    """

    network: str
    kind: Kind
    maps: tuple[str, ...]
    runs: tuple[bool, ...]
    recordings: int
    shown: int
    hidden: tuple[Hidden, ...]
    unknown: tuple[str, ...]
    layer: str = ""


def network_name(activations: Activations) -> str:
    """Return a short name of the network behind activations."""
    origin = activations.origin
    named = _NETWORKS.get(origin.kind, "")
    if origin.kind is Kind.PUBLISHED and PurePath(origin.weights).suffix.lower() in (".h5", ".hdf5"):
        named = PurePath(origin.weights).name  # a weight file of a person's own, not the article's folder
    return named or PurePath(origin.file).name or activations.provenance.get("model", "") or _UNNAMED


def own_map_name(activations: Activations) -> str:
    """Return what the map is called that activations came with, or what stands for one: "principal components"."""
    maps = activations.projections.values()
    if maps and all(projection.axis_word == PCA for projection in maps):
        return _PRINCIPAL
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
            maps[projection.title if run else _own_name(a, projection)] = run
    unknown = []
    if len(a) and not splits_known(a):
        unknown.append("splits")
    if len(a) and not (a.predicted >= 0).any():
        unknown.append("answers")
    if a.head_disagrees:
        unknown.append("probabilities")
    return Identity(
        network=network_name(a),
        kind=a.origin.kind,
        maps=tuple(maps),
        runs=tuple(maps.values()),
        recordings=len(a),
        shown=int(session.shown().sum()),
        hidden=tuple(_hidden(session)),
        unknown=tuple(unknown),
        layer=shown_name(a.layer) if len(a.layers) > 1 else "",
    )


def _own_name(activations: Activations, projection: Projection) -> str:
    return _PRINCIPAL if projection.axis_word == PCA else own_map_name(activations)


def short_name(activations: Activations, projections: Iterable[Projection]) -> str:
    """Return network and maps in a few words, in English: "Shipped network · shipped map".

    Parameters
    ----------
    activations : Activations
    projections : iterable of Projection
        The maps that are shown; runs', and those that the activations did not come with, have their titles.
    """
    maps: dict[str, None] = {}
    for each in projections:
        own = not each.is_run and activations.projections.get(each.dims) is each
        maps[IN_SENTENCE[_own_name(activations, each)] if own else f"run “{shown_name(each.title)}”"] = None
    return DOT.join([network_name(activations), *maps])


def _hidden(session: Session) -> list[Hidden]:
    a, state = session.activations, session.state
    found = []
    present = sorted(a.splits_present)
    left = [code for code in present if code in state.splits]
    if len(left) < len(present):
        found.append(Hidden("splits", tuple(SPLIT_NAMES[code] for code in left)))
    used = a.signs_present
    ticked = len(used & state.visible_signs)
    if ticked < len(used):
        found.append(Hidden("signs", shown=ticked, of=len(used)))
    if state.isolate and state.selected:
        found.append(Hidden("isolate"))
    return found
