"""What is shown, in a person's words: for the line above the map, and in short for the window's title."""

from __future__ import annotations

from auslan_explorer.core.identity import DOT, IN_SENTENCE, Hidden, Identity
from auslan_explorer.gui.i18n import grouped, mark, tr
from auslan_explorer.gui.widgets.text import format_count

_UNKNOWN = {
    "splits": mark("splits not known"),
    "answers": mark("answers not known"),
    "probabilities": mark("probabilities not known"),
}


def title_of(identity: Identity) -> str:
    """Return the short form: network, layer where there are several, and map: "Shipped network · shipped map"."""
    layer = [tr("layer {0}", identity.layer)] if identity.layer else []
    return DOT.join([tr(identity.network), *layer, *_maps(identity)])


def line_of(identity: Identity) -> str:
    """Return the whole line: "Shipped network · shipped map · 2 528 recordings, 277 shown (test)"."""
    if not identity.recordings:
        return tr("Nothing is open")
    return DOT.join([title_of(identity), recordings_of(identity), *(tr(_UNKNOWN[each]) for each in identity.unknown)])


def recordings_of(identity: Identity) -> str:
    """Return how many recordings there are, how many are shown, and what hides the others."""
    every = format_count(identity.recordings, "recording")
    if identity.shown == identity.recordings:
        return every
    shown = grouped(identity.shown)
    why = "; ".join(_why(each) for each in identity.hidden)
    return tr("{0}, {1} shown ({2})", every, shown, why) if why else tr("{0}, {1} shown", every, shown)


def _maps(identity: Identity) -> list[str]:
    named = []
    for name, run in zip(identity.maps, identity.runs, strict=True):
        named.append(tr("run “{0}”", name) if run else tr(IN_SENTENCE[name]))
    return named or [tr("no map")]


def _why(hidden: Hidden) -> str:
    if hidden.by == "splits":
        return ", ".join(tr(name) for name in hidden.left) or tr("no split")
    if hidden.by == "signs":
        return tr("{0} of {1}", hidden.shown, format_count(hidden.of, "sign"))
    return tr("isolated")
