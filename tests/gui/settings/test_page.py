"""The settings page: what is chosen shows at once, is kept, and can be put back."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from auslan_explorer.core import palettes
from auslan_explorer.core.colours import colour_table
from auslan_explorer.core.palettes import SIGN_SETS, TIME_MAPS
from auslan_explorer.core.session import Colouring, Layout
from auslan_explorer.draw.theme import DARK
from auslan_explorer.gui.actions.menus import ActionId
from auslan_explorer.gui.animation import motion_reduced
from auslan_explorer.gui.settings.colour_preview import ColourPreview
from auslan_explorer.gui.settings.page import SettingsPage
from auslan_explorer.gui.settings.preferences import (
    LIMITS,
    Preferences,
    export_folder,
    read_preferences,
    save_preferences,
)
from auslan_explorer.gui.settings.store import Settings
from auslan_explorer.gui.signs import signbank
from auslan_explorer.gui.signs.model import Column
from auslan_explorer.gui.style import UNIT, Look, font, text_scale
from auslan_explorer.gui.views.map2d.canvas import MapCanvas
from auslan_explorer.gui.views.panes import VIEWS
from auslan_explorer.gui.window.main_window import MainWindow
from tests.gui.window_parts import StandIn, open_window
from tests.made_up import made_up_activations


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    return tmp_path / "window.json"


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, settings: Path) -> Iterator[MainWindow]:
    with open_window(qapp, qtbot, settings) as shown:
        yield shown
        shown.commands.settings.apply(Preferences())


@pytest.fixture
def page(window: MainWindow) -> SettingsPage:
    window.actions_[ActionId.SETTINGS].trigger()
    opened = window.commands.settings.page
    assert opened is not None
    return opened


def test_every_choice_is_kept_and_read_back(settings: Path, tmp_path: Path) -> None:
    chosen = Preferences(
        look=Look.DARK,
        text_size=150,
        reduce_motion=True,
        time_colours="cividis",
        sign_colours="tol-bright",
        export_folder=str(tmp_path),
        training_threads=LIMITS["training_threads"][1],
        film_width=1280,
        film_height=720,
        film_rate=50,
        signbank_address="https://example.org/{word}?a=1,2",
        cluster_address="tcp://10.0.0.5:8786",
    )
    assert all(getattr(chosen, each.name) != each.default for each in fields(Preferences))
    save_preferences(Settings(settings), chosen)
    again = Settings(settings)
    assert read_preferences(again) == chosen
    assert export_folder(again) == tmp_path


@pytest.mark.parametrize(
    "content",
    [
        '{"text_size": 900, "look": "purple", "film_width": 12.5, "time_colours": "rainbow", "sign_colours": ""}',
        '{"text_size": "large", "training_threads": -3, "reduce_motion": "perhaps", "signbank_address": "https://x.org"}',
        '{"film_rate": NaN, "look": "dark"}',
        '{"text_size": true, "film_width": [1280], "look": {"dark": 1}, "film_height": 1' + "0" * 400 + "}",
        "[" * 100_000,
        "[1, 2]",
    ],
)
def test_nonsense_in_the_file_counts_as_never_chosen(settings: Path, content: str) -> None:
    settings.write_text(content)
    assert read_preferences(Settings(settings)) == Preferences()


OLD = r"""[General]
docks=@ByteArray(\0\0\0\xff\0\0\0\0\xfd|0\0\0)
export_folder=C:\\pictures \x2014 new
film_rate=50.0
look=dark
recent=/a.h5\n/b.h5
reduce_motion=yes
signbank_address="https://example.org/{word}?a=1,2"
[other]
text_size=200.0
"""


def test_the_settings_of_earlier_versions_are_read_once_and_kept_as_json(settings: Path) -> None:
    old = settings.with_suffix(".ini")
    old.write_text(OLD)
    store = Settings(settings)
    found = read_preferences(store)
    assert (found.look, found.film_rate, found.reduce_motion) == (Look.DARK, 50, True)
    assert found.export_folder == "C:\\pictures — new" and found.text_size == 100
    assert found.signbank_address == "https://example.org/{word}?a=1,2"
    assert store.text("recent", "") == "/a.h5\n/b.h5" and store.text("docks", "none") == "none"
    store.set_value("speed", 2.0)
    old.write_text("[General]\nlook=light\n")
    assert read_preferences(Settings(settings)) == found


def test_old_settings_that_hold_an_object_are_refused_whole_and_run_nothing(settings: Path, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    payload = pickle.dumps(_Touch(ran))
    variant = b"\x00\x00\x00\x7f\x00\x00\x00\x24PySide::PyObjectWrapper\x00" + len(payload).to_bytes(4, "big") + payload
    letters = "".join(f"\\x{byte:02x}" for byte in variant)
    settings.with_suffix(".ini").write_text(f"[General]\nlook=dark\ndocks=@Variant({letters})\n")
    store = Settings(settings)
    assert read_preferences(store) == Preferences() and not ran.exists()
    assert "could run code" in store.complaint()


class _Touch:
    """Unpickled, it makes a file."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __reduce__(self) -> tuple[object, tuple[Path]]:
        return Path.touch, (self.file,)


