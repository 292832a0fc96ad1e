"""Colours of the style sheet: what is pointed at, pressed, checked, focused or disabled looks as the theme has it.

All that a theme and a text size make of the program's look is kept in `styles/`, as somebody read it. One that differs
is written into `out/styles/`: read it there, and where the change is meant, move it over the kept one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication

from auslan_explorer import paths
from auslan_explorer.draw.theme import DARK, LIGHT, Theme
from auslan_explorer.gui import style
from auslan_explorer.gui.style import rgb, style_sheet
from tests.known import compare_all

KNOWN = Path(__file__).parent / "styles"


def look(theme: Theme) -> Iterator[str]:
    """Yield the lines of a style sheet, the colours of a palette, and sizes in the present text size."""
    sheet = style_sheet(theme).replace(paths.resources_dir().as_posix(), "…")
    yield from (line.strip() for line in sheet.splitlines())
    colours = style.palette(theme)
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive, QPalette.ColorGroup.Disabled):
        for role in QPalette.ColorRole:
            if role not in (QPalette.ColorRole.NColorRoles, QPalette.ColorRole.NoRole):
                yield f"{group.name} {role.name}: {rgb(colours.color(group, role).getRgb())}"
    for made in (style.font(), style.font(11, strong=True, tabular=True), style.item_font(strong=True, tabular=True)):
        figures = QFont.Tag("tnum") in made.featureTags()
        yield f"font {made.pixelSize()} {made.weight()}{' with figures of one width' if figures else ''}"
    yield from (f"over a map in a pane of {width}: {style.scale_within(width):.2f}" for width in (120, 260, 340, 900))
    yield f"20 pixels: {style.scaled(20)}"


def rules(theme: Theme) -> dict[str, str]:
    """Return what the sheet says of each selector."""
    found: dict[str, str] = {}
    for selectors, said in re.findall(r"([^{}]+)\{([^{}]*)\}", style_sheet(theme)):
        for selector in selectors.split(","):
            found[selector.strip()] = found.get(selector.strip(), "") + said
    return found


def colour_of(said: str, name: str) -> np.ndarray:
    """Return the colour of a rule's background or text."""
    match = re.search(rf"(?:^|[;\s]){name}: ?([^;]+)", said)
    assert match is not None, said
    numbers = re.findall(r"\d+", match[1]) if match[1].startswith("rgb") else re.findall("[0-9a-f]{2}", match[1])
    return np.array([int(each, 10 if match[1].startswith("rgb") else 16) for each in numbers[:3]], float)


def share(mixed: np.ndarray, ground: tuple[int, ...], other: tuple[int, ...]) -> float:
    """Return how much of `other` is mixed into `ground`; NaN where it is another colour that is mixed in."""
    way = np.array(other[:3], float) - ground[:3]
    part = float((mixed - ground[:3]) @ way / (way @ way))
    return part if np.abs(mixed - ground[:3] - part * way).max() <= 1 else float("nan")


def test_looks_are_known(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    looks = {}
    for theme, percent in ((LIGHT, 100), (DARK, 150), (LIGHT, 200)):
        monkeypatch.setitem(style._text, "percent", percent)
        looks[f"{theme.name}-{percent}"] = "\n".join(look(theme)) + "\n"
    compare_all({KNOWN: looks})


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_buttons_are_tinted_by_what_is_done_with_them(theme: Theme) -> None:
    said = rules(theme)
    for button in ("QToolButton", "QPushButton"):
        hover = share(colour_of(said[f"{button}:hover"], "background"), theme.panel, theme.foreground)
        pressed = share(colour_of(said[f"{button}:pressed"], "background"), theme.panel, theme.foreground)
        assert 0.03 < hover < pressed < 0.2
        assert rgb(theme.accent) in said[f"{button}:focus"] and rgb(theme.grey) in said[f"{button}:disabled"]
    checked = said["QToolButton:checked"]
    assert 0.05 < share(colour_of(checked, "background"), theme.panel, theme.accent) < 0.25
    assert colour_of(checked, "color").tolist() == list(theme.accent[:3])


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_rows_and_entries_that_are_chosen_have_the_accent(theme: Theme) -> None:
    said = rules(theme)
    chosen = colour_of(said["QTableView::item:selected"], "background")
    pointed = colour_of(said["QTableView::item:hover"], "background")
    assert 0.1 < share(chosen, theme.background, theme.accent) < 0.3
    assert 0.02 < share(pointed, theme.background, theme.foreground) < 0.1
    assert colour_of(said["QMenu::item:selected"], "background").tolist() == list(theme.accent[:3])
    assert colour_of(said["QMenu::item:selected"], "color").tolist() == list(theme.on_accent[:3])
    assert colour_of(said["QMenu::item:disabled"], "color").tolist() == list(theme.grey[:3])
    default = said["QPushButton:default"]
    assert colour_of(default, "background").tolist() == list(theme.accent[:3])
    assert colour_of(default, "color").tolist() == list(theme.on_accent[:3])


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_whatever_has_the_focus_shows_it_and_whatever_is_off_is_paler(theme: Theme) -> None:
    said = rules(theme)
    controls = {"QToolButton", "QPushButton", "QLineEdit", "QCheckBox", "QMainWindow QTabBar::tab", "#searchAll"}
    focused = {selector for selector in said if selector.endswith(":focus")}
    assert {f"{control}:focus" for control in controls} <= focused
    for selector in focused:
        # Where the control has the accent already, the foreground's colour stands out.
        wanted = theme.foreground if ":default" in selector else theme.accent
        assert rgb(wanted) in said[selector], selector
    for selector in said:
        if selector.endswith(":disabled"):
            pale = {rgb(each) for each in (theme.grey, theme.muted, theme.border, theme.panel)}
            assert any(each in said[selector] for each in pale), selector
            assert rgb(theme.accent) not in said[selector] and rgb(theme.foreground) not in said[selector], selector


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_grounds_lines_and_letters_have_the_colours_of_their_role(theme: Theme) -> None:
    said = rules(theme)
    roles = {
        ("background", theme.panel): [
            "QMenuBar",
            "QToolBar",
            "QHeaderView",
            "QStatusBar",
            "#bar",
            "#paneHeader",
            "#caption",
        ],
        ("background", theme.background): ["QTableView"],
        ("background", theme.raised): [
            "QMenu",
            "QPushButton",
            "QLineEdit",
            "QTextBrowser",
            "QToolTip",
            "#popover",
            "#tour",
        ],
        ("background", theme.border): [
            "QMenu::separator",
            "QSplitter::handle",
            "QSlider::groove:horizontal",
            "QProgressBar",
        ],
        ("background", theme.accent): [
            "QProgressBar::chunk",
            "QSlider::sub-page:horizontal",
            "QSplitter::handle:hover",
        ],
        ("color", theme.muted): ["QHeaderView::section", 'QLabel[muted="true"]', "QMainWindow QTabBar::tab"],
        ("color", theme.foreground): ["QHeaderView::section:hover", "QMainWindow QTabBar::tab:selected", "QToolTip"],
        ("color", theme.mistake): ['QLabel[wrong="true"]'],
        ("color", theme.accent): ['QPushButton[flat="true"]'],
    }
    for (name, colour), selectors in roles.items():
        for selector in selectors:
            assert colour_of(said[selector], name).tolist() == list(colour[:3]), (selector, name)
