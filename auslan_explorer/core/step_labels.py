"""Labels of real steps: a column of texts or numbers, one for each row of hidden states."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from .errors import UserError
from .signs import short_name, shown_name

_BLANKS = {" ": "␣", "\n": "↵", "\r\n": "↵", "\t": "⇥"}
"""Signs for labels that are white space, as characters of a text may be."""


@dataclass(frozen=True, eq=False)
class StepLabels:
    """One column of labels.

    Attributes
    ----------
    values : ndarray, shape (S,)
        Numbers as float32; of texts their places in `texts`, int32, -1 where a step has none.
    texts : tuple of str
        The different texts; empty for numbers.
    """

    values: np.ndarray
    texts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "texts", tuple(_BLANKS.get(text) or shown_name(text) for text in self.texts))

    def text(self, row: int) -> str:
        """Return the label of a step as it is shown; empty where it has none."""
        value = self.values[row]
        if self.texts:
            return self.texts[int(value)] if value >= 0 else ""
        return f"{float(value):.6g}".replace("-", "−") if np.isfinite(value) else ""

    def short_text(self, row: int) -> str:
        """Return the label of a step as it is said beside a point, of at most 16 letters."""
        return short_name(self.text(row), 16)


def make_step_labels(name: str, given: Any, rows: int) -> StepLabels:
    """Build a column of labels of a list or an array, one of each real step.

    Raises
    ------
    UserError
        If it holds something else than texts or numbers, or not one for each step.
    """
    if not isinstance(given, list) or not all(isinstance(value, str) for value in given):
        values = np.asarray(given)
    else:  # an array of texts takes for each as much as the longest needs
        values = np.fromiter(given, dtype=object, count=len(given))
    if values.dtype.kind == "O" and values.ndim == 1 and all(isinstance(value, str | bytes) for value in values):
        if len(values) != rows:
            raise UserError(f"The step labels {name} must be one a real step ({rows}), not {len(values)}.")
        return _of_texts(v.decode("utf-8", "replace") if isinstance(v, bytes) else v for v in values)
    if values.shape != (rows,) or values.dtype.kind not in "USbiuf":
        raise UserError(
            f"The step labels {name} must be texts or numbers, one a real step ({rows}), "
            f"not {values.dtype} of shape {values.shape}."
        )
    if values.dtype.kind in "US":
        texts, codes = np.unique(values.astype(str), return_inverse=True)
        return StepLabels(codes.reshape(-1).astype(np.int32), tuple(str(text) for text in texts))
    return StepLabels(values.astype(np.float32))


def _of_texts(values: Iterable[str]) -> StepLabels:
    places: dict[str, int] = {}
    codes = np.fromiter((places.setdefault(text, len(places)) for text in values), dtype=np.int32)
    texts = sorted(places)
    order = np.empty(len(texts), dtype=np.int32)
    order[[places[text] for text in texts]] = np.arange(len(texts))
    return StepLabels(order[codes], tuple(texts))
