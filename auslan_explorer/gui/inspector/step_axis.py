"""Horizontal axis of a recording's steps, shared by the inspector's plots."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF

from auslan_explorer.gui.widgets.line_plot import name_room

LEFT = 28
"""Margin in pixels for tick labels; on the right are names and the colour scale, in `name_room`."""

_APART = (10, *(digit * 10**zeros for zeros in range(1, 9) for digit in (2, 5, 10)))
"""Steps from one label to the next."""
_MOST_PARTS = 5


@dataclass(frozen=True)
class StepAxis:
    """Maps steps to columns of equal width, one for each real step.

    Attributes
    ----------
    first : int
        Network step, from 0, of the first column.
    length : int
        Number of columns.
    seconds : float
        Seconds of a step; 0 where they are not known.
    """

    first: int = 0
    length: int = 0
    seconds: float = 0.0

    def area(self, width: float, top: float, height: float) -> QRectF:
        """Return the plotting area, in pixels, in a widget of this width."""
        return QRectF(LEFT, top, max(width - LEFT - name_room(), 1.0), height)

    def x(self, step: float, area: QRectF) -> float:
        """Return the centre, in pixels, of the column of a network step."""
        return area.left() + (step - self.first + 0.5) * area.width() / max(self.length, 1)

    def step_at(self, x: float, area: QRectF) -> int:
        """Return the network step of the column at `x`, clamped to the recording."""
        column = int((x - area.left()) * self.length // area.width())
        return self.first + min(max(column, 0), self.length - 1)

    def holds(self, step: int) -> bool:
        """Return whether the recording has this network step."""
        return self.first <= step < self.first + self.length

    def ticks(self) -> list[int]:
        """Return the network steps to label: the first, the last, and round ones between."""
        if self.length < 2:
            return [self.first] if self.length else []
        last = self.first + self.length - 1
        apart = next(n for n in _APART if self.length <= _MOST_PARTS * n or n == _APART[-1])
        # People count steps from 1.
        near = apart // 3
        begin = -(-self.first // apart) * apart
        inner = [n - 1 for n in range(begin, last + 1, apart) if self.first + near < n - 1 < last - near]
        return [self.first, *inner, last]
