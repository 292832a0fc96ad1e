"""Ticks of an axis: few round numbers, written with a minus sign."""

from __future__ import annotations

import numpy as np


def nice_ticks(low: float, high: float, most: int) -> list[float]:
    """Return at most `most` ticks between `low` and `high`, at steps of 1, 2 or 5 times a power of ten."""
    if not (np.isfinite(low) and np.isfinite(high)) or high <= low:
        return []
    raw = (high - low) / max(most, 1)
    power = 10.0 ** np.floor(np.log10(raw))
    step = next(power * m for m in (1, 2, 5, 10) if power * m >= raw * (1 - 1e-9))
    first = int(np.ceil(low / step - 1e-9))
    last = int(np.floor(high / step + 1e-9))
    return [round(k * step, 12) + 0.0 for k in range(first, last + 1)]


def tick_text(value: float) -> str:
    """Format a tick with a minus sign (U+2212) in place of a hyphen."""
    return f"{value:g}".replace("-", "\N{MINUS SIGN}")