def test_two_windows_keep_each_others_settings(settings: Path) -> None:
    one, two = Settings(settings), Settings(settings)
    one.set_value("speed", 2.0)
    two.set_value("layout", "map")
    again = Settings(settings)
    assert again.number("speed", 1.0) == 2.0 and again.text("layout", "") == "map"
    one.set_value("speed", 4.0)
    again.set_value("layout", "both")
    latest = Settings(settings)
    assert latest.number("speed", 1.0) == 4.0, "a window that has read the old value does not write it again"
    assert latest.text("layout", "") == "both"


def test_exports_go_home_where_the_chosen_folder_is_gone(settings: Path, tmp_path: Path) -> None:
    store = Settings(settings)
    save_preferences(store, Preferences(export_folder=str(tmp_path / "gone")))
    assert export_folder(store) == Path.home()


def test_the_size_of_text_changes_at_once_and_everywhere(window: MainWindow, page: SettingsPage) -> None:
    rows = window.signs.table.rowHeight(0)
    body = window.bar.label.font().pixelSize()
    page.text_size.setValue(200)
    assert text_scale() == 2.0 and font().pixelSize() == 26
    assert window.bar.label.font().pixelSize() == 2 * body
    assert window.status.shown.font().pixelSize() == 2 * body
    assert window.signs.search.font().pixelSize() == 26
    assert window.signs.table.rowHeight(0) == 2 * rows
    page.text_size.setValue(100)
    assert window.bar.label.font().pixelSize() == body
    assert window.signs.table.rowHeight(0) == rows


def test_a_theme_is_taken_and_the_menu_and_the_page_agree(window: MainWindow, page: SettingsPage) -> None:
    page.look.setCurrentText("Dark")
    assert window.appearance.theme is DARK and window.actions_[ActionId.DARK].isChecked()
    window.actions_[ActionId.LIGHT].trigger()
    assert page.look.currentText() == "Light"
    assert read_preferences(window.settings).look is Look.LIGHT


@pytest.fixture
def with_map(qapp: QApplication, qtbot: QtBot, settings: Path) -> Iterator[MainWindow]:
    """A window with a real map."""
    with open_window(qapp, qtbot, settings, made_up_activations(), {2: VIEWS[2], 3: StandIn}) as shown:
        shown.session.update(layout=Layout.MAP_2D, labels=False, lines=False)
        yield shown
        shown.commands.settings.apply(Preferences())


@pytest.mark.parametrize(
    ("choice", "names", "colouring"),
    [("time_colours", palettes.TIME_MAPS, Colouring.TIME), ("sign_colours", palettes.SIGN_SETS, Colouring.SIGN)],
)
def test_other_colours_are_drawn_with_at_once(
    with_map: MainWindow, qtbot: QtBot, choice: str, names: dict[str, object], colouring: Colouring
) -> None:
    """Each choice looks as it does on a map that is made for it, and no two look the same."""
    session = with_map.session
    session.update(colouring=colouring)
    with_map.actions_[ActionId.SETTINGS].trigger()
    page = with_map.commands.settings.page
    assert page is not None and with_map.views is not None
    view = with_map.views.panes[2].view
    assert isinstance(view, MapCanvas)
    fresh = MapCanvas(session)
    qtbot.addWidget(fresh)
    fresh.resize(view.size())
    fresh.show()

    def picture(canvas: MapCanvas) -> bytes:
        image = canvas.grab().toImage()
        return bytes(image.constBits())

    box, seen = getattr(page, choice), set()
    assert box.count() == len(names) > 1
    for number in [*range(1, box.count()), 0]:
        box.setCurrentIndex(number)
        chosen = list(names)[number]
        if colouring is Colouring.TIME:
            assert palettes.time_map() == palettes.TIME_MAPS[chosen][1]
        else:
            assert palettes.sign_set() == palettes.SIGN_SETS[chosen].colours
        fresh.set_theme(with_map.appearance.theme)  # draws all anew, with what is chosen now
        qtbot.waitUntil(lambda: view.is_sharp() and picture(view) == picture(fresh))
        seen.add(picture(view))
    fresh.dispose()
    assert len(seen) == len(names)


def test_all_maps_of_time_run_from_dark_to_light() -> None:
    from auslan_explorer.core.colours import colour_table

    for _, name in palettes.TIME_MAPS.values():
        lightness = colour_table(name, 64) @ np.array([0.2126, 0.7152, 0.0722])
        assert (np.diff(lightness) > 0).mean() > 0.97 and lightness[-1] - lightness[0] > 150


def test_everything_can_be_put_back_after_a_question(window: MainWindow, page: SettingsPage) -> None:
    page.text_size.setValue(140)
    page.film_rate.setValue(60)
    ask = page.ask_reset()
    assert read_preferences(window.settings).film_rate == 60
    next(b for b in ask.findChildren(QPushButton) if b.text() == "Reset all").click()
    assert read_preferences(window.settings) == Preferences()
    assert page.film_rate.value() == 25 and text_scale() == 1.0
    ask = page.ask_reset()
    assert isinstance(ask, QMessageBox)
    page.film_rate.setValue(60)
    ask.reject()
    assert read_preferences(window.settings).film_rate == 60


