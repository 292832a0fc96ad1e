"""Recordings as tiers along one time line, and back: what annotations say of recordings and steps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.groups import LONGEST_NAME, UserGroup
from auslan_explorer.core.names import name_recordings
from auslan_explorer.core.shares import percent
from auslan_explorer.core.signs import shown_name
from auslan_explorer.core.step_labels import StepLabels
from auslan_explorer.core.timeline import Tier, TimedText

RECORDING, SIGN, ANSWER, CERTAINTY, SETTLED = "recording", "sign", "answer", "certainty", "settled"
"""Tiers; the first two are called "sequence" and "class" with other data than sign language."""
OWN_TIERS = frozenset({RECORDING, ANSWER, CERTAINTY, SETTLED})
"""Tiers that say what the network did, and which recording it is: of these, nothing is read back."""
STEP_SECONDS = 0.01
"""Seconds of a step where the activations do not say: the gloves gave close to 100 frames a second."""
PAUSE = 500
"""Milliseconds between two recordings."""
MOST_GROUPS = 60
"""Most different texts of a tier that become groups; more are remarks, not groups."""
MOST_OVERLAPS = 200_000
"""Most pairs of a text and a recording that it lies over; a document that is no attack has some ten thousand."""


@dataclass(frozen=True, eq=False)
class Timeline:
    """Recordings one after the other, with a pause before each but the first.

    Attributes
    ----------
    activations : Activations
    recordings : tuple of int
    """

    activations: Activations
    recordings: tuple[int, ...]

    @property
    def step_seconds(self) -> float:
        """Seconds of a step."""
        return self.activations.seconds_per_step or STEP_SECONDS

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Milliseconds at which each recording's first real step begins."""
        at, found = 0, []
        for recording in self.recordings:
            found.append(at)
            at += self.span(int(self.activations.lengths[recording])) + PAUSE
        return tuple(found)

    @property
    def milliseconds(self) -> int:
        """Length of the whole."""
        return self.starts[-1] + self.span(int(self.activations.lengths[self.recordings[-1]]))

    def span(self, steps: int) -> int:
        """Return how many milliseconds some steps take."""
        return round(1000 * steps * self.step_seconds)


def tiers_of(timeline: Timeline) -> tuple[Tier, ...]:
    """Return what is known of recordings as tiers.

    The sign, where there are any; the network's answer at each step, as if the recording ended there; how certain it
    is of it, in the mean over the steps of the same answer; and the part from which on the answer stays. The last
    three are missing where the network's probabilities are not known.
    """
    a = timeline.activations
    names = recording_texts(a)
    recordings, signs = [], []
    answers: list[TimedText] = []
    certain: list[TimedText] = []
    settled: list[TimedText] = []
    for recording, start in zip(timeline.recordings, timeline.starts, strict=True):
        stop = start + timeline.span(int(a.lengths[recording]))
        recordings.append(TimedText(start, stop, names[recording]))
        signs.append(TimedText(start, stop, a.names[a.sign[recording]]))
        found = _answers(timeline, recording, start)
        answers += [text for text, _ in found]
        certain += [TimedText(text.start, text.stop, percent(share)) for text, share in found]
        settled += [TimedText(text.start, text.stop, text.text) for text, _ in found[-1:]]
    tiers = [Tier(a.wording.key(RECORDING), tuple(recordings))]
    tiers += [Tier(a.wording.key(SIGN), tuple(signs))] if a.classified else []
    if answers:
        tiers += [Tier(ANSWER, tuple(answers)), Tier(CERTAINTY, tuple(certain), ANSWER), Tier(SETTLED, tuple(settled))]
    return tuple(tiers)


def _answers(timeline: Timeline, recording: int, start: int) -> list[tuple[TimedText, float]]:
    """Return the answers of a recording, one for as many steps as it stays, each with its mean probability."""
    a = timeline.activations
    chances = a.output_rows(int(a.offsets[recording]), int(a.offsets[recording + 1]))
    if chances is None or not len(chances):
        return []
    at = chances.argmax(axis=1)
    edges = [0, *(np.flatnonzero(np.diff(at)) + 1).tolist(), len(at)]
    return [
        (
            TimedText(start + timeline.span(first), start + timeline.span(last), a.output_names[at[first]]),
            float(chances[first:last, at[first]].mean()),
        )
        for first, last in pairwise(edges)
    ]


def recording_texts(activations: Activations) -> list[str]:
    """Return the text by which each recording is known on a tier and on the command line.

    That is its own name where it has one that names nothing else; of sign language else sign, session and trial; of
    other data the number by which the window calls it, as in "sequence 3".
    """
    a = activations
    plain = _trial_texts(a)
    if a.recording_names:
        own = [shown_name(name) for name in a.recording_names]
    elif a.wording.of_signs:
        return plain
    else:
        own = [f"{a.wording.sequence_word} {number}" for number in range(1, len(a) + 1)]
    taken = Counter(text.casefold() for text in (*own, *plain, *a.names, *a.signs))
    # Commas are between the names of a command.
    return [
        text if text and taken[text.casefold()] == 1 and "," not in text else other
        for text, other in zip(own, plain, strict=True)
    ]


def _trial_texts(a: Activations) -> list[str]:
    """Return sign, session, trial, and a number if needed, of each recording."""
    return [
        shown_name(f"{name.sign} {name.session}.{name.trial}" + (f" #{name.nth + 1}" if name.nth else ""))
        for name in name_recordings(a, range(len(a)))
    ]


