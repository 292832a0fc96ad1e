"""Words and figures on runs: the best figure, headings by network, and what a comparison sets beside each other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from auslan_explorer.gui.training.fields import FIELDS
from auslan_explorer.gui.training.run_text import (
    LOWER_IS_BETTER,
    METRICS,
    UNKNOWN,
    OwnMap,
    comparison_lines,
    group_by_network,
    metric,
    summary_lines,
)
from auslan_explorer.training.runs import RunInfo
from auslan_explorer.training.settings import AutoencoderSettings

NOT_ERRORS = {
    "explained_variance", "knn_accuracy", "trustworthiness", "continuity", "trustworthiness_elsewhere",
    "step_correlation",
}  # fmt: skip


def run(number: int, **metrics: object) -> RunInfo:
    return RunInfo(f"id {number}", f"run {number}", metrics=metrics, activations="open", data="a cache")


def line_of(text: str, runs: list[RunInfo], own: OwnMap | None = None, **how: bool) -> tuple[tuple[str, ...], set[int]]:
    (line,) = (line for line in comparison_lines(runs, own, **how) if line.text == text)
    return line.values, set(line.best)


def test_errors_and_long_steps_are_better_where_they_are_lower_and_all_else_where_it_is_higher() -> None:
    assert {name for name, _, _ in METRICS} == LOWER_IS_BETTER | NOT_ERRORS
    assert not LOWER_IS_BETTER & NOT_ERRORS


@pytest.mark.parametrize(("name", "text", "style"), METRICS, ids=[name for name, _, _ in METRICS])
def test_the_star_stands_at_the_best_figure_as_it_is_shown(name: str, text: str, style: str) -> None:
    small, large = 0.25, 0.75
    best = small if name in LOWER_IS_BETTER else large
    for values, stars in (
        ((small, large), {(small, large).index(best)}),
        ((large, small), {(large, small).index(best)}),
        ((best, small + large - best, best), {0, 2}),
        ((best, best + 1e-9, small + large - best), {0, 1}),
        ((best, best), set()),
        ((best, best + 1e-9), set()),
        ((best, None), set()),
        ((None, large, small), {(None, large, small).index(best)}),
    ):
        runs = [run(i, measured_on="test", **{name: value}) for i, value in enumerate(values)]
        shown, starred = line_of(text, runs)
        assert (starred, values) == (stars, values)
        assert shown == tuple(UNKNOWN if value is None else format(value, style) for value in values)


def test_figures_measured_on_other_recordings_get_no_star_and_say_on_which() -> None:
    runs = [run(0, mse=0.5, measured_on="test"), run(1, mse=0.25, measured_on="validation")]
    assert line_of("Mean squared error", runs)[1] == set()
    assert line_of("Measured on", runs)[0] == ("test recordings", "validation recordings")
    held_out, validated = "a part held out by the training", "the part that validated the training"
    assert line_of("Measured on", runs, splits_known=False)[0] == (held_out, validated)
    of_all = [replace(each, settings=AutoencoderSettings(recordings="all")) for each in runs]
    assert line_of("Measured on", of_all)[0] == (held_out, validated)
    assert line_of("Mean squared error", [runs[0], replace(of_all[0], metrics=runs[0].metrics | {"mse": 0.1})])[1] == (
        set()
    )
    assert line_of("Measured on", [run(0), run(1)])[0] == (UNKNOWN, UNKNOWN)


def test_the_networks_own_map_is_the_first_column_with_figures_and_without_settings() -> None:
    own = OwnMap("Own map", {"mse": 0.125}, "")
    runs = [run(0, mse=0.5, measured_on="test"), run(1, mse=0.25, measured_on="test")]
    assert line_of("Mean squared error", runs, own) == (("0.12500", "0.50000", "0.25000"), {0})
    assert line_of("Measured on", runs, own)[0] == ("test recordings",) * 3
    for line in comparison_lines(runs, own):
        assert len(line.values) == 3 and line.heading is not any(line.values)
    assert line_of("Seed", runs, own)[0][0] == line_of("Time", runs, own)[0][0] == UNKNOWN


def test_settings_stand_in_the_forms_order_in_its_words_and_what_differs_is_marked() -> None:
    one = AutoencoderSettings(dims=2, seed=0, widths=(600, 150), recordings="train", code_noise=None)
    other = replace(one, dims=3, seed=4, widths=(64,), recordings="all", code_noise=0.5)
    runs = [replace(run(i), settings=settings) for i, settings in enumerate((one, other))]
    lines = comparison_lines(runs)
    after = [line.text for line in lines][[line.text for line in lines].index("Settings") + 1 :]
    in_form = [text for text in after if text in {field.text for field in FIELDS.values()}]
    assert after[0] == "Dimensions" and in_form == [field.text for field in FIELDS.values()]
    found = {line.text: line for line in lines}
    for text, values in (
        ("Dimensions", ("2", "3")),
        ("Seed", ("0", "4")),
        ("Layer widths", ("600, 150", "64")),
        ("Recordings", ("Training split", "All recordings")),
        ("Noise on the map", ("as recommended", "0.5")),
    ):
        assert found[text].values == values and found[text].differs
    assert not found["Noise"].differs and not found["Made of"].differs


def test_runs_stand_below_their_network_the_open_one_first_and_damaged_ones_last() -> None:
    damaged = RunInfo("x", "x", damaged="It cannot be read.")
    far = [replace(run(i), activations="far", data=data) for i, data in ((0, "one.h5"), (1, "one.h5"))]
    unnamed = replace(run(2), activations="unnamed", data="")
    own = [run(3), run(4)]
    ordered, headings = group_by_network([far[0], damaged, own[0], unnamed, far[1], own[1]], "open")
    assert ordered == (*own, *far, unnamed, damaged)
    assert headings == (
        "Of the open network", "", "Of another network: one.h5", "", "Of another network", "Cannot be read",
    )  # fmt: skip
    assert group_by_network(own, "open") == (tuple(own), ("", ""))
    assert summary_lines(damaged) == ("Damaged", "It cannot be read.")


def test_a_runs_two_lines_are_its_own_figures() -> None:
    made = replace(run(5, explained_variance=0.98765, knn_accuracy=0.4321), seconds=61.4)
    made = replace(made, settings=AutoencoderSettings(dims=3, seed=7))
    assert summary_lines(made) == ("3-D, seed 7, 61 s", "explains 0.988, 5-NN 43.2%")
    assert summary_lines(run(6, explained_variance=0.5))[1] == "explains 0.500"
    assert summary_lines(run(6))[1] == "not measured"
    assert metric(run(6, knn_accuracy="none"), "knn_accuracy", ".1%") == UNKNOWN
