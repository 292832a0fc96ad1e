"""The box around a map in three dimensions."""

from __future__ import annotations

from auslan_explorer.draw.axis_box import round_ticks
from auslan_explorer.draw.ticks import tick_text


def test_ticks_are_round_and_few() -> None:
    assert round_ticks(-2.1, 2.3).tolist() == [-2, -1, 0, 1, 2]
    for low, high in ((0.0, 0.013), (-800.0, 1234.0), (3.0, 3.4)):
        ticks = round_ticks(low, high)
        assert 2 <= len(ticks) <= 8
        assert (ticks >= low - 1e-9).all()
        assert (ticks <= high + 1e-9).all()
    assert tick_text(-1.0) == "\N{MINUS SIGN}1"
    assert [tick_text(value) for value in round_ticks(-1, 1)] == [
        "\N{MINUS SIGN}1",
        "\N{MINUS SIGN}0.5",
        "0",
        "0.5",
        "1",
    ]
