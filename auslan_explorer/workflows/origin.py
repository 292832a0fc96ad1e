"""Says where what is exported is from."""

from __future__ import annotations

from collections.abc import Iterable

from auslan_explorer import __version__
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.projection import Projection
from auslan_explorer.core.signs import shown_name
from auslan_explorer.io.origin_tags import Origin

UNKNOWN = "not known"


def origin_of(activations: Activations, projections: Iterable[Projection], command: str = "") -> Origin:
    """Return where a picture, film or table is from: program, network, data, maps, and the command that made it.

    Parameters
    ----------
    activations : Activations
    projections : iterable of Projection
        The maps that are shown.
    command : str
        The command line that makes the same again; empty if there is none.
    """
    known = activations.provenance
    maps = [f"{each.dims}-D, {each.title or UNKNOWN}, fingerprint {each.fingerprint}" for each in projections]
    origin = {
        "Software": f"Auslan Explorer {__version__}",
        "Network": known.get("model") or UNKNOWN,
        "Data": f"{known.get('data') or UNKNOWN}; {len(activations)} recordings of {len(activations.signs)} signs",
        "Map": "; ".join(maps) or UNKNOWN,
    }
    if command:
        origin["Command"] = command
    # Texts from a file can hold anything.
    return {name: shown_name(text) for name, text in origin.items()}
