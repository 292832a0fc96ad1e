"""Recordings for ELAN, the annotation program of sign linguists, and what was annotated there back again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from auslan_explorer.analysis.annotation_tiers import (
    ReadBack,
    Timeline,
    read_back,
    recording_places,
    recording_texts,
    tiers_of,
)
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.progress import IsCancelled, Progress, never, no_progress, part
from auslan_explorer.core.recordings import CHANNELS
from auslan_explorer.io.eaf import write_eaf
from auslan_explorer.io.eaf_reader import SUFFIX, read_eaf
from auslan_explorer.io.opening import shown
from auslan_explorer.io.origin_tags import Origin
from auslan_explorer.io.pose import Component, write_pose
from auslan_explorer.io.time_series_export import write_time_series
from auslan_explorer.workflows.origin import origin_of

FramesOf = Callable[[int], np.ndarray | None]
"""Returns a recording's frames, or None where they are not at hand."""
FILM, TABLE, POSE = ".mp4", ".csv", ".pose"
_POSE_SIDE, _POSE_SCALE, _POSE_TOP = 1000, 700.0, 450.0
"""Width and height of the space of a .pose file, its units a metre, and where the height 0 of the recordings lies."""


@dataclass(frozen=True)
class ElanOptions:
    """What is written beside an annotation document.

    Attributes
    ----------
    film : bool
        The hands as a film.
    table : bool
        Channels and certainty at each step as CSV.
    pose : bool
        The hands' joints as a .pose file.
    theme : str
        Look of the film.
    """

    film: bool
    table: bool
    pose: bool
    theme: str

    def beside(self, path: Path) -> tuple[Path, ...]:
        """Return the files beside a document."""
        wanted = ((FILM, self.film), (TABLE, self.table), (POSE, self.pose))
        return tuple(path.with_suffix(suffix) for suffix, wants in wanted if wants)


def export_for_elan(
    activations: Activations,
    recordings: Sequence[int],
    path: Path,
    options: ElanOptions,
    frames_of: FramesOf,
    command: str = "",
    *,
    progress: Progress = no_progress,
    cancelled: IsCancelled = never,
) -> Path:
    """Write recordings one after the other as an annotation document of ELAN, with film and table, and return its path.

    Parameters
    ----------
    activations : Activations
    recordings : sequence of int
        In this order.
    path : Path
        Ends in .eaf; what is beside it has its name.
    options : ElanOptions
    frames_of : callable
        Needed for a film and a .pose file; a table holds the channels where all are at hand.
    command : str
        The command that makes the same again.
    progress, cancelled : callable, optional

    Raises
    ------
    UserError
        If nothing is chosen, the ending is another, the hands are asked for and not at hand, or a file cannot be
        written.
    Cancelled
    """
    if path.suffix.lower() != SUFFIX:
        raise UserError(f"{path.name}: annotations for ELAN are written as {SUFFIX}; give the file this ending.")
    if not len(recordings):
        raise UserError("There is no recording to export; show or select some first.")
    timeline = Timeline(activations, tuple(int(each) for each in recordings))
    found = [frames_of(each) for each in timeline.recordings]
    frames = [each for each in found if each is not None]
    if len(frames) < len(found):
        frames = []
    if not frames and (options.film or options.pose):
        raise UserError("The hands are drawn from the recordings, which are not at hand; get them, or leave out film "
                        "and hands.")  # fmt: skip
    origin = origin_of(activations, (), command)
    if options.film:
        _write_film(path.with_suffix(FILM), timeline, frames, options, origin, part(progress, 0, 0.95), cancelled)
    if options.pose:
        _write_pose(path.with_suffix(POSE), timeline, frames)
    if options.table:
        _write_table(path.with_suffix(TABLE), timeline, frames)
    films = [path.with_suffix(FILM).name] if options.film else []
    tables = [path.with_suffix(TABLE).name] if options.table else []
    write_eaf(path, tiers_of(timeline), films, tables, origin, "Auslan Explorer")
    return path


