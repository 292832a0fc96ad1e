"""Selection colours are read on either background and told apart, by any eyes."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from auslan_explorer.core import palettes
from auslan_explorer.core.colours import MANY_SIGNS, sign_colours
from auslan_explorer.draw.theme import THEMES, Theme

# Machado, Oliveira and Fernandes 2009, severity 1: what deuteranopic and protanopic eyes see of linear light.
EYES = {
    "normal": np.eye(3),
    "deuteranopic": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]]
    ),
    "protanopic": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
}


@pytest.fixture(autouse=True)
def usual_palettes() -> Iterator[None]:
    palettes.set_palettes(signs="apart")
    yield
    palettes.set_palettes(signs="apart")


def linear(colours: np.ndarray) -> np.ndarray:
    share = np.asarray(colours, dtype=float) / 255
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)


def contrast(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """WCAG 2's contrast ratio, computed here a second time."""
    one, two = (linear(c) @ (0.2126, 0.7152, 0.0722) + 0.05 for c in (first, second))
    return np.maximum(one, two) / np.minimum(one, two)


def lab(light: np.ndarray) -> np.ndarray:
    to_xyz = np.array(
        [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.072175], [0.0193339, 0.119192, 0.9503041]]
    )
    x, y, z = np.cbrt(light @ to_xyz.T / (0.95047, 1, 1.08883)).T
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=1)


def difference(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """CIEDE2000 (Sharma, Wu and Dalal 2005) of colours in CIELAB, shape (n, 3) each."""
    light, chroma, green = [], [], []
    half = (np.hypot(first[:, 1], first[:, 2]) + np.hypot(second[:, 1], second[:, 2])) / 2
    grow = 1.5 - 0.5 * np.sqrt(half**7 / (half**7 + 25.0**7))
    hue = []
    for each in (first, second):
        green = each[:, 1] * grow
        light.append(each[:, 0])
        chroma.append(np.hypot(green, each[:, 2]))
        hue.append(np.degrees(np.arctan2(each[:, 2], green)) % 360)
    turn = (hue[1] - hue[0] + 180) % 360 - 180
    middle, mean, lit = hue[0] + turn / 2, sum(chroma) / 2, sum(light) / 2
    waves = ((0.17, 1, 30, -1), (0.24, 2, 0, 1), (0.32, 3, -6, 1), (0.2, 4, 63, -1))
    t = 1 + sum(sign * size * np.cos(np.radians(n * middle - at)) for size, n, at, sign in waves)
    by_light = (light[1] - light[0]) / (1 + 0.015 * (lit - 50) ** 2 / np.sqrt(20 + (lit - 50) ** 2))
    by_chroma = (chroma[1] - chroma[0]) / (1 + 0.045 * mean)
    by_hue = 2 * np.sqrt(chroma[0] * chroma[1]) * np.sin(np.radians(turn / 2)) / (1 + 0.015 * mean * t)
    bend = np.sin(np.radians(60 * np.exp(-(((middle % 360 - 275) / 25) ** 2))))
    bend = -2 * np.sqrt(mean**7 / (mean**7 + 25.0**7)) * bend
    return np.sqrt(by_light**2 + by_chroma**2 + by_hue**2 + bend * by_chroma * by_hue)


def least_difference(colours: np.ndarray, eyes: np.ndarray) -> float:
    seen = lab(np.clip(linear(colours) @ eyes.T, 0, 1))
    first, second = np.triu_indices(len(colours), 1)
    return float(difference(seen[first], seen[second]).min())


def test_the_difference_is_that_of_the_published_test_pairs() -> None:
    pairs = np.array([
        [50, 2.6772, -79.7751, 50, 0, -82.7485, 2.0425], [50, 2.5, 0, 73, 25, -18, 27.1492],
        [50, 2.49, -0.001, 50, -2.49, 0.0009, 7.1792], [22.7233, 20.0904, -46.694, 23.0331, 14.973, -42.5619, 2.0373],
    ])  # fmt: skip
    np.testing.assert_allclose(difference(pairs[:, :3], pairs[:, 3:6]), pairs[:, 6], atol=1e-4)


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
@pytest.mark.parametrize("name", palettes.SIGN_SETS)
def test_every_selection_colour_stands_out_from_the_background(name: str, theme: Theme) -> None:
    palettes.set_palettes(signs=name)
    for count in (1, 2, len(palettes.sign_set()), len(palettes.sign_set()) + 1, MANY_SIGNS):
        for first in range(94 - count):
            drawn = sign_colours(94, range(first, first + count))[first : first + count]
            assert contrast(drawn, np.array(theme.background)).min() >= 3, (count, first)


@pytest.mark.parametrize(("eyes", "least"), [("normal", 19), ("deuteranopic", 12), ("protanopic", 12)])
def test_eight_signs_have_colours_that_no_one_confuses(eyes: str, least: float) -> None:
    for first in range(0, 86, 5):
        drawn = sign_colours(94, range(first, first + 8))[first : first + 8]
        assert least_difference(drawn, EYES[eyes]) >= least
