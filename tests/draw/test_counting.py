"""Crowds are counted; what comes out is what drawing them one by one gives."""

from __future__ import annotations

import subprocess
import sys
import threading
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.session import Colouring, SessionState, opening_state
from auslan_explorer.core.trajectories import Trajectories
from auslan_explorer.draw import raster, raster_adding, raster_counts, raster_discs, raster_lines, raster_sums
from auslan_explorer.draw.raster import Raster
from auslan_explorer.draw.render import Renderer
from auslan_explorer.draw.scene import Scene, build_scene
from auslan_explorer.draw.theme import LIGHT
from auslan_explorer.draw.view import View2D
from auslan_explorer.io.cache import read_cache
from auslan_explorer.paths import models_dir

ROOT = Path(__file__).parents[2]
PAPER = (255, 255, 255)
RED, BLACK = np.array([255, 0, 0], np.uint8), np.zeros(3, np.uint8)


@pytest.fixture(scope="module")
def shipped() -> tuple[Activations, Trajectories]:
    activations = read_cache(models_dir() / "activations.h5")
    return activations, Trajectories.build(activations, activations.projections[2], True)


def scene_of(shipped: tuple[Activations, Trajectories], **changes: object) -> Scene:
    activations, paths = shipped
    state: SessionState = replace(opening_state(activations), **changes)  # type: ignore[arg-type]
    return build_scene(activations, paths, state, LIGHT)


def renderer(scene: Scene) -> Renderer:
    return Renderer(scene, View2D.fit(scene.low, scene.high, 280, 240, (10, 10, 10, 10)), PAPER)


def picture(drawing: Renderer, step: int | None = None) -> np.ndarray:
    pixels = drawing.picture(step)
    assert pixels is not None
    return pixels[..., :3].astype(int)


def draw_one_by_one(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Raster, "counts_points", lambda *_: False)
    patch.setattr(Raster, "counts_lines", lambda *_: False)


LOOKS: dict[str, dict[str, object]] = {
    "time": {},
    "sign": {"colouring": Colouring.SIGN},
    "answers, lines": {"colouring": Colouring.ANSWER, "points": False},
    "half selected": {"selected": tuple(range(0, 2500, 2))},
    "one selected, points": {"selected": (3,), "lines": False},
}


