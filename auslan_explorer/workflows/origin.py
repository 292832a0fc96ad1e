"""Says where what is exported is from."""

from __future__ import annotations

from collections.abc import Iterable

from auslan_explorer import __version__
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.ensemble import Ensemble
from auslan_explorer.core.network import Classifier
from auslan_explorer.core.projection import Projection
from auslan_explorer.core.recordings import Recordings
from auslan_explorer.core.signs import shown_name
from auslan_explorer.core.words import SIGN_LANGUAGE, Words
from auslan_explorer.io.origin_tags import Origin

UNKNOWN = "not known"


def origin_of(activations: Activations, projections: Iterable[Projection], command: str = "") -> Origin:
    """Return where a picture, film or table is from: program, network, data, maps, and the command that made it.

    Parameters
    ----------
    activations : Activations
    projections : iterable of Projection
        The maps that are shown; none for what is not of a map.
    command : str
        The command line that makes the same again; empty if there is none.
    """
    known, words = activations.provenance, activations.wording
    counts = _counts(len(activations), len(activations.signs), words)
    maps = [_map(each) for each in projections]
    origin = {
        "Software": f"Auslan Explorer {__version__}",
        "Network": known.get("model") or UNKNOWN,
        "Data": f"{known.get('data') or UNKNOWN}; {counts}",
    }
    if maps:
        origin["Map"] = "; ".join(maps)
    return _shown(origin, command)


def ensemble_origin(
    ensemble: Ensemble, activations: Activations | None = None, words: Words = SIGN_LANGUAGE, command: str = ""
) -> Origin:
    """Return where a table is from that was counted on an ensemble of maps; see `origin_of`.

    Without the activations themselves, they are named by the fingerprint of their hidden states.
    """
    recordings, dims = ensemble.ends.shape[1:]
    if activations is not None:
        origin = dict(origin_of(activations, ()))
    else:
        origin = {
            "Software": f"Auslan Explorer {__version__}",
            "Network": f"hidden states {ensemble.fingerprint}",
            "Data": _counts(recordings, len(ensemble.signs), words),
        }
    seeds = ", ".join(map(str, ensemble.seeds))
    origin["Map"] = f"{dims}-D, {len(ensemble.seeds)} maps that differ in their seed alone: {seeds}"
    return _shown(origin, command)


def network_origin(classifier: Classifier, recordings: Recordings, command: str) -> Origin:
    """Return where a table is from that a network made of recordings; see `origin_of`."""
    origin = {
        "Software": f"Auslan Explorer {__version__}",
        "Network": f"classifier {classifier.fingerprint}",
        "Data": _counts(len(recordings), len(recordings.signs), SIGN_LANGUAGE),
    }
    return _shown(origin, command)


def _map(projection: Projection) -> str:
    # Maps of a file need have no weights, and then no fingerprint.
    fingerprint = f", fingerprint {projection.fingerprint}" if projection.fingerprint else ""
    dims, title = f"{projection.dims}-D", projection.title or UNKNOWN
    return f"{title if title.startswith(dims) else f'{dims}, {title}'}{fingerprint}"


def _counts(recordings: int, signs: int, words: Words) -> str:
    return f"{words.count(recordings, 'recording')} of {words.count(signs, 'sign')}"


def _shown(origin: dict[str, str], command: str) -> Origin:
    if command:
        origin["Command"] = command
    # Texts from a file can hold anything.
    return {name: shown_name(text) for name, text in origin.items()}
