"""Known points have the colours that their meaning asks for: which end of a scale is which, and who gets which colour.

Colours are written as numbers here: a constant of the program that is changed with its use would hide an exchange.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from auslan_explorer.core import palettes
from auslan_explorer.core.activations import Activations
from auslan_explorer.core.added_labels import add_step_labels
from auslan_explorer.core.colours import (
    StepColours,
    coloured_signs,
    recording_colours,
    sign_colours,
    step_colours,
    vertex_colouring,
)
from auslan_explorer.core.projection import PointQuality, share_ranges
from auslan_explorer.core.session import Colouring, SessionState, opening_state
from auslan_explorer.core.step_labels import StepLabels
from auslan_explorer.core.trajectories import SHARED, Trajectories
from tests.made_up import STEPS, made_up_activations

BLUE, ORANGE, GREEN, GREY = (0, 114, 178), (213, 94, 0), (0, 158, 115), (128, 128, 128)
CYAN, MAGENTA = (0, 160, 174), (190, 0, 156)
VIOLET, YELLOW = (68, 1, 84), (253, 231, 37)
"""First and last colour of Viridis."""
INDIGO = (13, 8, 135)
"""First colour of plasma; its last is a light yellow."""
PAPER = (1, 2, 3)


@pytest.fixture(autouse=True)
def default_palettes() -> Iterator[None]:
    palettes.set_palettes(time="viridis", signs="apart")
    yield
    palettes.set_palettes(time="viridis", signs="apart")


def colours_of_vertices(
    a: Activations, colouring: Colouring, measured: PointQuality | None = None, **changes: object
) -> tuple[Trajectories, np.ndarray]:
    t = Trajectories.build(a, a.projections[2], log_scale=True)
    state = replace(opening_state(a), colouring=colouring, **changes)
    rgb = vertex_colouring(a, state, t.step, t.recording, PAPER, measured)(np.arange(len(t.step)))
    return t, rgb


def lightness(rgb: np.ndarray) -> np.ndarray:
    return rgb.astype(float) @ np.array([0.2126, 0.7152, 0.0722])


def test_time_runs_from_violet_at_the_first_step_to_yellow_at_the_last() -> None:
    t, rgb = colours_of_vertices(made_up_activations(), Colouring.TIME)
    assert {tuple(c) for c in rgb[t.step == 0].tolist()} == {VIOLET}
    assert {tuple(c) for c in rgb[t.step == STEPS - 1].tolist()} == {YELLOW}
    by_step = [{tuple(c) for c in rgb[t.step == step].tolist()} for step in range(STEPS)]
    assert all(len(colours) == 1 for colours in by_step)
    assert (np.diff(lightness(np.array([colours.pop() for colours in by_step]))) > 0).all()


@pytest.mark.parametrize("name", sorted(palettes.TIME_MAPS))
def test_every_map_of_time_runs_from_dark_to_light(name: str) -> None:
    palettes.set_palettes(time=name)
    t, rgb = colours_of_vertices(made_up_activations(), Colouring.TIME)
    assert lightness(rgb[t.step == 0]).max() < 60 < 180 < lightness(rgb[t.step == STEPS - 1]).min()


def by_recording(colouring: Colouring, a: Activations, **changes: object) -> list[tuple[int, ...]]:
    state: SessionState = replace(opening_state(a), colouring=colouring, **changes)
    return [tuple(rgb) for rgb in recording_colours(a, state).tolist()]


def test_right_is_blue_wrong_is_orange_and_unknown_is_grey() -> None:
    a = made_up_activations()
    predicted = a.sign.copy()
    predicted[[3, 9]] = (a.sign[[3, 9]] + 1) % 4
    predicted[5] = -1
    expected = [BLUE] * len(a)
    expected[3] = expected[9] = ORANGE
    expected[5] = GREY
    assert by_recording(Colouring.ANSWER, replace(a, predicted=predicted)) == expected


def test_splits_are_blue_to_train_green_to_validate_and_orange_to_test() -> None:
    a = made_up_activations()
    split = np.resize(np.array([0, 1, 2, 255], dtype=np.uint8), len(a))
    expected = [{0: BLUE, 1: GREEN, 2: ORANGE, 255: GREY}[int(code)] for code in split]
    assert by_recording(Colouring.SPLIT, replace(a, split=split)) == expected


def test_hands_are_magenta_from_the_threshold_on() -> None:
    a = made_up_activations()
    ratio = np.zeros(len(a), dtype=np.float32)
    ratio[:3] = 0.25, np.nextafter(np.float32(0.25), np.float32(0)), 0.5
    a = replace(a, hand_ratio=ratio)
    assert by_recording(Colouring.HANDS, a)[:4] == [MAGENTA, CYAN, MAGENTA, CYAN]
    assert by_recording(Colouring.HANDS, a, hand_threshold=0.5)[:4] == [CYAN, CYAN, MAGENTA, CYAN]
    assert set(by_recording(Colouring.HANDS, replace(a, hand_ratio=None))) == {GREY}


def test_sessions_have_a_colour_each_in_their_order_and_repeat_after_nine() -> None:
    a = made_up_activations()
    session = np.resize(np.arange(30, 20, -1, dtype=np.int16), len(a))
    found = by_recording(Colouring.SESSION, replace(a, session=session))
    assert found[9] == (51, 34, 136) and found[8] == (136, 204, 238), "21 is the first session, 22 the second"
    assert len(set(found)) == 9 and found[0] == found[9]


def test_signs_take_their_own_place_of_the_palette_and_the_selected_ones_are_told_apart() -> None:
    a = made_up_activations()
    found = by_recording(Colouring.SIGN, a)
    assert [found[6 * sign] for sign in range(4)] == [palettes.EIGHT_APART[sign] for sign in range(4)]
    assert all(found[i] == found[6 * a.sign[i]] for i in range(len(a)))
    palettes.set_palettes(signs="tol-bright")
    assert by_recording(Colouring.SIGN, a)[0] == (68, 119, 170)
    # What is selected but hidden brings nothing out.
    state = replace(opening_state(a), visible_signs=frozenset({0, 1}), selected=(6, 20))
    assert coloured_signs(a, state).tolist() == [1]
    assert coloured_signs(a, replace(state, selected=(20,))).tolist() == [0, 1]


@pytest.mark.parametrize("colouring", [Colouring.SIGN, Colouring.SPLIT, Colouring.ANSWER, Colouring.SESSION])
def test_a_vertex_has_its_recordings_colour_and_the_padding_none(colouring: Colouring) -> None:
    a = made_up_activations()
    t, rgb = colours_of_vertices(a, colouring)
    assert {tuple(c) for c in rgb[t.recording == SHARED].tolist()} == {PAPER}
    of_recording = np.array(by_recording(colouring, a))
    assert (rgb[t.recording != SHARED] == of_recording[t.recording[t.recording != SHARED]]).all()


# --------------------------------------------------------------------------------------------- values along a path
def measured_of(a: Activations, colouring: Colouring, values: np.ndarray) -> PointQuality:
    if colouring is Colouring.ERROR:
        return PointQuality(error=values)
    return PointQuality(**{"trust" if colouring is Colouring.TRUST else "continuity": {12: values}})


def scaled(colouring: Colouring, values: np.ndarray) -> StepColours:
    colours = step_colours(made_up_activations(), colouring, measured_of(made_up_activations(), colouring, values))
    assert colours is not None
    return colours


@pytest.mark.parametrize("colouring", [Colouring.ERROR, Colouring.TRUST, Colouring.CONTINUITY])
def test_maps_that_are_shown_together_have_one_range_of_colours(colouring: Colouring) -> None:
    a = made_up_activations()
    flat, solid = a.projections[2], a.projections[3]
    small, large = (np.linspace(*ends, a.real_steps, dtype=np.float32) for ends in ((0.5, 0.6), (0.2, 0.9)))
    flat.measured.add(measured_of(a, colouring, small))
    solid.measured.add(measured_of(a, colouring, large))

    def ranges() -> list[tuple[float, float]]:
        found = [step_colours(a, colouring, each.measured) for each in (flat, solid)]
        return [(each.low, each.high) for each in found if each is not None]

    apart = ranges()
    share_ranges([flat, solid])
    one, other = ranges()
    assert apart[0] != apart[1] and one == other
    assert one == (min(low for low, _ in apart), max(high for _, high in apart))
    share_ranges([flat])
    assert ranges()[0] == apart[0], "alone it has its own again"


def is_hot(rgb: np.ndarray) -> bool:
    return int(rgb[0]) > 200 and int(rgb[1]) > 150


def test_large_errors_are_hot_and_small_ones_indigo() -> None:
    values = np.linspace(0, 0.4, made_up_activations().real_steps).astype(np.float32)
    colours = scaled(Colouring.ERROR, values)
    assert tuple(colours.rgb[0].tolist()) == INDIGO and is_hot(colours.rgb[-1])
    assert (np.diff(lightness(colours.rgb)) >= -1).all()
    assert (colours.low, colours.high) == (0.0, pytest.approx(0.4))
    assert tuple(colours.table[0].tolist()) == INDIGO and is_hot(colours.table[-1])


def test_steps_that_are_longer_on_the_map_are_hot_and_shorter_ones_indigo() -> None:
    a = made_up_activations()
    values = np.linspace(-3, 3, a.real_steps).astype(np.float32)
    colours = step_colours(a, Colouring.DISTORTION, PointQuality(distortion=values))
    assert colours is not None and (colours.low, colours.high) == (-3.0, 3.0)
    assert tuple(colours.rgb[0].tolist()) == INDIGO and is_hot(colours.rgb[-1])
    assert (np.diff(lightness(colours.rgb)) >= -1).all()
    assert step_colours(a, Colouring.DISTORTION, PointQuality()) is None


@pytest.mark.parametrize("colouring", [Colouring.TRUST, Colouring.CONTINUITY])
def test_points_without_trust_are_hot_and_those_with_full_trust_indigo(colouring: Colouring) -> None:
    values = np.linspace(0.5, 1, made_up_activations().real_steps).astype(np.float32)
    colours = scaled(colouring, values)
    assert is_hot(colours.rgb[0]) and tuple(colours.rgb[-1].tolist()) == INDIGO
    assert (np.diff(lightness(colours.rgb)) <= 1).all()
    assert (colours.low, colours.high) == (0.5, 1.0)
    assert is_hot(colours.table[0]) and tuple(colours.table[-1].tolist()) == INDIGO


def test_trust_and_continuity_are_not_exchanged_and_belong_to_a_number_of_neighbours() -> None:
    a = made_up_activations()
    low, high = np.full(a.real_steps, 0.6, np.float32), np.ones(a.real_steps, np.float32)
    measured = PointQuality(trust={12: low, 5: high}, continuity={12: high})
    assert is_hot(step_colours(a, Colouring.TRUST, measured).rgb[0])  # type: ignore[union-attr]
    assert tuple(step_colours(a, Colouring.CONTINUITY, measured).rgb[0].tolist()) == INDIGO  # type: ignore[union-attr]
    five = step_colours(a, Colouring.TRUST, measured, 5)
    assert five is not None and tuple(five.rgb[0].tolist()) == INDIGO and five.title == "trustworthiness, 5 neighbours"
    assert step_colours(a, Colouring.CONTINUITY, measured, 5) is None
    assert step_colours(a, Colouring.ERROR, measured) is None


@pytest.mark.parametrize(
    ("colouring", "name"), [(Colouring.CONFIDENCE, "confidence"), (Colouring.DISTANCE, "distance_moved")]
)
def test_confident_and_far_steps_are_light(colouring: Colouring, name: str) -> None:
    a = made_up_activations()
    values = getattr(a, name)
    t, rgb = colours_of_vertices(a, colouring)
    prefix = t.recording == SHARED
    assert {tuple(c) for c in rgb[prefix].tolist()} == {PAPER}
    light = lightness(rgb[~prefix])
    order = np.argsort(values)
    assert (np.diff(light[order]) >= -1).all() and light[order[-1]] > light[order[0]] + 50


def test_a_scale_says_what_lies_beyond_it() -> None:
    rows = made_up_activations().real_steps
    values = np.full(rows, 0.31, dtype=np.float32)
    even = scaled(Colouring.ERROR, values)
    assert (even.high, even.clipped, even.clipped_low) == (pytest.approx(0.4), False, False)
    values[0] = 0.42
    one = scaled(Colouring.ERROR, values)
    assert (one.high, one.clipped) == (pytest.approx(0.4), True)
    assert (one.rgb[0] == one.table[-1]).all()
    trusted = np.full(rows, 0.93, dtype=np.float32)
    trusted[0] = 0.2
    below = scaled(Colouring.TRUST, trusted)
    assert (below.low, below.clipped, below.clipped_low) == (pytest.approx(0.9), False, True)
    assert (below.rgb[0] == below.table[0]).all()


def test_as_many_signs_as_the_set_has_take_its_colours_and_one_more_takes_others() -> None:
    chosen = {tuple(rgb) for rgb in palettes.sign_set()}
    count = len(palettes.sign_set())
    assert {tuple(rgb) for rgb in sign_colours(94, range(count))[:count].tolist()} == chosen
    more = {tuple(rgb) for rgb in sign_colours(94, range(count + 1))[: count + 1].tolist()}
    assert len(more) == count + 1 and more != chosen


@pytest.mark.parametrize(
    ("colouring", "title"),
    [
        (Colouring.ERROR, "reconstruction error"),
        (Colouring.DISTORTION, "map step beside state step, doublings"),
        (Colouring.TRUST, "trustworthiness, 5 neighbours"),
        (Colouring.CONTINUITY, "continuity, 5 neighbours"),
        (Colouring.CONFIDENCE, "confidence in the true sign"),
        (Colouring.DISTANCE, "distance moved in a step"),
    ],
)
def test_a_scale_says_what_its_colours_measure(colouring: Colouring, title: str) -> None:
    a = made_up_activations()
    values = np.linspace(0, 1, a.real_steps).astype(np.float32)
    measured = PointQuality(error=values, trust={5: values}, continuity={5: values}, distortion=values)
    found = step_colours(a, colouring, measured, 5)
    assert found is not None and found.title == title


@pytest.mark.parametrize("value", [-3.0, 0.0, 7.5])
def test_labels_that_are_all_the_same_have_a_scale_that_rises(value: float) -> None:
    a = made_up_activations()
    add_step_labels(a, {"same": StepLabels(np.full(a.real_steps, value, np.float32))})
    found = step_colours(a, Colouring.LABEL, label_column="same")
    assert found is not None and (found.low, found.high) == (value, value + 1)
