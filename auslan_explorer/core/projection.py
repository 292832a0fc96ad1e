"""Projections of hidden states: the points of the map."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from .errors import UserError
from .landscape import Landscape
from .resting import HeldInput, RestingMarks

PCA = "PCA"
"""Beginning of the title of a map of principal components."""


def signed_log(values: np.ndarray) -> np.ndarray:
    """Apply sign(v) log1p(|v|), which spreads the crowded start of the paths (article, section "Visualization")."""
    return np.sign(values) * np.log1p(np.abs(values))


LONG_STEP = 0.1
"""Part of the map's extent from which a step counts as long: a jump, where the map is torn."""
EXTENT_PERCENTILES = (0.5, 99.5)


def map_extent(points: np.ndarray) -> float:
    """Return the diagonal of the box between the 0.5th and the 99.5th percentile of each axis; 0 without points."""
    if not len(points):
        return 0.0
    low, high = np.percentile(points, EXTENT_PERCENTILES, axis=0)
    return float(np.linalg.norm(high - low))


@dataclass(eq=False)
class PointQuality:
    """Quality measures of a projection's points, filled in as they are computed.

    Attributes
    ----------
    error : ndarray of float32, shape (real steps,), or None
        Root of the mean squared reconstruction error over units; see `analysis.step_errors`.
    trust, continuity : dict of int to ndarray of float32, shape (real steps,)
        By number of neighbours; see `analysis.point_quality`.
    distortion : ndarray of float32, shape (real steps,), or None
        How far a step goes on the map beside how far the state moves; see `analysis.step_distortion`.
    landscapes : dict of bool to Landscape
        What the network answers at each place of a 2-D map, by whether it shows the signed log; see
        `analysis.landscape`.
    resting : dict of HeldInput to RestingMarks
        Where the network would stay if its input stayed; see `analysis.resting_points`.
    ends : ndarray of float32, shape (maps, signs, dims), or None
        Where each sign ends on every map of an ensemble aligned with this projection, in bottleneck values; NaN for a
        sign without recordings; see `analysis.stability`.
    beside : PointQuality or None
        Measures of the other map that is shown, with whose values colours have one range; see `share_ranges`.
    """

    error: np.ndarray | None = None
    trust: dict[int, np.ndarray] = field(default_factory=dict)
    continuity: dict[int, np.ndarray] = field(default_factory=dict)
    ends: np.ndarray | None = None
    distortion: np.ndarray | None = None
    landscapes: dict[bool, Landscape] = field(default_factory=dict)
    resting: dict[HeldInput, RestingMarks] = field(default_factory=dict)
    beside: PointQuality | None = field(default=None, repr=False)

    def holds(self, found: PointQuality) -> bool:
        """Return whether one of the measures of points that were found is held here too."""
        return bool(
            (found.error is not None and self.error is not None)
            or (found.trust.keys() & self.trust.keys())
            or (found.continuity.keys() & self.continuity.keys())
        )

    def add(self, found: PointQuality) -> None:
        """Merge newly computed measures; in a window call `core.session.Session.set_measured` instead."""
        self.error = self.error if found.error is None else found.error
        self.ends = self.ends if found.ends is None else found.ends
        self.distortion = self.distortion if found.distortion is None else found.distortion
        self.trust.update(found.trust)
        self.continuity.update(found.continuity)
        self.landscapes.update(found.landscapes)
        self.resting.update(found.resting)


def share_ranges(projections: Iterable[Projection]) -> None:
    """Give the colours of maps that are shown together, one or two, one range of values."""
    measured = [each.measured for each in projections]
    for one in measured:
        one.beside = next((other for other in measured if other is not one), None)


@dataclass(frozen=True, eq=False)
class Projection:
    """Points of all hidden states on a map; frozen, so that retraining makes a new object.

    Attributes
    ----------
    points : ndarray of float32, shape (real steps, dims)
        Bottleneck values of real steps, in the order of the activations, before any signed log.
    prefix : ndarray of float32, shape (padding steps, dims)
        The padding that all recordings share, drawn once.
    fingerprint : str
        Of the autoencoder that made it, so that a stale projection is noticed.
    title : str
        What people read, for example "2-D autoencoder".
    is_run : bool
        Whether it is the map of a saved run, and not one that the activations came with.
    measured : PointQuality
        The only part that changes: quality measures computed on request.
    """

    points: np.ndarray
    prefix: np.ndarray
    fingerprint: str
    title: str
    is_run: bool = False
    measured: PointQuality = field(default_factory=PointQuality, repr=False)

    def __post_init__(self) -> None:
        if self.points.ndim != 2 or self.points.shape[1] not in (2, 3):
            raise UserError(f"A projection must have 2 or 3 numbers a step, not shape {self.points.shape}.")
        if self.prefix.ndim != 2 or self.prefix.shape[1] != self.points.shape[1]:
            raise UserError("The projected padding has another number of dimensions than the projected steps.")
        if not (np.isfinite(self.points).all() and np.isfinite(self.prefix).all()):
            raise UserError("The projection holds values that are not finite numbers; train the autoencoder again.")

    @property
    def axis_word(self) -> str:
        """What an axis is called before its number: "PCA", or "bottleneck" of an autoencoder's map."""
        return PCA if self.title.startswith(PCA) and not self.is_run else "bottleneck"

    @property
    def dims(self) -> int:
        """Dimensions of the points, 2 or 3."""
        return self.points.shape[1]
