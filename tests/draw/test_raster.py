from __future__ import annotations

import numpy as np
import pytest

from auslan_explorer.draw import raster as rasters
from auslan_explorer.draw import raster_discs
from auslan_explorer.draw.raster import Raster

RED, BLACK = np.array([255, 0, 0], np.uint8), np.zeros(3, np.uint8)
WHITE = (255, 255, 255)


def ink(raster: Raster) -> np.ndarray:
    """Opacity of each pixel, 0 to 255."""
    return raster.composite_over(None)[..., 3].astype(int)


def test_a_point_covers_its_pixels_in_its_colour() -> None:
    sheet = Raster(20, 10)
    sheet.points(np.array([5.5]), np.array([3.5]), RED, radius=1.5, alpha=0.9)
    picture = sheet.composite_over(WHITE)
    assert picture.shape == (10, 20, 4)
    blue, green, red, full = (int(v) for v in picture[3, 5])
    assert red == 255 and green == blue and green < 40 and full == 255
    assert (picture[3, 12] == 255).all()
    assert picture[..., 1].min() == picture[3, 5, 1]


def test_opacity_adds_up_whatever_the_order() -> None:
    rng = np.random.default_rng(1)
    x, y, rgb = rng.uniform(0, 30, 400), rng.uniform(0, 30, 400), rng.integers(0, 255, (400, 3)).astype(np.uint8)
    one, other = Raster(30, 30), Raster(30, 30)
    one.points(x, y, rgb, 1.6, 0.4)
    back = rng.permutation(400)
    for part in np.array_split(back, 7):
        other.points(x[part], y[part], rgb[part], 1.6, 0.4)
    assert np.abs(one.composite_over(WHITE).astype(int) - other.composite_over(WHITE)).max() <= 1


def test_two_points_of_half_opacity_cover_three_quarters() -> None:
    sheet = Raster(9, 9)
    sheet.points(np.array([4.5, 4.5]), np.array([4.5, 4.5]), BLACK, 2.0, 0.5)
    assert ink(sheet)[4, 4] == pytest.approx(0.75 * 255, abs=1)


def test_what_was_added_can_be_taken_off() -> None:
    rng = np.random.default_rng(2)
    x, y = rng.uniform(0, 40, 200), rng.uniform(0, 40, 200)
    sheet = Raster(40, 40)
    sheet.points(x, y, RED, 1.5, 0.5)
    sheet.lines(x[:-1], y[:-1], x[1:], y[1:], BLACK, 1.0, 0.3)
    sheet.points(x, y, RED, 1.5, 0.5, remove=True)
    sheet.lines(x[:-1], y[:-1], x[1:], y[1:], BLACK, 1.0, 0.3, remove=True)
    assert (sheet.composite_over(WHITE)[..., :3] >= 254).all()


@pytest.mark.parametrize("ends", [(2.5, 3.2, 25.1, 9.7), (4.0, 2.0, 7.5, 27.0), (27.0, 20.0, 3.0, 5.0), (5, 8, 5, 22)])
@pytest.mark.parametrize("width", [1.0, 2.0])
def test_a_lines_ink_is_its_length_times_its_width(ends: tuple[float, ...], width: float) -> None:
    x0, y0, x1, y1 = (np.array([v], dtype=np.float32) for v in ends)
    sheet = Raster(32, 32)
    alpha = 0.02
    sheet.lines(x0, y0, x1, y1, BLACK, width, alpha)
    total = sheet.crop(sheet._depth).sum()
    length = np.hypot(ends[2] - ends[0], ends[3] - ends[1])
    assert total == pytest.approx(length * width * -np.log1p(-alpha), rel=0.03)


def test_lines_that_pass_through_are_cut_and_those_outside_leave_nothing() -> None:
    sheet = Raster(50, 40)
    far = 1e6
    sheet.lines(np.array([-far]), np.array([20.0]), np.array([far]), np.array([20.0]), BLACK, 1.0, 0.5)
    rows = ink(sheet).sum(axis=1)
    assert rows[19:21].sum() == rows.sum() > 0
    empty = Raster(50, 40)
    empty.lines(np.array([60.0]), np.array([-90.0]), np.array([900.0]), np.array([30.0]), BLACK, 1.0, 0.5)
    empty.points(np.array([-50.0, 500.0]), np.array([5.0, 5.0]), BLACK, 3.0, 0.5)
    assert ink(empty).sum() == 0


def test_bands_meet_without_a_seam() -> None:
    rng = np.random.default_rng(3)
    x, y = rng.uniform(0, 60, 300), rng.uniform(0, 60, 300)
    whole = Raster(60, 60)
    bands = [Raster(60, 20, origin=(0, top)) for top in (0, 20, 40)]
    for sheet in (whole, *bands):
        sheet.points(x, y, RED, 2.2, 0.5)
        sheet.lines(x[:-1], y[:-1], x[1:], y[1:], BLACK, 1.0, 0.2)
    joined = np.concatenate([band.composite_over(WHITE) for band in bands])
    assert np.abs(joined.astype(int) - whole.composite_over(WHITE)).max() <= 1