def _write_film(
    path: Path,
    timeline: Timeline,
    frames: Sequence[np.ndarray],
    options: ElanOptions,
    origin: Origin,
    progress: Progress,
    cancelled: IsCancelled,
) -> None:
    from auslan_explorer.draw.gesture import Gesture
    from auslan_explorer.draw.gesture_film import make_gesture_film

    a, alone = timeline.activations, np.zeros(0, dtype=np.int64)
    shown = [
        (start / 1000, Gesture((f"{a.names[a.sign[i]]}, session {a.session[i]}, trial {a.trial[i]}",), (own,),
                               int(a.first_step[i]), alone))
        for i, start, own in zip(timeline.recordings, timeline.starts, frames, strict=True)
    ]  # fmt: skip
    make_gesture_film(
        path, shown, timeline.step_seconds, options.theme, progress=progress, cancelled=cancelled, origin=origin
    )


def _write_table(path: Path, timeline: Timeline, frames: Sequence[np.ndarray]) -> None:
    """Write channels, the probability of the answer and, where the classes are signs, that of the true sign."""
    a = timeline.activations
    known, of_signs = bool(a.output_names), a.predicts_signs
    columns = [each.replace(" ", "_") for each in CHANNELS] if frames else []
    columns += ["certainty"] if known else []
    columns += ["true_sign"] if of_signs else []
    if not columns:
        raise UserError("Neither channels nor probabilities are at hand; leave out the table.")
    rows = []
    for number, (recording, start) in enumerate(zip(timeline.recordings, timeline.starts, strict=True)):
        length = int(a.lengths[recording])
        values = [frames[number][:length]] if frames else []
        chances = a.output_rows(int(a.offsets[recording]), int(a.offsets[recording + 1]))
        if chances is not None:
            values.append(chances.max(axis=1, keepdims=True))
            values += [chances[:, [int(a.sign[recording])]]] if of_signs else []
        table = np.concatenate(values, axis=1)
        rows += [(start / 1000 + step * timeline.step_seconds, row.tolist()) for step, row in enumerate(table)]
    write_time_series(path, columns, rows)


def _write_pose(path: Path, timeline: Timeline, frames: Sequence[np.ndarray]) -> None:
    from auslan_explorer.draw.hand_points import LIMBS, POINTS, hand_points
    from auslan_explorer.draw.paint_hands import LEFT_COLOUR, RIGHT_COLOUR

    rate = 1 / timeline.step_seconds
    places = np.full((round(timeline.milliseconds / 1000 * rate), 2 * len(POINTS), 3), np.nan)
    for start, own in zip(timeline.starts, frames, strict=True):
        first = round(start / 1000 * rate)
        places[first : first + len(own)] = hand_points(own)[: len(places) - first]
    places = places * _POSE_SCALE + np.array([_POSE_SIDE / 2, _POSE_TOP, 0.0])
    hands = [
        Component(f"{name}_HAND_LANDMARKS", POINTS, LIMBS, colour)
        for name, colour in (("LEFT", LEFT_COLOUR), ("RIGHT", RIGHT_COLOUR))
    ]
    write_pose(path, hands, places, rate, (_POSE_SIDE, _POSE_SIDE, _POSE_SIDE))


def read_annotations(
    activations: Activations, path: Path, *, progress: Progress = no_progress, cancelled: IsCancelled = never
) -> ReadBack:
    """Read an annotation document of ELAN that was exported here, perhaps corrected and with further tiers.

    Raises
    ------
    UserError
        If it cannot be read, or is of none of the recordings that are open.
    """
    return read_back(activations, read_eaf(path), shown(path.name))


def chosen_recordings(activations: Activations, texts: Sequence[str]) -> list[int]:
    """Return the recordings of some names: a sign, all of whose recordings are meant, or one such as "think 2.3".

    Other data's are called by their own names, or "sequence 3".

    Raises
    ------
    UserError
        If there is none of a name.
    """
    a = activations
    places = {_plain(text): index for text, index in recording_places(a).items()}
    signs: dict[str, int] = {}
    for names in (a.names, a.signs):
        signs.update({name.casefold(): sign for sign, name in enumerate(names)})
    found: dict[int, None] = {}
    for text in texts:
        plain = _plain(text)
        if plain in signs:
            found.update(dict.fromkeys(np.flatnonzero(a.sign == signs[plain]).tolist()))
            continue
        sign, _, number = plain.rpartition(" ")
        key = f"{a.signs[signs[sign]].casefold()} {number}" if sign in signs and plain not in places else plain
        if key not in places:
            unknown = "There is no sign and no recording {0!r}; name signs, or recordings as in “{1}”."
            raise UserError(a.wording.say(unknown, text, recording_texts(a)[0]))
        found[places[key]] = None
    return list(found)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
