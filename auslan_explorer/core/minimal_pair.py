"""A pair of signs that one feature of the gesture keeps apart, to a network."""

from __future__ import annotations

from dataclasses import dataclass

FEATURES = ("handshape", "place", "movement", "orientation")
"""What can be neutral: bends of fingers; where hands are in the mean; how they move about it; how they are turned."""


@dataclass(frozen=True)
class MinimalPair:
    """Two signs of which recordings are confused without a feature.

    Attributes
    ----------
    one, other : int
        Signs, by number.
    feature : str
        One of `FEATURES`.
    taken, back : int
        Recordings of the one that are taken for the other without it, and of the other for the one.
    of_one, of_other : int
        Recordings of each that were answered right with it.
    """

    one: int
    other: int
    feature: str
    taken: int
    back: int
    of_one: int
    of_other: int

    @property
    def share(self) -> float:
        """The larger of both shares of recordings that are confused, 0 to 1."""
        return max(self.taken / max(self.of_one, 1), self.back / max(self.of_other, 1))
