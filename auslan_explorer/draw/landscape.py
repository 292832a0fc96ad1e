"""The decision landscape of a scene: whether one is drawn, and the names of its regions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.landscape import Landscape
from auslan_explorer.core.session import SessionState
from auslan_explorer.core.trajectories import Trajectories

from .naming import SignLabel
from .theme import Theme

_LEAST_NAMED = 0.004
"""Regions that take less of the map than this fraction are not named."""
_AFTER_SIGNS = 100_000
"""Rank of the first region's name: the names of paths come first."""


@dataclass(frozen=True)
class Region:
    """Region of a landscape: its sign, a position deep inside in the map's coordinates, its share of the map."""

    sign: int
    position: tuple[float, float]
    share: float


def drawn_landscape(trajectories: Trajectories, state: SessionState) -> Landscape | None:
    """Return the landscape that a state draws beneath 2-D paths; None where there is none or it is not known yet."""
    if not state.landscape or trajectories.dims != 2:
        return None
    return trajectories.measured.landscapes.get(trajectories.log_scale)


def region_labels(
    activations: Activations, landscape: Landscape | None, named: Iterable[int], theme: Theme
) -> tuple[SignLabel, ...]:
    """Return the names of a landscape's regions, but for signs that are `named` on the map already."""
    if landscape is None:
        return ()
    named = set(named)
    return tuple(
        SignLabel(
            activations.names[region.sign], region.position, _AFTER_SIGNS + number, theme.muted, region=True,
            sign=region.sign,
        )
        for number, region in enumerate(regions(landscape))
        if region.sign not in named
    )  # fmt: skip


@lru_cache(maxsize=4)
def regions(landscape: Landscape) -> tuple[Region, ...]:
    """Return the largest region of each sign, the largest first, at its place farthest from any border."""
    # Here, since nearly every start of the program would wait for it and hardly any draws a landscape.
    from scipy import ndimage

    found = []
    rows, columns = landscape.answer.shape
    # Within the rectangle of each sign alone: looking for all of them in the whole takes ten times as long.
    for sign, area in enumerate(ndimage.find_objects(landscape.answer + 1)):
        if area is None:
            continue
        parts, count = ndimage.label(landscape.answer[area] == sign)
        sizes = np.bincount(parts.ravel(), minlength=count + 1)[1:]
        share = float(sizes.max()) / landscape.answer.size
        if share < _LEAST_NAMED:
            continue
        own = np.pad(parts == 1 + int(sizes.argmax()), 1)
        row, column = np.unravel_index(ndimage.distance_transform_edt(own).argmax(), own.shape)
        row, column = row - 1 + area[0].start, column - 1 + area[1].start
        at = np.array([column / (columns - 1), row / (rows - 1)])
        x, y = landscape.low + at * (landscape.high - landscape.low)
        found.append(Region(int(sign), (float(x), float(y)), share))
    return tuple(sorted(found, key=lambda each: -each.share))
