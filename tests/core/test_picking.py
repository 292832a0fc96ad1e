"""Outlines and pointers, against the same questions asked one by one."""

from __future__ import annotations

import numpy as np
import pytest

from auslan_explorer.core.picking import HitTester, VisibleFilter, lasso_hits, points_inside, segments_crossing
from auslan_explorer.core.trajectories import SHARED, Trajectories
from tests.made_up import made_up_activations


def lasso(seed: int, corners: int = 40) -> np.ndarray:
    """A wobbly closed line around the middle of a picture of 100 x 100."""
    rng = np.random.default_rng(seed)
    angle = np.linspace(0, 2 * np.pi, corners, endpoint=False)
    far = rng.uniform(10, 45, corners)
    return np.column_stack([50 + far * np.cos(angle), 50 + far * np.sin(angle)])


def is_inside(x: float, y: float, polygon: np.ndarray) -> bool:
    odd = False
    for (x0, y0), (x1, y1) in zip(polygon, np.roll(polygon, -1, axis=0), strict=True):
        if (y0 > y) != (y1 > y) and x > x0 + (y - y0) * (x1 - x0) / (y1 - y0):
            odd = not odd
    return odd


def cross(p: np.ndarray, q: np.ndarray, a: np.ndarray, b: np.ndarray) -> bool:
    """Solve p + s (q - p) = a + t (b - a)."""
    matrix = np.column_stack([q - p, a - b])
    if abs(np.linalg.det(matrix)) < 1e-12:
        return False
    s, t = np.linalg.solve(matrix, a - p)
    return bool(0 <= s <= 1 and 0 <= t <= 1)


@pytest.mark.parametrize("seed", range(4))
def test_inside_agrees_with_asking_point_by_point(seed: int) -> None:
    rng = np.random.default_rng(100 + seed)
    x, y = rng.uniform(0, 100, (2, 500))
    polygon = lasso(seed)
    if seed == 3:
        polygon = rng.permutation(polygon)  # crosses itself
    found = points_inside(x, y, polygon)
    assert found.tolist() == [is_inside(a, b, polygon) for a, b in zip(x, y, strict=True)]
    assert 0 < found.sum() < 500


def test_what_is_not_seen_and_a_mere_line_catch_nothing() -> None:
    square = np.array([[0.0, 0.0], [10, 0], [10, 10], [0, 10]])
    assert points_inside(np.array([np.nan, 5, 5]), np.array([5, np.nan, 5]), square).tolist() == [False, False, True]
    assert not points_inside(np.array([5.0]), np.array([5.0]), square[:2]).any()
    assert not segments_crossing(np.array([[5.0, -5]]), np.array([[5.0, 15]]), square[:2]).any()


@pytest.mark.parametrize("corners", [12, 45])
def test_crossing_agrees_with_asking_one_by_one(corners: int) -> None:
    rng = np.random.default_rng(7)
    p, q = rng.uniform(0, 100, (2, 300, 2))
    polygon = lasso(7, corners)
    edges = list(zip(polygon, np.roll(polygon, -1, axis=0), strict=True))
    found = segments_crossing(p, q, polygon)
    assert found.tolist() == [any(cross(a, b, c, d) for c, d in edges) for a, b in zip(p, q, strict=True)]
    assert 0 < found.sum() < 300


def placed() -> tuple[Trajectories, np.ndarray]:
    a = made_up_activations()
    paths = Trajectories.build(a, a.projections[2], True)
    low, high = paths.vertices.min(axis=0), paths.vertices.max(axis=0)
    return paths, (paths.vertices - low) / (high - low) * 100


def by_hand(paths: Trajectories, xy: np.ndarray, polygon: np.ndarray, drawn: VisibleFilter) -> list[int]:
    """The recordings inside, path by path."""
    edges = list(zip(polygon, np.roll(polygon, -1, axis=0), strict=True))
    found = set()
    for vertex in np.flatnonzero(paths.step <= drawn.step):
        recording = int(paths.recording[vertex])
        if recording != SHARED and drawn.shown[recording] and is_inside(*xy[vertex], polygon):
            found.add(recording)
    for (i, j), recording in zip(paths.segments, paths.segment_recording.tolist(), strict=True):
        if recording == SHARED or not drawn.shown[recording] or paths.step[j] > drawn.step or not drawn.lines:
            continue
        if any(cross(xy[i], xy[j], c, d) for c, d in edges):
            found.add(recording)
    return sorted(found)


