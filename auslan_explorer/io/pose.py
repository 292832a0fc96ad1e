"""Writes hands as a .pose file, version 0.2, which programs for sign languages read (pose-format).

By hand, since pose-format itself brings a second film library of its own with it for what is eighty lines here.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from auslan_explorer.io.atomic import write_bytes

_VERSION = 0.2
_FORMAT = "XYZC"
"""What is known of a point: place in three dimensions, and how certain it is."""


@dataclass(frozen=True)
class Component:
    """Points that belong together, such as those of a hand.

    Attributes
    ----------
    name : str
    points : tuple of str
    limbs : tuple of (int, int)
        Pairs of points between which a line is drawn.
    colour : tuple of int
        Of its lines, sRGB.
    """

    name: str
    points: tuple[str, ...]
    limbs: tuple[tuple[int, int], ...]
    colour: tuple[int, int, int]


def write_pose(
    path: Path, components: Sequence[Component], places: np.ndarray, rate: float, size: tuple[int, int, int]
) -> None:
    """Write the places of one person's points over time, atomically.

    Parameters
    ----------
    path : Path
    components : sequence of Component
    places : ndarray of float, shape (frames, points, 3)
        Points of all components; where one is not finite, it counts as not seen.
    rate : float
        Frames a second.
    size : tuple of int
        Width, height and depth of the space.

    Raises
    ------
    UserError
        If the file cannot be written.
    """
    seen = np.isfinite(places).all(axis=-1)
    parts = [struct.pack("<f3HH", _VERSION, *size, len(components))]
    parts += [_described(component) for component in components]
    parts.append(struct.pack("<fIH", rate, len(places), 1))
    parts.append(np.where(seen[..., None], places, 0).astype("<f4").tobytes())
    parts.append(seen.astype("<f4").tobytes())
    write_bytes(path, b"".join(parts))


def _described(component: Component) -> bytes:
    counts = struct.pack("<3H", len(component.points), len(component.limbs), len(component.limbs))
    limbs = b"".join(struct.pack("<2H", *limb) for limb in component.limbs)
    colours = struct.pack("<3H", *component.colour) * len(component.limbs)
    texts = b"".join(_text(point) for point in component.points)
    return _text(component.name) + _text(_FORMAT) + counts + texts + limbs + colours


def _text(text: str) -> bytes:
    data = text.encode()
    return struct.pack("<H", len(data)) + data
