from __future__ import annotations

import gc
from dataclasses import replace

import numpy as np
import pytest

from auslan_explorer.core.added_labels import added_step_labels, all_step_labels, shown_labels
from auslan_explorer.core.annotations import Beside, StepMark, Variant
from auslan_explorer.core.clock import Repeat
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.identity import Hidden, identify
from auslan_explorer.core.landscape import Landscape
from auslan_explorer.core.playing import Alignment
from auslan_explorer.core.predictions import Predictions, known_predictions
from auslan_explorer.core.projection import PointQuality, Projection
from auslan_explorer.core.resting import HeldInput, RestingMarks
from auslan_explorer.core.session import (
    DECLARED,
    Colouring,
    Layout,
    Pointed,
    Session,
    SessionState,
    Tool,
    changed_fields,
    invalidated,
    opening_state,
)
from auslan_explorer.core.state_fields import Dirty
from auslan_explorer.core.step_labels import StepLabels
from auslan_explorer.core.words import GENERAL
from auslan_explorer.io.cache import cache_from_arrays
from tests.made_up import made_up_activations, torn


def test_opens_with_everything_shown_and_paths_whole() -> None:
    session = Session(made_up_activations())
    assert session.shown().all()
    assert session.state.step == session.activations.steps - 1


def test_a_change_is_announced_once_and_only_if_something_differs() -> None:
    session = Session(made_up_activations())
    heard: list[set[str]] = []

    def hear(new: SessionState, old: SessionState) -> None:
        heard.append(changed_fields(new, old))

    session.changed.connect(hear)
    session.update(step=3, colouring=Colouring.SIGN)
    session.update(step=3)
    assert heard == [{"step", "colouring"}]


def test_shown_follows_signs_and_splits() -> None:
    session = Session(made_up_activations())
    a = session.activations
    session.update(visible_signs=frozenset({2}), splits=frozenset({1, 2}))
    np.testing.assert_array_equal(session.shown(), (a.sign == 2) & (a.split > 0))


def test_pointed_is_announced_only_when_it_changes() -> None:
    session = Session(made_up_activations())
    heard: list[object] = []
    session.pointed_changed.connect(lambda pointed: heard.append(pointed))
    session.point_at(Pointed(1, 5))
    session.point_at(Pointed(1, 5))
    session.point_at(None)
    assert heard == [Pointed(1, 5), None]


def test_trajectories_follow_the_scale_and_accuracy_counts_the_known() -> None:
    session = Session(made_up_activations())
    log = session.trajectories(2)
    session.update(log_scale=False)
    linear = session.trajectories(2)
    assert log is not None and linear is not None
    assert np.abs(linear.vertices).max() > np.abs(log.vertices).max()
    np.testing.assert_allclose(session.accuracy_by_sign, [5 / 6, 1, 1, 1])


def test_only_a_persons_preferences_outlive_other_activations() -> None:
    session = Session(made_up_activations())
    kept = {"speed": 2.0, "repeat": Repeat.BOUNCE, "every_step": True}
    session.update(**kept, section=(2, 5), points=False, colouring=Colouring.ERROR, layout=Layout.MAP_3D)
    session.open(made_up_activations(seed=1))
    assert session.state == replace(opening_state(session.activations), **kept)


def test_opening_other_activations_starts_anew() -> None:
    session = Session(made_up_activations())
    session.update(step=2, selected=(1,))
    _ = session.accuracy_by_sign
    session.open(made_up_activations(recordings_per_sign=12, seed=1))
    assert session.state.selected == () and session.state.step == session.activations.steps - 1
    np.testing.assert_allclose(session.accuracy_by_sign[0], 11 / 12)


def test_isolating_shows_only_what_is_selected_and_everything_where_nothing_is() -> None:
    session = Session(made_up_activations())
    session.update(isolate=True)
    assert session.shown().all()
    session.update(selected=(2, 7))
    assert np.flatnonzero(session.shown()).tolist() == [2, 7]
    session.update(visible_signs=frozenset({0}))
    assert np.flatnonzero(session.shown()).tolist() == [2]


