"""Draws all points of a very large 3-D scene into an image, some at once, so that it takes little memory."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from auslan_explorer.gui.views.scatter3d.scene_arrays import VertexColours, VertexPositions
from auslan_explorer.gui.views.scatter3d.splat import (
    LARGE_FROM_OPACITY,
    POINT_SIDE,
    covering,
    crowd_opacity,
    depth_keys,
    fade,
    fog_level,
    paint_large,
    paint_points,
    place,
)
from auslan_explorer.gui.views.scatter3d.splat_cache import SplatCamera

_BLOCK = 1 << 16
"""Points that are worked on at once: what is computed of them fits the processor's cache."""


def splat_whole(
    vertices: VertexPositions,
    points: np.ndarray,
    colours: VertexColours,
    camera: SplatCamera,
    background: tuple[float, float, float],
    fog: float,
    out: np.ndarray,
) -> None:
    """Draw points as `splat.splat` does, with the same result.

    Parameters
    ----------
    vertices : VertexPositions
    points : ndarray of uint32, shape (n,)
        Vertices that are drawn.
    colours : VertexColours
    camera : SplatCamera
    background, fog
        As of `splat.fog_palette`.
    out : ndarray of uint32, shape (height * width,)
        Memory to draw into.
    """
    width, size = camera.width, (camera.width, camera.height)
    begins = np.zeros(width * camera.height, dtype=np.uint16)
    opacities = np.zeros(256, dtype=np.int64)
    pixels, distances = np.empty(len(points), dtype=np.int32), np.empty(len(points), dtype=np.float32)
    mixed, tops = np.empty(len(points), dtype=np.uint32), np.zeros(len(points), dtype=bool)
    count = 0
    for start in range(0, len(points), _BLOCK):
        rows = points[start : start + _BLOCK]
        rgba, on_top = colours.of(rows)
        opacities += np.bincount(rgba[:, 3], minlength=256)
        pixel, distance, kept = place(vertices.of(rows).T, camera.matrix, size)
        np.add.at(begins, pixel, np.uint16(1))
        packed = np.ascontiguousarray(rgba).view(np.uint32)[:, 0]
        part = slice(count, count + len(pixel))
        pixels[part], distances[part] = pixel, distance
        packed = packed if kept is None else packed.take(kept)
        mixed[part] = fade(packed, fog_level(distance, camera.fog), background, fog)
        if on_top is not None:
            tops[part] = on_top if kept is None else on_top.take(kept)
        count = part.stop
    out.fill(0)
    if not count:
        return
    blocks = [slice(start, min(start + _BLOCK, count)) for start in range(0, count, _BLOCK)]
    keys, reach = np.empty(count, dtype=np.uint16), (float(distances[:count].min()), float(distances[:count].max()))
    for block in blocks:
        keys[block] = depth_keys(distances[block], tops[block], reach)
    del distances, tops
    opacity, cover = crowd_opacity(opacities), covering(begins, width)
    pixel, colour = np.empty(count, dtype=np.int32), np.empty(count, dtype=np.uint32)
    strong = np.empty(count, dtype=bool)
    for rows, places in _in_order(keys):
        at, own = pixels.take(rows), mixed.take(rows)
        alpha = own.view(np.uint8)[3::4]
        strong[places] = alpha > LARGE_FROM_OPACITY
        np.maximum(alpha, opacity.take(cover.take(at)), out=alpha)
        pixel[places], colour[places] = at, own
    del keys, pixels, mixed
    for row in range(POINT_SIDE):
        for column in range(POINT_SIDE):
            for block in blocks:
                paint_points(out, width, pixel[block].astype(np.intp), colour[block], row, column)
    large = np.flatnonzero(strong)
    paint_large(out, width, pixel.take(large).astype(np.intp), colour.take(large))


def _in_order(keys: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield rows, some at once, and which places they have in the stable order of their keys.

    Sorting all at once takes as long, and 16 bytes a row more.
    """
    blocks = [(start, keys[start : start + _BLOCK]) for start in range(0, len(keys), _BLOCK)]
    counts = np.zeros(1 << 16, dtype=np.int64)
    for _, part in blocks:
        counts += np.bincount(part, minlength=len(counts))
    free = np.cumsum(counts) - counts
    for start, part in blocks:
        order = np.argsort(part, kind="stable")
        ordered = part.take(order)
        # Rows of one key follow each other, from the first place on that is free for it.
        begins = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1]))
        own, lengths = ordered.take(begins), np.diff(begins, append=len(part))
        places = np.repeat(free.take(own) - begins, lengths)
        places += np.arange(len(part))
        free[own] += lengths
        order += start
        yield order, places
