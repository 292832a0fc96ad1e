"""Where names go: beside their points, never over one another, as many as there is room for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

# Right of the point first, as people read; then left, above, below, and the corners.
_PLACES = ((1.0, 0.5), (0.0, 0.5), (0.5, 0.0), (0.5, 1.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.0), (0.0, 1.0))
_ACROSS, _DOWN = np.array(_PLACES).T


@dataclass(frozen=True)
class Placed:
    """A label that found room: its number among those asked for, and its box's upper left corner in pixels.

    `side` numbers the places around the point. `leader` is where a line to a point further off ends, from that corner;
    None where the label stands by its point.
    """

    number: int
    x: float
    y: float
    width: float
    height: float
    leader: tuple[float, float] | None = None
    side: int = 0


def place_labels(
    anchors_x: np.ndarray,
    anchors_y: np.ndarray,
    widths: Sequence[float],
    heights: Sequence[float],
    ranks: Sequence[int],
    picture: tuple[float, float],
    gap: float,
    taken: Sequence[tuple[float, float, float, float]] = (),
    before: Mapping[int, int] | None = None,
) -> list[Placed]:
    """Place labels greedily.

    Parameters
    ----------
    anchors_x, anchors_y : ndarray of float, shape (labels,)
        Points to be named, pixels.
    widths, heights : sequence of float
        Size of each label, pixels.
    ranks : sequence of int
        Lower goes first; among equals, the point with more free room around it.
    picture : tuple of float
        Width and height; no label leaves it, and points outside it are not named.
    gap : float
        Air between a point and its name, and between names, pixels.
    taken : sequence of (left, top, right, bottom)
        Boxes that labels must keep clear of.
    before : mapping of int to int
        Labels that stood in the picture before, and on which side of their points: among equal ranks they go first.

    Returns
    -------
    list of Placed
        Those that found room; no two boxes overlap.
    """
    width, height = picture
    inside = (anchors_x >= 0) & (anchors_x <= width) & (anchors_y >= 0) & (anchors_y <= height)
    numbers = np.flatnonzero(inside)
    if not len(numbers):
        return []
    x, y = anchors_x[numbers], anchors_y[numbers]
    distance = np.hypot(x[:, None] - x[None], y[:, None] - y[None])
    np.fill_diagonal(distance, np.inf)
    room = distance.min(axis=1)
    stood = before or {}
    order = sorted(
        range(len(numbers)),
        key=lambda i: (ranks[int(numbers[i])], int(numbers[i]) not in stood, -room[i], numbers[i]),
    )
    boxes = np.empty((4, len(numbers) + len(taken)))
    boxes[:, : len(taken)] = np.asarray(taken, dtype=float).reshape(-1, 4).T
    count = len(taken)
    placed: list[Placed] = []
    for i in order:
        number = int(numbers[i])
        w, h = widths[number], heights[number]
        left = x[i] - w * (1 - _ACROSS) + gap * (2 * _ACROSS - 1)
        top = y[i] - h * (1 - _DOWN) + gap * (2 * _DOWN - 1)
        lefts, tops, rights, bottoms = boxes[:, :count, None]
        # All places at once: one by one, asking the library so often takes most of the time.
        beside = (lefts < left + w + gap) & (rights > left - gap)
        hit = (beside & (tops < top + h) & (bottoms > top)).any(axis=0)
        free = ~hit & (left >= 0) & (top >= 0) & (left + w <= width) & (top + h <= height)
        first = stood.get(number, 0)
        side = first if free[first] else int(free.argmax())
        if free[side]:
            boxes[:, count] = left[side], top[side], left[side] + w, top[side] + h
            count += 1
            placed.append(Placed(number, float(left[side]), float(top[side]), w, h, side=side))
    return placed


def place_pairs(
    anchors_x: np.ndarray,
    anchors_y: np.ndarray,
    widths: Sequence[float],
    height: float,
    numbers: Sequence[int],
    picture: tuple[float, float],
    gap: float,
    taken: Sequence[tuple[float, float, float, float]] = (),
) -> list[Placed]:
    """Place pairs of labels, the first above its point and the second below.

    Where others are in the way the pair moves up or down as one, and a line leads from it to its point.

    Parameters
    ----------
    anchors_x, anchors_y, widths
        As `place_labels` has them.
    height : float
        Of every label, pixels.
    numbers : sequence of int
        First and second of each pair in turn.
    picture, gap, taken
        As `place_labels` has them.

    Returns
    -------
    list of Placed
        Both of each pair that found room; no two boxes overlap.
    """
    boxes = [tuple(box) for box in taken]
    placed: list[Placed] = []
    half = height + gap / 2
    for first, second in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = float(anchors_x[first]), float(anchors_y[first])
        if not (0 <= x <= picture[0] and 0 <= y <= picture[1]):
            continue
        wide = max(widths[first], widths[second])
        # Nearest places first; sideways as names have it: right of the point, across it, left of it.
        moves = sorted(
            ((dx, dy) for dy in np.arange(-8, 8.5) * height for dx in (gap, -wide / 2, -wide - gap)),
            key=lambda move: abs(move[1]),
        )
        for dx, dy in moves:
            left, top = x + dx, y + dy - half
            box = (left, top, left + wide, top + 2 * half)
            if left < 0 or top < 0 or box[2] > picture[0] or box[3] > picture[1]:
                continue
            if any(b[0] < box[2] + gap and b[2] > left - gap and b[1] < box[3] and b[3] > top for b in boxes):
                continue
            boxes.append(box)
            lines = [(first, top), (second, top + 2 * half - height)]
            # The line leaves from whichever of the two is nearer to the point.
            near = second if dy < 0 else first
            for number, at in lines:
                leader = (x - left, y - at) if dy and number == near else None
                placed.append(Placed(number, left, at, widths[number], height, leader))
            break
    return placed


def nice_ticks(low: float, high: float, most: int) -> list[float]:
    """Return at most `most` round numbers between `low` and `high` (steps of 1, 2 or 5 times a power of ten)."""
    if not (np.isfinite(low) and np.isfinite(high)) or high <= low:
        return []
    raw = (high - low) / max(most, 1)
    power = 10.0 ** np.floor(np.log10(raw))
    step = next(power * m for m in (1, 2, 5, 10) if power * m >= raw * (1 - 1e-9))
    first = int(np.ceil(low / step - 1e-9))
    last = int(np.floor(high / step + 1e-9))
    return [round(k * step, 12) + 0.0 for k in range(first, last + 1)]


def tick_text(value: float) -> str:
    """Return a tick's number with a true minus sign."""
    return f"{value:g}".replace("-", "\N{MINUS SIGN}")
