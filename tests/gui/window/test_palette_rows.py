"""How the command palette paints a row: kind, title with the letters typed, "on", and at the right the detail."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionViewItem

from auslan_explorer.draw.theme import LIGHT, RGB
from auslan_explorer.gui.style import UNIT, Appearance, Look
from auslan_explorer.gui.window.command_palette import ROW_ROLE, RowPainter
from auslan_explorer.gui.window.palette_entries import PaletteEntry, PaletteRow

WIDTH, HEIGHT = 500, 32
INSIDE = 2 * UNIT


@pytest.fixture(autouse=True)
def appearance(qapp: QApplication) -> Iterator[Appearance]:
    appearance = Appearance(qapp, Look.LIGHT)
    yield appearance
    appearance.choose(Look.LIGHT)


def painted(
    title: str, detail: str = "", *, typed: frozenset[int] = frozenset(), off: bool = False, on: bool = False,
    current: bool = False,
) -> np.ndarray:  # fmt: skip
    """Paint a row of the kind "Sign" and return its pixels, int, shape (height, width, 3)."""
    entry = PaletteEntry(title, "Sign", detail, None if off else print, checked=on)
    model = QStandardItemModel()
    item = QStandardItem()
    item.setData(PaletteRow(entry, typed), ROW_ROLE)
    model.appendRow(item)
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, WIDTH, HEIGHT)
    if current:
        option.state = QStyle.StateFlag.State_Selected
    painter = QPainter(image)
    RowPainter(model).paint(painter, option, model.index(0, 0))
    painter.end()
    return np.frombuffer(image.constBits(), np.uint8).reshape(HEIGHT, WIDTH, 4)[..., 2::-1].astype(int)


def columns(differ: np.ndarray) -> tuple[int, int]:
    """Return the first and the last column in which pixels are marked."""
    (found,) = np.nonzero(differ.any(axis=0))
    return int(found.min()), int(found.max())


def ink(one: np.ndarray, other: np.ndarray) -> tuple[int, int]:
    return columns((one != other).any(axis=2))


def has(pixels: np.ndarray, colour: RGB) -> np.ndarray:
    return (np.abs(pixels - np.array(colour)).sum(axis=2) < 12).any(axis=0)


def test_the_detail_ends_at_the_right_and_leaves_the_title_the_most_room() -> None:
    without, short = painted("drink"), painted("drink", "6 recordings")
    left, right = ink(short, without)
    assert WIDTH - INSIDE - 3 <= right < WIDTH - INSIDE and left > WIDTH / 2
    kind = columns((painted("") < 255).any(axis=2))
    assert kind[0] == pytest.approx(INSIDE, abs=3) and kind[1] < ink(without, painted(""))[0], "before the title"
    long = painted("drink", "very long words " * 20)
    left, right = ink(long, without)
    assert right < WIDTH - INSIDE and WIDTH * 0.3 < left < WIDTH * 0.5, "cut at its end"
    wide = ink(painted("a title of many words " * 10, "6 recordings"), painted("", "6 recordings"))
    assert wide[1] < ink(short, without)[0], "a long title ends before the detail"


def test_typed_letters_alone_are_in_the_accent_where_they_stand() -> None:
    plain = painted("iiiiWWWWiiii")
    first, last = ink(plain, painted(""))
    assert not has(plain, LIGHT.accent).any()
    middle = has(painted("iiiiWWWWiiii", typed=frozenset(range(4, 8))), LIGHT.accent)
    begin, end = columns(middle[None])
    assert first + 6 < begin < end < last - 4
    head = columns(has(painted("iiiiWWWWiiii", typed=frozenset(range(4))), LIGHT.accent)[None])
    tail = columns(has(painted("iiiiWWWWiiii", typed=frozenset(range(8, 12))), LIGHT.accent)[None])
    assert head[0] == pytest.approx(first, abs=2) and head[1] <= begin + 2 < end <= tail[0] + 2
    apart = ink(painted("WMWMWM", typed=frozenset({0, 3})), painted(""))
    assert apart[1] >= ink(painted("WMWMWM"), painted(""))[1], "no letter is lost between those typed"
    off = painted("iiiiWWWWiiii", typed=frozenset(range(4, 8)), off=True)
    assert not has(off, LIGHT.accent).any()


def test_what_cannot_be_done_is_grey_and_what_is_on_says_so_behind_its_title() -> None:
    able, unable = painted("drink"), painted("drink", off=True)
    first, last = ink(able, painted(""))
    assert has(able, LIGHT.foreground)[first : last + 1].any()
    assert not has(unable, LIGHT.foreground).any() and has(unable, LIGHT.muted)[first : last + 1].any()
    begin, end = ink(painted("drink", on=True), able)
    assert last < begin < end < last + 6 * UNIT


def test_the_row_one_is_at_has_a_ground_of_its_own() -> None:
    at, elsewhere = painted("", current=True), painted("")
    first, last = ink(at, elsewhere)
    assert first <= UNIT and last >= WIDTH - UNIT - 1
    tinted = at[3, WIDTH // 2]
    assert np.abs(tinted - np.array(LIGHT.accent)).sum() > np.abs(tinted - np.array(LIGHT.raised)).sum() > 0
