"""The article's figures as presets: what they show of some activations, and why one cannot be shown."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from auslan_explorer.app import no_activations
from auslan_explorer.core.session import Colouring, Layout, changed_fields, opening_state
from auslan_explorer.core.splits import NO_SPLIT, TEST, TRAIN, VALIDATION
from auslan_explorer.core.words import SIGN_LANGUAGE, Words
from auslan_explorer.draw.presets import (
    ALL_MISTAKES,
    FIGURES,
    GENERAL_FIGURES,
    Figure,
    distinct_figures_of,
    find_figure,
    mixed_up_most,
)
from tests.made_up import made_up_activations


def test_a_figure_that_cannot_be_shown_says_why() -> None:
    a = made_up_activations()
    few = Figure(9, "a figure", "", "", 2, signs=("drink", "nobody", "nothing"))
    assert few.disabled_reason(a, a.projections) == "These activations hold no sign nobody or nothing."
    assert replace(few, signs=("drink",)).disabled_reason(a, a.projections) == ""
    assert replace(few, dims=0).disabled_reason(a, {}) == ""
    assert "Figure 9 needs a 3-D projection" in replace(few, dims=3).disabled_reason(a, {2: a.projections[2]})
    wrong = replace(few, signs=(), mistakes_in=TRAIN)
    assert wrong.disabled_reason(a, a.projections) == ""  # the first recording is taken for another sign
    right = replace(a, predicted=a.sign)
    assert wrong.disabled_reason(right, a.projections) != ""
    unknown = replace(a, predicted=np.full(len(a), -1, np.int16))
    assert "answers are not known" in wrong.disabled_reason(unknown, a.projections)


def test_each_figure_of_a_map_says_in_which_view_and_what_is_drawn_whatever_was_shown_before() -> None:
    for figure in (*FIGURES.values(), *GENERAL_FIGURES.values()):
        if figure.dims:
            alone = {2: Layout.MAP_2D, 3: Layout.MAP_3D}[figure.dims]
            assert figure.changes["layout"] is alone, figure.title
            assert {"points", "lines", "last_only"} <= set(figure.changes), figure.title


def test_a_figure_shows_the_signs_and_recordings_that_it_is_about() -> None:
    a = made_up_activations()
    few = Figure(9, "a figure", "", "", 2, signs=("drink", "nobody"))
    assert few.state(a).visible_signs == {a.signs.index("drink")} and few.state(a).splits == {TRAIN}
    # The first recording, a training recording of the first sign, is taken for the second.
    assert replace(few, signs=(), mistakes_in=TRAIN).state(a).visible_signs == {0, 1}
    assert replace(few, signs=(), mistakes_in=TEST).state(a).visible_signs == frozenset()
    held = replace(a, split=np.full(len(a), TEST, np.uint8))
    assert few.state(held).splits == {TEST}
    nothing = replace(a, split=np.full(len(a), NO_SPLIT, np.uint8))
    assert few.state(nothing).splits == {NO_SPLIT}


def test_where_splits_are_not_known_no_title_and_no_sentence_speaks_of_one() -> None:
    a = made_up_activations()
    unknown = replace(a, split=np.full(len(a), NO_SPLIT, np.uint8))
    for number, figure in FIGURES.items():
        said = f"{figure.title_of(unknown)} {figure.description(unknown)}"
        assert not any(word in said for word in ("training", "validation", "test ")), number
    assert {FIGURES[number].title_of(unknown) for number in (11, 12, 13)} == {ALL_MISTAKES}
    assert distinct_figures_of(unknown) == list(range(1, 12)) and distinct_figures_of(a) == list(FIGURES)
    for known in (a, no_activations()):  # nothing is said to be unknown while nothing is open
        assert [FIGURES[n].title_of(known) for n in FIGURES] == [each.title for each in FIGURES.values()]
        assert FIGURES[3].description(known) == FIGURES[3].sentence


ALONE = {"layout": Layout.MAP_2D}
ENDS = {**ALONE, "lines": False, "last_only": True}
POINTS_3D = {"layout": Layout.MAP_3D, "lines": False, "labels": False}
BY_SIGN = {**ALONE, "colouring": Colouring.SIGN}
WRONG = {**ALONE, "mistakes": True}
# For each figure its icon, the dimensions of its map, the signs and the split it is about, and what it changes of the
# state that activations open in.
ARTICLE: dict[int, tuple[str, int, str, int | None, dict[str, Any]]] = {
    1: ("stack", 0, "", None, {}),
    2: ("hourglass-medium", 0, "", None, {}),
    3: ("path", 2, "", None, ALONE),
    4: ("crosshair-simple", 2, "", None, ENDS),
    5: ("cube", 3, "", None, POINTS_3D),
    6: ("hand-palm", 2, "", None, {**ALONE, "points": False, "colouring": Colouring.HANDS}),
    7: ("git-diff", 2, "drink danger", None, BY_SIGN),
    8: ("git-diff", 2, "who soon", None, BY_SIGN),
    9: ("git-diff", 2, "think crazy", None, BY_SIGN),
    10: ("git-diff", 2, "think crazy sorry you", None, BY_SIGN),
    11: ("warning-circle", 2, "", TRAIN, WRONG),
    12: ("warning-circle", 2, "", VALIDATION, WRONG),
    13: ("warning-circle", 2, "", TEST, WRONG),
}
GENERAL: dict[int, tuple[str, int, str, int | None, dict[str, Any]]] = {
    1: ARTICLE[3], 2: ARTICLE[4], 3: ARTICLE[5], 4: ARTICLE[11], 5: ARTICLE[12], 6: ARTICLE[13],
    7: ("git-diff", 2, "", None, BY_SIGN),
}  # fmt: skip


@pytest.mark.parametrize(
    ("table", "figures", "compared"),
    [(ARTICLE, FIGURES, set()), (GENERAL, GENERAL_FIGURES, {7})],
    ids=["article", "other"],
)
def test_each_figure_is_of_the_map_signs_and_split_that_it_is_known_for(
    table: dict[int, Any], figures: dict[int, Figure], compared: set[int]
) -> None:
    a = replace(made_up_activations(), words=SIGN_LANGUAGE if figures is FIGURES else Words("vowel", "utterance"))
    assert list(figures) == list(table)
    for number, (icon, dims, signs, split, changes) in table.items():
        each = figures[number]
        assert (each.number, each.icon, each.dims, " ".join(each.signs)) == (number, icon, dims, signs)
        assert (each.mistakes_in, each.compares) == (split, number in compared)
        assert len(each.title) > 5 and len(each.sentence) > 30 and each.sentence.endswith(".")
        state = each.state(a)
        changed = {name: getattr(state, name) for name in changed_fields(state, opening_state(a))}
        shown = {split or TRAIN} if figures is FIGURES or split is not None else opening_state(a).splits
        assert changed.pop("figure") == number and state.splits == shown
        assert {name: changed[name] for name in set(changed) - {"splits", "visible_signs"}} == changes, number
        assert find_figure(a, state, dims) is each and find_figure(a, state, dims + 1) is None


def test_signs_that_are_mixed_up_most_are_compared_whichever_is_taken_for_the_other() -> None:
    a = made_up_activations()
    assert mixed_up_most(replace(a, predicted=a.sign)) == (0, 1), "the first two where none are mixed up"
    predicted = a.sign.copy()
    predicted[0] = 1
    predicted[[6, 18]] = 3, 1  # the second is taken for the last once, and the last for the second
    predicted[12] = -1  # not known
    mixed = replace(a, predicted=predicted)
    assert mixed_up_most(mixed) == (1, 3)
    assert GENERAL_FIGURES[7].state(mixed).visible_signs == {1, 3}


def test_a_caption_of_mistakes_says_all_of_them_where_splits_are_not_known() -> None:
    a = replace(made_up_activations(), words=Words("word", "sentence"))
    unknown = replace(a, split=np.full(len(a), NO_SPLIT, np.uint8))
    of_training = next(each for each in GENERAL_FIGURES.values() if each.mistakes_in is TRAIN)
    whole = "Misclassified, all sentences (split not known)"
    assert of_training.caption(unknown) == whole
    assert of_training.caption(a) == a.wording.say(of_training.title) != whole
    signs, signs_unknown = replace(a, words=SIGN_LANGUAGE), replace(unknown, words=SIGN_LANGUAGE)
    assert FIGURES[11].caption(signs) == f"Figure 11: {FIGURES[11].title}"
    assert FIGURES[11].caption(signs_unknown) == "Figures 11 to 13: Misclassified, all recordings (split not known)"
    assert FIGURES[3].caption(signs_unknown) == f"Figure 3: {FIGURES[3].title}"
