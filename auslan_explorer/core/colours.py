"""Colours of points and lines, as arrays of sRGB bytes."""

from __future__ import annotations

import colorsys
from functools import lru_cache

import numpy as np
from cmap import Colormap

from .activations import Activations
from .session import Colouring
from .splits import NO_SPLIT, TEST, TRAIN, VALIDATION

TIME_MAP = "matplotlib:viridis"
# Okabe and Ito 2008: eight colours that colour-blind eyes can tell apart.
RIGHT = (0, 114, 178)
WRONG = (213, 94, 0)
UNKNOWN = (128, 128, 128)
SPLIT_COLOURS = {TRAIN: (0, 114, 178), VALIDATION: (0, 158, 115), TEST: (213, 94, 0), NO_SPLIT: UNKNOWN}


@lru_cache(maxsize=4)
def time_table(steps: int) -> np.ndarray:
    """Return viridis for steps 0 to steps - 1, uint8, shape (steps, 3); perceptual, and prints in grey."""
    lut = Colormap(TIME_MAP).lut(steps if steps > 1 else 2)
    return np.round(np.asarray(lut)[:steps, :3] * 255).astype(np.uint8)


@lru_cache(maxsize=4)
def sign_table(signs: int) -> np.ndarray:
    """Return one colour a sign, uint8, shape (signs, 3): hues spread by the golden ratio, two lightnesses."""
    hues = (np.arange(signs) * 0.61803398875) % 1.0
    rgb = [colorsys.hls_to_rgb(h, 0.42 if i % 2 else 0.55, 0.72) for i, h in enumerate(hues)]
    return np.round(np.array(rgb).reshape(-1, 3) * 255).astype(np.uint8)


def recording_colours(activations: Activations, colouring: Colouring) -> np.ndarray:
    """Return the colour of each recording where it does not change over time, uint8, shape (recordings, 3)."""
    if colouring is Colouring.SIGN:
        return sign_table(len(activations.signs))[activations.sign]
    if colouring is Colouring.SPLIT:
        table = np.full((256, 3), UNKNOWN, dtype=np.uint8)
        for code, rgb in SPLIT_COLOURS.items():
            table[code] = rgb
        return table[activations.split]
    right = activations.predicted == activations.sign
    out = np.where(right[:, None], np.array(RIGHT, dtype=np.uint8), np.array(WRONG, dtype=np.uint8))
    out[activations.predicted < 0] = UNKNOWN
    return out
