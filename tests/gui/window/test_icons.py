"""Icons: each that the program asks for is in the font, and is painted in either theme."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auslan_explorer import gui
from auslan_explorer.draw.theme import DARK, LIGHT, Theme
from auslan_explorer.gui import icons
from auslan_explorer.gui.style import Appearance, Look
from tests.gui.window_parts import open_window

_GUI = Path(gui.__file__).parent


def named_in_code() -> set[tuple[str, str]]:
    """Return name and role of icons that calls in the code name outright; the window does not reach all of them."""
    found = set()
    for file in _GUI.rglob("*.py"):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call):
                continue
            given = {each.arg: each.value for each in call.keywords}
            if isinstance(call.func, ast.Attribute) and ast.unparse(call.func) == "icons.icon":
                given |= dict(zip(("icon", "role"), call.args, strict=False))
            words = {key: value.value for key, value in given.items() if isinstance(value, ast.Constant)}
            if words.get("icon"):
                found.add((words["icon"], words.get("role", "foreground")))
    return found


def colour_of(icon: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal, state: QIcon.State = QIcon.State.Off) -> str:
    """Return the colour of what an icon covers most, as a hexadecimal name; empty if it paints nothing."""
    image = icon.pixmap(QSize(32, 32), mode, state).toImage()
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    most = max(pixels, key=lambda pixel: pixel.alpha())
    return most.name() if most.alpha() else ""


def test_every_icon_is_painted(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = named_in_code()
    make = icons.icon

    def recorded(name: str, role: str = "foreground") -> QIcon:
        asked.add((name, role))
        return make(name, role)

    monkeypatch.setattr(icons, "icon", recorded)
    with open_window(qapp, qtbot, tmp_path / "window.json") as window:
        for name in window.docks.names:
            window.docks.show(name)
    assert {("play", "foreground"), ("copy", "foreground"), ("graduation-cap", "accent")} <= asked
    appearance = Appearance(qapp)
    seen: dict[Look, dict[tuple[str, str], str]] = {}
    for look in (Look.LIGHT, Look.DARK):
        appearance.choose(look)
        seen[look] = {(name, role): colour_of(make(name, role)) for name, role in asked if name}
    appearance.choose(Look.LIGHT)
    for (name, role), colour in seen[Look.LIGHT].items():
        assert colour, f"{name} is not painted"
        assert colour != seen[Look.DARK][name, role], f"{name} is the same in the dark"


@pytest.mark.parametrize(("look", "theme"), [(Look.LIGHT, LIGHT), (Look.DARK, DARK)])
def test_an_icon_has_the_colour_of_its_role_and_of_what_its_button_is(
    qapp: QApplication, look: Look, theme: Theme
) -> None:
    appearance = Appearance(qapp, look)
    mode, state = QIcon.Mode, QIcon.State

    def colour(role: str, of: QIcon.Mode, at: QIcon.State) -> str:
        return colour_of(icons.icon("play", role), of, at)

    def named(role: str) -> str:
        return QColor(*getattr(theme, role)).name()

    try:
        for role in ("foreground", "muted", "accent"):
            assert colour(role, mode.Normal, state.Off) == named(role)
            assert colour(role, mode.Disabled, state.Off) == colour(role, mode.Disabled, state.On) == named("grey")
            # What is switched on or pointed at has the accent, unless its icon has a colour of its own.
            lit = named("accent" if role == "foreground" else role)
            assert colour(role, mode.Normal, state.On) == colour(role, mode.Active, state.Off) == lit
    finally:
        appearance.choose(Look.LIGHT)
