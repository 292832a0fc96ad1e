"""Rasterises points with NumPy, for turning the scene on computers with software OpenGL.

Mesa's llvmpipe takes 20 to 40 ms for 113 000 points of any size: each goes through set-up and binning like a tiny
triangle. Writing their pixels into an array takes 6 to 8 ms. With a graphics card this is not used.
"""

from __future__ import annotations

import numpy as np

FOG_LEVELS = 8
"""Levels of fog: steps in which colours fade to the background with distance."""
POINT_SIDE = 2
"""Side of a point in pixels; a large point has one more."""


def back_to_front(depth: np.ndarray, on_top: np.ndarray | None = None) -> np.ndarray:
    """Return the order that draws far points before near ones, and points `on_top` last.

    Parameters
    ----------
    depth : ndarray of float32, shape (n,)
        Distance from the viewer.
    on_top : ndarray of bool, shape (n,), optional

    Returns
    -------
    ndarray of int64, shape (n,)
        Stable order by depth in 32 768 levels; NumPy sorts 16-bit numbers by radix.
    """
    if not len(depth):
        return np.zeros(0, dtype=np.int64)
    far, near = float(depth.max()), float(depth.min())
    key = ((far - depth) * np.float32(32767.0 / max(far - near, 1e-12))).astype(np.uint16)
    if on_top is not None:
        key |= on_top.astype(np.uint16) << np.uint16(15)
    return np.argsort(key, kind="stable")


def fog_palette(colours: np.ndarray, background: tuple[float, float, float], fog: float) -> np.ndarray:
    """Return colours mixed with the background in `FOG_LEVELS` levels of distance.

    Parameters
    ----------
    colours : ndarray of uint8, shape (n, 4)
    background : tuple of float
        0 to 1.
    fog : float
        Fraction of the background in the farthest level.

    Returns
    -------
    ndarray of uint32, shape (FOG_LEVELS, n)
        RGBA bytes as one number, nearest level first.
    """
    # Two bytes at a time in whole numbers of 32 bits, a third of the time of mixing each byte: a choice waits for this.
    packed = np.ascontiguousarray(colours).view(np.uint32)[:, 0]
    ground = np.array([*(round(255 * part) for part in background), 0], dtype=np.uint8).view(np.uint32)[0]
    odd, even = np.uint32(0x00FF00FF), np.uint32(0x0000FF00)
    red_blue, green, alpha = packed & odd, (packed & even) >> np.uint32(8), packed & np.uint32(0xFF000000)
    table = np.empty((FOG_LEVELS, len(colours)), dtype=np.uint32)
    for level in range(FOG_LEVELS):
        own = np.uint32(round(256 * (1 - fog * (level + 0.5) / FOG_LEVELS)))
        rest = np.uint32(256) - own
        mixed = table[level]
        np.multiply(green, own, out=mixed)
        mixed += ((ground & even) >> np.uint32(8)) * rest
        mixed &= even
        pair = red_blue * own
        pair += (ground & odd) * rest
        pair >>= np.uint32(8)
        pair &= odd
        mixed |= pair
        mixed |= alpha
    return table


def stacked_opacity(alpha: int) -> np.ndarray:
    """Return the opacity of 0 to 255 overlapping points of opacity `alpha` (0 to 255), uint8, shape (256,)."""
    opacity: np.ndarray = np.round(255 * (1 - (1 - alpha / 255) ** np.arange(256))).astype(np.uint8)
    return opacity


