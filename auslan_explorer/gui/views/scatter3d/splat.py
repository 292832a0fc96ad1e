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
LARGE_FROM_OPACITY = 178
"""Opacity (of 255) above which a point is drawn larger."""
MOST_STANDS_FOR = 3
"""Points that one of a thinned crowd is as strong as, at the most."""
_ODD, _EVEN, _ALPHA = np.uint32(0x00FF00FF), np.uint32(0x0000FF00), np.uint32(0xFF000000)
"""Bytes of a colour: red and blue, green, opacity."""


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
    return np.argsort(depth_keys(depth, on_top, (float(depth.min()), float(depth.max()))), kind="stable")


def depth_keys(depth: np.ndarray, on_top: np.ndarray | None, reach: tuple[float, float]) -> np.ndarray:
    """Return the numbers that `back_to_front` sorts by, uint16, shape (n,); `reach` has the least and largest depth."""
    near, far = reach
    key = ((far - depth) * np.float32(32767.0 / max(far - near, 1e-12))).astype(np.uint16)
    if on_top is not None:
        key |= on_top.astype(np.uint16) << np.uint16(15)
    return key


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
    table = np.empty((FOG_LEVELS, len(colours)), dtype=np.uint32)
    parts = _split(np.ascontiguousarray(colours).view(np.uint32)[:, 0])
    for own, mixed in zip(_own_shares(fog), table, strict=True):
        _mix(parts, own, background, mixed)
    return table


def fade(colours: np.ndarray, levels: np.ndarray, background: tuple[float, float, float], fog: float) -> np.ndarray:
    """Return colours, each mixed with the background by its own level: those of `fog_palette`, uint32, shape (n,).

    Parameters
    ----------
    colours : ndarray of uint32, shape (n,)
        RGBA bytes as one number.
    levels : ndarray of int, shape (n,)
    background, fog
        As of `fog_palette`.
    """
    mixed = np.empty_like(colours)
    _mix(_split(colours), _own_shares(fog).take(levels), background, mixed)
    return mixed


def _own_shares(fog: float) -> np.ndarray:
    """Return how much of their own colours points keep at each level, of 256."""
    return np.round(256 * (1 - fog * (np.arange(FOG_LEVELS) + 0.5) / FOG_LEVELS)).astype(np.uint32)