def test_a_tool_is_announced_once_and_outlives_other_data() -> None:
    session = Session(made_up_activations())
    heard: list[object] = []
    session.tool_changed.connect(lambda tool: heard.append(tool))
    session.choose_tool(Tool.LASSO)
    session.choose_tool(Tool.LASSO)
    session.open(made_up_activations())
    assert heard == [Tool.LASSO] and session.tool is Tool.LASSO


class Watcher:
    """Counts how often it is called."""

    def __init__(self) -> None:
        self.calls = 0

    def call(self) -> None:
        self.calls += 1


def test_a_watcher_is_called_once_for_each_change_of_its_fields() -> None:
    session, watcher = Session(made_up_activations()), Watcher()
    session.watch(("selected", "isolate"), watcher.call)
    session.update(selected=(1,), isolate=True, points=False)
    assert watcher.calls == 1
    session.update(points=True, step=2)
    assert watcher.calls == 1
    session.update(isolate=False)
    assert watcher.calls == 2


def test_watchers_and_listeners_are_called_in_the_order_in_which_they_came() -> None:
    session, order = Session(made_up_activations()), []
    session.watch(("step",), lambda: order.append("first"))
    session.changed.connect(lambda new, old: order.append("second"))
    session.watch(("step",), lambda: order.append("third"))
    session.update(step=3)
    assert order == ["first", "second", "third"]


def test_a_watcher_sees_the_new_state() -> None:
    session, steps = Session(made_up_activations()), []
    session.watch(("step",), lambda: steps.append(session.state.step))
    session.update(step=3)
    assert steps == [3]


def test_watching_ends_when_it_is_told_to() -> None:
    session, watcher = Session(made_up_activations()), Watcher()
    stop = session.watch(("step",), watcher.call)
    stop()
    stop()
    session.update(step=3)
    assert watcher.calls == 0


def test_a_session_keeps_no_watcher_alive() -> None:
    session, watcher = Session(made_up_activations()), Watcher()
    before = len(session.changed)
    session.watch(("step",), watcher.call)
    del watcher
    gc.collect()
    session.update(step=3)
    assert len(session.changed) == before


@pytest.mark.parametrize("names", [(), ("steps",)])
def test_only_fields_of_the_state_can_be_watched(names: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="no fields of the state"):
        Session(made_up_activations()).watch(names, lambda: None)


def test_every_field_that_can_be_undone_has_words_for_it() -> None:
    with_own_words = {"visible_signs", "selected", "colouring"}
    assert {name for name, each in DECLARED.items() if not (each.undo_text or each.transient)} == with_own_words


def test_both_maps_are_told_of_a_measure_by_which_both_are_coloured() -> None:
    session, moved = Session(made_up_activations()), []
    session.paths_changed.connect(lambda dims: moved.append(dims))
    flat, solid = session.projections[2], session.projections[3]
    values = np.ones(session.activations.real_steps, np.float32)
    session.set_measured(solid, PointQuality(error=values))
    session.update(colouring=Colouring.ERROR)
    session.set_measured(flat, PointQuality(error=values))
    assert sorted(moved) == [2, 3]
    assert flat.measured.beside is solid.measured and solid.measured.beside is flat.measured


def test_the_map_that_stays_is_coloured_by_the_range_of_that_which_comes() -> None:
    session, moved = Session(made_up_activations()), []
    flat, solid = session.projections[2], session.projections[3]
    rows = session.activations.real_steps
    run = replace(flat, measured=PointQuality(error=np.full(rows, 9.0, np.float32)))
    session.set_measured(flat, PointQuality(error=np.ones(rows, np.float32)))
    session.set_measured(solid, PointQuality(error=np.ones(rows, np.float32)))
    session.add_projection("run", run)
    session.paths_changed.connect(lambda dims: moved.append(dims))
    session.update(run_2d="run")
    assert moved == [], "no colour tells of it"
    session.update(run_2d="", colouring=Colouring.ERROR)
    before = flat.measured.beside
    moved.clear()
    session.update(run_2d="run")
    assert moved == [3] and solid.measured.beside is run.measured and before is solid.measured
    session.update(run_2d="")
    assert moved == [3, 3] and solid.measured.beside is flat.measured