def splat(
    xyz: np.ndarray,
    palette: np.ndarray,
    matrix: np.ndarray,
    size: tuple[int, int],
    fog: tuple[float, float],
    opacity: np.ndarray,
    strong: np.ndarray,
    on_top: np.ndarray | None = None,
    out: np.ndarray | None = None,
) -> np.ndarray:
    """Draw points into an image: near ones over far ones, with density as opacity.

    Parameters
    ----------
    xyz : ndarray of float32, shape (3, n)
    palette : ndarray of uint32, shape (FOG_LEVELS, n)
        From `fog_palette`.
    matrix : ndarray of float32, shape (4, 4)
        From the scene to clip coordinates, for row vectors.
    size : tuple of int
        Width and height in pixels.
    fog : tuple of float
        Nearest and farthest distance.
    opacity : ndarray of uint8, shape (256,)
        From `stacked_opacity`.
    strong : ndarray of bool, shape (n,)
        Points that are drawn larger.
    on_top : ndarray of bool, shape (n,), optional
    out : ndarray of uint32, shape (height * width,), optional
        Memory to draw into; allocating it for every frame costs a tenth of the time.

    Returns
    -------
    ndarray of uint8, shape (height, width, 4)
        RGBA, not premultiplied.
    """
    width, height = size
    # Written out: a product as small as this one waits longer for the threads of the matrix library than it takes.
    across, down, distance = (
        xyz[0] * matrix[0, i] + xyz[1] * matrix[1, i] + xyz[2] * matrix[2, i] + matrix[3, i] for i in (0, 1, 3)
    )
    half = np.float32(0.5) / np.maximum(distance, np.float32(1e-6))
    x = across * half
    x += np.float32(0.5)
    x *= np.float32(width)
    y = down * half
    np.subtract(np.float32(0.5), y, out=y)
    y *= np.float32(height)
    inside = x.min() >= 0 and x.max() < width - POINT_SIDE - 1 and y.min() >= 0 and y.max() < height - POINT_SIDE - 1
    kept = None
    if not inside or distance.min() <= 0:
        kept = np.flatnonzero(
            (x >= 0) & (x < width - POINT_SIDE - 1) & (y >= 0) & (y < height - POINT_SIDE - 1) & (distance > 0)
        )
        x, y, distance = x[kept], y[kept], distance[kept]
        on_top = None if on_top is None else on_top[kept]

    # NumPy takes and puts fastest by indices of its own type, not by smaller ones.
    pixel = y.astype(np.intp)
    pixel *= width
    pixel += x.astype(np.intp)
    del across, down, half, x, y  # of millions of points each takes megabytes
    order = back_to_front(distance, on_top)
    pixel = pixel.take(order)
    source = order if kept is None else kept.take(order)
    level = distance.take(order)
    level -= np.float32(fog[0])
    level *= np.float32(FOG_LEVELS / max(fog[1] - fog[0], 1e-9))
    shade = np.clip(level, 0, FOG_LEVELS - 1, out=level).astype(np.intp)
    shade *= palette.shape[1]
    shade += source
    colour = palette.ravel().take(shade)
    del distance, order, level, shade

    # Density: how many points cover about a pixel, summed up from how many begin at it and at its neighbours.
    many = np.zeros(width * height, dtype=np.uint16)
    np.add.at(many, pixel, np.uint16(1))
    begins = np.minimum(many, 60).astype(np.uint8)
    beside = begins.copy()
    beside[1:] += begins[:-1]
    count = beside.copy()
    count[width:] += beside[:-width]
    dense = opacity.take(count.take(pixel))
    own = colour.view(np.uint8)[3::4]
    np.maximum(own, dense, out=own)

    picture = np.zeros(width * height, dtype=np.uint32) if out is None else out
    picture.fill(0)
    for row in range(POINT_SIDE):
        for column in range(POINT_SIDE):
            # A view that begins later, in place of indices with an offset added.
            picture[row * width + column :][pixel] = colour
    large = np.flatnonzero(strong.take(source))
    big, foreground = pixel[large], colour[large]
    seen = picture[big] == foreground  # the larger ones are drawn last, but only where nothing nearer hides them
    big, foreground = big[seen], foreground[seen]
    for row in range(POINT_SIDE + 1):
        for column in range(POINT_SIDE + 1):
            picture[row * width + column :][big] = foreground
    return picture.view(np.uint8).reshape(height, width, 4)
