"""The steps of one recording from left to right, the same for every picture of the inspector."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF

LEFT, RIGHT = 28, 76
"""Room in pixels beside the steps: figures on the left, names and the colour scale on the right."""


@dataclass(frozen=True)
class StepAxis:
    """Columns of equal width, one a real step.

    Attributes
    ----------
    first : int
        The network's step (from 0) of the first column.
    length : int
        Columns.
    """

    first: int = 0
    length: int = 0

    def area(self, width: float, top: float, height: float) -> QRectF:
        """Return where the steps are drawn in a widget of this width."""
        return QRectF(LEFT, top, max(width - LEFT - RIGHT, 1.0), height)

    def x(self, step: float, area: QRectF) -> float:
        """Return the middle of a step's column in pixels; `step` counts the network's steps."""
        return area.left() + (step - self.first + 0.5) * area.width() / max(self.length, 1)

    def step_at(self, x: float, area: QRectF) -> int:
        """Return the network's step of the column at `x`, the nearest one beside the columns."""
        column = int((x - area.left()) * self.length // area.width())
        return self.first + min(max(column, 0), self.length - 1)

    def holds(self, step: int) -> bool:
        """Say whether the recording has this step of the network."""
        return self.first <= step < self.first + self.length

    def ticks(self) -> list[int]:
        """Return the steps worth a figure: the first, the last, and round ones between."""
        if self.length < 2:
            return [self.first] if self.length else []
        last = self.first + self.length - 1
        apart = 20 if self.length > 30 else 10
        # People count steps from 1.
        inner = [n - 1 for n in range(apart, last + 1, apart) if self.first + apart // 3 < n - 1 < last - apart // 3]
        return [self.first, *inner, last]