def recording_places(activations: Activations) -> dict[str, int]:
    """Return the recording of each text that names one, with those by sign, session and trial, which always hold."""
    a = activations
    texts = [*recording_texts(a), *_trial_texts(a)]
    return dict(reversed([*zip(texts, [*range(len(a))] * 2, strict=True)]))


# ------------------------------------------------------------------------------------------------------------- back
@dataclass(frozen=True, eq=False)
class ReadBack:
    """What annotations say of the open recordings.

    Attributes
    ----------
    recordings : tuple of int
        Those that the document is of.
    groups : tuple of UserGroup
        Of recordings whose sign was corrected, by the new sign, and of each text on further tiers.
    labels : dict of str to StepLabels
        A label for each step, by tier: the sign, and further tiers.
    missing : int
        Recordings of the document that are not open.
    remarks : tuple of str
        Tiers with too many different texts for groups.
    column : str
        The column of labels to colour by: of the last further tier, else of the sign.
    """

    recordings: tuple[int, ...]
    groups: tuple[UserGroup, ...]
    labels: dict[str, StepLabels]
    missing: int
    remarks: tuple[str, ...]
    column: str


def read_back(activations: Activations, tiers: Sequence[Tier], name: str = "The document") -> ReadBack:
    """Read what tiers say, perhaps corrected and with further ones.

    Parameters
    ----------
    activations : Activations
    tiers : sequence of Tier
    name : str
        What they are of, in a sentence.

    Raises
    ------
    UserError
        If they name none of the open recordings.
    """
    a = activations
    placed, missing = _placed(a, tiers, name)
    groups: list[UserGroup] = []
    labels: dict[str, StepLabels] = {}
    remarks = []
    own, of_sign = OWN_TIERS | {a.wording.key(RECORDING)}, {SIGN, a.wording.key(SIGN)}
    for tier in tiers:
        if tier.name in own:
            continue
        members, column = _spread_out(a, tier, placed)
        if not members:
            continue
        labels[tier.name] = column
        if tier.name in of_sign:
            members = {text: tuple(each for each in found if not _is_sign(a, each, text))
                       for text, found in members.items()}  # fmt: skip
        if len(members) > MOST_GROUPS and tier.name not in of_sign:
            remarks.append(tier.name)
            continue
        groups += [
            UserGroup(f"{tier.name}: {text}"[:LONGEST_NAME].strip(), tuple(name_recordings(a, found)))
            for text, found in members.items()
            if found
        ]
    # What a person wrote anew says more than the signs, most of which are as they were.
    colour_by = next((each for each in reversed(list(labels)) if each not in of_sign), next(iter(labels), SIGN))
    return ReadBack(tuple(dict.fromkeys(found for _, _, found in placed)), tuple(groups), labels, missing,
                    tuple(remarks), colour_by)  # fmt: skip


def _placed(a: Activations, tiers: Sequence[Tier], name: str) -> tuple[list[tuple[int, int, int]], int]:
    """Return start, stop and index of each recording that is open, by start, and how many others there are."""
    own = a.wording.key(RECORDING)
    tier = next((each for each in tiers if each.name in (RECORDING, own)), None)
    if tier is None:
        sentence = "{0} has no tier “{1}”, by which its recordings are known; correct one that was exported here."
        raise UserError(a.wording.say(sentence, name, own))
    place = recording_places(a)
    # One that stands there twice counts where it stands first.
    texts = {text.text: text for text in reversed(tier.texts)}
    found = [(text.start, text.stop, place[name]) for name, text in texts.items() if name in place]
    if not found:
        sentence = "{0} is of none of the recordings that are open; open their activations first."
        raise UserError(a.wording.say(sentence, name))
    return sorted(found), len(texts) - len(found)


def _is_sign(a: Activations, recording: int, text: str) -> bool:
    sign = int(a.sign[recording])
    return text.casefold() in {a.names[sign].casefold(), shown_name(a.signs[sign]).casefold()}


def _spread_out(
    a: Activations, tier: Tier, placed: Sequence[tuple[int, int, int]]
) -> tuple[dict[str, tuple[int, ...]], StepLabels]:
    """Return the recordings of each text of a tier, and the label of each step."""
    values = np.full(a.real_steps, -1, dtype=np.int32)
    codes: dict[str, int] = {}
    members: dict[str, dict[int, None]] = {}
    overlaps = 0
    starts = np.array([start for start, _, _ in placed])
    stops = np.maximum.accumulate(np.array([stop for _, stop, _ in placed]))
    for text in tier.texts:
        said = text.text
        if not said:
            continue
        first, last = (
            int(np.searchsorted(edges, at, side=side))  # type: ignore[call-overload]
            for edges, at, side in ((stops, text.start, "right"), (starts, text.stop, "left"))
        )
        overlaps += max(last - first, 0)
        if overlaps > MOST_OVERLAPS:
            raise UserError(f"The texts of its tier “{tier.name}” lie over too many recordings at once.")
        for start, stop, recording in placed[first:last]:
            length = int(a.lengths[recording])
            middles = start + (np.arange(length) + 0.5) * ((stop - start) / max(length, 1))
            steps = np.flatnonzero((middles >= text.start) & (middles < text.stop))
            if len(steps):
                values[int(a.offsets[recording]) + steps] = codes.setdefault(said, len(codes))
                members.setdefault(said, {})[recording] = None
    return {said: tuple(found) for said, found in members.items()}, StepLabels(values, tuple(codes))
