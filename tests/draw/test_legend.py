"""A legend says of each colour what it stands for: the same as the points of that colour."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtGui import QFontMetricsF, QImage, QPainter

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.added_labels import add_step_labels
from auslan_explorer.core.colours import UNKNOWN, recording_colours, step_colours, time_table
from auslan_explorer.core.projection import PointQuality
from auslan_explorer.core.session import PER_STEP, Colouring, SessionState, opening_state
from auslan_explorer.core.step_labels import StepLabels
from auslan_explorer.draw import paint
from auslan_explorer.draw.legend import LegendEntry, build_legend
from auslan_explorer.draw.paint import (
    fit_heading,
    font,
    image_of,
    legend_box,
    legend_entry_at,
    legend_rows,
    paint_legend,
    wrap_note,
)
from auslan_explorer.draw.scene import build_scene_of_projection
from auslan_explorer.draw.theme import BODY, LIGHT, TITLE
from tests.made_up import made_up_activations

CATEGORIES = [each for each in Colouring if each not in PER_STEP]
VALUES = sorted(PER_STEP - {Colouring.TIME, Colouring.LABEL})


def activations() -> Activations:
    """All that a colouring can tell: splits and none, wrong and unknown answers, hands below, at and above a limit."""
    a = made_up_activations()
    predicted = a.sign.copy()
    predicted[2], predicted[7], predicted[20] = 3, -1, 0
    split = a.split.copy()
    split[11] = 255
    return replace(a, predicted=predicted, split=split, hand_ratio=np.arange(len(a), dtype=np.float32) / len(a))


def measured_of(a: Activations) -> PointQuality:
    values = np.linspace(0.5, 1, a.real_steps).astype(np.float32)
    return PointQuality(
        error=values - np.float32(0.5), trust={12: values}, continuity={12: values}, distortion=6 * values - 4
    )


def state_of(a: Activations, colouring: Colouring) -> SessionState:
    return replace(opening_state(a), colouring=colouring)


@pytest.mark.parametrize("colouring", CATEGORIES)
def test_an_entry_holds_the_shown_recordings_of_its_colour(colouring: Colouring) -> None:
    a = activations()
    state = replace(state_of(a, colouring), visible_signs=frozenset({0, 1, 3}))
    shown, colours = state.shown(a), recording_colours(a, state)
    assert 0 < shown.sum() < len(a)
    entries = build_legend(a, state, shown).legend_entries
    for entry in entries:
        same = (colours == np.array(entry.colour)).all(axis=1) & shown
        assert entry.recordings == tuple(np.flatnonzero(same).tolist()), entry.text
    everyone = sorted(i for entry in entries for i in entry.recordings)
    assert everyone == np.flatnonzero(shown).tolist()


@pytest.mark.parametrize(
    ("colouring", "expected"),
    [
        (Colouring.ANSWER, {"right": 0, "wrong": 2, "not known": 7}),
        (Colouring.SPLIT, {"train": 0, "validation": 4, "test": 5, "none": 11}),
        (Colouring.HANDS, {"right hand": 0, "both hands": 23}),
        (Colouring.SESSION, {"session 1": 0, "session 9": 8}),
        (Colouring.SIGN, {"alive": 0, "computer (PC)": 6, "drink": 12, "zero": 18}),
    ],
)
def test_a_text_stands_for_those_of_whom_it_is_true(colouring: Colouring, expected: dict[str, int]) -> None:
    a = activations()
    state = state_of(a, colouring)
    entries = {entry.text: entry.recordings for entry in build_legend(a, state, state.shown(a)).legend_entries}
    assert {text for text in expected if expected[text] in entries.get(text, ())} == set(expected)
    if colouring is not Colouring.SESSION:
        assert set(entries) == set(expected)


def test_right_and_wrong_stay_in_the_legend_though_nobody_is_wrong() -> None:
    a = made_up_activations()
    a = replace(a, predicted=a.sign)
    state = state_of(a, Colouring.ANSWER)
    entries = build_legend(a, state, state.shown(a)).legend_entries
    assert [(entry.text, len(entry.recordings)) for entry in entries] == [("right", len(a)), ("wrong", 0)]


@pytest.mark.parametrize("colouring", VALUES)
def test_a_scale_has_the_colours_of_the_values_at_its_ticks(colouring: Colouring) -> None:
    a = activations()
    measured = measured_of(a)
    values = {
        Colouring.CONFIDENCE: a.confidence,
        Colouring.DISTANCE: a.distance_moved,
        Colouring.ERROR: measured.error,
        Colouring.TRUST: measured.trust[12],
        Colouring.CONTINUITY: measured.continuity[12],
        Colouring.DISTORTION: measured.distortion,
    }[colouring]
    colours = step_colours(a, colouring, measured)
    scale = build_legend(a, state_of(a, colouring), np.ones(len(a), dtype=bool), measured).scale_legend
    assert scale is not None and colours is not None and values is not None
    (left, low), (middle, between), (right, high) = scale.ticks
    assert (left, middle, right) == (0.0, 0.5, 1.0)
    first, last = float(low.split()[0]), float(high.split()[0])
    assert float(between) == pytest.approx((first + last) / 2, rel=1e-3)
    for row in range(0, a.real_steps, 7):
        place = np.clip((values[row] - first) / (last - first), 0, 1) * (len(scale.table) - 1)
        near = scale.table[max(int(place) - 1, 0) : int(place) + 2].astype(int)
        assert np.abs(near - colours.rgb[row]).max(axis=1).min() <= 3, (
            f"{values[row]} on the scale from {low} to {high}"
        )


@pytest.mark.parametrize(("beyond", "texts"), [((0.01, 0.9), ("0", "0.2 or more")), ((0.01, 0.19), ("0", "0.2"))])
def test_a_scale_says_or_more_only_where_there_is_more(beyond: tuple[float, float], texts: tuple[str, str]) -> None:
    a = activations()
    values = np.full(a.real_steps, 0.19, dtype=np.float32)
    values[:2] = beyond
    ticks = build_legend(
        a, state_of(a, Colouring.ERROR), np.ones(len(a), dtype=bool), PointQuality(error=values)
    ).scale_legend
    assert ticks is not None and (ticks.ticks[0][1], ticks.ticks[2][1]) == texts


@pytest.mark.parametrize("colouring", [Colouring.TIME, Colouring.ERROR, Colouring.TRUST])
def test_the_bar_is_painted_from_left_to_right(colouring: Colouring) -> None:
    a = activations()
    legend = build_legend(a, state_of(a, colouring), np.ones(len(a), dtype=bool), measured_of(a))
    table = time_table(a.steps) if legend.scale_legend is None else legend.scale_legend.table
    image = QImage(300, 80, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    with QPainter(image) as painter:
        paint_legend(painter, legend, 290, 10, LIGHT)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(80, 300, 4)[..., 2::-1].astype(int)
    left = round(290 - legend_box(legend).width)
    bar = rows[np.ptp(rows, axis=2).max(axis=1).argmax()]
    # The colour of nothing else is as far from grey as the bar's.
    for column, place in ((left + 1, 0), ((left + 290) // 2, len(table) // 2), (288, len(table) - 1)):
        assert np.abs(bar[column] - table[place].astype(int)).max() <= 14, f"at {column} of {left} to 290"


def test_the_row_of_the_keyboard_has_a_ring_in_the_accent_and_no_other() -> None:
    a = activations()
    legend = build_legend(a, state_of(a, Colouring.SPLIT), np.ones(len(a), dtype=bool))
    box, count = legend_box(legend), len(legend.legend_entries)

    def painted(at_row: int) -> np.ndarray:
        image = QImage(300, 300, QImage.Format.Format_RGB32)
        image.fill(0xFFFFFFFF)
        with QPainter(image) as painter:
            paint_legend(painter, legend, 290, 10, LIGHT, at_row=at_row)
        return np.frombuffer(image.constBits(), np.uint8).reshape(300, 300, 4)[..., 2::-1].astype(int)

    plain = painted(-1)
    for row in range(count):
        ringed = painted(row)
        y, x = np.nonzero((ringed != plain).any(axis=2))
        assert (y.min() + y.max()) / 2 == pytest.approx(10 + (row + 0.5) * box.height / count, abs=3)
        assert (x.min(), x.max()) == pytest.approx((290 - box.width - 4, 290 + 4), abs=2), "as wide as the names"
        assert (np.abs(ringed - np.array(LIGHT.accent)).sum(axis=2) < 12).any()


@pytest.mark.parametrize("colouring", CATEGORIES)
def test_a_click_on_a_row_finds_the_entry_painted_there(colouring: Colouring) -> None:
    a = activations()
    legend = build_legend(a, state_of(a, colouring), np.ones(len(a), dtype=bool))
    box = legend_box(legend)
    image = QImage(300, 300, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    with QPainter(image) as painter:
        paint_legend(painter, legend, 290, 10, LIGHT)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(300, 300, 4)[..., 2::-1]
    x = round(290 - box.width) + 5
    for number, entry in enumerate(legend.legend_entries):
        y = round(10 + (number + 0.5) * box.height / len(legend.legend_entries)) - 1
        assert legend_entry_at(legend, x, y, 290, 10) is entry
        assert tuple(rows[y, x].tolist()) == entry.colour, entry.text
    assert legend_entry_at(legend, x - 12, 15, 290, 10) is None
    assert legend_entry_at(legend, x, 10 + box.height + 2, 290, 10) is None
    assert legend_entry_at(legend, x, 8, 290, 10) is None


def test_labels_of_steps_are_entries_with_the_recordings_that_have_such_a_step() -> None:
    a = activations()
    values = np.full(a.real_steps, -1, np.int32)
    values[a.offsets[2] + 3], values[a.offsets[2] + 4], values[a.offsets[5]] = 0, 1, 1
    add_step_labels(a, {"phase": StepLabels(values, ("stroke", "hold")), "count": StepLabels(np.arange(a.real_steps))})
    state = state_of(a, Colouring.LABEL)
    shown = np.ones(len(a), dtype=bool)
    entries = build_legend(a, state, shown).legend_entries
    assert [(entry.text, entry.recordings) for entry in entries[:2]] == [("stroke", (2,)), ("hold", (2, 5))]
    assert (entries[2].text, entries[2].colour) == ("without phase", UNKNOWN)
    colours = step_colours(a, Colouring.LABEL)
    assert colours is not None
    assert [tuple(colours.rgb[a.offsets[2] + n].tolist()) for n in (3, 4, 5)] == [entry.colour for entry in entries]
    numbers = build_legend(a, replace(state, label_column="count"), shown)
    assert numbers.scale_legend is not None and numbers.scale_legend.title == "count" and not numbers.legend_entries
    (nothing,) = build_legend(activations(), state, shown).legend_entries
    assert nothing.text == "no labels are open"


@pytest.mark.parametrize(("count", "more"), [(1, None), (12, None), (13, "and 1 more"), (40, "and 28 more")])
def test_a_legend_has_twelve_rows_and_says_how_many_more_there_are(qapp: object, count: int, more: str | None) -> None:
    a = activations()
    state = state_of(a, Colouring.SIGN)
    entries = tuple(LegendEntry(f"sign {number}", (number, 0, 0), (number,)) for number in range(count))
    legend = replace(build_legend(a, state, state.shown(a)), legend_entries=entries)
    rows = legend_rows(legend)
    assert rows[:12] == list(entries[:12]) and rows[12:] == ([] if more is None else [LegendEntry(more, None)])
    box = legend_box(legend)
    assert legend_box(legend, 2.0).height == pytest.approx(2 * box.height, rel=0.1)
    line = box.height / len(rows)
    for place in (0, min(count, 12) - 1):
        found = legend_entry_at(legend, 99.0, 10 + (place + 0.5) * line, 100.0, 10.0)
        assert found == entries[place]
    assert legend_entry_at(legend, 99.0, 10 + (12 + 0.5) * line, 100.0, 10.0) is None
    assert legend_entry_at(legend, 99.0, 9.0, 100.0, 10.0) is legend_entry_at(legend, 101.0, 11.0, 100.0, 10.0) is None
    left = 100.0 - box.width
    assert legend_entry_at(legend, left, 11.0, 100.0, 10.0) == entries[0]
    assert legend_entry_at(legend, left - 0.1, 11.0, 100.0, 10.0) is None


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_titles_and_notes_are_as_wide_as_there_is_room(qapp: object, scale: float) -> None:
    title, note = "The title of a picture", "a note of some words that is broken where it does not fit any more"
    wide = QFontMetricsF(font(TITLE * scale, bold=True)).horizontalAdvance(title)
    assert [fit_heading(title, wide * share, scale) / scale for share in (2, 1, 0.75, 0.5, 0.1)] == pytest.approx(
        [1, 1, 0.75, 0.5, 0.5]
    )
    assert fit_heading("", 10, scale) == scale
    measure = QFontMetricsF(font(BODY * scale)).horizontalAdvance
    for room in (measure("a note of some"), 5.0, 1e4):
        lines = wrap_note(note, room, scale).split("\n")
        assert " ".join(lines) == note
        assert all(measure(line) <= room or " " not in line for line in lines)
        for line, after in pairwise(lines):
            assert measure(f"{line} {after.split()[0]}") > room, "as much as fits stands in one line"
    assert wrap_note("", 10, scale) == ""


def test_pixels_become_an_image_of_their_own(qapp: object) -> None:
    pixels = np.zeros((2, 3, 4), np.uint8)
    pixels[1, 2] = 10, 20, 30, 255
    image = image_of(pixels[:, :, :])
    pixels[:] = 0
    assert (image.width(), image.height()) == (3, 2) and image.pixelColor(2, 1).getRgb() == (30, 20, 10, 255)
    assert image_of(np.zeros((4, 9, 4), np.uint8)[::2, ::3]).width() == 3


@pytest.mark.parametrize(
    ("steps", "texts"), [(1, "1 1 1"), (2, "1 1 2"), (4, "1 2 4"), (5, "1 3 5"), (20, "1 10 20"), (91, "1 46 91")]
)
def test_a_legend_of_time_names_the_first_the_middle_and_the_last_step(
    steps: int, texts: str, qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    a = made_up_activations()
    scene = build_scene_of_projection(a, a.projections[2], state_of(a, Colouring.TIME), LIGHT)
    written: list[tuple[str, float]] = []
    monkeypatch.setattr(paint, "paint_text", lambda _painter, x, _baseline, text, *_: written.append((text, x)))
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    with QPainter(image) as painter:
        paint_legend(painter, replace(scene, steps=steps, time_legend=time_table(steps)), 290, 10, LIGHT, 1.0)
    assert [text for text, _ in written] == ["step", *texts.split()]
    places = [x for _, x in written[1:]]
    assert places == sorted(places) and places[0] == written[0][1]


def test_a_legend_says_where_what_colour_stands_for_is_not_known() -> None:
    a = replace(activations(), hand_ratio=None)
    shown = np.arange(len(a)) < 5
    (row,) = build_legend(a, state_of(a, Colouring.HANDS), shown).legend_entries
    assert row == LegendEntry("hand usage is not known", UNKNOWN, (0, 1, 2, 3, 4))
    (row,) = build_legend(a, state_of(a, Colouring.LABEL), shown).legend_entries
    assert row == LegendEntry("no labels are open", UNKNOWN, (0, 1, 2, 3, 4))
    many = StepLabels(np.arange(a.real_steps, dtype=np.int32), tuple(f"t{n}" for n in range(a.real_steps)))
    add_step_labels(a, {"word": many})
    (row,) = build_legend(a, state_of(a, Colouring.LABEL), np.ones(len(a), bool)).legend_entries
    assert row == LegendEntry(f"{a.real_steps} labels of word: select some to tell them apart", None)
