"""The selected recordings as a value: a list of numbers to whoever reads it, an array to whoever computes with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, overload

import numpy as np


class Selected(Sequence[int]):
    """Recordings in the order in which they were chosen; equal to any sequence of the same numbers.

    Parameters
    ----------
    recordings : iterable of int, or ndarray of int, shape (n,)

    Attributes
    ----------
    rows : ndarray of int64, shape (n,)
        Read-only.
    """

    __slots__ = ("rows",)

    def __init__(self, recordings: Iterable[int] | np.ndarray = ()) -> None:
        given = recordings if isinstance(recordings, np.ndarray | tuple | list) else list(recordings)
        self.rows = np.array(given, dtype=np.int64)
        self.rows.flags.writeable = False

    def mask(self, recordings: int) -> np.ndarray:
        """Return which of so many recordings are selected, bool, shape (recordings,)."""
        mask = np.zeros(recordings, dtype=bool)
        mask[self.rows[(self.rows >= 0) & (self.rows < recordings)]] = True
        return mask

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[int]:
        return iter(self.rows.tolist())

    def __contains__(self, recording: object) -> bool:
        return bool((self.rows == recording).any())

    @overload
    def __getitem__(self, at: int) -> int: ...
    @overload
    def __getitem__(self, at: slice) -> Selected: ...
    def __getitem__(self, at: int | slice) -> int | Selected:
        return Selected(self.rows[at]) if isinstance(at, slice) else int(self.rows[at])

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Selected):
            return bool(np.array_equal(self.rows, other.rows))
        return len(self) == len(other) and tuple(self) == other if isinstance(other, tuple) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        return self.rows.astype(dtype) if dtype is not None or copy else self.rows

    def __repr__(self) -> str:
        return f"Selected({self.rows.tolist()})"
