"""Where the colour key stands in a pane."""

from __future__ import annotations

from auslan_explorer.draw.legend import HasLegend
from auslan_explorer.draw.paint import legend_box

KEY_EDGE = 16.0
"""Pixels from a pane's upper right corner to its colour key."""
_LEAST_EDGE = 2.0


def key_right(key: HasLegend, width: float, scale: float) -> float:
    """Return the pixel where the colour key ends on the right; in a pane that has just room for it, nearer the edge."""
    spare = (width - legend_box(key, scale).width) / 2
    return width - min(KEY_EDGE, max(spare, _LEAST_EDGE))
