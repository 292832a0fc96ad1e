"""The two themes: their texts can be read on each of their backgrounds, and what is neutral has no colour."""

from __future__ import annotations

import colorsys
from dataclasses import fields

import pytest

from auslan_explorer.draw.theme import BODY, DARK, LIGHT, RGB, SMALL, THEMES, TITLE, Theme

BOTH = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])


def luminance(colour: RGB) -> float:
    """Relative luminance as WCAG defines it."""
    linear = [part / 3294.6 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: RGB, other: RGB) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@BOTH
def test_neutral_colours_are_nearly_grey_and_the_others_have_their_hue(theme: Theme) -> None:
    for name in (each.name for each in fields(Theme) if each.name != "name"):
        colour = getattr(theme, name)
        assert all(0 <= part <= 255 for part in colour), name
        hue, _, saturation = colorsys.rgb_to_hsv(*(part / 255 for part in colour))
        if name in ("truth", "accent"):
            assert 0.58 < hue < 0.63 and saturation > 0.5, name
        elif name == "mistake":
            assert min(hue, 1 - hue) < 0.02 and saturation > 0.5, name
        else:
            assert max(colour) - min(colour) <= 16, name
    assert theme.line == {"light": (0, 0, 0), "dark": (255, 255, 255)}[theme.name]


@BOTH
def test_texts_can_be_read_and_surfaces_differ_a_little(theme: Theme) -> None:
    surfaces = (theme.background, theme.panel, theme.raised)
    for surface in surfaces:
        assert contrast(theme.foreground, surface) > 11.5
        assert 4.5 < contrast(theme.muted, surface) < 7
        assert 4.5 < contrast(theme.truth, surface) < 8 and 4.5 < contrast(theme.mistake, surface) < 8
        assert 1.2 < contrast(theme.border, surface) < 1.8
    assert 4.5 < contrast(theme.on_accent, theme.accent) < 8
    assert 2 < contrast(theme.grey, theme.background) < 4
    assert max(contrast(one, other) for one in surfaces for other in surfaces) < 1.4


def test_themes_are_known_by_their_names_and_types_grow_from_small_to_title() -> None:
    assert THEMES == {"light": LIGHT, "dark": DARK}
    assert SMALL < BODY < TITLE < 1.5 * SMALL
