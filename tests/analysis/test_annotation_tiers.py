"""Recordings as tiers, and what corrected tiers say of recordings and steps."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from auslan_explorer.analysis import annotation_tiers
from auslan_explorer.analysis.annotation_tiers import (
    ANSWER,
    CERTAINTY,
    MOST_GROUPS,
    PAUSE,
    RECORDING,
    SETTLED,
    SIGN,
    Timeline,
    read_back,
    recording_texts,
    tiers_of,
)
from auslan_explorer.analysis.predictions import predict_every_step
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.timeline import Tier, TimedText
from auslan_explorer.core.words import GENERAL
from tests.made_up import made_up_activations

CHOSEN = (7, 0, 12)


@pytest.fixture(scope="module")
def a() -> Activations:
    return made_up_activations()


@pytest.fixture(scope="module")
def tiers(a: Activations) -> dict[str, Tier]:
    return {tier.name: tier for tier in tiers_of(Timeline(a, CHOSEN))}


def test_each_recording_has_its_steps_and_a_pause_before_the_next(a: Activations, tiers: dict[str, Tier]) -> None:
    spans = [(text.start, text.stop) for text in tiers[RECORDING].texts]
    assert [stop - start for start, stop in spans] == [10 * int(a.lengths[each]) for each in CHOSEN]
    assert [after[0] - before[1] for before, after in pairwise(spans)] == [PAUSE, PAUSE]
    assert [text.text for text in tiers[SIGN].texts] == [a.names[a.sign[each]] for each in CHOSEN]
    assert tiers[RECORDING].texts[0].text == f"computer_PC_ {a.session[7]}.{a.trial[7]}"


def test_answers_and_their_certainty_are_the_network_s_at_each_step(a: Activations, tiers: dict[str, Tier]) -> None:
    predictions, starts = predict_every_step(a), Timeline(a, CHOSEN).starts
    assert predictions is not None and a.head is not None
    for place, recording in enumerate(CHOSEN):
        start, stop = starts[place], starts[place] + 10 * int(a.lengths[recording])
        said = [text for text in tiers[ANSWER].texts if start <= text.start < stop]
        by_step = [text.text for text in said for _ in range((text.stop - text.start) // 10)]
        assert by_step == [a.names[sign] for sign in predictions.at[a.offsets[recording] : a.offsets[recording + 1]]]
        settled = tiers[SETTLED].texts[place]
        assert (settled.start - start) // 10 + a.first_step[recording] == predictions.settled[recording]
        assert (settled.stop, settled.text) == (stop, by_step[-1])
    first = tiers[ANSWER].texts[0]
    chances = a.head.probabilities(a.recording_states(CHOSEN[0]))[: (first.stop - first.start) // 10]
    assert tiers[CERTAINTY].texts[0].text == f"{chances.max(axis=1).mean():.0%}"
    assert tiers[CERTAINTY].parent == ANSWER and len(tiers[CERTAINTY].texts) == len(tiers[ANSWER].texts)


def test_without_probabilities_there_are_recordings_and_signs(a: Activations) -> None:
    assert [tier.name for tier in tiers_of(Timeline(replace(a, head=None), CHOSEN))] == [RECORDING, SIGN]


def test_steps_take_the_time_that_the_activations_say(a: Activations) -> None:
    assert Timeline(replace(a, seconds_per_step=0.04), (3,)).milliseconds == 40 * int(a.lengths[3])


def test_what_was_not_touched_brings_no_group(a: Activations, tiers: dict[str, Tier]) -> None:
    found = read_back(a, list(tiers.values()))
    assert (found.recordings, found.groups, found.missing, list(found.labels)) == (CHOSEN, (), 0, [SIGN])
    rows = np.concatenate([np.arange(a.offsets[each], a.offsets[each + 1]) for each in CHOSEN])
    label = found.labels[SIGN]
    assert [label.text(row) for row in rows] == [a.names[sign] for sign in np.repeat(a.sign, a.lengths)[rows]]
    assert (np.delete(label.values, rows) == -1).all()


def test_a_corrected_sign_and_a_new_tier_are_groups_and_labels_of_their_steps(
    a: Activations, tiers: dict[str, Tier]
) -> None:
    one, two, three = tiers[SIGN].texts
    corrected = Tier(SIGN, (replace(one, text="Drink"), replace(two, text="ALIVE"), three))
    # The stroke: from the middle of the fourth step of the first recording on, and all of the second.
    phase = Tier("phase", (TimedText(one.start + 34, one.start + 60, "stroke"), replace(two, text="stroke")))
    found = read_back(a, [tiers[RECORDING], corrected, tiers[ANSWER], phase])
    names = [(group.name, [(each.sign, each.session, each.trial) for each in group.recordings])
             for group in found.groups]  # fmt: skip
    of = {each: (a.signs[a.sign[each]], int(a.session[each]), int(a.trial[each])) for each in CHOSEN}
    assert names == [("sign: Drink", [of[7]]), ("phase: stroke", [of[7], of[0]])]
    rows = np.arange(a.offsets[7], a.offsets[8])
    assert [found.labels["phase"].text(row) for row in rows[:7]] == ["", "", "", "stroke", "stroke", "stroke", ""]


def test_a_recording_that_was_moved_in_time_takes_its_texts_along(a: Activations, tiers: dict[str, Tier]) -> None:
    later = [replace(text, start=text.start + 5000, stop=text.stop + 5000) for text in tiers[RECORDING].texts]
    signs = [replace(text, start=text.start + 5000, stop=text.stop + 5000) for text in tiers[SIGN].texts]
    found = read_back(a, [Tier(RECORDING, tuple(later)), Tier(SIGN, tuple(signs))])
    assert (found.labels[SIGN].values >= 0).sum() == a.lengths[list(CHOSEN)].sum()


def test_what_is_of_other_recordings_is_said(a: Activations, tiers: dict[str, Tier]) -> None:
    with pytest.raises(UserError, match="no tier “recording”"):
        read_back(a, [tiers[SIGN]])
    with pytest.raises(UserError, match="none of the recordings that are open"):
        read_back(a, [Tier(RECORDING, (TimedText(0, 9, "other 1.1"),))])
    strange = Tier(RECORDING, (*tiers[RECORDING].texts, TimedText(90_000, 90_100, "other 1.1")))
    assert read_back(a, [strange]).missing == 1


def test_texts_that_all_lie_over_each_other_are_refused(
    a: Activations, tiers: dict[str, Tier], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(annotation_tiers, "MOST_OVERLAPS", 8)
    last = tiers[RECORDING].texts[-1].stop
    assert read_back(a, [tiers[RECORDING], Tier("mine", (TimedText(0, last, "x"),) * 2)]).groups
    with pytest.raises(UserError, match="too many recordings at once"):
        read_back(a, [tiers[RECORDING], Tier("mine", (TimedText(0, last, "x"),) * 3)])


def test_a_tier_of_remarks_colours_but_makes_no_groups(a: Activations) -> None:
    everything = tiers_of(Timeline(a, tuple(range(len(a)))))
    remarks = [TimedText(text.start + 10 * n, text.start + 10 * n + 10, f"{place} {n}")
               for place, text in enumerate(everything[0].texts) for n in range(4)]  # fmt: skip
    assert len(remarks) > MOST_GROUPS
    found = read_back(a, [*everything, Tier("remark", tuple(remarks))])
    assert (found.groups, found.remarks, "remark" in found.labels) == ((), ("remark",), True)


def test_other_data_s_tiers_have_their_words_and_the_sequences_own_names(a: Activations) -> None:
    names = [f"line {each}" for each in range(len(a))]
    names[12], names[3], names[4] = "a, b", "twice", "Twice"
    other = replace(a, words=GENERAL, recording_names=tuple(names))
    written = tiers_of(Timeline(other, (*CHOSEN, 3)))
    assert [tier.name for tier in written[:2]] == ["sequence", "class"]
    said = [text.text for text in written[0].texts]
    assert said[:2] == ["line 7", "line 0"]
    # A name with a comma or of two sequences names none on a command line.
    assert said[2:] == [f"{a.signs[a.sign[each]]} {a.session[each]}.{a.trial[each]}" for each in (12, 3)]
    for tiers in (written, tiers_of(Timeline(a, (*CHOSEN, 3)))):  # those that were written with a sign's words, too
        found = read_back(other, tiers)
        assert (found.recordings, found.groups, found.column) == ((*CHOSEN, 3), (), tiers[1].name)
    assert recording_texts(replace(a, words=GENERAL))[4] == "sequence 5"
    with pytest.raises(UserError, match="no tier “sequence”, by which its sequences"):
        read_back(other, written[1:])
