"""Composites summed ink over what lies below it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

OPAQUE = np.uint32(255 << 24)
"""Alpha of a picture's pixel that nothing shines through."""


def composite(
    parts: Iterable[tuple[slice, Sequence[np.ndarray]]],
    number: int,
    below: Sequence[np.ndarray | np.float32],
    *,
    opaque: bool,
    exact: bool,
) -> np.ndarray:
    """Composite ink over a background, as `Raster` says.

    Parameters
    ----------
    parts : iterable of (slice, list of ndarray)
        Slices of the pixels, each with the optical depth of its pixels and the three summed colours, float32, which
        are written over.
    number : int
        Of all pixels.
    below : sequence of float32, or ndarray of float32, shape (number,)
        Blue, green, red and alpha of the background, premultiplied.
    opaque : bool
        Whether nothing shines through the background.
    exact : bool
        Whether sums are of whole numbers, and so have no rounding errors.

    Returns
    -------
    ndarray of uint8, shape (number, 4)
        Premultiplied blue, green, red, alpha.
    """
    out = np.full(number, OPAQUE if opaque else 0, dtype=np.uint32)
    for part, (depth, red, green, blue) in parts:
        np.maximum(depth, 0, out=depth)  # removing may leave a rounding error behind
        clear = np.exp(-depth)
        cover = 1 - clear
        # From summed to premultiplied colour.
        share = np.divide(cover, np.maximum(depth, np.float32(1e-9), out=depth), out=depth)
        alpha = np.multiply(cover, np.float32(255), out=cover)
        for ink in (blue, green, red):
            ink *= share
            if not exact:
                np.maximum(ink, 0, out=ink)
                np.minimum(ink, alpha, out=ink)
        # Put together as whole numbers, which is several times faster than writing every fourth byte.
        channels = [blue, green, red] if opaque else [blue, green, red, alpha]
        for place, (ink, under) in enumerate(zip(channels, below, strict=False)):
            ink += clear * (under[part] if isinstance(under, np.ndarray) else under)
            ink += np.float32(0.5)
            value = ink.astype(np.int32).view(np.uint32)
            value <<= 8 * place
            out[part] |= value
    return out.view(np.uint8).reshape(-1, 4)
