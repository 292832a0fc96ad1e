"""Names of a network's layers: which of them are an LSTM's hidden states and its cell states."""

from __future__ import annotations

from .activations import Activations

CELL_STATES = "{0}, cell state"
"""Name of a layer of cell states, by that of the hidden states."""


def hidden_and_cell(activations: Activations) -> tuple[str, str] | None:
    """Return the names of the hidden states and of the cell states of the layer that is shown; None without both."""
    hidden = activations.layer.removesuffix(CELL_STATES.format(""))
    pair = hidden, CELL_STATES.format(hidden)
    return pair if {layer.name for layer in activations.layers}.issuperset(pair) else None
