"""Images of heat maps in the theme's diverging colours."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from cmap import Colormap
from PySide6.QtGui import QImage

from auslan_explorer.gui.style import current_theme
from auslan_explorer.gui.widgets.binning import bin_means

# Diverging from a middle close to the background, light and dark (Crameri 2018), and safe for colour-blind people.
_MAPS = {"light": "crameri:vik", "dark": "crameri:berlin"}


def diverging_colours() -> np.ndarray:
    """Return the theme's diverging colours from least to most, the middle near the ground; uint8, shape (256, 3)."""
    return _table(_MAPS[current_theme().name])


def heat_image(values: np.ndarray, limit: float) -> QImage:
    """Return an image with a pixel for each value, shape (rows, columns), from -limit to limit; null without values.

    Of very many columns it has means, `widgets.binning.bin_means`.
    """
    if not values.size:
        return QImage()
    values = bin_means(values)
    level = np.clip((values / limit + 1) * 127.5, 0, 255).astype(np.uint8)
    pixels = np.full((*level.shape, 4), 255, dtype=np.uint8)
    # Format_RGB32 is stored as blue, green, red on all supported (little-endian) machines.
    pixels[..., :3] = diverging_colours()[level][..., ::-1]
    height, width = level.shape
    return QImage(pixels.tobytes(), width, height, 4 * width, QImage.Format.Format_RGB32).copy()


@lru_cache(maxsize=2)
def _table(colormap: str) -> np.ndarray:
    """Return a colour table, uint8, shape (256, 3); cached, since it is needed at every move of the cursor."""
    return np.round(np.asarray(Colormap(colormap).lut(256))[:, :3] * 255).astype(np.uint8)
