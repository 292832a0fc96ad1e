"""Rasterises points and hairlines in NumPy: 100 000 translucent points in about a tenth of a second.

Ink is summed as optical depth (-log of transparency), so the order of drawing does not matter: no point hides
another, density reads as density, and paths can grow by adding only what is new. Colour is the mean of what lies
on a pixel, weighted by depth (McGuire and Bavoil 2013, "Weighted blended order-independent transparency").

Many small points of several colours are summed in whole numbers (`raster_discs`), which gives the same picture sooner.
Where there is more to draw than there are pixels, points and hairlines are counted first, and their counts turned into
ink once the picture is asked for (`raster_counts`). Several threads may each draw on a raster of their own, beside the
one that takes up what they have drawn in the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import numpy as np

from .raster_compositing import OPAQUE, composite
from .raster_counts import SOFTEST
from .raster_crowd import CountedPoints, Crowd
from .raster_discs import DiscSums
from .raster_pixels import BLOCK_TAPS, line_pixels
from .raster_shapes import clip_lines, half_widths, order_ends, stamps
from .raster_sums import add_at, add_weighted_rows

_MANY_POINTS = 1 << 11
"""From so many on, sorting small points pays off."""
_PART_PIXELS = 60_000
# Margin of pixels that are drawn to and never shown, so that no write needs a bounds check.
_MARGIN = 24
MAX_RADIUS = _MARGIN - 2.0
# From this radius on a disc is drawn by the edges of its rows: four numbers a row, in place of one for each pixel.
_ROWS_FROM = 6.0
_BAND_ROWS = 48
"""Rows of counts that are turned into ink at once: their intermediate results fit the processor's cache."""
_CROWDED = 4
"""Points on each pixel, on the mean of the sheet, from which on they are counted."""
_PIXELS_OF_LINE = 12
"""Pixels that a joining line passes, about; decides from how many lines on these are counted."""