def test_measured_values_are_kept_and_views_are_told_where_they_draw_them() -> None:
    session, moved = Session(made_up_activations()), []
    session.paths_changed.connect(lambda dims: moved.append(dims))
    projection, values = session.projections[2], np.ones(session.activations.real_steps, np.float32)
    session.set_measured(projection, PointQuality(error=values))
    assert moved == [] and projection.measured.error is values
    session.update(colouring=Colouring.TRUST)
    session.set_measured(projection, PointQuality(trust={session.state.neighbours + 1: values}))
    assert moved == []
    session.set_measured(projection, PointQuality(trust={session.state.neighbours: values}))
    assert moved == [2] and len(projection.measured.trust) == 2 and projection.measured.error is values
    session.update(spread=True)
    session.set_measured(projection, PointQuality(ends=np.zeros((2, 4, 2), np.float32)))
    assert moved == [2, 2]
    nothing = np.zeros((2, 2), np.float32)
    found = Landscape(np.zeros(2), np.ones(2), np.zeros((2, 2), np.int16), nothing, nothing, 1.0)
    session.set_measured(projection, PointQuality(landscapes={True: found}))
    assert moved == [2, 2] and projection.measured.landscapes == {True: found}
    session.update(landscape=True)
    session.set_measured(projection, PointQuality(landscapes={False: found}))
    assert moved == [2, 2, 2] and set(projection.measured.landscapes) == {True, False}


def test_predictions_are_kept_and_announced_where_their_activations_are_open() -> None:
    session, heard = Session(made_up_activations()), []
    session.predictions_changed.connect(lambda: heard.append(session.activations))
    other = made_up_activations(seed=1)
    predictions = Predictions(np.zeros(3, np.int16), np.zeros(1, np.int32))
    session.set_predictions(other, predictions)
    assert heard == [] and known_predictions(other) is predictions
    session.set_predictions(session.activations, predictions)
    assert heard == [session.activations] and known_predictions(session.activations) is predictions


def test_what_has_to_be_redrawn_is_all_that_any_of_the_changed_fields_touches() -> None:
    assert invalidated([]) == Dirty(0)
    for name, declared in DECLARED.items():
        assert invalidated([name]) == declared.invalidates
    assert invalidated(["selected", "run_2d"]) == DECLARED["selected"].invalidates | DECLARED["run_2d"].invalidates
    assert Dirty.MOVED_2D in invalidated(["selected", "run_2d"])


def test_what_is_not_told_of_what_hides_recordings_is_none_of_it() -> None:
    assert Hidden("isolate") == Hidden("isolate", (), 0, 0)
    assert (GENERAL.class_word, GENERAL.sequence_word) == ("class", "sequence")


@pytest.mark.parametrize("shape", [(4,), (4, 1), (4, 4)])
def test_points_that_are_no_map_are_refused_in_a_sentence(shape: tuple[int, ...]) -> None:
    with pytest.raises(UserError, match="must have 2 or 3 numbers a step, not shape"):
        Projection(np.zeros(shape, np.float32), np.zeros((0, 2), np.float32), "it", "it")


def test_the_layer_is_told_only_where_there_are_several() -> None:
    states = np.random.default_rng(0).normal(size=(5, 3)).astype(np.float32)
    head = {"sign": [0], "signs": ("a", "b"), "head_kernel": np.ones((3, 2)), "head_bias": np.zeros(2)}
    one = cache_from_arrays(states, [5], layer="top", **head)
    two = cache_from_arrays(states, [5], layer="top", layers={"lower": states[:, :2].copy()}, **head)
    assert [identify(Session(a)).layer for a in (one, two, two.with_layer("lower"))] == ["", "top", "lower"]
    # Another layer is not what the answer is read from; the one that is has its head again.
    back = two.with_layer("lower").with_layer("top")
    assert two.with_layer("lower").head is None and back.head is not None and back.head is two.head