@pytest.mark.parametrize("look", LOOKS)
def test_a_counted_picture_is_the_one_drawn_one_by_one(
    shipped: tuple[Activations, Trajectories], look: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = scene_of(shipped, **LOOKS[look])
    counted = picture(renderer(scene))
    draw_one_by_one(monkeypatch)
    exact = picture(renderer(scene))
    apart, inked = np.abs(counted - exact), (exact < 255).any(axis=-1)
    assert inked.mean() > 0.1 and apart.any(), "this picture has a crowd that is counted"
    assert apart[inked].mean() < 2.5
    assert abs((counted - exact)[inked].mean()) < 1, "neither lighter nor darker as a whole"
    # An edge of a crowd may lie some tenths of a pixel elsewhere, where paper and full colour meet.
    around = np.stack([np.roll(exact, (dy, dx), (0, 1)) for dy in (-1, 0, 1) for dx in (-1, 0, 1)])
    beyond = np.maximum(counted - around.max(axis=0), around.min(axis=0) - counted)
    assert np.percentile(apart, 99) <= 20
    assert beyond.max() <= 80


@pytest.mark.parametrize("look", LOOKS)
def test_the_order_of_rows_in_memory_makes_no_other_picture_and_makes_no_rows(
    shipped: tuple[Activations, Trajectories], look: str
) -> None:
    at_once, in_order = scene_of(shipped, **LOOKS[look]), scene_of(shipped, **LOOKS[look])
    for layer in in_order.layers:
        assert layer.positions is not None  # makes the rows
    drawing = renderer(at_once)
    assert np.abs(picture(drawing) - picture(renderer(in_order))).max() <= 6
    assert np.array_equal(picture(drawing), picture(renderer(at_once)))
    assert not any("positions" in vars(layer) for layer in at_once.layers if "_make" in vars(layer))


def test_a_whole_picture_that_is_overtaken_begins_anew(shipped: tuple[Activations, Trajectories]) -> None:
    scene = scene_of(shipped)
    drawing, asked = renderer(scene), iter([False, False, True])
    assert drawing.picture(overtaken=lambda: next(asked)) is None
    assert np.array_equal(picture(drawing), picture(renderer(scene)))


def test_stepping_back_from_a_counted_picture_leaves_no_trace_of_it(
    shipped: tuple[Activations, Trajectories], monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = scene_of(shipped)
    drawing = renderer(scene)
    picture(drawing)
    walked = [picture(drawing, step) for step in (scene.steps - 2, 40, 3)]
    draw_one_by_one(monkeypatch)
    fresh = [picture(renderer(scene), step) for step in (scene.steps - 2, 40, 3)]
    for each, afresh in zip(walked, fresh, strict=True):
        assert np.abs(each - afresh).max() <= 3


def test_twice_the_points_that_ship_are_counted_in_a_window_and_those_of_two_signs_are_not(
    shipped: tuple[Activations, Trajectories],
) -> None:
    _, paths = shipped
    window = Raster(900, 760)
    assert window.counts_points(2 * len(paths.vertices), 1.6)
    assert not window.counts_points(int(paths.lengths[:54].sum()), 2.2)


@pytest.mark.parametrize("alone", [0, 400_000, 1 << 40])
def test_slices_of_any_size_are_counted_alike_by_a_thread_or_without(
    shipped: tuple[Activations, Trajectories], monkeypatch: pytest.MonkeyPatch, alone: int
) -> None:
    scene = scene_of(shipped, colouring=Colouring.SIGN)
    whole = picture(renderer(scene))
    monkeypatch.setattr("auslan_explorer.draw.render._SLICE", 9_000)
    monkeypatch.setattr(raster_counts, "_BLOCK", 5_000)
    monkeypatch.setattr(raster_lines, "_BLOCK_CELLS", 3_000)
    monkeypatch.setattr(raster_lines, "_BLOCK_PIECES", 700)
    monkeypatch.setattr(raster_adding, "_ALONE", alone)
    assert np.abs(picture(renderer(scene)) - whole).max() <= 3


def test_counting_begins_anew_before_a_sum_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    """So many on one pixel that a sum would run into the next: what is full is drawn, and counting goes on."""
    rng = np.random.default_rng(5)
    x, y = rng.uniform(10, 12, 5000).astype(np.float32), rng.uniform(20, 22, 5000).astype(np.float32)
    rgb = rng.integers(0, 256, (5000, 3)).astype(np.uint8)
    sheets = []
    for most in (1 << 20, 300):
        monkeypatch.setattr(raster_counts, "MOST_POINTS", most)
        monkeypatch.setattr(raster_lines, "MOST_LINES", most)
        sheet = Raster(40, 40)
        sheet.points(x, y, rgb, 1.6, 0.0005, counted=True)
        sheet.lines(x, y, x + 14, y + 5, rgb, 1.0, 0.0005, counted=True)
        sheets.append(sheet.composite_over(PAPER).astype(int))
    assert sheets[0].min() < 200
    assert np.abs(sheets[0] - sheets[1]).max() <= 3


def test_room_is_what_the_fullest_pixel_leaves_whatever_its_colour_and_place() -> None:
    for colour in (BLACK, RED):
        counts = raster_counts.PointCounts(4, 4, raster_adding.Adder())
        for place, number in ((1.0, 30), (2.9, 90)):
            counts.add(np.full(number, place, np.float32), np.full(number, 1.0, np.float32), colour)
        assert counts.room == raster_counts.MOST_POINTS - 120
        counts.make_room()
        assert counts.room == raster_counts.MOST_POINTS - 1 - 90


def test_many_in_one_colour_then_in_others_keep_theirs() -> None:
    at = np.full(50, 10.5, dtype=np.float32)
    sheet = Raster(60, 20)
    for n, colour in enumerate((RED, BLACK, np.tile(RED, (50, 1)))):
        sheet.points(at + 15 * n, at, colour, 1.6, 0.3, counted=True)
        sheet.lines(at + 15 * n - 4, at + 4, at + 15 * n + 4, at + 4, colour, 1.0, 0.3, counted=True)
    row, line = sheet.composite_over(PAPER)[10], sheet.composite_over(PAPER)[14]
    for drawn in (row, line):
        assert [tuple(int(v) for v in drawn[c, :3]) for c in (10, 25, 40)] == [(0, 0, 255), (0, 0, 0), (0, 0, 255)]


def test_the_pieces_that_lines_are_cut_into_are_the_whole_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of every length and direction, ends within one pixel too; the same ink to a hair wherever they are cut."""
    rng = np.random.default_rng(11)
    n, side = 3000, 300
    x0, y0 = rng.uniform(5, side - 5, (2, n)).astype(np.float32)
    reach = rng.choice([0.2, 1.5, 6.0, 400.0], n)
    x1, y1 = (np.clip(v + rng.normal(0, 1, n) * reach, 5, side - 5).astype(np.float32) for v in (x0, y0))
    rgb = rng.integers(0, 256, (n, 3), dtype=np.uint8)
    sheets = []
    for piece in (1, 2, 5, 32, 127):
        monkeypatch.setattr(raster_lines, "_PIECE", piece)
        counts = raster_lines.LineCounts(side, side, raster_adding.Adder())
        counts.add(x0, y0, x1, y1, rgb)
        ink, colours = counts.take(slice(0, side))
        sheets.append(np.stack([ink, *(colour / 255 for colour in colours)]))
    assert sheets[0][0].sum() > n
    for each in sheets[1:]:
        # The ends of lines are rounded by their order, up or down to an 128th of a pixel.
        assert np.abs(each - sheets[-1]).max() < 0.3
        assert each.sum() == pytest.approx(sheets[-1].sum(), rel=1e-3)


@pytest.mark.parametrize("alone", [0, 1 << 40])
def test_sheets_are_added_to_by_one_thread(
    shipped: tuple[Activations, Trajectories], monkeypatch: pytest.MonkeyPatch, alone: int
) -> None:
    """Two threads on one sheet would overwrite what the other adds; once in a while, so it is not seen in a picture."""
    threads = set[int]()

    def noting(add: Callable[..., None]) -> Callable[..., None]:
        def noted(*what: np.ndarray) -> None:
            threads.add(threading.get_ident())
            add(*what)

        return noted

    for module, name in ((raster_lines, "add_at"), (raster_lines, "add_weighted"), (raster_counts, "add_at")):
        monkeypatch.setattr(module, name, noting(getattr(module, name)))
    monkeypatch.setattr(raster_adding, "_ALONE", alone)
    monkeypatch.setattr("auslan_explorer.draw.render._SLICE", 2_000)
    picture(renderer(scene_of(shipped, colouring=Colouring.SIGN)))
    assert len(threads) == 1 and (threading.get_ident() in threads) == bool(alone)


def test_nothing_is_added_beyond_a_sheet(
    shipped: tuple[Activations, Trajectories], monkeypatch: pytest.MonkeyPatch
) -> None:
    """SciPy's functions check nothing: whatever lies beside a sheet in memory would be written over."""
    added = dict[str, int]()

    def checking(name: str) -> Callable[..., None]:
        add = getattr(raster_sums, name)

        def checked(sheet: np.ndarray, at: np.ndarray, *what: np.ndarray) -> None:
            assert at.dtype == np.int32 and sheet.flags.c_contiguous
            assert not at.size or (at.min() >= 0 and at.max() < len(sheet))
            added[name] = added.get(name, 0) + at.size
            add(sheet, at, *what)

        return checked

    for module in (raster, raster_counts, raster_discs, raster_lines):
        for name in ("add_at", "add_weighted", "add_weighted_rows"):
            if hasattr(module, name):
                monkeypatch.setattr(module, name, checking(name))
    for look in LOOKS.values():
        scene = scene_of(shipped, **look)
        for width, height in ((280, 240), (150, 60), (9, 5)):
            # All of it, and a corner of it enlarged, so that much lies across every edge.
            for view in (View2D.fit(scene.low, scene.high, width, height, (0, 0, 0, 0)), None):
                low, high = np.asarray(scene.low), np.asarray(scene.high)
                near = view or View2D.fit(low + (high - low) * 0.4, high - (high - low) * 0.4, width, height, (0,) * 4)
                Renderer(scene, near, PAPER).picture()
                Renderer(scene, near, PAPER, scale=2.0).picture(40)
    rng = np.random.default_rng(12)
    for radius in (0.6, 1.6, 2.9, 5.9):
        for counted in (False, True):
            sheet = Raster(60, 50)
            x, y = rng.uniform(-40, 100, (2, 20_000)).astype(np.float32)
            rgb = rng.integers(0, 256, (len(x), 3), dtype=np.uint8)
            sheet.points(x, y, rgb, radius, 0.1, counted=counted)
            sheet.lines(x, y, x[::-1], y[::-1], rgb, 1.0, 0.1, counted=counted)
            sheet.composite_over(PAPER)
    assert added.keys() == {"add_at", "add_weighted", "add_weighted_rows"} and min(added.values()) > 1_000_000


def test_what_fails_beside_the_caller_is_raised_to_him(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raster_adding, "_ALONE", 0)
    adding = raster_adding.Adder()

    def fail() -> None:
        raise MemoryError

    adding.run(1, fail)
    with pytest.raises(MemoryError):
        adding.wait()
    adding.wait()


def test_what_is_added_at_places_is_what_numpy_adds(monkeypatch: pytest.MonkeyPatch) -> None:
    """SciPy's own function, which may change: many on one place, blocks of any length, every type of sheet."""
    rng = np.random.default_rng(9)
    at = rng.integers(0, 40, 5000).astype(np.int32)
    monkeypatch.setattr(raster_sums, "_ONE_ROW", np.zeros(700, dtype=np.int32))
    for kind in (np.int64, np.float32):
        values = rng.integers(-1000, 1000, 5000).astype(kind)
        sheet = rng.integers(0, 10, 40).astype(kind)
        expected = sheet.copy()
        np.add.at(expected, at, values)
        raster_sums.add_at(sheet, at, values)
        assert sheet.dtype == kind and (sheet == expected).all()


@pytest.mark.parametrize("kind", [np.int64, np.float32])
def test_weighted_values_are_added_as_numpy_adds_them(kind: type) -> None:
    """SciPy's own function, which may change."""
    rng = np.random.default_rng(9)
    at, which = rng.integers(0, 40, 900).astype(np.int32), rng.integers(0, 60, 900).astype(np.int32)
    weights, values = rng.integers(-9, 9, 900).astype(kind), rng.integers(-9, 9, 60).astype(kind)
    sheet = rng.integers(0, 10, 40).astype(kind)
    expected = sheet.copy()
    np.add.at(expected, at, weights * values.take(which))
    raster_sums.add_weighted(sheet, at, weights, which, values)
    assert sheet.dtype == kind and (sheet == expected).all()


@pytest.mark.parametrize("kind", [np.int64, np.float32])
def test_weighted_rows_are_added_as_numpy_adds_them(kind: type) -> None:
    """SciPy's own function, which may change."""
    rng = np.random.default_rng(9)
    at = rng.integers(0, 40, (600, 7)).astype(np.int32)
    weights, rows = rng.integers(-9, 9, (600, 7)).astype(kind), rng.integers(-9, 9, (600, 2)).astype(kind)
    before = rng.integers(0, 10, (40, 2)).astype(kind)
    expected = before.copy()
    np.add.at(expected, at, weights[..., None] * rows[:, None])
    sheet = before.copy()
    raster_sums.add_weighted_rows(sheet, at, weights, rows)
    assert sheet.dtype == kind and (sheet == expected).all()


_ADDED = """
import sys
from types import SimpleNamespace
import numpy as np
from auslan_explorer.draw import raster_sums
if {within}:
    raster_sums.PathFinder = SimpleNamespace(find_spec=lambda *_: None)
sheet = np.zeros(4)
raster_sums.add_at(sheet, np.array([1, 1], dtype=np.int32), np.array([2.0, 3.0]))
assert sheet.tolist() == [0, 5, 0, 0] and ("scipy.sparse" in sys.modules) == {within}
from scipy.sparse import csr_array
assert (csr_array(np.eye(3)) @ np.ones(3)).tolist() == [1, 1, 1]
"""


@pytest.mark.parametrize("within", [False, True], ids=["by themselves", "within their package"])
def test_scipys_sums_are_imported_without_their_package_where_they_can_be(within: bool) -> None:
    subprocess.run([sys.executable, "-c", _ADDED.format(within=within)], check=True, cwd=ROOT)


@pytest.mark.parametrize("angle", np.linspace(0, np.pi, 9).tolist())
def test_counted_lines_have_the_ink_of_their_length_in_every_direction(angle: float) -> None:
    rng = np.random.default_rng(6)
    n, alpha = 4000, 0.001
    long = rng.choice([0.03, 0.4, 3.0, 20.0], n)
    x, y = rng.uniform(30, 70, (2, n)).astype(np.float32)
    ends = x + long * np.cos(angle), y + long * np.sin(angle)
    sheet = Raster(100, 100)
    sheet.lines(x, y, *(end.astype(np.float32) for end in ends), BLACK, 1.0, alpha, counted=True)
    sheet.inked()
    assert sheet.crop(sheet._depth).sum() == pytest.approx(long.sum() * -np.log1p(-alpha), rel=0.01)


@pytest.mark.parametrize("radius", [0.8, 1.6, 2.9, 5.5])
def test_counted_points_cover_what_single_ones_do_wherever_they_lie(radius: float) -> None:
    rng = np.random.default_rng(7)
    x, y = rng.uniform(20, 60, (2, 3000)).astype(np.float32)
    one_by_one, counted = Raster(80, 80), Raster(80, 80)
    one_by_one.points(x, y, BLACK, radius, 0.01)
    counted.points(x, y, BLACK, radius, 0.01, counted=True)
    apart = counted.composite_over(None)[..., 3].astype(int) - one_by_one.composite_over(None)[..., 3]
    assert np.abs(apart).max() <= 6 and abs(apart.mean()) < 0.2


def peak_of(work: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_counts_of_lines_and_of_points_take_turns_in_memory() -> None:
    side, rng = 800, np.random.default_rng(8)
    x, y = rng.uniform(40, side - 40, (2, 5000)).astype(np.float32)
    rgb = rng.integers(0, 256, (5000, 3), dtype=np.uint8)

    def draw() -> None:
        sheet = Raster(side, side)
        sheet.lines(x, y, x + 9, y + 5, rgb, 1.0, 0.05, counted=True)
        sheet.points(x, y, rgb, 1.6, 0.05, counted=True)
        assert len(sheet.inked())

    # Lines have six sums a pixel and points three, of 8 bytes each; ink has four of 4 bytes.
    assert peak_of(draw) < (9 * 8 + 4 * 4) * side**2


def test_room_for_lines_is_found_without_a_copy_of_the_sheets() -> None:
    side = 300
    counts = raster_lines.LineCounts(side, side, raster_adding.Adder())
    counts.add(*np.full((4, 10), 20.0, np.float32), np.tile(RED, (10, 1)))
    assert peak_of(counts.make_room) < 8 * side**2
    assert 0 < counts.room < raster_lines.MOST_LINES
