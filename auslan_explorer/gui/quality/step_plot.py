"""How well a map keeps the hidden states at each step, beside principal components."""

from __future__ import annotations

import numpy as np
from PySide6.QtWidgets import QWidget

from auslan_explorer.gui.i18n import tr
from auslan_explorer.gui.style import UNIT
from auslan_explorer.gui.widgets.line_plot import Line, LinePlot


class StepPlot(LinePlot):
    """The first line is the map's, in the accent's colour; others are dashed."""

    def __init__(self, parent: QWidget) -> None:
        title = tr("step of the network")
        super().__init__(tr("Error by step"), parent, height=19 * UNIT, title=title)

    def show_values(self, values: dict[str, np.ndarray], *, from_end: bool, share: bool) -> None:
        """Show other lines; a step can be chosen where the network's steps are counted.

        Parameters
        ----------
        values : dict[str, ndarray of float, shape (steps,)]
            By the line's name; not a number where nothing is known.
        from_end : bool
            Whether place 0 is the last step.
        share : bool
            Whether the values are shares of the variance, of which 1 is the most.
        """
        found = np.concatenate([*values.values(), np.zeros(0)])
        found = found[np.isfinite(found)]
        low, high = 0.0, 1.0
        if share:
            # A step at which a map is worse than nothing would else flatten all the rest.
            low = max(float(found.min(initial=0.0)), -1.0)
        else:
            high = float(found.max(initial=0.0)) * 1.05 or 1.0
        lines = [
            Line(name, -np.arange(len(y)) if from_end else np.arange(len(y)), y, "muted" if number else "accent")
            for number, (name, y) in enumerate(values.items())
        ]
        title = tr("steps before the last") if from_end else tr("step of the network")
        first_number = 0 if from_end else 1
        self.setAccessibleDescription("; ".join(_describe(name, y, first_number) for name, y in values.items()))
        self.show_lines(lines, low=low, high=high, title=title, number_at_zero=first_number, choosable=not from_end)


def _describe(name: str, values: np.ndarray, first_number: int) -> str:
    places = np.flatnonzero(np.isfinite(values))
    if not len(places):
        return tr("{0}: not known", name)
    lowest, highest = places[np.argmin(values[places])], places[np.argmax(values[places])]
    return tr(
        "{0}: lowest {1:.2f} at step {2}, highest {3:.2f} at step {4}",
        name,
        values[lowest],
        lowest + first_number,
        values[highest],
        highest + first_number,
    )
