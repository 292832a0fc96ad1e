"""Where the colour key stands in a pane."""

from __future__ import annotations

from auslan_explorer.draw.legend import HasLegend
from auslan_explorer.draw.paint import legend_box

LEGEND_MARGIN = 16.0
"""Pixels from a pane's upper right corner to its colour key."""
_MIN_MARGIN = 2.0


def legend_right(legend: HasLegend, width: float, scale: float) -> float:
    """Return the pixel where the colour key ends on the right; in a pane that has just room for it, nearer the edge."""
    spare = (width - legend_box(legend, scale).width) / 2
    return width - min(LEGEND_MARGIN, max(spare, _MIN_MARGIN))
