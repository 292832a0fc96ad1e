"""Draws all points of a very large 3-D scene into an image, some at once, so that it takes little memory."""

from __future__ import annotations

import numpy as np

from auslan_explorer.gui.views.scatter3d.scene_arrays import VertexColours
from auslan_explorer.gui.views.scatter3d.splat import (
    LARGE_FROM_OPACITY,
    POINT_SIDE,
    back_to_front,
    covering,
    crowd_opacity,
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
    vertices: np.ndarray,
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
    vertices : ndarray of float32, shape (m, 3)
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
    parts: list[tuple[np.ndarray, ...]] = []
    for start in range(0, len(points), _BLOCK):
        rows = points[start : start + _BLOCK]
        rgba, on_top = colours.of(rows)
        opacities += np.bincount(rgba[:, 3], minlength=256)
        pixel, distance, kept = place(vertices.take(rows, axis=0).T, camera.matrix, size)
        np.add.at(begins, pixel, np.uint16(1))
        top = np.zeros(len(rows), dtype=bool) if on_top is None else on_top
        packed = np.ascontiguousarray(rgba).view(np.uint32)[:, 0]
        if kept is not None:
            packed, top = packed.take(kept), top.take(kept)
        parts.append((pixel.astype(np.int32), distance, packed, top))
    if not parts:
        out.fill(0)
        return
    pixels, distances, own, tops = (np.concatenate(each) for each in zip(*parts, strict=True))
    del parts
    order = back_to_front(distances, tops)
    levels = fog_level(distances, camera.fog)
    del distances, tops
    opacity, cover = crowd_opacity(opacities), covering(begins, width)
    pixel, colour = np.empty_like(pixels), np.empty_like(own)
    blocks = [slice(start, start + _BLOCK) for start in range(0, len(order), _BLOCK)]
    large = []
    for block in blocks:
        rows = order[block]
        at, packed = pixels.take(rows), own.take(rows)
        mixed = fade(packed, levels.take(rows), background, fog)
        alpha = mixed.view(np.uint8)[3::4]
        large.append(block.start + np.flatnonzero(alpha > LARGE_FROM_OPACITY))
        np.maximum(alpha, opacity.take(cover.take(at)), out=alpha)
        pixel[block], colour[block] = at, mixed
    del order, pixels, own, levels
    out.fill(0)
    for row in range(POINT_SIDE):
        for column in range(POINT_SIDE):
            for block in blocks:
                paint_points(out, width, pixel[block].astype(np.intp), colour[block], row, column)
    strong = np.concatenate(large) if large else np.zeros(0, dtype=np.intp)
    paint_large(out, width, pixel.take(strong).astype(np.intp), colour.take(strong))