@pytest.mark.parametrize(("lines", "step"), [(True, 19), (False, 19), (True, 9)])
def test_caught_agrees_with_looking_at_every_path(lines: bool, step: int) -> None:
    paths, xy = placed()
    shown = np.arange(len(paths.lengths)) % 5 != 0
    drawn = VisibleFilter(shown, step, lines=lines)
    sizes = []
    for seed in range(6):
        polygon = np.random.default_rng(seed).uniform(10, 90, 2) + (lasso(seed, 9) - 50) * 0.25
        found = lasso_hits(paths, xy, polygon, drawn)
        assert list(found) == by_hand(paths, xy, polygon, drawn)
        sizes.append(len(found))
    assert any(sizes)


def test_a_line_that_only_passes_through_is_caught_and_only_where_lines_are_drawn() -> None:
    paths, xy = placed()
    everyone = np.ones(len(paths.lengths), dtype=bool)
    start = paths.vertices_of(3).start + 2
    middle = (xy[start] + xy[start + 1]) / 2
    size = 0.1 * np.abs(xy[start + 1] - xy[start]).max()
    square = middle + size * np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]])
    assert 3 in lasso_hits(paths, xy, square, VisibleFilter(everyone, 19))
    assert 3 not in lasso_hits(paths, xy, square, VisibleFilter(everyone, 19, lines=False))
    assert 3 not in lasso_hits(paths, xy, square, VisibleFilter(everyone, 19), ends_only=True)
    assert 3 not in lasso_hits(paths, xy, square, VisibleFilter(everyone, int(paths.step[start])))


def test_ends_are_the_last_steps_drawn() -> None:
    paths, xy = placed()
    everyone = np.ones(len(paths.lengths), dtype=bool)
    whole, half = VisibleFilter(everyone, 19), VisibleFilter(everyone, 12)
    assert whole.ends(paths).tolist() == paths.last_vertex.tolist()
    assert (paths.step[half.ends(paths)] == 12).all() and (paths.recording[half.ends(paths)] >= 0).all()
    assert len(VisibleFilter(everyone, 12, last_only=True).ends(paths)) == 0
    around = xy[paths.last_vertex[5]] + np.array([[-0.01, -0.01], [0.01, -0.01], [0.01, 0.01], [-0.01, 0.01]])
    assert lasso_hits(paths, xy, around, whole, ends_only=True) == (5,)
    assert lasso_hits(paths, xy, around, VisibleFilter(everyone, 19, points=False, lines=False)) == ()


def laid_out(paths: Trajectories, xy: np.ndarray, drawn: VisibleFilter) -> HitTester:
    return HitTester(paths, *xy.T, drawn.vertices(paths), drawn.segments(paths))


def test_the_nearest_segment_is_found_within_reach() -> None:
    paths, xy = placed()
    everyone = np.ones(len(paths.lengths), dtype=bool)
    rng = np.random.default_rng(3)
    seen = laid_out(paths, xy, VisibleFilter(everyone, 19))
    for at in rng.uniform(0, 100, (30, 2)):
        i, j = paths.segments[paths.segment_recording != SHARED].T
        shares = np.linspace(0, 1, 400)[:, None, None]
        away = np.sqrt(((xy[i] + shares * (xy[j] - xy[i]) - at) ** 2).sum(axis=2)).min(axis=0)
        found = seen.nearest_segment((float(at[0]), float(at[1])), 4.0)
        if away.min() > 4.05:
            assert found == -1
        elif away.min() < 3.95:
            best = np.flatnonzero(paths.segment_recording != SHARED)[away.argmin()]
            assert away[np.flatnonzero(paths.segment_recording != SHARED) == found][0] <= away.min() + 0.05, best
    assert laid_out(paths, xy, VisibleFilter(everyone, 19, lines=False)).nearest_segment((50.0, 50.0), 4.0) == -1


