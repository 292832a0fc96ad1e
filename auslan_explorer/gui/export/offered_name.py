"""Names that exports are offered by: they say what is shown."""

from __future__ import annotations

import numpy as np

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.session import SessionState
from auslan_explorer.draw.presets import find_figure
from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.widgets.text import format_count
from auslan_explorer.io.file_names import safe_file_name

_MOST_NAMED = 3


def name_of_shown(activations: Activations, state: SessionState, dims: int | None) -> str:
    """Return a file name, without ending, for a picture or film of what a state shows, such as "crazy-think 2-D".

    Parameters
    ----------
    activations : Activations
    state : SessionState
    dims : int or None
        Dimensions of the map; None for both maps side by side.
    """
    shown = state.shown(activations)
    picked = shown & state.selected.mask(len(activations))
    figure = find_figure(activations, state, dims or 2)
    if figure is not None and not picked.any():
        own = tr("figure {0}", figure.number) if activations.wording.of_signs else tr(figure.title)
        return safe_file_name(own)
    maps = tr("both maps") if dims is None else f"{dims}-D"
    return safe_file_name(f"{name_of_recordings(activations, picked if picked.any() else shown)} {maps}")


def name_of_recordings(activations: Activations, chosen: np.ndarray) -> str:
    """Return a few words for some recordings: their signs, or how many signs there are.

    Parameters
    ----------
    activations : Activations
    chosen : ndarray of bool, shape (recordings,)
    """
    a = activations
    signs = np.unique(a.sign[chosen]).tolist()
    if len(signs) > _MOST_NAMED or not signs:
        return tr("all signs") if chosen.all() else format_count(len(signs), "sign")
    if int(chosen.sum()) == 1:
        one = int(np.flatnonzero(chosen)[0])
        if a.recording_names or not a.wording.of_signs:
            own = a.recording_names[one] if a.recording_names else f"{a.wording.sequence_word} {one + 1}"
            return f"{a.names[signs[0]]} {own}" if a.classified else own
        return f"{a.names[signs[0]]} {a.session[one]}.{a.trial[one]}"
    return "-".join(a.names[sign] for sign in signs)
