"""Parts of the 3-D view without a window: order of drawing, splatted points, fog, names and colours."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from auslan_explorer.core.session import Colouring, Session, SessionState
from auslan_explorer.draw.theme import LIGHT
from auslan_explorer.gui.views.scatter3d.scene_arrays import (
    LAST_OPACITY,
    MAX_WITH_LINES,
    MUTED_OPACITY,
    POINT_OPACITY,
    SELECTED_OPACITY,
    label_candidates,
    line_mask,
    line_style,
    vertex_colours,
)
from auslan_explorer.gui.views.scatter3d.splat import FOG_LEVELS, back_to_front, fog_palette, splat, stacked_opacity
from tests.made_up import SIGNS, STEPS


def test_far_points_come_first_and_what_is_on_top_last() -> None:
    depth = np.array([3.0, 9.0, 1.0, 5.0], dtype=np.float32)
    assert back_to_front(depth).tolist() == [1, 3, 0, 2]
    assert back_to_front(depth, np.array([False, True, False, False])).tolist() == [3, 0, 2, 1]
    assert back_to_front(depth[:0]).tolist() == []


def splatted(xyz: np.ndarray, colours: np.ndarray, size: tuple[int, int] = (40, 30)) -> np.ndarray:
    """Draw with a camera at z = -1 that looks along z, so that clip w is z + 1."""
    matrix = np.eye(4, dtype=np.float32)
    matrix[2, 3], matrix[3, 3] = 1.0, 1.0
    return splat(
        np.ascontiguousarray(xyz.T.astype(np.float32)),
        fog_palette(colours, (1, 1, 1), 0.0),
        matrix,
        size,
        (0.0, 10.0),
        stacked_opacity(100),
        colours[:, 3] > 178,
    )


def test_the_near_point_hides_the_far_one_whatever_their_order() -> None:
    red, blue = (255, 0, 0, 100), (0, 0, 255, 100)
    far_near = np.array([[0, 0, 5], [0, 0, 0]])
    for order in ([0, 1], [1, 0]):
        picture = splatted(far_near[order], np.array([red, blue], dtype=np.uint8)[order])
        assert picture[15, 20, :3].tolist() == [0, 0, 255]
        assert picture[15, 20, 3] > 100, "two points cover more than one"


def test_points_outside_or_behind_leave_nothing() -> None:
    away = np.array([[5, 0, 0], [0, -7, 0], [0, 0, -3]])
    colours = np.full((3, 4), 200, dtype=np.uint8)
    assert not splatted(away, colours).any()


def test_colours_fade_to_the_paper_with_distance() -> None:
    table = fog_palette(np.array([[0, 0, 0, 90]], dtype=np.uint8), (1, 1, 1), 1.0)
    assert table.shape == (FOG_LEVELS, 1)
    levels = table.view(np.uint8).reshape(FOG_LEVELS, 4)
    assert (np.diff(levels[:, 0].astype(int)) > 0).all()
    assert (levels[:, 3] == 90).all()


def test_names_stand_at_last_steps_and_move_with_heads_before(session: Session) -> None:
    paths = session.trajectories(3)
    assert paths is not None
    names = label_candidates(session, paths, session.shown())
    assert len(names.texts) == len(session.activations)
    assert (names.rank == 0).sum() == len(SIGNS)
    session.update(step=STEPS - 2)
    moving = label_candidates(session, paths, session.shown())
    assert moving.at_playheads and len(moving.texts) == len(SIGNS)
    heads = paths.playhead_vertices(session.state.alignment, STEPS - 2, np.arange(len(session.activations)))
    assert all((paths.vertices[heads] == vertex).all(axis=1).any() for vertex in moving.vertices)
    session.update(step=STEPS - 1, selected=(2, 99))
    beside = label_candidates(session, paths, session.shown())
    assert beside.texts[0] == "alive" and set(beside.texts) == set(session.activations.names)
    assert [beside.is_greyed(i) for i in range(4)] == [False, True, True, True]


def test_each_head_of_a_few_selected_recordings_is_named_and_of_the_others_signs_stay(session: Session) -> None:
    paths, chosen = session.trajectories(3), (1, 2, 8)
    assert paths is not None
    session.update(step=STEPS - 2, selected=chosen)
    names = label_candidates(session, paths, session.shown())
    heads = paths.vertices[paths.playhead_vertices(session.state.alignment, STEPS - 2, np.array(chosen))]
    strong = [names.vertices[i].tolist() for i in range(len(names.texts)) if not names.is_greyed(i)]
    assert sorted(strong) == sorted(heads.tolist())
    signs = [names.signs[i] for i in range(len(names.texts)) if not names.is_greyed(i)]
    assert sorted(signs) == sorted(session.activations.sign[list(chosen)].tolist())
    assert set(names.signs) == set(range(len(SIGNS)))


def test_colours_are_the_states(session: Session) -> None:
    paths = session.trajectories(3)
    assert paths is not None
    every = np.arange(len(paths.step))
    plain, on_top = vertex_colours(session, paths, LIGHT.grey, every, paths.recording).of(every)
    assert on_top is None
    assert len(np.unique(plain[:, :3], axis=0)) == STEPS
    session.update(selected=(4,), colouring=Colouring.SIGN)
    rgba, on_top = vertex_colours(session, paths, LIGHT.grey, every, paths.recording).of(every)
    assert on_top is not None
    assert on_top.sum() == paths.lengths[4]
    assert (rgba[~on_top, :3] == LIGHT.grey).all()


def test_last_steps_and_the_selection_stand_out_and_the_rest_is_faint_but_less_so_where_it_is_alone(
    session: Session,
) -> None:
    paths = session.trajectories(3)
    assert paths is not None
    every = np.arange(len(paths.step))
    last = np.isin(every, paths.last_vertex)

    def opacities() -> np.ndarray:
        return vertex_colours(session, paths, LIGHT.grey, every, paths.recording).of(every)[0][:, 3]

    assert set(opacities()[last]) == {LAST_OPACITY} and set(opacities()[~last]) == {POINT_OPACITY}
    session.update(selected=(4,))
    chosen = paths.recording == 4
    for last_only, faint in ((False, MUTED_OPACITY), (True, 2 * MUTED_OPACITY)):
        session.update(last_only=last_only)
        assert set(opacities()[chosen]) == {SELECTED_OPACITY} and set(opacities()[~chosen]) == {faint}
    assert MUTED_OPACITY < POINT_OPACITY < LAST_OPACITY < SELECTED_OPACITY


def test_fading_in_whole_numbers_is_mixing_with_the_paper() -> None:
    colours = np.random.default_rng(3).integers(0, 256, (500, 4), dtype=np.uint8)
    background, fog = (1.0, 0.9, 0.1), 0.55
    table = fog_palette(colours, background, fog).view(np.uint8).reshape(FOG_LEVELS, -1, 4)
    share = fog * (np.arange(FOG_LEVELS)[:, None, None] + 0.5) / FOG_LEVELS
    expected = colours[:, :3] * (1 - share) + np.array(background) * 255 * share
    assert np.abs(table[..., :3] - expected).max() <= 1.5
    assert (table[..., 3] == colours[:, 3]).all()


def test_lines_are_drawn_of_few_and_as_strong_as_their_number_allows() -> None:
    state = SessionState(points=True, lines=True)
    many, some = np.ones(MAX_WITH_LINES + 1, bool), np.arange(MAX_WITH_LINES + 1) > 0
    assert not line_mask(state, many).any() and line_mask(state, some).sum() == MAX_WITH_LINES
    assert line_mask(replace(state, points=False), many).all(), "without points there are lines in any case"
    picked = replace(state, selected=(3, 4))
    assert np.flatnonzero(line_mask(picked, many)).tolist() == [3, 4]
    assert not line_mask(replace(state, lines=False), some).any()
    ink = (51, 102, 255)
    plain = line_style(state, some, ink)
    assert plain.foreground == (0.2, 0.4, 1.0) and (plain.mutes_unselected, plain.few) == (False, 0.0)
    assert (plain.alpha, line_style(state, many, ink).alpha) == (0.3, 0.05)
    by_sign = replace(state, colouring=Colouring.SIGN)
    assert line_style(by_sign, some, ink).foreground is None, "a path of one colour has a line of that colour"
    assert line_style(by_sign, some, ink).alpha == 0.3
    assert line_style(replace(by_sign, points=False), some, ink).alpha == pytest.approx(0.9)
    assert line_style(replace(state, points=False), some, ink).alpha == 0.3
    one, two = (line_style(replace(state, selected=each), many, ink) for each in ((3,), (3, 4)))
    assert one.mutes_unselected and one.few == 1.0 > two.few > 0 and one.few_alpha == 0.65
    assert one.alpha == 0.3, "of what is picked there are few"


@pytest.mark.parametrize("selected", [(), (4,), (4, 7), tuple(range(0, 20, 2))])
def test_what_is_on_top_is_found_among_any_vertices_in_any_order(session: Session, selected: tuple[int, ...]) -> None:
    paths = session.trajectories(3)
    assert paths is not None
    session.update(selected=selected)
    every = np.arange(len(paths.step), dtype=np.uint32)
    colours = vertex_colours(session, paths, LIGHT.grey, every, paths.recording)
    expected = np.isin(paths.recording, selected)
    for rows in (every, every[3::2], every[:0], every[::-1], every[:7]):
        assert np.array_equal(colours.top_rows(rows), np.flatnonzero(expected[rows]))
        on_top = colours.on_top(rows)
        assert (on_top is None) == (not selected)
        assert on_top is None or np.array_equal(on_top, expected[rows])