class Raster:
    """Accumulation buffer of translucent points and lines.

    Parameters
    ----------
    width, height : int
        In pixels.
    origin : tuple of float
        Picture coordinates of the buffer's upper left corner; lets a large picture be made in bands.
    """

    def __init__(self, width: int, height: int, origin: tuple[float, float] = (0.0, 0.0)) -> None:
        self.width, self.height = width, height
        self._shift = np.float32(_MARGIN - origin[0]), np.float32(_MARGIN - origin[1])
        self._stride, self._rows = width + 2 * _MARGIN, height + 2 * _MARGIN
        # Sums of colours, beside the depth once there is more than one colour.
        self._colour: np.ndarray | None = None
        self._one_colour: np.ndarray | None = None
        # Whether it is known which pixels changed since `pop_touched`, and these, once there are any.
        self._knows_touched = False
        self._touched: np.ndarray | None = None
        self._crowd: Crowd | None = None
        # Many small points of several colours; beside the other ink until both are put together in a picture.
        self._sums: DiscSums | None = None
        self._exact = True

    @cached_property
    def _depth(self) -> np.ndarray:
        """Summed optical depth, float32, shape (size,); made once there is ink that is not summed in whole numbers."""
        return np.zeros(self.size, dtype=np.float32)

    @property
    def size(self) -> int:
        """Number of pixels with the margin around the picture, in which indices of pixels count."""
        return self._rows * self._stride

    @property
    def is_exact(self) -> bool:
        """Whether what was drawn can be removed again without a trace; counts are near, not equal."""
        return self._exact

    def counts_points(self, number: int, radius: float) -> bool:
        """Return whether that many points of a size are drawn faster by counting them."""
        return radius < _ROWS_FROM and number * np.pi * (radius + 0.5) ** 2 > _CROWDED * self.size

    def counts_lines(self, number: int, width: float) -> bool:
        """Return whether that many lines of a width are drawn faster by counting them."""
        return width <= 1 and number * _PIXELS_OF_LINE > self.size

    def clear(self) -> None:
        """Clear the buffer."""
        self._depth[:] = 0
        self._colour = self._one_colour = self._crowd = self._sums = None
        self._exact, self._knows_touched = True, False

    def points(
        self,
        x: np.ndarray,
        y: np.ndarray,
        rgb: np.ndarray,
        radius: float,
        alpha: float,
        *,
        remove: bool = False,
        counted: bool = False,
    ) -> None:
        """Add round points, or remove the same points again.

        Parameters
        ----------
        x, y : ndarray of float, shape (n,)
            Centres in picture coordinates, pixels.
        rgb : ndarray of uint8, shape (n, 3) or (3,)
        radius : float
            In pixels, at most `MAX_RADIUS`; edges are smooth.
        alpha : float
            Opacity of one point, 0 to 1.
        remove : bool
            Remove what the same call without it has added.
        counted : bool
            Count them; for one of many calls with the same radius and opacity, where `counts_points` says so.
        """
        radius = min(radius, MAX_RADIUS)
        reach = int(np.ceil(radius + SOFTEST / 2))
        x, y = x.astype(np.float32) + self._shift[0], y.astype(np.float32) + self._shift[1]
        right, bottom = self._stride - reach - 1, self._rows - reach - 1
        if not (len(x) and x.min() > reach and x.max() < right and y.min() > reach and y.max() < bottom):
            keep = np.flatnonzero((x > reach) & (x < right) & (y > reach) & (y < bottom))
            if not len(keep):
                return
            x, y = x.take(keep), y.take(keep)
            rgb = rgb.take(keep, axis=0) if rgb.ndim == 2 else rgb
        depth = _depth_of(alpha) * (-1 if remove else 1)
        if counted:
            self._count_points(x, y, rgb, radius, depth)
            return
        if radius >= _ROWS_FROM:
            self._discs(x, y, rgb, radius, depth)
        elif rgb.ndim == 2 and depth > 0 and self._is_many(len(x), radius):
            self._sum_discs(x, y, rgb, radius, depth)
        else:
            self._taps(x, y, rgb, radius, depth)

    def _is_many(self, number: int, radius: float) -> bool:
        """Return whether that many small points change so much of the sheet that it is gone over as a whole."""
        return number * stamps(radius, self._stride, 1.0).weights.shape[1] >= self.size // 8

    def _taps(
        self,
        x: np.ndarray,
        y: np.ndarray,
        rgb: np.ndarray,
        radius: float,
        depth: np.float32,
    ) -> None:
        """Add small round points pixel by pixel."""
        disc = stamps(radius, self._stride, 1.0)
        few = not self._is_many(len(x), radius)
        if not few:
            self._knows_touched = False
        if len(x) > _MANY_POINTS:
            # Row by row, so that what is written to fits the processor's cache.
            order = np.argsort(y.astype(np.uint16), kind="stable")
            x, y, rgb = x.take(order), y.take(order), rgb.take(order, axis=0) if rgb.ndim == 2 else rgb
        for points, at, weight in disc.pixels(*disc.places(x, y, None), disc.weights * depth):
            if few:
                self._touch(at)
            for sheet, colour in self._sheets(rgb[points, None] if rgb.ndim == 2 else rgb):
                add_at(sheet, at.ravel(), (weight if colour is None else weight * colour).ravel())

    def _count_points(self, x: np.ndarray, y: np.ndarray, rgb: np.ndarray, radius: float, depth: np.float32) -> None:
        self._exact = self._knows_touched = False
        if self._crowd is not None and self._crowd.has_lines:
            self._settle()  # the sheets of both at once would take half as much memory again
        start = 0
        while start < len(x):
            crowd = self._crowd = self._crowd or Crowd(self._rows, self._stride)
            room = crowd.room_for_points(radius, depth)
            if not room:
                self._settle()
                continue
            part = slice(start, start + room)
            crowd.count_points(x[part], y[part], rgb[part] if rgb.ndim == 2 else rgb)
            start = part.stop

    def _sum_discs(self, x: np.ndarray, y: np.ndarray, rgb: np.ndarray, radius: float, depth: np.float32) -> None:
        """Add small round points of several colours in whole numbers."""
        self._knows_touched = False
        start = 0
        while start < len(x):
            if self._sums is None or not self._sums.are_of(radius, depth):
                self._take_up_sums()
                self._sums = DiscSums(self._rows, self._stride, radius, depth)
            if not self._sums.room:
                self._sums.make_room()
            if not self._sums.room:
                self._take_up_sums()
                continue
            part = slice(start, start + self._sums.room)
            self._sums.add(x[part], y[part], rgb[part])
            start = part.stop

    @property
    def _sums_alone(self) -> bool:
        """Whether there is no ink but what is summed in whole numbers."""
        return self._sums is not None and self._colour is None and self._one_colour is None

    def _take_up_sums(self) -> None:
        """Add what was summed in whole numbers to the other ink: it shares no sheet with what follows."""
        sums, self._sums = self._sums, None
        if sums is None:
            return
        at = sums.inked()
        for sheet, ink in zip((self._depth, *self._summed_colours()), sums.ink(at), strict=True):
            sheet[at] += ink

    def _settle(self) -> None:
        """Turn what was counted into ink."""
        crowd, self._crowd = self._crowd, None
        if crowd is None:
            return
        for top in range(0, self._rows, _BAND_ROWS):
            band = slice(top, min(top + _BAND_ROWS, self._rows))
            lines, points = crowd.lines_of(band), crowd.points_of(band)
            if lines is not None:
                depth, colours = lines
                self._add_rows(band, [depth, *colours])
            if points is not None:
                self._settle_points(band, points, crowd.radius)

    def _settle_points(self, band: slice, points: CountedPoints, radius: float) -> None:
        """Add the points of some rows, whose edges differ in width."""
        x, y, rgb, ink, softness = points
        # A softer edge makes a disc larger; its ink stays the same.
        ink *= (radius**2 + 1 / 12) / (radius**2 + softness**2 / 12)
        disc = stamps(radius, self._stride, SOFTEST)
        rows = slice(max(band.start - disc.reach, 0), min(band.stop + disc.reach, self._rows))
        sheet = np.zeros(((rows.stop - rows.start) * self._stride, 4), dtype=np.float32)
        base, shape = disc.places(x, y, softness)
        base -= rows.start * self._stride
        inks = np.column_stack([ink, rgb * ink[:, None]])
        for discs, at, weights in disc.pixels(base, shape, disc.weights):
            add_weighted_rows(sheet, at, weights, inks[discs])
        self._add_rows(rows, [*sheet.T.reshape(4, -1, self._stride)])

    def _add_rows(self, rows: slice, ink: list[np.ndarray]) -> None:
        """Add optical depth and the three colours weighted by it, each of the shape (rows, stride)."""
        for sheet, added in zip((self._depth, *self._summed_colours()), ink, strict=True):
            sheet.reshape(self._rows, self._stride)[rows] += added

    def _discs(self, x: np.ndarray, y: np.ndarray, rgb: np.ndarray, radius: float, depth: np.float32) -> None:
        """Add large round points row by row: differences at both ends of each span, then a sum along the rows."""
        reach = int(np.ceil(radius + 0.5))
        rows = np.arange(-reach, reach + 1)[:, None]
        # Summing up goes over all rows that are touched, so blocks are larger here: seldom more than one a sheet.
        block = max(BLOCK_TAPS // len(rows), 1)
        for start in range(0, len(x), block):
            part = slice(start, start + block)
            row = y[part].astype(np.intp) + rows
            half = half_widths(row - y[part].astype(np.float64), radius)
            edges, weights = [], []
            for edge, sign in ((x[part] - half, depth), (x[part] + half, -depth)):
                column = edge.astype(np.intp)
                share = (edge - column).astype(np.float32)
                first = row * self._stride + column
                edges += [first, first + 1]
                weights += [sign * (1 - share), sign * share]
            index, weight = np.stack(edges).ravel(), np.stack(weights)
            begin = int(index.min()) // self._stride * self._stride
            band = slice(begin, (int(index.max()) // self._stride + 1) * self._stride)
            index -= begin
            self._touch(band)
            for sheet, colour in self._sheets(rgb[part] if rgb.ndim == 2 else rgb):
                ink = weight if colour is None else weight * colour
                sheet[band] += np.cumsum(np.bincount(index, ink.ravel(), band.stop - begin))

    def lines(
        self,
        x0: np.ndarray,
        y0: np.ndarray,
        x1: np.ndarray,
        y1: np.ndarray,
        rgb: np.ndarray,
        width: float,
        alpha: float,
        *,
        remove: bool = False,
        counted: bool = False,
    ) -> None:
        """Add straight lines, or remove the same lines again.

        Parameters
        ----------
        x0, y0, x1, y1 : ndarray of float, shape (n,)
            Ends in picture coordinates, pixels.
        rgb : ndarray of uint8, shape (n, 3) or (3,)
        width : float
            In pixels, at most twice `MAX_RADIUS`; below 1 the line is fainter, not thinner.
        alpha : float
            Opacity, 0 to 1.
        remove : bool
            Remove what the same call without it has added.
        counted : bool
            Count them; for one of many calls with the same width and opacity, where `counts_lines` says so.
        """
        width = min(width, 2 * MAX_RADIUS)
        edge = width / 2 + 2
        box = (edge, edge, self._stride - edge, self._rows - edge)
        sx, sy = self._shift
        x0, y0, x1, y1, kept = clip_lines(x0 + sx, y0 + sy, x1 + sx, y1 + sy, box)
        rgb = rgb[kept] if rgb.ndim == 2 else rgb
        depth = _depth_of(alpha) * min(width, 1.0) * (-1 if remove else 1)
        if counted:
            self._count_lines((x0, y0, x1, y1), rgb, np.float32(depth))
            return
        steep = np.abs(y1 - y0) > np.abs(x1 - x0)
        for rows, a0, b0, a1, b1, along, across in (
            (np.flatnonzero(~steep), x0, y0, x1, y1, 1, self._stride),
            (np.flatnonzero(steep), y0, x0, y1, x1, self._stride, 1),
        ):
            colour = rgb[rows] if rgb.ndim == 2 else rgb
            ends = order_ends(a0[rows], b0[rows], a1[rows], b1[rows])
            for index, weight, of in line_pixels(*ends, width, np.float32(depth), along, across):
                self._add(index, weight, colour[of] if colour.ndim == 2 else colour)

    def _count_lines(
        self,
        ends: tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray],
        rgb: np.ndarray,
        depth: np.float32,
    ) -> None:
        self._exact, self._knows_touched = self._exact and rgb.ndim == 1, False
        start = 0
        while start < len(ends[0]):
            crowd = self._crowd = self._crowd or Crowd(self._rows, self._stride)
            room = crowd.room_for_lines(rgb, depth)
            if not room:
                self._settle()
                continue
            part = slice(start, start + room)
            x0, y0, x1, y1 = ends
            crowd.count_lines(x0[part], y0[part], x1[part], y1[part], rgb[part] if rgb.ndim == 2 else rgb)
            start = part.stop

    def _add(self, index: np.ndarray, weight: np.ndarray, rgb: np.ndarray) -> None:
        """Sum `weight` (taps, n) at pixels `index` (taps, n) in the colours `rgb`, (n, 3) or (3,)."""
        flat, size = index.ravel(), self.size
        # Few taps: touch only their pixels. Many: one pass over the sheet is cheaper than scattered adds.
        scattered = flat.size < size // 8
        self._touch(flat if scattered else None)
        at = flat.astype(np.int32) if scattered else flat
        summed = None if scattered or rgb.ndim == 2 else np.bincount(flat, weight.ravel(), size).astype(np.float32)
        for sheet, colour in self._sheets(rgb):
            if summed is not None:
                sheet += summed if colour is None else summed * colour
                continue
            ink = (weight if colour is None else weight * colour).ravel()
            if scattered:
                add_at(sheet, at, ink)
            else:
                sheet += np.bincount(flat, ink, size)

    def _sheets(self, rgb: np.ndarray) -> list[tuple[np.ndarray, np.ndarray | None]]:
        """Return the sheets that ink of colours is added to, each with what it is multiplied by there; None: nothing.

        Parameters
        ----------
        rgb : ndarray of uint8, shape (..., 3)
            Of one dimension where it is one colour.
        """
        one = rgb.ndim == 1 and self._colour is None
        if one and (self._one_colour is None or (self._one_colour == rgb).all()):
            self._one_colour = rgb
            return [(self._depth, None)]
        shares = np.moveaxis(rgb, -1, 0).astype(np.float32)
        colours = zip(self._summed_colours(), shares, strict=True)
        return [(self._depth, None), *((sheet, share) for sheet, share in colours if share.ndim or share)]

    def _summed_colours(self) -> np.ndarray:
        """Return the sums of the three colours, float32, shape (3, pixels), which are kept from now on."""
        if self._colour is None:
            self._colour = np.zeros((3, self.size), dtype=np.float32)
            if self._one_colour is not None:
                np.multiply(self._depth, self._one_colour[:, None], out=self._colour)
        return self._colour

    def composite_over(
        self, background: tuple[int, int, int] | np.ndarray | None, pixels: np.ndarray | None = None
    ) -> np.ndarray:
        """Composite over a background, uint8, premultiplied blue, green, red, alpha (Qt's RGB32 where it is opaque).

        Parameters
        ----------
        background : tuple of int, ndarray of uint8, shape (n, 4), or None
            Red, green and blue; a picture as it is returned, of `pixels`; None leaves it transparent.
        pixels : ndarray of int64, shape (n,), optional
            From `pop_touched` or `inked`: only these; by default all.

        Returns
        -------
        ndarray of uint8, shape (height, width, 4), or (n, 4) for some pixels
        """
        if isinstance(background, np.ndarray):
            below, opaque = [*background.T.astype(np.float32)], bool((background.view(np.uint32) >= OPAQUE).all())
        else:
            empty = (0, 0, 0, 0) if background is None else (*background[::-1], 255)
            if pixels is None:
                packed = np.full(self.size, np.array(empty, dtype=np.uint8).view(np.uint32))
                inked = self.inked()
                packed[inked] = self.composite_over(background, inked).view(np.uint32)[:, 0]
                return self.crop(packed).copy().view(np.uint8).reshape(self.height, self.width, 4)
            below, opaque = [np.float32(value) for value in empty], background is not None
        assert pixels is not None
        return composite(self._parts(pixels), len(pixels), below, opaque=opaque, exact=self._sums_alone)

    def crop(self, sheet: np.ndarray) -> np.ndarray:
        """Return the picture, shape (height, width), of numbers of all pixels, shape (size,); a view of them."""
        rows = sheet.reshape(self._rows, self._stride)
        return rows[_MARGIN : _MARGIN + self.height, _MARGIN : _MARGIN + self.width]

    def inked(self, pixels: np.ndarray | None = None) -> np.ndarray:
        """Return the indices of pixels that are not empty, or their positions in `pixels`, int64, shape (n,)."""
        self._settle()
        if self._sums is None:
            return np.flatnonzero((self._depth if pixels is None else self._depth.take(pixels)) > 0)
        if pixels is not None:
            inked = self._sums.covers(pixels)
            return np.flatnonzero(inked if self._sums_alone else inked | (self._depth.take(pixels) > 0))
        at = self._sums.inked()
        if self._sums_alone:
            return at
        inked = self._depth > 0
        inked[at] = True
        return np.flatnonzero(inked)

    def pop_touched(self) -> np.ndarray | None:
        """Return the pixels changed since the last call, and forget them; None where that may be all of them.

        Returns
        -------
        ndarray of int64, shape (n,), or None
            Ascending indices, of pixels of the margin too.
        """
        self._settle()
        known, touched = self._knows_touched, self._touched
        self._knows_touched, self._touched = True, None
        if not known:
            return None
        return np.zeros(0, dtype=np.intp) if touched is None else np.flatnonzero(touched)

    def _touch(self, where: np.ndarray | slice | None) -> None:
        if where is None:
            self._knows_touched = False
        elif self._knows_touched:
            if self._touched is None:
                self._touched = np.zeros(self.size, dtype=bool)
            self._touched[where] = True

    def _parts(self, pixels: np.ndarray) -> Iterator[tuple[slice, list[np.ndarray]]]:
        """Yield slices of `pixels`, each with the optical depth of its pixels and the three summed colours.

        Their intermediate results fit the processor's cache.
        """
        self._settle()
        for start in range(0, len(pixels), _PART_PIXELS):
            part = slice(start, start + _PART_PIXELS)
            at = pixels[part]
            ink = [] if self._sums is None else self._sums.ink(at)
            if not self._sums_alone:
                other = self._ink(at)
                ink = [a + b for a, b in zip(ink, other, strict=True)] if ink else other
            yield part, ink

    def _ink(self, at: np.ndarray) -> list[np.ndarray]:
        """Return the optical depth of pixels and the three summed colours, without what is summed in whole numbers."""
        depth = self._depth.take(at)
        if self._colour is None and self._one_colour is not None:
            return [depth, *(depth * np.float32(value) for value in self._one_colour)]
        return [depth, *(sheet.take(at) for sheet in self._summed_colours())]


def _depth_of(alpha: float) -> np.float32:
    """Return the optical depth of the opacity `alpha`."""
    return np.float32(-np.log1p(-min(max(alpha, 0.0), 0.995)))