def _split(packed: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return packed & _ODD, (packed & _EVEN) >> np.uint32(8), packed & _ALPHA


def _mix(
    parts: tuple[np.ndarray, np.ndarray, np.ndarray],
    own: np.ndarray,
    background: tuple[float, float, float],
    out: np.ndarray,
) -> None:
    """Mix colours, as `_split` takes them apart, with the background; two bytes at a time take a third of the time."""
    red_blue, green, alpha = parts
    ground = np.array([*(round(255 * part) for part in background), 0], dtype=np.uint8).view(np.uint32)[0]
    rest = np.uint32(256) - own
    np.multiply(green, own, out=out)
    out += ((ground & _EVEN) >> np.uint32(8)) * rest
    out &= _EVEN
    pair = red_blue * own
    pair += (ground & _ODD) * rest
    pair >>= np.uint32(8)
    pair &= _ODD
    out |= pair
    out |= alpha


def fog_level(distance: np.ndarray, fog: tuple[float, float]) -> np.ndarray:
    """Return the level of fog of points by their distance, uint8, shape (n,); `fog` has the nearest and farthest."""
    level = distance - np.float32(fog[0])
    level *= np.float32(FOG_LEVELS / max(fog[1] - fog[0], 1e-9))
    return np.clip(level, 0, FOG_LEVELS - 1, out=level).astype(np.uint8)


def stacked_opacity(alpha: int) -> np.ndarray:
    """Return the opacity of 0 to 255 overlapping points of opacity `alpha` (0 to 255), uint8, shape (256,)."""
    opacity: np.ndarray = np.round(255 * (1 - (1 - alpha / 255) ** np.arange(256))).astype(np.uint8)
    return opacity


def crowd_opacity(counts: np.ndarray, every: int = 1) -> np.ndarray:
    """Return `stacked_opacity` of the middle one of the small points, each of which stands for `every`.

    Parameters
    ----------
    counts : ndarray of int, shape (256,)
        Points of each opacity.
    every : int
    """
    weak = counts[: LARGE_FROM_OPACITY + 1].cumsum()
    # By counting: sorting so many takes longer than drawing them.
    middle = int(np.searchsorted(weak, (weak[-1] + 1) // 2)) if weak[-1] else LARGE_FROM_OPACITY
    return stacked_opacity(round(255 * (1 - (1 - middle / 255) ** min(every, MOST_STANDS_FOR))))


def place(
    xyz: np.ndarray, matrix: np.ndarray, size: tuple[int, int]
) -> tuple[np.ndarray, np.ndarray, np.ndarray | None]:
    """Return the pixels on which points begin, their distance, and which are kept.

    Parameters
    ----------
    xyz : ndarray of float32, shape (3, n)
    matrix, size
        As of `splat`.

    Returns
    -------
    pixel : ndarray of int64, shape (m,)
    distance : ndarray of float32, shape (m,)
    kept : ndarray of int64, shape (m,), or None
        Points within the image; None if all are.
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
    # NumPy takes and puts fastest by indices of its own type, not by smaller ones.
    pixel = y.astype(np.intp)
    pixel *= width
    pixel += x.astype(np.intp)
    return pixel, distance, kept


def covering(begins: np.ndarray, width: int) -> np.ndarray:
    """Return about how many points cover each pixel, uint8, shape (pixels,), of how many begin at each, uint16."""
    few = np.minimum(begins, 60).astype(np.uint8)
    beside = few.copy()
    beside[1:] += few[:-1]
    count = beside.copy()
    count[width:] += beside[:-width]
    return count


def paint_points(picture: np.ndarray, width: int, pixel: np.ndarray, colour: np.ndarray, row: int, column: int) -> None:
    """Paint one pixel of each point, `row` below and `column` beside its first one, the later over the earlier."""
    # A view that begins later, in place of indices with an offset added.
    picture[row * width + column :][pixel] = colour


def paint_large(picture: np.ndarray, width: int, pixel: np.ndarray, colour: np.ndarray) -> None:
    """Paint large points over their small ones, but only where nothing nearer hides these."""
    seen = picture[pixel] == colour
    pixel, colour = pixel[seen], colour[seen]
    for row in range(POINT_SIDE + 1):
        for column in range(POINT_SIDE + 1):
            paint_points(picture, width, pixel, colour, row, column)


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
        From `crowd_opacity`.
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
    pixel, distance, kept = place(xyz, matrix, size)
    order = back_to_front(distance, on_top if kept is None or on_top is None else on_top[kept])
    pixel = pixel.take(order)
    source = order if kept is None else kept.take(order)
    shade = fog_level(distance.take(order), fog).astype(np.intp)
    shade *= palette.shape[1]
    shade += source
    colour = palette.ravel().take(shade)
    # Density: how many points cover about a pixel, summed up from how many begin at it and at its neighbours.
    begins = np.zeros(width * height, dtype=np.uint16)
    np.add.at(begins, pixel, np.uint16(1))
    own = colour.view(np.uint8)[3::4]
    np.maximum(own, opacity.take(covering(begins, width).take(pixel)), out=own)

    picture = np.zeros(width * height, dtype=np.uint32) if out is None else out
    picture.fill(0)
    for row in range(POINT_SIDE):
        for column in range(POINT_SIDE):
            paint_points(picture, width, pixel, colour, row, column)
    large = np.flatnonzero(strong.take(source))
    paint_large(picture, width, pixel[large], colour[large])
    return picture.view(np.uint8).reshape(height, width, 4)
