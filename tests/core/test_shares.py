"""Shares are not rounded over what they say."""

from __future__ import annotations

import pytest

from auslan_explorer.core.shares import percent


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.0, "0%"),
        (1.0, "100%"),
        (0.5, "50%"),
        (2521 / 2528, "99.7%"),
        (0.99999, "99.9%"),
        (0.994, "99%"),
        (1 / 2528, "0.1%"),
        (0.0049, "0.5%"),
        (0.005, "0.5%"),
        (0.0051, "1%"),
        (0.0011, "0.2%"),
        (0.009, "1%"),
        (0.9949, "99%"),
        (0.995, "99.5%"),
        (0.9969, "99.6%"),
    ],
)
def test_a_share_says_the_truth(share: float, text: str) -> None:
    assert percent(share) == text