def test_the_vertices_near_a_place_are_those_within_reach() -> None:
    paths, xy = placed()
    shown = np.arange(len(paths.lengths)) % 3 == 0
    seen = laid_out(paths, xy, VisibleFilter(shown, 15))
    for at in np.random.default_rng(5).uniform(0, 100, (20, 2)):
        away = np.hypot(*(xy - at).T)
        wanted = (away <= 9) & np.append(shown, False)[paths.recording] & (paths.step <= 15)
        found, distance = seen.vertices_near((float(at[0]), float(at[1])), 9.0)
        assert found.tolist() == np.flatnonzero(wanted).tolist()
        np.testing.assert_allclose(distance, away[found], rtol=1e-3, atol=1e-3)


def test_what_is_near_is_found_beside_what_is_not_visible() -> None:
    paths, xy = placed()
    everyone = np.ones(len(paths.lengths), dtype=bool)
    vertices = VisibleFilter(everyone, 19).vertices(paths)
    xy = xy.copy()
    xy[vertices[::3]] = np.nan  # as behind the camera in 3-D
    seen = laid_out(paths, xy, VisibleFilter(everyone, 19))
    ends = paths.segments[seen.segments]
    whole = np.flatnonzero(np.isfinite(xy[ends]).all(axis=(1, 2)))
    for vertex in vertices[1::30].tolist():
        at = (float(xy[vertex, 0]), float(xy[vertex, 1]))
        assert vertex in seen.vertices_near(at, 0.01)[0]
    assert len(whole)
    for row in whole[::20].tolist():
        x, y = xy[ends[row]].mean(axis=0).tolist()
        assert seen.nearest_segment((x, y), 0.5) >= 0


@pytest.mark.parametrize("side", [-1, 1])
def test_a_segment_just_within_reach_is_found_and_one_just_beyond_is_not(side: int) -> None:
    paths, xy = placed()
    xy = np.full_like(xy, 1000)
    upright = int(np.flatnonzero(paths.segment_recording == 3)[2])
    xy[paths.segments[upright]] = [[100, 40], [100, 60]]
    xy[paths.segments[upright - 1, 0]], xy[paths.segments[upright + 1, 1]] = (100, -900), (100, 900)
    seen = laid_out(paths, xy, VisibleFilter(np.ones(len(paths.lengths), dtype=bool), 19))
    assert seen.nearest_segment((100 + side * 5, 50), 5) == upright
    assert seen.nearest_segment((100 + side * 5.01, 50), 5) == -1


def test_the_nearest_line_is_told_by_its_recording_and_the_nearer_of_its_vertices() -> None:
    paths, xy = placed()
    seen = laid_out(paths, xy, VisibleFilter(np.ones(len(paths.lengths), dtype=bool), 19))
    own = np.flatnonzero(paths.recording[paths.segments[:, 0]] != SHARED)
    for segment in own[:: len(own) // 25].tolist():
        first, second = paths.segments[segment].tolist()
        for share, vertex in ((0.3, first), (0.7, second)):
            x, y = (xy[first] + share * (xy[second] - xy[first])).tolist()
            found = seen.nearest_segment((x, y), 0.5)
            line = seen.nearest_line((x, y), 0.5)
            assert line is not None and line[0] == paths.segment_recording[found]
            if found == segment:
                assert line == (paths.recording[vertex], vertex)
    assert seen.nearest_line((-500.0, -500.0), 4.0) is None


def test_a_line_from_the_common_beginning_belongs_to_its_recording() -> None:
    paths, xy = placed()
    seen = laid_out(paths, xy, VisibleFilter(np.ones(len(paths.lengths), dtype=bool), 19))
    begins = np.flatnonzero(
        (paths.recording[paths.segments[:, 0]] == SHARED) & (paths.recording[paths.segments[:, 1]] != SHARED)
    )
    assert len(begins)
    for segment in begins.tolist():
        first, second = paths.segments[segment].tolist()
        x, y = (xy[first] + 0.2 * (xy[second] - xy[first])).tolist()
        if seen.nearest_segment((x, y), 0.5) == segment:
            assert seen.nearest_line((x, y), 0.5) == (paths.recording[second], second)