def test_an_address_without_the_word_is_not_taken(window: MainWindow, page: SettingsPage) -> None:
    page.signbank.setText("https://example.org")
    assert not page.wrong_address.isHidden()
    assert read_preferences(window.settings).signbank_address == signbank.TEMPLATE
    page.signbank.setText("https://example.org/{word}")
    assert page.wrong_address.isHidden()
    assert read_preferences(window.settings).signbank_address == "https://example.org/{word}"
    page.signbank.setText("  https://example.org/?of={word} ")
    assert read_preferences(window.settings).signbank_address == "https://example.org/?of={word}", "as it is pasted"


def test_the_page_says_where_nothing_can_be_kept(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    blocked = tmp_path / "no folder"
    blocked.write_text("a file in the folder's place")
    with open_window(qapp, qtbot, blocked / "window.json") as window:
        window.actions_[ActionId.SETTINGS].trigger()
        page = window.commands.settings.page
        assert page is not None and "cannot be written" in window.settings.complaint()
        page.text_size.setValue(120)
        assert text_scale() == 1.2
        page.text_size.setValue(100)


def test_exports_are_offered_in_the_chosen_folder(window: MainWindow, page: SettingsPage, tmp_path: Path) -> None:
    page.export_folder.line.setText(str(tmp_path))
    window.actions_[ActionId.EXPORT_PICTURE].trigger()
    dialog = next(w for w in QApplication.topLevelWidgets() if w.windowTitle() == "Export picture" and w.isVisible())
    assert dialog.file.path().parent == tmp_path  # type: ignore[attr-defined]
    dialog.close()


def test_a_large_text_leaves_the_window_usable(window: MainWindow, page: SettingsPage, qtbot: QtBot) -> None:
    page.text_size.setValue(200)
    page.close()
    window.resize(1024, 700)
    QApplication.processEvents()
    assert window.width() == 1024 and window.height() == 700
    qtbot.waitUntil(lambda: window.signs.table.isColumnHidden(Column.COUNT))
    assert window.signs.table.columnWidth(Column.NAME) > 100


def test_motion_is_reduced_from_the_menu_too_and_the_page_follows(window: MainWindow, page: SettingsPage) -> None:
    action = window.actions_[ActionId.REDUCE_MOTION]
    assert not motion_reduced() and not action.isChecked()
    action.trigger()
    assert motion_reduced() and action.isChecked() and page.reduce_motion.isChecked()
    assert read_preferences(window.settings).reduce_motion
    page.reduce_motion.click()
    assert not motion_reduced()


@pytest.mark.parametrize("sign_set", sorted(SIGN_SETS))
@pytest.mark.parametrize("time_map", sorted(TIME_MAPS))
def test_the_strip_shows_the_colours_chosen_from_left_to_right(
    qapp: QApplication, time_map: str, sign_set: str
) -> None:
    strip = ColourPreview()
    strip.resize(400, strip.sizeHint().height())
    strip.show_choices(Preferences(time_colours=time_map, sign_colours=sign_set))
    image = strip.grab().toImage()
    colours = SIGN_SETS[sign_set].colours
    for place, colour in enumerate(colours):
        seen = image.pixelColor(round((place + 0.5) * image.width() / len(colours)), round(3.2 * UNIT))
        assert seen.getRgb()[:3] == pytest.approx(colour, abs=3)  # type: ignore[index]
    table = colour_table(TIME_MAPS[time_map][1], 256)
    for share in (0.05, 0.5, 0.95):
        seen = image.pixelColor(round(share * image.width()), UNIT // 2)
        assert list(seen.getRgb()[:3]) == pytest.approx(table[round(share * 255)].tolist(), abs=12)  # type: ignore[index]
    assert strip.accessibleDescription() == f"{TIME_MAPS[time_map][0]}; {SIGN_SETS[sign_set].title}"


def test_the_strip_follows_the_page(page: SettingsPage) -> None:
    (strip,) = page.findChildren(ColourPreview)
    for box in (page.time_colours, page.sign_colours):
        before = strip.accessibleDescription()
        box.setCurrentIndex((box.currentIndex() + 1) % box.count())
        assert strip.accessibleDescription() != before and box.currentText() in strip.accessibleDescription()


def test_the_page_is_closed_by_its_button_and_by_escape(window: MainWindow, qtbot: QtBot) -> None:
    for close in (
        lambda page: next(each for each in page.findChildren(QPushButton) if each.accessibleName() == "Close").click(),
        lambda page: qtbot.keyClick(page, Qt.Key.Key_Escape),
    ):
        window.actions_[ActionId.SETTINGS].trigger()
        page = window.commands.settings.page
        assert page is not None and page.isVisible()
        close(page)
        qtbot.waitUntil(lambda: window.commands.settings.page is None)
