"""Colour mapping: colours of points and lines as arrays of sRGB bytes."""

from __future__ import annotations

import colorsys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from cmap import Colormap

from . import palettes
from .activations import Activations
from .added_labels import shown_labels
from .palettes import OKABE_ITO
from .projection import PointQuality
from .session import NEIGHBOURS, OF_MAP, PER_STEP, Colouring, SessionState
from .splits import NO_SPLIT, TEST, TRAIN, VALIDATION
from .step_labels import StepLabels
from .words import counted

# Perceptual, told apart by colour-blind eyes, unlike time's colours, and without the grey of what is not selected.
VALUE_MAP = "matplotlib:plasma"
# Tol 2021, "muted": nine for colour-blind eyes; one for each recording session of the article's data.
TOL_MUTED = (
    (51, 34, 136), (136, 204, 238), (68, 170, 153), (17, 119, 51), (153, 153, 51), (221, 204, 119), (204, 102, 119),
    (136, 34, 85), (170, 68, 153),
)  # fmt: skip
RIGHT = OKABE_ITO[0]
WRONG = OKABE_ITO[1]
UNKNOWN = (128, 128, 128)
SPLIT_COLOURS = {TRAIN: OKABE_ITO[0], VALIDATION: OKABE_ITO[2], TEST: OKABE_ITO[1], NO_SPLIT: UNKNOWN}
# The article's cyan and magenta (figure 6), darkened until lines read on white; they differ in lightness too.
RIGHT_HAND = (0, 160, 174)
BOTH_HANDS = (190, 0, 156)

MANY_SIGNS = 24
"""Most signs that get distinct colours; with more, colours are muted, and selecting brings signs out."""
MOST_DOUBLINGS = 3.0
"""Ends of the scale of step distortion: an eighth of the usual length, and eight times as long."""
_MAP_STEPS = 256
_HIGH_QUANTILE = 0.99


EXPLANATIONS = {
    Colouring.TIME: "Runs from the first step (dark) to the last (light).",
    Colouring.SIGN: "Each sign has a colour of its own.",
    Colouring.SPLIT: "Tells recordings to train, to validate and to test with apart.",
    Colouring.ANSWER: "Tells recordings that the network recognises from those it mistakes.",
    Colouring.HANDS: "Tells signs made with the right hand alone from those made with both.",
    Colouring.SESSION: "Each recording session has a colour of its own.",
    Colouring.CONFIDENCE: "Is the probability that the network would give the true sign at that step.",
    Colouring.DISTANCE: "Is how far the network’s memory moved in that step.",
    Colouring.ERROR: "Is how far a point’s hidden state is lost by the map: the hotter, the less to believe.",
    Colouring.TRUST: "Hot points have neighbours here that are not their neighbours in the network’s memory.",
    Colouring.CONTINUITY: "Hot points have lost neighbours here that they have in the network’s memory.",
    Colouring.LABEL: "Is what a step is labelled with, in the file or in annotations that were opened.",
    Colouring.DISTORTION: "Hot steps are longer on the map than the network’s memory moved, so the map is torn there.",
}
"""What each colouring shows, as the window says it after "The colour:"."""


def time_table(steps: int) -> np.ndarray:
    """Return the colours of steps 0 to steps - 1 in the chosen colour map of time, uint8, shape (steps, 3)."""
    return colour_table(palettes.time_map(), max(steps, 2))[:steps]


@lru_cache(maxsize=8)
def colour_table(name: str, steps: int) -> np.ndarray:
    """Sample one of cmap's colour maps evenly from first to last colour, uint8, shape (steps, 3)."""
    return np.round(np.asarray(Colormap(name).lut(steps))[:, :3] * 255).astype(np.uint8)


@lru_cache(maxsize=4)
def muted_table(signs: int) -> np.ndarray:
    """Return one muted colour per sign, uint8, shape (signs, 3): hues spread by the golden ratio, two lightnesses."""
    hues = (np.arange(signs) * 0.61803398875) % 1.0
    rgb = [colorsys.hls_to_rgb(h, 0.42 if i % 2 else 0.6, 0.34) for i, h in enumerate(hues)]
    return np.round(np.array(rgb).reshape(-1, 3) * 255).astype(np.uint8)


@lru_cache(maxsize=1)
def _many() -> np.ndarray:
    """Return `MANY_SIGNS` of Glasbey's colours (Glasbey et al. 2007) that stand out from both backgrounds."""
    table = colour_table("glasbey:glasbey", _MAP_STEPS)
    light = palettes.luminance(table)
    return table[(light > 0.126) & (light < 0.3)][:MANY_SIGNS]


