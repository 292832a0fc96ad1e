"""Chooses the labels of a map: signs at their last steps, mistakes, and playheads while paths grow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from auslan_explorer.analysis.predictions import prediction_at
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.central import central_recordings
from auslan_explorer.core.playing import position_of
from auslan_explorer.core.predictions import Predictions
from auslan_explorer.core.session import SessionState
from auslan_explorer.core.signs import short_name
from auslan_explorer.core.trajectories import Trajectories

from .theme import RGB, Theme

MOST_PLAYHEADS = 24
"""Most selected recordings that are all labelled at their playheads; of more, one for each sign."""
GREYED = 2
"""Rank of the names of greyed signs."""


@dataclass(frozen=True)
class SignLabel:
    """A label at a last step or at a playhead; labels of lower `rank` are placed first.

    Attributes
    ----------
    text : str
    position : tuple of float
        Of a sign's most typical shown recording, or of a misclassified one; NaN while there is nothing to name.
    rank : int
    colour : RGB
    recording : int or None
        Misclassified recording; such labels come in pairs, the true sign and then the network's prediction.
    since : int
        Position of the playback from which it is shown.
    playhead : int or None
        Recording at whose playhead it is placed.
    prediction : str
        The network's prediction at this step; empty where it is not known.
    right : bool
        Whether the prediction is the true sign.
    sign : int
        The sign that is named; -1 for a misclassified recording's.
    region : bool
        Whether it names a region of the decision landscape, and no path.
    """

    text: str
    position: tuple[float, ...]
    rank: int
    colour: RGB
    recording: int | None = None
    since: int = 0
    playhead: int | None = None
    prediction: str = ""
    right: bool = True
    sign: int = -1
    region: bool = False

    @property
    def verdict(self) -> str:
        """Text beside the name: a cross and the predicted sign where that is wrong; most are right, and bear none."""
        return f"✗ {self.prediction}" if self.prediction and not self.right else ""


@dataclass(frozen=True, eq=False)
class Playheads:
    """Labels and positions of the labelled playheads at every position of the playback, computed when first needed.

    Attributes
    ----------
    labels : tuple of SignLabel
        Labels when the paths are whole.
    signs : ndarray of int16, shape (labels,)
    names : tuple of str
        Names of all signs.
    compute : callable
        Returns `positions` and `predictions`; called when one of them is first used, during playback.
    """

    labels: tuple[SignLabel, ...]
    signs: np.ndarray
    names: tuple[str, ...]
    compute: Callable[[], tuple[np.ndarray, np.ndarray | None]]
    _last: dict[int, tuple[SignLabel, ...]] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def _found(self) -> tuple[np.ndarray, np.ndarray | None]:
        return self.compute()

    @property
    def positions(self) -> np.ndarray:
        """Coordinates of playheads, float32, shape (steps, labels, dims); NaN before a recording begins."""
        return self._found[0]

    @property
    def predictions(self) -> np.ndarray | None:
        """Predictions at the playheads, int16, shape (steps, labels), -1 before the beginning; None where not known."""
        return self._found[1]

    def with_positions(self, place: Callable[[], np.ndarray]) -> Playheads:
        """Return the same playheads with other positions, computed by `place` when they are needed."""
        return Playheads(self.labels, self.signs, self.names, lambda: (place(), self.predictions))

    def labels_at(self, position: int) -> tuple[SignLabel, ...]:
        """Return the labels at a position of the playback."""
        # Called several times for a picture: to place labels, to draw playheads and to write.
        made = self._last.get(position)
        if made is None:
            made = self._made_at(position)
            self._last.clear()
            self._last[position] = made
        return made

    def _made_at(self, position: int) -> tuple[SignLabel, ...]:
        spots = self.positions[position].tolist()
        count = len(self.labels)
        predicted = [-1] * count if self.predictions is None else self.predictions[position].tolist()
        out = []
        for label, spot, prediction, sign in zip(self.labels, spots, predicted, self.signs.tolist(), strict=True):
            known = prediction >= 0 and label.playhead is not None
            # Made outright: `dataclasses.replace` takes three times as long, and this is done for every step.
            out.append(
                SignLabel(
                    label.text,
                    tuple(spot),
                    label.rank,
                    label.colour,
                    playhead=label.playhead,
                    prediction=self.names[prediction] if known else "",
                    right=not known or prediction == sign,
                    sign=sign,
                )
            )
        return tuple(out)


@dataclass(frozen=True)
class TypicalRecording:
    """Recording of a shown sign whose last step is nearest to the median of all; `strong` if it is not greyed."""

    sign: int
    recording: int
    strong: bool


def typical_recordings(
    activations: Activations, t: Trajectories, shown: np.ndarray, front: np.ndarray
) -> list[TypicalRecording]:
    """Find the typical recording of each shown sign, among those in front if there are any."""
    usable = shown & (t.lengths > 0)
    in_front = np.bincount(activations.sign[usable & front], minlength=len(activations.signs)) > 0
    typical = central_recordings(t, activations.sign, usable, front)
    signs = activations.sign[typical]
    columns = signs.tolist(), typical.tolist(), in_front[signs].tolist()
    return [TypicalRecording(*each) for each in zip(*columns, strict=True)]


def sign_labels(
    activations: Activations, t: Trajectories, typical: list[TypicalRecording], theme: Theme
) -> tuple[SignLabel, ...]:
    """Return a label for each shown sign, at the last step of its typical recording."""
    return tuple(
        SignLabel(
            text=short_name(activations.names[each.sign]),
            position=_place(t, int(t.last_vertex[each.recording])),
            rank=0 if each.strong else 1,
            colour=theme.foreground if each.strong else theme.muted,
            sign=each.sign,
        )
        for each in typical
    )


def mistake_labels(
    activations: Activations, t: Trajectories, front: np.ndarray, state: SessionState, theme: Theme
) -> tuple[SignLabel, ...]:
    """Return two labels for each misclassified recording, shown once its path has ended: true sign and prediction."""
    a, labels = activations, []
    which = np.flatnonzero(front & (a.predicted >= 0) & (a.predicted != a.sign) & (t.lengths > 0))
    ends = t.first_step[which] + t.lengths[which] - 1
    since = position_of(state.alignment, t.steps, ends, t.first_step[which], t.lengths[which])
    for i, begins in zip(which, since.tolist(), strict=True):
        end = _place(t, int(t.last_vertex[i]))
        labels.append(SignLabel(short_name(a.names[a.sign[i]]), end, -1, theme.truth, int(i), begins))
        labels.append(SignLabel(short_name(a.names[a.predicted[i]]), end, -1, theme.mistake, int(i), begins))
    return tuple(labels)


def find_playheads(
    activations: Activations,
    t: Trajectories,
    typical: list[TypicalRecording],
    front: np.ndarray,
    state: SessionState,
    theme: Theme,
    answers: Predictions | None,
) -> Playheads:
    """Choose the labelled playheads: each of a few selected recordings, else one recording of each sign.

    Beside a selection the greyed signs keep their names, without a mark and a prediction.
    """
    first = [each.recording for each in typical if each.strong or not state.selected]
    rank = dict.fromkeys(first, 0)
    picked = np.flatnonzero(front & (t.lengths > 0)) if state.selected else np.zeros(0, dtype=np.int64)
    if len(picked) <= MOST_PLAYHEADS:
        rank |= {int(i): 1 for i in picked if int(i) not in rank}
    rank |= {each.recording: GREYED for each in typical if each.recording not in rank}
    recordings = np.array(list(rank), dtype=np.int64)
    alignment = state.alignment
    names = tuple(short_name(name) for name in activations.names)

    def find() -> tuple[np.ndarray, np.ndarray | None]:
        positions = np.full((t.steps, len(recordings), t.dims), np.nan, dtype=np.float32)
        said = None if answers is None else np.full((t.steps, len(recordings)), -1, dtype=np.int16)
        for position in range(t.steps):
            heads = t.playhead_vertices(alignment, position, recordings)
            positions[position, heads >= 0] = t.vertices[heads[heads >= 0]]
            if said is not None and answers is not None:
                said[position] = prediction_at(activations, answers, alignment, position, recordings)
        return positions, said

    labels = tuple(
        SignLabel(names[activations.sign[i]], (), rank[i], theme.muted, sign=int(activations.sign[i]))
        if rank[i] == GREYED
        else SignLabel(
            names[activations.sign[i]], (), rank[i], theme.foreground, playhead=i, sign=int(activations.sign[i])
        )
        for i in recordings.tolist()
    )
    return Playheads(labels, activations.sign[recordings], names, find)


def _place(t: Trajectories, vertex: int) -> tuple[float, ...]:
    return tuple(float(v) for v in t.vertices[vertex])
