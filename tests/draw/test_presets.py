"""The article's figures as presets: what they show of some activations, and why one cannot be shown."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from auslan_explorer.core.session import Layout
from auslan_explorer.core.splits import NO_SPLIT, TEST, TRAIN
from auslan_explorer.draw.presets import FIGURES, GENERAL_FIGURES, Figure
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