def sign_colours(signs: int, coloured: Iterable[int]) -> np.ndarray:
    """Return the colour of every sign, with distinct colours for some.

    Parameters
    ----------
    signs : int
    coloured : iterable of int
        Signs to tell apart: as few as the set chosen in `palettes` has take its colours, up to `MANY_SIGNS` one of
        Glasbey's; more are muted. A sign takes the same place of the palette unless that is taken, so that adding a
        sign changes few colours.

    Returns
    -------
    ndarray of uint8, shape (signs, 3)
    """
    out = muted_table(signs).copy()
    wanted = list(coloured)
    if len(wanted) > MANY_SIGNS:
        return out
    palette = np.array(palettes.sign_set(), dtype=np.uint8)
    if len(wanted) > len(palette):
        palette = _many()
    free = [True] * len(palette)
    for sign in wanted:
        place = sign % len(palette)
        while not free[place]:
            place = (place + 1) % len(palette)
        free[place] = False
        out[sign] = palette[place]
    return out


def coloured_signs(activations: Activations, state: SessionState) -> np.ndarray:
    """Return the signs with distinct colours: those selected, else those shown; indices, ascending."""
    shown = state.shown(activations)
    picked = shown & state.selected.mask(len(activations))
    return np.unique(activations.sign[picked if picked.any() else shown])


def recording_colours(activations: Activations, state: SessionState) -> np.ndarray:
    """Return the colour of each recording where it does not change over time, uint8, shape (recordings, 3)."""
    a = activations
    if state.colouring is Colouring.SIGN:
        return sign_colours(len(a.signs), coloured_signs(a, state))[a.sign]
    if state.colouring is Colouring.SPLIT:
        table = np.full((256, 3), UNKNOWN, dtype=np.uint8)
        for code, rgb in SPLIT_COLOURS.items():
            table[code] = rgb
        return table[a.split]
    if state.colouring is Colouring.SESSION:
        return np.array(TOL_MUTED, dtype=np.uint8)[session_place(a)]
    if state.colouring is Colouring.HANDS:
        if a.hand_ratio is None:
            return np.full((len(a), 3), UNKNOWN, dtype=np.uint8)
        return np.array([RIGHT_HAND, BOTH_HANDS], dtype=np.uint8)[(a.hand_ratio >= state.hand_threshold).astype(int)]
    out = np.array([WRONG, RIGHT], dtype=np.uint8)[(a.predicted == a.sign).astype(int)]
    out[a.predicted < 0] = UNKNOWN
    return out


def session_place(activations: Activations) -> np.ndarray:
    """Return each recording's index into `TOL_MUTED` by its session, shape (recordings,); colours repeat after nine."""
    _, place = np.unique(activations.session, return_inverse=True)
    return place.reshape(-1) % len(TOL_MUTED)


@dataclass(frozen=True, eq=False)
class StepColours:
    """Colours of real steps by a value that changes along a path.

    Attributes
    ----------
    rgb : ndarray of uint8, shape (S, 3)
    table : ndarray of uint8, shape (256, 3)
        Colours from `low` to `high`.
    low, high : float
    title : str
        Name of the value.
    clipped, clipped_low : bool
        Whether there are values above `high`, or below `low`, drawn in its colour.
    """

    rgb: np.ndarray
    table: np.ndarray
    low: float
    high: float
    title: str
    clipped: bool = False
    clipped_low: bool = False


def step_colours(
    activations: Activations,
    colouring: Colouring,
    measured: PointQuality | None = None,
    neighbours: int = NEIGHBOURS,
    label_column: str = "",
) -> StepColours | None:
    """Map a value of each real step to colours; None where the value is not known.

    Confidence and distance are computed once for these activations, see `Activations.confidence`; what is measured of a
    projection has to be there already.

    Parameters
    ----------
    activations : Activations
    colouring : Colouring
        One of `PER_STEP`, but time.
    measured : PointQuality, optional
        Of the projection that is drawn.
    neighbours : int
        Neighbours k of trustworthiness and continuity.
    label_column : str
        Which labels; see `SessionState`.
    """
    if colouring is Colouring.LABEL:
        return _of_labels(activations, label_column)
    if colouring in OF_MAP:
        return _of_map(colouring, measured or PointQuality(), neighbours)
    if colouring is Colouring.CONFIDENCE:
        values = activations.confidence
        if values is None:
            return None
        return _by_value(values, 0.0, 1.0, activations.wording.say("confidence in the true sign"))
    values = activations.distance_moved
    high = _round_up(float(np.quantile(values, _HIGH_QUANTILE))) if len(values) else 1.0
    return _by_value(values, 0.0, high, "distance moved in a step")


def label_palette(labels: StepLabels) -> np.ndarray:
    """Return a colour for each text of a column, and one for steps without any, uint8, shape (texts + 1, 3)."""
    texts = len(labels.texts)
    return np.concatenate([sign_colours(texts, range(texts)), np.array([UNKNOWN], dtype=np.uint8)])


