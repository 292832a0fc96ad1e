"""Fractions as text in per cent."""

from __future__ import annotations

import math


def percent(share: float) -> str:
    """Format a fraction, 0 to 1, in per cent; "100%" and "0%" only where it is exactly 1 or 0.

    2 521 of 2 528 is "99.7%", and one of 2 528 "0.1%": rounded, they would deny the exceptions.
    """
    if 0 < share <= 0.005:
        return f"{max(math.ceil(share * 1000), 1) / 10:.1f}%"
    if 0.995 <= share < 1:
        return f"{math.floor(share * 1000) / 10:.1f}%"
    return f"{share:.0%}"