def test_what_stands_beside_the_paths_is_announced_where_it_changes() -> None:
    session, heard = Session(made_up_activations()), []
    session.annotations_changed.connect(lambda: heard.append(session.beside))
    assert session.beside == Beside()
    a, mark = session.activations, StepMark(3, 9, "here")
    frames = np.zeros((5, 22), np.float32)
    path = np.zeros((5, 2), np.float32)
    variant = Variant(2, frames, np.arange(5), 4, {2: path}, {2: a.projections[2]})
    for act in (lambda: session.show_variant(variant), lambda: session.mark_steps((mark,))):
        act()
        act()  # the same again is no change
    assert heard == [Beside(variant), Beside(variant, (mark,))]
    session.show_variant(None)
    session.mark_steps((StepMark(3, 9, "here"),))
    assert heard[2:] == [Beside(None, (mark,))]
    assert variant.path_on(a.projections[2]) is path
    # Of another map, and of one that has no path, there is none.
    assert variant.path_on(None) is variant.path_on(a.projections[3]) is variant.path_on(torn(a)) is None
    assert replace(variant, paths={}).path_on(a.projections[2]) is None
    steps = [variant.frame_at(Alignment.NETWORK, a.steps, step) for step in (0, 3, 4, 8, 19)]
    assert steps == [-1, -1, 0, 4, 4]
    assert [variant.frame_at(Alignment.START, a.steps, step) for step in (0, 4, 19)] == [0, 4, 4]
    assert [variant.frame_at(Alignment.STRETCH, a.steps, step) for step in (0, 4, 5, 18, 19)] == [0, 0, 1, 3, 4]


def test_labels_of_steps_are_kept_and_views_are_told_where_colour_stands_for_them() -> None:
    session, moved = Session(made_up_activations()), []
    session.paths_changed.connect(moved.append)
    rows = session.activations.real_steps
    one, two = StepLabels(np.zeros(rows, np.float32)), StepLabels(np.ones(rows, np.float32))
    assert shown_labels(session.activations, "one") is None
    session.set_step_labels({"one": one})
    assert moved == [] and added_step_labels(session.activations) == {"one": one}
    session.update(colouring=Colouring.LABEL)
    session.set_step_labels({"two": two})
    assert moved == [2, 3] and all_step_labels(session.activations) == {"one": one, "two": two}
    assert shown_labels(session.activations, "two") == ("two", two)
    assert shown_labels(session.activations, "three") == ("one", one), "the first where there is none of that name"
    session.set_step_labels({"one": two})
    assert all_step_labels(session.activations) == {"one": two, "two": two}
    assert all_step_labels(made_up_activations()) == {}, "others have none"


def test_resting_points_distortion_and_continuity_are_drawn_where_they_are_asked_for() -> None:
    session, moved = Session(made_up_activations()), []
    session.paths_changed.connect(moved.append)
    projection, values = session.projections[3], np.ones(session.activations.real_steps, np.float32)
    marks = RestingMarks(np.zeros((1, 3), np.float32), np.ones(1, bool), ("zero",))
    k = session.state.neighbours
    asked = {
        "resting": (HeldInput.REST, PointQuality(resting={HeldInput.REST: marks})),
        "colouring": (Colouring.DISTORTION, PointQuality(distortion=values)),
    }
    for count, (name, (value, found)) in enumerate(asked.items()):
        session.set_measured(projection, found)
        assert moved == [3] * count
        session.update(**{name: value})
        session.set_measured(projection, found)
        assert moved == [3] * (count + 1)
    session.update(colouring=Colouring.CONTINUITY)
    session.set_measured(projection, PointQuality(trust={k: values}, continuity={k + 1: values}, error=values))
    assert moved == [3, 3]
    session.set_measured(projection, PointQuality(continuity={k: values}))
    assert moved == [3, 3, 3]


def test_a_session_may_show_other_maps_than_its_activations_bring_along() -> None:
    a = made_up_activations()
    other = {2: torn(a)}
    assert Session(a, other).projections == other and Session(a, {}).projections == {}
    assert dict(Session(a).projections) == dict(a.projections)
    session = Session(a)
    session.open(a, other)
    assert session.projections == other
    session.open(a)
    assert dict(session.projections) == dict(a.projections)


def test_paths_are_built_once_for_each_scale_and_map() -> None:
    session = Session(made_up_activations())
    paths = session.trajectories(2)
    assert paths is not None and session.trajectories(2) is paths
    session.update(log_scale=False)
    plain = session.trajectories(2)
    assert plain is not None and plain is not paths and not plain.log_scale
    np.testing.assert_array_equal(plain.vertices[len(session.activations.prefix) :], session.projections[2].points)
    session.update(log_scale=True)
    assert session.trajectories(2) is paths
    assert Session(session.activations, {}).trajectories(2) is None
