from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from auslan_explorer.analysis.predictions import predictions_for
from auslan_explorer.core.playing import Alignment, Trail
from auslan_explorer.core.session import SessionState, opening_state
from auslan_explorer.core.trajectories import Trajectories
from auslan_explorer.draw.paint_labels import layout_labels
from auslan_explorer.draw.render import Renderer
from auslan_explorer.draw.scene import Scene, build_scene
from auslan_explorer.draw.theme import LIGHT
from auslan_explorer.draw.view import View2D
from tests.made_up import STEPS, made_up_activations

A = made_up_activations()
T = Trajectories.build(A, A.projections[2], True)
LONGEST = int(A.lengths.argmax())
WALK = (0, 1, 5, 6, 5, 4, 12, STEPS - 1, STEPS - 2, 3)


def scene(**changes: object) -> Scene:
    state: SessionState = replace(opening_state(A), **changes)  # type: ignore[arg-type]
    return build_scene(A, T, state, LIGHT)


def view_of(drawn: Scene) -> View2D:
    return View2D.fit(drawn.low, drawn.high, 320, 300, (10, 10, 10, 10))


@pytest.mark.parametrize(
    ("alignment", "tail", "ghost", "selected"), list(product(Alignment, (0, 3), (False, True), ((), (3, 9))))
)
def test_a_moment_looks_the_same_from_wherever_it_is_reached(
    alignment: Alignment, tail: int, ghost: bool, selected: tuple[int, ...]
) -> None:
    drawn = scene(alignment=alignment, trail=Trail(tail, 1 if tail else 0), ghost=ghost, selected=selected)
    walking = Renderer(drawn, view_of(drawn), LIGHT.background)
    for step in WALK:
        arrived, fresh = walking.picture(step), Renderer(drawn, view_of(drawn), LIGHT.background).picture(step)
        assert arrived is not None and fresh is not None
        assert np.abs(arrived.astype(int) - fresh).max() <= 2


@pytest.mark.parametrize("alignment", Alignment)
def test_a_trail_shows_the_head_and_not_what_lies_far_behind(alignment: Alignment) -> None:
    drawn = scene(alignment=alignment, trail=Trail(3, 0), selected=(LONGEST,), isolate=True, lines=False)
    x, y = view_of(drawn).to_pixels(T.vertices)
    position = STEPS - 4
    pixels = Renderer(drawn, view_of(drawn), LIGHT.background).picture(position)
    assert pixels is not None
    inked = (pixels[..., :3] != np.array(LIGHT.background[::-1])).any(axis=-1)
    head = int(T.playhead_vertices(alignment, position, np.array([LONGEST]))[0])
    begin = T.vertices_of(LONGEST).start
    assert head - begin > 4 and inked[int(y[head]), int(x[head])]
    behind = np.arange(begin, head - 4)
    far = behind[np.hypot(x[behind] - x[head], y[behind] - y[head]) > 30]
    assert len(far) and not any(inked[int(y[v]), int(x[v])] for v in far)


def test_a_ghost_lies_ahead_of_the_head_and_goes_when_paths_are_whole() -> None:
    plain, ghost = scene(), scene(ghost=True)
    at = view_of(plain)

    def drawn(of: Scene, step: int) -> np.ndarray:
        pixels = Renderer(of, at, LIGHT.background).picture(step)
        assert pixels is not None
        return pixels.astype(int)

    x, y = (int(v[0]) for v in at.to_pixels(T.vertices[T.last_vertex[:1]]))
    spot = np.s_[y - 1 : y + 2, x - 1 : x + 2]
    background = np.array(LIGHT.background[::-1])
    assert (drawn(plain, 0)[spot][..., :3] == background).all()
    faint = drawn(ghost, 0)[spot][..., :3]
    assert (faint != background).any() and np.abs(faint - background).max() < 100
    assert (drawn(plain, STEPS - 1) == drawn(ghost, STEPS - 1)).all()


def test_names_move_with_their_heads_and_say_the_answer_of_the_step() -> None:
    a = made_up_activations()
    answers = predictions_for(a)
    assert answers is not None
    drawn = build_scene(a, T, replace(opening_state(a), selected=(LONGEST, 3)), LIGHT)
    for position in (STEPS - 6, STEPS - 3):
        labels = {label.playhead: label for label in drawn.labels_at(position)}
        head = labels[LONGEST]
        vertex = int(T.playhead_vertices(Alignment.NETWORK, position, np.array([LONGEST]))[0])
        assert head.position == pytest.approx(T.vertices[vertex].tolist())
        answer = int(answers.at[a.offsets[LONGEST] + position - a.first_step[LONGEST]])
        assert head.prediction == a.names[answer] and head.right == (answer == a.sign[LONGEST])
        assert head.verdict == ("" if head.right else f"✗ {a.names[answer]}"), "most are right, and bear no mark"
        view = view_of(drawn)
        x, y = (float(v[0]) for v in view.to_pixels(T.vertices[[vertex]]))
        spots = {drawn.labels_at(position)[p.number].playhead: p for p in layout_labels(drawn, view, step=position)}
        assert spots and all(p.x >= 0 and p.x + p.width <= view.width for p in spots.values())
        if LONGEST in spots:
            p = spots[LONGEST]
            assert max(p.x - x, x - p.x - p.width, p.y - y, y - p.y - p.height) < 12
    before = drawn.labels_at(0)
    assert len(before) == len(drawn.labels_at(STEPS - 3)) and any(np.isnan(label.position).all() for label in before)
    assert drawn.labels_at(STEPS - 1) == drawn.labels


def test_settled_steps_are_marked_when_they_are_reached_and_not_before() -> None:
    a = made_up_activations()
    answers = predictions_for(a)
    assert answers is not None
    which = int((answers.settled - a.first_step).argmax())
    state = replace(opening_state(a), selected=(which,), isolate=True, points=False, lines=False, labels=False)
    drawn = build_scene(a, T, state, LIGHT)
    settled = int(answers.settled[which])
    spot = T.vertices[[T.vertices_of(which).start + settled - a.first_step[which]]]
    x, y = (int(v[0]) for v in view_of(drawn).to_pixels(spot))
    for position, marked in ((settled - 1, False), (settled, True), (STEPS - 1, True)):
        pixels = Renderer(drawn, view_of(drawn), LIGHT.background).picture(position)
        assert pixels is not None
        inked = (np.abs(pixels[..., :3].astype(int) - LIGHT.background[::-1]) > 60).any(axis=-1)
        assert inked[y - 6 : y + 7, x - 6 : x + 7].any() == marked
    everyone = build_scene(a, T, replace(state, selected=(), settled=True), LIGHT)
    assert len(everyone.layers[-1].positions) == len(a)


def test_beside_a_selection_the_rest_is_named_in_grey() -> None:
    state = replace(opening_state(A), selected=(LONGEST,))
    flat, solid = T, Trajectories.build(A, A.projections[3], True)
    name = A.names[A.sign[LONGEST]]
    for paths in (flat, solid):
        colours = {label.text: label.colour for label in build_scene(A, paths, state, LIGHT).labels}
        assert colours == {each: LIGHT.foreground if each == name else LIGHT.muted for each in A.names}
    everyone = build_scene(A, solid, replace(state, selected=()), LIGHT).labels
    assert {label.text for label in everyone} == set(A.names)
