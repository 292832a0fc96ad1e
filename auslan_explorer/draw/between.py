"""Interpolates between two scenes with the same points and lines, for the transition between projections."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from .layer import Layer
from .naming import Playheads, SignLabel
from .scene import Scene


def are_interpolable(before: Scene, after: Scene) -> bool:
    """Return whether two scenes have the same points and lines, at possibly different positions."""
    return (
        len(before.layers) == len(after.layers)
        and len(before.low) == len(after.low)
        and all(
            a.positions.shape == b.positions.shape and a.starts.shape == b.starts.shape
            for a, b in zip(before.layers, after.layers, strict=True)
        )
    )


def interpolate_scenes(before: Scene, after: Scene, share: float) -> Scene:
    """Interpolate the positions of two scenes by the fraction `share`; they must satisfy `are_interpolable`.

    What has no position (colours, opacities, the legend) is taken from `after`.
    """
    far = np.float32(share)

    def way(a: np.ndarray, b: np.ndarray) -> np.ndarray:
        return a + (b - a) * far

    def layer(a: Layer, b: Layer) -> Layer:
        return replace(
            b,
            positions=way(a.positions, b.positions),
            starts=way(a.starts, b.starts),
            ends=way(a.ends, b.ends),
        )

    return replace(
        after,
        layers=tuple(layer(a, b) for a, b in zip(before.layers, after.layers, strict=True)),
        labels=_labels(before.labels, after.labels, share),
        playheads=_heads(before.playheads, after.playheads, way),
        low=before.low + (after.low - before.low) * share,
        high=before.high + (after.high - before.high) * share,
    )


def _heads(
    before: Playheads | None, after: Playheads | None, way: Callable[[np.ndarray, np.ndarray], np.ndarray]
) -> Playheads | None:
    if before is None or after is None or len(before.labels) != len(after.labels):
        return after
    return after.with_positions(lambda: way(before.positions, after.positions))


def _labels(before: tuple[SignLabel, ...], after: tuple[SignLabel, ...], share: float) -> tuple[SignLabel, ...]:
    def key(label: SignLabel) -> tuple[str, int | None]:
        return label.text, label.recording

    was = {key(label): label.position for label in before}
    out = []
    for label in after:
        start = was.get(key(label), label.position)
        there = tuple(a + (b - a) * share for a, b in zip(start, label.position, strict=True))
        out.append(replace(label, position=there))
    return tuple(out)