def _of_labels(activations: Activations, column: str) -> StepColours | None:
    """Return the colours of a column of labels; of texts the table is no scale."""
    found = shown_labels(activations, column)
    if found is None:
        return None
    name, labels = found
    if labels.texts:
        table = label_palette(labels)
        return StepColours(table[labels.values], table, 0.0, 1.0, name)
    known = labels.values[np.isfinite(labels.values)]
    low, high = (float(known.min()), float(known.max())) if len(known) else (0.0, 1.0)
    values = np.where(np.isfinite(labels.values), labels.values, np.float32(low))
    return _by_value(values, low, high if high > low else low + 1, name)


def _of_map(colouring: Colouring, measured: PointQuality, neighbours: int) -> StepColours | None:
    """Return colours by a quality measure of the projection: the worse a point, the hotter."""
    # Without plasma's yellow, which is lost on white just where it matters.
    table = colour_table(VALUE_MAP, _MAP_STEPS * 7 // 6)[:_MAP_STEPS]
    if colouring is Colouring.ERROR:
        values = measured.error
        if values is None:
            return None
        ranged = _with(values, None if measured.beside is None else measured.beside.error)
        high = _round_up(float(np.quantile(ranged, _HIGH_QUANTILE))) if len(ranged) else 1.0
        return _by_value(values, 0.0, high, "reconstruction error", table)
    if colouring is Colouring.DISTORTION:
        if measured.distortion is None:
            return None
        title = "map step beside state step, doublings"
        return _by_value(measured.distortion, -MOST_DOUBLINGS, MOST_DOUBLINGS, title, table)
    values, other = (
        None if each is None else (each.trust if colouring is Colouring.TRUST else each.continuity).get(neighbours)
        for each in (measured, measured.beside)
    )
    if values is None:
        return None
    ranged = _with(values, other)
    lowest = float(np.quantile(ranged, 1 - _HIGH_QUANTILE)) if len(ranged) else 0.0
    low = min(max(float(np.floor(lowest * 20)) / 20, 0.0), 0.95)
    return _by_value(values, low, 1.0, f"{colouring.value}, {counted(neighbours, 'neighbour')}", table[::-1])


def _with(values: np.ndarray, other: np.ndarray | None) -> np.ndarray:
    """Return the values that a range is made of: a map's, with those of the map beside it if they are known."""
    return values if other is None else np.concatenate([values, other])


def _by_value(values: np.ndarray, low: float, high: float, title: str, table: np.ndarray | None = None) -> StepColours:
    table = colour_table(VALUE_MAP, _MAP_STEPS) if table is None else table
    share = (values - np.float32(low)) * np.float32((_MAP_STEPS - 1) / (high - low))
    place = np.clip(share, 0, _MAP_STEPS - 1).astype(np.intp)
    above = bool(len(values) and values.max() > high * 1.0001)
    return StepColours(table[place], table, low, high, title, above, bool(len(values) and values.min() < low * 0.9999))


def _round_up(value: float) -> float:
    """Round up to one significant digit, for the end of a legend's scale; 1 for what is not positive."""
    if not np.isfinite(value) or value <= 0:
        return 1.0
    power = 10.0 ** np.floor(np.log10(value))
    return float(np.ceil(value / power - 1e-9) * power)


def vertex_colouring(
    activations: Activations,
    state: SessionState,
    step: np.ndarray,
    recording: np.ndarray,
    shared: tuple[int, int, int],
    measured: PointQuality | None,
) -> Callable[[np.ndarray], np.ndarray]:
    """Return a function from vertices of `Trajectories`, indices of shape (n,), to colours, uint8, shape (n, 3).

    Parameters
    ----------
    activations : Activations
    state : SessionState
    step, recording : ndarray of int, shape (vertices,)
        As in `Trajectories`.
    shared : tuple of int
        Colour of the shared prefix, unless colour stands for time, and of unknown values.
    measured : PointQuality or None
        Of the projection that is drawn.
    """
    if state.colouring is Colouring.TIME:
        times = time_table(activations.steps)
        return lambda rows: times.take(step.take(rows), axis=0)
    if state.colouring in PER_STEP:
        colours = step_colours(activations, state.colouring, measured, state.neighbours, state.label_column)
        prefix = len(step) - activations.real_steps

        def by_step(rows: np.ndarray) -> np.ndarray:
            out = np.empty((len(rows), 3), dtype=np.uint8)
            out[:] = shared
            if colours is not None:
                real = rows >= prefix
                out[real] = colours.rgb.take(rows[real] - prefix, axis=0)
            return out

        return by_step
    # One row more than recordings: the last is for the shared prefix (-1).
    table = np.concatenate([recording_colours(activations, state), np.array([shared], dtype=np.uint8)])
    return lambda rows: table.take(recording.take(rows), axis=0)