@pytest.mark.parametrize("radius", [6.0, 9.3, 15.7])
def test_a_large_disc_is_round_covers_its_area_and_can_be_taken_off(radius: float) -> None:
    sheet = Raster(60, 60)
    x, y = np.array([28.3]), np.array([31.6])
    sheet.points(x, y, RED, radius, 0.5)
    opacity = ink(sheet)
    assert opacity.sum() / 255 / 0.5 == pytest.approx(np.pi * radius**2, rel=0.03)
    down, across = np.mgrid[:60, :60] + 0.5
    away = np.hypot(across - x[0], down - y[0])
    assert (np.abs(opacity[away < radius - 1.2] - 127) <= 1).all()
    assert (opacity[away > radius + 1.2] == 0).all()
    sheet.points(x, y, RED, radius, 0.5, remove=True)
    assert ink(sheet).max() == 0


def test_large_discs_agree_with_small_ones_drawn_pixel_by_pixel(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(4)
    x, y, rgb = rng.uniform(-5, 85, 50), rng.uniform(-5, 85, 50), rng.integers(0, 255, (50, 3)).astype(np.uint8)
    by_rows, by_pixels = Raster(80, 80), Raster(80, 80)
    by_rows.points(x, y, rgb, 8.0, 0.3)
    monkeypatch.setattr(rasters, "_ROWS_FROM", 99.0)
    by_pixels.points(x, y, rgb, 8.0, 0.3)
    apart = np.abs(by_rows.composite_over(WHITE).astype(int) - by_pixels.composite_over(WHITE))
    assert np.percentile(apart, 90) <= 4 and apart.max() < 45, "only edges may differ, and by less than an edge"


def test_many_small_discs_are_summed_to_what_they_are_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(6)
    x, y, rgb = rng.normal(40, 16, 3000), rng.normal(30, 12, 3000), rng.integers(0, 255, (3000, 3)).astype(np.uint8)
    for most in (raster_discs.MOST_DISCS, 700):  # of 700, one sum at a time is full
        monkeypatch.setattr(raster_discs, "MOST_DISCS", most)
        summed, one_by_one = Raster(80, 60), Raster(80, 60)
        for sheet in (summed, one_by_one):
            sheet.lines(x[:9], y[:9], x[9:18], y[9:18], BLACK, 1.0, 0.3)
        summed.points(x, y, rgb, 2.2, 0.02)
        summed.points(x, y, rgb[::-1], 1.7, 0.05)
        with monkeypatch.context() as patch:
            patch.setattr(Raster, "_is_many", lambda *_: False)
            one_by_one.points(x, y, rgb, 2.2, 0.02)
            one_by_one.points(x, y, rgb[::-1], 1.7, 0.05)
        assert summed._sums is not None and one_by_one._sums is None
        for background in (WHITE, None):
            apart = summed.composite_over(background).astype(int) - one_by_one.composite_over(background)
            assert np.abs(apart).max() <= 1
        summed.points(x, y, rgb, 2.2, 0.02, remove=True)
        summed.points(x, y, rgb[::-1], 1.7, 0.05, remove=True)
        summed.lines(x[:9], y[:9], x[9:18], y[9:18], BLACK, 1.0, 0.3, remove=True)
        assert (summed.composite_over(WHITE) >= 254).all()


def test_a_sum_that_is_full_does_not_run_into_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    number = raster_discs.MOST_DISCS + 5
    here, white = np.full(number, 9.5), np.full((number, 3), 255, np.uint8)
    sheet = Raster(20, 20)
    sheet.points(here, here, white, 1.5, 0.0001)
    opaque = 255 * (1 - 0.9999**number)
    assert np.abs(sheet.composite_over(None)[9, 9].astype(float) - opaque).max() <= 1


def test_one_sheet_over_another_is_as_both_in_one_picture() -> None:
    below, above = Raster(40, 40), Raster(40, 40)
    below.points(np.array([20.5]), np.array([20.5]), RED, 5.0, 0.5)
    above.points(np.array([20.5]), np.array([20.5]), BLACK, 3.0, 0.5)
    for background, middle in ((WHITE, (64, 64, 128, 255)), (None, (0, 0, 64, 191))):
        at = above.inked()
        under = below.composite_over(background, at)
        over = above.composite_over(under, at)
        assert np.abs(over[len(at) // 2].astype(int) - middle).max() <= 1


def test_what_is_told_as_touched_is_all_that_changed_and_is_the_same_drawn_alone() -> None:
    rng = np.random.default_rng(4)
    sheet, background = Raster(200, 150), (250, 251, 252)

    def ink(n: int, radius: float) -> None:
        x, y = rng.uniform(-20, 220, n), rng.uniform(-20, 90, n)
        colours = rng.integers(0, 256, (n, 3)).astype(np.uint8)
        sheet.points(x, y, colours, radius, 0.6)
        sheet.lines(x, y, x + 9, y - 5, colours, 1.0, 0.4)

    ink(500, 2.0)
    assert sheet.pop_touched() is None
    for radius in (1.8, 8.0):
        before = sheet.composite_over(background), sheet.composite_over(None)
        ink(4, radius)
        pixels = sheet.pop_touched()
        assert pixels is not None and 0 < len(pixels) < 200 * 150
        for old, new, alone in zip(
            before,
            (sheet.composite_over(background), sheet.composite_over(None)),
            (sheet.composite_over(background, pixels), sheet.composite_over(None, pixels)),
            strict=True,
        ):
            told, packed = np.zeros(sheet.size, bool), np.zeros(sheet.size, np.uint32)
            told[pixels], packed[pixels] = True, alone.view(np.uint32)[:, 0]
            changed = sheet.crop(told)
            assert (new.view(np.uint32)[..., 0][changed] == sheet.crop(packed)[changed]).all()
            assert (old[~changed] == new[~changed]).all()


@pytest.mark.parametrize("counted", [False, True])
@pytest.mark.parametrize("side", range(4))
def test_a_point_at_an_edge_leaves_nothing_at_the_other(side: int, counted: bool) -> None:
    size = 40
    at = [(-0.5, 20), (size - 0.5, 20), (20, -0.5), (20, size - 0.5)][side]
    for further in (0.0, 2.0, 6.0, 11.0, 30.0):
        raster = Raster(size, size, (255, 255, 255))
        away = np.sign(np.subtract(at, 20)) * further * (np.arange(2) == side // 2)
        x, y = np.float32(at) + np.float32(away)
        raster.points(np.array([x]), np.array([y]), np.array([0, 0, 0], np.uint8), 4.0, 0.9, counted=counted)
        rows, columns = np.nonzero(ink(raster) > 0.02)
        assert np.all(np.hypot(columns - x, rows - y) < 6.5)


@pytest.mark.parametrize("number", [1, 2, 50])
def test_few_lines_counted_leave_the_ink_of_lines_drawn_one_by_one(number: int) -> None:
    ends = np.random.default_rng(number).uniform(4, 36, (4, number)).astype(np.float32)
    black = np.zeros(3, np.uint8)
    drawn, counted = (Raster(40, 40, (255, 255, 255)) for _ in range(2))
    drawn.lines(*ends, black, 1.0, 0.5)
    counted.lines(*ends, black, 1.0, 0.5, counted=True)
    assert ink(counted).sum() == pytest.approx(ink(drawn).sum(), rel=0.05)
    assert np.abs(ink(counted) - ink(drawn)).mean() < 0.02


@pytest.mark.parametrize("radius", [0.8, 2.0, 4.7])
def test_a_small_disc_covers_what_a_circle_with_an_edge_of_a_pixel_does_wherever_it_lies(radius: float) -> None:
    across, down = np.meshgrid(np.arange(16) + 0.5, np.arange(16) + 0.5)
    for x, y in np.random.default_rng(8).uniform(7, 9, (20, 2)):
        sheet = Raster(16, 16)
        sheet.points(np.array([x]), np.array([y]), RED, radius, 0.5)
        covered = sheet.crop(sheet._depth) / -np.log(0.5)
        assert np.abs(covered - np.clip(radius + 0.5 - np.hypot(across - x, down - y), 0, 1)).max() < 0.03


def test_ink_of_one_colour_looks_the_same_whether_or_not_there_are_others() -> None:
    rng = np.random.default_rng(9)
    x, y = rng.uniform(0, 40, (2, 3000))
    alone, before, after = (Raster(60, 40) for _ in range(3))
    before.points(np.array([55.0]), np.array([20.0]), BLACK, 2.0, 0.5)
    for sheet in (alone, before, after):
        sheet.points(x, y, RED, 2.0, 0.1)
        sheet.points(x[:9], y[:9], RED, 8.0, 0.1)
        sheet.lines(x[:-1:9], y[:-1:9], x[1::9], y[1::9], RED, 1.0, 0.1)
        sheet.lines(x[:3], y[:3], x[3:6], y[3:6], RED, 1.0, 0.1)
    after.points(np.array([55.0]), np.array([20.0]), BLACK, 2.0, 0.5)
    for sheet in (before, after):
        assert np.abs(sheet.composite_over(WHITE)[:, :50].astype(int) - alone.composite_over(WHITE)[:, :50]).max() <= 1
    assert after.composite_over(WHITE)[20, 55, 2] < 200 < alone.composite_over(WHITE)[20, 55, 2]
    alone.clear()
    alone.points(np.array([20.0]), np.array([20.0]), BLACK, 2.0, 0.9)
    assert alone.composite_over(WHITE)[20, 20, 2] < 60, "not red any more"
